"""The smallest sets that take at least one from each of several sets, one set after the other.

Sets are integers read as bits. It knows nothing of what they stand for.
"""

from collections.abc import Callable, Iterable, Sequence

from safeconduct.timeline.search import bits

COMPARISONS_A_STEP = 8
"""Comparisons of two sets that cost about as much as a step of a search."""

Spend = Callable[[int], None]
"""Is told how many steps are about to be taken, and may raise."""


def hitting_sets(sets: Iterable[int], spend: Spend = lambda _: None) -> list[int]:
    """All minimal sets that meet each of `sets`, the smallest first, then by their bits.

    Without sets, the empty set; with an empty one among them, none. There may be exponentially
    many; whoever cannot wait for them ends it by `spend`.
    """
    found = [0]
    for one in sets:
        found = also_meeting(found, one, spend)
    return in_order(found)


def also_meeting(found: Sequence[int], one: int, spend: Spend) -> list[int]:
    """All minimal sets that meet one set more; `found` are those that meet all before it."""
    meeting = [hit for hit in found if hit & one]
    missing = [hit for hit in found if not hit & one]
    spend((len(found) + len(missing) * one.bit_count() * (1 + len(meeting))) // COMPARISONS_A_STEP)
    joined = {hit | 1 << place for hit in missing for place in bits(one)}
    # A set that meets `one` already is not made smaller by those that must grow to meet it.
    return meeting + [hit for hit in joined if not any(m & ~hit == 0 for m in meeting)]


def in_order(found: Iterable[int]) -> list[int]:
    """The smallest first, then by their bits."""
    return sorted(found, key=lambda hit: (hit.bit_count(), tuple(bits(hit))))
