"""Is an edited text exactly what was asked? Its meaning is compared with the one expected.

Every edit passes here, so that a layout that nobody thought of is refused, never misread.
"""

from collections.abc import Iterable
from typing import NamedTuple

from safeconduct.casefile.edit_blocks import Value, is_list, is_mapping
from safeconduct.casefile.edit_scalars import number
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import FileMistaken, Node, Scalar, Sequence, parse

Path = tuple[str | int, ...]


class NoSuchPlace(SafeconductError):
    """A path that leads to nothing in the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"nothing stands at {'.'.join(map(str, path)) or 'the top'}")
        self.path = path


class NotEditable(SafeconductError):
    """A part that cannot be changed without changing others; the text is as it was."""

    def __init__(self, path: Path) -> None:
        where = ".".join(map(str, path))
        super().__init__(f"{where} cannot be changed without touching what stands beside it")
        self.path = path


class Shape(NamedTuple):
    """What a part of a file says, without where and how it is written."""

    kind: str
    value: str | bool | None = None
    parts: "tuple[tuple[str, Shape], ...]" = ()


class Piece(NamedTuple):
    """The text from `start` to `end` gives way to `put`."""

    start: int
    end: int
    put: str


def shape_of_node(node: Node) -> Shape:
    """The shape of a parsed part: texts as they stand, `true`, `false` and nothing as such."""
    if isinstance(node, Scalar):
        if node.plain and node.value in ("", "null"):
            return Shape("atom", None)
        if node.plain and node.value in ("true", "false"):
            return Shape("atom", node.value == "true")
        return Shape("atom", node.value)
    if isinstance(node, Sequence):
        return Shape("list", parts=tuple(("", shape_of_node(one)) for one in node.items))
    return Shape("mapping", parts=tuple((k.value, shape_of_node(v)) for k, v in node.entries))


def shape_of_value(value: Value) -> Shape:
    """The shape of a value that is to be written. Raises TypeError for what is none."""
    if is_mapping(value):
        return Shape("mapping", parts=tuple((k, shape_of_value(v)) for k, v in value.items()))
    if is_list(value):
        return Shape("list", parts=tuple(("", shape_of_value(one)) for one in value))
    if value is None or isinstance(value, str | bool):
        return Shape("atom", value)
    if isinstance(value, int | float):
        return Shape("atom", number(value))
    raise TypeError(f"a case file holds no {type(value).__name__}")


def replaced(shape: Shape, path: Path, new: Shape | None) -> Shape:
    """The shape with another at a path, or without it where `new` is None; a new key goes last."""
    if not path:
        return new or Shape("atom", None)
    names = [name if shape.kind == "mapping" else i for i, (name, _) in enumerate(shape.parts)]
    parts = list(shape.parts)
    at = names.index(path[0]) if path[0] in names else len(parts)
    name = path[0] if isinstance(path[0], str) else ""
    if new is None and len(path) == 1:
        del parts[at]
    else:
        old = parts[at][1] if at < len(parts) else Shape("atom")
        parts[at : at + 1] = [(name, replaced(old, path[1:], new))]
    return shape._replace(parts=tuple(parts))


def first_right(text: str, ways: Iterable[list[Piece]], expected: Shape, path: Path) -> str:
    """The text after the first of the ways that says exactly what is expected."""
    for pieces in ways:
        edited = _with(text, pieces)
        try:
            if shape_of_node(parse(edited)) == expected:
                return edited
        except FileMistaken:
            continue
    raise NotEditable(path)


def _with(text: str, pieces: list[Piece]) -> str:
    for piece in sorted(pieces, reverse=True):
        text = text[: piece.start] + piece.put + text[piece.end :]
    return text
