"""`safeconduct vet CASE`: a summary to read aloud, and on request JSON and an HTML report."""

from datetime import date
from pathlib import Path
from shutil import get_terminal_size

import click

from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import guarded
from safeconduct.cli.opening import open_case, opening_options, refuse_same_file, write_beside


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--on", type=Day(), help="The day of the vetting; today where it is not given.")
@click.option(
    "--references", type=click.Path(path_type=Path), help="The folder of the reference data."
)
@click.option("--json", "json_file", metavar="FILE|-", help="Write the vetting as JSON.")
@click.option("--html", "html_file", metavar="FILE", help="Write a report for people.")
@click.option("--pdf", "pdf_file", metavar="FILE", help="Write a draft dossier as PDF.")
@click.option("--language", default="en", show_default=True, help="en, fr or ru.")
@opening_options
@guarded
def vet(
    case: Path,
    on: date | None,
    references: Path | None,
    json_file: str | None,
    html_file: str | None,
    pdf_file: str | None,
    language: str,
    plain: bool,
    identity: Path | None,
    passphrase_file: Path | None,
    recipients: tuple[str, ...],
) -> None:
    """Check CASE and say what cannot all hold, what to ask, and what was not checked.

    It decides nothing. Exit code 0 says that the checks ran, whatever they found.
    """
    from safeconduct.checks.kinds import load_references
    from safeconduct.checks.vetting import vet as vetted
    from safeconduct.wording.language import language as wording

    words = wording(language)
    refuse_same_file(json_file, html_file, pdf_file)
    opened = open_case(
        case,
        plain=plain,
        identity=identity,
        passphrase_file=passphrase_file,
        recipients=recipients,
    )
    at_hand = load_references(references)
    vetting = vetted(opened.case, at_hand, on=day_or_today(on))
    if json_file:
        from safeconduct.dossier.vetting_json import vetting_json

        write_beside(opened, json_file, vetting_json(vetting, words))
    if html_file:
        from safeconduct.checks.vetting import laid_out
        from safeconduct.dossier.drawn import conflict_drawings, report_drawings
        from safeconduct.dossier.report import html_report

        layout = laid_out(opened.case, at_hand)
        report = html_report(
            opened.case,
            vetting,
            words,
            drawings=report_drawings(layout, vetting, words),
            conflicts=conflict_drawings(layout, vetting, words),
        )
        write_beside(opened, html_file, report.encode())
    if pdf_file:
        from safeconduct.checks.vetting import laid_out
        from safeconduct.dossier.drawn import printed_conflicts, printed_drawings
        from safeconduct.dossier.typeset.disclosed import disclosable_case, disclosable_vetting
        from safeconduct.dossier.typeset.rendering import dossier_pdf

        # What is drawn is what is disclosed, nothing more.
        layout = laid_out(disclosable_case(opened.case), at_hand)
        shown = disclosable_vetting(vetting)
        pdf = dossier_pdf(
            opened.case,
            vetting,
            words,
            drawings=printed_drawings(layout, shown, words),
            conflicts=printed_conflicts(layout, shown, words),
        )
        write_beside(opened, pdf_file, pdf)
    if json_file != "-":
        from safeconduct.dossier.summary import summary

        width = get_terminal_size().columns
        click.echo(summary(opened.case, vetting, words, width=width), nl=False)
