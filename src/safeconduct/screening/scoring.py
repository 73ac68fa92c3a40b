"""From what two records say together to a score and a band; the weights and why they are so.

The score is calibrated: of labelled pairs that score about 0.7, about seven in ten are one person
(reliability curves: docs/explanation/screening.md). It is a likeness of records, never a
probability of guilt. A band is what a person is asked to look at; none of them says "clear".
"""

from enum import StrEnum
from math import exp
from typing import NamedTuple

from safeconduct.screening.agreement import Agreement
from safeconduct.screening.births import BirthAgreement
from safeconduct.screening.evidence import Evidence, Says


class Band(StrEnum):
    """What a match asks for."""

    NOTHING_FOUND = "nothing_found"
    REVIEW = "review"
    STRONG = "strong"


REVIEW_FROM, STRONG_FROM = 0.5, 0.9

ENOUGH_BITS = 14.0
"""Agreement on less is borne by many people at once, and alone never asks for a review."""

RARE_BITS = 30.0
"""Agreement on so much is borne by hardly anybody twice: strong by the name alone."""

MOST_AGREED = 40.0
"""Bits beyond which further agreement adds nothing: by then it is one name."""

NAME_WEIGHTS = {
    "constant": 1.6,
    "agreed": 0.045,
    "lost": -10.0,
    "far": 0.0,
    "opposed": -5.8,
    "extra": -0.9,
    "initials": 0.15,
    "pairs": 0.05,
    "fathers": -3.5,
    "crossed": -5.4,
    "ordered": 0.0,
    "weak": -2.4,
}

EVIDENCE_WEIGHTS = {
    ("birth", BirthAgreement.SAME_DAY): 3.4,
    ("birth", BirthAgreement.SWAPPED): 3.0,
    ("birth", BirthAgreement.ONE_DIGIT): 2.0,
    ("birth", BirthAgreement.SAME_MONTH): 2.0,
    ("birth", BirthAgreement.SAME_YEAR): 0.4,
    ("birth", BirthAgreement.NEAR_YEAR): 0.1,
    ("birth", BirthAgreement.OTHER_DAY): -1.0,
    ("birth", BirthAgreement.OTHER_YEAR): -2.0,
    ("birth", BirthAgreement.DIFFERENT): -3.9,
    ("sex", Says.AGREES): 0.0,
    ("sex", Says.DIFFERS): -2.7,
    ("citizenship", Says.AGREES): 0.5,
    ("citizenship", Says.DIFFERS): -1.6,
    ("birth-place", Says.AGREES): 0.7,
    ("birth-place", Says.DIFFERS): -1.3,
    ("document", Says.AGREES): 6.0,
    ("unit", Says.AGREES): 2.0,
}

LEAST_LOGIT = -6.0
"""Names that say less are not looked at further: nothing that may stand beside lifts them."""


class Verdict(NamedTuple):
    """A score from 0 to 1, its band, and the rule that decided the band."""

    score: float
    band: Band
    rule: str


def features(agreement: Agreement, *, weak: bool = False) -> dict[str, float]:
    """What two names say, as the numbers that NAME_WEIGHTS weigh."""
    return {
        "constant": 1.0,
        "agreed": min(agreement.agreed, MOST_AGREED),
        "lost": agreement.lost,
        "far": agreement.far,
        "opposed": agreement.opposed,
        "extra": min(agreement.extra, 4),
        "initials": agreement.initials,
        "pairs": min(agreement.pairs, 3),
        "fathers": max(agreement.fathers, 0),
        "crossed": agreement.crossed,
        "ordered": agreement.ordered,
        "weak": float(weak),
    }


def name_logit(agreement: Agreement, *, weak: bool = False) -> float:
    """What two names say alone, as log-odds."""
    said = features(agreement, weak=weak)
    return sum(NAME_WEIGHTS[name] * value for name, value in said.items())


def verdict(agreement: Agreement, found: tuple[Evidence, ...], *, weak: bool = False) -> Verdict:
    """The score of a name with everything beside it, and its band.

    1. Log-odds of the name and of each evidence are added.
    2. What agreement alone can never carry, by name alone, stays below a review.
    """
    beside = sum(EVIDENCE_WEIGHTS.get((one.kind, way_of(one)), 0.0) for one in found)  # 1
    score = 1 / (1 + exp(-max(-30.0, min(30.0, name_logit(agreement, weak=weak) + beside))))
    if _numbered(found) and score < REVIEW_FROM:  # 2
        return Verdict(score, Band.REVIEW, "same-number")
    if _other_name(agreement) and not _numbered(found):
        return Verdict(score, Band.NOTHING_FOUND, "other-name")
    rule = _never_alone(agreement)
    if rule is not None and not _carried(found):
        return Verdict(score, Band.NOTHING_FOUND, rule)
    if rule == "single-part" and _numbered(found):
        return Verdict(score, Band.REVIEW, "same-number")
    return _banded(score, agreement, found, single=rule == "single-part")


def _banded(
    score: float, agreement: Agreement, found: tuple[Evidence, ...], *, single: bool
) -> Verdict:
    if single and score >= REVIEW_FROM:
        return Verdict(score, Band.REVIEW, "one-part-and-more")
    if score >= STRONG_FROM and _carried(found):
        return Verdict(score, Band.STRONG, "name-and-more")
    if score >= STRONG_FROM and agreement.firm + agreement.variant >= RARE_BITS:
        return Verdict(score, Band.STRONG, "rare-name")
    if score >= REVIEW_FROM:
        return Verdict(score, Band.REVIEW, "name-agrees")
    return Verdict(score, Band.NOTHING_FOUND, "too-little")


def way_of(one: Evidence) -> BirthAgreement | Says:
    """What one evidence says, as EVIDENCE_WEIGHTS names it."""
    return BirthAgreement(one.how) if one.kind == "birth" else one.says


def _other_name(agreement: Agreement) -> bool:
    """Whether one part at most agrees and others stand against each other: two names."""
    return agreement.pairs + agreement.initials < 2 and agreement.opposed > 0


def _numbered(found: tuple[Evidence, ...]) -> bool:
    return any(one.kind == "document" and one.says is Says.AGREES for one in found)


def _never_alone(agreement: Agreement) -> str | None:
    if agreement.pairs + agreement.initials < 2:
        return "single-part"
    if agreement.agreed < ENOUGH_BITS:
        return "common-name"
    return None


CARRIES = 1.5
"""Log-odds of what stands beside a name from which it carries a name that alone never would."""


def _carried(found: tuple[Evidence, ...]) -> bool:
    """Whether what stands beside the name speaks for one person."""
    said = [EVIDENCE_WEIGHTS.get((one.kind, way_of(one)), 0.0) for one in found]
    return sum(said) >= CARRIES and max(said) >= 1.0
