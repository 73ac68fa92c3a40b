"""The ways to write another value where one stands, the best looking first."""

from collections.abc import Iterator
from typing import NamedTuple

from safeconduct.casefile.edit_blocks import (
    Value,
    in_flow,
    is_mapping,
    item_lines,
    lines_of,
    on_one_line,
    prefers_lines,
    text_lines,
)
from safeconduct.casefile.edit_checks import Path, Piece
from safeconduct.casefile.edit_lines import (
    Habits,
    content_end,
    habits,
    is_blank,
    line_end,
    line_start,
)
from safeconduct.casefile.yamltree import Mapping, Node, Scalar


class _Spot(NamedTuple):
    """Where the old value stands, and after what: a colon or a dash of its holder."""

    text: str
    habits: Habits
    old: Node
    start: int
    end: int
    column: int
    """The column of the holder: of its keys, or of its dashes."""
    colon: int | None
    """The offset after the colon; None for an item of a list."""


def ways_to_replace(
    text: str, root: Node, holders: list[Node], path: Path, value: Value
) -> Iterator[list[Piece]]:
    """Each way as the pieces to change. `holders`: the nodes along `path`, the old one last."""
    spot = _spot(text, root, holders, path)
    if any(not isinstance(one, Scalar) and one.flow for one in holders[:-1]):
        yield [Piece(spot.start, spot.end, _spaced(spot, spot.start, in_flow(value)))]
        return
    if not _is_flow_with_parts(spot.old) and prefers_lines(value):
        yield _as_lines(spot, value)
    if isinstance(value, str):
        yield _as_text(spot, value)
    yield _in_place(spot, on_one_line(value))
    yield [Piece(spot.start, spot.end, _spaced(spot, spot.start, on_one_line(value)))]
    yield _on_own_line(spot, on_one_line(value))


def _spot(text: str, root: Node, holders: list[Node], path: Path) -> _Spot:
    old, holder = holders[-1], holders[-2]
    colon = None
    if isinstance(holder, Mapping):
        key = next(key for key, _ in holder.entries if key.value == path[-1])
        after = text.find(":", key.span.end)
        # In braces a key may stand without a colon.
        colon = after + 1 if 0 <= after < max(old.span.start, key.span.end + 1) else key.span.end
    end = content_end(text, old)
    column = holder.span.column
    return _Spot(text, habits(text, root), old, old.span.start, end, column, colon)


def _as_lines(spot: _Spot, value: Value) -> list[Piece]:
    """A mapping or list with a line for each part."""
    newline = spot.habits.newline
    if spot.colon is None:
        first, *rest = item_lines(value, spot.column, spot.habits)
        return [
            Piece(
                spot.start,
                spot.end,
                _spaced(
                    spot, spot.start, newline.join([first[spot.column + spot.habits.gap :], *rest])
                ),
            )
        ]
    by = spot.habits.step if is_mapping(value) else spot.habits.dash
    lines = lines_of(value, spot.column + by, spot.habits)
    if isinstance(spot.old, Scalar) or spot.old.flow:
        blank = is_blank(spot.text, spot.colon, spot.start)
        after = line_end(spot.text, spot.end)
        return [
            Piece(spot.colon if blank else spot.start, spot.end, ""),
            Piece(after, after, newline + newline.join(lines)),
        ]
    start = line_start(spot.text, spot.start)
    return [Piece(start, spot.end, newline.join(lines))]


def _as_text(spot: _Spot, value: str) -> list[Piece]:
    """A text of several lines as a block scalar; a shorter one on its line."""
    by = spot.habits.gap if spot.colon is None else spot.habits.step
    lines = text_lines(value, spot.column + by)
    return _in_place(spot, spot.habits.newline.join(lines))


def _in_place(spot: _Spot, put: str) -> list[Piece]:
    """Right after the colon, or where the old value stands in a list."""
    start = spot.start
    on_later_line = "\n" in spot.text[spot.colon or start : start]
    if spot.colon is not None and on_later_line and is_blank(spot.text, spot.colon, start):
        start = spot.colon
    return [Piece(start, spot.end, _spaced(spot, start, put))]


def _on_own_line(spot: _Spot, put: str) -> list[Piece]:
    """On the line of the old value, below a comment that stays beside the key."""
    pad = " " * (spot.column + spot.habits.step)
    return [Piece(line_start(spot.text, spot.start), spot.end, pad + put)]


def _spaced(spot: _Spot, start: int, put: str) -> str:
    return put if spot.text[start - 1] in " [{\t\n" else " " + put


def _is_flow_with_parts(node: Node) -> bool:
    if isinstance(node, Scalar) or not node.flow:
        return False
    return bool(node.entries if isinstance(node, Mapping) else node.items)
