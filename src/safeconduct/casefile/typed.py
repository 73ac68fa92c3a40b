"""A tree of nodes → a value of a declared type, with every mistake and where it stands.

Each scalar is read from its raw text by the type that is declared for it, so that YAML's own
guesses (a date, `no`, `007`) never change what was written. It knows types, not cases.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import inspect as types

from safeconduct.casefile.yamltree import Mapping as MappingNode
from safeconduct.casefile.yamltree import Mistake, Node, Scalar, Sequence, Span, shown

Path = tuple[str | int, ...]
Found = tuple[str, str]
"""What was found, and what is accepted."""

# Guessing the nearest key takes time, which a file of nothing but mistakes must not use up.
_MOST_GUESSED = 200

_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")


class _Invalid:
    """Stands for a value that could not be read; its mistake is already noted."""


INVALID = _Invalid()


class TypedReader:
    """Reads one tree. After `read`, `mistakes`, `spans` and `objects` tell what was met.

    `shorthands` names the field for which a bare text may stand; `checked` holds, for some
    types, what the type alone cannot say.
    """

    def __init__(
        self,
        shorthands: Mapping[type, str],
        checked: Mapping[type, Callable[[Any], Found | None]],
    ) -> None:
        self.mistakes: list[Mistake] = []
        self.spans: dict[Path, Span] = {}
        self.objects: dict[Path, msgspec.Struct] = {}
        self.scalars: dict[Path, str] = {}
        self._shorthands = shorthands
        self._checked = checked

    def read(self, node: Node, kind: types.Type, path: Path = ()) -> Any:
        """The value at a node, or INVALID when a mistake in it was noted."""
        self.spans[path] = node.span
        while isinstance(kind, types.Metadata):
            description = (kind.extra_json_schema or {}).get("description", "")
            before = len(self.mistakes)
            value = self.read(node, kind.type, path)
            if description and value is INVALID and len(self.mistakes) == before + 1:
                self.mistakes[-1] = self.mistakes[-1]._replace(accepted=str(description))
            return value
        if isinstance(kind, types.UnionType):
            return self._optional(node, kind, path)
        if isinstance(kind, types.StructType):
            return self._struct(node, kind, path)
        if isinstance(kind, types.VarTupleType):
            return self._list(node, kind.item_type, path)
        return self._scalar(node, kind, path)

    def mistake(self, span: Span, found: str, accepted: str) -> None:
        """Notes one mistake at a place of the file."""
        self.mistakes.append(Mistake(span.line + 1, span.column + 1, found, accepted))

    def _optional(self, node: Node, kind: types.UnionType, path: Path) -> Any:
        if isinstance(node, Scalar) and node.plain and node.value in ("", "null"):
            return None
        (inner,) = [one for one in kind.types if not isinstance(one, types.NoneType)]
        return self.read(node, inner, path)

    def _list(self, node: Node, item: types.Type, path: Path) -> Any:
        if isinstance(node, Scalar) and node.plain and node.value in ("", "null"):
            return ()
        if not isinstance(node, Sequence):
            self.mistake(node.span, _kind_of(node), "a list (one `- ` for each item)")
            return INVALID
        values = [self.read(one, item, (*path, i)) for i, one in enumerate(node.items)]
        return tuple(value for value in values if value is not INVALID)

    def _struct(self, node: Node, kind: types.StructType, path: Path) -> Any:
        shorthand = self._shorthands.get(kind.cls)
        if shorthand is not None and isinstance(node, Scalar):
            if not node.value.strip():
                self.mistake(node.span, "nothing", f"a text for `{shorthand}`, or a mapping")
                return INVALID
            fields = {shorthand: node.value}
        elif isinstance(node, MappingNode):
            fields = self.fields(node, kind, path)
        else:
            keys = ", ".join(f"`{field.encode_name}`" for field in kind.fields)
            self.mistake(node.span, _kind_of(node), f"a mapping with the keys {keys}")
            return INVALID
        if any(field.required and field.name not in fields for field in kind.fields):
            return INVALID
        try:
            value = kind.cls(**fields)
        except ValueError as error:
            self.mistake(node.span, "values that do not go together", str(error))
            return INVALID
        problem = self._checked[kind.cls](value) if kind.cls in self._checked else None
        if problem:
            inner = node.get(shorthand or "") if isinstance(node, MappingNode) else None
            self.mistake((inner or node).span, *problem)
            return INVALID
        self.objects[path] = value
        return value

    def fields(self, node: MappingNode, kind: types.StructType, path: Path) -> dict[str, Any]:
        """The readable values of a mapping by field name; unknown and missing keys are noted."""
        known = {field.encode_name: field for field in kind.fields}
        values: dict[str, Any] = {}
        present = set()
        for key, inner in node.entries:
            field = known.get(key.value)
            if field is None:
                guess = len(self.mistakes) < _MOST_GUESSED
                accepted = _keys(key.value, known, guess=guess)
                self.mistake(key.span, f"the key `{shown(key.value)}`", accepted)
                continue
            present.add(key.value)
            value = self.read(inner, field.type, (*path, key.value))
            if value is not INVALID:
                values[field.name] = value
        for name, field in known.items():
            if field.required and name not in present:
                self.mistake(node.span, f"no key `{name}`", f"`{name}` is needed here")
        return values

    def _scalar(self, node: Node, kind: types.Type, path: Path) -> Any:
        if not isinstance(node, Scalar):
            self.mistake(node.span, _kind_of(node), f"{_accepted(kind)}, not a list or mapping")
            return INVALID
        self.scalars[path] = node.value
        value = _read_scalar(node, kind)
        if value is INVALID:
            self.mistake(node.span, _kind_of(node), _accepted(kind))
        return value


def _read_scalar(node: Scalar, kind: types.Type) -> Any:
    text = node.value
    if isinstance(kind, types.StrType):
        if not text.strip():
            return INVALID
        # `$` alone would let a final line break through.
        fits = kind.pattern is None or (re.search(kind.pattern, text) and text[-1] != "\n")
        return text if fits else INVALID
    if isinstance(kind, types.EnumType):
        return next((member for member in kind.cls if member.value == text), INVALID)
    if isinstance(kind, types.LiteralType):
        return next((value for value in kind.values if str(value) == text), INVALID)
    if isinstance(kind, types.BoolType):
        return _BOOLEANS.get(text, INVALID) if node.plain else INVALID
    if isinstance(kind, types.IntType):
        return _within(int(text), kind) if _INTEGER.fullmatch(text) else INVALID
    if isinstance(kind, types.FloatType):
        return _within(float(text), kind) if _DECIMAL.fullmatch(text) else INVALID
    raise TypeError(f"case files have no way to write a {kind}")


def _within(value: float, kind: types.IntType | types.FloatType) -> Any:
    low = kind.ge is None or value >= kind.ge
    high = kind.le is None or value <= kind.le
    above = kind.gt is None or value > kind.gt
    return value if low and high and above else INVALID


def _accepted(kind: types.Type) -> str:
    if isinstance(kind, types.EnumType):
        return "one of " + ", ".join(str(member.value) for member in kind.cls)
    if isinstance(kind, types.LiteralType):
        return "one of " + ", ".join(str(value) for value in kind.values)
    if isinstance(kind, types.BoolType):
        return "true or false"
    if isinstance(kind, types.IntType | types.FloatType):
        limits = "".join(_limits(kind))
        return ("a whole number" if isinstance(kind, types.IntType) else "a number") + limits
    return "a text that is not empty"


def _limits(kind: types.IntType | types.FloatType) -> Iterator[str]:
    if kind.ge is not None:
        yield f" of at least {kind.ge}"
    if kind.le is not None:
        yield f" of at most {kind.le}"


def _kind_of(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"`{shown(node.value)}`" if node.value.strip() else "nothing"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _keys(found: str, known: Mapping[str, Any], *, guess: bool) -> str:
    """The nearest known key, or all of them."""
    from difflib import get_close_matches  # only when a key was mistaken

    near = get_close_matches(found[:60], known, n=1, cutoff=0.6) if guess else []
    listed = "one of " + ", ".join(f"`{name}`" for name in known)
    return f"`{near[0]}`?" if near else listed
