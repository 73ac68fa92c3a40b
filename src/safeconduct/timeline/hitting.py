"""The smallest sets that take at least one from each of several sets, one set after the other.

Sets are integers read as bits. It knows nothing of what they stand for.
"""

from collections.abc import Iterable

from safeconduct.timeline.search import bits


def hitting_sets(sets: Iterable[int]) -> list[int]:
    """All minimal sets that meet each of `sets`, the smallest first, then by their bits.

    Without sets, the empty set; with an empty one among them, none.
    """
    found = [0]
    for one in sets:
        meeting = [hit for hit in found if hit & one]
        missing = [hit for hit in found if not hit & one]
        joined = {hit | 1 << place for hit in missing for place in bits(one)}
        # A set that meets `one` already is not made smaller by those that must grow to meet it.
        found = meeting + [hit for hit in joined if not any(m & ~hit == 0 for m in meeting)]
    return sorted(found, key=lambda hit: (hit.bit_count(), tuple(bits(hit))))
