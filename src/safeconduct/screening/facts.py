"""What is known of one part of a name by itself: how it sounds, whose spellings it has, how rare.

Made once for each distinct spelling and kept; comparing two names then only compares these.
"""

from functools import lru_cache
from math import log2
from zlib import crc32

import msgspec

from safeconduct.names.folding import gender_neutral, keys, skeleton
from safeconduct.names.rarity import share
from safeconduct.names.romanising import romanised
from safeconduct.names.variants import diminutive_of, groups

UNKNOWN_SHARE = 2.0**-17
"""The share taken for a part that no outside list of names has: rare, not unique."""

MOST_BITS, LEAST_BITS = 17.0, 1.0

_KEPT = 32_768


class Facts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One spelling of one part of a name.

    `keys` are the folds of its romanisations (none: only the same letters agree), `stem_keys` those
    of the father's name where it is a patronymic. `bits` is the information in bits that it
    carries, by its share of people outside of any list. `near` and `stem_near` are hashes that two
    parts must share to be alike at all; `bones` are the consonants of the keys.
    """

    form: str
    script: str
    role: str
    keys: tuple[str, ...]
    stems: tuple[str, ...]
    stem_keys: tuple[str, ...]
    groups: frozenset[int]
    diminutives: frozenset[int]
    stem_groups: frozenset[int]
    bits: float
    known: bool
    near: frozenset[int]
    stem_near: frozenset[int]
    bones: tuple[str, ...]

    @property
    def nearby(self) -> tuple[int, ...]:
        """`near` in rising order."""
        return tuple(sorted(self.near))


@lru_cache(maxsize=_KEPT)
def facts(form: str, script: str, role: str, stems: tuple[str, ...] = ()) -> Facts:
    """The facts of a cleaned token (its form, see names.reading) in a role (see names.parts).

    `stems`: what the father's name may be, where the token is a patronymic.
    """
    latin = romanised(form, script)
    own = keys(form, script)
    neutral = tuple(dict.fromkeys((*own, *(gender_neutral(key) for key in own))))
    stem = tuple(dict.fromkeys(key for one in stems for key in keys(one, script)))
    spelled = (form, *latin)
    shares = [one for key in own if (one := share(key)) is not None]
    rarest = max(shares) if shares else UNKNOWN_SHARE
    return Facts(
        form=form,
        script=script,
        role=role,
        keys=neutral,
        stems=stems,
        stem_keys=stem,
        groups=frozenset().union(*(groups(one) for one in spelled)),
        diminutives=frozenset().union(*(diminutive_of(one) for one in spelled)),
        stem_groups=frozenset().union(*(groups(one) for one in stems)),
        bits=_bits(rarest, role),
        known=bool(shares),
        near=frozenset(one for key in neutral for one in near(key)),
        stem_near=frozenset(one for key in stem for one in near(key)),
        bones=tuple(skeleton(key) for key in neutral),
    )


def _bits(share: float, role: str) -> float:
    # A particle joins parts; a father's name is worth little, since brothers share it.
    if role == "particle":
        return LEAST_BITS
    return min(MOST_BITS, max(LEAST_BITS, -log2(share)))


def near(fold: str) -> tuple[int, ...]:
    """Hashes of a fold's consonants, whole and each with one consonant left out.

    Two folds whose consonants differ by one insertion, omission, exchange or replacement share one.
    """
    bones = skeleton(fold)
    if len(bones) < 3:
        return (crc32(bones.encode()),)
    without = {bones[:at] + bones[at + 1 :] for at in range(len(bones))}
    return tuple(sorted(crc32(one.encode()) for one in (bones, *without)))
