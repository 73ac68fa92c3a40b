from collections.abc import Callable

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.entities import ListedDocument
from safeconduct.screening.importers.ftm_json import read_ftm_json

Example = Callable[[str], bytes]


@pytest.mark.parametrize("name", ["targets.nested.json", "entities.ftm.json"])
def test_papers_addresses_and_sanctions_are_joined(example: Example, name: str) -> None:
    read = read_ftm_json(example(name))
    taras, guard = read.entities
    assert (read.as_of, read.title) == ("2026-03-13", "example")
    assert (taras.id, taras.schema, taras.dataset) == ("NK-a1", "Person", "example")
    assert taras.documents == (ListedDocument(kind="passport", number="AB1234567", country="ru"),)
    assert taras.addresses == ("1 Example Street, Zhmerynka",)
    assert taras.programs == ("EX-1",)
    assert taras.notes == ("Made up",)
    assert taras.links == ("https://example.org/1",)
    assert taras.other == (("ethnicity", "Ruritanian"),)
    assert taras.names[0].declared
    assert guard.caption == "Night Guard"


def test_both_forms_give_the_same_person(example: Example) -> None:
    nested = read_ftm_json(example("targets.nested.json")).entities[0]
    joined = read_ftm_json(example("entities.ftm.json")).entities[0]
    assert (nested.row, joined.row) == (1, 2)
    assert repr(nested).replace("row=1", "row=2") == repr(joined)


def test_relations_are_counted_and_are_no_entities(example: Example) -> None:
    read = read_ftm_json(example("entities.ftm.json"))
    assert read.without_names == 1
    assert read.rejected == ()


def test_bad_lines_are_told(example: Example) -> None:
    assert [one.line for one in read_ftm_json(example("targets.nested.json")).rejected] == [2, 3]


def test_an_address_that_is_not_there_stays_a_reference(example: Example) -> None:
    lines = example("entities.ftm.json").splitlines(keepends=True)
    (taras, *_) = read_ftm_json(
        b"".join(line for line in lines if b'"Address"' not in line)
    ).entities
    assert ("addressEntity", "addr1") in taras.other


def test_a_file_whose_last_line_is_cut_is_refused(example: Example) -> None:
    original = example("entities.ftm.json")
    assert len(read_ftm_json(original.rstrip(b"\n")).entities) == 2
    for cut in (2, 30, 100):
        with pytest.raises(ImportRejected, match="middle"):
            read_ftm_json(original[:-cut])


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"id":"a","schema":"Person","properties":' + b'{"a":[' * 50_000,
        b'{"id":"a","schema":"Person","properties":{"name":["x"],"e":[{"id":1}]}}',
        b'{"id":"a","schema":"Person","properties":{"name":"x"}}',
        b'{"id":"a","schema":"Person","properties":{"name":["\xff"]}}',
    ],
)
def test_a_line_that_is_no_entity_never_raises_anything_else(line: bytes, example: Example) -> None:
    read = read_ftm_json(line + b"\n" + example("entities.ftm.json"))
    assert [one.line for one in read.rejected] == [1]
    assert len(read.entities) == 2
