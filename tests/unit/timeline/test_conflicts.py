"""The exact search against a referee that tries every reading, every order and every subset."""

from collections.abc import Iterator
from itertools import chain, combinations, product

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.timeline.conflicts import Conflict, conflicts
from safeconduct.timeline.network import Edge
from safeconduct.timeline.problems import (
    Problem,
    Separation,
    Statement,
    Table,
    Traveller,
    Whereabouts,
)
from safeconduct.timeline.solving import Solution, solve

PLENTY = 10_000_000
SIZE = 4

# --- the referee: no code shared with the search ---


def demands(problem: Problem) -> Iterator[tuple[Whereabouts, Whereabouts, Table, Table | None]]:
    for one in problem.separations:
        yield one.first, one.second, one.minutes, one.back
    for traveller in problem.travellers:
        for i, j in combinations(range(len(traveller.whereabouts)), 2):
            first, second = traveller.whereabouts[i], traveller.whereabouts[j]
            if (i, j) not in traveller.exempt and (j, i) not in traveller.exempt:
                yield first, second, traveller.minutes, traveller.minutes


def place(presence: Whereabouts, reading: int) -> int:
    return presence.places[reading] if presence.places else reading


def graphs(problem: Problem, kept: tuple[int, ...]) -> Iterator[list[tuple[int, int, int]]]:
    """The edges of each choice of readings and orders."""
    for chosen in product(*(range(len(problem.statements[s].alternatives)) for s in kept)):
        reading = dict(zip(kept, chosen, strict=True))
        edges = [e[:3] for s in kept for e in problem.statements[s].alternatives[reading[s]]]
        orders = []
        for first, second, minutes, back in demands(problem):
            one, other = first.statement, second.statement
            if one == other or one not in reading or other not in reading:
                continue
            a, b = place(first, reading[one]), place(second, reading[other])
            there = minutes[a][b]
            home = there if back is None else back[b][a]
            if there is not None and home is not None:
                orders.append(((second.start, first.end, -there), (first.start, second.end, -home)))
        for ordered in product(*orders):
            yield [*edges, *ordered]


def worst(edges: list[tuple[int, int, int]]) -> int:
    """The most minutes by which a circle that meets no variable twice falls short; 0 if none."""
    least = 0

    def walk(first: int, node: int, weight: int, met: frozenset[int]) -> None:
        nonlocal least
        for start, to, minutes in edges:
            if start != node:
                continue
            if to == first:
                least = min(least, weight + minutes)
            elif to > first and to not in met:
                walk(first, to, weight + minutes, met | {to})

    for first in range(SIZE):
        walk(first, first, 0, frozenset((first,)))
    return -least


def shortfall(problem: Problem, kept: tuple[int, ...]) -> int:
    return min(worst(edges) for edges in graphs(problem, kept))


def all_conflicts(problem: Problem) -> dict[tuple[str, ...], set[int]]:
    """Each minimal conflict with its shortfall; for the background any of its own conflicts'."""
    hard = tuple(i for i, s in enumerate(problem.statements) if s.hard)
    soft = tuple(i for i, s in enumerate(problem.statements) if not s.hard)
    answer: dict[tuple[str, ...], set[int]] = {}
    for subset, short in minimal_sets(problem, soft, hard).items():
        within = {short} if subset else set(minimal_sets(problem, hard, ()).values())
        answer[tuple(sorted(problem.statements[i].name for i in subset))] = within
    return answer


def minimal_sets(
    problem: Problem, soft: tuple[int, ...], hard: tuple[int, ...]
) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    for subset in chain.from_iterable(combinations(soft, k) for k in range(len(soft) + 1)):
        if not any(set(one) <= set(subset) for one in found):
            short = shortfall(problem, tuple(sorted(hard + subset)))
            if short:
                found[subset] = short
    return found


# --- small problems ---

edges = (
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(-5, 3))
    .filter(lambda one: one[0] != one[1] or one[2] > -3)
    .map(lambda one: Edge(*one, "test", ("c",)))
)
readings = st.lists(st.lists(edges, min_size=0, max_size=3).map(tuple), min_size=1, max_size=3).map(
    tuple
)
moments = st.integers(0, SIZE - 1)
minutes = st.one_of(st.none(), st.integers(0, 3))
table = st.lists(st.lists(minutes, min_size=3, max_size=3), min_size=3, max_size=3)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    statements = tuple(
        Statement(name=f"s{i}", alternatives=draw(readings), hard=draw(st.integers(0, 4)) == 0)
        for i in range(draw(st.integers(0, 5)))
    )

    def whereabouts() -> Whereabouts:
        statement = draw(st.integers(0, len(statements) - 1))
        count = len(statements[statement].alternatives)
        places = draw(
            st.one_of(
                st.just(()),
                st.lists(st.integers(0, 2), min_size=count, max_size=count).map(tuple),
            )
        )
        return Whereabouts(
            statement=statement, start=draw(moments), end=draw(moments), places=places
        )

    separations: list[Separation] = []
    travellers: list[Traveller] = []
    if statements:
        separations += [
            Separation(
                first=whereabouts(),
                second=whereabouts(),
                minutes=draw(table),
                back=draw(st.one_of(st.none(), table)),
            )
            for _ in range(draw(st.integers(0, 2)))
        ]
        for _ in range(draw(st.integers(0, 1))):
            some = tuple(whereabouts() for _ in range(draw(st.integers(0, 3))))
            exempt = {(1, 0)} if len(some) > 1 and draw(st.booleans()) else set()
            travellers.append(
                Traveller(whereabouts=some, minutes=draw(table), exempt=frozenset(exempt))
            )
    return Problem(
        size=SIZE,
        statements=statements,
        separations=tuple(separations),
        travellers=tuple(travellers),
    )


@settings(max_examples=300, deadline=None)
@given(problems())
def test_a_solution_is_found_exactly_when_one_exists(problem: Problem) -> None:
    everything = tuple(range(len(problem.statements)))
    answer = solve(problem, PLENTY)
    assert isinstance(answer, Solution) == (shortfall(problem, everything) == 0)
    if isinstance(answer, Conflict):
        assert answer.statements in all_conflicts(problem)


@settings(max_examples=300, deadline=None)
@given(problems())
def test_a_solution_meets_every_statement_and_separation(problem: Problem) -> None:
    answer = solve(problem, PLENTY)
    if not isinstance(answer, Solution):
        return
    assert answer.values[0] == 0
    for statement, reading in zip(problem.statements, answer.readings, strict=True):
        for edge in statement.alternatives[reading]:
            assert answer.values[edge.to] - answer.values[edge.start] <= edge.minutes
    for first, second, table, back in demands(problem):
        if first.statement == second.statement:
            continue
        a = place(first, answer.readings[first.statement])
        b = place(second, answer.readings[second.statement])
        there = table[a][b]
        home = there if back is None else back[b][a]
        if there is not None and home is not None:
            value = answer.values
            assert (
                value[first.end] + there <= value[second.start]
                or value[second.end] + home <= value[first.start]
            )


@settings(max_examples=400, deadline=None)
@given(problems())
def test_all_minimal_conflicts_are_found_each_with_its_shortfall(problem: Problem) -> None:
    found = conflicts(problem, PLENTY)
    assert found.complete
    truth = all_conflicts(problem)
    assert {one.statements for one in found.minimal} == set(truth)
    for one in found.minimal:
        assert one.exact
        assert one.circle is not None
        assert one.circle.minutes in truth[one.statements]
        assert -sum(edge.minutes for edge in one.circle.edges) == one.circle.minutes


@settings(max_examples=150, deadline=None)
@given(problems(), st.integers(0, 3))
def test_larger_conflicts_are_counted_and_not_listed(problem: Problem, most: int) -> None:
    found = conflicts(problem, PLENTY)
    small = conflicts(problem, PLENTY, most=most)
    assert small.minimal == tuple(one for one in found.minimal if len(one.statements) <= most)
    assert small.larger == len(found.minimal) - len(small.minimal)


def rearranged(problem: Problem, order: list[int]) -> Problem:
    """The same problem, its statements and separations written down in another order."""
    at = {old: new for new, old in enumerate(order)}

    def moved(one: Whereabouts) -> Whereabouts:
        return msgspec.structs.replace(one, statement=at[one.statement])

    return Problem(
        size=problem.size,
        statements=tuple(problem.statements[old] for old in order),
        separations=tuple(
            msgspec.structs.replace(one, first=moved(one.first), second=moved(one.second))
            for one in reversed(problem.separations)
        ),
        travellers=tuple(
            msgspec.structs.replace(one, whereabouts=tuple(map(moved, one.whereabouts)))
            for one in problem.travellers
        ),
    )


@settings(max_examples=200, deadline=None)
@given(problems(), st.data(), st.integers(0, 600))
def test_the_order_of_the_input_changes_nothing_even_where_the_budget_ends(
    problem: Problem, data: st.DataObject, budget: int
) -> None:
    order = data.draw(st.permutations(range(len(problem.statements))))
    other = rearranged(problem, order)
    for steps in (budget, PLENTY):
        assert conflicts(problem, steps) == conflicts(other, steps)
        answer, again = solve(problem, steps), solve(other, steps)
        if isinstance(answer, Solution) and isinstance(again, Solution):
            assert answer.values == again.values
            assert [answer.readings[old] for old in order] == list(again.readings)
        else:
            assert answer == again


@settings(max_examples=100, deadline=None)
@given(problems(), st.integers(0, 300))
def test_a_short_budget_claims_nothing_that_is_not_so(problem: Problem, budget: int) -> None:
    truth = all_conflicts(problem)
    found = conflicts(problem, budget)
    for one in found.minimal:
        assert one.statements in truth
        if one.circle is not None:
            assert one.circle.minutes >= min(truth[one.statements])
            assert not one.exact or one.circle.minutes in truth[one.statements]
    if found.complete:
        assert {one.statements for one in found.minimal} == set(truth)
