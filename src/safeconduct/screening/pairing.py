"""Which part of one name answers to which part of another: each at most once, in any order."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from safeconduct.names.folding import keys
from safeconduct.names.likeness import likeness
from safeconduct.screening.alike import LEAST, Alike, Way, alike, kin
from safeconduct.screening.facts import Facts
from safeconduct.screening.prepared import Piece, Prepared

_MOST_GLUED = 3
_LEAST_GLUED = 5
_FIRM = 0.9
_MOST_APART = 4
_LEAST_JOINED = 0.85
_LEAST_ROUGHLY = 0.5

_INITIAL = Alike(0.9, Way.INITIAL)

_OPPOSED = (frozenset(("given", "family")), frozenset(("patronymic", "family")))
_FATHERS = frozenset(("patronymic", "father"))


class Pair(NamedTuple):
    """Pieces of one name and of the other that answer to each other; several where glued."""

    ours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    alike: Alike


class Paired(NamedTuple):
    """Every piece of both names once: in a pair, or left over."""

    pairs: tuple[Pair, ...]
    ours_left: tuple[Piece, ...]
    theirs_left: tuple[Piece, ...]


def pair(ours: Prepared, theirs: Prepared) -> Paired:
    """The assignment of parts that agree best.

    1. All likenesses between parts whose declared roles allow it.
    2. The best assignment of them: strongest first, then exchanges while they improve it.
    3. What has no firm answer is tried joined: "Abdul Rahman" answers to "Abdulrahman".
    4. Initials answer to what is left and begins with them.
    """
    found = _likenesses(ours, theirs)  # 1
    chosen = _assigned(found)  # 2
    firm = {i: j for i, j in chosen.items() if found[i, j].degree >= _FIRM}
    joined = _joined_pairs(ours, theirs, firm)  # 3
    taken = {p.at for one in joined for p in one.ours}, {p.at for one in joined for p in one.theirs}
    if joined:
        found = {
            (i, j): how
            for (i, j), how in found.items()
            if ours.pieces[i].at not in taken[0] and theirs.pieces[j].at not in taken[1]
        }
        chosen = _assigned(found)
    pairs = [
        Pair((ours.pieces[i],), (theirs.pieces[j],), found[i, j]) for i, j in sorted(chosen.items())
    ]
    pairs += joined
    left = _left(ours, taken[0], chosen)
    other = _left(theirs, taken[1], chosen.values())
    if left and other:
        _initials(left, other, pairs)  # 4
    return Paired(tuple(pairs), tuple(left), tuple(other))


def _left(name: Prepared, joined: set[int], chosen: Iterable[int]) -> list[Piece]:
    answered = set(chosen)
    return [
        piece
        for number, piece in enumerate(name.pieces)
        if number not in answered and piece.at not in joined
    ]


def _likenesses(ours: Prepared, theirs: Prepared) -> dict[tuple[int, int], Alike]:
    found = {}
    others = [(j, other) for j, other in enumerate(theirs.pieces) if not other.initial]
    for i, one in enumerate(ours.pieces):
        if one.initial:
            continue
        for j, other in others:
            # Asked first, since it settles nearly all pairs.
            if one.facts.near.isdisjoint(other.facts.near) and not kin(one.facts, other.facts):
                continue
            how = alike(one.facts, other.facts)
            if how.degree >= LEAST and one.particle == other.particle and _may_answer(one, other):
                found[i, j] = how
    return found


def _may_answer(one: Piece, other: Piece) -> bool:
    """Declared roles are respected: a given name is not compared with a surname."""
    if one.declared and other.declared and frozenset((one.role, other.role)) in _OPPOSED:
        return False
    return not (one.role == "patronymic" and other.declared and other.role == "given")


def _assigned(found: dict[tuple[int, int], Alike]) -> dict[int, int]:
    """An assignment in which no two pairs exchanged, and no free part put in, would be better."""
    order = sorted(found, key=lambda at: (-found[at].degree, abs(at[0] - at[1]), at))
    chosen: dict[int, int] = {}
    taken: dict[int, int] = {}
    for i, j in order:
        if i not in chosen and j not in taken:
            chosen[i], taken[j] = j, i
    improved = True
    while improved:
        improved = _augmented(order, chosen, taken)
    return chosen


def _augmented(
    order: list[tuple[int, int]],
    chosen: dict[int, int],
    taken: dict[int, int],
) -> bool:
    """Moves one pair aside where that lets a further part answer, and tells whether it did."""
    for i, j in order:
        if i in chosen or j not in taken:
            continue
        holder = taken[j]
        for h, other in order:
            if h == holder and other != j and other not in taken:
                chosen[holder], taken[other] = other, holder
                chosen[i], taken[j] = j, i
                return True
    return False


def _joined_pairs(ours: Prepared, theirs: Prepared, firm: dict[int, int]) -> list[Pair]:
    """Neighbouring parts of one name that together are one part of the other; 3."""
    left = _left(ours, set(), firm)
    other = _left(theirs, set(), firm.values())
    pairs: list[Pair] = []
    _glue(left, other, pairs, swapped=False)
    _glue(other, left, pairs, swapped=True)
    return pairs


def _glue(ours: list[Piece], theirs: list[Piece], pairs: list[Pair], *, swapped: bool) -> None:
    """Joins neighbouring parts of `ours` where together they are one part of `theirs`."""
    for single in tuple(theirs):
        if len(single.facts.form) < _LEAST_GLUED or len(ours) < 2:
            continue
        run = _joined(ours, single)
        if run is None:
            continue
        pieces, how = run
        for piece in pieces:
            ours.remove(piece)
        theirs.remove(single)
        one = Pair(pieces, (single,), how)
        pairs.append(Pair(one.theirs, one.ours, how) if swapped else one)


def _joined(ours: list[Piece], single: Piece) -> tuple[tuple[Piece, ...], Alike] | None:
    for length in range(2, _MOST_GLUED + 1):
        for start in range(len(ours) - length + 1):
            run = ours[start : start + length]
            if run[-1].at - run[0].at != length - 1:
                continue
            if abs(sum(len(p.facts.form) for p in run) - len(single.facts.form)) > _MOST_APART:
                continue
            degree = _glued(run, single)
            if degree >= _LEAST_JOINED:
                way = Way.SAME if degree == 1.0 else Way.SOUND
                return tuple(run), Alike(degree * 0.99, way)
    return None


def _glued(run: list[Piece], single: Piece) -> float:
    form = "".join(piece.facts.form for piece in run)
    if form == single.facts.form:
        return 1.0
    # Far cheaper than the sound of what is joined, and settles nearly all.
    bones = "".join([piece.facts.bones[0] for piece in run if piece.facts.bones])
    begin = [other for other in single.facts.bones if other[:1] == bones[:1]]
    if not any(OSA.normalized_similarity(bones, other) >= _LEAST_ROUGHLY for other in begin):
        return 0.0
    return _sounding(form, run[0].facts.script, single.facts)


@lru_cache(maxsize=65_536)
def _sounding(form: str, script: str, single: Facts) -> float:
    return likeness(keys(form, script), single.keys)


def _initials(ours: list[Piece], theirs: list[Piece], pairs: list[Pair]) -> None:
    for one in tuple(ours):
        for other in tuple(theirs):
            joins = one.particle or other.particle
            if (one.initial or other.initial) and not joins and _begins_alike(one, other):
                pairs.append(Pair((one,), (other,), _INITIAL))
                ours.remove(one)
                theirs.remove(other)
                break


def _begins_alike(one: Piece, other: Piece) -> bool:
    starts = {key[:1] for key in one.facts.keys}
    return not starts.isdisjoint(key[:1] for key in other.facts.keys)
