"""Solving on problems small enough to see, and on bad ones: an answer or none, never a hang."""

import pytest

from safeconduct.timeline.conflicts import Conflict, conflicts
from safeconduct.timeline.network import ORIGIN, Edge
from safeconduct.timeline.problems import (
    NameTaken,
    NoPlace,
    NoReading,
    Problem,
    Separation,
    Statement,
    Traveller,
    UnknownVariable,
    Whereabouts,
)
from safeconduct.timeline.solving import Solution, Undecided, solve

PLENTY = 10_000_000
HOUR = 60


def window(variable: int, earliest: int, latest: int, claim: str = "c") -> tuple[Edge, ...]:
    return (
        Edge(ORIGIN, variable, latest, "date", (claim,)),
        Edge(variable, ORIGIN, -earliest, "date", (claim,)),
    )


def stay(name: str, number: int, *spans: tuple[int, int]) -> Statement:
    first, last = 2 * number + 1, 2 * number + 2
    return Statement(
        name=name,
        alternatives=tuple(
            window(first, start, start, name) + window(last, end, end, name) for start, end in spans
        ),
    )


def presence(number: int, *places: int) -> Whereabouts:
    return Whereabouts(
        statement=number, start=2 * number + 1, end=2 * number + 2, places=tuple(places)
    )


def two_stays(gap: int, needed: int | None) -> Problem:
    return Problem(
        size=5,
        statements=(stay("a", 0, (0, 100)), stay("b", 1, (100 + gap, 900))),
        separations=(Separation(first=presence(0), second=presence(1), minutes=((needed,),)),),
    )


def found(problem: Problem) -> Conflict:
    answer = solve(problem, PLENTY)
    assert isinstance(answer, Conflict)
    return answer


def test_a_problem_without_statements_holds() -> None:
    assert solve(Problem(size=1), PLENTY) == Solution(values=(0,), readings=(), steps=0)
    assert solve(Problem(size=0), PLENTY) == Solution(values=(), readings=(), steps=0)


def test_a_way_that_takes_longer_than_there_is_makes_a_conflict_that_tells_by_how_much() -> None:
    answer = found(two_stays(gap=60, needed=91))
    assert answer.statements == ("a", "b")
    assert answer.exact
    assert answer.circle is not None
    assert answer.circle.minutes == 31
    assert {edge.rule for edge in answer.circle.edges} == {"date", "separation"}
    assert set(answer.circle.claims) == {"a", "b"}


def test_a_way_that_takes_just_as_long_as_there_is_holds() -> None:
    assert isinstance(solve(two_stays(gap=60, needed=60), PLENTY), Solution)


def test_presences_that_may_coincide_are_not_separated() -> None:
    assert isinstance(solve(two_stays(gap=-50, needed=None), PLENTY), Solution)


def test_the_minutes_of_the_way_back_count_where_the_second_comes_first() -> None:
    def of(back: int) -> Problem:
        return Problem(
            size=5,
            statements=(stay("a", 0, (500, 600)), stay("b", 1, (0, 100))),
            separations=(
                Separation(first=presence(0), second=presence(1), minutes=((1,),), back=((back,),)),
            ),
        )

    assert isinstance(solve(of(400), PLENTY), Solution)
    circle = found(of(401)).circle
    assert circle is not None
    assert circle.minutes == 1


def test_another_town_of_the_name_settles_what_the_first_cannot() -> None:
    near, far = 0, 1
    problem = Problem(
        size=5,
        statements=(stay("a", 0, (0, 100), (0, 100)), stay("b", 1, (150, 200))),
        travellers=(
            Traveller(
                whereabouts=(presence(0, far, near), presence(1, near)),
                minutes=((0, 300), (300, 0)),
            ),
        ),
    )
    answer = solve(problem, PLENTY)
    assert isinstance(answer, Solution)
    assert answer.readings == (1, 0)


def test_an_exempt_pair_and_two_presences_of_one_statement_are_not_separated() -> None:
    overlapping = (stay("a", 0, (0, 100)), stay("b", 1, (50, 200)))
    both = (presence(0), presence(1))
    table = ((9, 9), (9, 9))

    def of(one: Traveller) -> Problem:
        return Problem(size=5, statements=overlapping, travellers=(one,))

    assert found(of(Traveller(whereabouts=both, minutes=table))).statements == ("a", "b")
    for exempt in ((0, 1), (1, 0)):
        one = Traveller(whereabouts=both, minutes=table, exempt=frozenset((exempt,)))
        assert isinstance(solve(of(one), PLENTY), Solution)
    journey = (presence(0), Whereabouts(statement=0, start=1, end=1))
    assert isinstance(solve(of(Traveller(whereabouts=journey, minutes=table)), PLENTY), Solution)


def test_the_shortfall_is_that_of_the_readings_that_fall_short_by_least() -> None:
    problem = Problem(
        size=5,
        statements=(
            stay("a", 0, (0, 500), (0, 130)),
            stay("b", 1, (100, 600)),
            Statement(name="r", alternatives=((Edge(3, 2, 0, "before", ("a", "b")),),)),
        ),
    )
    answer = found(problem)
    assert answer.statements == ("a", "b", "r")
    assert answer.circle is not None
    assert answer.circle.minutes == 30
    assert answer.readings == (("a", 1), ("b", 0), ("r", 0))


def test_background_is_in_no_conflict_and_in_its_circle() -> None:
    late = Statement(name="open from", alternatives=(window(1, 50, 10**6, "m"),), hard=True)
    told = Statement(name="told", alternatives=((Edge(ORIGIN, 1, 40, "date", ("c1",)),),))
    answer = found(Problem(size=2, statements=(late, told)))
    assert answer.statements == ("told",)
    assert answer.circle is not None
    assert set(answer.circle.claims) == {"m", "c1"}


def test_a_background_that_cannot_hold_is_a_conflict_of_no_statement() -> None:
    hard = tuple(
        Statement(name=name, alternatives=((edge,),), hard=True)
        for name, edge in (
            ("late", Edge(1, ORIGIN, -9, "x", ())),
            ("early", Edge(ORIGIN, 1, 4, "y", ())),
            ("other", Edge(ORIGIN, 2, 4, "z", ())),
        )
    )
    problem = Problem(size=3, statements=(*hard, Statement(name="told", alternatives=((),))))
    listed = conflicts(problem, PLENTY)
    assert listed.complete
    assert [one.statements for one in listed.minimal] == [()]
    circle = listed.minimal[0].circle
    assert circle is not None
    assert circle.minutes == 5
    assert {edge.rule for edge in circle.edges} == {"x", "y"}


def test_variables_without_any_date_are_ordered_and_contradicted_all_the_same() -> None:
    before = [
        Statement(name=f"r{i}", alternatives=((Edge(i + 1, i, -1, "before", ()),),))
        for i in range(1, 50)
    ]
    assert isinstance(solve(Problem(size=51, statements=tuple(before)), PLENTY), Solution)
    back = Statement(name="x", alternatives=((Edge(1, 50, -1, "before", ()),),))
    answer = found(Problem(size=51, statements=(*before, back)))
    assert len(answer.statements) == 50
    assert answer.circle is not None
    assert answer.circle.minutes == 50


def test_a_ring_of_a_thousand_relations_is_one_conflict_and_no_recursion() -> None:
    count = 1100
    ring = tuple(
        Statement(name=f"r{i:04}", alternatives=((Edge(i + 1, (i + 1) % count + 1, -1, "x", ()),),))
        for i in range(count)
    )
    answer = solve(Problem(size=count + 1, statements=ring), 30_000_000)
    assert isinstance(answer, Conflict)
    assert len(answer.statements) == count


def test_only_contradictory_relations_give_every_pair() -> None:
    relations = tuple(
        Statement(name=f"{a}{b}", alternatives=((Edge(b, a, -1, "before", ()),),))
        for a in range(1, 6)
        for b in range(1, 6)
        if a != b
    )
    listed = conflicts(Problem(size=6, statements=relations), PLENTY)
    assert listed.complete
    # The simple circles of the complete graph on five nodes: 10 of two, 20 of three, 30, 24.
    sizes = [len(one.statements) for one in listed.minimal]
    assert [sizes.count(size) for size in (2, 3, 4, 5)] == [10, 20, 30, 24]


def test_ten_thousand_readings_are_decided_and_end_with_a_short_budget() -> None:
    many = tuple(window(1, 1000 + 10 * i, 1005 + 10 * i) for i in range(10_000))
    told = Statement(name="a", alternatives=many)

    def with_latest(latest: int) -> Problem:
        edge = Edge(ORIGIN, 1, latest, "date", ("b",))
        return Problem(size=2, statements=(told, Statement(name="b", alternatives=((edge,),))))

    answer = solve(with_latest(1000), PLENTY)
    assert isinstance(answer, Solution)
    assert answer.readings[0] == 0
    conflict = found(with_latest(993))
    assert conflict.statements == ("a", "b")
    assert conflict.circle is not None
    assert conflict.circle.minutes == 7
    assert isinstance(solve(with_latest(993), 500), Undecided)
    listed = conflicts(with_latest(993), 500)
    assert not listed.complete
    assert listed.steps > 500


def test_more_stays_than_a_week_can_hold_end_with_the_budget() -> None:
    # Thirteen stays of a day each, with hours of travel between them, in less than thirteen days.
    stays = tuple(
        Statement(
            name=f"s{i:02}",
            alternatives=(
                (
                    Edge(2 * i + 1, ORIGIN, 0, "date", ()),
                    Edge(ORIGIN, 2 * i + 2, 13 * 24 * HOUR, "date", ()),
                    Edge(2 * i + 2, 2 * i + 1, -24 * HOUR, "duration", ()),
                ),
            ),
        )
        for i in range(13)
    )
    group = Traveller(whereabouts=tuple(presence(i) for i in range(13)), minutes=[[HOUR] * 13] * 13)
    problem = Problem(size=27, statements=stays, travellers=(group,))
    assert isinstance(solve(problem, 50_000), Undecided)
    assert not conflicts(problem, 50_000).complete


def test_a_problem_that_means_nothing_is_refused() -> None:
    empty = Statement(name="a", alternatives=((),))
    with pytest.raises(NameTaken):
        solve(Problem(size=1, statements=(empty, empty)), PLENTY)
    with pytest.raises(NoReading):
        solve(Problem(size=1, statements=(Statement(name="a", alternatives=()),)), PLENTY)
    for edge in (Edge(0, 5, 1, "x", ()), Edge(-1, 0, 1, "x", ())):
        with pytest.raises(UnknownVariable):
            solve(Problem(size=2, statements=(Statement(name="a", alternatives=((edge,),)),)), 9)
    here = Whereabouts(statement=0, start=0, end=0)
    for where in (
        Whereabouts(statement=3, start=0, end=0),
        Whereabouts(statement=0, start=0, end=7),
    ):
        one = Separation(first=here, second=where, minutes=((1,),))
        with pytest.raises(UnknownVariable):
            solve(Problem(size=1, statements=(empty,), separations=(one,)), PLENTY)
    for places in ((1,), (0, 0), (-1,)):
        misplaced = Whereabouts(statement=0, start=0, end=0, places=places)
        person = Traveller(whereabouts=(misplaced,), minutes=((0,),))
        with pytest.raises(NoPlace):
            solve(Problem(size=1, statements=(empty,), travellers=(person,)), PLENTY)
    stranger = Traveller(whereabouts=(here,), minutes=((0,),), exempt=frozenset(((0, 1),)))
    with pytest.raises(UnknownVariable):
        solve(Problem(size=1, statements=(empty,), travellers=(stranger,)), PLENTY)
