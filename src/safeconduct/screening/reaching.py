"""The most that names of a list could come to, before any is compared: bounds, by arrays.

The terms are those of `scoring`, each as good for the name as it can be; what stays below a review
even so need not be compared.
"""

import numpy as np

from safeconduct.screening.births import Birth, BirthAgreement
from safeconduct.screening.evidence import Says
from safeconduct.screening.index.opened import Index
from safeconduct.screening.index.sections import Array
from safeconduct.screening.scoring import EVIDENCE_WEIGHTS, MOST_AGREED, NAME_WEIGHTS
from safeconduct.screening.sought import Sought

_BIRTH = {way: EVIDENCE_WEIGHTS.get(("birth", way), 0.0) for way in BirthAgreement}
MOST_OF_BIRTHS = max(_BIRTH.values())
"""The most that dates of birth can add."""

_NEAR_YEARS = 3
_LAST_YEAR = 3000


def name_reach(agreed: Array, lost: Array, opposed: Array, extra: Array, initials: Array) -> Array:
    """The most that names can say alone, as log-odds; `lost` is in log-odds already.

    Of what is opposed, one part may be hinted at by half (see `agreement`).
    """
    against = np.maximum(opposed - 0.5 * (opposed > 0), 0.0)
    most: Array = (
        NAME_WEIGHTS["constant"]
        + NAME_WEIGHTS["agreed"] * np.minimum(agreed, MOST_AGREED)
        + 3 * NAME_WEIGHTS["pairs"]
        + NAME_WEIGHTS["initials"] * initials
        + NAME_WEIGHTS["opposed"] * against
        + NAME_WEIGHTS["extra"] * np.minimum(extra, 4)
        - lost
    )
    return most


def lost_at_least(hope: Array) -> Array:
    """What a part costs in log-odds, at least, that letters and consonants say is so much alike.

    Measured on parts of names: of those that share so little, one in a hundred is more alike (see
    `neighbouring` for the measure). Left without an answer it would cost an extra part.
    """
    known = np.interp(hope, _HOPE, _ALIKE)
    lost: Array = np.minimum(-NAME_WEIGHTS["lost"] * (1 - known), -NAME_WEIGHTS["extra"])
    return lost


_HOPE = np.array([0.575, 0.605, 0.645, 0.685, 0.70], np.float32)
_ALIKE = np.array([0.82, 0.84, 0.88, 0.90, 1.0], np.float32)


def beside_reach(sought: Sought) -> float:
    """The most that what stands beside a name can add, but for births and numbers of papers."""
    given = {
        "citizenship": sought.citizenships,
        "birth-place": sought.birth_places,
        "unit": sought.units,
    }
    return sum(EVIDENCE_WEIGHTS[kind, Says.AGREES] for kind, said in given.items() if said)


def births_reach(births: tuple[Birth, ...], index: Index, entities: Array) -> Array:
    """The most that dates of birth can add, by entity; negative where they contradict."""
    first, last = index.first_year[entities], index.last_year[entities]
    reach = np.zeros(entities.size, np.float32)
    if not births:
        return reach
    since, until = min(one.first for one in births), max(one.last for one in births)
    apart = np.maximum(np.maximum(since - last, first - until), 0)
    reach[:] = _BIRTH[BirthAgreement.DIFFERENT]
    reach[apart <= _NEAR_YEARS] = _BIRTH[BirthAgreement.ONE_DIGIT]
    reach[apart == 0] = _BIRTH[BirthAgreement.SAME_DAY]
    slipped = _slips(births, first, last) & (apart > _NEAR_YEARS)
    reach[slipped] = _BIRTH[BirthAgreement.ONE_DIGIT]
    if len(births) == 1 and births[0].whole and not births[0].circa:
        exact = index.born[entities]
        known = exact > 0
        reach[known] = _days(births[0], exact[known])
    reach[first == 0] = 0.0
    return reach


def _days(ours: Birth, theirs: Array) -> Array:
    """Of one whole date and many, each year * 10,000 + month * 100 + day."""
    theirs = theirs.astype(np.int64)
    year, month, day = theirs // 10_000, theirs // 100 % 100, theirs % 100
    years, months, days = year == ours.first, month == ours.month, day == ours.day
    swapped = years & (month == ours.day) & (day == ours.month)
    same = years.astype(np.int8) + months + days
    said = (
        (same == 3, BirthAgreement.SAME_DAY),
        (swapped, BirthAgreement.SWAPPED),
        (same == 2, BirthAgreement.ONE_DIGIT),
        (years, BirthAgreement.OTHER_DAY),
        (np.abs(year - ours.first) <= 2, BirthAgreement.OTHER_YEAR),
    )
    reach: Array = np.select(
        [where for where, _ in said],
        [_BIRTH[way] for _, way in said],
        _BIRTH[BirthAgreement.DIFFERENT],
    )
    return reach


def _slips(births: tuple[Birth, ...], first: Array, last: Array) -> Array:
    """Where a year from `first` to `last` differs from one of ours in one digit."""
    fits = np.zeros(_LAST_YEAR + 2, np.int32)
    for one in births:
        if one.first == one.last:
            for place in (1, 10, 100, 1000):
                rest = one.first - one.first // place % 10 * place
                for digit in range(10):
                    fits[min(rest + digit * place, _LAST_YEAR)] = 1
    below = np.concatenate(([0], np.cumsum(fits)))
    slipped: Array = below[last.astype(np.int64) + 1] > below[first]
    return slipped
