import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screening.index.lookups import (
    Keyed,
    Numbers,
    Texts,
    key_of,
    pack_keyed,
    pack_numbers,
    pack_texts,
)

U32 = st.integers(0, 2**32 - 1)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_texts_are_read_by_number(texts: list[str]) -> None:
    made = pack_texts(text.encode() for text in texts).arrays
    read = Texts(made["ends"], made["blob"])
    assert [read[n] for n in range(len(read))] == texts
    assert [bytes(read.raw(n)).decode() for n in range(len(read))] == texts


@given(st.lists(st.lists(U32)))
def test_numbers_are_read_by_number(lists: list[list[int]]) -> None:
    made = pack_numbers(lists).arrays
    read = Numbers(made["ends"], made["values"])
    assert [list(read[n]) for n in range(len(read))] == lists


@given(st.lists(st.tuples(st.integers(0, 9) | U32, st.integers(0, 9) | U32)))
def test_every_value_is_found_under_its_key_once(pairs: list[tuple[int, int]]) -> None:
    keys = np.array([key for key, _ in pairs], np.uint32)
    values = np.array([value for _, value in pairs], np.uint32)
    made = pack_keyed(keys, values).arrays
    read = Keyed(made["keys"], made["ends"], made["values"])
    for key in {key for key, _ in pairs}:
        assert list(read[key]) == sorted({v for k, v in pairs if k == key})
    distinct = sorted({key for key, _ in pairs})
    assert list(read.union(distinct)) == sorted({v for _, v in pairs})


def test_an_unknown_key_has_no_values() -> None:
    made = pack_keyed(np.array([3], np.uint32), np.array([7], np.uint32)).arrays
    read = Keyed(made["keys"], made["ends"], made["values"])
    assert not read[2].size
    assert not read[4].size
    assert not read.union([]).size


def test_a_text_without_a_valid_encoding_has_a_key() -> None:
    assert key_of("\ud800") == key_of("\ud800")
