"""The ways to put the items of a list into another order, each with what was written about it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from safeconduct.casefile.edit_checks import Piece
from safeconduct.casefile.edit_lines import is_blank, line_end, line_start, next_line
from safeconduct.casefile.edit_removing import parts_of
from safeconduct.casefile.yamltree import Sequence as ListNode


def ways_to_order(text: str, holder: ListNode, order: Sequence[int]) -> Iterator[list[Piece]]:
    """Each way as the pieces to change; `order` names every position once, the new first first.

    Comment lines right above an item go with it, and so does the comment behind it.
    """
    parts = parts_of(text, holder)
    if holder.flow:
        texts = [text[part.start : part.end] for part in parts]
        yield [
            Piece(part.start, part.end, texts[at]) for part, at in zip(parts, order, strict=True)
        ]
        return
    if not all(is_blank(text, line_start(text, part.start), part.start) for part in parts):
        return  # the first item stands behind the dash of another list
    starts = [_above(text, parts[0].start), *(next_line(text, part.end) for part in parts)]
    chunks = [text[start:end] for start, end in pairwise(starts)]
    unended = bool(chunks[-1]) and not chunks[-1].endswith(("\n", "\r"))
    if unended:
        ending = "\r\n" if "\r\n" in text else "\n"
        chunks[-1] += ending
    moved = "".join(chunks[at] for at in order)
    if unended:
        moved = moved.rstrip("\r\n")
    yield [Piece(starts[0], starts[-1], moved)]


def _above(text: str, at: int) -> int:
    """The start of the comment lines right above a line, or of the line itself."""
    start = line_start(text, at)
    while start:
        above = line_start(text, start - 1)
        if text[above : line_end(text, above)].lstrip()[:1] != "#":
            break
        start = above
    return start
