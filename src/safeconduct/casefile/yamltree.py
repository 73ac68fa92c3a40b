"""YAML text → a tree of nodes that remember where they stand.

It accepts the plain part of YAML that people write by hand: mappings, lists and scalars. Anchors,
aliases and tags are refused (an alias bomb is a small file with a huge meaning), and so are
duplicate keys, deep nesting, several documents, and files that are no text or too long. It does
not know what a case is.
"""

import re
from typing import Any, NamedTuple, Protocol

import yaml

from safeconduct.casefile.errors import SafeconductError

MOST_BYTES = 8 * 1024 * 1024
MOST_DEPTH = 40
# A long account has some thousands; a file made to exhaust its reader has millions.
MOST_NODES = 200_000

# Control characters, and the marks that make a reader see another order than the file has.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Mistake(NamedTuple):
    """One thing wrong in a file: where (from 1), what was found, and what is accepted."""

    line: int
    column: int
    found: str
    accepted: str


class FileMistaken(SafeconductError):
    """A file that cannot be used as it is, with every mistake in it."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("; ".join(f"{m.line}:{m.column}: {m.found}" for m in mistakes[:3]))
        self.mistakes = mistakes


class Mark(Protocol):
    """Where an event stands, as PyYAML's two implementations both tell it."""

    index: int
    line: int
    column: int


class Span(NamedTuple):
    """Code point offsets [start, end) into the text, with the first line and column (from 0)."""

    start: int
    end: int
    line: int
    column: int


class Scalar(NamedTuple):
    """A text as YAML reads it; `plain` if it stands without quotes."""

    span: Span
    value: str
    plain: bool


class Sequence(NamedTuple):
    """A list."""

    span: Span
    items: "tuple[Node, ...]"
    flow: bool


class Mapping(NamedTuple):
    """Keys and values in the order of the file."""

    span: Span
    entries: "tuple[tuple[Scalar, Node], ...]"
    flow: bool

    def get(self, key: str) -> "Node | None":
        """The value at a key, if it is there."""
        return next((value for name, value in self.entries if name.value == key), None)


Node = Scalar | Sequence | Mapping


def decode(data: bytes) -> str:
    """Bytes of a file → text; refuses what is too long, not UTF-8, or not text at all."""
    if len(data) > MOST_BYTES:
        found = f"a file of {len(data):,} bytes"
        raise FileMistaken((Mistake(1, 1, found, f"at most {MOST_BYTES:,} bytes"),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        found = f"a byte that is not UTF-8 text (0x{data[error.start]:02x})"
        raise FileMistaken((Mistake(line, column, found, "a text file in UTF-8"),)) from None
    refused = _REFUSED.search(text)
    if refused:
        line = text.count("\n", 0, refused.start()) + 1
        column = refused.start() - text.rfind("\n", 0, refused.start())
        found = f"a control character (U+{ord(refused.group()):04X})"
        accepted = "text in UTF-8 without control characters or marks that reorder text"
        raise FileMistaken((Mistake(line, column, found, accepted),))
    if not text.strip():
        raise FileMistaken((Mistake(1, 1, "an empty file", "a case; see `case new`"),))
    return text


def parse(text: str) -> Node:
    """Text → its tree. Raises FileMistaken with all duplicate keys, or the first syntax error."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        found = error.problem or error.context or "text that is not YAML"
        raise FileMistaken((Mistake(line, column, found, "YAML"),)) from None
    except yaml.YAMLError:
        raise FileMistaken((Mistake(1, 1, "text that is not YAML", "YAML"),)) from None
    if builder.mistakes:
        raise FileMistaken(tuple(builder.mistakes))
    if builder.root is None:
        raise FileMistaken((Mistake(1, 1, "a file with comments only", "a case"),))
    return builder.root


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Open(NamedTuple):
    start: Mark
    is_mapping: bool
    flow: bool
    nodes: list[Node]


class _Builder:
    """Takes YAML events one by one, iteratively, so that nesting cannot exhaust the stack."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.mistakes: list[Mistake] = []
        self._open: list[_Open] = []
        self._nodes = 0

    def take(self, event: Any) -> None:
        self._refuse(event)
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(event, "values without end", f"at most {MOST_NODES:,} values")
        kind = type(event)
        if issubclass(kind, yaml.ScalarEvent):
            span = _span(event.start_mark, event.end_mark)
            self._add(Scalar(span, event.value, not event.style))
        elif issubclass(kind, yaml.CollectionStartEvent):
            if len(self._open) >= MOST_DEPTH:
                self._stop(event, "nesting without end", f"at most {MOST_DEPTH} levels of nesting")
            is_mapping = issubclass(kind, yaml.MappingStartEvent)
            self._open.append(_Open(event.start_mark, is_mapping, bool(event.flow_style), []))
        elif issubclass(kind, yaml.CollectionEndEvent):
            self._add(self._closed(self._open.pop(), event.end_mark))

    def _refuse(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self._stop(event, "an anchor or alias (& or *)", "text without anchors and aliases")
        if getattr(event, "tag", None) is not None:
            self._stop(event, f"a YAML tag ({event.tag})", "text without tags")
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(event, "a second document (---)", "one document in a file")

    def _stop(self, event: Any, found: str, accepted: str) -> None:
        mark = event.start_mark
        raise FileMistaken((Mistake(mark.line + 1, mark.column + 1, found, accepted),))

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        else:
            self.root = node

    def _closed(self, opened: _Open, end: Mark) -> Node:
        span = _span(opened.start, end)
        if not opened.is_mapping:
            return Sequence(span, tuple(opened.nodes), opened.flow)
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, int] = {}
        for key, value in zip(opened.nodes[::2], opened.nodes[1::2], strict=True):
            line, column = key.span.line + 1, key.span.column + 1
            if not isinstance(key, Scalar):
                self.mistakes.append(Mistake(line, column, "a key that is no text", "a plain key"))
            elif key.value in seen:
                found = f"the key `{shown(key.value)}` again (first in line {seen[key.value]})"
                self.mistakes.append(Mistake(line, column, found, "each key once"))
            else:
                seen[key.value] = line
                entries.append((key, value))
        return Mapping(span, tuple(entries), opened.flow)


def shown(text: str, most: int = 60) -> str:
    """A text of a file as it may stand in an error: shortened, control characters made visible.

    Right-to-left marks and invisible characters would otherwise rearrange the message.
    """
    clean = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: most + 1])
    return clean if len(text) <= most else clean[:most] + "…"


def _span(start: Mark, end: Mark) -> Span:
    return Span(start.index, end.index, start.line, start.column)
