"""Claims → rows of a lane, so that no bar and no label meets another.

A lane holds the claims of one telling, in order of time as far as the rows allow. The more claims
there are, the less of their text is shown; the identifier always is.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.drawing.bars import Bar
from safeconduct.drawing.house import BODY, SMALL, badge_radius, line_height
from safeconduct.drawing.text import plain, shortened, width_of, wrapped

MOST_IN_FULL = 120
"""With more claims than this their text is left to the description."""
FEW = 20
"""So many claims in a lane are still read from the top down."""
APART = 8.0
"""Pixels between neighbours in a row."""


class Density(msgspec.Struct, frozen=True):
    """How much of a claim is shown: lines of text and their width (0 lines: the id alone)."""

    lines: int
    room: float
    bar: float


class Label(msgspec.Struct, frozen=True):
    """A label relative to its left upper corner: id, badges after it, lines of text."""

    id: str
    badges: tuple[str, ...]
    lines: tuple[str, ...]
    indent: float
    width: float
    height: float


class Item(msgspec.Struct, frozen=True):
    """A bar with its label. x is the label's left edge; left and right bound both together."""

    bar: Bar
    label: Label
    x: float
    left: float
    right: float


class Row(msgspec.Struct, frozen=True):
    """Items side by side; `label_height` is the room above (or beside) their bars."""

    items: tuple[Item, ...]
    label_height: float


def density(claims: int, width: float) -> Density:
    """What a drawing of so many claims, so wide, has room for."""
    if claims <= 40:
        return Density(2 if width >= 520 else 3, min(300.0, width * 0.62), 9.0)
    if claims <= MOST_IN_FULL:
        return Density(1, min(190.0, width * 0.5), 8.0)
    return Density(0, 0.0, 8.0)


def label_of(claim: Claim, badges: tuple[str, ...], how: Density, room: float) -> Label:
    """What is written of a claim; `room` is what lies right of where its bar begins."""
    indent = width_of(claim.id, BODY, True) + 4
    for mark in badges:
        indent += 2 * badge_radius(mark) + 2
    # Near the right edge a narrower label of two lines more stays by its bar.
    tight = how.lines > 1 and room - indent < how.room
    room, most = (
        (max(room - indent, how.room / 2), how.lines + 2) if tight else (how.room, how.lines)
    )
    lines = wrapped(plain(claim.text), SMALL, room, lines=most) if how.lines else ()
    widest = max((width_of(line, SMALL) for line in lines), default=0.0)
    height = max(line_height(BODY), len(lines) * line_height(SMALL))
    if any(badges):
        height = max(height, 15.0)
    return Label(claim.id, badges, lines, indent, indent + widest, height)


def rows_of(
    bars: Iterable[Bar], labels: Mapping[str, Label], x0: float, x1: float
) -> tuple[Row, ...]:
    """The bars with their labels in as few rows as come of taking them in order of time.

    A few go down the page in order of time; many fill whatever row has room.
    """
    rows: list[list[Item]] = []
    ordered = sorted(bars, key=lambda bar: (bar.known[0], bar.known[1]))
    for bar in ordered:
        item = _item(bar, labels[bar.claim], x0, x1)
        for row in rows if len(ordered) > FEW else rows[-1:]:
            if row[-1].right + APART <= item.left:
                row.append(item)
                break
        else:
            rows.append([item])
    return tuple(
        Row(tuple(row), max(item.label.height if item.label.lines else 0.0 for item in row))
        for row in rows
    )


def _item(bar: Bar, label: Label, x0: float, x1: float) -> Item:
    if label.lines:
        x = max(x0, min(bar.known[0] - 1, x1 - label.width))
        return Item(bar, label, x, min(x, bar.x0), max(x + label.width, bar.x1 + 6))
    x = bar.x1 + 8
    if x + label.width > x1:
        x = bar.x0 - 5 - label.width
    return Item(bar, label, x, min(x, bar.x0), max(x + label.width, bar.x1 + 6))


def cards(
    claims: Sequence[tuple[Claim, str]], width: float, how: Density
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The tray: each claim's id, and its text (with the telling) in lines as wide as the tray."""
    found = []
    for claim, telling in claims:
        words = f"{plain(claim.text)} {telling}".strip()
        lines = wrapped(words, SMALL, width, lines=3) if how.lines else ()
        found.append((shortened(claim.id, BODY, width, True), lines))
    return tuple(found)
