from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.geo.spots import Spot
from safeconduct.geo.stays import Stay, certain_core, may_include

HERE = Spot(label="x", lat=0, lon=0, radius_km=0)


def day(number: int) -> datetime:
    return datetime(2022, 1, 1, tzinfo=UTC) + timedelta(days=number)


def test_the_certain_core_lies_between_the_latest_start_and_the_earliest_end() -> None:
    stay = Stay(spot=HERE, start_min=day(1), start_max=day(3), end_min=day(5), end_max=day(9))
    assert certain_core(stay) == (day(3), day(5))


def test_vague_bounds_that_cross_leave_no_certain_core() -> None:
    stay = Stay(spot=HERE, start_min=day(1), start_max=day(6), end_min=day(5), end_max=day(9))
    assert certain_core(stay) is None


def test_unknown_bounds_leave_no_certain_core() -> None:
    assert certain_core(Stay(spot=HERE)) is None
    assert certain_core(Stay(spot=HERE, start_min=day(1), end_min=day(5))) is None


def test_bounds_are_clipped_to_what_can_hold_together() -> None:
    stay = Stay(spot=HERE, start_min=day(4), start_max=day(20), end_min=day(2), end_max=day(9))
    assert (stay.start_max, stay.end_min) == (day(9), day(4))
    open_stay = Stay(spot=HERE, start_min=day(4), end_max=day(9))
    assert (open_stay.start_max, open_stay.end_min) == (day(9), day(4))


def test_a_stay_may_include_only_moments_between_its_outer_bounds() -> None:
    stay = Stay(spot=HERE, start_min=day(1), end_max=day(9))
    assert [may_include(stay, day(n)) for n in (0, 1, 9, 10)] == [False, True, True, False]
    assert may_include(Stay(spot=HERE), day(0))


@pytest.mark.parametrize(
    ("first", "last"),
    [("start_min", "start_max"), ("end_min", "end_max"), ("start_min", "end_max")],
)
def test_bounds_in_the_wrong_order_are_refused(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="lies after"):
        Stay(spot=HERE, **{first: day(2), last: day(1)})


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        Stay(spot=HERE, start_min=datetime.fromisoformat("2022-01-01"))
