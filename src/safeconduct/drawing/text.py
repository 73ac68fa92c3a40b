"""How wide is a text, where does it break, and what of it fits? By the shipped faces' metrics.

Kerning is not counted, and an Arabic letter counts as the widest of its shapes, so a measured width
is a bound from above in practice. It shapes nothing; the program that shows the drawing does.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from unicodedata import bidirectional

import msgspec

REGULAR, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"

# What would act instead of being read, or what XML cannot hold.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufffe\uffff\U0001fffe\U0001ffff]"
)
_ELLIPSIS = "…"
_FROM_THE_RIGHT, _END = "\u2067", "\u2069"
"""Between them a line runs from right to left, whatever it begins or ends with."""
_UNSEEN = frozenset((_FROM_THE_RIGHT, _END, "\u200e"))
# All space but the spaces that keep a number with its unit, or a mark with its word.
_SPACE = re.compile(r"[^\S\u00a0\u202f\u2007]+")


class _Face(msgspec.Struct, frozen=True):
    units: int
    ascender: int
    descender: int
    missing: int
    runs: tuple[tuple[int, tuple[int, ...]], ...]
    sha256: str


def font_files() -> tuple[Path, Path]:
    """The shipped faces, regular and bold, as files."""
    folder = Path(str(files("safeconduct.drawing") / "fonts"))
    return folder / REGULAR, folder / BOLD


def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of one line of text, in the unit of `size`."""
    widths, missing, units = _widths(bold)
    return sum([widths.get(character, missing) for character in text]) * size / units


def directed(line: str) -> str:
    """A line that begins in a script from right to left runs so whole, its stops and numbers too.

    Without the marks a drawing, whose lines run from left to right, would put them at wrong ends.
    """
    if line.startswith(_FROM_THE_RIGHT) or not _runs_from_the_right(line):
        return line
    return f"{_FROM_THE_RIGHT}{line}{_END}"


def _runs_from_the_right(text: str) -> bool:
    kinds = (bidirectional(character) for character in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def ascent(size: float) -> float:
    """How far letters reach above the line that they stand on."""
    face = _faces()["regular"]
    return face.ascender * size / face.units


def descent(size: float) -> float:
    """How far letters reach below it."""
    face = _faces()["regular"]
    return -face.descender * size / face.units


def plain(text: str) -> str:
    """Case text on one line, with nothing in it that turns a line round or cannot be drawn."""
    return _HIDDEN.sub("�", " ".join(_SPACE.split(text.strip())))


def shortened(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text, or as much of it as fits in `room` with an ellipsis; "" if not even that fits."""
    if width_of(text, size, bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of(_cut(text, middle), size, bold) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return _cut(text, low) if low else ""


def wrapped(
    text: str, size: float, room: float, *, lines: int = 0, bold: bool = False
) -> tuple[str, ...]:
    """The text in lines no wider than `room`; with `lines`, the last one ends in an ellipsis.

    A word that is wider than the room is broken where it must be. Each line of a text that runs
    from right to left does so too, whatever it begins with.
    """
    found = tuple(_lines(text, size, room, bold))
    if lines and len(found) > lines:
        rest = " ".join(found[lines - 1 :])
        found = (*found[: lines - 1], shortened(rest, size, room, bold) or _ELLIPSIS)
    if _runs_from_the_right(text):
        return tuple(f"{_FROM_THE_RIGHT}{line}{_END}" for line in found)
    return found


def _lines(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in _pieces(text, size, room, bold):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, bold) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _pieces(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """Words; those wider than the room in pieces."""
    for word in filter(None, _SPACE.split(text)):
        piece = ""
        if width_of(word, size, bold) <= room:
            yield word
            continue
        for character in word:
            if piece and width_of(piece + character, size, bold) > room:
                yield piece
                piece = ""
            piece += character
        yield piece


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip() + _ELLIPSIS if length < len(text) else text


@cache
def _faces() -> dict[str, _Face]:
    data = (files("safeconduct.drawing") / "fonts" / "metrics.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, _Face])


@cache
def _widths(bold: bool) -> tuple[dict[str, int], int, int]:
    face = _faces()["bold" if bold else "regular"]
    widths = {
        chr(first + place): width for first, row in face.runs for place, width in enumerate(row)
    }
    widths |= dict.fromkeys(_UNSEEN, 0)
    # What the table does not hold is taken as wide as the widest sign, not as nothing.
    return widths, 2 * face.missing, face.units
