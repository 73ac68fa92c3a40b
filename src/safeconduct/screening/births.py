"""Dates of birth as evidence: what two of them say together, in a fixed set of ways.

A missing date says nothing. On lists and in papers the first of January often stands for a day
that nobody knew; it is read as the year alone.
"""

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

import msgspec

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Birth(msgspec.Struct, frozen=True):
    """A date of birth: from `first` to `last` year, and the month and day where they are known.

    `text` is what was written. `circa` says that whoever wrote it was not sure.
    """

    text: str
    first: int
    last: int
    month: int | None = None
    day: int | None = None
    circa: bool = False

    @property
    def whole(self) -> bool:
        """Whether it names a day."""
        return self.day is not None


class BirthAgreement(StrEnum):
    """What two dates of birth say together, from the strongest support to the contrary."""

    SAME_DAY = "same-day"
    SWAPPED = "swapped"
    """day and month exchanged"""
    ONE_DIGIT = "one-digit"
    """one number of three differs by a slip: the day or month by one, or one digit of the year"""
    SAME_MONTH = "same-month"
    SAME_YEAR = "same-year"
    """the years agree, and one of the two says no more"""
    NEAR_YEAR = "near-year"
    """a year alone or an estimate, off by one or within what is estimated"""
    OTHER_DAY = "other-day"
    """one year, another day"""
    OTHER_YEAR = "other-year"
    """exact dates whose years differ by one or two"""
    DIFFERENT = "different"
    MISSING = "missing"


_RANK = {way: rank for rank, way in enumerate(BirthAgreement)}


@lru_cache(maxsize=65_536)
def birth(text: str, *, circa: bool = False) -> Birth | None:
    """A date of birth from `1964`, `1964-05`, `1964-05-01` or `1960/1964`; None for other texts."""
    bare = text.strip().rstrip("~?%")
    circa = circa or bare != text.strip()
    ends = [_ISO.fullmatch(end.strip()) for end in bare.split("/")]
    if not ends or len(ends) > 2 or any(end is None for end in ends):
        return None
    found = [end for end in ends if end is not None]
    first, last = int(found[0][1]), int(found[-1][1])
    if first > last:
        return None
    if len(found) == 2:
        return Birth(text, first, last, circa=circa)
    month, day = (int(found[0][n]) if found[0][n] else None for n in (2, 3))
    if day is not None and not _is_day(first, month or 0, day):
        return None
    if (month, day) == (1, 1):
        month = day = None
    return Birth(text, first, last, month, day, circa)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def births_agree(
    ours: tuple[Birth, ...], theirs: tuple[Birth, ...]
) -> tuple[BirthAgreement, Birth | None, Birth | None]:
    """The best that any two of them say, and which two; MISSING where either side has none."""
    if not ours or not theirs:
        return BirthAgreement.MISSING, None, None
    pairs = ((_two(one, other), one, other) for one in ours for other in theirs)
    return min(pairs, key=lambda found: _RANK[found[0]])


def _two(one: Birth, other: Birth) -> BirthAgreement:
    apart = max(one.first - other.last, other.first - one.last, 0)
    vague = one.circa or other.circa or one.first != one.last or other.first != other.last
    if one.whole and other.whole:
        return _days(one, other)
    if apart == 0 and vague:
        return BirthAgreement.NEAR_YEAR
    if apart == 0:
        return _months(one, other)
    if apart == 1 or (vague and apart <= 3):
        return BirthAgreement.NEAR_YEAR
    return BirthAgreement.DIFFERENT


def _months(one: Birth, other: Birth) -> BirthAgreement:
    if one.month is None or other.month is None:
        return BirthAgreement.SAME_YEAR
    return BirthAgreement.SAME_MONTH if one.month == other.month else BirthAgreement.OTHER_DAY


def _days(one: Birth, other: Birth) -> BirthAgreement:
    same = [one.first == other.first, one.month == other.month, one.day == other.day]
    if all(same):
        return BirthAgreement.SAME_DAY
    if same[0] and (one.month, one.day) == (other.day, other.month):
        return BirthAgreement.SWAPPED
    if sum(same) == 2 and _slip(one, other):
        return BirthAgreement.ONE_DIGIT
    if same[0]:
        return BirthAgreement.OTHER_DAY
    if abs(one.first - other.first) <= 2:
        return BirthAgreement.OTHER_YEAR
    if one.circa or other.circa:
        return BirthAgreement.NEAR_YEAR if abs(one.first - other.first) <= 3 else _DIFFERENT
    return _DIFFERENT


_DIFFERENT = BirthAgreement.DIFFERENT


def _slip(one: Birth, other: Birth) -> bool:
    """Whether the one number that differs could be a slip of the pen or of the ear."""
    if one.first != other.first:
        digits = sum(a != b for a, b in zip(str(one.first), str(other.first), strict=False))
        return digits == 1 or abs(one.first - other.first) == 1
    if one.month != other.month:
        return abs((one.month or 0) - (other.month or 0)) == 1
    days = abs((one.day or 0) - (other.day or 0))
    return days == 1 or days % 10 == 0
