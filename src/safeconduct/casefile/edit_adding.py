"""The ways to add a key to a mapping or an item to a list that has parts already."""

from collections.abc import Iterator

from safeconduct.casefile.edit_blocks import (
    Value,
    entry_lines,
    in_flow,
    in_flow_entry,
    item_lines,
    on_one_line,
)
from safeconduct.casefile.edit_checks import Piece
from safeconduct.casefile.edit_lines import (
    content_end,
    habits,
    line_end,
    line_start,
    next_line,
)
from safeconduct.casefile.edit_scalars import inline
from safeconduct.casefile.yamltree import Mapping, Node, Scalar, Sequence


def ways_to_add_entry(
    text: str, root: Node, holder: Mapping, key: str, value: Value
) -> Iterator[list[Piece]]:
    """A new key after the last one."""
    end = content_end(text, holder.entries[-1][1])
    end = max(end, holder.entries[-1][0].span.end)
    if holder.flow:
        yield [Piece(end, end, ", " + in_flow_entry(key, value))]
        return
    style = habits(text, root)
    before = [value for _, value in holder.entries[-2:]]
    starts = [name.span.start for name, _ in holder.entries[-2:]]
    lines = entry_lines(key, value, holder.span.column, style)
    yield from _after(text, end, lines, style.newline, _spread(text, before, starts))
    # Where a block of text would end with the file, quotes keep its last line break.
    short = " " * holder.span.column + f"{inline(key)}: {on_one_line(value)}"
    yield from _after(text, end, [short], style.newline, spread=False)


def ways_to_add_item(text: str, root: Node, holder: Sequence, item: Value) -> Iterator[list[Piece]]:
    """A new item after the last one, in braces where all the others are."""
    last = holder.items[-1]
    end = content_end(text, last)
    if holder.flow:
        yield [Piece(end, end, ", " + in_flow(item))]
        return
    style = habits(text, root)
    by = last.span.column - holder.span.column
    gap = by if 2 <= by <= 8 and not isinstance(last, Scalar) else style.gap
    style = style._replace(gap=gap)
    lines = item_lines(item, holder.span.column, style)
    short = [" " * holder.span.column + "-" + " " * (gap - 1) + on_one_line(item)]
    if all(not isinstance(one, Scalar) and one.flow for one in holder.items):
        lines = short
    starts = [one.span.start for one in holder.items[-2:]]
    yield from _after(text, end, lines, style.newline, _spread(text, holder.items[-2:], starts))
    yield from _after(text, end, short, style.newline, spread=False)


def _after(
    text: str, end: int, lines: list[str], newline: str, spread: bool
) -> Iterator[list[Piece]]:
    at = line_end(text, end)
    put = newline + newline.join(lines)
    if spread:
        yield [Piece(at, at, newline + put)]
    yield [Piece(at, at, put)]


def _spread(text: str, parts: "list[Node] | tuple[Node, ...]", starts: list[int]) -> bool:
    """Are the last two parts set apart by an empty line?"""
    if len(parts) < 2:
        return False
    at = next_line(text, content_end(text, parts[0]))
    last = line_start(text, starts[1])
    while at < last:
        if not text[at : line_end(text, at)].strip():
            return True
        at = next_line(text, at)
    return False
