"""What speaks for or against a match beside the name: a fixed set of kinds, each with what it says.

Missing on either side is neutral, and is told as missing.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from safeconduct.screening.alike import alike
from safeconduct.screening.births import Birth, BirthAgreement, births_agree
from safeconduct.screening.births import birth as read_birth
from safeconduct.screening.entities import Entity
from safeconduct.screening.prepared import prepare
from safeconduct.screening.sought import Sought

LEAST_NUMBER = 5
"""Characters that the number of a paper must have to say anything."""


class Says(StrEnum):
    """What one kind of evidence says."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING = "missing"


class Evidence(NamedTuple):
    """One kind of evidence: what it says, more exactly for births, and what stands on each side."""

    kind: str
    says: Says
    how: str
    ours: str
    theirs: str


def evidence(sought: Sought, entity: Entity) -> tuple[Evidence, ...]:
    """Birth, sex, citizenship, place of birth, documents and units, in this order, each once."""
    return (
        _birth(sought, entity),
        _sex(sought, entity),
        _citizenship(sought, entity),
        _birth_place(sought, entity),
        _numbers(
            "document",
            sought.documents,
            (one.number for one in entity.documents),
            least=LEAST_NUMBER,
        ),
        _numbers("unit", sought.units, entity.units, least=3),
    )


def births_listed(entity: Entity) -> tuple[Birth, ...]:
    """The dates of birth of an entity that can be read."""
    read = (
        read_birth(day.value, circa=day.circa)
        for day in entity.birth_dates
        if day.value is not None
    )
    return tuple(one for one in read if one is not None)


def _birth(sought: Sought, entity: Entity) -> Evidence:
    how, ours, theirs = births_agree(sought.births(), births_listed(entity))
    if how is BirthAgreement.MISSING:
        says = Says.MISSING
    elif how in (BirthAgreement.DIFFERENT, BirthAgreement.OTHER_YEAR, BirthAgreement.OTHER_DAY):
        says = Says.DIFFERS
    else:
        says = Says.AGREES
    written = sought.born if isinstance(sought.born, str) else "; ".join(sought.born or ())
    listed = "; ".join(day.text for day in entity.birth_dates)
    return Evidence(
        "birth", says, how, ours.text if ours else written or "", theirs.text if theirs else listed
    )


def _sex(sought: Sought, entity: Entity) -> Evidence:
    ours, theirs = sought.sex or "", entity.sex or ""
    if not ours or not theirs or "other" in (ours, theirs):
        says = Says.MISSING
    else:
        says = Says.AGREES if ours == theirs else Says.DIFFERS
    return Evidence("sex", says, says, ours, theirs)


def _citizenship(sought: Sought, entity: Entity) -> Evidence:
    ours = {code.lower() for code in sought.citizenships}
    theirs = {code.lower() for code in entity.citizenships}
    # What a list calls a country may be one of birth or stay: it can agree, and not contradict.
    linked = theirs | {code.lower() for code in entity.countries}
    if not ours or not linked:
        says = Says.MISSING
    elif not ours.isdisjoint(linked):
        says = Says.AGREES
    else:
        says = Says.DIFFERS if theirs else Says.MISSING
    return Evidence("citizenship", says, says, _listed(ours), _listed(theirs or linked))


def _birth_place(sought: Sought, entity: Entity) -> Evidence:
    ours, theirs = sought.birth_places, entity.birth_places
    if not ours or not theirs:
        says = Says.MISSING
    else:
        agree = any(_same_place(one, other) for one in ours for other in theirs)
        says = Says.AGREES if agree else Says.DIFFERS
    return Evidence("birth-place", says, says, "; ".join(ours), "; ".join(theirs))


def _same_place(one: str, other: str) -> bool:
    """Whether the longest word of either names the other place too, in any script."""
    ours, theirs = prepare(one).pieces, prepare(other).pieces
    pairs = ((a.facts, b.facts) for a in ours for b in theirs)
    return any(alike(a, b).degree >= 0.9 for a, b in pairs if min(len(a.form), len(b.form)) >= 4)


def _numbers(
    kind: str, ours: Iterable[str], theirs: Iterable[str], *, least: int = LEAST_NUMBER
) -> Evidence:
    ours, theirs = tuple(ours), tuple(theirs)
    own, other = ({read for one in side for read in readings(one)} for side in (ours, theirs))
    shared = {one for one in own & other if len(one) >= least}
    # Another number proves nothing: people hold several papers and serve in several units.
    says = Says.AGREES if shared else Says.MISSING
    return Evidence(kind, says, says, "; ".join(ours), "; ".join(theirs))


def readings(number: str) -> tuple[str, ...]:
    """A number as written, bare, and without words before it where it is long: INN 501216164913."""
    whole = bare(number)
    found = _WORDS_BEFORE.fullmatch(whole)
    return (whole, found[1]) if found else (whole,)


_WORDS_BEFORE = re.compile(r"[^\W\d_]+([0-9]{9,})")


def bare(number: str) -> str:
    """A number without spaces and signs, in small letters."""
    return re.sub(r"[\W_]", "", number).casefold()


def _listed(codes: set[str]) -> str:
    return ", ".join(sorted(codes))
