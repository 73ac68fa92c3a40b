"""Two names compared: what their parts say together, as a few numbers with a meaning each.

The numbers are what the score is made of (`scoring`) and what the explanation tells
(`explaining`). All information is in bits: a part that one person in a thousand bears is worth ten.
"""

from typing import NamedTuple

from rapidfuzz.distance import OSA

from safeconduct.screening.alike import Way
from safeconduct.screening.pairing import Pair, Paired, pair
from safeconduct.screening.prepared import Piece, Prepared, counts

_FIRM = 0.97
_CLOSE = 0.84


class Agreement(NamedTuple):
    """What the parts of two names say together.

    In bits: `firm`, parts that are one name in one or two spellings; `variant`, forms of one name
    and pet names; `close` and `far`, parts that differ by little and by more.
    In parts: `lost`, what the differences within pairs take away; `opposed`, what both names have
    and neither shares (the lesser of both sides, less where it is still alike); `extra`, what one
    name has beyond that; `initials` that agree; `pairs` that agree; `fathers`, 1 where the
    fathers' names contradict each other, -1 where they agree; `crossed`, 1 where one's father
    bears the other's own name and the reverse; `ordered`, 1 where what agrees is in one order.
    """

    firm: float
    variant: float
    close: float
    far: float
    lost: float
    opposed: float
    extra: int
    initials: int
    pairs: int
    fathers: int
    crossed: int
    ordered: int

    @property
    def agreed(self) -> float:
        """The information that agrees, in bits; of parts that differ by more, the half."""
        return self.firm + self.variant + self.close + self.far / 2


class Compared(NamedTuple):
    """Two names, their parts paired, and what that says."""

    ours: Prepared
    theirs: Prepared
    paired: Paired
    agreement: Agreement


def compared(ours: Prepared, theirs: Prepared) -> Compared:
    """Compares two prepared names. Exchanging the two changes nothing but the sides."""
    paired = pair(ours, theirs)
    return Compared(ours, theirs, paired, _agreement(paired))


def _agreement(paired: Paired) -> Agreement:
    firm = variant = close = far = lost = 0.0
    initials = 0
    for one in paired.pairs:
        bits = pair_bits(one)
        degree = one.alike.degree
        if one.alike.way is Way.INITIAL:
            initials += 1
        elif all(piece.particle for piece in (*one.ours, *one.theirs)):
            firm += bits
        elif one.alike.way in (Way.VARIANT, Way.DIMINUTIVE):
            variant += bits
        elif degree >= _FIRM:
            firm += bits
        elif degree >= _CLOSE:
            close += bits
            lost += 1 - degree
        else:
            far += bits
            lost += 1 - degree
    ours, theirs = _count(paired.ours_left), _count(paired.theirs_left)
    opposed = min(ours, theirs)
    return Agreement(
        firm=firm,
        variant=variant,
        close=close,
        far=far,
        lost=lost,
        opposed=opposed - _hint(paired) if opposed else 0.0,
        extra=abs(ours - theirs),
        initials=initials,
        pairs=sum(1 for one in paired.pairs if not one.ours[0].particle) - initials,
        fathers=_fathers(paired),
        crossed=_crossed(paired.pairs),
        ordered=_ordered(paired.pairs),
    )


def pair_bits(one: Pair) -> float:
    """What the agreement of a pair would be worth were it complete: the commoner side's."""
    return min(
        sum(piece.facts.bits for piece in one.ours), sum(piece.facts.bits for piece in one.theirs)
    )


def _count(left: tuple[Piece, ...]) -> int:
    return sum(map(counts, left))


def _hint(paired: Paired) -> float:
    """How much, up to a half, what is left on both sides is still alike: Hun and Man, Harry, Larry.

    It does not make a pair; it says that the difference may be one of writing after all.
    """
    return 0.5 * max(
        _letters(one.facts.keys, other.facts.keys)
        for one in paired.ours_left
        for other in paired.theirs_left
    )


def _letters(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The share of letters that two parts have in common, by their likeliest keys."""
    if not ours or not theirs:
        return 0.0
    return float(OSA.normalized_similarity(ours[0], theirs[0]))


def _fathers(paired: Paired) -> int:
    """1 where both names have a father's name and they contradict, -1 where they agree."""
    if any(
        one.ours[0].role == one.theirs[0].role == "patronymic" and one.alike.way is not Way.INITIAL
        for one in paired.pairs
    ):
        return -1
    both = [
        any(piece.role == "patronymic" for piece in side)
        for side in (paired.ours_left, paired.theirs_left)
    ]
    return int(all(both))


def _crossed(pairs: tuple[Pair, ...]) -> int:
    """1 where a father's name answers to the person's own: Salman bin Ahmad, Ahmad bin Salman."""
    return int(
        sum(
            (one.ours[0].role in _FATHER) != (one.theirs[0].role in _FATHER)
            for one in pairs
            if any(side[0].role in _FATHER for side in (one.ours, one.theirs))
        )
        >= 2
    )


_FATHER = ("patronymic", "father")


def _ordered(pairs: tuple[Pair, ...]) -> int:
    places = [one.theirs[0].at for one in sorted(pairs, key=lambda p: p.ours[0].at)]
    return int(places == sorted(places))
