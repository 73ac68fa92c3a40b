"""A web page as it was → a folder with its WARC, what is known of it, and a picture.

1. ask, and follow redirects    2. record each question and answer    3. what came, and whole or not
4. a picture, from the stored bytes alone    5. capture.json, written last    6. the folder appears
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from safeconduct import __version__
from safeconduct.acquire.captured import Capture, Kept, NotCaptured, Outcome, Payload, Step
from safeconduct.acquire.following import Asking, Hop, Watch, hops
from safeconduct.acquire.hearing import REDIRECTS, Heard
from safeconduct.acquire.kept import kept
from safeconduct.acquire.staging import Staged, new_folder
from safeconduct.acquire.warc import Records, moment, warc_file
from safeconduct.casefile.errors import SafeconductError

WARC, DESCRIPTION = "capture.warc", "capture.json"
SOFTWARE = f"safeconduct {__version__}"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page to draw: its address, its media type as the server wrote it, and its content."""

    url: str
    media_type: str | None
    content: bytes


class Pictures(msgspec.Struct, frozen=True, kw_only=True):
    """What was drawn of a page: file name → bytes, and what was not."""

    files: tuple[tuple[str, bytes], ...] = ()
    not_captured: tuple[NotCaptured, ...] = ()


Draw = Callable[[Page], Pictures]
"""Draws a page without the network."""


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A capture and where it stands. `failure` is why the page itself is not in it."""

    folder: Path
    capture: Capture
    failure: SafeconductError | None = None


def capture_page(address: str, parent: Path, *, asking: Asking, draw: Draw | None = None) -> Stored:
    """Captures a page into a new folder in `parent`, named after the moment of `asking`.

    What did not come, or not whole and `asking` keeps no beginnings, is told in `failure`: the
    folder then holds the attempt, with every answer on the way. Raises LinkRefused where the
    address may not be asked at all, and FileNotWritten; no folder is left then.
    """
    watch = Watch(asking.at, asking.network.clock)
    with new_folder(parent, name_of(asking.at)) as staged:
        steps: list[Step] = []
        spool_path = staged.path / ".answer"
        with warc_file(staged.path / WARC) as records, spool_path.open("w+b") as spool:
            records.info(WARC, asking.at, (("software", SOFTWARE), ("format", "WARC 1.1")))
            last = _recorded(address, asking, records, spool, steps)  # 1, 2
        spool_path.unlink()
        capture = _described(address, asking, watch.now(), last, steps)  # 3
        capture = _drawn(capture, last, draw, staged)  # 4
        write_description(staged.path, capture)  # 5
    return Stored(folder=staged.where, capture=capture, failure=last.failure)  # 6


def name_of(at: datetime) -> str:
    """The name of the folder: it tells when, and not whom or what the capture is about."""
    return f"capture-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def write_description(folder: Path, capture: Capture) -> None:
    """The last file of a capture, with the hashes of all others."""
    text = msgspec.json.format(msgspec.json.encode(capture), indent=2) + b"\n"
    (folder / DESCRIPTION).write_bytes(text)


def _recorded(
    address: str, asking: Asking, records: Records, spool: BinaryIO, steps: list[Step]
) -> Hop:
    """Records every hop, and gives the last; one that may not be kept bears its failure."""
    for hop in hops(address, asking, spool):
        last = hop
        cut = hop.heard is not None and hop.heard.cut is not None
        if cut and hop.heard and not asking.allowed.partial and not _leads_on(hop):
            last = msgspec.structs.replace(hop, heard=None, failure=hop.heard.broken)
        records.hop(last, spool)
        steps.append(_step(last, hop))
    return last


def _leads_on(hop: Hop) -> bool:
    return hop.location is not None


def _step(hop: Hop, as_heard: Hop) -> Step:
    answer = as_heard.heard
    return Step(
        url=hop.url,
        at=moment(hop.at),
        protected=hop.url.startswith("https:") and hop.request is not None,
        machine=hop.machine,
        certificate_sha256=hop.certificate,
        status=None if answer is None else answer.head.status,
        redirects_to=hop.location,
        truncated=None if hop.heard is None else hop.heard.cut,
        failure=None if hop.failure is None else str(hop.failure),
        notes=() if answer is None else answer.notes,
    )


def _described(
    address: str, asking: Asking, ended: datetime, last: Hop, steps: list[Step]
) -> Capture:
    answer = last.heard
    outcome: Outcome = "not-captured"
    if answer is not None and last.failure is None:
        outcome = "whole" if answer.cut is None else "truncated"
    return Capture(
        software=SOFTWARE,
        kind="page",
        outcome=outcome,
        asked=address,
        reached=last.url if answer is not None else None,
        started=moment(asking.at),
        ended=moment(ended),
        status=steps[-1].status,
        media_type=None if answer is None else answer.head.first("content-type"),
        payload=None if answer is None else _payload(answer),
        steps=tuple(steps),
        not_captured=tuple(_missing(last, answer)),
    )


def _payload(answer: Heard) -> Payload:
    came = answer.payload.came()
    return Payload(
        bytes=came.bytes,
        sha256=came.sha256,
        encoding=answer.head.first("content-encoding"),
        unpacked=answer.payload.unpacked(),
    )


def _missing(last: Hop, answer: Heard | None) -> list[NotCaptured]:
    found: list[NotCaptured] = []
    if last.failure is not None:
        found.append(NotCaptured(what="the page", why=str(last.failure)))
    if answer is None:
        return found
    if answer.broken is not None:
        found.append(NotCaptured(what="the rest of the answer", why=str(answer.broken)))
    if answer.head.status in REDIRECTS and last.location is None:
        found.append(NotCaptured(what="the page", why="a redirect that names no address"))
    if answer.payload.not_unpacked is not None:
        found.append(NotCaptured(what="the unpacked content", why=answer.payload.not_unpacked))
    found += [NotCaptured(what="what is unclear", why=note) for note in answer.notes]
    return found


def _drawn(capture: Capture, last: Hop, draw: Draw | None, staged: Staged) -> Capture:
    """The capture with its files; the pictures stand beside the WARC."""
    pictures = _pictures(last, draw)
    for name, data in pictures.files:
        (staged.path / name).write_bytes(data)
    names = (WARC, *(name for name, _ in pictures.files))
    files: tuple[Kept, ...] = tuple(kept(staged.path / name) for name in names)
    beside = NotCaptured(
        what="images, styles, scripts and frames that the page loads",
        why="only the page itself is asked for",
    )
    not_captured = (*capture.not_captured, *pictures.not_captured)
    if capture.payload is not None:
        not_captured = (*not_captured, beside)
    return msgspec.structs.replace(capture, files=files, not_captured=not_captured)


def _pictures(last: Hop, draw: Draw | None) -> Pictures:
    answer = last.heard
    if answer is None or last.failure is not None:
        return Pictures()
    if draw is None:
        return no_picture("none was wanted")
    content = answer.payload.shown()
    if content is None:
        return no_picture("the page is too long, or packed in a way that is not unpacked here")
    page = Page(url=last.url, media_type=answer.head.first("content-type"), content=content)
    return draw(page)


def no_picture(why: str) -> Pictures:
    """No picture was made, and why."""
    return Pictures(not_captured=(NotCaptured(what="a picture of the page", why=why),))
