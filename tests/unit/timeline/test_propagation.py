"""Moments against Bellman and Ford: what is refused, what is kept, what the circle says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.timeline.network import ORIGIN, Edge
from safeconduct.timeline.propagation import Moments

SIZE = 5

edges = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(-9, 9)).map(
    lambda one: Edge(*one, "test", ())
)
changes = st.lists(st.one_of(edges, st.integers(0, 30)), max_size=40)


def can_hold(edges: list[Edge]) -> bool:
    value = [0] * SIZE
    for _ in range(SIZE + 1):
        changed = False
        for start, to, minutes, _, _ in edges:
            if value[to] > value[start] + minutes:
                value[to] = value[start] + minutes
                changed = True
        if not changed:
            return True
    return False


@settings(max_examples=400, deadline=None)
@given(changes)
def test_values_meet_all_edges_in_force_and_only_circles_are_refused(
    changes: list[Edge | int],
) -> None:
    moments = Moments(SIZE)
    held: list[tuple[int, Edge]] = []
    for number, change in enumerate(changes):
        if isinstance(change, int):  # take one of those in force away
            if held:
                choice, edge = held.pop(change % len(held))
                moments.remove((edge,), choice)
            continue
        circle = moments.add((change,), number)
        assert (circle is None) == can_hold([*(edge for _, edge in held), change])
        if circle is None:
            held.append((number, change))
        else:
            assert circle[-1] == (number, change)
            assert set(circle) <= {*held, (number, change)}
            ends = [edge for _, edge in circle]
            for one, following in zip(ends, [*ends[1:], ends[0]], strict=True):
                assert one.to == following.start
            assert sum(edge.minutes for edge in ends) < 0
        assert moments.values[ORIGIN] == 0
        for _, (start, to, minutes, _, _) in held:
            assert moments.values[to] - moments.values[start] <= minutes


def test_edges_added_together_are_refused_together() -> None:
    moments = Moments(2)
    reading = (Edge(ORIGIN, 1, 5, "x", ()), Edge(1, ORIGIN, -9, "y", ()))
    assert moments.add(reading, 0) is not None
    assert moments.add((Edge(1, ORIGIN, -9, "y", ()),), 1) is None


def test_a_date_does_not_move_what_it_does_not_touch() -> None:
    moments = Moments(3)
    moments.add((Edge(ORIGIN, 1, 7, "x", ()), Edge(1, ORIGIN, -7, "x", ())), 0)
    moments.add((Edge(2, ORIGIN, -100, "x", ()),), 1)
    assert moments.values == [0, 7, 100]
