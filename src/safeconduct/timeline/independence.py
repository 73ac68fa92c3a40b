"""Which conflicts can be looked at apart, since what breaks one changes nothing near another.

A witness is one way in which all statements but some can hold. If two witnesses differ from a
third at places that no statement and no separation joins, both changes can be made at once: no
further search is needed to know that.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import NamedTuple

from safeconduct.timeline.search import Ranked


class Witness(NamedTuple):
    """A value for each variable, and by rank the reading of each statement (negative: dropped)."""

    values: tuple[int, ...]
    choice: tuple[int, ...]


def connected(sets: Sequence[int], linked: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The sets (bits) gathered in classes: those that share an element, and those linked."""
    classes: list[tuple[int, list[int]]] = []
    for one in sets:
        union, members = one, [one]
        apart = []
        for other, others in classes:
            if other & one:
                union, members = union | other, others + members
            else:
                apart.append((other, others))
        classes = [*apart, (union, members)]
    for first, second in linked:
        mine = [members for union, members in classes if first & union or second & union]
        rest = [entry for entry in classes if not (first & entry[0] or second & entry[0])]
        members = [member for others in mine for member in others]
        classes = [*rest, (_union(members), members)]
    return [sorted(members) for _, members in sorted(classes)]


def meeting(
    ranked: Ranked, start: Witness, others: Sequence[Sequence[Witness]]
) -> set[tuple[int, int]]:
    """The pairs of classes whose witnesses' changes from `start` cannot be made both unseen.

    `others[c]` are the witnesses of class `c`. Two classes meet where changes of both touch one
    statement, or where two changes together bring two presences too near each other.
    """
    touched = [_touched(ranked, start, witnesses) for witnesses in others]
    return {
        (one, other)
        for one, other in combinations(range(len(others)), 2)
        if touched[one] & touched[other]
        or any(
            _too_near(ranked, start, first, second)
            for first, second in product(others[one], others[other])
        )
    }


def _touched(ranked: Ranked, start: Witness, witnesses: Sequence[Witness]) -> int:
    """The statements whose reading, or one of whose variables, differs in one of the witnesses."""
    touched = 0
    for rank, variables in enumerate(ranked.variables):
        for witness in witnesses:
            if witness.choice[rank] != start.choice[rank] or any(
                witness.values[v] != start.values[v] for v in variables
            ):
                touched |= 1 << rank
                break
    return touched


def _too_near(ranked: Ranked, start: Witness, first: Witness, second: Witness) -> bool:
    values = _both(start.values, first.values, second.values)
    choice = _both(start.choice, first.choice, second.choice)
    return bool(ranked.apart.too_near(values, choice))


def _both(start: Sequence[int], first: Sequence[int], second: Sequence[int]) -> list[int]:
    """What a second change makes of a first, where they change different places."""
    return [
        other if other != old else one for old, one, other in zip(start, first, second, strict=True)
    ]


def _union(sets: Iterable[int]) -> int:
    union = 0
    for one in sets:
        union |= one
    return union
