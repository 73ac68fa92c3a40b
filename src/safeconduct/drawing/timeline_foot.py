"""What stands beside and below the lanes: the tray "no date", the signs, the numbers in words."""

from collections.abc import Iterator, Sequence

from safeconduct.casefile.account import ClaimKind
from safeconduct.drawing.axis_shapes import EVENT_DASHES, break_strokes
from safeconduct.drawing.bar_shapes import bar_shapes
from safeconduct.drawing.bars import STUB, Bar
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
from safeconduct.drawing.svg import Node, group, node
from safeconduct.drawing.text import ascent, width_of, wrapped
from safeconduct.wording.language import Language

Card = tuple[str, tuple[str, ...]]

SIGNS = (
    ("certain", ClaimKind.STAY, (2.0, 34.0), (2.0, 34.0), False),
    ("vague", ClaimKind.STAY, (2.0, 34.0), (12.0, 24.0), False),
    ("within", ClaimKind.EVENT, (2.0, 34.0), None, False),
    ("open", ClaimKind.STAY, (2.0, 14.0), None, True),
    ("journey", ClaimKind.JOURNEY, (2.0, 29.0), (6.0, 27.0), False),
    ("statement", ClaimKind.STATEMENT, (2.0, 34.0), None, False),
    ("day-stay", ClaimKind.STAY, (2.0, 8.0), None, False),
    ("day-event", ClaimKind.EVENT, (2.0, 8.0), None, False),
    ("day-journey", ClaimKind.JOURNEY, (2.0, 8.0), None, False),
    ("day-statement", ClaimKind.STATEMENT, (2.0, 8.0), None, False),
)
"""Name of its words, kind, extent, certain core, open end: each sign as a small bar."""
OTHER_SIGNS = ("public-event", "break")


def tray(
    cards: Sequence[Card], name: str, x0: float, x1: float, top: float
) -> tuple[list[Node], float]:
    """Claims without any date, as cards that flow in as many columns as there is room for."""
    shapes = list(_tray_heading(name, x0, x1, top))
    top += 8 + len(wrapped(name, BODY, x1 - x0 - 12, bold=True)) * line_height(BODY)
    ids_only = not any(lines for _, lines in cards)
    column = 46.0 if ids_only else min(x1 - x0, 250.0)
    columns = max(1, int((x1 - x0) // column))
    y, row_height = top, 0.0
    for i, card in enumerate(cards):
        if i and i % columns == 0:
            y, row_height = y + row_height, 0.0
        x = x0 + 6 + (i % columns) * (x1 - x0) / columns
        shapes.append(_card(card, x, y))
        height = (1 + len(card[1]) * (not ids_only)) * line_height(SMALL) + 5
        row_height = max(row_height, height)
    bottom = y + row_height + 4
    box: Attributes = {"x": x0, "y": shapes_top(shapes), "width": x1 - x0}
    frame = {**paint("panel", "edge", 0.8), **box, "height": bottom - shapes_top(shapes)}
    return [node("rect", also({**frame, "stroke-dasharray": "3 2"}, "tray")), *shapes], bottom


def shapes_top(shapes: Sequence[Node]) -> float:
    """Where the first text of the tray stands, less its height."""
    return float(dict(shapes[0].attributes)["y"]) - ascent(BODY) - 5


def _tray_heading(name: str, x0: float, x1: float, top: float) -> Iterator[Node]:
    y = top + 5 + ascent(BODY)
    for line in wrapped(name, BODY, x1 - x0 - 12, bold=True):
        yield text(x0 + 6, y, line, bold=True, role="quiet", name="tray-name")
        y += line_height(BODY)


def _card(card: Card, x: float, y: float) -> Node:
    claim, lines = card
    y += ascent(SMALL) + 3
    shapes = [text(x, y, claim, bold=True, name="claim-id")]
    for i, line in enumerate(lines, start=1):
        shapes.append(text(x, y + i * line_height(SMALL), line, size=SMALL, name="claim-text"))
    return group({"class": "claim undated", "data-claim": claim}, shapes)


def legend(
    names: Sequence[str], language: Language, x0: float, x1: float, top: float, pattern: str
) -> tuple[list[Node], float]:
    """The signs that the drawing uses, with their words, in lines."""
    shapes: list[Node] = []
    x, y = x0, top
    for name in (*(sign[0] for sign in SIGNS), *OTHER_SIGNS):
        if name not in names:
            continue
        wide = 10.0 if name.startswith("day-") or name in OTHER_SIGNS else 36.0
        lines = wrapped(language.text(f"drawing-sign-{name}"), SMALL, x1 - x0 - wide - 6)
        width = wide + 6 + max(width_of(line, SMALL) for line in lines)
        if x > x0 and x + width > x1:
            x, y = x0, y + 16
        shapes += _sign(name, x, y, pattern)
        for line in lines:
            shapes.append(text(x + wide + 6, y + 10.5, line, size=SMALL, role="quiet"))
            y += 13 if line is not lines[-1] else 0
        x += width + 16
    return shapes, y + 18


def _sign(name: str, x: float, y: float, pattern: str) -> Iterator[Node]:
    if name == "break":
        return break_strokes(x + 5, y + 7)
    if name == "public-event":
        line: Attributes = {"x1": x + 5, "y1": y, "x2": x + 5, "y2": y + 13}
        return iter((node("line", {**paint(None, "edge", 1.1), **line, **EVENT_DASHES}),))
    _, kind, extent, core, opens = next(sign for sign in SIGNS if sign[0] == name)
    bar = Bar(
        claim="",
        kind=kind,
        x0=x + extent[0],
        x1=x + extent[1] + (STUB if opens else 0.0),
        core=None if core is None else (x + core[0], x + core[1]),
        opens_left=False,
        opens_right=opens,
    )
    return bar_shapes(bar, y + 2, 9.0, pattern)


def key(
    entries: Sequence[tuple[str, str]], x0: float, x1: float, top: float
) -> tuple[list[Node], float]:
    """Numbers and what they tie together, in words."""
    shapes: list[Node] = []
    y = top
    indent = max((2 * badge_radius(mark) for mark, _ in entries), default=0.0) + 6
    for mark, words in entries:
        shapes += badge(x0 + badge_radius(mark), y + 7, mark, "key")
        for line in wrapped(words, SMALL, x1 - x0 - indent):
            shapes.append(text(x0 + indent, y + 10.5, line, size=SMALL, name="key-text"))
            y += line_height(SMALL)
        y += 5
    return shapes, y
