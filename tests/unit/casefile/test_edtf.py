"""Date texts: what is read, what is refused, and how clearly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.edtf import (
    EdtfDate,
    EdtfError,
    EdtfRange,
    End,
    Interval,
    Mark,
    OneOf,
    Precision,
    parse_edtf,
)
from safeconduct.casefile.edtf_calendar import extreme_day

SIGNS = "0123456789X?~%-/.,[]{}TZ:+ YSEux"
READABLE = (
    "2022",
    "2022-09",
    "2022-09-28",
    "2022-09-28T23:50",
    "2022-09-28T23:50:07Z",
    "2022-09-28T23:50+05:00",
    "2022-09-28T23:50-03",
    "2022-21",
    "2022-24?",
    "2022~",
    "2022-09?",
    "2022-09-28%",
    "2022-09~-21",
    "2022?-09-21",
    "~2022-?09-21",
    "2022-%09-21",
    "2022-09-2X",
    "2022-09-XX",
    "2022-XX-15",
    "2022-XX",
    "2022-1X",
    "202X",
    "20XX-12-XX",
    "XXXX-09",
    "XXXX-12-XX",
    "2022-09-01/2022-09-30",
    "2022-09/2023",
    "2022-09~/..",
    "../2022-09-30?",
    "2022-09/",
    "/2022-09",
    "2022-06-~01/2022-06-~20",
    "2022-06-XX/2022-07-03",
    "2022-09-28T23:50/2022-09-29T08:00",
    "[2022-09-20,2022-09-22]",
    "[2022-09-20..2022-09-22]",
    "[2021,2022-12]",
    "[..2022-12-03]",
    "[2022-12..]",
    "[2022-01,2022-02,2022-12..]",
)


@pytest.mark.parametrize("text", READABLE)
def test_what_accounts_need_is_read(text: str) -> None:
    parse_edtf(text)


def test_a_mark_on_the_left_belongs_to_its_component_and_on_the_right_to_the_group() -> None:
    tree = parse_edtf("~2022-?09-21")
    assert isinstance(tree, EdtfDate)
    assert tree.marks == ((Precision.YEAR, Mark.APPROXIMATE), (Precision.MONTH, Mark.UNCERTAIN))
    group = parse_edtf("2022-09~-21")
    assert isinstance(group, EdtfDate)
    assert group.marks == ((Precision.MONTH, Mark.APPROXIMATE),)
    whole = parse_edtf("2022-09-21%")
    assert isinstance(whole, EdtfDate)
    assert whole.marks == ((Precision.DAY, Mark.BOTH),)


def test_open_and_unknown_ends_are_kept_apart() -> None:
    opened, unknown = parse_edtf("2022-09/.."), parse_edtf("2022-09/")
    assert isinstance(opened, Interval)
    assert isinstance(unknown, Interval)
    assert (opened.end, unknown.end) == (End.OPEN, End.UNKNOWN)


def test_a_range_keeps_its_sides_and_an_open_range_has_none() -> None:
    tree = parse_edtf("[2022-09-20..2022-09-22,2022-12..]")
    assert isinstance(tree, OneOf)
    first, second = tree.members
    assert isinstance(first, EdtfRange)
    assert isinstance(second, EdtfRange)
    assert first.last is not None
    assert first.last.text == "2022-09-22"
    assert second.last is None


@pytest.mark.parametrize(
    ("text", "offset"),
    [("", None), ("Z", 0), ("+05:00", 300), ("-03:30", -210), ("+05", 300), ("+14:00", 840)],
)
def test_an_offset_is_read_as_minutes_east_of_utc(text: str, offset: int | None) -> None:
    tree = parse_edtf(f"2022-09-28T23:50{text}")
    assert isinstance(tree, EdtfDate)
    assert tree.offset_minutes == offset


REFUSED = [
    # text, part of what was found, part of what is accepted, position
    ("", "nothing", "2022-09", 0),
    ("2022-02-31", "day 31", "01 to 28", 8),
    ("2024-02-30", "day 30", "01 to 29", 8),
    ("2023-02-29", "day 29", "01 to 28", 8),
    ("2022-04-31", "day 31", "01 to 30", 8),
    ("2022-01-00", "day 00", "01 to 31", 8),
    ("XXXX-02-30", "day 30", "can exist", 8),
    ("2022-02-3X", "day 3X", "can exist", 8),
    ("2022-13", "month 13", "01 to 12", 5),
    ("2022-00", "month 00", "01 to 12", 5),
    ("2022-2X", "month 2X", "01 to 12", 5),
    ("2022-33", "season or part of a year 33", "21 to 24", 5),
    ("2022-41", "season or part of a year 41", "21 to 24", 5),
    ("2022-21-05", "a day in season 21", "2022-21", 8),
    ("1799", "year 1799", "1800 to 2199", 0),
    ("2200-01", "year 2200", "1800 to 2199", 0),
    ("2XXX", "year 2XXX", "XXXX if not known", 0),
    ("Y2022", "prefix Y", "1800 to 2199", 0),
    ("-0044", "before the common era", "1800 to 2199", 0),
    ("1950S2", "significant digits", "X for a digit", 0),
    ("20220928", "without hyphens", "2022-09-28", 0),
    ("28.09.2022", "another order", "2022-09-28", 1),
    ("2022/09/28", "another order", "2022-09-28", 3),
    ("2022-9-28", "one digit", "two digits", 4),
    ("2022-09-28 23:50", "a space", "`T`", 10),
    ("2022-09-2x", "small letter", "X", 9),
    ("2022-09-28T24:00", "24:00", "00:00 to 23:59", 11),
    ("2022-09-28T23:60", "23:60", "00:00 to 23:59", 14),
    ("2022-09-28T23", "without minutes", "T23:50", 10),
    ("2022-09-28T23:50:07.5", "fraction", "whole seconds", 10),
    ("2022-09T23:50", "without a day", "2022-09-28T23:50", 8),
    ("2022-09-2XT23:50", "unspecified digits", "a full date", 11),
    ("2022-09-28~T23:50", "before a time of day", "at the end", 12),
    ("2022-09-28T23:50+15:00", "offset +15:00", "-12:00 to +14:00", 16),
    ("2022-09-28T23:50-00:00", "offset -00:00", "Z", 16),
    ("2022-09-28T23:50+05:75", "offset +05:75", "Z", 16),
    ("2022~?", "two marks", "`%`", 4),
    ("~2022?", "both sides", "`%`", 5),
    ("{2021,2022}", "all of a set", "one claim for each", 0),
    ("[2022-09-20,2022-09-22", "closing bracket", "]", 22),
    ("[]", "nothing", "2022-09", 1),
    ("[2022,]", "nothing", "2022-09", 6),
    ("[2022,2022-02-31]", "day 31", "01 to 28", 14),
    ("[2022, 2023]", "a space", "without spaces", 6),
    ("[[2022]]", "a sign of a set", "one pair", 1),
    ("[2022]~", "closing bracket", "]", 7),
    ("[..]", "without a date", "[..2022-09-22]", 1),
    ("[2022,..2023]", "without a date", "at the end of the set", 6),
    ("[2022..2023-02]", "from a year to a month", "same precision", 1),
    ("[2022-02..2022-01]", "ends before", "earlier date first", 1),
    ("[2022-21..2022-22]", "a season in a range", "plain dates", 1),
    ("[2022~..2023]", "a mark", "plain dates", 1),
    ("[2022-09-28T10:00Z,2022-09-29]", "in some", "in all or in none", 0),
    ("[2022-09-28T10:00Z..2022-09-28T11:00]", "on one side", "both or none", 1),
    ("2022..2023", "`..` between dates", "a slash", 4),
    ("/", "without a date", "a start, an end", 0),
    ("../..", "without a date", "a start, an end", 0),
    ("2022-10/2022-09", "before it starts", "earlier date first", 8),
    ("2022-10~/2022-09", "before it starts", "earlier date first", 9),
    ("2022/2023/2024", "a slash", "one slash", 4),
    ("2022-09-01/2022-09-31", "day 31", "01 to 30", 19),
    ("September 2022", "a space", "without spaces", 9),
    ("٢٠٢٢", "a character that no date has", "digits 0 to 9", 0),
    ("2022-09-28\u202e", "a character that no date has", "digits 0 to 9", 10),
    ("2022-09\n", "a character that no date has", "digits 0 to 9", 7),
]


@pytest.mark.parametrize(("text", "found", "accepted", "position"), REFUSED)
def test_a_refusal_says_what_was_found_what_is_accepted_and_where(
    text: str, found: str, accepted: str, position: int
) -> None:
    with pytest.raises(EdtfError) as caught:
        parse_edtf(text)
    assert found in caught.value.found
    assert accepted in caught.value.accepted
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["2024-02-29", "202X-02-29", "XXXX-02-29", "2022-XX-31"])
def test_a_day_that_some_fitting_year_or_month_has_is_read(text: str) -> None:
    parse_edtf(text)


def test_an_interval_of_one_day_or_one_minute_is_not_turned_round() -> None:
    parse_edtf("2022-09-28/2022-09-28")
    parse_edtf("2022-09/2022-09-10")
    parse_edtf("2022-09-28T23:50/2022-09-28T23:50")


def test_offsets_are_heeded_when_an_interval_is_checked_for_its_order() -> None:
    parse_edtf("2022-09-28T23:50+05:00/2022-09-28T19:00Z")
    with pytest.raises(EdtfError):
        parse_edtf("2022-09-28T23:50Z/2022-09-29T00:20+05:00")
    # Without an offset the end may yet be later: nothing is refused that could hold.
    parse_edtf("2022-09-28T23:50Z/2022-09-28T20:00")


@pytest.mark.parametrize(
    "text",
    [
        "2" * 10_000,
        "[" * 10_000,
        "[" + ",".join(["2022"] * 10_000) + "]",
        "[" + ",".join(["2022"] * 60) + "]",
        "2022-09~" * 1_000,
        "X" * 10_000,
        "/" * 10_000,
        "\U0001d7d0\U0001d7ce\U0001d7d0\U0001d7d0",
    ],
)
def test_hostile_text_is_refused_quickly_and_not_repeated_in_the_error(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(EdtfError) as caught:
        parse_edtf(text)
    assert time.perf_counter() - started < 0.25
    assert len(str(caught.value)) < 300


@given(st.one_of(st.text(max_size=60), st.text(SIGNS, max_size=40)))
def test_any_text_gives_a_tree_or_an_edtf_error(text: str) -> None:
    _parsed_or_refused(text)


@given(st.sampled_from(READABLE), st.integers(0, 40), st.text(SIGNS, max_size=2))
def test_a_damaged_date_gives_a_tree_or_an_edtf_error(text: str, at: int, put: str) -> None:
    _parsed_or_refused(text[:at] + put + text[at + 1 :])


def _parsed_or_refused(text: str) -> None:
    refusal: EdtfError | None = None
    try:
        parse_edtf(text)
    except EdtfError as error:
        refusal = error
    if refusal is not None:
        assert refusal.found.isprintable()
        assert refusal.found
        assert refusal.accepted
        assert 0 <= refusal.position <= len(text)


def test_the_first_and_last_day_of_an_open_date_are_real_days() -> None:
    tree = parse_edtf("202X-02-29")
    assert isinstance(tree, EdtfDate)
    assert extreme_day(tree, "first") == (2020, 2, 29)
    assert extreme_day(tree, "last") == (2028, 2, 29)
