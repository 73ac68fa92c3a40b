"""The network against a brute-force referee on small instances."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.timeline.network import ORIGIN, Circle, Edge, Tightened, tighten

SPAN = 4


def edge(start: int, to: int, minutes: int) -> Edge:
    return Edge(start, to, minutes, "test", (f"c{start}", f"c{to}"))


edges = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-SPAN, SPAN))
    .filter(lambda one: one[0] != one[1])
    .map(lambda one: edge(*one)),
    max_size=9,
)


def solutions(size: int, edges: list[Edge], width: int) -> list[tuple[int, ...]]:
    """Every assignment of whole minutes in [-width, width] that meets all edges; origin at 0."""
    return [
        (0, *values)
        for values in product(range(-width, width + 1), repeat=size - 1)
        if all((0, *values)[e.to] - (0, *values)[e.start] <= e.minutes for e in edges)
    ]


@settings(max_examples=150, deadline=None)
@given(edges)
def test_a_circle_is_found_exactly_when_nothing_holds(given_edges: list[Edge]) -> None:
    # With weights up to SPAN and four variables, a solution within 3 * SPAN exists if any does.
    found = tighten(4, given_edges)
    assert isinstance(found, Circle) == (not solutions(4, given_edges, 3 * SPAN))


@settings(max_examples=150, deadline=None)
@given(edges)
def test_a_circle_is_short_by_what_it_says_and_comes_back_to_its_start(
    given_edges: list[Edge],
) -> None:
    found = tighten(4, given_edges)
    if isinstance(found, Circle):
        assert sum(e.minutes for e in found.edges) == -found.minutes < 0
        for one, following in zip(found.edges, (*found.edges[1:], found.edges[0]), strict=True):
            assert one.to == following.start
        assert set(found.edges) <= set(given_edges)


@settings(max_examples=100, deadline=None)
@given(edges)
def test_bounds_are_the_tightest_that_follow(given_edges: list[Edge]) -> None:
    bounded = [*given_edges]
    for node in (1, 2, 3):
        bounded += [edge(ORIGIN, node, SPAN), edge(node, ORIGIN, SPAN)]
    found = tighten(4, bounded)
    if isinstance(found, Tightened):
        possible = solutions(4, bounded, SPAN)
        for node in (1, 2, 3):
            assert found.earliest[node].minutes == min(one[node] for one in possible)
            assert found.latest[node].minutes == max(one[node] for one in possible)


def test_a_circle_that_the_origin_does_not_reach_is_found() -> None:
    found = tighten(3, [edge(1, 2, -5), edge(2, 1, 3)])
    assert isinstance(found, Circle)
    assert found.minutes == 2


def test_an_unbounded_side_stays_unbounded() -> None:
    found = tighten(2, [edge(ORIGIN, 1, 7)])
    assert isinstance(found, Tightened)
    assert found.latest[1].minutes == 7
    assert found.earliest[1].minutes is None


def test_a_bound_names_the_claims_that_it_follows_from() -> None:
    chain = [
        Edge(ORIGIN, 1, 10, "date", ("c1",)),
        Edge(1, 2, 5, "relation", ("c1", "c2")),
    ]
    found = tighten(3, chain)
    assert isinstance(found, Tightened)
    assert found.latest[2].minutes == 15
    assert set(found.latest[2].claims) == {"c1", "c2"}
