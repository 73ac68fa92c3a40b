"""Slips of dates: those that a date told so finely can have, and no others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.edtf import parse_edtf
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.when import When
from safeconduct.checks.slips import DATE_CHANGES, date_slips


def _slips(edtf: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, when in date_slips(When(edtf=edtf)):
        found.setdefault(name, []).append(when.edtf)
    return found


@pytest.mark.parametrize("edtf", ["2022-05-04", "2022-05-04T10:00", "2022-05-04T10:00+03:00"])
def test_a_date_told_to_the_day_can_have_every_slip(edtf: str) -> None:
    assert set(_slips(edtf)) == {name for name, _ in DATE_CHANGES}


def test_a_slip_changes_the_date_and_leaves_the_time_and_marks_alone() -> None:
    assert _slips("2022-05-04T10:00+03:00")["repair-day-and-month-swapped"] == [
        "2022-04-05T10:00+03:00"
    ]
    assert _slips("2022-05-04~")["repair-old-calendar"] == ["2022-05-17~"]


def test_a_month_off_is_the_next_or_the_one_before() -> None:
    assert _slips("2022-01")["repair-month-off"] == ["2022-02", "2021-12"]
    assert _slips("2022-01-31")["repair-month-off"] == ["2022-02-28", "2021-12-31"]


def test_of_a_month_nobody_swaps_the_day() -> None:
    assert set(_slips("2022-05")) == {"repair-month-off", "repair-year-off"}


def test_of_a_stretch_both_ends_or_one_of_them_may_have_slipped() -> None:
    found = _slips("2022-05-01/2022-06-20")
    assert found["repair-month-off"] == [
        "2022-06-01/2022-07-20",
        "2022-06-01/2022-06-20",
        "2022-05-01/2022-07-20",
        "2022-04-01/2022-05-20",
        "2022-04-01/2022-06-20",
        "2022-05-01/2022-05-20",
    ]
    assert found["repair-day-and-month-swapped"] == ["2022-01-05/2022-06-20"]


def test_a_stretch_that_would_end_before_it_starts_is_no_slip() -> None:
    assert "2022-06-01/2022-05-20" not in _slips("2022-05-01/2022-05-20")["repair-month-off"]


def test_an_open_end_stays_open() -> None:
    assert _slips("2022-05/..")["repair-year-off"] == ["2023-05/..", "2021-05/.."]


def test_of_a_season_only_the_year_can_be_off() -> None:
    assert _slips("2022-21") == {"repair-year-off": ["2023-21", "2021-21"]}


def test_of_a_year_only_the_year_can_be_off() -> None:
    assert set(_slips("2022")) == {"repair-year-off"}


@pytest.mark.parametrize("edtf", ["2022-1X", "202X", "/.."])
def test_what_names_no_date_has_no_slip_of_one(edtf: str) -> None:
    try:
        parse_edtf(edtf)
    except SafeconductError:
        return
    assert _slips(edtf) == {}


@given(st.dates(), st.sampled_from(["{}", "{}~", "{}T10:00", "{}/..", "{}/2100-01-01"]))
def test_every_slip_reads_as_a_date_of_the_same_form(day: date, form: str) -> None:
    edtf = form.format(day)
    for found in _slips_or_none(edtf).values():
        for one in found:
            assert len(one) == len(edtf)
            parse_edtf(one)


def _slips_or_none(edtf: str) -> dict[str, list[str]]:
    try:
        parse_edtf(edtf)
    except SafeconductError:
        return {}
    return _slips(edtf)
