"""`safeconduct questions CASE`: an interview sheet of what is open, in the applicant's language."""

from datetime import date
from pathlib import Path
from shutil import get_terminal_size

import click

from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import guarded
from safeconduct.cli.opening import open_case, opening_options, write_beside


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--language", default="en", show_default=True, help="en, fr, ru or uk.")
@click.option("--html", "html_file", metavar="FILE", help="Write a page to print, too.")
@click.option("--all", "all_", is_flag=True, help="Those with a recorded answer as well.")
@click.option("--on", type=Day(), help="The day of the vetting; today where it is not given.")
@click.option(
    "--references", type=click.Path(path_type=Path), help="The folder of the reference data."
)
@opening_options
@guarded
def questions(
    case: Path,
    language: str,
    html_file: str | None,
    all_: bool,
    on: date | None,
    references: Path | None,
    plain: bool,
    identity: Path | None,
    passphrase_file: Path | None,
    recipients: tuple[str, ...],
) -> None:
    """Print the open questions of CASE as a sheet for the interview, with room for the answers.

    It holds no finding, no innocent explanation and no expected answer.
    """
    from safeconduct.checks.asking import questions as asked_of
    from safeconduct.checks.kinds import load_references
    from safeconduct.checks.vetting import vet
    from safeconduct.dossier.interview import asked, sheet_html, sheet_text
    from safeconduct.wording.language import sheet_language

    words = sheet_language(language)
    opened = open_case(
        case,
        plain=plain,
        identity=identity,
        passphrase_file=passphrase_file,
        recipients=recipients,
    )
    vetting = vet(opened.case, load_references(references), on=day_or_today(on))
    every = asked_of(opened.case, vetting)
    shown = asked(opened.case, tuple(one for one in every if all_ or one.is_open), words)
    if html_file:
        write_beside(opened, html_file, sheet_html(opened.case, shown, words).encode())
    if html_file != "-":
        width = min(max(get_terminal_size().columns, 40), 78)
        click.echo(sheet_text(opened.case, shown, words, width=width), nl=False)
