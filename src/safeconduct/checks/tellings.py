"""Check: what was told differently in two tellings of the same claim?

Differences stand side by side, each on its own; they are never counted up, and those that the
applicant holds to be peripheral are marked. Discrepancies between interviews are common in
truthful accounts (Herlihy, Scragg and Turner, BMJ 2002).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from safeconduct.casefile.account import Claim, Means
from safeconduct.casefile.durations import lasting_bounds
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Parameter,
    Term,
    Text,
)
from safeconduct.casefile.when import Bound, Reading, utc
from safeconduct.checks.material import Material, cite, claim_id, natural, told
from safeconduct.geo.resolving import Resolution, Resolved
from safeconduct.geo.spots import separation_km
from safeconduct.timeline.layout import Occurrence

CHECK = "tellings"


def tellings_agree(material: Material) -> Iterator[Finding | NotChecked]:
    """Each pair of a claim and its retelling, aspect by aspect."""
    pairs = _pairs(material)
    if not pairs:
        one = len(material.case.tellings) < 2
        reason = Message("one-telling-only" if one else "no-claim-retold")
        needs = Message("needs-second-telling" if one else "needs-retells")
        yield NotChecked(check=CHECK, reason=reason, needs=needs)
    for first, second in pairs:
        differences = list(_differences(first, second))
        yield from (_different(first.claim, second.claim, *one) for one in differences)
        if not differences:
            yield Finding(
                check=CHECK,
                outcome=Outcome.NOTHING_FOUND,
                indicator=Indicator.INTERNAL_CONSISTENCY,
                message=Message("told-alike", _names(first.claim, second.claim)),
                because=_because(first.claim, second.claim),
            )


def _pairs(material: Material) -> list[tuple[Occurrence, Occurrence]]:
    """Each claim with the one it retells; retellings of the same claim with each other too."""
    layout = material.layout
    groups: dict[str, set[str]] = {}
    for claim in layout.case.claims:
        if claim.retells:
            groups.setdefault(_first(claim, layout.occurrences), set()).add(claim.id)
    return [
        (layout.of(one), layout.of(other))
        for first, others in sorted(groups.items(), key=lambda item: natural(item[0]))
        for members in [sorted({first, *others}, key=natural)]
        for i, one in enumerate(members)
        for other in members[i + 1 :]
    ]


def _first(claim: Claim, occurrences: Mapping[str, Occurrence]) -> str:
    """The first telling of a claim, following `retells`; a ring of retellings stops somewhere."""
    seen = [claim.id]
    while claim.retells and claim.retells not in seen:
        seen.append(claim.retells)
        claim = occurrences[claim.retells].claim
    return min(seen, key=natural) if claim.retells else claim.id


Difference = tuple[str, Outcome, Parameter, Parameter, str | None]
"""Aspect, outcome, both sides as told, and which detail it is, if one."""


def _differences(first: Occurrence, second: Occurrence) -> Iterator[Difference]:
    one, other = first.claim, second.claim
    if one.when and other.when and _apart_in_time(first, second):
        yield "when", Outcome.CONFLICTS, told(one), told(other), None
    for aspect, here, there in (
        ("where", first.where, second.where),
        ("from", first.origin, second.origin),
        ("to", first.destination, second.destination),
    ):
        if _apart_in_space(here, there) and here and there:
            yield aspect, Outcome.CONFLICTS, Text(_label(here)), Text(_label(there)), None
    if one.by and other.by and one.by is not other.by:
        # A convoy is made of some vehicle, so the two may be the same.
        outcome = Outcome.ASKS if Means.CONVOY in (one.by, other.by) else Outcome.CONFLICTS
        yield "by", outcome, Term(f"means-{one.by}"), Term(f"means-{other.by}"), None
    if one.lasts and other.lasts and not _durations_meet(first, second):
        here_, there_ = (Text(lasts.words or lasts.iso) for lasts in (one.lasts, other.lasts))
        yield "lasts", Outcome.CONFLICTS, here_, there_, None
    yield from _details(one, other)


def _apart_in_time(first: Occurrence, second: Occurrence) -> bool:
    """No reading of the dates as they were told is common to both."""
    one, other = first.reading, second.reading
    if one is None or other is None:
        return False
    if one.is_interval and other.is_interval:
        return _disjoint(*_clocks(first, one.start, second, other.start)) or _disjoint(
            *_clocks(first, one.end, second, other.end)
        )
    return _disjoint(*_clocks(first, _hull(one), second, _hull(other)))


def _clocks(first: Occurrence, one: Bound, second: Occurrence, other: Bound) -> tuple[Bound, Bound]:
    """Both as told; in UTC where one of them states its offset."""
    if one.offset_minutes is None and other.offset_minutes is None:
        return one, other
    return utc(one, _zone(first)), utc(other, _zone(second))


def _zone(occurrence: Occurrence) -> tuple[int, int] | None:
    where = occurrence.where
    return where.spot.offsets if isinstance(where, Resolved) else None


def _hull(reading: Reading) -> Bound:
    return Bound(
        earliest=reading.start.earliest,
        latest=reading.end.latest,
        offset_minutes=reading.offset_minutes,
    )


def _disjoint(one: Bound, other: Bound) -> bool:
    def before(high: datetime | None, low: datetime | None) -> bool:
        return high is not None and low is not None and high <= low

    return before(one.latest, other.earliest) or before(other.latest, one.earliest)


def _apart_in_space(one: Resolution | None, other: Resolution | None) -> bool:
    if not isinstance(one, Resolved) or not isinstance(other, Resolved):
        return False
    return separation_km(one.spot, other.spot) > 0


def _label(place: Resolution) -> str:
    return place.spot.label if isinstance(place, Resolved) else ""


def _durations_meet(first: Occurrence, second: Occurrence) -> bool:
    one, other = first.claim.lasts, second.claim.lasts
    if one is None or other is None:
        return True
    (a, b), (c, d) = lasting_bounds(one), lasting_bounds(other)
    return a <= d and c <= b


def _details(one: Claim, other: Claim) -> Iterator[Difference]:
    """Details of the same kind in other words: they may mean the same, so they are asked about."""
    here = {detail.what.casefold(): detail for detail in one.details}
    for detail in other.details:
        first = here.get(detail.what.casefold())
        if first is None:
            continue
        mine = {text.casefold() for text in (first.value, *first.one_of) if text}
        theirs = {text.casefold() for text in (detail.value, *detail.one_of) if text}
        if not mine & theirs:
            sides = (
                Text(_shown(first.value, first.one_of)),
                Text(_shown(detail.value, detail.one_of)),
            )
            yield "detail", Outcome.ASKS, *sides, detail.what


def _shown(value: str | None, one_of: tuple[str, ...]) -> str:
    return value if value is not None else " / ".join(one_of)


def _different(
    one: Claim,
    other: Claim,
    aspect: str,
    outcome: Outcome,
    here: Parameter,
    there: Parameter,
    what: str | None,
) -> Finding:
    named: dict[str, Parameter] = {"what": Text(what)} if what else {}
    repairs: tuple[Message, ...] = ()
    if outcome is Outcome.CONFLICTS:
        repairs = (
            Message("repair-interpreter-slip", {"aspect": Term(f"aspect-{aspect}")}),
            Message("repair-first-telling-less-exact", _names(one, other)),
        )
    return Finding(
        check=CHECK,
        outcome=outcome,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message(
            f"told-differently-{aspect}",
            {**_names(one, other), "told_a": here, "told_b": there, **named},
        ),
        because=_because(one, other),
        repairs=repairs,
        question=Message("ask-tell-again", {"what": Text(one.text)}),
        peripheral="peripheral" in (one.central, other.central),
    )


def _names(one: Claim, other: Claim) -> dict[str, Parameter]:
    return {
        "a": claim_id(one),
        "b": claim_id(other),
        "telling_a": Text(one.told_in or "?"),
        "telling_b": Text(other.told_in or "?"),
    }


def _because(one: Claim, other: Claim) -> tuple[Because, ...]:
    tellings = sorted({claim.told_in for claim in (one, other) if claim.told_in}, key=natural)
    return (*cite(one.id, other.id), *(Because("telling", telling) for telling in tellings))
