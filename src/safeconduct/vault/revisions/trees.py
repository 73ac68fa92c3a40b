"""Plain trees of a document: texts, lists, mappings. What is merged, without comments or layout.

A scalar is the text that stands in the file, so that `2022-09` and `no` are compared as letters and
nothing is read into them; only `true`, `false` and nothing, without quotes, are not texts.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

from safeconduct.casefile.yamltree import Mapping as MappingNode
from safeconduct.casefile.yamltree import Node, Scalar, decode, parse

Tree: TypeAlias = "str | bool | Sequence[Tree] | Mapping[str, Tree] | None"
# What stands at a place where nothing stands.
Absent: TypeAlias = msgspec.UnsetType
ABSENT = msgspec.UNSET
Held: TypeAlias = "Tree | Absent"

IDENTIFIER = "id"
_PLAIN = {"": None, "null": None, "true": True, "false": False}


def tree_of(document: bytes) -> Tree:
    """The bytes of a document in YAML → its tree. Raises FileMistaken."""
    return plain(parse(decode(document)))


def plain(node: Node) -> Tree:
    """A node without its place and manner of writing. Nesting is bounded by the parser."""
    if isinstance(node, Scalar):
        return _PLAIN.get(node.value, node.value) if node.plain else node.value
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items]


def by_id(value: Held) -> dict[str, Mapping[str, Tree]] | None:
    """The items of a list by their `id`, in order; None where it is no such list.

    An empty list is one. One item without an id, or an id twice, makes it a list like any other.
    """
    if isinstance(value, str) or not isinstance(value, Sequence):
        return None
    found: dict[str, Mapping[str, Tree]] = {}
    for item in value:
        if not isinstance(item, Mapping):
            return None
        name = item.get(IDENTIFIER)
        if not isinstance(name, str) or not name or name in found:
            return None
        found[name] = item
    return found
