"""The cheapest innocent explanations of statements that cannot all hold, more than two at a time.

One statement is changed at a time (see `changes`), and the conflict is decided anew with it. For
the investigator only; nothing is chosen.
"""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from safeconduct.casefile.findings import Message
from safeconduct.checks.changes import changes
from safeconduct.checks.material import Material, ids, lapse, natural
from safeconduct.checks.outside import named_outside
from safeconduct.checks.repairs import with_consequences
from safeconduct.checks.slips import of_each_kind
from safeconduct.timeline.conflicts import Conflict
from safeconduct.timeline.layout import Occurrence
from safeconduct.timeline.network import Circle
from safeconduct.timeline.posing import Named, Posed, posed, redated
from safeconduct.timeline.solving import can_hold, solve

STEPS = 200_000
"""For each change that is tried."""


class _Conflict(NamedTuple):
    """What cannot all hold: the claims, their problem, what they name, the circle if there is."""

    told: Mapping[str, Occurrence]
    posed: Posed
    named: Named
    circle: Circle | None


def innocent(claims: frozenset[str], short: int, material: Material) -> tuple[Message, ...]:
    """Changes of one claim after which these claims can all hold, in the declared order."""
    told = {claim: material.layout.of(claim) for claim in sorted(claims, key=natural)}
    named = named_outside(material)
    before = _posed(told, named, material)
    decided = solve(before.problem, STEPS)
    circle = decided.circle if isinstance(decided, Conflict) else None
    conflict = _Conflict(told=told, posed=before, named=named, circle=circle)
    found = of_each_kind(
        (message.id, partial(_tried, conflict, message, changed, material))
        for message, changed in changes(told, short, material)
    )
    joined = [one for one in told.values() if one.claim.relations or one.claim.lasts]
    if joined and short:
        parameters = {"claims": ids(*claims), "short": lapse(short)}
        found = (*found, Message("repair-some-date-or-order", parameters))
    return found


def _posed(told: Mapping[str, Occurrence], named: Named, material: Material) -> Posed:
    references, applicant = material.references, material.case.applicant.id
    return posed(told.values(), references.gazetteer, references.countries, applicant, named)


def _tried(
    conflict: _Conflict, message: Message, changed: Occurrence, material: Material
) -> Message | None:
    told, circle = conflict.told, conflict.circle
    again = _with(conflict, changed, material)
    if not can_hold(again.problem, STEPS):
        return None
    to_spare = _around(circle, again) if circle and "place" not in message.parameters else None
    return with_consequences(message, changed, to_spare, frozenset(told), material)


def _with(conflict: _Conflict, changed: Occurrence, material: Material) -> Posed:
    before = conflict.told[changed.claim.id]
    references = material.references
    places = [(one.where, one.origin, one.destination) for one in (before, changed)]
    if changed.claim is before.claim and places[0] == places[1] and _as_many(before, changed):
        return redated(conflict.posed, changed, references.gazetteer, references.countries)
    return _posed({**conflict.told, changed.claim.id: changed}, conflict.named, material)


def _as_many(one: Occurrence, other: Occurrence) -> bool:
    """Have both as many readings of their date, so that each keeps its place?"""
    counts = [len(each.reading.alternatives) if each.reading else None for each in (one, other)]
    return counts[0] == counts[1]


def _around(circle: Circle, again: Posed) -> int | None:
    """What is to spare around the circle that conflicted; None where it is no circle any more.

    Around that circle alone: another one may leave less. Each edge is looked up anew, the loosest
    of the readings; the ways between places are as they were.
    """
    loosest: dict[tuple[int, int, str], int] = {}
    for statement in again.problem.statements:
        for edges in statement.alternatives:
            for start, to, minutes, rule, _ in edges:
                key = (start, to, rule)
                loosest[key] = max(minutes, loosest.get(key, minutes))
    total = 0
    for start, to, minutes, rule, _ in circle.edges:
        if rule == "way":
            total += minutes
        elif (start, to, rule) in loosest:
            total += loosest[start, to, rule]
        else:
            return None
    return total if total >= 0 else None
