"""The importer of kind `watchlist`: a list as it was published → its index.

A list in several files, or one that needs a mapping or a named format, is kept as one ZIP archive
that holds all of it: the same original then always gives the same index. What reads a list and what
builds the index are imported only when a list is built.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from safeconduct.reference.importing import Built

if TYPE_CHECKING:
    from safeconduct.screening.index.building import Spread

MAPPING, FORMAT = "safeconduct-mapping.yaml", "safeconduct-format.txt"
"""Members of an archive that say how the others are to be read."""

_MOST_NAMED = 100_000
_MOST_SAID = 1024 * 1024
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_ZIP = b"PK\x03\x04"


class WatchlistImporter:
    """Builds watchlists; what cannot be found out of a list stands in its archive, see `packed`.

    `spread`: how the work on a long list is shared out (see `index.building`).
    """

    name = "watchlist"
    version = 2
    most_bytes = 2 * 1024 * 1024 * 1024

    def __init__(self, spread: "Spread | None" = None) -> None:
        self._spread = spread

    def build(self, original: bytes) -> Built:
        """A list in one of the known formats → its index.

        Rows that cannot be read are left out and named, up to a bearable number. Raises
        ImportRejected, and what `detecting.read_watchlist` raises.
        """
        from safeconduct.screening.detecting import read_watchlist
        from safeconduct.screening.index.building import build

        said = _said(original)
        read = read_watchlist(said.content, format=said.format, mapping=said.mapping)
        return Built(
            data=build(read.entities, about={"format": read.format}, spread=self._spread or map),
            rows=len(read.entities),
            rejected=read.rejected[:_MOST_NAMED],
            as_of=read.as_of,
            title=read.title,
            origin=read.origin,
            licence=read.licence,
        )


def packed(
    files: Sequence[tuple[str, bytes]],
    *,
    format: str | None = None,  # noqa: A002  (the word of the command line)
    mapping: bytes | None = None,
) -> bytes:
    """One archive of a list's files and of how to read them; the same bytes for the same files."""
    members = sorted(files)
    if format is not None:
        members.append((FORMAT, format.encode()))
    if mapping is not None:
        members.append((MAPPING, mapping))
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, data in members:
            archive.writestr(ZipInfo(name, _NO_TIME), data)
    return made.getvalue()


class _Said(NamedTuple):
    content: bytes
    format: str | None
    mapping: bytes | None


def _said(original: bytes) -> _Said:
    """The list itself, and how its archive says that it is to be read."""
    if not original.startswith(_ZIP):
        return _Said(original, None, None)
    from safeconduct.screening.importers.texts import member_bytes, opened_zip

    with opened_zip(original) as archive:
        names = [one.filename for one in archive.infolist() if not one.is_dir()]
        if MAPPING not in names and FORMAT not in names:
            return _Said(original, None, None)
        said = {
            name: member_bytes(archive, name, _MOST_SAID)
            for name in (MAPPING, FORMAT)
            if name in names
        }
        rest = [(name, member_bytes(archive, name)) for name in names if name not in said]
    content = rest[0][1] if len(rest) == 1 else packed(rest)
    form = said[FORMAT].decode("utf-8", "replace") if FORMAT in said else None
    return _Said(content, form, said.get(MAPPING))
