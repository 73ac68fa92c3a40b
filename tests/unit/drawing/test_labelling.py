"""A label takes the first place in which it meets nothing, and none if there is none."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.drawing.labelling import PATIENCE, Room, around, meet, nearest_point

SPOTS = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200)), max_size=30)


@given(SPOTS)
def test_placed_labels_never_meet_and_stay_in_the_frame(
    spots: list[tuple[float, float]],
) -> None:
    room = Room((0, 0, 300, 200))
    found = [box for x, y in spots if (box := room.first_free(around(x, y, 5, (40, 12))))]
    for place, one in enumerate(found):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= 300
        assert one[3] <= 200
        assert not any(meet(one, other) for other in found[:place])


def test_what_had_better_be_avoided_is_met_only_if_nothing_else_is_left() -> None:
    room = Room((0, 0, 100, 20))
    room.avoid((0, 0, 50, 20))
    first, second = (5.0, 0.0, 45.0, 20.0), (55.0, 0.0, 95.0, 20.0)
    assert room.first_free((first, second)) == second
    assert room.first_free((first, second)) == first
    assert room.first_free((first, second)) is None


def test_a_label_across_a_line_is_better_than_one_far_away() -> None:
    near = (0.0, 0.0, 10.0, 10.0)
    further = [(float(x), 0.0, x + 10.0, 10.0) for x in range(20, 20 + PATIENCE * 2)]
    for clear, wanted in ((PATIENCE - 1, further[PATIENCE - 1]), (PATIENCE, near)):
        room = Room((0, 0, 500, 20))
        room.avoid((0, 0, 10, 10))
        room.avoid((20, 0, further[clear][0], 10))
        assert room.first_free((near, *further)) == wanted


def test_the_nearest_point_of_a_box_around_a_point_is_the_point() -> None:
    assert nearest_point((0, 0, 10, 10), 5, 5) == (5, 5, 0)
    assert nearest_point((0, 0, 10, 10), 13, 14) == (10, 10, 5)
