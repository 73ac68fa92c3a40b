"""How fast could a journey be at most? Bounds for saying "impossible" and nothing weaker.

Every speed here is an assumption chosen to be too generous, so that a journey that was made is
never called impossible; none is a fact about a vehicle or a timetable. Distances are great
circles less both places' radii, the shortest way that there can be. Road and rail networks,
waiting and borders are not looked at here: "possible" does not mean "likely". What a network says
is an estimate, which makes a journey tight at most (see `TYPICAL_KMH`).
"""

from collections.abc import Mapping
from enum import StrEnum
from math import floor

import msgspec

from safeconduct.casefile.account import Means
from safeconduct.geo.spots import ELLIPSOID_MARGIN

# One kilometre a second: beyond every aircraft that a person in an account could have boarded.
ANY_MEANS_KMH = 3600.0

FLATTENING = ELLIPSOID_MARGIN
"""By how much the sphere may overstate a distance on the ellipsoid, at most (see `geo.spots`)."""

# Sustained over a whole journey, with no stop; each well above what such a journey averages.
FASTEST_KMH: Mapping[Means, float] = {
    Means.FOOT: 25.0,
    Means.BICYCLE: 60.0,
    Means.HORSE: 60.0,
    Means.MOTORCYCLE: 250.0,
    Means.CAR: 250.0,
    Means.BUS: 150.0,
    Means.TRUCK: 150.0,
    Means.ARMOURED_VEHICLE: 120.0,
    Means.CONVOY: 120.0,
    Means.TRAIN: 400.0,
    Means.SHIP: 110.0,
    Means.HELICOPTER: 450.0,
    Means.AEROPLANE: 3600.0,
}


# What such a journey about averages on main lines, stops included: an estimate for asking, never
# for a conflict. Assumptions of ours as the figures above, on the hasty side of what is usual.
TYPICAL_KMH: Mapping[Means, float] = {
    Means.FOOT: 5.0,
    Means.BICYCLE: 18.0,
    Means.HORSE: 10.0,
    Means.MOTORCYCLE: 80.0,
    Means.CAR: 80.0,
    Means.BUS: 65.0,
    Means.TRUCK: 65.0,
    Means.ARMOURED_VEHICLE: 40.0,
    Means.CONVOY: 40.0,
    Means.TRAIN: 80.0,
}


class Answer(StrEnum):
    """The answers about a journey, kept apart."""

    IMPOSSIBLE = "impossible"
    NOT_BY_THE_MEANS_STATED = "not-by-the-means-stated"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Travel(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with its figures: km at least, minutes at most, minutes needed at least.

    `minutes` is None when the dates leave it open.
    """

    answer: Answer
    km: float
    minutes: int | None
    needed: int
    means: Means | None

    @property
    def short_by(self) -> int:
        """Minutes that are missing; 0 or less if none is."""
        return 0 if self.minutes is None else self.needed - self.minutes


def minutes_needed(km: float, kmh: float) -> int:
    """Minutes that a distance needs at a speed, rounded down so as to claim nothing too much.

    A great circle on the sphere may be longer than the way on the flattened earth; that is taken
    off first.
    """
    return floor(km * (1 - FLATTENING) / kmh * 60)


def travel(km: float, minutes: int | None, means: Means | None) -> Travel:
    """Could `km` be covered in `minutes` at most, by any means and by the means stated?"""
    any_means = minutes_needed(km, ANY_MEANS_KMH)
    stated = minutes_needed(km, FASTEST_KMH[means]) if means else any_means
    if minutes is None:
        return Travel(answer=Answer.UNKNOWN, km=km, minutes=None, needed=stated, means=means)
    if minutes < any_means:
        answer, needed = Answer.IMPOSSIBLE, any_means
    elif minutes < stated:
        answer, needed = Answer.NOT_BY_THE_MEANS_STATED, stated
    else:
        answer, needed = Answer.POSSIBLE, stated
    return Travel(answer=answer, km=km, minutes=minutes, needed=needed, means=means)
