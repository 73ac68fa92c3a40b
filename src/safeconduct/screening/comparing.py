"""One person who is sought and one entity of a list → a match: score, band and explanation."""

from typing import NamedTuple

import msgspec

from safeconduct.screening.agreement import Compared, compared
from safeconduct.screening.entities import Entity
from safeconduct.screening.evidence import Evidence, evidence
from safeconduct.screening.index.naming import distinct_names
from safeconduct.screening.prepared import Prepared, prepare, spellings
from safeconduct.screening.scoring import Band, Verdict, name_logit, verdict
from safeconduct.screening.sought import Sought, SoughtName


class NamesCompared(NamedTuple):
    """The pair of names that agrees best, whether either is a weak one, and what they say alone."""

    compared: Compared
    weak: bool
    logit: float


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A candidate compared. `score` is a likeness of records, never a probability of guilt."""

    list: str
    entity: Entity
    score: float
    band: Band
    rule: str
    names: NamesCompared
    evidence: tuple[Evidence, ...]


def compare(sought: Sought, entity: Entity, *, list: str = "") -> Match | None:  # noqa: A002
    """Compares a person with an entity, all names with all names. None where neither has names."""
    best: NamesCompared | None = None
    ours = prepared_names(sought)
    for theirs, kind in distinct_names(entity):
        best = better(best, ours, theirs, weak=bool(kind))
    return None if best is None else match(sought, entity, best, list=list)


def prepared_names(sought: Sought) -> tuple[tuple[SoughtName, Prepared], ...]:
    """The names of a person made ready, each in all its spellings (see `prepared.spellings`)."""
    made = ((name, prepare(name.text, name.declared)) for name in sought.spelled())
    return tuple((name, one) for name, read in made if read.pieces for one in spellings(read))


def better(
    best: NamesCompared | None,
    ours: tuple[tuple[SoughtName, Prepared], ...],
    theirs: Prepared,
    *,
    weak: bool,
) -> NamesCompared | None:
    """The better of what was found so far and the best that this name of the list gives."""
    for name, prepared in ours:
        two = compared(prepared, theirs)
        logit = name_logit(two.agreement, weak=weak or name.weak)
        if best is None or logit > best.logit:
            best = NamesCompared(two, weak or name.weak, logit)
    return best


def match(sought: Sought, entity: Entity, names: NamesCompared, *, list: str) -> Match:  # noqa: A002
    """The match that a pair of names and everything beside them makes."""
    found = evidence(sought, entity)
    decided: Verdict = verdict(names.compared.agreement, found, weak=names.weak)
    return Match(
        list=list,
        entity=entity,
        score=round(decided.score, 4),
        band=decided.band,
        rule=decided.rule,
        names=names,
        evidence=found,
    )
