"""The cheapest innocent explanations of a conflict between two placings of a person.

Each is a small change to one statement (see `changes`) under which both could hold. The claims
that the two placings follow from are laid out anew with it, so that nothing is named which an
order or another date forbids. With each stand what would be to spare then, and which other claims
it would conflict with by itself. They are for the investigator only, and choose nothing: which
statement is to be asked about, the applicant says.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec

from safeconduct.casefile.findings import Message, Parameter, Term, Text
from safeconduct.checks.breaking import conflicting_then
from safeconduct.checks.changes import Change, changes
from safeconduct.checks.material import Material, ids, lapse, natural
from safeconduct.checks.slips import of_each_kind
from safeconduct.timeline.layout import Occurrence, as_told, bounded
from safeconduct.timeline.presences import Presence, presences_of
from safeconduct.timeline.travel import FASTEST_KMH

Told = Mapping[str, Occurrence]
"""Claims by their identifiers, each as it was told, or with a change."""

Spare = Callable[[Presence, Presence, Told], int | None]
"""Minutes to spare between two placings; negative where they cannot both hold, None for no end."""

ELSEWHERE = "repair-other-place-of-that-name"


def repairs(
    pair: tuple[Presence, Presence],
    about: frozenset[str],
    short_by: int,
    spare: Spare,
    material: Material,
) -> tuple[Message, ...]:
    """Repairs in the declared order. `about`: the claims that the placings follow from."""
    names = sorted(about & material.layout.occurrences.keys(), key=natural)
    told = {name: material.layout.of(name) for name in names}
    unchanged = _together(pair, told, spare)
    if unchanged is None or unchanged[0] is None or unchanged[0] >= 0:
        # What conflicts rests on more than these claims; a change to them would prove nothing.
        return ()
    return of_each_kind(
        (message.id, partial(_tried, pair, told, (message, changed), spare, material))
        for message, changed in (*changes(told, short_by, material), *_by_means(told))
        if message.id != ELSEWHERE or changed.claim.id in {one.claim.id for one in pair}
    )


def _by_means(told: Told) -> Iterator[Change]:
    """Journeys by each other means, the slowest first; what names none may be as fast as any."""
    slowest_first = sorted(FASTEST_KMH, key=lambda means: (FASTEST_KMH[means], means))
    for one in told.values():
        for means in slowest_first if one.claim.by else ():
            if means is not one.claim.by:
                claim = msgspec.structs.replace(one.claim, by=means)
                parameters: dict[str, Parameter] = {
                    "claim": Text(claim.id),
                    "means": Term(f"means-{means}"),
                }
                message = Message("repair-other-means", parameters)
                yield message, msgspec.structs.replace(one, claim=claim)


def _tried(
    pair: tuple[Presence, Presence],
    told: Told,
    change: Change,
    spare: Spare,
    material: Material,
) -> Message | None:
    message, changed = change
    found = _together(pair, {**told, changed.claim.id: changed}, spare)
    if found is None or (found[0] is not None and found[0] < 0):
        return None
    return with_consequences(message, changed, found[0], frozenset(told), material)


def with_consequences(
    message: Message,
    changed: Occurrence,
    to_spare: int | None,
    about: frozenset[str],
    material: Material,
) -> Message:
    """The repair with what would be to spare then, and which other claims would conflict."""
    parameters = dict(message.parameters)
    if to_spare is not None:
        parameters["slack"] = lapse(to_spare)
    others = conflicting_then(changed, about, material)
    if others:
        parameters["breaks"] = ids(*others)
    return Message(message.id, parameters)


def _together(
    pair: tuple[Presence, Presence], told: Told, spare: Spare
) -> tuple[int | None] | None:
    """What is to spare when these are laid out by themselves; None where they cannot be."""
    laid_out, circles = bounded({name: as_told(one) for name, one in told.items()})
    if circles:
        return None
    found = [
        again
        for one in pair
        for again in presences_of(laid_out[one.claim.id])
        if again.end_of == one.end_of
    ]
    # A place that another telling does not give compares with nothing: no repair.
    return (spare(found[0], found[1], laid_out),) if len(found) == len(pair) else None
