"""Vague dates: what they say under the conventions of a case, and nothing that it does not say."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.when import (
    Bound,
    Conventions,
    Padding,
    Precision,
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
    approximate=Padding(year="P1Y"),
    seasons=Seasons(spring=Season(months=(3, 4, 5)), autumn=Season(months=(9, 10, 11))),
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


def test_an_interval_starts_within_its_first_date_and_ends_within_its_last() -> None:
    read = reading("2022-09-01/2022-09-30")
    assert read.is_interval
    assert read.start == Bound(earliest=moment("2022-09-01"), latest=moment("2022-09-02"))
    assert read.end == Bound(earliest=moment("2022-09-30"), latest=moment("2022-10-01"))


@pytest.mark.parametrize(
    ("edtf", "start_known", "end_known", "message"),
    [
        ("../2022-09-30", False, True, "date-open-start"),
        ("/2022-09-30", False, True, "date-unknown-start"),
        ("2022-09-01/..", True, False, "date-open-end"),
        ("2022-09-01/", True, False, "date-unknown-end"),
    ],
)
def test_an_open_and_an_unknown_end_bound_nothing_and_are_kept_apart(
    edtf: str, start_known: bool, end_known: bool, message: str
) -> None:
    read = reading(edtf)
    assert (read.start != Bound(), read.end != Bound()) == (start_known, end_known)
    assert message in messages(read)


def test_a_missing_convention_leaves_the_other_end_of_an_interval_bounded() -> None:
    read = reading("2022-09~/2022-10-05")
    assert read.start == Bound()
    assert read.end.latest == moment("2022-10-06")


def test_seasons_that_turn_an_interval_round_bound_nothing() -> None:
    read = reading("2022-23/2022-21", DECLARED)
    assert read.start == read.end == Bound()
    assert WidthMessage.SEASONS_REVERSED in messages(read)
    assert WidthMessage.SEASONS_REVERSED not in messages(reading("2022-21/2022-23", DECLARED))


def test_one_of_a_set_has_the_hull_and_keeps_its_members() -> None:
    read = reading("[2022-09-20,2022-09-22]")
    assert bounds("[2022-09-20,2022-09-22]")[:2] == (moment("2022-09-20"), moment("2022-09-23"))
    assert [one.when.edtf for one in read.alternatives] == ["2022-09-20", "2022-09-22"]
    assert [one.start.earliest for one in read.alternatives] == [
        moment("2022-09-20"),
        moment("2022-09-22"),
    ]
    assert not read.is_interval


def test_a_set_is_as_unbounded_as_its_vaguest_member() -> None:
    assert bounds("[..2022,2023-05]")[:2] == (None, moment("2023-06-01"))
    assert bounds("[2021,2022-05..]")[:2] == (moment("2021-01-01"), None)
    read = reading("[2021,2022-05~]")
    assert read.start == Bound()
    assert read.missing == ("approximate.month",)
    assert read.precision is Precision.YEAR


def test_members_of_a_set_can_be_read_on_their_own() -> None:
    for member in reading("[..2020,2021-03..2021-05,2022~]", DECLARED).alternatives:
        again = read_when(member.when, DECLARED)
        assert (again.start, again.end) == (member.start, member.end)


# Times of day and zones


def in_utc(edtf: str, offsets: tuple[int, int] | None = None) -> Bound:
    return utc(reading(edtf).start, offsets)


def test_a_border_crossed_shortly_before_midnight_is_ordered_by_utc() -> None:
    here = in_utc("2022-09-28T23:50+05:00")
    there = in_utc("2022-09-29T00:20Z")
    assert here.latest is not None
    assert there.earliest is not None
    assert here.latest <= there.earliest
    assert here.earliest == datetime(2022, 9, 28, 18, 50, tzinfo=UTC)
    # The later local day can be the earlier moment.
    later_day, earlier_day = in_utc("2022-09-29T00:20+05:00"), in_utc("2022-09-28T23:50Z")
    assert later_day.latest is not None
    assert earlier_day.earliest is not None
    assert later_day.latest < earlier_day.earliest


def test_a_moment_may_be_of_another_day_in_utc() -> None:
    west = in_utc("2022-09-28T23:50-05:00")
    assert west.earliest == datetime(2022, 9, 29, 4, 50, tzinfo=UTC)
    east = in_utc("2022-09-29T00:20+05:00")
    assert east.earliest == datetime(2022, 9, 28, 19, 20, tzinfo=UTC)


def test_without_a_stated_offset_the_zone_of_the_place_or_any_zone_is_allowed_for() -> None:
    placed = in_utc("2022-09-28T23:50", (300, 360))
    assert placed.earliest == datetime(2022, 9, 28, 17, 50, tzinfo=UTC)
    assert placed.latest == datetime(2022, 9, 28, 18, 51, tzinfo=UTC)
    anywhere = in_utc("2022-09-28T23:50")
    assert anywhere.earliest == datetime(2022, 9, 28, 9, 50, tzinfo=UTC)
    assert anywhere.latest == datetime(2022, 9, 29, 11, 51, tzinfo=UTC)


def test_a_stated_offset_goes_before_that_of_the_place() -> None:
    assert in_utc("2022-09-28T23:50Z", (300, 300)) == in_utc("2022-09-28T23:50Z", None)


def test_each_end_of_an_interval_keeps_its_own_offset() -> None:
    read = reading("2022-09-28T23:50+05:00/2022-09-29T00:20Z")
    assert read.offset_minutes is None
    assert utc(read.start, (0, 0)).earliest == datetime(2022, 9, 28, 18, 50, tzinfo=UTC)
    assert utc(read.end, (300, 300)).earliest == datetime(2022, 9, 29, 0, 20, tzinfo=UTC)
    assert reading("2022-09-28T23:50+05:00/2022-09-29T00:20+05:00").offset_minutes == 300
    half = reading("2022-09-28T23:50+05:00/2022-10-03")
    assert half.offset_minutes is None
    assert utc(half.end, (180, 180)).earliest == datetime(2022, 10, 2, 21, tzinfo=UTC)


def test_members_of_a_set_with_different_offsets_are_compared_as_moments() -> None:
    read = reading("[2022-09-28T23:50+05:00,2022-09-28T19:00Z]")
    assert read.offset_minutes == 300
    hull = utc(read.start, None)
    assert hull.earliest == datetime(2022, 9, 28, 18, 50, tzinfo=UTC)
    assert hull.latest == datetime(2022, 9, 28, 19, 1, tzinfo=UTC)


def test_utc_of_what_is_not_bounded_is_not_bounded_and_twice_is_once() -> None:
    assert utc(Bound(), (0, 0)) == Bound(offset_minutes=0)
    once = in_utc("2022-09", (180, 180))
    assert utc(once, (600, 600)) == once


@given(
    st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01")),
    st.integers(-720, 840),
    st.integers(0, 120),
)
def test_the_true_moment_lies_within_the_utc_bounds(
    local: datetime, offset: int, slack: int
) -> None:
    true = local.replace(tzinfo=UTC) - timedelta(minutes=offset)
    for offsets in (None, (offset - slack, offset + slack)):
        for edtf in (f"{local:%Y}", f"{local:%Y-%m}", f"{local:%Y-%m-%dT%H:%M}"):
            bound = in_utc(edtf, offsets)
            assert bound.earliest is not None
            assert bound.latest is not None
            assert bound.earliest <= true < bound.latest


# The reference page


PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "dates.md").read_text("utf-8")


def page_conventions() -> Conventions:
    """What the page says that its table holds for."""
    (block,) = re.findall(r"```yaml\n(conventions:.*?)```", PAGE, re.DOTALL)
    return msgspec.convert(yaml.safe_load(block)["conventions"], Conventions)


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.splitlines() if line.startswith("| `") and "→" in line]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def test_the_reference_page_states_the_bounds_that_are_read() -> None:
    assert len(rows()) > 15
    for edtf, *cells in rows():
        read = reading(edtf, page_conventions())
        for cell, bound in zip(cells[:2], (read.start, read.end), strict=True):
            written = [None if side == "-" else moment(side) for side in cell.split(" → ")]
            assert written == [bound.earliest, bound.latest], edtf


def test_the_reference_page_names_every_reason_for_a_width() -> None:
    assert [message for message in WidthMessage if f"`{message.value}`" not in PAGE] == []
