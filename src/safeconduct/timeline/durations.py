"""Do stated durations leave room between the dates around them?

What cannot hold is a circle of the network (see `layout`). Here is the other half: a duration that
fits, but with so little to spare that the dates around it are worth asking about.
"""

from collections.abc import Iterator

import msgspec

from safeconduct.casefile.durations import parse_duration
from safeconduct.timeline.layout import Layout, Occurrence

LITTLE = 10
"""A stated duration leaves little room when less than a tenth of it is to spare.

A convention of this project, with no claim to be more: it decides only what is asked.
"""


class LittleRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A stated duration of `minutes` at least, in room for `room` minutes at most."""

    occurrence: Occurrence
    minutes: int
    room: int
    claims: tuple[str, ...]


def little_room(layout: Layout) -> Iterator[LittleRoom]:
    """Stated durations that fit with less than a tenth of themselves to spare.

    Only claims whose start and end are bounded by other claims are looked at: a claim whose own
    date gives both ends says the same thing twice.
    """
    for occurrence in layout.occurrences.values():
        start, end = occurrence.start_min, occurrence.end_max
        if occurrence.claim.lasts is None or start.minutes is None or end.minutes is None:
            continue
        claims = tuple(dict.fromkeys((occurrence.claim.id, *start.claims, *end.claims)))
        minutes = _minutes(occurrence)
        room = end.minutes - start.minutes
        if len(claims) > 1 and 0 <= room - minutes < minutes // LITTLE:
            yield LittleRoom(occurrence=occurrence, minutes=minutes, room=room, claims=claims)


def _minutes(occurrence: Occurrence) -> int:
    """The duration as it was said, without the padding that "about" may have."""
    lasts = occurrence.claim.lasts
    return 0 if lasts is None else int(parse_duration(lasts.iso).least.total_seconds() // 60)
