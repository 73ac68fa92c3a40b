"""Accounts as problems of time, for measuring solvers: one true chain of stays, told vaguely.

Each claim is a stay with windows for its start and end; with several readings one of them is
true, the others are the slips that are looked for in practice (a month, a year, day and month, a
homonymous town). Relations join neighbours. Contradictions can be planted. The chain is drawn
from a seeded generator; no real place or case is in it.
"""

import random
from itertools import pairwise
from math import dist

from safeconduct.timeline.network import ORIGIN, Edge
from safeconduct.timeline.problems import Problem, Separation, Statement, Traveller, Whereabouts

DAY = 24 * 60
SLIPS = (0, 30, -30, 365, -365, 61, -61, 0, 30, -30)  # days; from the 7th on in the other town
TOWNS = 2
WAY_MINUTES_A_UNIT = 3  # by the fastest means
FARTHEST = 340  # half the earth at 3600 km/h takes 334 minutes


def account(
    claims: int, readings: int, *, planted: int, pairs: str, seed: int, related: int = 1
) -> Problem:
    """A chain of `claims` stays; `pairs` is "all" or "neighbours"; `planted` contradictions.

    One reading is the truth, as told. Every `related`-th claim is told to be before the next; the
    fewer are, the more orders of stays are left to be found.
    """
    rng = random.Random(seed)
    statements: list[Statement] = []
    places: list[tuple[float, float]] = []
    whereabouts: list[Whereabouts] = []
    now = 0
    moved = _planted(claims, planted)
    for claim in range(claims):
        start = now + rng.randint(1, 5) * DAY
        end = start + rng.randint(0, 20) * DAY + rng.randint(1, 20) * 60
        now = end + FARTHEST
        offset = 2000 * DAY if claim in moved else 0
        statements.append(
            Statement(
                name=f"c{claim:03}",
                alternatives=tuple(
                    _reading(claim, start + offset, end + offset, SLIPS[k % len(SLIPS)], rng)
                    for k in range(readings)
                ),
            )
        )
        town = len(places)
        places += [(rng.random() * 100, rng.random() * 100) for _ in range(TOWNS)]
        whereabouts.append(
            Whereabouts(
                statement=claim,
                start=2 * claim + 1,
                end=2 * claim + 2,
                places=tuple(town + (k % len(SLIPS) >= 7) for k in range(readings)),
            )
        )
    statements += _relations(claims, related, moved)
    table = [[round(dist(one, other) * WAY_MINUTES_A_UNIT) for other in places] for one in places]
    return Problem(
        size=2 * claims + 1,
        statements=tuple(statements),
        travellers=(Traveller(whereabouts=tuple(whereabouts), minutes=table, longest=430),)
        if pairs == "all"
        else (),
        separations=tuple(
            Separation(first=one, second=other, minutes=table)
            for one, other in pairwise(whereabouts)
        )
        if pairs == "neighbours"
        else (),
    )


def _planted(claims: int, planted: int) -> set[int]:
    """The claims that are told years too late, spread evenly, none of them the last."""
    return {(2 * number + 1) * claims // (2 * planted) for number in range(planted)}


def _reading(claim: int, start: int, end: int, slip: int, rng: random.Random) -> tuple[Edge, ...]:
    """Windows of some days about the start and the end, and about how long it was."""
    first, last = 2 * claim + 1, 2 * claim + 2
    early, late = start + slip * DAY, end + slip * DAY
    before, after = rng.randint(0, 4) * DAY, rng.randint(0, 4) * DAY
    claims = (f"c{claim:03}",)
    return (
        Edge(ORIGIN, first, early + after, "date", claims),
        Edge(first, ORIGIN, before - early, "date", claims),
        Edge(ORIGIN, last, late + after, "date", claims),
        Edge(last, ORIGIN, before - late, "date", claims),
        Edge(last, first, -60, "duration", claims),
        Edge(first, last, end - start + 2 * DAY, "duration", claims),
    )


def _relations(claims: int, related: int, moved: set[int]) -> list[Statement]:
    """Every `related`-th claim, and each moved, was told to be over before the next began."""
    return [
        Statement(
            name=f"r{claim:03}",
            alternatives=(
                (
                    Edge(
                        2 * claim + 3,
                        2 * claim + 2,
                        0,
                        "before",
                        (f"c{claim:03}", f"c{claim + 1:03}"),
                    ),
                ),
            ),
        )
        for claim in range(claims - 1)
        if claim % related == 0 or claim in moved
    ]
