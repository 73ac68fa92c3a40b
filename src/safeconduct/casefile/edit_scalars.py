"""A text, number or truth value → how it is written in YAML so that it is read back unchanged.

Plain where no YAML reader can take it for something else, otherwise in double quotes; texts of
several lines as block scalars where that is exact. It knows nothing of files or trees.
"""

import re
from decimal import Decimal
from typing import NamedTuple

Atom = str | bool | int | float | None
"""What a single value of a case file can be."""

# Words and numbers that a YAML 1.1 or 1.2 reader takes for no text.
_WORDS = re.compile(r"(?i)~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\.inf|\.nan")
_NUMBER = re.compile(
    r"[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?"
    r"([eE][-+]?[0-9]+)?|\.[0-9_]+([eE][-+]?[0-9]+)?)"
)
# A day stands plain, as people write it; a day with a time is a timestamp to YAML 1.1.
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:.*")
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`")
_FLOW = frozenset(",[]{}:?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class BlockText(NamedTuple):
    """A text of several lines: the header (`|` or `|-`) and its lines, not yet indented."""

    header: str
    lines: tuple[str, ...]


def inline(value: Atom, *, flow: bool = False) -> str:
    """The value on one line; `flow` if it stands within brackets or braces.

    Raises ValueError for what YAML in UTF-8 cannot hold: half a surrogate pair, no finite number.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value)
    value.encode()  # half a surrogate pair is refused here
    return value if _is_plain(value, flow) else _quoted(value)


def number(value: float) -> str:
    """A finite number without an exponent: 0.0000001, not 1e-07."""
    if not value - value == 0:
        raise ValueError(f"{value} is no number that a file can hold")
    return format(Decimal(repr(value)), "f")


def block(text: str) -> BlockText | None:
    """The text as a block scalar, or None where only quotes keep it exactly."""
    lines = text.split("\n")
    ends = not lines[-1]
    first = text.lstrip("\n")[:1]
    if len(lines) < 2 or first in ("", " ", "\t") or text.endswith("\n\n") or text[0] == "\n":
        return None
    if not all(all(_visible(c) for c in line) for line in lines):
        return None
    return BlockText("|" if ends else "|-", tuple(lines[:-1] if ends else lines))


def _is_plain(text: str, flow: bool) -> bool:
    if not text or text != text.strip() or text[0] in _FIRST:
        return False
    if text.startswith("...") or ": " in text or " #" in text or text.endswith(":"):
        return False
    if flow and not _FLOW.isdisjoint(text):
        return False
    if any(pattern.fullmatch(text) for pattern in (_WORDS, _NUMBER, _TIMESTAMP)):
        return False
    return all(_visible(c) and c != "\t" for c in text)


def _visible(character: str) -> bool:
    """May it stand as itself? Everything printable, and a tab; not what hides or reorders text."""
    return character.isprintable() or character == "\t"


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(c) or _escaped(c) for c in text) + '"'


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
