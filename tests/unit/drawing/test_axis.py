"""The axis holds every moment in order, breaks over emptiness, and labels what has room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.drawing.axis import YEAR, axis_of, ticks
from safeconduct.drawing.house import SMALL
from safeconduct.drawing.text import width_of
from safeconduct.timeline.moments import MINUTES_A_DAY
from safeconduct.wording.language import LANGUAGES, language

MOMENTS = st.integers(-40 * YEAR, 40 * YEAR)


@given(st.lists(st.tuples(MOMENTS, st.integers(0, 3 * YEAR)), min_size=1, max_size=12))
def test_later_is_never_further_left_and_all_lies_within(found: list[tuple[int, int]]) -> None:
    spans = [(start, start + length) for start, length in found]
    axis = axis_of(spans, 10.0, 700.0)
    assert axis is not None
    moments = sorted(moment for span in spans for moment in span)
    drawn = [axis.x(moment) for moment in moments]
    assert drawn == sorted(drawn)
    assert drawn[0] >= 10.0
    assert drawn[-1] <= 700.0 + 1e-6
    assert axis.ends == pytest.approx((10.0, 700.0))


def test_years_of_which_nothing_is_told_break_the_axis_and_months_do_not() -> None:
    month = 30 * MINUTES_A_DAY
    broken = axis_of([(0, month), (9 * YEAR, 9 * YEAR + month)], 0.0, 700.0)
    whole = axis_of([(0, month), (6 * month, 7 * month)], 0.0, 700.0)
    assert broken is not None
    assert whole is not None
    assert len(broken.breaks) == 1
    assert whole.breaks == ()


def test_without_any_span_there_is_no_axis() -> None:
    assert axis_of([], 0.0, 700.0) is None


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", [200.0, 344.0, 700.0])
@pytest.mark.parametrize("length", [90, 3000, 40_000, 400_000, YEAR, 3 * YEAR, 60 * YEAR])
def test_tick_labels_never_meet(code: str, width: float, length: int) -> None:
    axis = axis_of([(0, length)], 0.0, width)
    assert axis is not None
    marks = ticks(axis.segments[0], language(code))
    assert marks.minor or marks.major
    for one, other in zip(marks.minor, marks.minor[1:], strict=False):
        room = other.x - one.x
        assert width_of(one.label, SMALL) / 2 + width_of(other.label, SMALL) / 2 < room


def test_a_moment_of_a_distant_year_is_drawn() -> None:
    axis = axis_of([(-(10**9), -(10**9) + 5), (7999 * YEAR, 8000 * YEAR)], 0.0, 300.0)
    assert axis is not None
    for segment in axis.segments:
        ticks(segment, language("en"))
