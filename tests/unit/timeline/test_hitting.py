"""Minimal hitting sets against trying every set."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.timeline.hitting import hitting_sets


@given(st.lists(st.integers(0, 63), max_size=6))
def test_each_minimal_set_that_meets_all_is_given_once_the_smallest_first(sets: list[int]) -> None:
    meeting = [hit for hit in range(64) if all(hit & one for one in sets)]
    least = {hit for hit in meeting if not any(m != hit and m & ~hit == 0 for m in meeting)}
    found = hitting_sets(sets)
    assert len(found) == len(least)
    assert set(found) == least
    assert [hit.bit_count() for hit in found] == sorted(hit.bit_count() for hit in found)


def test_nothing_meets_an_empty_set() -> None:
    assert hitting_sets([0b11, 0]) == []
    assert hitting_sets([]) == [0]
