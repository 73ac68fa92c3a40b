"""The space-time prism: where somebody can have been between two sightings.

Between a and b at no more than a given speed, a point is within reach when the two legs over it
fit into the time (Hägerstrand's prism). Whole discs count: a spot's radius is taken off each
distance, so that "out of reach" is sound. It knows no roads and no means; the speed is given.
"""

from datetime import datetime
from math import inf

import msgspec

from safeconduct.geo.spots import HALF_CIRCUMFERENCE_KM, Spot, separation_km

_SLACK_KM = 1e-6


class Prism(msgspec.Struct, frozen=True, kw_only=True):
    """Left spot `a` at `departs` at the earliest, was at spot `b` by `arrives` at the latest.

    Aware datetimes; `speed_kmh` above 0 and possibly infinite. ValueError for anything else, and
    for an arrival before the departure.
    """

    a: Spot
    b: Spot
    departs: datetime
    arrives: datetime
    speed_kmh: float

    def __post_init__(self) -> None:
        if self.departs.utcoffset() is None or self.arrives.utcoffset() is None:
            raise ValueError("a prism's times need an offset from UTC")
        if self.arrives < self.departs:
            raise ValueError("a prism's arrival lies before its departure")
        if not self.speed_kmh > 0.0:
            raise ValueError("a prism's speed lies above 0 km/h")


def budget_km(prism: Prism) -> float:
    """How many kilometres can be covered in all between departure and arrival."""
    return _covered(prism.speed_kmh, _hours(prism.departs, prism.arrives))


def feasible(prism: Prism) -> bool:
    """Whether b can be reached from a at all; if not, nothing is within reach."""
    return separation_km(prism.a, prism.b) <= budget_km(prism) + _SLACK_KM


def radii_at(prism: Prism, at: datetime) -> tuple[float, float] | None:
    """How far from a's disc and from b's disc one can be at that moment, in kilometres.

    None outside the prism's time. A point is within reach at that moment when it lies within
    both radii of the respective discs.
    """
    if at < prism.departs or at > prism.arrives:
        return None
    since, left = _hours(prism.departs, at), _hours(at, prism.arrives)
    return _covered(prism.speed_kmh, since), _covered(prism.speed_kmh, left)


def reachable(prism: Prism, point: Spot, at: datetime | None = None) -> bool:
    """Whether somewhere within the point's radius can have been visited, at any time or `at`.

    Errs only towards "can": with uncertain spots each leg starts and ends where it is shortest.
    A moment outside the prism's time is never within reach of the prism.
    """
    if not feasible(prism):
        return False
    from_a, to_b = separation_km(prism.a, point), separation_km(point, prism.b)
    if at is None:
        return from_a + to_b <= budget_km(prism) + _SLACK_KM
    radii = radii_at(prism, at)
    if radii is None:
        return False
    return from_a <= radii[0] + _SLACK_KM and to_b <= radii[1] + _SLACK_KM


def _hours(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600.0


def _covered(speed_kmh: float, hours: float) -> float:
    if hours == 0.0:
        return 0.0
    return HALF_CIRCUMFERENCE_KM * 2.0 if speed_kmh == inf else speed_kmh * hours
