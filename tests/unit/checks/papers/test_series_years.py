"""The year in a Russian internal passport's series against the year of issue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.checks.papers.series_years import (
    YearReason,
    YearState,
    YearTolerance,
    series_year,
    series_year_against_issue,
)

NUMBER = "45 02 573482"


@pytest.mark.parametrize(
    ("number", "year"),
    [
        (NUMBER, 2002),
        ("45 97 573482", 1997),
        ("45 99 573482", 1999),
        ("45 00 573482", 2000),
        ("45 24 573482", 2024),
        ("45 2? 573482", None),
        ("71 1234567", None),
        (None, None),
    ],
)
def test_the_year_of_a_blank_is_read_from_a_sound_number_only(
    number: str | None, year: int | None
) -> None:
    assert series_year(number) == year


@pytest.mark.parametrize(
    ("issued", "state"),
    [
        ((2002, 2002), YearState.AGREES),
        ((2001, 2001), YearState.AGREES),
        ((2005, 2005), YearState.AGREES),
        ((2006, 2006), YearState.ASKS),
        ((2000, 2000), YearState.ASKS),
        ((2002, 2004), YearState.AGREES),
        ((2004, 2007), YearState.UNKNOWN),
        ((1997, 2010), YearState.UNKNOWN),
        ((2008, 2010), YearState.ASKS),
    ],
)
def test_years_are_compared_within_the_declared_tolerance(
    issued: tuple[int, int], state: YearState
) -> None:
    result = series_year_against_issue(NUMBER, issued)

    assert result.state is state
    assert result.series_year == 2002


def test_a_wider_tolerance_asks_less() -> None:
    wider = YearTolerance(older=10)

    assert series_year_against_issue(NUMBER, (2008, 2008), wider).state is YearState.AGREES


@pytest.mark.parametrize(
    ("number", "issued", "reason"),
    [
        (None, (2002, 2002), YearReason.NO_SERIES_YEAR),
        ("45 ?? 573482", (2002, 2002), YearReason.NO_SERIES_YEAR),
        (NUMBER, None, YearReason.NO_ISSUE_YEAR),
        (NUMBER, (2004, 2007), YearReason.ISSUE_TOO_VAGUE),
    ],
)
def test_what_cannot_be_compared_is_unknown_with_its_reason(
    number: str | None, issued: tuple[int, int] | None, reason: YearReason
) -> None:
    result = series_year_against_issue(number, issued)

    assert (result.state, result.reason) == (YearState.UNKNOWN, reason)


@given(st.integers(1990, 2030), st.integers(0, 20), st.integers(0, 5), st.integers(0, 5))
def test_a_vaguer_issue_never_turns_agreement_into_asking(
    first: int, span: int, before: int, after: int
) -> None:
    narrow = series_year_against_issue(NUMBER, (first, first + span)).state
    wide = series_year_against_issue(NUMBER, (first - before, first + span + after)).state

    if narrow is YearState.AGREES:
        assert wide is not YearState.ASKS
    if wide is not YearState.UNKNOWN:
        assert narrow is wide
