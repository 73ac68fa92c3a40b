"""What to ask for next: which claims a single dated proof would settle most about.

A conflict cannot say which of its statements is false; something from outside that dates or places
one of them can. Claims are ranked by how many conflicts, and then by how many open points, rest on
them. The order is shown and no number: discrepancies are never added up before anybody's eyes.
"""

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import (
    Finding,
    Message,
    NotChecked,
    Outcome,
    Text,
    Vetting,
)
from safeconduct.checks.material import natural

MOST_SHOWN = 5


class Settling(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, the findings in conflict that rest on it, and how many points it leaves open."""

    claim: str
    conflicts: tuple[str, ...]
    unknowns: int
    message: Message


def settling(case: Case, vetting: Vetting) -> tuple[Settling, ...]:
    """At most five claims, the one that would settle most first; none where nothing is open."""
    return _ranked(case, vetting)[:MOST_SHOWN]


def settles(case: Case, vetting: Vetting) -> dict[str, Message]:
    """For each conflict, by its finding's identifier, what would settle it and most beside it."""
    found: dict[str, Message] = {}
    for one in _ranked(case, vetting):
        for conflict in one.conflicts:
            found.setdefault(conflict, one.message)
    return found


def _ranked(case: Case, vetting: Vetting) -> tuple[Settling, ...]:
    conflicts: dict[str, list[str]] = {}
    unknowns: dict[str, int] = {}
    for finding in vetting.findings:
        if finding.outcome is Outcome.CONFLICTS:
            for claim in _cited(finding):
                conflicts.setdefault(claim, []).append(finding.id)
        elif finding.outcome in (Outcome.UNKNOWN, Outcome.ASKS):
            for claim in _cited(finding):
                unknowns[claim] = unknowns.get(claim, 0) + 1
    for one in vetting.not_checked:
        for claim in _cited(one):
            unknowns[claim] = unknowns.get(claim, 0) + 1
    kinds = {claim.id: claim.kind for claim in case.claims}
    ranked = sorted(
        (claim for claim in kinds if claim in conflicts or claim in unknowns),
        key=lambda one: (-len(conflicts.get(one, ())), -unknowns.get(one, 0), natural(one)),
    )
    return tuple(
        Settling(
            claim=claim,
            conflicts=tuple(conflicts.get(claim, ())),
            unknowns=unknowns.get(claim, 0),
            message=Message(f"settle-{kinds[claim]}", {"claim": Text(claim)}),
        )
        for claim in ranked
    )


def _cited(one: Finding | NotChecked) -> list[str]:
    return [because.id for because in one.because if because.kind == "claim"]
