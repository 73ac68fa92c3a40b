"""Rings of coordinates: is a point inside, and how far is it from the edge.

A ring is a flat sequence lon, lat, lon, lat, … in 1e-5 degrees, cut at the antimeridian. Distances
are meant for a few tens of kilometres; they use a plane that touches the earth at the point.
"""

from collections.abc import Sequence
from math import cos, hypot, inf, radians

DEGREE = 100_000
KM_PER_DEGREE = 111.195
"""Of latitude, on the sphere of 6371.0088 km."""

_TURN = 360 * DEGREE


def inside(ring: Sequence[int], x: float, y: float) -> bool:
    """Whether the ring goes around the point an odd number of times."""
    odd = False
    x1, y1 = ring[-2], ring[-1]
    for at in range(0, len(ring), 2):
        x2, y2 = ring[at], ring[at + 1]
        if (y2 > y) != (y1 > y) and x < (x1 - x2) * (y - y2) / (y1 - y2) + x2:
            odd = not odd
        x1, y1 = x2, y2
    return odd


def distance_km(ring: Sequence[int], x: float, y: float, limit_km: float) -> float:
    """Kilometres from the point to the ring's edge, infinite if beyond the limit."""
    squeeze = max(cos(radians(y / DEGREE)), 1e-9)
    scale = KM_PER_DEGREE / DEGREE
    band = limit_km / scale
    best = inf
    x1, y1 = _wrapped(ring[-2] - x), ring[-1] - y
    for at in range(0, len(ring), 2):
        x2, y2 = _wrapped(ring[at] - x), ring[at + 1] - y
        if not ((y1 > band and y2 > band) or (y1 < -band and y2 < -band)):
            best = min(best, _to_segment(x1 * squeeze, y1, x2 * squeeze, y2))
        x1, y1 = x2, y2
    return best * scale if best <= band else inf


def _wrapped(dx: float) -> float:
    if dx > _TURN / 2:
        return dx - _TURN
    return dx + _TURN if dx < -_TURN / 2 else dx


def _to_segment(x1: float, y1: float, x2: float, y2: float) -> float:
    """From the origin to the nearest point of a segment."""
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if length == 0.0 else max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length))
    return hypot(x1 + along * dx, y1 + along * dy)
