"""Can all statements of a problem hold? An exact answer, or none when the budget ends.

It decides and shows how, or which statements cannot; `conflicts` lists all of those. It never
says which statement is false.
"""

import msgspec

from safeconduct.timeline.conflicts import Conflict, described, minimal
from safeconduct.timeline.problems import Problem
from safeconduct.timeline.search import Ranked, Search, StepsSpent


class Solution(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which all can hold: a moment for each variable, a reading for each statement.

    It is one of many, no finding of what was; `steps` is what it took.
    """

    values: tuple[int, ...]
    readings: tuple[int, ...]
    steps: int


class Undecided(msgspec.Struct, frozen=True, kw_only=True):
    """The budget ended first: nothing is known, neither that all can hold nor that they cannot."""

    steps: int


def can_hold(problem: Problem, budget: int) -> bool | None:
    """Whether all can hold, and no more; None when the budget ends. Errors: as `solve`."""
    ranked = Ranked(problem)
    search = Search(ranked, budget)
    search.keep(ranked.all)
    try:
        return search.run() is None
    except StepsSpent:
        return None


def solve(problem: Problem, budget: int) -> Solution | Conflict | Undecided:
    """Decide a problem within `budget` steps (edges and variables looked at).

    Without a solution the answer is one conflict that is minimal: drop any one of its statements
    and the rest can hold. Errors: those of `problems.checked`.
    """
    ranked = Ranked(problem)
    search = Search(ranked, budget)
    search.keep(ranked.all)
    try:
        core = search.run()
        if core is None:
            return Solution(
                values=tuple(search.moments.values[: problem.size]),
                readings=tuple(search.choice[rank] for rank in ranked.rank),
                steps=search.steps,
            )
        smaller = Search(ranked, budget - search.steps)
        found = minimal(smaller, core & ~ranked.hard, ranked.hard)
    except StepsSpent as spent:
        return Undecided(steps=spent.steps)
    return described(ranked, found, budget - search.steps - smaller.steps)


def weighed(problem: Problem, conflict: Conflict, budget: int) -> Conflict:
    """A conflict of the problem, with by how much it falls short as far as the budget goes."""
    ranked = Ranked(problem)
    names = frozenset(conflict.statements)
    found = sum(1 << rank for rank, one in enumerate(ranked.statements) if one.name in names)
    return described(ranked, found, budget)
