"""One map in its frame: ground, prisms, places, journeys, and labels where they meet nothing."""

from collections.abc import Iterable, Iterator
from math import hypot

import msgspec

from safeconduct.drawing.ground import Ground, ground
from safeconduct.drawing.house import (
    BODY,
    SMALL,
    Attributes,
    also,
    badge,
    badge_radius,
    line_height,
    paint,
    text,
)
from safeconduct.drawing.labelling import Box, Room, around, meet, nearest_point
from safeconduct.drawing.map_view import Crowd, circle
from safeconduct.drawing.map_words import area_name, country_name, name_of
from safeconduct.drawing.marks import Key, Mark
from safeconduct.drawing.projection import View
from safeconduct.drawing.svg import Node, group, local_id, node, points
from safeconduct.drawing.text import ascent, shortened, width_of
from safeconduct.drawing.way_shapes import Arc, arc, arc_shapes, head_box, prism_shape, sort_of
from safeconduct.drawing.ways import Reach, Way
from safeconduct.wording.language import Language

_DOT = 3.4
_MOST_IDS = 4
_NAME_ROOM = 150.0
_LEAST_COUNTRY = 500.0
"""Square pixels of a country that is worth a name."""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a panel shows. `crowds` are drawn as small dots in a lettered box, without labels."""

    marks: tuple[Mark, ...]
    ways: tuple[Way, ...]
    reaches: tuple[Reach, ...]
    crowds: tuple[Crowd, ...] = ()
    letter: str = ""


class Panel(msgspec.Struct, frozen=True):
    """A drawn map; the marks whose claims did not all find room; the disputed areas shown; the
    numbers of journeys that stand on it."""

    shapes: tuple[Node, ...]
    clip: Node
    unlabelled: tuple[Key, ...]
    areas: tuple[str, ...]
    numbered: tuple[int, ...]


def panel(content: Content, view: View, language: Language, prefix: str) -> Panel:
    """1. Ground. 2. Prisms and circles. 3. Journeys. 4. Labels: journeys, places, areas, countries.

    What comes first keeps its place; country names go where room is left.
    """
    name = f"map{content.letter.lower()}"
    clip = local_id(prefix, f"clip-{name}")
    crowded = {mark.key for crowd in content.crowds for mark in crowd.marks}
    countries = frozenset(mark.country for mark in content.marks if mark.country)
    land = ground(view, countries, f"url(#{local_id(prefix, 'dots')})")  # 1
    hatching = f"url(#{local_id(prefix, 'hatch')})"
    prisms = [prism_shape(one, view, hatching) for one in content.reaches if one.drawable]  # 2
    circles = [shape for mark in content.marks for shape in _circle(mark, view)]
    room = Room(
        (view.left + 3, view.top + 3, view.left + view.width - 3, view.top + view.height - 3)
    )
    letter = list(_letter(content.letter, view, room))
    dots = [shape for mark in content.marks for shape in _dot(mark, view, room, crowded)]
    boxes = _crowds(content.crowds, view, room)
    scale = list(_scale_bar(view, room, language))
    arcs = _arcs(content, view, crowded)  # 3
    for _, curve in arcs:
        # A head that lies under a label takes away the direction.
        room.take(head_box(curve))
        _avoid(curve, room)
    for mark in content.marks:
        _avoid_rim(mark, view, room)
    named = [(way, tuple(_way_label(way, curve, room))) for way, curve in arcs]  # 4
    badges = [shape for _, label in named for shape in label]
    labels, unlabelled = _place_labels(content, view, room, crowded, language)
    told = {name_of(mark, language) for mark in content.marks}
    least = _LEAST_COUNTRY if view.width > 500 else 2 * _LEAST_COUNTRY
    names = [
        *_area_labels(land, told, room, language),
        *_country_labels(land, told, least, room, language),
    ]
    frame: Attributes = {
        "x": view.left,
        "y": view.top,
        "width": view.width,
        "height": view.height,
    }
    lines = [shape for way, curve in arcs for shape in arc_shapes(curve, sort_of(way.means))]
    seen = [*land.shapes, *(one for one in prisms if one), *circles, *lines]
    shapes = (
        group({"class": "map", "clip-path": f"url(#{clip})"}, seen),
        node("rect", also({**paint(None, "edge", 1.0), **frame}, "frame")),
        *(*dots, *boxes, *names, *labels, *badges, *scale, *letter),
    )
    cut = node("clipPath", {"id": clip}, node("rect", frame))
    numbered = tuple(way.number for way, label in named if label and way.number)
    return Panel(shapes, cut, unlabelled, tuple(area for area, _ in land.areas), numbered)


def _circle(mark: Mark, view: View) -> Iterator[Node]:
    """The edge within which a place surely lies, where it is wide enough to be seen."""
    if mark.country or mark.radius_km * view.scale < _DOT + 1.5:
        return
    rim = [view.at(lon, lat) for lon, lat in circle(mark.lat, mark.lon, mark.radius_km)]
    stroke = {**paint("accent", "accent", 1.2), "fill-opacity": 0.1, "stroke-dasharray": "3 2"}
    yield node("polygon", also({**stroke, "points": points(rim)}, "radius"))


def _dot(mark: Mark, view: View, room: Room, crowded: set[Key]) -> Iterator[Node]:
    x, y = view.at(mark.lon, mark.lat)
    if not view.holds(x, y):
        return
    r = 2.0 if mark.key in crowded else _DOT
    how = paint("paper", "accent", 1.3) if mark.country else paint("accent", "paper", 1.0)
    if mark.country:
        # Hollow and dashed: a point to draw lines to, not a place that was told.
        how["stroke-dasharray"] = "1.6 1.2"
    room.take((x - r - 1, y - r - 1, x + r + 1, y + r + 1))
    yield node("circle", also({**how, "cx": x, "cy": y, "r": r}, "place"))


def _crowds(crowds: tuple[Crowd, ...], view: View, room: Room) -> list[Node]:
    """A frame around each crowd, and its letter in or at one of the frame's own corners.

    Frames may lie over one another.
    """
    frames = [_frame(crowd, view) for crowd in crowds]
    for left, top, right, bottom in frames:
        for edge in (
            (left - 1, top - 1, right + 1, top + 1),
            (left - 1, bottom - 1, right + 1, bottom + 1),
            (left - 1, top - 1, left + 1, bottom + 1),
            (right - 1, top - 1, right + 1, bottom + 1),
        ):
            room.take(edge)
    shapes: list[Node] = []
    for crowd, (left, top, right, bottom) in zip(crowds, frames, strict=True):
        box: Attributes = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        shapes.append(node("rect", also({**paint(None, "ink", 1.0), **box}, "crowd")))
        size = (width_of(crowd.letter, BODY, True), line_height(BODY))
        others = [one for one in frames if one != (left, top, right, bottom)]
        corners = list(_at_corners((left, top, right, bottom), size))
        # In another frame it would read as that one's letter.
        corners.sort(key=lambda spot: any(meet(spot, other) for other in others))
        found = room.first_free(corners)
        if found:
            spot = (found[0], found[1] + ascent(BODY))
            shapes.append(text(*spot, crowd.letter, bold=True, halo=True, name="letter"))
    for frame in frames:
        room.take(frame)
    return shapes


def _frame(crowd: Crowd, view: View) -> Box:
    spots = [view.at(mark.lon, mark.lat) for mark in crowd.marks]
    left, right = min(x for x, _ in spots) - 7, max(x for x, _ in spots) + 7
    top, bottom = min(y for _, y in spots) - 7, max(y for _, y in spots) + 7
    return left, top, right, bottom


def _at_corners(frame: Box, size: tuple[float, float]) -> Iterator[Box]:
    """Places for a letter: beside the corners, above and below them, then within them."""
    left, top, right, bottom = frame
    width, height = size
    outside = [(x, y) for y in (top, bottom - height) for x in (right + 3, left - width - 3)]
    outside += [(x, y) for x in (left, right - width) for y in (top - height - 2, bottom + 2)]
    ins = [(x, y) for y in (top + 2, bottom - height - 2) for x in (left + 4, right - width - 4)]
    for x, y in (*outside, *ins):
        yield x, y, x + width, y + height


def _arcs(content: Content, view: View, crowded: set[Key]) -> list[tuple[Way, Arc]]:
    marks = {mark.key: mark for mark in content.marks}
    within = [{mark.key for mark in crowd.marks} for crowd in content.crowds]
    drawn: dict[tuple[Key, Key], int] = {}
    found = []
    for way in content.ways:
        pair = (way.origin, way.destination)
        if way.origin not in marks or way.destination not in marks:
            continue
        if any(set(pair) <= crowd for crowd in within):
            continue
        ends = [view.at(marks[key].lon, marks[key].lat) for key in pair]
        gaps = [2.5 if key in crowded else _DOT + 2.0 for key in pair]
        curve = arc(ends[0], ends[1], drawn.get(pair, 0), (gaps[0], gaps[1] + 3.0))
        drawn[pair] = drawn.get(pair, 0) + 1
        if curve:
            found.append((way, curve))
    return found


def _avoid(curve: Arc, room: Room) -> None:
    steps = max(4, int(hypot(curve.end[0] - curve.start[0], curve.end[1] - curve.start[1]) / 5))
    for i in range(steps + 1):
        x, y = curve.at(i / steps)
        room.avoid((x - 2, y - 2, x + 2, y + 2))


def _avoid_rim(mark: Mark, view: View, room: Room) -> None:
    if not mark.country and mark.radius_km * view.scale >= _DOT + 1.5:
        for lon, lat in circle(mark.lat, mark.lon, mark.radius_km, 24):
            x, y = view.at(lon, lat)
            room.avoid((x - 1, y - 1, x + 1, y + 1))


def _place_labels(
    content: Content, view: View, room: Room, crowded: set[Key], language: Language
) -> tuple[list[Node], tuple[Key, ...]]:
    shapes: list[Node] = []
    left_out: list[Key] = []
    for mark in content.marks:
        if mark.key in crowded:
            continue
        ids = ", ".join(mark.claims[:_MOST_IDS])
        if more := len(mark.claims) - _MOST_IDS:
            ids += f" +{more}" if more > 0 else ""
        name = shortened(name_of(mark, language), SMALL, min(_NAME_ROOM, view.width * 0.4), True)
        wide = width_of(name, SMALL, True) + 1
        x, y = view.at(mark.lon, mark.lat)
        sizes = (max(wide, width_of(ids, SMALL) + 1), 2 * line_height(SMALL))
        box = room.first_free(around(x, y, _DOT + 4, sizes)) if view.holds(x, y) else None
        if box is None or len(mark.claims) > _MOST_IDS or name != name_of(mark, language):
            left_out.append(mark.key)
        if box is None and view.holds(x, y):
            # The name alone finds room where name and claims do not.
            box, ids = room.first_free(around(x, y, _DOT + 4, (wide, line_height(SMALL)))), ""
        if box:
            shapes += _label(box, (x, y), name, ids)
    return shapes, tuple(left_out)


def _label(box: Box, spot: tuple[float, float], name: str, ids: str) -> Iterator[Node]:
    near_x, near_y, away = nearest_point(box, *spot)
    if away > 14:
        share = (_DOT + 1) / (hypot(near_x - spot[0], near_y - spot[1]) or 1.0)
        start_x = spot[0] + (near_x - spot[0]) * share
        start_y = spot[1] + (near_y - spot[1]) * share
        line: Attributes = {"x1": start_x, "y1": start_y, "x2": near_x, "y2": near_y}
        yield node("line", also({**paint(None, "edge", 0.9), **line}, "leader"))
    y = box[1] + ascent(SMALL)
    yield text(box[0], y, name, size=SMALL, bold=True, halo=True, name="place-name")
    if ids:
        y += line_height(SMALL)
        yield text(box[0], y, ids, size=SMALL, role="quiet", halo=True, name="place-claims")


def _way_label(way: Way, curve: Arc, room: Room) -> Iterator[Node]:
    """A disc with the number on the line and the claim beside it; where there is no room for
    both, the disc; the claim alone if the order is not certain."""
    mark = str(way.number) if way.number else ""
    claim = width_of(way.claim, SMALL, True)
    disc = 2 * badge_radius(mark) if mark else 0.0
    found = _on_line(curve, disc + (2 if mark else 0) + claim, disc, room)
    has_claim = found is not None
    if found is None and mark:
        found = _on_line(curve, disc, disc, room)
    if found is None:
        return
    y = (found[1] + found[3]) / 2
    if mark:
        yield from badge(found[0] + disc / 2, y, mark, "way-number")
    if has_claim:
        at = found[2] - claim
        yield text(at, y + 3.8, way.claim, size=SMALL, bold=True, halo=True, name="way-claim")


def _on_line(curve: Arc, width: float, disc: float, room: Room) -> Box | None:
    """A free box whose disc (or whose middle, without one) lies on the line; taken."""
    height = max(disc, line_height(SMALL))
    for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8):
        x, y = curve.at(t)
        start = x - (disc or width) / 2
        box = (start, y - height / 2, start + width, y + height / 2)
        if room.is_free(box):
            room.take(box)
            return box
    return None


def _area_labels(land: Ground, told: set[str], room: Room, language: Language) -> Iterator[Node]:
    for area, (x, y) in land.areas:
        name = area_name(area, language)
        if name not in told:
            yield from _name(name, _boxes(name, x, y, 8), room, "area-name", "ink")


def _country_labels(
    land: Ground, told: set[str], least: float, room: Room, language: Language
) -> Iterator[Node]:
    """The largest first; slivers would only be crowded, and a place has its label already."""
    for code, (x, y), size in sorted(land.countries, key=lambda one: (-one[2], one[0])):
        name = country_name(code, language)
        if name not in told and size > least:
            boxes = filter(room.is_free, _boxes(name, x, y, 30))
            at_home = (box for box in boxes if _is_at_home(box, code, land))
            yield from _name(name, at_home, room, "country-name", "quiet")


def _is_at_home(box: Box, code: str, land: Ground) -> bool:
    """Does the name stand in its country, its middle half at most over water beside it?"""
    y = (box[1] + box[3]) / 2
    owners = (land.country_of(box[0] + (box[2] - box[0]) * t, y) for t in (0.5, 0.25, 0.75))
    return next(owners) == code and all(owner in (code, None) for owner in owners)


def _boxes(name: str, x: float, y: float, most: int) -> list[Box]:
    size = (width_of(name, SMALL), line_height(SMALL))
    middle = (x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)
    return [middle, *list(around(x, y, 4, size))[:most]]


def _name(name: str, boxes: Iterable[Box], room: Room, kind: str, role: str) -> Iterator[Node]:
    box = room.first_free(boxes)
    if box:
        foot = box[1] + ascent(SMALL)
        yield text(box[0], foot, name, size=SMALL, role=role, halo=True, name=kind)


def _letter(letter: str, view: View, room: Room) -> Iterator[Node]:
    if letter:
        x, top = view.left + 6, view.top + 5
        y = top + ascent(BODY)
        room.take((x - 2, top - 2, x + width_of(letter, BODY, True) + 2, top + line_height(BODY)))
        yield text(x, y, letter, bold=True, halo=True, name="letter")


def _scale_bar(view: View, room: Room, language: Language) -> Iterator[Node]:
    most = view.width * 0.24 / view.scale
    km = next(
        size * 10**power
        for power in (3, 2, 1, 0, -1)
        for size in (5, 2, 1)
        if size * 10**power <= most or power == -1
    )
    length = km * view.scale
    words = language.text("unit-km").format(n=language.number(km))
    wide, high = max(length, width_of(words, SMALL)) + 6, 24.0
    left, right = view.left + 6, view.left + view.width - 6 - wide
    top, bottom = view.top + 6, view.top + view.height - 2 - high
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    boxes = [(x, y, x + wide, y + high) for x, y in corners]
    box = next((one for one in boxes if room.is_free(one)), boxes[0])
    room.take(box)
    x, y = box[0] + 2, box[3] - 6
    d = f"M{x:.2f},{y - 4:.2f} V{y:.2f} H{x + length:.2f} V{y - 4:.2f}"
    yield node("path", also({**paint(None, "ink", 1.2), "d": d}, "scale"))
    yield text(x, y - 6, words, size=SMALL, halo=True, name="scale-words")
