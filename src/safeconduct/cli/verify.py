"""`safeconduct verify FILE`: is a sealed dossier intact, valid and trusted, and what is not proven.

It needs no case, no network and no account.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import FileRefused, about, guarded
from safeconduct.cli.opening import bytes_of

if TYPE_CHECKING:
    from safeconduct.dossier.sealing.trust import Trust
    from safeconduct.dossier.sealing.verification import Verification

MOST_BYTES = 128 * 1024 * 1024
_MOST_LIST_BYTES = 16 * 1024 * 1024
_HEAD = 1024
_FILE = click.Path(path_type=Path)

SEALED_FILE = "a sealed dossier (PDF), or a part of one (JSON)"
"""What a command accepts that looks at what was sealed."""


@click.command()
@click.argument("file", required=False, type=_FILE)
@click.option("--trust", "trust_file", type=_FILE, help="The organisations that you trust.")
@click.option("--on", type=Day(), help="The day that is asked about; today where it is not given.")
@click.option("--recipient", metavar="NAME", help="As who you ask, as the dossier names you.")
@click.option("--status", "status_file", type=_FILE, help="The organisation's status list.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
@click.option("--language", default="en", show_default=True, help="en, fr or ru.")
@click.option(
    "--page", type=_FILE, help="Write the page that verifies in a browser, for your recipients."
)
@guarded
def verify(
    file: Path | None,
    trust_file: Path | None,
    on: date | None,
    recipient: str | None,
    status_file: Path | None,
    as_json: bool,
    language: str,
    page: Path | None,
) -> None:
    """Verify FILE, a sealed dossier (PDF) or a part of one that was disclosed (JSON).

    Exit code 0: all good. 10: not intact. 11: a signature is invalid. 12: not trusted. 13: expired,
    revoked or another recipient's. 2: unreadable.
    """
    from safeconduct.cli.extras import needs

    if page is not None:
        if file is not None:
            raise click.UsageError("--page writes a page and verifies no FILE; name one of them")
        _write_page(page, language)
        return
    if file is None:
        raise click.UsageError("name the sealed file, or --page FILE for the page in a browser")
    with needs("verify"):
        from safeconduct.dossier.sealing.trust import fingerprint, read_trust
    from safeconduct.wording.language import language as wording

    words = wording(language)
    trust = None
    if trust_file is not None:
        with about(trust_file):
            trust = read_trust(bytes_of(trust_file, _MOST_LIST_BYTES, "a trust file"))
    found = _verified(file, trust, day_or_today(on), recipient, status_file)
    if as_json:
        from safeconduct.dossier.sealing.verification_json import verification_json

        click.echo(verification_json(found, words), nl=False)
    else:
        from safeconduct.dossier.sealing.verification_text import verification_text

        known = trust.of_key(found.manifest.organisation.key) if trust and found.manifest else None
        mark = fingerprint(known) if known else None
        click.echo(verification_text(found, words, fingerprint=mark), nl=False)
    raise SystemExit(found.exit_code())


def _verified(
    file: Path, trust: "Trust | None", on: date, recipient: str | None, status_file: Path | None
) -> "Verification":
    """The verification of the files; each is named in what is wrong with it."""
    from safeconduct.dossier.sealing.errors import StatusNotUsable
    from safeconduct.dossier.sealing.verifying import verify as verified

    data = bytes_of(file, MOST_BYTES, SEALED_FILE)
    status = bytes_of(status_file, _MOST_LIST_BYTES, "a status list") if status_file else None
    try:
        with about(file):
            return verified(data, trust, on=on, recipient=recipient, status=status)
    except FileRefused as error:
        if status_file is None or not isinstance(error.__cause__, StatusNotUsable):
            raise
        raise FileRefused(status_file, error.reason) from None


def _write_page(page: Path, language: str) -> None:
    from safeconduct.casefile.files import write_atomically
    from safeconduct.dossier.sealing.browser_page import is_verify_page, verify_page
    from safeconduct.wording.language import language as wording

    if page.is_file():
        with about(page), page.open("rb") as stream:
            head = stream.read(_HEAD)
        # It could be the dossier or the trust file itself.
        if not is_verify_page(head):
            raise FileRefused(page, "there already, and no page of this command")
    write_atomically(page, verify_page(wording(language)))
