"""Where things stand in the text of a YAML file: lines, the last character of a value, habits.

It measures and changes nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from safeconduct.casefile.yamltree import Mapping, Node, Scalar, Sequence

_HEADER = re.compile(r"[|>][-+0-9]*")
_WIDEST = 8


class Habits(NamedTuple):
    """How a file is laid out: line breaks, and by how many columns each thing is indented."""

    newline: str = "\n"
    step: int = 2
    """A mapping under a key."""
    dash: int = 2
    """A list under a key; 0 where dashes stand below the key itself."""
    gap: int = 2
    """From a dash to what it holds."""


def line_start(text: str, at: int) -> int:
    """The offset at which the line of `at` starts."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """The offset at which the line of `at` ends, before its line break."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end


def next_line(text: str, at: int) -> int:
    """The offset at which the line after that of `at` starts; the end of the text if none does."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def is_blank(text: str, start: int, end: int) -> bool:
    """Is there nothing but white space?"""
    return not text[start:end].strip()


def content_end(text: str, node: Node) -> int:
    """The offset just after the last character that belongs to a value, comments not included."""
    if isinstance(node, Scalar):
        return _scalar_end(text, node)
    if node.flow and text[node.span.start : node.span.start + 1] in ("{", "["):
        return node.span.end
    if isinstance(node, Sequence):
        return content_end(text, node.items[-1])
    key, value = node.entries[-1]
    return max(key.span.end, content_end(text, value))


def _scalar_end(text: str, node: Scalar) -> int:
    start, end = node.span.start, node.span.end
    header = None if node.plain else _HEADER.match(text, start, end)
    if header is None:
        return end
    lines = text[start:end].split("\n")
    if len(lines) > 1 and not lines[-1]:
        del lines[-1]
    body = lines[1:]
    # With `+`, or with a declared indentation, blank lines may belong to the text.
    if "+" not in header[0] and not header[0][-1].isdigit():
        indent = next((len(one) - len(one.lstrip(" ")) for one in body if one.strip()), 0)
        while body and not body[-1].strip() and len(body[-1].rstrip("\r")) <= indent:
            del body[-1]
    length = len("\n".join([lines[0], *body]))
    return start + length - (1 if text[start + length - 1] == "\r" else 0)


def habits(text: str, root: Node) -> Habits:
    """The habits of a file, by the first place that shows each."""
    first = text.find("\n")
    newline = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
    step = next(_steps(root), 2)
    return Habits(newline, step, next(_dashes(root), step), next(_gaps(root), 2))


def _blocks(node: Node) -> Iterator[Mapping | Sequence]:
    if isinstance(node, Scalar) or node.flow:
        return
    yield node
    inner = node.items if isinstance(node, Sequence) else tuple(v for _, v in node.entries)
    for one in inner:
        yield from _blocks(one)


def _steps(root: Node) -> Iterator[int]:
    return _under_keys(root, Mapping, 1)


def _dashes(root: Node) -> Iterator[int]:
    return _under_keys(root, Sequence, 0)


def _under_keys(root: Node, kind: type, least: int) -> Iterator[int]:
    for node in _blocks(root):
        for _, value in node.entries if isinstance(node, Mapping) else ():
            by = value.span.column - node.span.column
            if isinstance(value, kind) and not _is_flow(value) and least <= by <= _WIDEST:
                yield by


def _gaps(root: Node) -> Iterator[int]:
    for node in _blocks(root):
        if isinstance(node, Sequence):
            by = node.items[0].span.column - node.span.column
            if node.items[0].span.line == node.span.line and 2 <= by <= _WIDEST:
                yield by


def _is_flow(node: Node) -> bool:
    return not isinstance(node, Scalar) and node.flow
