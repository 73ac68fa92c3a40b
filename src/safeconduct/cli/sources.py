"""`safeconduct sources …`: keep what a source showed, as it was."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from safeconduct.casefile.errors import SafeconductError
from safeconduct.cli.errors import guarded, named
from safeconduct.cli.opening import opening_options

if TYPE_CHECKING:  # what speaks to the network is loaded when something is captured
    from safeconduct.acquire.capturing import Draw, Stored
    from safeconduct.acquire.wire import Network

FILE = click.Path(path_type=Path)
_MEGABYTE = 1_000_000
_REDIRECTS = 10
_MOST_TOLD = 200
_MOST_LINES = 8


class NotAnAddress(SafeconductError):
    """What was given names neither a web page nor a file."""


class PageNotCaptured(SafeconductError):
    """The page did not come; the attempt is kept."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{reason}\n{named(folder)}: the attempt is recorded here, not the page")


@click.group()
def sources() -> None:
    """Keep what a source showed, as it was."""


@sources.command()
@click.argument("what", metavar="URL|FILE")
@click.option("--into", type=FILE, help="The folder for captures; `captures` where left out.")
@click.option("--case", "case_file", type=FILE, help="The case file that it is for.")
@click.option("--item", metavar="ID", help="Add it to the case: e7 as evidence, h3 as a search.")
@click.option("--by", help="Who captures; needed for --item.")
@click.option("--what", "described", metavar="TEXT", help="What it is, for the case.")
@click.option("--most-mb", type=click.IntRange(1, 100_000), default=100, show_default=True)
@click.option("--seconds", type=click.IntRange(1, 86_400), default=300, show_default=True)
@click.option("--keep-truncated", is_flag=True, help="Keep the beginning of what does not end.")
@click.option("--picture/--no-picture", default=True, help="Draw the page, without the network.")
@click.option("--without-sandbox", is_flag=True, help="Let Chromium draw without its sandbox.")
@click.option("--user-agent", metavar="TEXT", help="Say this to the server instead of little.")
@opening_options
@guarded
def capture(what: str, into: Path | None, case_file: Path | None, **options: Any) -> None:
    """Store a web page or a file as it is now: WARC, hashes, time, and a picture of a page.

    `-` asks for the address, so that it stays out of the shell's history. The server sees your
    address on the internet. A capture is not encrypted.
    """
    from safeconduct.cli.sources_entries import place_in_case

    address = click.prompt("Address or file", err=True) if what == "-" else what
    entry = place_in_case(case_file, options)
    folder = into or (case_file.parent if case_file else Path()) / "captures"
    at = now()
    stored = _captured(address, folder, at, options)
    _tell(stored)
    if entry is not None:
        entry.put(stored, at)
    if stored.failure is not None:
        raise PageNotCaptured(stored.folder, str(stored.failure)) from stored.failure


def network() -> "Network":
    """How the network is used. Tests put a local server here."""
    from safeconduct.acquire.wire import Network

    return Network(plain=True)


def now() -> datetime:
    """The time by the clock of this machine: doors may look at one."""
    return datetime.now(UTC)


def _captured(address: str, folder: Path, at: datetime, options: dict[str, Any]) -> "Stored":
    draw = _draw(options)
    if not address.lower().startswith(("http://", "https://")):
        return _captured_file(address, folder, at, draw)
    from safeconduct.acquire.capturing import capture_page
    from safeconduct.acquire.following import ASKER, Asking
    from safeconduct.acquire.hearing import Allowed
    from safeconduct.acquire.wire import Limits

    most = options["most_mb"] * _MEGABYTE
    asking = Asking(
        at=at,
        allowed=Allowed(most=most, partial=options["keep_truncated"]),
        network=network(),
        limits=Limits(whole=float(options["seconds"]), redirects=_REDIRECTS),
        asker=_asker(options["user_agent"]) or ASKER,
    )
    return capture_page(address, folder, asking=asking, draw=draw)


def _captured_file(name: str, folder: Path, at: datetime, draw: "Draw | None") -> "Stored":
    from safeconduct.acquire.filing import capture_file
    from safeconduct.casefile.yamltree import shown

    path = Path(name)
    if "://" in name or not path.exists():
        found = shown(name.partition("?")[0], most=_MOST_TOLD)
        raise NotAnAddress(
            f"{found}: no such file, and no address; accepted: https://…, http://… or a file"
        )
    return capture_file(path, folder, at=at, draw=draw)


def _asker(text: str | None) -> str | None:
    if text is not None and not (text.isascii() and text.isprintable()):
        raise click.UsageError("--user-agent: printable ASCII on one line is accepted")
    return text


def _draw(options: dict[str, Any]) -> "Draw | None":
    if not options["picture"]:
        return None
    from safeconduct.acquire.drawers import drawer

    return drawer(sandboxed=not options["without_sandbox"])


def _tell(stored: "Stored") -> None:
    """What stands where; standard output is for what can be cited."""
    from safeconduct.casefile.yamltree import shown

    capture = stored.capture
    payload = capture.payload
    parts = [
        capture.outcome,
        f"status {capture.status}" if capture.status else None,
        shown(capture.media_type, most=_MOST_TOLD) if capture.media_type else None,
        f"{payload.bytes:,} bytes" if payload else None,
    ]
    click.echo(f"{named(stored.folder)}: {', '.join(part for part in parts if part)}")
    for file in capture.files:
        click.echo(f"{file.sha256}  {file.name}")
    for one in capture.not_captured[:_MOST_LINES]:
        what = shown(one.what, most=_MOST_TOLD)
        click.echo(f"not captured: {what} ({shown(one.why, most=_MOST_TOLD)})", err=True)
    more = len(capture.not_captured) - _MOST_LINES
    if more > 0:
        click.echo(f"not captured: {more} parts more, named in capture.json", err=True)
