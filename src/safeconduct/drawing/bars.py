"""Occurrence → what is drawn of it on a time axis: a certain core, vague ends, open ends.

It draws only what the bounds say. A claim without any bound has no bar; it goes to the tray.
"""

import msgspec

from safeconduct.casefile.account import ClaimKind
from safeconduct.drawing.axis import Axis, Span
from safeconduct.timeline.layout import Occurrence

STUB = 20.0
"""How far an open end reaches beyond what is known, in pixels."""
LEAST = 7.0
"""What is narrower than this is drawn as a mark around its middle."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A claim on the axis, in pixels. `core` is when it surely was; None where no moment is sure.

    x0 to x1 is all that is drawn, the stubs of open ends included.
    """

    claim: str
    kind: ClaimKind
    x0: float
    x1: float
    core: tuple[float, float] | None
    opens_left: bool
    opens_right: bool

    @property
    def known(self) -> tuple[float, float]:
        """What is drawn, without the stubs of open ends."""
        return (
            self.x0 + (STUB if self.opens_left else 0.0),
            self.x1 - (STUB if self.opens_right else 0.0),
        )

    @property
    def is_mark(self) -> bool:
        """So short that it is drawn as a mark: a day on an axis of years."""
        return not self.opens_left and not self.opens_right and self.x1 - self.x0 <= LEAST


def span_of(occurrence: Occurrence) -> Span | None:
    """From the first to the last moment that any bound names, in minutes; None without any."""
    limits = (
        occurrence.start_min.minutes,
        occurrence.start_max.minutes,
        occurrence.end_min.minutes,
        occurrence.end_max.minutes,
    )
    known = [limit for limit in limits if limit is not None]
    return (min(known), max(known)) if known else None


def bar_of(occurrence: Occurrence, axis: Axis) -> Bar | None:
    """What is drawn of an occurrence; None where it has no bound at all."""
    span = span_of(occurrence)
    if span is None:
        return None
    opens_left = occurrence.start_min.minutes is None
    opens_right = occurrence.end_max.minutes is None
    x0, x1 = axis.x(span[0]), axis.x(span[1])
    if x1 - x0 < LEAST and not opens_left and not opens_right:
        middle = (x0 + x1) / 2
        x0, x1 = middle - LEAST / 2, middle + LEAST / 2
    return Bar(
        claim=occurrence.claim.id,
        kind=occurrence.claim.kind,
        x0=x0 - (STUB if opens_left else 0.0),
        x1=x1 + (STUB if opens_right else 0.0),
        core=_core(occurrence, axis),
        opens_left=opens_left,
        opens_right=opens_right,
    )


def _core(occurrence: Occurrence, axis: Axis) -> tuple[float, float] | None:
    start, end = occurrence.start_max.minutes, occurrence.end_min.minutes
    if start is None or end is None or start >= end:
        return None
    return axis.x(start), axis.x(end)
