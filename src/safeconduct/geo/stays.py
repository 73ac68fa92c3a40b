"""A stay: somebody or something was at a spot, between vaguely known times.

Bounds only. Which stays belong to whom, and what follows from them, is for the engines.
"""

from datetime import datetime

import msgspec

from safeconduct.geo.spots import Spot


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """A stay that began between `start_min` and `start_max` and ended between `end_min` and
    `end_max`; aware datetimes, None is unbounded.

    Clipped on reading as the exposure contract says: no end lies before the earliest start and
    no start after the latest end, so start_max <= end_max and end_min >= start_min.
    ValueError for a time without an offset, and for a stay that no choice of times allows.
    """

    spot: Spot
    start_min: datetime | None = None
    start_max: datetime | None = None
    end_min: datetime | None = None
    end_max: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.start_min, self.start_max, self.end_min, self.end_max):
            if moment is not None and moment.utcoffset() is None:
                raise ValueError("a stay's times need an offset from UTC")
        _in_order(self.start_min, self.start_max, "starts")
        _in_order(self.end_min, self.end_max, "ends")
        _in_order(self.start_min, self.end_max, "the stay")
        if self.end_max is not None and (self.start_max is None or self.start_max > self.end_max):
            msgspec.structs.force_setattr(self, "start_max", self.end_max)
        if self.start_min is not None and (self.end_min is None or self.end_min < self.start_min):
            msgspec.structs.force_setattr(self, "end_min", self.start_min)


def certain_core(stay: Stay) -> tuple[datetime, datetime] | None:
    """The time [start_max, end_min] in which the stay surely lasted, whatever the true times.

    None where there is no such time, which includes every stay with an unknown latest start or
    earliest end.
    """
    if stay.start_max is None or stay.end_min is None or stay.start_max > stay.end_min:
        return None
    return stay.start_max, stay.end_min


def may_include(stay: Stay, moment: datetime) -> bool:
    """Whether the stay may have lasted at this aware moment."""
    after = stay.start_min is None or stay.start_min <= moment
    return after and (stay.end_max is None or moment <= stay.end_max)


def _in_order(first: datetime | None, last: datetime | None, what: str) -> None:
    if first is not None and last is not None and first > last:
        raise ValueError(f"{what}: {first.isoformat()} lies after {last.isoformat()}")
