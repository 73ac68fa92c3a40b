"""A problem of time: statements with one or more readings, and presences that must lie apart.

It is what a case becomes before it is decided whether all can hold: a disjunctive temporal problem
whose parts keep their names. It only states the problem and refuses one that means nothing;
`solving` decides it and `conflicts` explains it.
"""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.timeline.network import Edge

Table: TypeAlias = Sequence[Sequence[int | None]]
"""Minutes that the way from one place to another needs at least; None where both may be at once."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What is told, in one or more readings; whoever keeps it holds one of them to be so.

    A reading is a tuple of edges that all hold; an empty one says nothing. `name` is unique in a
    problem. A `hard` statement is background (a start before its end): it is never given up.
    """

    name: str
    alternatives: tuple[tuple[Edge, ...], ...]
    hard: bool = False


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """From variable `start` to variable `end` a person is where a statement has them.

    `statement` is its position in the problem. `places[a]` is the row of a table for its reading
    `a`; without `places`, row `a` is that of reading `a`.
    """

    statement: int
    start: int
    end: int
    places: tuple[int, ...] = ()


class Separation(msgspec.Struct, frozen=True, kw_only=True):
    """Two presences of one person, in force while both statements are kept.

    With `m = minutes[a][b]` for the places of their readings: `first.end + m <= second.start`, or
    the other way round with `back[b][a]` (without `back`, the same minutes). None: no demand.
    """

    first: Whereabouts
    second: Whereabouts
    minutes: Table
    back: Table | None = None
    rule: str = "separation"


class Traveller(msgspec.Struct, frozen=True, kw_only=True):
    """All presences of one person: each two of different statements are separated.

    `minutes[p][q]` is the way from place `p` to place `q`; None either way is no demand. `exempt`
    names pairs, by position in `whereabouts`, that are not separated. `longest` is a bound on all
    minutes of the table, looked up there if not given; it only spares looking at far pairs.
    """

    whereabouts: tuple[Whereabouts, ...]
    minutes: Table
    exempt: frozenset[tuple[int, int]] = frozenset()
    longest: int | None = None
    rule: str = "separation"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Variables 0 to `size - 1` in whole minutes, 0 being the origin, and what is said of them."""

    size: int
    statements: tuple[Statement, ...] = ()
    separations: tuple[Separation, ...] = ()
    travellers: tuple[Traveller, ...] = ()


class NameTaken(SafeconductError):
    """Two statements bear one name, so that no conflict could say which of them it means."""

    def __init__(self, name: str) -> None:
        super().__init__(f"two statements are called {name!r}")
        self.name = name


class NoReading(SafeconductError):
    """A statement without readings: neither that it holds nor that it fails would mean anything."""

    def __init__(self, name: str) -> None:
        super().__init__(f"statement {name!r} has no reading")
        self.name = name


class UnknownVariable(SafeconductError):
    """Something speaks of a variable or of a statement that the problem does not have."""

    def __init__(self, owner: str, variable: int) -> None:
        super().__init__(f"{owner!r} speaks of {variable}, which the problem does not have")
        self.owner = owner
        self.variable = variable


class NoPlace(SafeconductError):
    """A presence has not one place for each reading of its statement, or its table is too small."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the places of {name!r} do not fit its readings or their table")
        self.name = name


def checked(problem: Problem) -> Problem:
    """The same problem, after refusing one that means nothing.

    Errors: NameTaken, NoReading, UnknownVariable, NoPlace.
    """
    _check_statements(problem)
    _check_presences(problem)
    return problem


def _check_statements(problem: Problem) -> None:
    size = max(problem.size, 1)
    names: set[str] = set()
    for statement in problem.statements:
        if statement.name in names:
            raise NameTaken(statement.name)
        names.add(statement.name)
        if not statement.alternatives:
            raise NoReading(statement.name)
        for edges in statement.alternatives:
            for edge in edges:
                if not (0 <= edge[0] < size and 0 <= edge[1] < size):
                    outside = edge[0] if not 0 <= edge[0] < size else edge[1]
                    raise UnknownVariable(statement.name, outside)


def _check_presences(problem: Problem) -> None:
    for separation in problem.separations:
        _check_presence(problem, separation.first, len(separation.minutes))
        _check_presence(problem, separation.second, _width(separation.minutes))
        if separation.back is not None:
            _check_presence(problem, separation.second, len(separation.back))
            _check_presence(problem, separation.first, _width(separation.back))
    for traveller in problem.travellers:
        rows = min(len(traveller.minutes), _width(traveller.minutes))
        for whereabouts in traveller.whereabouts:
            _check_presence(problem, whereabouts, rows)
        for place in (place for pair in traveller.exempt for place in pair):
            if not 0 <= place < len(traveller.whereabouts):
                raise UnknownVariable("an exempt pair", place)


def _width(table: Table) -> int:
    return min(map(len, table), default=0)


def _check_presence(problem: Problem, presence: Whereabouts, rows: int) -> None:
    """Does it speak of what there is, and has each reading a place of the first `rows`?"""
    if not 0 <= presence.statement < len(problem.statements):
        raise UnknownVariable("a presence", presence.statement)
    statement = problem.statements[presence.statement]
    for variable in (presence.start, presence.end):
        if not 0 <= variable < max(problem.size, 1):
            raise UnknownVariable(statement.name, variable)
    places: Sequence[int] = presence.places or range(len(statement.alternatives))
    if len(places) != len(statement.alternatives) or min(places) < 0 or max(places) >= rows:
        raise NoPlace(statement.name)
