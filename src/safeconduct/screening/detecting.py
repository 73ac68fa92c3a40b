"""Which format a watchlist has, by its content; packed files are looked into. Reads it, too."""

import csv
import io
from collections.abc import Callable
from zipfile import ZipFile, ZipInfo

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import shown
from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers import (
    eu_csv,
    eu_journal,
    ftm_json,
    ofac_csv,
    ofac_xml,
    opensanctions_csv,
    tabular,
    un_xml,
)
from safeconduct.screening.importers.mapping import read_mapping
from safeconduct.screening.importers.reading import Read
from safeconduct.screening.importers.spreadsheets import is_workbook
from safeconduct.screening.importers.tables import ZIP, guessed_separator
from safeconduct.screening.importers.texts import decoded, member_bytes, opened_zip, unzipped
from safeconduct.screening.importers.xmlstream import root_of

READERS: dict[str, Callable[[bytes], Read]] = {
    ofac_csv.FORMAT: ofac_csv.read_ofac_csv,
    ofac_xml.FORMAT: ofac_xml.read_ofac_xml,
    un_xml.FORMAT: un_xml.read_un_xml,
    eu_csv.FORMAT: eu_csv.read_eu_csv,
    eu_journal.FORMAT: eu_journal.read_eu_journal,
    opensanctions_csv.FORMAT: opensanctions_csv.read_opensanctions_csv,
    ftm_json.FORMAT: ftm_json.read_ftm_json,
}
"""The formats that need no mapping; a table with one is `tabular`."""

FORMATS = (*READERS, tabular.FORMAT)
_ROOTS = {un_xml.ROOT: un_xml.FORMAT, ofac_xml.ROOT: ofac_xml.FORMAT}
_HEADERS = (
    (eu_csv.NEEDED, eu_csv.FORMAT),
    (eu_journal.NEEDED, eu_journal.FORMAT),
    (opensanctions_csv.NEEDED, opensanctions_csv.FORMAT),
)
_GZIP = b"\x1f\x8b"
_HEAD = 64 * 1024
_OFAC_COLUMNS = 12
_ALIAS_COLUMNS = 5
_DEEPEST = 3
_MOST_LOOKED_AT = 8


class UnknownFormat(SafeconductError):
    """A file that is none of the formats that can be read."""

    def __init__(self, found: str) -> None:
        super().__init__(f"{found}; accepted: {', '.join(FORMATS)}")
        self.found, self.accepted = found, FORMATS


class MappingMissing(UnknownFormat):
    """A table whose columns nobody has explained; see `suggest_mapping`."""


def detect(original: bytes, name: str = "") -> str:
    """The format of a file, by its content; `name` is only told in the error.

    A table of no known list is `tabular`. Raises UnknownFormat, or ImportRejected for a packed
    file that is damaged.
    """
    content = unpacked(original)
    if content.startswith(ZIP):
        if is_workbook(content):
            return tabular.FORMAT
        if _holds_ofac(content):
            return ofac_csv.FORMAT
        raise _unknown(
            name, "a ZIP archive with several files that are no list of OFAC; add each by itself"
        )
    head = content[:_HEAD]
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        root = root_of(head)
        if root in _ROOTS:
            return _ROOTS[root]
        raise _unknown(name, f"XML of another kind: {shown(root or 'cut')}")
    if bare.startswith(b"{"):
        return _json(content, name)
    if bare.startswith(b"["):
        raise _unknown(name, "a JSON list; entities stand on a line each")
    return _table(head, name)


def read_watchlist(
    original: bytes,
    *,
    format: str | None = None,  # noqa: A002
    mapping: bytes | None = None,
) -> Read:
    """A watchlist in the format given, else in the one detected; a mapping makes it a table.

    Raises ImportRejected, UnknownFormat, MappingMissing, MappingNotConfirmed, and FileMistaken for
    a mapping with mistakes.
    """
    if format is not None and format not in FORMATS:
        raise UnknownFormat(f"the format {shown(format)}")
    content = unpacked(original)
    if mapping is not None:
        return tabular.read_tabular(content, read_mapping(mapping))
    found = format or detect(content)
    if found not in READERS:
        raise MappingMissing("a table without a mapping")
    return READERS[found](content)


def unpacked(original: bytes) -> bytes:
    """What gzip or a ZIP archive of one file holds; workbooks and OFAC's archive stay as they are.

    Raises ImportRejected for a damaged one.
    """
    for _ in range(_DEEPEST):
        if original.startswith(_GZIP):
            original = unzipped(original)
            continue
        if not original.startswith(ZIP) or is_workbook(original) or _holds_ofac(original):
            break
        with opened_zip(original) as archive:
            files = [member for member in archive.infolist() if not member.is_dir()]
            if len(files) != 1:
                break
            original = member_bytes(archive, files[0])
    return original


def _holds_ofac(original: bytes) -> bool:
    """By the names that OFAC gives its files, or by what the rows of one look like."""
    with opened_zip(original) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        names = {one.filename.rpartition("/")[2].lower() for one in members}
        if names & set(ofac_csv.MAIN):
            return True
        tables = [one for one in members if one.filename.lower().endswith(".csv")]
        return len(members) > 1 and any(_is_main(archive, one) for one in tables[:_MOST_LOOKED_AT])


def _is_main(archive: ZipFile, member: ZipInfo) -> bool:
    with archive.open(member) as table:
        head = table.read(_HEAD)
    row = next(csv.reader(io.StringIO(head.decode("utf-8", "replace"), newline="")), [])
    return len(row) == _OFAC_COLUMNS and row[0].strip().isdigit()


def _json(content: bytes, name: str) -> str:
    line = content.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    try:
        msgspec.json.decode(line, type=ftm_json.Record)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _unknown(name, "JSON whose first line is no entity of FollowTheMoney") from None
    return ftm_json.FORMAT


def _table(head: bytes, name: str) -> str:
    try:
        text = decoded(head, otherwise="cp1252")
    except ImportRejected:
        raise _unknown(name, "no text") from None
    if "\x00" in text:
        raise _unknown(name, "no text")
    separator = guessed_separator(text)
    try:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        first = []
    header = {cell.strip() for cell in first}
    for needed, format_ in _HEADERS:
        if header.issuperset(needed):
            return format_
    if len(first) == _OFAC_COLUMNS and first[0].strip().isdigit():
        return ofac_csv.FORMAT
    if len(first) == _ALIAS_COLUMNS and first[2] in ofac_csv.KINDS:
        found = "OFAC's alt.csv without sdn.csv; give both files, or one ZIP archive of them"
        raise _unknown(name, found)
    if len(first) > 1 or separator in text:
        return tabular.FORMAT
    raise _unknown(name, "neither XML, nor JSON lines, nor a table")


def _unknown(name: str, found: str) -> UnknownFormat:
    return UnknownFormat(f"{shown(name)}: {found}" if name else found)
