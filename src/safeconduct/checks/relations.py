"""Checks on dates, relations and durations: what cannot all hold, and what hardly fits."""

from collections.abc import Iterable, Iterator

from safeconduct.casefile.findings import (
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Parameter,
    Text,
    Texts,
)
from safeconduct.checks.consistency_repairs import innocent
from safeconduct.checks.material import Material, cite, claim_id, ids, lapse, natural
from safeconduct.timeline.durations import little_room
from safeconduct.timeline.network import Circle

RELATIONS = "relations"
DURATIONS = "durations"


def relations_hold(material: Material) -> Iterator[Finding | NotChecked]:
    """Sets of dates, relations and durations that cannot all hold (circles of the network)."""
    claims = material.layout.case.claims
    related = [claim for claim in claims if claim.relations or claim.lasts]
    if not related:
        reason, needs = Message("no-relation-told"), Message("needs-relations")
        yield NotChecked(check=RELATIONS, reason=reason, needs=needs)
        return
    troubled: set[str] = set()
    for circle in material.layout.circles:
        troubled.update(circle.claims)
        parameters: dict[str, Parameter] = {
            "claims": ids(*circle.claims),
            "short": lapse(circle.minutes),
        }
        parameters |= _joined(circle)
        yield Finding(
            check=RELATIONS,
            outcome=Outcome.CONFLICTS,
            indicator=Indicator.INTERNAL_CONSISTENCY,
            message=Message("relations-cannot-all-hold", parameters),
            because=cite(*circle.claims),
            repairs=innocent(frozenset(circle.claims), circle.minutes, material),
            question=asked_about_order(circle.claims, material),
        )
    fitting = {claim.id for claim in related} - troubled
    if fitting:
        yield Finding(
            check=RELATIONS,
            outcome=Outcome.NOTHING_FOUND,
            indicator=Indicator.INTERNAL_CONSISTENCY,
            message=Message("relations-can-hold", {"claims": ids(*fitting)}),
            because=cite(*fitting),
        )


def _joined(circle: Circle) -> dict[str, Parameter]:
    """What joins the claims of a circle: durations and orders that were told."""
    lasting = [edge.claims[0] for edge in circle.edges if edge.rule == "duration"]
    orders = [" – ".join(edge.claims) for edge in circle.edges if edge.rule == "relation"]
    found: dict[str, Parameter] = {}
    if lasting:
        found["durations"] = ids(*lasting)
    if orders:
        found["orders"] = Texts(tuple(dict.fromkeys(orders)))
    return found


def asked_about_order(claims: Iterable[str], material: Material) -> Message:
    """What to ask about claims that cannot all hold; of one claim, when it began and ended."""
    found = sorted(claims, key=natural)
    if len(found) == 1:
        text = material.layout.of(found[0]).claim.text
        return Message("ask-start-and-end", {"what": Text(text)})
    return Message("ask-order", {"claims": ids(*found)})


def durations_fit(material: Material) -> Iterator[Finding | NotChecked]:
    """Stated durations that fit between the dates around them with little to spare."""
    for tight in little_room(material.layout):
        claim = tight.occurrence.claim
        words = claim.lasts.words if claim.lasts else None
        yield Finding(
            check=DURATIONS,
            outcome=Outcome.ASKS,
            indicator=Indicator.INTERNAL_CONSISTENCY,
            message=Message(
                "duration-little-room",
                {
                    "claim": claim_id(claim),
                    "words": Text(words) if words else lapse(tight.minutes),
                    "room": lapse(tight.room),
                    "spare": lapse(tight.room - tight.minutes),
                    "claims": ids(*tight.claims),
                },
            ),
            because=cite(*tight.claims),
            question=Message("ask-start-and-end", {"what": Text(claim.text)}),
            peripheral=claim.central == "peripheral",
        )
