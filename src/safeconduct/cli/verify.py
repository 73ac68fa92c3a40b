"""`safeconduct verify FILE`: is a sealed dossier intact, valid and trusted, and what is not proven.

It needs no case, no network and no account.
"""

from datetime import date
from pathlib import Path

import click

from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import about, guarded
from safeconduct.cli.opening import bytes_of

_MOST_BYTES = 128 * 1024 * 1024
_MOST_LIST_BYTES = 16 * 1024 * 1024
_FILE = click.Path(path_type=Path)


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
        _write_page(page, language)
        if file is None:
            return
    if file is None:
        raise click.UsageError("name the sealed file, or --page FILE for the page in a browser")
    with needs("verify"):
        from safeconduct.dossier.sealing.trust import fingerprint, read_trust
        from safeconduct.dossier.sealing.verifying import verify as verified
    from safeconduct.wording.language import language as wording

    words = wording(language)
    data = bytes_of(file, _MOST_BYTES)
    trust = None
    if trust_file is not None:
        with about(trust_file):
            trust = read_trust(bytes_of(trust_file, _MOST_LIST_BYTES))
    status = bytes_of(status_file, _MOST_LIST_BYTES) if status_file is not None else None
    with about(file):
        found = verified(data, trust, on=day_or_today(on), recipient=recipient, status=status)
    if as_json:
        from safeconduct.dossier.sealing.verification_json import verification_json

        click.echo(verification_json(found, words), nl=False)
    else:
        from safeconduct.dossier.sealing.verification_text import verification_text

        known = trust.of_key(found.manifest.organisation.key) if trust and found.manifest else None
        mark = fingerprint(known) if known else None
        click.echo(verification_text(found, words, fingerprint=mark), nl=False)
    raise SystemExit(found.exit_code())


def _write_page(page: Path, language: str) -> None:
    from safeconduct.casefile.files import write_atomically
    from safeconduct.dossier.sealing.browser_page import verify_page
    from safeconduct.wording.language import language as wording

    write_atomically(page, verify_page(wording(language)))
