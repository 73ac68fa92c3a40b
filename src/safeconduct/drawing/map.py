"""The journey on a map as SVG: places with their radius, told journeys, prisms, borders.

It shows where the account places people, how sure that is, and what was told of the ways between.
A line joins two places and is no route. What is open or unknown is named below the map, never
guessed. Shapes are the shipped ones; nothing is fetched.
"""

from math import inf

import msgspec

from safeconduct.drawing import house
from safeconduct.drawing.map_foot import Below, Entry, Page
from safeconduct.drawing.map_panel import Content, Panel, panel
from safeconduct.drawing.map_view import Crowd, crowds, view_of
from safeconduct.drawing.map_words import (
    area_name,
    map_title,
    map_words,
    missing_in_words,
    name_of,
    place_in_words,
    placeless_in_words,
    reach_in_words,
    way_in_words,
    wide_in_words,
)
from safeconduct.drawing.marks import Shown, places_shown
from safeconduct.drawing.projection import View
from safeconduct.drawing.svg import local_id, written
from safeconduct.drawing.way_shapes import LINES, sort_of
from safeconduct.drawing.ways import Reach, Way, reaches, told_ways
from safeconduct.timeline.layout import Layout
from safeconduct.timeline.presences import placed
from safeconduct.wording.language import Language

MARGIN = 8.0
LEAST_WIDTH = 280
_INSET_GAP = 10.0


class _Drawn(msgspec.Struct, frozen=True):
    """The main map and its insets, and how far down they reach."""

    panels: tuple[Panel, ...]
    view: View
    bottom: float


class _Told(msgspec.Struct, frozen=True):
    """What there is to show."""

    layout: Layout
    shown: Shown
    ways: tuple[Way, ...]
    stretches: tuple[Reach, ...]


def map_svg(layout: Layout, language: Language, *, width: int = 720, prefix: str = "map") -> str:
    """The map as the text of an SVG file, `width` pixels wide (280 at least).

    `prefix` begins every identifier, so that several drawings can stand in one page.
    """
    return map_pages(layout, language, width=width, height=inf, prefix=prefix)[0]


def map_pages(
    layout: Layout,
    language: Language,
    *,
    width: int = 720,
    height: float = 860.0,
    prefix: str = "map",
) -> tuple[str, ...]:
    """The map for print: where its words reach below `height`, they go on in further drawings.

    1. Places, told journeys and stretches of which nothing was told. 2. The main map and insets.
    3. Everything else in words below. 4. A drawing for each page.
    """
    width = max(width, LEAST_WIDTH)
    told = _told(layout)  # 1
    drawn = _panels(told, language, width, prefix) if told.shown.marks else None  # 2
    top = drawn.bottom + 8 if drawn else MARGIN
    below = Below(MARGIN, width - MARGIN, top, height - MARGIN)
    _below(below, told, drawn, language, prefix)  # 3
    first, *more = below.pages()  # 4
    count = 1 + len(more)
    words = map_words(layout, told.shown, told.ways, told.stretches, language)
    panels = drawn.panels if drawn else ()
    patterns = (
        house.hatch(prefix, "hatch", "edge", falling=True),
        house.dots(prefix, "dots", "edge"),
        *(one.clip for one in panels),
    )
    shapes = (*(shape for one in panels for shape in one.shapes), *first.shapes)
    described = (language.code, map_title(layout, language, 1, count), words)
    size = (width, first.bottom + MARGIN)
    whole = written(house.drawing(prefix, size, described, patterns, shapes))
    rest = (
        _page_of_words(page, (layout, language), (number, count), (width, prefix))
        for number, page in enumerate(more, start=2)
    )
    return (whole, *rest)


def _page_of_words(
    page: Page, of: tuple[Layout, Language], at: tuple[int, int], how: tuple[int, str]
) -> str:
    (layout, language), (number, count), (width, prefix) = of, at, how
    described = (language.code, map_title(layout, language, number, count), "\n".join(page.words))
    size = (width, page.bottom + MARGIN)
    return written(house.drawing(f"{prefix}-{number}", size, described, (), page.shapes))


def _told(layout: Layout) -> _Told:
    stretches = tuple(reach for one in placed(layout) for reach in reaches(one))
    return _Told(layout, places_shown(layout), told_ways(layout), stretches)


def _panels(told: _Told, language: Language, width: int, prefix: str) -> _Drawn:
    marks = told.shown.marks
    across = width - 2 * MARGIN
    view = view_of(marks, across, MARGIN, MARGIN, min(across * 1.05, 520.0))
    apart = crowds(marks, view)
    main = Content(marks=marks, ways=told.ways, reaches=told.stretches, crowds=apart)
    panels = [panel(main, view, language, prefix)]
    bottom = view.top + view.height
    # One inset alone takes half the width: what it shows is small.
    columns = 1 if width < 520 else max(2, len(apart))
    each = (across - _INSET_GAP * (columns - 1)) / columns
    row_bottom = bottom
    for i, crowd in enumerate(apart):
        if i % columns == 0:
            bottom = row_bottom + _INSET_GAP
        left = MARGIN + (i % columns) * (each + _INSET_GAP)
        inset = view_of(crowd.marks, each, left, bottom, min(each * 0.75, 340.0))
        panels.append(panel(_inset(crowd, told), inset, language, prefix))
        row_bottom = max(row_bottom, bottom + inset.height)
    return _Drawn(tuple(panels), view, row_bottom)


def _inset(crowd: Crowd, told: _Told) -> Content:
    keys = {mark.key for mark in crowd.marks}
    ways = tuple(way for way in told.ways if {way.origin, way.destination} <= keys)
    return Content(marks=crowd.marks, ways=ways, reaches=(), letter=crowd.letter)


def _below(
    below: Below, told: _Told, drawn: _Drawn | None, language: Language, prefix: str
) -> None:
    shown = told.shown
    if drawn is None:
        empty = "drawing-no-places" if told.layout.occurrences else "drawing-no-claims"
        below.note(language.text(empty))
    else:
        hatching, dotting = (f"url(#{local_id(prefix, name)})" for name in ("hatch", "dots"))
        below.signs(_signs(told, drawn), language, hatching, dotting)
    names = {mark.key: name_of(mark, language) for mark in shown.marks}
    entries = []
    for way in told.ways:
        words = way_in_words(way, names, told.layout, language)
        if way.number is None:
            words = language.text("drawing-way-unordered").format(way=words)
        entries.append(Entry(str(way.number or ""), words))
    below.entries(entries, language)
    _rest(below, told, drawn, language)
    if drawn is not None:
        _unnumbered(below, told, drawn, language)
        _how(below, told, drawn, language)


def _rest(below: Below, told: _Told, drawn: _Drawn | None, language: Language) -> None:
    """Places whose claims found no room, places not on the map, claims without any place."""
    short = {key for one in drawn.panels for key in one.unlabelled} if drawn else set()
    for mark in told.shown.marks:
        if mark.key in short:
            below.note(place_in_words(mark, language), "ink")
    for missing in told.shown.missing:
        below.note(missing_in_words(missing, language), "ink")
    if told.shown.placeless:
        below.note(placeless_in_words(told.shown.placeless, language), "ink")
    below.entries(
        [Entry("", reach_in_words(one, language)) for one in told.stretches if one.drawable],
        language,
    )
    for words in wide_in_words(told.stretches, language):
        below.note(words)


def _unnumbered(below: Below, told: _Told, drawn: _Drawn, language: Language) -> None:
    """The journeys of the list whose number found no room on any of the maps."""
    on_maps = {number for one in drawn.panels for number in one.numbered}
    left = [str(way.number) for way in told.ways if way.number and way.number not in on_maps]
    if left:
        numbers = language.listed(tuple(left))
        below.note(language.text("drawing-ways-unnumbered").format(numbers=numbers))


def _signs(told: _Told, drawn: _Drawn) -> list[str]:
    used = {sort_of(way.means) for way in told.ways}
    found = [f"way-{sort}" for sort in LINES if sort in used]
    marks = told.shown.marks
    if any(not mark.country and mark.radius_km * drawn.view.scale >= 5 for mark in marks):
        found.append("radius")
    if any(mark.country for mark in marks):
        found.append("whole")
    if any(reach.drawable for reach in told.stretches):
        found.append("prism")
    if any(one.areas for one in drawn.panels):
        found.append("disputed")
    return found


def _how(below: Below, told: _Told, drawn: _Drawn, language: Language) -> None:
    areas = tuple(dict.fromkeys(area for one in drawn.panels for area in one.areas))
    if areas:
        listed = language.listed(tuple(area_name(area, language) for area in areas))
        below.note(language.text("drawing-disputed").format(areas=listed))
    if told.ways:
        below.note(language.text("drawing-no-routes"))
    projection = drawn.view.projection
    first, second = projection.parallels or (projection.lat0, projection.lat0)
    below.note(
        language.text(projection.name).format(
            first=language.number(first), second=language.number(second)
        )
    )
