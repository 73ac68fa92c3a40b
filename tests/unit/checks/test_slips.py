"""Slips of dates: those that a date told so finely can have, and no others."""

import pytest

from safeconduct.casefile.account import Claim, ClaimKind
from safeconduct.casefile.when import When
from safeconduct.checks.slips import DATE_CHANGES, date_changes


def _named(edtf: str | None) -> set[str]:
    when = When(edtf=edtf) if edtf else None
    claim = Claim(id="c1", kind=ClaimKind.EVENT, text="x", when=when)
    return {name for name, _ in date_changes(claim)}


@pytest.mark.parametrize("edtf", ["2022-05-04", "2022-05-04T10:00"])
def test_a_date_told_to_the_day_can_have_every_slip(edtf: str) -> None:
    assert _named(edtf) == {name for name, _ in DATE_CHANGES}


def test_of_a_month_nobody_swaps_the_day() -> None:
    assert _named("2022-05") == {"repair-month-off", "repair-year-off"}


def test_of_a_stretch_nobody_swaps_one_end_alone() -> None:
    assert "repair-day-and-month-swapped" not in _named("2022-05-01/2022-06-20")


def test_of_a_year_only_the_year_can_be_off() -> None:
    assert _named("2022") == {"repair-year-off"}


def test_a_claim_without_a_date_has_no_slip_of_one() -> None:
    assert _named(None) == set()
