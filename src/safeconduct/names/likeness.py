"""How alike two tokens sound, from 0 to 1, by their keys.

A weighted edit distance: letters of one class of sound differ by less, vowels by less than
consonants, and a vowel that a script leaves unwritten by next to nothing. It compares sounds; that
two names are forms of one (Sasha, Aleksandr) it does not know.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from safeconduct.names.abjads import CARRIERS, READINGS, UNVOWELLED
from safeconduct.names.folding import skeleton

_VOWELS = "aeiou"
_LETTERS = _VOWELS + "bcdfghjklmnpqrstvxz"
_WEIGHT = {**dict.fromkeys(_LETTERS, 1.0), **dict.fromkeys(_VOWELS, 0.6), "h": 0.8}
_FIRST = 0.5
_TURNED = 0.6
_BONE = 0.6
_SCALE = 0.72
_SHORT, _SHORTER = 5, 0.35
_NEAR: dict[str, float] = {}
for _pair, _cost in (
    *((pair, 0.15) for pair in ("ei", "ou")),
    *((pair, 0.25) for pair in ("ae", "ao")),
    *((pair, 0.4) for pair in ("eo", "ai", "iu", "au", "oi", "eu")),
    *((pair, 0.25) for pair in ("gh", "hk", "vf", "zs", "cs", "cz", "qx", "qc", "jx", "jz", "jq")),
    *((pair, 0.35) for pair in ("gk", "bp", "dt", "xs", "qs", "bv", "uv", "kq", "kc", "gj")),
    *((pair, 0.5) for pair in ("mn", "lr", "ij", "fp", "gv", "tc", "tq", "dz", "dj", "ts")),
):
    _NEAR[_pair] = _NEAR[_pair[::-1]] = _cost


def _exchange(one: str, other: str) -> float:
    if one == other:
        return 0.0
    ours, theirs = READINGS.get(one, {one: 0.0}), READINGS.get(other, {other: 0.0})
    best = min(
        first + second + (0.0 if a == b else _plain(a, b))
        for a, first in ours.items()
        for b, second in theirs.items()
    )
    return min(1.0, best)


def _plain(one: str, other: str) -> float:
    near = _NEAR.get(one + other)
    if near is not None:
        return near
    return 0.4 if one in _VOWELS and other in _VOWELS else 1.0


_SIGNS = _LETTERS + "".join(READINGS)
_EXCHANGE = {one: {other: _exchange(one, other) for other in _SIGNS} for one in _SIGNS}
# Leaving a letter out, where both sides write vowels and where one does not.
_LEFT_OUT = {one: {"h": 0.35}.get(one, 0.45 if one in _VOWELS else 0.9) for one in _LETTERS}
_LEFT_OUT["i"] = 0.35
_LEFT_OUT |= {one: 0.2 if one in CARRIERS else 0.9 for one in READINGS}
_UNWRITTEN = _LEFT_OUT | {"a": 0.08, "e": 0.1, "o": 0.15, "u": 0.2, "i": 0.3, "h": 0.25}
_CARRIED = _LEFT_OUT | {"W": 0.5, "Y": 0.5, "A": 0.35, "E": 0.1, "H": 0.1, "I": 0.15, "O": 0.4}


LEAST = 0.6
"""A likeness below this is given as 0.0: the two are different, by how much is not worked out."""

_MOST_KEPT = 65_536


def likenesses(keys: tuple[str, ...], folds: Sequence[str]) -> list[float]:
    """The likeness of a token, by its keys, to each of many single keys, in their order.

    As `likeness(keys, (fold,))` would say, but fast where few of the many are near.
    """
    own = set(keys)
    ours = [skeleton(key) for key in own]
    if not ours or not folds:
        return [0.0] * len(folds)
    bones = [skeleton(fold) for fold in folds]
    nearest = cdist(ours, bones, scorer=OSA.distance, dtype="uint8")
    longest = max(len(one) for one in ours)
    found: list[float] = []
    for fold, other, apart in zip(folds, bones, nearest.min(axis=0).tolist(), strict=True):
        if fold in own:
            found.append(1.0)
        elif apart > _MOST_APART * (longest + len(other)):
            found.append(0.0)
        else:
            found.append(likeness(keys, (fold,)))
    return found


class _Shape(NamedTuple):
    """A key's letters and their weight; whether it lacks vowels.

    `costs`: what leaving each letter out costs beside vowelled keys, `loose` beside others.
    """

    letters: str
    size: float
    costs: tuple[float, ...]
    loose: tuple[float, ...]
    unwritten: bool


class _Shapes(NamedTuple):
    """The keys of a token by their skeletons; the bits that every key has, and those any has."""

    groups: tuple[tuple[str, tuple[_Shape, ...]], ...]
    sure: int
    possible: int


def likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The likeness of two tokens by all their keys: 1.0 where they share one, else less.

    The likeness of the two keys that are most alike; symmetric; 0.0 below LEAST or without keys.
    Keys with the nearest skeletons are compared first, so that most others need not be.
    """
    if not set(a).isdisjoint(b):
        return 1.0
    ours, theirs = _shapes(a), _shapes(b)
    missing = (ours.sure & ~theirs.possible).bit_count(), (theirs.sure & ~ours.possible).bit_count()
    if max(missing) > _MOST_MISSING:
        return 0.0
    near: list[tuple[int, int, int]] = []
    for i, (bones, _) in enumerate(ours.groups):
        for j, (others, _) in enumerate(theirs.groups):
            apart = OSA.distance(bones, others)
            if apart <= _MOST_APART * (len(bones) + len(others)):
                near.append((apart, i, j))
    best = LEAST
    for apart, i, j in sorted(near):
        for one in ours.groups[i][1]:
            for other in theirs.groups[j][1]:
                best = _better(one, other, apart, best)
    return best if best > LEAST else 0.0


# Skeletons further apart, for their lengths together, are those of different names.
_MOST_APART = 0.4
# Consonant classes that one side has and the other lacks, beyond which nothing is worked out.
_MOST_MISSING = 2
_BITS = {one: 1 << at for at, one in enumerate("bdgklmnrstvx")}


@lru_cache(maxsize=_MOST_KEPT)
def _shapes(keys: tuple[str, ...]) -> _Shapes:
    groups: dict[str, list[_Shape]] = {}
    sure, possible = -1 if keys else 0, 0
    for key in keys:
        if key.strip(UNVOWELLED):
            groups.setdefault(skeleton(key), []).append(_shape(key))
            bits = _bits(skeleton(key))
            sure &= bits
            possible |= bits
    return _Shapes(tuple((one, tuple(found)) for one, found in groups.items()), sure, possible)


def _bits(bones: str) -> int:
    found = 0
    for one in bones:
        found |= _BITS.get(one, 0)
    return found


@lru_cache(maxsize=_MOST_KEPT)
def _shape(key: str) -> _Shape:
    unwritten = key.startswith(UNVOWELLED)
    letters = key.lstrip(UNVOWELLED)
    costs = tuple(_LEFT_OUT.get(one, 0.9) for one in letters)
    loose = tuple((_CARRIED if one.isupper() else _UNWRITTEN).get(one, 0.9) for one in letters)
    size = sum(_WEIGHT.get(one, 0.6 if one in CARRIERS else 1.0) for one in letters)
    return _Shape(letters, size, costs, loose, unwritten)


def _better(one: _Shape, other: _Shape, apart: int, best: float) -> float:
    """The likeness of two keys, `apart` in their skeletons, if it is above `best`; else `best`."""
    if (one.letters, one.unwritten) > (other.letters, other.unwritten):
        one, other = other, one
    unwritten = one.unwritten or other.unwritten
    letters = (len(one.letters) + len(other.letters)) / 2
    strict = 1.0 + _SHORTER * max(0.0, _SHORT - letters)
    scale = _SCALE * strict * 2 / (one.size + other.size)
    most = (1.0 - best) / scale
    start = _FIRST * _EXCHANGE[one.letters[0]][other.letters[0]]
    if start + _BONE * apart >= most:
        return best
    costs = (one.loose, other.loose) if unwritten else (one.costs, other.costs)
    cost = start + _distance(one.letters, other.letters, *costs, most - start)
    return max(best, 1.0 - scale * cost)


def _distance(
    ours: str,
    theirs: str,
    ours_cost: tuple[float, ...],
    theirs_cost: tuple[float, ...],
    most: float,
) -> float:
    """The least sum of costs that turns one into the other; `most` or more where it is beyond."""
    row = [0.0]
    for cost in theirs_cost:
        row.append(row[-1] + cost)
    older: list[float] = []
    last = ""
    for one, cost in zip(ours, ours_cost, strict=True):
        exchange = _EXCHANGE[one]
        left = row[0] + cost
        new = [left]
        before = ""
        for j, other in enumerate(theirs):
            best = row[j] + exchange[other]
            if row[j + 1] + cost < best:
                best = row[j + 1] + cost
            if left + theirs_cost[j] < best:
                best = left + theirs_cost[j]
            if one == before and other == last and older[j - 1] + _TURNED < best:
                best = older[j - 1] + _TURNED
            left = best
            new.append(best)
            before = other
        if min(new) >= most and min(row) >= most:
            return most
        older, row, last = row, new, one
    return row[-1]
