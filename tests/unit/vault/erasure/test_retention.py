"""A case is due after its days, not before, not while it is open and not while it is held."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.erasure.retention import Kept, Standing, retention
from safeconduct.vault.formats.errors import NotUsable

CLOSED = date(2026, 1, 31)


def standing(on: date, *, days: int = 30, held: str = "", closed: date | None = CLOSED) -> Standing:
    kept = Kept(case="c-1", closed=closed, days=days, held_because=held)
    return retention([kept], on=on)[0].standing


@given(days=st.integers(0, 4_000), passed=st.integers(-10, 5_000))
def test_it_is_due_from_its_day_on(days: int, passed: int) -> None:
    on = CLOSED + timedelta(days=passed)
    expected = Standing.DUE if passed >= days else Standing.KEPT
    assert standing(on, days=days) is expected


def test_an_open_case_is_never_due_and_a_held_one_waits() -> None:
    later = date(2099, 1, 1)
    assert standing(later, closed=None) is Standing.OPEN
    assert standing(later, held="an appeal is pending") is Standing.HELD
    assert standing(CLOSED, held="an appeal is pending") is Standing.KEPT


def test_all_are_told_in_their_order_with_their_day() -> None:
    listed = [Kept(case=f"c-{n}", closed=CLOSED, days=n) for n in (3, 1, 2)]
    found = retention(listed, on=CLOSED + timedelta(days=2))
    assert [(one.case, one.standing.value) for one in found] == [
        ("c-3", "kept"),
        ("c-1", "due"),
        ("c-2", "due"),
    ]
    assert found[0].since == date(2026, 2, 3)
    assert retention([], on=CLOSED) == ()


def test_days_below_nought_are_refused() -> None:
    with pytest.raises(NotUsable):
        standing(CLOSED, days=-1)
