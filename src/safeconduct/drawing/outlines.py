"""The shapes that the map draws: countries and disputed areas near a view, cut to it.

Shapes are the shipped ones, cut at the antimeridian. Each is moved by whole turns to where the view
looks for it, cut to a window in degrees, projected, and thinned to what a pixel can show.
"""

from collections.abc import Iterator, Sequence

from safeconduct.drawing.projection import Point, View
from safeconduct.geo.countries import Box, LonLat, Outline

HALF_WINDOW = 160.0
"""Degrees east and west of the middle that a map may show."""
_FINEST, _FAR = 0.9, 30.0
_NORTH = 85.0
_STEP, _MORE = 2.0, 3.0


def window_of(view: View) -> Box:
    """The degrees that a view may show, generously: a grid is tried against its frame."""
    lon0, lat0 = view.projection.lon0, view.projection.lat0
    steps = int(HALF_WINDOW / _STEP)
    pixels = view.plotter()
    held = [
        (lon, lat)
        for lon in (lon0 + i * _STEP for i in range(-steps, steps + 1))
        for lat in (-84.0 + j * _STEP for j in range(int(168 / _STEP) + 1))
        if view.holds(*pixels(lon, lat), margin=-60.0)
    ]
    lons = [lon0, *(lon for lon, _ in held)]
    lats = [lat0, *(lat for _, lat in held)]
    return (
        min(lons) - _MORE,
        max(-_NORTH, min(lats) - _MORE),
        max(lons) + _MORE,
        min(_NORTH, max(lats) + _MORE),
    )


def drawn_rings(shape: Outline, view: View, window: Box) -> Iterator[list[tuple[Point, bool]]]:
    """The rings in pixels; True with a point whose way from the one before is no border.

    Such ways run along the window's edge or along the antimeridian, where shapes are cut.
    """
    for ring in shape.rings:
        lons = [lon for lon, _ in ring]
        least, most = min(lons), max(lons)
        for turn in (-360.0, 0.0, 360.0):
            if most + turn < window[0] or least + turn > window[2]:
                continue
            moved = [(lon + turn, lat) for lon, lat in ring] if turn else list(ring)
            cut = _clipped(moved, window)
            if len(cut) > 2:
                yield _thinned(cut, view, window)


def _thinned(ring: Sequence[LonLat], view: View, window: Box) -> list[tuple[Point, bool]]:
    found: list[tuple[Point, bool]] = []
    pixels = view.plotter()
    before = ring[-1]
    for lon, lat in ring:
        x, y = pixels(lon, lat)
        seam = _on_seam(before, (lon, lat), window)
        before = (lon, lat)
        if found and not seam and not found[-1][1]:
            (last_x, last_y), _ = found[-1]
            # What lies well outside the frame only has to close the shape.
            unseen = not view.holds(x, y, -_FAR) and not view.holds(last_x, last_y, -_FAR)
            fine = _FAR if unseen else _FINEST
            if abs(x - last_x) < fine and abs(y - last_y) < fine:
                continue
        found.append(((x, y), seam))
    return found


def _on_seam(one: LonLat, other: LonLat, window: Box) -> bool:
    west, south, east, north = window
    same_lon = abs(one[0] - other[0]) < 1e-9
    if same_lon and (abs(one[0] % 360.0 - 180.0) < 1e-4 or one[0] in (west, east)):
        return True
    return one[1] == other[1] and one[1] in (south, north)


def _clipped(ring: list[LonLat], window: Box) -> list[LonLat]:
    """Sutherland and Hodgman: the ring cut at each side of a box in turn."""
    west, south, east, north = window
    sides = ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1))
    for axis, edge, sign in sides:
        if not ring:
            break
        inside = [(point[axis] - edge) * sign >= 0 for point in ring]
        if not all(inside):
            ring = list(_cut(ring, inside, axis, edge))
    return ring


def _cut(
    ring: Sequence[LonLat], inside: Sequence[bool], axis: int, edge: float
) -> Iterator[LonLat]:
    for i, point in enumerate(ring):
        before = ring[i - 1]
        if inside[i] != inside[i - 1]:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (edge, other) if axis == 0 else (other, edge)
        if inside[i]:
            yield point
