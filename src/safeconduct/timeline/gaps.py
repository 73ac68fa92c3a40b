"""Where does the account say nothing for longer than the case declares?

Every dated claim speaks of its time, whether or not its place is known.
"""

from collections.abc import Iterator, Sequence

import msgspec

from safeconduct.timeline.layout import Occurrence


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """For `minutes` at least, between two claims, the account says nothing of the person."""

    before: Occurrence
    after: Occurrence
    minutes: int


def gaps(occurrences: Sequence[Occurrence], longer_than: int) -> Iterator[Gap]:
    """Gaps certain to be longer than `longer_than` minutes, in order of time.

    What has no bound on one side may reach over any gap on that side, so none is seen there.
    """
    dated = sorted(
        (one for one in occurrences if one.start_min.minutes is not None),
        key=lambda one: (one.start_min.minutes or 0, _end(one), len(one.claim.id), one.claim.id),
    )
    since = [one for one in occurrences if one.start_min.minutes is None]
    latest: Occurrence | None = None
    for occurrence in dated:
        if latest is not None and latest.end_max.minutes is not None:
            silent = (occurrence.start_min.minutes or 0) - latest.end_max.minutes
            reached = any(
                one.end_max.minutes is not None and one.end_max.minutes > latest.end_max.minutes
                for one in since
            )
            if silent > longer_than and not reached:
                yield Gap(before=latest, after=occurrence, minutes=silent)
        if latest is None or _end(occurrence) > _end(latest):
            latest = occurrence


def _end(occurrence: Occurrence) -> float:
    return float("inf") if occurrence.end_max.minutes is None else occurrence.end_max.minutes
