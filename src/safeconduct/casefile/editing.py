"""Changes one part of a case file's text and leaves every other byte as it was.

Comments, order, quotes, indentation, line breaks and the end of the file stay. Each function takes
a text without a byte order mark (as `read_case` gives it) and returns a text; `bytes_like` puts
the mark back. It does not know what a case is: read the result before it is kept.
"""

from safeconduct.casefile import edit_replacing as replacing
from safeconduct.casefile.edit_adding import ways_to_add_entry, ways_to_add_item
from safeconduct.casefile.edit_blocks import Value
from safeconduct.casefile.edit_checks import (
    NoSuchPlace,
    NotEditable,
    Path,
    Shape,
    first_right,
    replaced,
    shape_of_node,
    shape_of_value,
)
from safeconduct.casefile.edit_moving import ways_to_order
from safeconduct.casefile.edit_removing import ways_to_remove
from safeconduct.casefile.yamltree import Mapping, Node, Scalar, Sequence, parse

__all__ = [
    "NoSuchPlace",
    "NotEditable",
    "Path",
    "Value",
    "append_item",
    "bytes_like",
    "remove",
    "reorder",
    "set_value",
]

_MARK = b"\xef\xbb\xbf"


def bytes_like(data: bytes, text: str) -> bytes:
    """The text as the bytes of a file, with a byte order mark if `data` has one."""
    return (_MARK if data.startswith(_MARK) else b"") + text.encode()


def set_value(text: str, path: Path, value: Value) -> str:
    """The text with `value` at `path`; keys that are missing on the way are added at the end.

    A value that already stands there changes nothing. Raises NoSuchPlace for an item or key that
    cannot be there, NotEditable where another part would change, ValueError for a value that a
    file cannot hold.
    """
    root = parse(text)
    holders = _along(root, path)
    shape = shape_of_node(root)
    if len(holders) == len(path) + 1:
        return _replace(text, root, holders, path, value)
    done = len(holders) - 1
    missing = path[done:]
    if not all(isinstance(part, str) for part in missing):
        raise NoSuchPlace(path)
    for part in reversed(missing[1:]):
        value = {part: value}
    last, key = holders[-1], str(missing[0])
    if _is_nothing(last) or (isinstance(last, Mapping) and not last.entries):
        return _replace(text, root, holders, path[:done], {key: value})
    if not isinstance(last, Mapping):
        raise NoSuchPlace(path)
    expected = replaced(shape, path[: done + 1], shape_of_value(value))
    return first_right(text, ways_to_add_entry(text, root, last, key, value), expected, path)


def append_item(text: str, path: Path, item: Value) -> str:
    """The text with one more item at the end of the list at `path`, which is made if missing."""
    root = parse(text)
    holders = _along(root, path)
    last = holders[-1]
    if len(holders) <= len(path):
        return set_value(text, path, [item])
    if _is_nothing(last) or (isinstance(last, Sequence) and not last.items):
        return _replace(text, root, holders, path, [item])
    if not isinstance(last, Sequence):
        raise NoSuchPlace((*path, 0))
    expected = replaced(shape_of_node(root), (*path, len(last.items)), shape_of_value(item))
    return first_right(text, ways_to_add_item(text, root, last, item), expected, path)


def remove(text: str, path: Path) -> str:
    """The text without the entry or item at `path`, and without the comment on its last line.

    Comments above it stay: whether they are about it, only a person can tell. A list or mapping
    that loses its only part stays as `[]` or `{}`.
    """
    root = parse(text)
    holders = _along(root, path)
    if not path or len(holders) != len(path) + 1:
        raise NoSuchPlace(path)
    holder, at = holders[-2], path[-1]
    if isinstance(holder, Scalar):
        raise NoSuchPlace(path)
    if len(holder.items if isinstance(holder, Sequence) else holder.entries) == 1:
        empty: Value = [] if isinstance(holder, Sequence) else {}
        return _replace(text, root, holders[:-1], path[:-1], empty)
    expected = replaced(shape_of_node(root), path, None)
    return first_right(text, ways_to_remove(text, holder, at), expected, path)


def reorder(text: str, path: Path, order: tuple[int, ...]) -> str:
    """The text with the items of the list at `path` in another order, their comments with them.

    `order`: the positions of now, each once. Raises NoSuchPlace, NotEditable, ValueError.
    """
    root = parse(text)
    holders = _along(root, path)
    last = holders[-1]
    if len(holders) != len(path) + 1 or not isinstance(last, Sequence):
        raise NoSuchPlace(path)
    if sorted(order) != list(range(len(last.items))):
        raise ValueError("an order names each position once")
    moved = last._replace(items=tuple(last.items[at] for at in order))
    expected = replaced(shape_of_node(root), path, shape_of_node(moved))
    return first_right(text, ways_to_order(text, last, order), expected, path)


def _replace(text: str, root: Node, holders: list[Node], path: Path, value: Value) -> str:
    new = shape_of_value(value)
    if shape_of_node(holders[-1]) == new:
        return text
    if not path:
        raise NotEditable(path)
    expected: Shape = replaced(shape_of_node(root), path, new)
    ways = replacing.ways_to_replace(text, root, holders, path, value)
    return first_right(text, ways, expected, path)


def _along(root: Node, path: Path) -> list[Node]:
    """The nodes on the way along a path, the root first, as far as they exist."""
    nodes = [root]
    for part in path:
        inner = _inner(nodes[-1], part)
        if inner is None:
            break
        nodes.append(inner)
    return nodes


def _inner(node: Node, part: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(part, str):
        return node.get(part)
    if isinstance(node, Sequence) and isinstance(part, int) and 0 <= part < len(node.items):
        return node.items[part]
    return None


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.value in ("", "null")
