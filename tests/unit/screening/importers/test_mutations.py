"""Whatever happens to a list on its way, it is read or refused; nothing else is raised."""

import gzip
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import FileMistaken
from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.detecting import READERS, UnknownFormat, read_watchlist
from safeconduct.screening.importers.mapping import TableMapping, read_mapping
from safeconduct.screening.importers.suggesting import suggest_mapping
from safeconduct.screening.importers.tabular import read_tabular

FIXTURES = Path(__file__).parent / "fixtures"
LISTS = {
    path.name: path.read_bytes()
    for path in sorted(FIXTURES.iterdir())
    if path.suffix in (".csv", ".xml", ".json")
}
BRIGADE = read_mapping((FIXTURES / "brigade.yaml").read_bytes())


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Born"])
    sheet.append(["Taras Kuzubov", 1964])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WORKBOOK = workbook()


@st.composite
def mutated(draw: st.DrawFn, original: bytes) -> bytes:
    """The original with some pieces replaced, left out or doubled, and maybe cut."""
    found = bytearray(original)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, max(0, len(found) - 1)))
        end = min(len(found), start + draw(st.integers(0, 40)))
        piece = draw(
            st.sampled_from(
                (b"", b'"', b"<", b"&", b";", b",", b"\n", b"\x00", b"\xff", b"\x1a", b"{")
            )
            | st.binary(max_size=8)
            | st.just(bytes(found[start:end]) * 2)
        )
        found[start:end] = piece
    return bytes(found[: draw(st.integers(0, len(found)))] if draw(st.booleans()) else found)


def tried(original: bytes) -> None:
    with suppress(ImportRejected, UnknownFormat):
        read = read_watchlist(original)
        assert read.entities
        assert all(entity.names for entity in read.entities)
        assert len({entity.id for entity in read.entities}) == len(read.entities)


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mutated_list_is_read_or_refused(name: str, data: st.DataObject) -> None:
    original = data.draw(mutated(LISTS[name]))
    tried(original)
    for reader in READERS.values():
        with suppress(ImportRejected):
            reader(original)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_cut_anywhere_is_read_or_refused(name: str) -> None:
    for cut in range(0, len(LISTS[name]), 13):
        tried(LISTS[name][:cut])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mutated_packed_list_is_read_or_refused(data: st.DataObject) -> None:
    tried(data.draw(mutated(gzip.compress(LISTS["un.xml"]))))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_table_is_read_or_refused(data: st.DataObject) -> None:
    original = data.draw(mutated(LISTS["brigade.csv"]))
    with suppress(ImportRejected):
        read_tabular(original, BRIGADE)
    with suppress(ImportRejected):
        suggest_mapping(original)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_workbook_is_read_or_refused(data: st.DataObject) -> None:
    original = data.draw(mutated(WORKBOOK))
    mapping = TableMapping(columns={"Name": "name", "Born": "birthDate"}, confirmed=True)
    with suppress(ImportRejected):
        read_tabular(original, mapping)
    with suppress(ImportRejected):
        suggest_mapping(original)
    tried_without_mapping(original)


def tried_without_mapping(original: bytes) -> None:
    with suppress(ImportRejected, UnknownFormat):
        read_watchlist(original)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_mapping_is_read_or_refused(data: st.DataObject) -> None:
    with suppress(FileMistaken):
        read_mapping(data.draw(mutated((FIXTURES / "brigade.yaml").read_bytes())))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_suggestion_can_be_read_as_a_mapping(data: st.DataObject) -> None:
    original = data.draw(mutated(LISTS["brigade.csv"]))
    try:
        text = suggest_mapping(original)
    except SafeconductError:
        return
    with suppress(FileMistaken):
        mapping = read_mapping(text.encode())
        assert not mapping.confirmed


@pytest.mark.parametrize(
    "original", [b"", b"\x00", b"\xff\xfe", b"PK\x03\x04", b"\x1f\x8b", b"<?xml"]
)
def test_beginnings_of_files_are_refused(original: bytes) -> None:
    with pytest.raises((ImportRejected, UnknownFormat)):
        read_watchlist(original)
