"""Conflicts that touch are put together, and those that only seem apart are told from others."""

from safeconduct.timeline.conflicts import conflicts
from safeconduct.timeline.independence import Witness, connected, meeting
from safeconduct.timeline.network import ORIGIN, Edge
from safeconduct.timeline.problems import Problem, Separation, Statement, Whereabouts
from safeconduct.timeline.search import Ranked


def told(name: str, *edges: Edge) -> Statement:
    return Statement(name=name, alternatives=(edges,))


def exactly(variable: int, minutes: int) -> tuple[Edge, Edge]:
    return (
        Edge(ORIGIN, variable, minutes, "date", ()),
        Edge(variable, ORIGIN, -minutes, "date", ()),
    )


def three(minutes: int | None) -> Ranked:
    """Statements a, b and c on a variable each; a and b are presences."""
    points = [Whereabouts(statement=i, start=i + 1, end=i + 1) for i in (0, 1)]
    separation = Separation(first=points[0], second=points[1], minutes=((minutes,),))
    free = tuple(told(name, Edge(ORIGIN, i, 99, "x", ())) for i, name in enumerate("abc", 1))
    return Ranked(Problem(size=4, statements=free, separations=(separation,)))


START = Witness((0, 10, 20, 30), (0, 0, 0))
FIRST = Witness((0, 14, 20, 30), (0, 0, 0))
SECOND = Witness((0, 10, 16, 30), (0, 0, 0))


def test_sets_that_share_an_element_or_are_linked_are_one_class() -> None:
    assert connected([0b0011, 0b0110, 0b1000], []) == [[0b0011, 0b0110], [0b1000]]
    assert connected([0b0011, 0b1000], [(0b0011, 0b1000)]) == [[0b0011, 0b1000]]
    assert connected([], []) == []


def test_changes_in_different_statements_do_not_meet() -> None:
    assert meeting(three(None), START, [[FIRST], [SECOND]]) == set()


def test_changes_of_one_statement_meet() -> None:
    other = Witness((0, 11, 20, 33), (0, 0, 0))
    assert meeting(three(None), START, [[FIRST], [other]]) == {(0, 1)}
    unread = Witness((0, 10, 20, 30), (-1, 0, 0))
    assert meeting(three(None), START, [[FIRST], [unread]]) == {(0, 1)}


def test_two_changes_that_together_leave_too_little_time_for_the_way_meet() -> None:
    # 10 and 20 become 14 and 20, or 10 and 16; both at once leave 2.
    assert meeting(three(2), START, [[FIRST], [SECOND]]) == set()
    assert meeting(three(3), START, [[FIRST], [SECOND]]) == {(0, 1)}


def test_many_conflicts_apart_from_each_other_do_not_multiply() -> None:
    statements = [
        told(f"{side}{i:02}", *exactly(i, minutes))
        for i in range(1, 31)
        for side, minutes in (("a", 0), ("b", 60))
    ]
    found = conflicts(Problem(size=31, statements=tuple(statements)), 300_000)
    assert found.complete
    assert len(found.minimal) == 30
    assert {one.circle.minutes for one in found.minimal if one.circle} == {60}
