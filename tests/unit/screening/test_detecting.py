import gzip
import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.detecting import (
    FORMATS,
    MappingMissing,
    UnknownFormat,
    detect,
    read_watchlist,
)

FIXTURES = Path(__file__).parent / "importers" / "fixtures"
LISTS = {
    "sdn.csv": "ofac-csv",
    "ofac_advanced.xml": "ofac-xml",
    "un.xml": "un-xml",
    "eu.csv": "eu-csv",
    "eu_journal.csv": "eu-journal-csv",
    "targets.simple.csv": "opensanctions-csv",
    "targets.nested.json": "ftm-json",
    "entities.ftm.json": "ftm-json",
    "brigade.csv": "tabular",
}


def content(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, content(name))
    return out.getvalue()


def as_it_is(original: bytes) -> bytes:
    return original


@pytest.mark.parametrize(("name", "format_"), LISTS.items())
def test_every_format_is_known_by_its_content(name: str, format_: str) -> None:
    assert detect(content(name)) == format_
    assert format_ in FORMATS


@pytest.mark.parametrize("name", [name for name in LISTS if LISTS[name] != "tabular"])
@pytest.mark.parametrize(
    "pack", [as_it_is, gzip.compress, lambda b: gzip.compress(gzip.compress(b))]
)
def test_a_list_is_read_the_same_packed_or_not(name: str, pack: Callable[[bytes], bytes]) -> None:
    read = read_watchlist(pack(content(name)))
    assert read.format == LISTS[name]
    assert read == read_watchlist(content(name), format=LISTS[name])
    assert read == read_watchlist(zipped(name))


def test_the_archive_of_ofac_is_one_list() -> None:
    archive = zipped("sdn.csv", "alt.csv", "add.csv")
    assert detect(archive) == "ofac-csv"
    assert len(read_watchlist(archive).entities[0].names) == 4


def test_a_table_with_a_mapping_is_read_and_without_one_is_not() -> None:
    read = read_watchlist(content("brigade.csv"), mapping=content("brigade.yaml"))
    assert read.format == "tabular"
    with pytest.raises(MappingMissing):
        read_watchlist(content("brigade.csv"))


def test_a_workbook_is_a_table() -> None:
    out = io.BytesIO()
    Workbook().save(out)
    assert detect(out.getvalue()) == "tabular"
    assert detect(gzip.compress(out.getvalue())) == "tabular"


@pytest.mark.parametrize(
    "original",
    [
        b"",
        b"   \n",
        b"hello",
        b"\x00\x01\x02,\x00",
        b"<html><body/></html>",
        b"<",
        b"{}",
        b'{"id": "x"}\n',
        b"[1, 2]",
        b"%PDF-1.7",
        content("alt.csv"),
        zipped("un.xml", "eu.csv"),
    ],
)
def test_what_is_no_list_is_refused_with_what_is_accepted(original: bytes) -> None:
    with pytest.raises(UnknownFormat) as caught:
        detect(original, "some\u202efile")
    assert caught.value.accepted == FORMATS
    assert "\u202e" not in str(caught.value)


def test_a_format_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        read_watchlist(content("un.xml"), format="un-json")


def test_a_list_in_another_format_than_said_is_refused() -> None:
    for name, format_ in LISTS.items():
        for other in set(FORMATS) - {format_, "tabular"}:
            with pytest.raises(ImportRejected):
                read_watchlist(content(name), format=other)


def test_damaged_packing_is_refused() -> None:
    packed = gzip.compress(content("un.xml"))
    for damaged in (packed[:-4], packed[:50], packed[:200] + b"xx" + packed[202:]):
        with pytest.raises(ImportRejected):
            detect(damaged)
    with pytest.raises(ImportRejected):
        detect(zipped("un.xml")[:-30])
