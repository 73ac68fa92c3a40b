"""Which part of the earth a map shows, and which places crowd so much that they need an inset."""

from collections.abc import Iterator, Sequence
from math import asin, atan2, cos, degrees, hypot, radians, sin

import msgspec

from safeconduct.drawing.marks import Mark
from safeconduct.drawing.projection import Point, View, projection_of
from safeconduct.geo.countries import LonLat
from safeconduct.geo.spots import EARTH_RADIUS_KM

LEAST_KM = 160.0
"""A map shows at least so much across: shapes are not exact enough for less."""
COUNTRY_KM = 320.0
"""How much of a country is shown around the point by which lines reach it, at least."""
_CROWD_PX, _CROWD = 30.0, 3
_MOST_INSETS = 3


class Crowd(msgspec.Struct, frozen=True):
    """Places too close together for the main map: a letter and their marks."""

    letter: str
    marks: tuple[Mark, ...]


def circle(lat: float, lon: float, km: float, points: int = 48) -> Iterator[LonLat]:
    """Points all around at a distance on the sphere, as (lon, lat)."""
    angle, phi = km / EARTH_RADIUS_KM, radians(lat)
    for i in range(points):
        bearing = radians(360.0 * i / points)
        up = asin(sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(bearing))
        aside = atan2(sin(bearing) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(up))
        yield lon + degrees(aside), degrees(up)


def view_of(marks: Sequence[Mark], width: float, left: float, top: float, most: float) -> View:
    """A view that holds all marks with their radii; `most` is its greatest height."""
    edge = [point for mark in marks for point in circle(mark.lat, mark.lon, _shown_km(mark), 12)]
    projection = projection_of([(mark.lon, mark.lat) for mark in marks] + edge)
    planes = [projection.plane(lon, lat) for lon, lat in edge]
    (low_x, high_x), (low_y, high_y) = _range(planes, 0), _range(planes, 1)
    across, up = max(high_x - low_x, LEAST_KM) * 1.14, max(high_y - low_y, LEAST_KM / 2) * 1.14
    # A narrow frame is higher for its width, so that labels find room.
    height = max((0.5 if width >= 500 else 0.72) * width, min(most, width * up / across))
    return View(
        projection=projection,
        left=left,
        top=top,
        width=width,
        height=height,
        scale=min(width / across, height / up),
        centre=((low_x + high_x) / 2, (low_y + high_y) / 2),
    )


def crowds(marks: Sequence[Mark], view: View) -> tuple[Crowd, ...]:
    """Groups of three places and more of which each lies close to the next on the map."""
    points = [mark for mark in marks if mark.country is None and _is_small(mark, view)]
    groups: list[list[Mark]] = []
    for mark in points:
        near = [group for group in groups if any(_close(mark, other, view) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([mark, *(one for group in near for one in group)])
    order = {mark.key: place for place, mark in enumerate(points)}
    wanted = [
        tuple(sorted(group, key=lambda mark: order[mark.key]))
        for group in groups
        if len(group) >= _CROWD and len(group) < len(marks)
    ]
    wanted.sort(key=lambda group: (-len(group), order[group[0].key]))
    chosen = sorted(wanted[:_MOST_INSETS], key=lambda group: order[group[0].key])
    return tuple(Crowd(chr(65 + i), group) for i, group in enumerate(chosen))


def _shown_km(mark: Mark) -> float:
    return min(mark.radius_km, COUNTRY_KM) if mark.country else mark.radius_km


def _is_small(mark: Mark, view: View) -> bool:
    return mark.radius_km * view.scale < _CROWD_PX


def _close(one: Mark, other: Mark, view: View) -> bool:
    (x1, y1), (x2, y2) = view.at(one.lon, one.lat), view.at(other.lon, other.lat)
    return hypot(x2 - x1, y2 - y1) < _CROWD_PX


def _range(points: Sequence[Point], axis: int) -> tuple[float, float]:
    values = [point[axis] for point in points]
    return min(values), max(values)
