import pytest

from safeconduct.reference.importing import ImportRejected, RowMistake
from safeconduct.screening.entities import Entity, ListedName
from safeconduct.screening.importers.reading import finished, legible, unique, with_own_ids


def entity(id: str, name: str, row: int = 0) -> Entity:  # noqa: A002
    return Entity(id=id, schema="Person", caption=name, names=(ListedName(text=name),), row=row)


def test_a_list_of_nothing_is_refused_with_its_first_mistake() -> None:
    with pytest.raises(ImportRejected) as caught:
        finished("x", [], [RowMistake(3, "no name"), RowMistake(4, "no name")])
    assert caught.value.mistakes == (RowMistake(3, "no name"),)
    assert caught.value.more == 1
    with pytest.raises(ImportRejected, match="no entity"):
        finished("x", [], [])


def test_mistakes_come_in_the_order_of_lines() -> None:
    wrong = [RowMistake(9, "b"), RowMistake(2, "a")]
    assert [one.line for one in finished("x", [entity("a", "A")], wrong).rejected] == [2, 9]


def test_an_identifier_that_stands_once_is_kept() -> None:
    found = list(with_own_ids([entity("a", "A"), entity("b", "B")]))
    assert [one.id for one in found] == ["a", "b"]


def test_shared_identifiers_become_own_ones_whatever_the_order() -> None:
    one, other = entity("a", "A", row=1), entity("a", "B", row=2)
    there = [found.id for found in with_own_ids([one, other])]
    back = [found.id for found in with_own_ids([other, one])]
    assert there == back[::-1]
    assert len(set(there)) == 2
    assert all(found.startswith("a-") for found in there)


def test_rows_that_are_the_same_are_numbered() -> None:
    found = [one.id for one in with_own_ids([entity("a", "A", 1), entity("a", "A", 2)])]
    assert found[1] == found[0] + "-2"


def test_what_a_file_says_is_made_legible() -> None:
    assert legible("a\u202eb\nc") == "a\\u202eb\\u000ac"
    assert len(legible("x" * 1000)) == 300


def test_unique_keeps_the_order_and_leaves_out_what_is_empty() -> None:
    assert unique(["b ", "", None, "a", "b", "  "]) == ("b", "a")
