"""Minimal hitting sets against trying every set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.timeline.hitting import also_meeting, hitting_sets, in_order
from safeconduct.timeline.search import StepsSpent


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


@given(st.lists(st.integers(1, 63), min_size=1, max_size=6))
def test_one_set_more_is_taken_on_from_those_before(sets: list[int]) -> None:
    before = hitting_sets(sets[:-1])
    assert in_order(also_meeting(before, sets[-1], lambda _: None)) == hitting_sets(sets)


def test_who_counts_the_steps_can_end_what_grows_without_bound() -> None:
    """Of n pairs that share nothing, 2 to the n sets meet all."""
    spent = 0

    def spend(steps: int) -> None:
        nonlocal spent
        spent += steps
        if spent > 10_000:
            raise StepsSpent(spent)

    with pytest.raises(StepsSpent):
        hitting_sets([0b11 << 2 * n for n in range(40)], spend)
