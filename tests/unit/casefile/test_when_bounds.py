"""One vague date: the days that are written, widened by what the case declares."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeconduct.casefile.durations import parse_duration
from safeconduct.casefile.edtf import EdtfError
from safeconduct.casefile.when import (
    Bound,
    Conventions,
    Padding,
    Reading,
    Season,
    Seasons,
    When,
    WidthMessage,
    read_when,
    utc,
)

NOTHING = Conventions()
DECLARED = Conventions(
    approximate=Padding(minute="PT30M", day="P3D", month="P1M", season="P1M", year="P1Y"),
    uncertain=Padding(minute="PT5M", day="P7D", month="P2M", year="P1Y"),
    seasons=Seasons(
        spring=Season(months=(3, 4, 5)),
        summer=Season(months=(6, 7, 8)),
        autumn=Season(months=(9, 10, 11)),
        winter=Season(months=(12, 1, 2), year_of="start"),
    ),
)


def reading(edtf: str, conventions: Conventions = NOTHING) -> Reading:
    return read_when(When(edtf=edtf), conventions)


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def bounds(edtf: str, conventions: Conventions = NOTHING) -> tuple[datetime | None, ...]:
    read = reading(edtf, conventions)
    return read.start.earliest, read.start.latest, read.end.earliest, read.end.latest


def messages(read: Reading) -> list[WidthMessage]:
    return [reason.message for reason in read.width]


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2022", "2022-01-01", "2023-01-01"),
        ("2022-09", "2022-09-01", "2022-10-01"),
        ("2022-12", "2022-12-01", "2023-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2022-09-28", "2022-09-28", "2022-09-29"),
        ("2022-09-28T23:50", "2022-09-28T23:50", "2022-09-28T23:51"),
        ("2022-12-31T23:59:59", "2022-12-31T23:59:59", "2023-01-01T00:00"),
        ("202X", "2020-01-01", "2030-01-01"),
        ("20XX", "2000-01-01", "2100-01-01"),
        ("2022-09-2X", "2022-09-20", "2022-09-30"),
        ("2022-09-XX", "2022-09-01", "2022-10-01"),
        ("2022-XX-15", "2022-01-15", "2022-12-16"),
        ("2022-XX-31", "2022-01-31", "2023-01-01"),
        ("2022-1X", "2022-10-01", "2023-01-01"),
        ("2022-X1", "2022-01-01", "2022-12-01"),
        ("202X-02-29", "2020-02-29", "2028-03-01"),
        ("2199-12-31", "2199-12-31", "2200-01-01"),
    ],
)
def test_the_time_of_a_happening_lies_within_what_is_written(
    edtf: str, earliest: str, latest: str
) -> None:
    both = (moment(earliest), moment(latest))
    assert bounds(edtf) == both + both
    assert not reading(edtf).is_interval


def test_a_year_that_is_not_known_bounds_nothing_and_says_so() -> None:
    for edtf in ("XXXX-09", "XXXX", "XXXX-12-XX", "XXXX-09-01~"):
        read = reading(edtf)
        assert read.start == read.end == Bound()
        assert messages(read) == [WidthMessage.UNSPECIFIED_YEAR]
        assert read.missing == ()


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2022-09-20~", "2022-09-17", "2022-09-24"),
        ("2022-09-20?", "2022-09-13", "2022-09-28"),
        ("2022-09-20%", "2022-09-10", "2022-10-01"),
        ("2022-09~", "2022-08-01", "2022-11-01"),
        ("2022-09%", "2022-06-01", "2023-01-01"),
        ("2022~", "2021-01-01", "2024-01-01"),
        ("2022-09~-21", "2022-08-21", "2022-10-22"),
        ("2022-~09-21", "2022-08-21", "2022-10-22"),
        ("~2022-?09-21", "2021-07-21", "2023-11-22"),
        ("2022-03-31~", "2022-03-28", "2022-04-04"),
        ("2022-~03-31", "2022-02-28", "2022-05-01"),
        ("2022-~01-30", "2021-12-30", "2022-03-01"),
        ("2022-09-2X~", "2022-09-17", "2022-10-03"),
        ("2022-09-28T23:50~", "2022-09-28T23:20", "2022-09-29T00:21"),
        ("2022-22~", "2022-05-01", "2022-10-01"),
    ],
)
def test_a_mark_widens_by_the_padding_that_the_case_declares(
    edtf: str, earliest: str, latest: str
) -> None:
    assert bounds(edtf, DECLARED)[:2] == (moment(earliest), moment(latest))


def test_padding_that_is_not_declared_bounds_nothing_and_is_named() -> None:
    read = reading("2022-09~")
    assert read.start == read.end == Bound()
    assert read.missing == ("approximate.month",)
    assert WidthMessage.PADDING_MISSING in messages(read)
    half = Conventions(approximate=Padding(month="P1M"))
    assert reading("2022-09%", half).missing == ("uncertain.month",)
    assert reading("2022-09%", half).start == Bound()
    assert reading("2022-09~", half).missing == ()


def test_the_width_names_the_padding_and_the_component_it_was_declared_for() -> None:
    (precision, approximate) = reading("2022-09~", DECLARED).width
    assert precision.message == "date-month-precision"
    assert approximate.message == "date-approximate"
    assert approximate.parameters == {
        "part": "date",
        "edtf": "2022-09~",
        "precision": "month",
        "padding": "P1M",
    }


def test_a_season_is_the_months_that_the_case_declares() -> None:
    assert bounds("2022-21", DECLARED)[:2] == (moment("2022-03-01"), moment("2022-06-01"))
    missing = reading("2022-21")
    assert missing.start == Bound()
    assert missing.missing == ("seasons.spring",)


@pytest.mark.parametrize(
    ("year_of", "earliest", "latest"),
    [
        ("start", "2022-12-01", "2023-03-01"),
        ("end", "2021-12-01", "2022-03-01"),
        (None, "2021-12-01", "2023-03-01"),
    ],
)
def test_a_winter_over_two_years_is_of_the_year_that_is_declared_or_of_either(
    year_of: str | None, earliest: str, latest: str
) -> None:
    winter = msgspec.convert({"months": [12, 1, 2], "year_of": year_of}, Season)
    read = reading("2022-24", Conventions(seasons=Seasons(winter=winter)))
    assert (read.start.earliest, read.start.latest) == (moment(earliest), moment(latest))
    assert (WidthMessage.SEASON_YEAR in messages(read)) == (year_of is None)


def test_a_winter_within_one_year_needs_no_declared_year() -> None:
    winter = Conventions(seasons=Seasons(winter=Season(months=(1, 2, 3))))
    assert messages(reading("2022-24", winter)) == ["date-season"]
    assert bounds("2022-24", winter)[:2] == (moment("2022-01-01"), moment("2022-04-01"))


# Against a referee that shares no code: every day of 110 years, compared as text.

DAYS = [date(1990, 1, 1) + timedelta(days=i) for i in range(110 * 365)]
TEXTS = [day.isoformat() for day in DAYS]


@lru_cache(maxsize=256)
def matching_days(pattern: str) -> list[date]:
    """The days whose ISO text begins like the pattern, X standing for any digit."""
    expression = re.compile(pattern.replace("X", "."))
    return [day for day, text in zip(DAYS, TEXTS, strict=True) if expression.match(text)]


years = st.one_of(st.integers(1995, 2049).map(str), st.sampled_from(["199X", "202X", "20X2"]))
months = st.one_of(
    st.integers(1, 12).map("{:02}".format), st.sampled_from(["XX", "0X", "1X", "X1", "X2"])
)
days = st.one_of(
    st.integers(1, 31).map("{:02}".format), st.sampled_from(["XX", "0X", "2X", "3X", "X9", "X0"])
)
patterns = st.one_of(
    years,
    st.tuples(years, months).map("-".join),
    st.tuples(years, months, days).map("-".join),
)


def within(day: date, bound: Bound) -> bool:
    noon = datetime.combine(day, datetime.min.time()) + timedelta(hours=12)
    above = bound.earliest is None or bound.earliest <= noon
    return above and (bound.latest is None or noon < bound.latest)


@settings(deadline=None)  # the referee looks at every day
@given(patterns)
def test_bounds_are_the_first_and_last_day_that_match_what_is_written(pattern: str) -> None:
    matches = matching_days(pattern)
    if not matches:
        with pytest.raises(EdtfError):
            reading(pattern)
        return
    bound = reading(pattern).start
    assert bound.earliest == datetime.combine(matches[0], datetime.min.time())
    assert bound.latest == datetime.combine(matches[-1], datetime.min.time()) + timedelta(days=1)


@settings(deadline=None)  # the referee looks at every day
@given(st.lists(patterns, min_size=1, max_size=4), st.sampled_from(["", "~", "?", "%"]))
def test_bounds_of_a_set_hold_every_day_of_every_member(members: list[str], mark: str) -> None:
    matches = [matching_days(member) for member in members]
    assume(all(matches))
    every = Padding(day="P3D", month="P1M", year="P1Y", decade="P2Y")
    declared = Conventions(approximate=every, uncertain=every)
    read = reading("[" + ",".join(member + mark for member in members) + "]", declared)
    for found in matches:
        for day in found[:40] + found[-40:]:
            assert within(day, read.start)
            assert any(within(day, one.start) for one in read.alternatives)


@settings(deadline=None)  # the referee looks at every day
@given(patterns, patterns)
def test_an_interval_holds_every_pair_of_days_in_order(first: str, last: str) -> None:
    starts, ends = matching_days(first), matching_days(last)
    assume(starts and ends)
    if ends[-1] < starts[0]:
        with pytest.raises(EdtfError):
            reading(f"{first}/{last}")
        return
    read = reading(f"{first}/{last}")
    assert within(starts[0], read.start)
    assert within(starts[-1], read.start)
    assert within(ends[0], read.end)
    assert within(ends[-1], read.end)


@settings(deadline=None)  # the referee looks at every day
@given(patterns, st.integers(0, 60), st.sampled_from(["~", "?"]))
def test_days_as_far_off_as_the_padding_are_within_and_one_more_is_not(
    pattern: str, padding: int, mark: str
) -> None:
    matches = matching_days(pattern)
    assume(matches)
    width = f"P{padding}D"
    every = Padding(day=width, month=width, year=width, decade=width)
    bound = reading(pattern + mark, Conventions(approximate=every, uncertain=every)).start
    first, last = (
        matches[0] - timedelta(days=padding),
        matches[-1] + timedelta(days=padding),
    )
    assert within(first, bound)
    assert within(last, bound)
    assert not within(first - timedelta(days=1), bound)
    assert not within(last + timedelta(days=1), bound)


durations = st.one_of(
    st.integers(0, 9999).map("P{}Y".format),
    st.integers(0, 400).map("P{}M".format),
    st.integers(0, 9000).map("P{}D".format),
    st.tuples(st.integers(0, 30), st.integers(0, 60)).map(lambda p: f"P{p[0]}MT{p[1]}H"),
)


@settings(deadline=None)  # the referee looks at every day
@given(patterns, st.sampled_from(["~", "?", "%"]), durations, durations)
def test_a_wider_padding_never_narrows_the_bounds(
    pattern: str, mark: str, one: str, other: str
) -> None:
    assume(matching_days(pattern))
    narrow, wide = sorted((one, other), key=parse_duration)
    assume(parse_duration(narrow).most <= parse_duration(wide).least)
    inner, outer = (
        reading(pattern + mark, Conventions(approximate=every, uncertain=every)).start
        for every in (Padding(day=w, month=w, year=w, decade=w) for w in (narrow, wide))
    )
    bare = reading(pattern).start
    assert encloses(outer, inner)
    assert encloses(inner, bare)


def encloses(outer: Bound, inner: Bound) -> bool:
    below = outer.earliest is None or (
        inner.earliest is not None and outer.earliest <= inner.earliest
    )
    above = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return below and above


@given(st.integers(2000, 2040), st.integers(1, 12), st.integers(1, 12))
def test_the_bounds_of_a_season_hold_every_month_of_it(year: int, first: int, count: int) -> None:
    listed = tuple((first - 1 + i) % 12 + 1 for i in range(count))
    starts, undeclared = [], Season(months=listed)
    for year_of, back in (("start", 0), ("end", 1 if first + count > 13 else 0)):
        season = msgspec.convert({"months": listed, "year_of": year_of}, Season)
        held = reading(f"{year}-24", Conventions(seasons=Seasons(winter=season))).start
        for i in range(count):
            month = date(year - back + (first - 1 + i) // 12, (first - 1 + i) % 12 + 1, 15)
            assert within(month, held)
        starts.append(held)
    either = reading(f"{year}-24", Conventions(seasons=Seasons(winter=undeclared))).start
    assert all(encloses(either, held) for held in starts)


def test_padding_beyond_the_calendar_bounds_nothing() -> None:
    far = Conventions(approximate=Padding(year="P9999Y", day="P99999D"))
    assert reading("2022~", far).start == Bound()
    assert utc(reading("1800-01-01~", far).start, None).earliest is not None
    # As far as the first and last day that there is: an offset could not be added any more.
    to_the_edge = Conventions(
        approximate=Padding(year="P1799Y"), uncertain=Padding(year="P7799Y363D")
    )
    assert utc(reading("1800~", to_the_edge).start, None).earliest is None
    assert utc(reading("2199?", to_the_edge).start, None).latest is None
