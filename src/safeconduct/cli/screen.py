"""`safeconduct screen`: one person, several or a file of them, against the lists of a catalogue."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from safeconduct.cli.errors import guarded

if TYPE_CHECKING:
    from safeconduct.screening.sought import Sought
    from safeconduct.screening.watchlists import Watchlist

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("name", required=False)
@click.option("--born", "births", multiple=True, metavar="DATE", help="1964, 1964-05, 1964-05-01.")
@click.option("--country", "countries", multiple=True, metavar="CODE", help="Citizenship: RU, KZ.")
@click.option("--sex", type=click.Choice(["female", "male", "other"]), help="As declared.")
@click.option("--list", "lists", multiple=True, metavar="ID", help="Only this list; repeatable.")
@click.option("--references", type=FILE, help="The folder of the reference data.")
@click.option("--explain", is_flag=True, help="Say part by part what agreed and what differed.")
@click.option("--json", "in_json", is_flag=True, help="Write JSON, one object for each name.")
@click.option("--language", default="en", show_default=True, help="en, fr or ru.")
@click.option("--batch", "batch_file", type=FILE, metavar="FILE", help="Screen a .csv or .jsonl.")
@click.option("--output", "output_file", type=FILE, metavar="FILE", help="Where its lines go.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes; as many as there are cores.")
@guarded
def screen(
    name: str | None,
    births: tuple[str, ...],
    countries: tuple[str, ...],
    sex: str | None,
    lists: tuple[str, ...],
    references: Path | None,
    explain: bool,
    in_json: bool,
    language: str,
    batch_file: Path | None,
    output_file: Path | None,
    jobs: int | None,
) -> None:
    """Look for NAME on the watchlists of the catalogue. Names may be in any of seven scripts.

    A name given here stays in the shell's history: leave it away to be asked, or give `-` and one
    name on each line of standard input. Nothing found clears nobody; an entry that resembles a
    person is for people to judge. Exit code 0 says that it was looked, whatever was found.
    """
    if batch_file or output_file:
        person = (name, births, countries, sex, explain, in_json)
        _batch(batch_file, output_file, references, lists, jobs, person_given=any(person))
        return
    if jobs:
        raise click.UsageError("--jobs goes with --batch FILE")
    from safeconduct.cli.screen_show import json_line, screening_text
    from safeconduct.screening.screening import screen as screened
    from safeconduct.wording.language import language as wording

    words = wording(language)
    watchlists = _watchlists(references, lists)
    for one in _names(name):
        found = screened(_sought(one, births, countries, sex), watchlists)
        if in_json:
            click.echo(json_line(found, words), nl=False)
        else:
            click.echo(screening_text(one, found, words, explain=explain) + "\n")


def _watchlists(references: Path | None, only: tuple[str, ...]) -> "tuple[Watchlist, ...]":
    from safeconduct.checks.kinds import load_watchlists
    from safeconduct.cli.screen_lists import NoListLoaded

    found = load_watchlists(references, only)
    if not found:
        raise NoListLoaded
    return found


def _names(name: str | None) -> Iterator[str]:
    """The name that was given or asked for, or each line of standard input."""
    if name == "-":
        given = 0
        for line in sys.stdin:
            if line.strip():
                given += 1
                yield line.strip()
        if not given:
            raise click.UsageError("no name on standard input; one on each line is accepted")
        return
    if name is None:
        from safeconduct.cli.sealing import on_terminal

        if not on_terminal():
            raise click.UsageError("no name; give `-` and a name on each line of standard input")
        name = str(click.prompt("Name", err=True))
    if not any(one.isalnum() for one in name):
        raise click.UsageError("a name without a letter; a name as written is accepted")
    yield name


def _sought(
    name: str, births: tuple[str, ...], countries: tuple[str, ...], sex: str | None
) -> "Sought":
    from safeconduct.screening.batch_rows import BORN
    from safeconduct.screening.births import birth
    from safeconduct.screening.sought import Sought

    for one in births:
        if birth(one) is None:
            raise click.BadParameter(f"{one!r}; {BORN} is accepted", param_hint="--born")
    for code in countries:
        if len(code) != 2 or not code.isascii() or not code.isalpha():
            raise click.BadParameter(f"{code!r}; such as RU is accepted", param_hint="--country")
    return Sought(
        names=(name,),
        born=births or None,
        sex=sex,
        citizenships=tuple(code.lower() for code in countries),
    )


def _batch(
    batch_file: Path | None,
    output_file: Path | None,
    references: Path | None,
    lists: tuple[str, ...],
    jobs: int | None,
    *,
    person_given: bool,
) -> None:
    if batch_file is None or output_file is None:
        raise click.UsageError("--batch FILE and --output FILE go together")
    if person_given:
        raise click.UsageError("--batch FILE takes names and all else from its rows")
    from safeconduct.cli.screen_batch import run_batch

    run_batch(batch_file, output_file, references, lists, jobs)
