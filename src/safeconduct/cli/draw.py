"""`safeconduct draw CASE`: the timeline and the map of an account as SVG files."""

from datetime import date
from pathlib import Path

import click

from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import guarded
from safeconduct.cli.opening import open_case, opening_options, refuse_same_file, write_beside


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--timeline", "timeline_file", metavar="FILE", help="Write the timeline.")
@click.option("--map", "map_file", metavar="FILE", help="Write the map.")
@click.option("--width", default=720, show_default=True, type=click.IntRange(min=320, max=2000))
@click.option("--on", type=Day(), help="The day of the vetting; today where it is not given.")
@click.option(
    "--references", type=click.Path(path_type=Path), help="The folder of the reference data."
)
@click.option("--language", default="en", show_default=True, help="en, fr or ru.")
@opening_options
@guarded
def draw(
    case: Path,
    timeline_file: str | None,
    map_file: str | None,
    width: int,
    on: date | None,
    references: Path | None,
    language: str,
    plain: bool,
    identity: Path | None,
    passphrase_file: Path | None,
    recipients: tuple[str, ...],
) -> None:
    """Draw the account of CASE in time (--timeline) and place (--map), as SVG of WIDTH pixels.

    Each drawing says in words all that it shows.
    """
    from safeconduct.checks.kinds import load_references
    from safeconduct.checks.vetting import laid_out
    from safeconduct.checks.vetting import vet as vetted
    from safeconduct.drawing.map import map_svg
    from safeconduct.drawing.timeline import timeline_svg
    from safeconduct.wording.language import language as wording

    if not timeline_file and not map_file:
        raise click.UsageError("nothing to draw; --timeline FILE, --map FILE or both")
    refuse_same_file(timeline_file, map_file)
    words = wording(language)
    opened = open_case(
        case,
        plain=plain,
        identity=identity,
        passphrase_file=passphrase_file,
        recipients=recipients,
    )
    at_hand = load_references(references)
    layout = laid_out(opened.case, at_hand)
    if timeline_file:
        vetting = vetted(opened.case, at_hand, on=day_or_today(on))
        drawing = timeline_svg(layout, vetting, words, width=width)
        write_beside(opened, timeline_file, drawing.encode())
    if map_file:
        write_beside(opened, map_file, map_svg(layout, words, width=width).encode())
