"""The ways to take a part out of a mapping or list that keeps others."""

from collections.abc import Iterator
from typing import NamedTuple

from safeconduct.casefile.edit_checks import Piece
from safeconduct.casefile.edit_lines import (
    content_end,
    is_blank,
    line_end,
    line_start,
    next_line,
)
from safeconduct.casefile.yamltree import Mapping, Sequence


class Part(NamedTuple):
    """From its key or dash to its last character."""

    start: int
    end: int


def ways_to_remove(text: str, holder: Mapping | Sequence, at: str | int) -> Iterator[list[Piece]]:
    """Each way as the pieces to change; `at` is the key or the position of the part."""
    parts = parts_of(text, holder)
    names = [key.value for key, _ in holder.entries] if isinstance(holder, Mapping) else None
    index = names.index(str(at)) if names is not None else int(at)
    if holder.flow:
        yield from _between_brackets(text, parts, index)
        return
    part = parts[index]
    if not is_blank(text, line_start(text, part.start), part.start):
        # `- id: c1`: what follows moves up to the dash.
        following = parts[index + 1].start
        if is_blank(text, part.end, following):
            yield [Piece(part.start, following, "")]
        yield [Piece(part.start, part.end, "")]
        return
    yield from _lines(text, part, is_last=index == len(parts) - 1)


def parts_of(text: str, holder: Mapping | Sequence) -> list[Part]:
    """Where each part of a mapping or list stands, dashes included."""
    if isinstance(holder, Mapping):
        return [
            Part(key.span.start, max(key.span.end, content_end(text, value)))
            for key, value in holder.entries
        ]
    return [
        Part(
            item.span.start if holder.flow else _dash(text, item.span.start, holder.span.column),
            content_end(text, item),
        )
        for item in holder.items
    ]


def _dash(text: str, at: int, column: int) -> int:
    """The offset of an item's dash, in the item's line or above it."""
    start = line_start(text, at)
    while text[start + column : start + column + 1] != "-" and start:
        start = line_start(text, start - 1)
    return start + column


def _lines(text: str, part: Part, *, is_last: bool) -> Iterator[list[Piece]]:
    """Whole lines; also the empty line that set it apart. A file without a last break gets none."""
    start, end = line_start(text, part.start), next_line(text, part.end)
    above = line_start(text, max(start - 1, 0))
    set_apart = start > 0 and is_blank(text, above, start)
    loose = is_last or is_blank(text, end, line_end(text, end))
    firsts = (above, start) if set_apart and loose else (start,)
    for first in firsts:
        if first and end == len(text) and not text.endswith("\n"):
            yield [Piece(line_end(text, line_start(text, first - 1)), end, "")]
    for first in firsts:
        yield [Piece(first, end, "")]
    # A text above that keeps its empty lines (`|+`) would take in those below the part.
    below = len(text) - len(text[end:].lstrip("\r\n"))
    yield [Piece(start, below, "")]


def _between_brackets(text: str, parts: list[Part], index: int) -> Iterator[list[Piece]]:
    part = parts[index]
    comma = text.find(",", part.end)
    if index + 1 < len(parts):
        following = parts[index + 1].start
        if is_blank(text, comma + 1, following):
            yield [Piece(part.start, following, "")]
        yield [Piece(part.start, comma + 1, "")]
        return
    before = parts[index - 1].end
    if "\n" not in text[before : part.start]:
        yield [Piece(before, part.end, "")]
    comma = text.find(",", before)
    yield [Piece(comma, comma + 1, ""), Piece(part.start, part.end, "")]
