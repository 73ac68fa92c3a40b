"""`safeconduct reference …`: add, list, show, verify and remove outside data."""

from pathlib import Path
from typing import Any

import click

from safeconduct.cli.errors import guarded
from safeconduct.cli.reference_fetch import fetch

FILE = click.Path(path_type=Path)
FOLDER = click.option(
    "--references",
    type=click.Path(path_type=Path),
    help="The folder of the reference data; your own data folder where it is not given.",
)
JSON = click.option("--json", "in_json", is_flag=True, help="Write JSON.")


@click.group()
def reference() -> None:
    """Keep outside data with their origin, licence, day and hash."""


@reference.command()
@click.argument("kind")
@click.argument("files", metavar="FILE...", type=FILE, nargs=-1, required=True)
@click.option("--id", "identifier", metavar="NAME", help="A short name; the file's where left out.")
@click.option("--title", help="One line that says what the data are.")
@click.option("--origin", help="Who published them, and where.")
@click.option("--licence", help="Under which terms they may be used; `unknown` is an answer.")
@click.option("--as-of", metavar="DAY", help="The day whose state they show: 2026-11-22.")
@click.option("--completeness", help="What is known to be missing.")
@click.option(
    "--format", "form", metavar="FORMAT", help="Of a watchlist: how to read it; road or rail."
)
@click.option("--mapping", type=FILE, help="Of a watchlist: what the columns of a table mean.")
@click.option("--suggest-mapping", is_flag=True, help="Print a first draft of one, add nothing.")
@FOLDER
@guarded
def add(
    kind: str,
    files: tuple[Path, ...],
    form: str | None,
    mapping: Path | None,
    suggest_mapping: bool,
    references: Path | None,
    **stated: Any,
) -> None:
    """Add FILE as data of KIND (milestones, network, watchlist). An earlier version is kept.

    A watchlist may stand in several files (OFAC: sdn.csv alt.csv); its format is found out. A
    network stands in a table of nodes and one of edges; --format says road or rail.
    """
    from safeconduct.cli.reference_commands import add as added
    from safeconduct.cli.screen_adding import one_original, suggest

    if suggest_mapping:
        suggest(files)
        return
    with one_original(kind, files, form, mapping) as original:
        added(kind, original, references, **stated)


@reference.command("list")
@FOLDER
@JSON
@guarded
def list_(references: Path | None, in_json: bool) -> None:
    """List all data sets, the shipped ones first."""
    from safeconduct.cli.reference_commands import listed

    listed(references, in_json=in_json)


@reference.command()
@click.argument("identifier", metavar="ID")
@FOLDER
@JSON
@guarded
def show(identifier: str, references: Path | None, in_json: bool) -> None:
    """Print what every version of the data sets called ID says of itself."""
    from safeconduct.cli.reference_commands import shown

    shown(identifier, references, in_json=in_json)


@reference.command()
@FOLDER
@JSON
@guarded
def verify(references: Path | None, in_json: bool) -> None:
    """Compare every file with its hash. Exit code 3 where a data set is not whole."""
    from safeconduct.cli.reference_commands import verified

    verified(references, in_json=in_json)


@reference.command()
@click.argument("kind")
@click.argument("identifier", metavar="ID")
@click.argument("as_of", metavar="AS_OF")
@FOLDER
@guarded
def remove(kind: str, identifier: str, as_of: str, references: Path | None) -> None:
    """Remove one version: AS_OF as `list` shows it (2026-11-22, 2026-11-22-2)."""
    from safeconduct.cli.reference_commands import removed

    removed(kind, identifier, as_of, references)


reference.add_command(fetch)
