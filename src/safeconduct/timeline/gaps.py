"""Where does the account say nothing for longer than the case declares?"""

from collections.abc import Iterator

import msgspec

from safeconduct.timeline.presences import Presence


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """For `minutes` at least, between two presences, the account places the person nowhere."""

    before: Presence
    after: Presence
    minutes: int


def gaps(presences: tuple[Presence, ...], longer_than: int) -> Iterator[Gap]:
    """Gaps certain to be longer than `longer_than` minutes, in order of time.

    A presence whose end is not bounded may last until anything that follows, so no gap is seen
    after it; one whose start is not known is passed over.
    """
    dated = [one for one in presences if one.start_min.minutes is not None]
    latest: Presence | None = None
    for presence in dated:
        if latest is not None and latest.end_max.minutes is not None:
            start = presence.start_min.minutes
            silent = (start if start is not None else 0) - latest.end_max.minutes
            if silent > longer_than:
                yield Gap(before=latest, after=presence, minutes=silent)
        if latest is None or _end(presence) > _end(latest):
            latest = presence


def _end(presence: Presence) -> float:
    return float("inf") if presence.end_max.minutes is None else presence.end_max.minutes
