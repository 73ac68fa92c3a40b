"""`safeconduct reference fetch NAME`: an official list, downloaded and added as a new version."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from safeconduct.casefile.errors import SafeconductError
from safeconduct.cli.errors import guarded

if TYPE_CHECKING:  # what speaks to the network is loaded when a list is fetched
    from safeconduct.acquire.fetching import Fetched, FileProgress
    from safeconduct.acquire.wire import Network
    from safeconduct.reference.importing import RowMistake

_ROWS_REJECTED = 5
_MOST_NAMED = 20
_STEP = 256 * 1024
_MEGABYTE = 1_000_000


class ListIsShorter(SafeconductError):
    """A list that shrank too much, with the option that accepts it."""

    def __init__(self, told: str) -> None:
        super().__init__(f"{told}; look at the publisher's page, then --accept-shrunk adds it")


class ListMistaken(SafeconductError):
    """A list that came whole and cannot be imported, with its first mistakes."""

    def __init__(self, name: str, told: str) -> None:
        lines = told.splitlines()
        more = f"\n… and {len(lines) - _MOST_NAMED} more" if len(lines) > _MOST_NAMED else ""
        super().__init__("\n".join(f"{name}: {line}" for line in lines[:_MOST_NAMED]) + more)


@click.command()
@click.argument("name")
@click.option("--id", "identifier", metavar="ID", help="A short name; NAME where left out.")
@click.option(
    "--accept-shrunk",
    is_flag=True,
    help="Add it also where it holds less than half the rows of its latest version.",
)
@click.option(
    "--references",
    type=click.Path(path_type=Path),
    help="The folder of the reference data; your own data folder where it is not given.",
)
@guarded
def fetch(name: str, identifier: str | None, accept_shrunk: bool, references: Path | None) -> None:
    """Download an official list by HTTPS and add it: un, eu, ofac or ofac-xml.

    Nothing of a case is sent; the publisher learns that somebody here downloads the list.
    """
    from safeconduct.acquire.errors import ListShrunk
    from safeconduct.reference.importing import ImportRejected

    try:
        fetched = _fetched(name, identifier, accept_shrunk, references)
    except ListShrunk as error:
        raise ListIsShorter(str(error)) from error
    except ImportRejected as error:
        raise ListMistaken(name, str(error)) from error
    certificate = fetched.certificate
    what = "no change" if fetched.unchanged else "added"
    click.echo(f"{certificate.address}: {what}; {_counted(certificate.rows)}")
    if fetched.newer is not None:
        click.echo(
            f"{fetched.newer} is of a later day and stays the one that is searched", err=True
        )
    if fetched.rejected:
        _say_rejected(name, fetched.rejected)
        raise SystemExit(_ROWS_REJECTED)


def network() -> "Network | None":
    """How the network is used: as it usually is. Tests put a local server here."""
    return None


def on_a_terminal() -> bool:
    """Does a person watch? Otherwise progress would fill a file."""
    return sys.stderr.isatty()


def _fetched(
    name: str, identifier: str | None, accept_shrunk: bool, references: Path | None
) -> "Fetched":
    from safeconduct.acquire.fetching import fetch as fetched
    from safeconduct.acquire.sources import source
    from safeconduct.checks.kinds import default_root
    from safeconduct.cli.day import day_or_today
    from safeconduct.cli.processes import importer
    from safeconduct.reference.catalogue import Catalogue

    wanted = source(name)
    with TemporaryDirectory(prefix="safeconduct-") as folder, _shown_progress() as progress:
        return fetched(
            wanted,
            Catalogue(references or default_root()),
            importer(wanted.kind),
            Path(folder),
            on=day_or_today(None).isoformat(),
            id=identifier,
            accept_shrunk=accept_shrunk,
            network=network(),
            progress=progress,
        )


@contextmanager
def _shown_progress() -> "Iterator[FileProgress | None]":
    """One line on a terminal that is written over; nothing where stderr is a file."""
    if not on_a_terminal():
        yield None
        return
    line = _Line()
    try:
        yield line.say
    finally:
        line.clear()


class _Line:
    """A line of progress, written anew after every so many bytes."""

    def __init__(self) -> None:
        self._said = ("", 0)
        self._width = 0

    def say(self, file: str, got: int, length: int | None) -> None:
        """For example `sdn.csv: 1.2 of 5.7 MB`."""
        before, at = self._said
        if file == before and got - at < _STEP and got != length:
            return
        self._said = (file, got)
        of = "" if length is None else f" of {length / _MEGABYTE:.1f}"
        self._write(f"{file}: {got / _MEGABYTE:.1f}{of} MB")

    def clear(self) -> None:
        """Leaves the terminal as it was."""
        if self._width:
            self._write("")
            click.echo("\r", nl=False, err=True)

    def _write(self, text: str) -> None:
        click.echo(f"\r{text:<{self._width}}", nl=False, err=True)
        self._width = max(self._width, len(text))


def _say_rejected(name: str, rejected: "tuple[RowMistake, ...]") -> None:
    from safeconduct.casefile.yamltree import shown

    for one in rejected[:_MOST_NAMED]:
        click.echo(f"{name}: line {one.line}: {shown(one.reason, most=200)}", err=True)
    more = len(rejected) - _MOST_NAMED
    also = f" ({more:,} of them not named here)" if more > 0 else ""
    click.echo(f"{name}: {_counted(len(rejected))} left out{also}", err=True)


def _counted(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
