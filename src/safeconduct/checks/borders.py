"""Does a way lead over a border of which a public event tells something at that very time?

A closed crossing, a queue of days: what such an event means for one person only the person can say,
so it is asked about and never a conflict. A way whose dates reach beyond the event is left alone.
"""

from collections.abc import Iterator

from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Message,
    Outcome,
    Parameter,
    Text,
    Told,
)
from safeconduct.checks.material import Material, claim_id
from safeconduct.checks.milestones import CLOSE_MINUTES, source
from safeconduct.timeline.milestones import Milestone
from safeconduct.timeline.presences import Leg

KIND = "border"


def at_the_border(leg: Leg, material: Material, because: tuple[Because, ...]) -> Iterator[Finding]:
    """What to ask of a way between two countries, for each event that its dates fall into."""
    milestones = material.references.milestones
    countries = {leg.first.spot.country, leg.second.spot.country}
    if milestones is None or None in countries or len(countries) < 2:
        return
    for milestone in milestones.by_id.values():
        there = milestone.kind == KIND and countries <= set(milestone.countries)
        if there and _falls_into(leg, milestone):
            yield _asked(leg, milestone, because, milestones.dataset(milestone.id))


def _falls_into(leg: Leg, milestone: Milestone) -> bool:
    """Was the way surely made between the event's first and last moment?

    An event without a recorded end counts for two months: a closure may have gone on, a queue not.
    """
    leaves, arrives = leg.first.end_min.minutes, leg.second.start_max.minutes
    begins, ends = milestone.start[0], milestone.end[1] if milestone.ends else None
    if leaves is None or arrives is None or begins is None:
        return False
    return begins <= leaves and arrives <= (begins + CLOSE_MINUTES if ends is None else ends)


def _asked(leg: Leg, milestone: Milestone, because: tuple[Because, ...], dataset: str) -> Finding:
    places: dict[str, Parameter] = {
        "a": claim_id(leg.first.claim),
        "b": claim_id(leg.second.claim),
        "place_a": Text(leg.first.spot.label),
        "place_b": Text(leg.second.spot.label),
    }
    event: dict[str, Parameter] = {
        "milestone": Text(milestone.title),
        "date": Told(milestone.when),
        "source": source(milestone),
    }
    return Finding(
        check="journeys",
        outcome=Outcome.ASKS,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=Message("journey-border", {**places, **event}),
        because=(*because, Because("row", milestone.id, dataset)),
        question=Message("ask-border", places),
    )
