"""Durations: the least and most that people's words can mean."""

import calendar
import re
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.durations import (
    Duration,
    DurationError,
    Lasting,
    lasting_bounds,
    parse_duration,
)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("P10D", 10, 10),
        ("P2W", 14, 14),
        ("P1M", 28, 31),
        ("P2M", 59, 62),
        ("P3M", 89, 92),
        ("P12M", 365, 366),
        ("P1Y", 365, 366),
        ("P2Y", 730, 731),
        ("P24M", 730, 731),
        ("P4Y", 1460, 1461),
        ("P8Y", 2921, 2922),
        ("P400Y", 146_097, 146_097),
        ("P0D", 0, 0),
    ],
)
def test_months_and_years_are_the_days_that_the_calendar_allows(
    text: str, least: int, most: int
) -> None:
    assert parse_duration(text) == (timedelta(days=least), timedelta(days=most))


def _counted(months: int) -> tuple[int, int]:
    """Days in every run of so many months in 400 years, counted one by one."""
    lengths = [calendar.monthrange(2000 + i // 12 % 400, i % 12 + 1)[1] for i in range(4800)]
    lengths += lengths[:months]
    total = sum(lengths[:months])
    totals = {total}
    for i in range(4800):
        total += lengths[(i + months) % len(lengths)] - lengths[i]
        totals.add(total)
    return min(totals), max(totals)


@pytest.mark.parametrize("months", [1, 2, 5, 6, 7, 11, 13, 18, 25, 47, 48, 49, 95, 96, 97, 120])
def test_any_count_of_months_agrees_with_counting_through_four_centuries(months: int) -> None:
    least, most = _counted(months)
    assert parse_duration(f"P{months}M") == (timedelta(days=least), timedelta(days=most))


def test_years_months_and_days_add_up() -> None:
    least, most = _counted(19)
    assert parse_duration("P1Y7M10D") == (timedelta(days=least + 10), timedelta(days=most + 10))


def test_hours_and_minutes_are_read() -> None:
    assert parse_duration("PT36H").least == timedelta(hours=36)
    assert parse_duration("P1DT2H30M").most == timedelta(days=1, hours=2, minutes=30)


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1", "10D", "P1.5M", "P-1D", "P1DT", "p1d", "P1H", "P1D\n", "P٣D", "PT5S"],
)
def test_what_is_no_duration_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(DurationError) as caught:
        parse_duration(text)
    assert "P10D" in caught.value.accepted


def test_a_hostile_duration_is_refused_and_not_repeated() -> None:
    with pytest.raises(DurationError) as caught:
        parse_duration("P" + "9" * 10_000 + "D")
    assert len(str(caught.value)) < 200


@given(st.text("PTYMWDH0123456789", max_size=12))
def test_a_file_accepts_the_durations_that_can_be_read_and_no_others(text: str) -> None:
    try:
        parse_duration(text)
    except DurationError:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(text, Duration)
    else:
        assert msgspec.convert(text, Duration) == text


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 99999))
def test_least_is_never_more_than_most(years: int, months: int, days: int) -> None:
    least, most = parse_duration(f"P{years}Y{months}M{days}D")
    assert least <= most <= least + timedelta(days=10)


def test_a_stated_duration_is_as_wide_as_its_calendar() -> None:
    assert lasting_bounds(Lasting(iso="P2Y")) == (timedelta(days=730), timedelta(days=731))


def test_about_is_as_wide_as_it_is_declared() -> None:
    lasting = Lasting(
        iso="P2Y", words="about two years", approximate=True, least="P20M", most="P28M"
    )
    assert lasting_bounds(lasting) == (parse_duration("P20M").least, parse_duration("P28M").most)


def test_about_without_a_declared_width_is_refused_not_assumed() -> None:
    with pytest.raises(ValueError, match=re.escape("`least` and `most`")):
        Lasting(iso="P2Y", approximate=True)
    with pytest.raises(ValueError, match=re.escape("`least` and `most`")):
        Lasting(iso="P2Y", approximate=True, least="P1Y")


def test_one_side_alone_may_be_widened() -> None:
    assert lasting_bounds(Lasting(iso="P10D", most="P2W")) == (
        timedelta(days=10),
        timedelta(days=14),
    )


@pytest.mark.parametrize(("least", "most"), [("P11D", None), (None, "P9D"), ("P12D", "P14D")])
def test_a_width_that_leaves_out_the_stated_duration_is_refused(
    least: str | None, most: str | None
) -> None:
    with pytest.raises(ValueError, match="no longer"):
        Lasting(iso="P10D", least=least, most=most)
