"""`safeconduct reference add KIND FILE…`: several files, a format or a mapping → one original.

What a file does not tell of itself goes into one archive with it, which is what the catalogue
keeps; see `screening.importer`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from safeconduct.checks.kinds import NETWORK, WATCHLIST
from safeconduct.cli.errors import about
from safeconduct.reference.errors import OriginalRefused
from safeconduct.reference.regular import regular_bytes

_MOST_MAPPING = 1024 * 1024


@contextmanager
def one_original(
    kind: str, files: tuple[Path, ...], form: str | None, mapping: Path | None
) -> Iterator[Path]:
    """The file to be added: the one that was named, or an archive of all that was."""
    alone = len(files) == 1 and form is None and mapping is None
    if alone:
        yield files[0]
        return
    if kind not in (WATCHLIST, NETWORK):
        raise click.UsageError("several files and --format are for watchlists and networks")
    if kind == NETWORK and mapping is not None:
        raise click.UsageError("--mapping is for watchlists")
    from safeconduct.screening.importer import WatchlistImporter, packed

    most = WatchlistImporter.most_bytes
    if len({file.name for file in files}) < len(files):
        raise click.UsageError("two files of one name; each name once is accepted")
    members = [(file.name, _bytes(file, most)) for file in files]
    data = packed(members, format=form, mapping=_mapping(mapping))
    with TemporaryDirectory() as folder:
        archive = Path(folder) / f"{files[0].name.split('.')[0]}.zip"
        archive.write_bytes(data)
        yield archive


def suggest(files: tuple[Path, ...]) -> None:
    """Prints a first draft of a mapping for a table."""
    from safeconduct.screening.importer import WatchlistImporter
    from safeconduct.screening.importers.suggesting import suggest_mapping

    for file in files:
        with about(file):
            draft = suggest_mapping(_bytes(file, WatchlistImporter.most_bytes))
        click.echo(draft, nl=False)


def _mapping(path: Path | None) -> bytes | None:
    """A mapping without mistakes; they are named with its lines, not with those of the list."""
    if path is None:
        return None
    from safeconduct.screening.importers.mapping import read_mapping

    with about(path):
        data = regular_bytes(path, _MOST_MAPPING)
        read_mapping(data)
    return data


def _bytes(file: Path, most: int) -> bytes:
    try:
        data = regular_bytes(file, most)
    except OSError as error:
        raise OriginalRefused(file, error.strerror or "it cannot be read") from error
    if len(data) > most:
        raise OriginalRefused(file, f"more than {most:,} bytes, the most that are accepted")
    return data
