"""The order of a list whose items have ids, after two sides changed it.

Where one side alone moved items, its order holds. Where both moved them differently nobody guesses.
What a side added follows the item that it was put behind; of what both put behind the same item,
each side's run stays together, the run whose first id is the smaller one first.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

_PARTS = re.compile(r"([0-9]+)")
Key = tuple[tuple[bool, int, str], ...]


def natural(name: str) -> Key:
    """A key by which `c9` stands before `c10`. No two texts have the same."""
    parts = [one for one in _PARTS.split(name) if one]
    return tuple((one[0] in "0123456789", _number(one), one) for one in parts)


def common_order(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...] | None:
    """The order of what stands in all three; None where both sides moved it, and differently."""
    shared = set(base) & set(ours) & set(theirs)
    was, mine, other = (
        tuple(one for one in names if one in shared) for names in (base, ours, theirs)
    )
    if mine in (was, other):
        return other
    return mine if other == was else None


def full_order(
    common: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    *,
    kept: Collection[str],
) -> tuple[str, ...]:
    """`common` with everything of `kept` put in where its side has it."""
    gaps = [_gaps(names, common, kept) for names in (ours, theirs)]
    order: list[str] = []
    for anchor in (None, *common):
        order += [] if anchor is None else [anchor]
        order += _together(gaps[0].get(anchor, []), gaps[1].get(anchor, []))
    # What both added, but behind different items, stands where it comes first.
    return tuple(dict.fromkeys(order))


def _gaps(
    names: Sequence[str], common: Sequence[str], kept: Collection[str]
) -> dict[str | None, list[str]]:
    """What a side has besides the common items, by the common item that it stands behind."""
    found: dict[str | None, list[str]] = {}
    anchors, anchor = set(common), None
    for name in names:
        if name in anchors:
            anchor = name
        elif name in kept:
            found.setdefault(anchor, []).append(name)
    return found


def _together(ours: list[str], theirs: list[str]) -> list[str]:
    shared = [one for one in ours if one in set(theirs)]
    if shared != [one for one in theirs if one in set(ours)]:
        # Both added the same ids in two orders; no earlier order says which.
        return sorted({*ours, *theirs}, key=natural)
    merged: list[str] = []
    bounds = [None, *shared, None]
    for before, after in pairwise(bounds):
        runs = sorted((_between(run, before, after) for run in (ours, theirs)), key=_first)
        merged += runs[0] + runs[1]
        merged += [] if after is None else [after]
    return merged


def _between(run: list[str], before: str | None, after: str | None) -> list[str]:
    start = 0 if before is None else run.index(before) + 1
    return run[start : len(run) if after is None else run.index(after)]


def _first(run: list[str]) -> Key:
    return natural(run[0]) if run else ()


def _number(text: str) -> int:
    return int(text) if text[0] in "0123456789" else 0
