"""Check: do stays in different places overlap for certain?"""

from collections.abc import Iterator

from safeconduct.casefile.account import ClaimKind
from safeconduct.casefile.findings import (
    Finding,
    Indicator,
    Km,
    Message,
    NotChecked,
    Outcome,
    Parameter,
    Text,
    Texts,
)
from safeconduct.checks.material import (
    Material,
    cite,
    claim_id,
    days,
    instant,
    lapse,
    told,
)
from safeconduct.checks.repairs import repairs
from safeconduct.geo.resolving import Ambiguous, Resolution
from safeconduct.timeline.moments import MINUTES_A_DAY
from safeconduct.timeline.presences import (
    Overlap,
    Placed,
    Presence,
    overlaps,
    to_spare,
    told_within,
)
from safeconduct.timeline.travel import ANY_MEANS_KMH

CHECK = "stays-overlap"
MOST_CANDIDATES = 8

THERE_AND_BACK_KM = 150.0
"""How far apart a home and a place of work are taken to be at most.

A convention of this project, with no claim to be more: it decides only what is asked.
"""

LONG_STAY = 7 * MINUTES_A_DAY
"""Stays that run together for less are no home and no place of work."""

LONG_TO_TELL = 31 * MINUTES_A_DAY
"""Nobody is asked to tell a longer time day by day."""


def stays_overlap(material: Material) -> Iterator[Finding | NotChecked]:
    """Two placings that are certain to overlap in places without a point in common."""
    compared = 0
    for placed in material.placed:
        yield from not_placed(CHECK, placed)
        dated = tuple(one for one in placed.presences if one.has_core)
        compared = max(compared, len(dated))
        found = list(overlaps(placed.presences))
        for overlap in found:
            yield _conflict(overlap, material)
        conflicting = {one.claim.id for pair in found for one in (pair.first, pair.second)}
        silent = {one.claim.id for one in dated} - conflicting
        if len(silent) > 1:
            yield Finding(
                check=CHECK,
                outcome=Outcome.NOTHING_FOUND,
                indicator=Indicator.INTERNAL_CONSISTENCY,
                message=Message("stays-no-certain-overlap"),
                because=cite(*silent),
            )
    if compared < 2:
        reason = Message("too-few-places")
        yield NotChecked(check=CHECK, reason=reason, needs=Message("needs-two-places"))


def not_placed(check: str, placed: Placed) -> Iterator[NotChecked]:
    """What has no place, or no dates, to be compared by."""
    for claim, resolution in placed.unplaced:
        yield NotChecked(
            check=check,
            reason=unplaced_reason(claim.id, resolution),
            needs=Message("needs-place", {"claim": claim_id(claim)}),
            because=cite(claim.id),
        )
    undated = {one.claim.id: one.claim for one in placed.presences if not one.has_core}
    for claim in undated.values():
        yield NotChecked(
            check=check,
            reason=Message("no-date-to-compare", {"claim": claim_id(claim)}),
            needs=Message("needs-date", {"claim": claim_id(claim)}),
            because=cite(claim.id),
        )


def _conflict(overlap: Overlap, material: Material) -> Finding:
    """A conflict; or, where one lies within the other, a question: people go away for a time."""
    first, second = overlap.first, overlap.second
    away = _interrupted(overlap)
    both_can_hold = "stay-within-stay" if away else _side_by_side(overlap)
    together = "stays-overlap" if overlap.minutes else "stays-overlap-at-some-time"
    return Finding(
        check=CHECK,
        outcome=Outcome.ASKS if both_can_hold else Outcome.CONFLICTS,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message(
            both_can_hold or together,
            {
                **_side("a", first),
                **_side("b", second),
                "overlap": lapse(overlap.minutes),
                "km": Km(round(overlap.km, 1)),
            },
        ),
        because=cite(*causes(first), *causes(second)),
        repairs=away
        + repairs(
            (first, second),
            frozenset((*causes(first), *causes(second))),
            overlap.short_by,
            lambda one, other, _: to_spare(one, other, None, ANY_MEANS_KMH),
            material,
        ),
        question=_question(first, second),
        peripheral=both_peripheral(first, second),
    )


def _interrupted(overlap: Overlap) -> tuple[Message, ...]:
    """Who lives in one place may be away for a time: cheapest where one lies within the other."""
    for outer, inner in ((overlap.first, overlap.second), (overlap.second, overlap.first)):
        if outer.end_of == "stay" and told_within(inner, outer):
            return (Message("repair-away-for-a-time", {"claim": claim_id(outer.claim)}),)
        limits = (outer.start_max, inner.start_min, inner.end_max, outer.end_min)
        begins, first, last, ends = (limit.minutes for limit in limits)
        if begins is None or first is None or last is None or ends is None:
            continue
        if begins <= first and last <= ends:
            return (Message("repair-away-for-a-time", {"claim": claim_id(outer.claim)}),)
    return ()


def _side_by_side(overlap: Overlap) -> str | None:
    """Two long stays near enough to live in one place and work in the other; else None."""
    both = (overlap.first, overlap.second)
    if overlap.km > THERE_AND_BACK_KM or overlap.minutes < LONG_STAY:
        return None
    towns = all(one.claim.kind is ClaimKind.STAY and not one.is_country for one in both)
    return "stay-beside-stay" if towns else None


def _question(first: Presence, second: Presence) -> Message:
    """Where were you then? Of the certain overlap, or of the whole of the vaguer of the two.

    In days, or in moments where the time asked about is shorter than two days.
    """
    starts = [one.start_max.minutes for one in (first, second)]
    ends = [one.end_min.minutes for one in (first, second)]
    known_starts = [minutes for minutes in starts if minutes is not None]
    known_ends = [minutes for minutes in ends if minutes is not None]
    if len(known_starts) + len(known_ends) < 4:
        both = f"{first.claim.text} / {second.claim.text}"
        return Message("ask-where-then", {"what": Text(both)})
    start, end = sorted((max(known_starts), min(known_ends)))
    if end - start < 2 * MINUTES_A_DAY:
        moments = {"start": instant(start), "end": instant(end)}
        return Message("ask-where-between-moments", moments)
    long = end - start > LONG_TO_TELL
    return Message("ask-where-between-long" if long else "ask-where-between", days(start, end))


def _side(letter: str, presence: Presence) -> dict[str, Parameter]:
    return {
        f"{letter}": claim_id(presence.claim),
        f"place_{letter}": Text(presence.spot.label),
        f"when_{letter}": told(presence.claim),
    }


def causes(presence: Presence) -> tuple[str, ...]:
    """The claims that a placing and its dates follow from."""
    limits = (presence.start_min, presence.start_max, presence.end_min, presence.end_max)
    return (presence.claim.id, *(claim for limit in limits for claim in limit.claims))


def both_peripheral(first: Presence, second: Presence) -> bool:
    """Does the applicant hold both statements to be peripheral?"""
    return first.claim.central == second.claim.central == "peripheral"


def unplaced_reason(claim: str, resolution: Resolution | None) -> Message:
    """Why a claim has no place that could be compared; candidates are listed, none is chosen."""
    if isinstance(resolution, Ambiguous):
        return Message(
            "place-ambiguous",
            {"claim": Text(claim), "candidates": Texts(candidates(resolution))},
        )
    return Message("place-unresolved" if resolution else "no-place-told", {"claim": Text(claim)})


def candidates(place: Ambiguous) -> tuple[str, ...]:
    """The towns that may be meant, with country and region; the most populous eight."""
    shown = tuple(
        f"{one.name} ({', '.join(filter(None, (one.region, one.country)))})"
        for one in place.candidates[:MOST_CANDIDATES]
    )
    return shown if len(place.candidates) <= MOST_CANDIDATES else (*shown, "…")
