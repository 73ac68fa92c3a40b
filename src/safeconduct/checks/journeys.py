"""Check: could the journeys between neighbouring places have been made in the time there was?

Answers, kept apart: impossible by any means; not by the means stated; tight; possible; unknown.
"Possible" means that great-circle distance and dates leave it open, and no more. "Tight" needs a
road or rail network among the reference data. What is known of a border
at that time is asked about.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from safeconduct.casefile.account import Claim, Means
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Km,
    Message,
    NotChecked,
    Outcome,
    Parameter,
    Speed,
    Term,
    Text,
)
from safeconduct.checks.borders import at_the_border
from safeconduct.checks.material import Material, cite, claim_id, lapse
from safeconduct.checks.repairs import repairs
from safeconduct.checks.stays import both_peripheral, causes, not_placed
from safeconduct.checks.tightness import tight
from safeconduct.timeline.layout import Occurrence
from safeconduct.timeline.presences import Leg, Presence, impossible_ways, legs, to_spare
from safeconduct.timeline.travel import ANY_MEANS_KMH, FASTEST_KMH, Answer

CHECK = "journeys"


def journeys(material: Material) -> Iterator[Finding | NotChecked]:
    """Every pair of placings for "impossible", and each way between neighbours for the rest."""
    seen = 0
    for placed in material.placed:
        impossible = list(impossible_ways(placed.presences))
        pairs = {_pair(leg) for leg in impossible}
        for leg in impossible:
            yield _impossible(leg, material)
        for leg in legs(material.layout, placed.presences):
            seen += 1
            if _pair(leg) not in pairs:
                yield from _leg(leg, material)
                yield from at_the_border(leg, material, _because(leg))
        seen += len(impossible)
        yield from not_placed(CHECK, placed)
    if not seen:
        reason, needs = Message("no-journey-to-compare"), Message("needs-two-places")
        yield NotChecked(check=CHECK, reason=reason, needs=needs)


def _leg(leg: Leg, material: Material) -> Iterator[Finding | NotChecked]:
    answer = leg.travel.answer
    if answer is Answer.UNKNOWN:
        yield NotChecked(
            check=CHECK,
            reason=Message("journey-time-unknown", _places(leg)),
            needs=Message("needs-journey-dates", _places(leg)),
            because=_because(leg),
        )
    elif answer is Answer.NOT_BY_THE_MEANS_STATED and leg.journey and leg.travel.means:
        yield _not_by_the_means(leg, leg.journey, leg.travel.means, material)
    elif found := tight(leg, material.references.networks, _because(leg)):
        yield found
    else:
        yield Finding(
            check=CHECK,
            outcome=Outcome.NOTHING_FOUND,
            indicator=Indicator.INTERNAL_CONSISTENCY,
            message=Message("journey-possible", {**_places(leg), **_figures(leg)}),
            because=_because(leg),
        )


def _impossible(leg: Leg, material: Material) -> Finding:
    return Finding(
        check=CHECK,
        outcome=Outcome.CONFLICTS,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message(
            "journey-impossible",
            {**_places(leg), **_figures(leg), "fastest": Speed(ANY_MEANS_KMH)},
        ),
        because=_because(leg),
        repairs=repairs(
            (leg.first, leg.second),
            frozenset((*causes(leg.first), *causes(leg.second))),
            leg.travel.short_by,
            lambda one, other, _: to_spare(one, other, None, ANY_MEANS_KMH),
            material,
        ),
        question=Message("ask-journey", _places(leg)),
        peripheral=both_peripheral(leg.first, leg.second),
    )


def _by_its_means(
    name: str, one: Presence, other: Presence, told: Mapping[str, Occurrence]
) -> int | None:
    """Minutes to spare for a journey that is told, by the means that it is told with."""
    journey = told[name].claim
    kmh = FASTEST_KMH[journey.by] if journey.by else ANY_MEANS_KMH
    return to_spare(one, other, journey, kmh)


def _not_by_the_means(leg: Leg, journey: Claim, means: Means, material: Material) -> Finding:
    stated: dict[str, Parameter] = {
        "means": Term(f"means-{means}"),
        "fastest": Speed(FASTEST_KMH[means]),
    }
    about = {*causes(leg.first), *causes(leg.second), journey.id}
    return Finding(
        check=CHECK,
        outcome=Outcome.CONFLICTS,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message("journey-not-by-means", {**_places(leg), **_figures(leg), **stated}),
        because=_because(leg),
        repairs=repairs(
            (leg.first, leg.second),
            frozenset(about),
            leg.travel.short_by,
            partial(_by_its_means, journey.id),
            material,
        ),
        question=Message("ask-means", _places(leg)),
        peripheral=both_peripheral(leg.first, leg.second),
    )


def _pair(leg: Leg) -> frozenset[tuple[str, str]]:
    return frozenset((one.claim.id, one.end_of) for one in (leg.first, leg.second))


def _because(leg: Leg) -> tuple[Because, ...]:
    journey = (leg.journey.id,) if leg.journey else ()
    return cite(*causes(leg.first), *causes(leg.second), *journey)


def _places(leg: Leg) -> dict[str, Parameter]:
    return {
        "a": claim_id(leg.first.claim),
        "b": claim_id(leg.second.claim),
        "place_a": Text(leg.first.spot.label),
        "place_b": Text(leg.second.spot.label),
    }


def _figures(leg: Leg) -> dict[str, Parameter]:
    return {
        "km": Km(round(leg.travel.km, 1)),
        "room": lapse(leg.travel.minutes or 0),
        "needed": lapse(leg.travel.needed),
    }
