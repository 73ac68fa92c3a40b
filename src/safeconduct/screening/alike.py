"""How alike two parts of names are, and in what way; it knows nothing of whole names."""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from safeconduct.names.likeness import likeness
from safeconduct.screening.facts import Facts

LEAST = 0.66
"""Below this two parts are different parts."""


class Way(StrEnum):
    """In what way two parts agree."""

    SAME = "same"
    """written alike, but for case and accents"""
    SOUND = "sound"
    """two spellings of one sound, as romanisations differ"""
    VARIANT = "variant"
    """two forms of one name (Aleksandr, Oleksandr)"""
    FATHER = "father"
    """two forms of one father's name (Olehovych, Olegovich)"""
    DIMINUTIVE = "diminutive"
    """a pet name and the full name"""
    CLOSE = "close"
    """a few letters differ"""
    INITIAL = "initial"
    """an initial and a name that begins with it"""


class Alike(NamedTuple):
    """How alike two parts are, from 0 (different) to 1."""

    degree: float
    way: Way | None


DIFFERENT = Alike(0.0, None)


@lru_cache(maxsize=65_536)
def alike(one: Facts, other: Facts) -> Alike:
    """How alike two parts are, roles aside. The order of the two does not matter."""
    if one.form == other.form:
        return Alike(1.0, Way.SAME)
    if not set(one.keys).isdisjoint(other.keys):
        return Alike(0.99, Way.SOUND)
    if one.stem_keys and other.stem_keys:
        stems = _by_keys(one.stem_keys, other.stem_keys, one.stem_near, other.stem_near)
        if stems >= 0.99 or not one.stem_groups.isdisjoint(other.stem_groups):
            return Alike(0.98, Way.FATHER)
        if stems >= LEAST:
            return Alike(stems, Way.CLOSE)
        return DIFFERENT
    if not one.groups.isdisjoint(other.groups):
        return Alike(0.95, Way.VARIANT)
    degree = _by_keys(one.keys, other.keys, one.near, other.near)
    if degree < 0.8 and _pet(one, other):
        return Alike(0.8, Way.DIMINUTIVE)
    return Alike(degree, Way.CLOSE) if degree >= LEAST else DIFFERENT


def kin(one: Facts, other: Facts) -> bool:
    """Whether two parts may be alike without sounding alike: by name groups or by father's name."""
    return (
        not one.groups.isdisjoint(other.groups)
        or _pet(one, other)
        or bool(one.stem_keys and other.stem_keys)
        or one.form == other.form
    )


def _pet(one: Facts, other: Facts) -> bool:
    return not (
        one.diminutives.isdisjoint(other.groups) and one.groups.isdisjoint(other.diminutives)
    )


def _by_keys(
    ours: tuple[str, ...], theirs: tuple[str, ...], near: frozenset[int], other: frozenset[int]
) -> float:
    return 0.0 if near.isdisjoint(other) else likeness(ours, theirs)
