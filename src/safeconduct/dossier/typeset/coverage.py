"""Which characters the shipped face has, and what stands in for the others: [U+1F600].

A PDF for archives may not hold a character without a shape, nor one whose meaning is private; the
renderer refuses both. It reads the character map of the font (OpenType `cmap`, formats 4 and 12).
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import cycle

from safeconduct.drawing.text import font_files

_LONG, _STEP = 32, 12
"""A word longer than this many characters may be broken after every so many."""

_AFTER = re.compile(r"(?<=[/?&=_-])(?=[^/?&=_-])")
"""Where an address or a file name is broken first."""

_KEPT_INVISIBLE = frozenset("\n\u00ad\u061c\u200c\u200d\u200e\u200f")

_DIRECTING = frozenset("\u2067\u2069")
"""Drawings turn a line round with them (see `drawing.text`); case text never holds them there."""

_ISOLATED = re.compile("(\u2068[^\u2066-\u2069]*\u2069)")

MAY_BREAK = "\u200b"
"""Tells the template where a word may be broken; it puts no character there, see `dossier.typ`."""


def shown(text: str) -> str:
    """The text with each character that cannot be set as its code point, and long words breakable.

    Marks of direction and joiners stay: they have no shape and need none. Isolates stay in pairs
    that open and close; others could turn around what stands behind them.
    """
    pieces = _ISOLATED.split(text)
    replaced = "".join(
        f"\u2068{_settable(piece[1:-1])}\u2069" if isolated else _settable(piece)
        for isolated, piece in zip(cycle((False, True)), pieces)
    )
    return " ".join(_breakable(word) for word in replaced.split(" "))


def _settable(text: str) -> str:
    covered = covered_characters()
    return "".join(
        one if one in covered or one in _KEPT_INVISIBLE else _stand_in(one) for one in text
    )


def drawable(svg: str) -> str:
    """A drawing in which a mark stands for each character that the face has no shape for.

    One for one, since a drawing has room for no more; its text alternative names the code points.
    """
    lacking = set(svg) - covered_characters() - _KEPT_INVISIBLE - _DIRECTING - {"\t", "\r"}
    return svg.translate({ord(one): "\ufffd" for one in lacking})


@cache
def covered_characters() -> frozenset[str]:
    """All characters that the regular face has a shape for, private ones and controls left out."""
    regular, _ = font_files()
    return frozenset(
        chr(code)
        for code in _mapped(regular.read_bytes())
        if unicodedata.category(chr(code)) not in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
    )


def _stand_in(character: str) -> str:
    if character == "\t":
        return " "
    return f"[U+{ord(character):04X}]"


def _breakable(word: str) -> str:
    if len(word) <= _LONG:
        return word
    return MAY_BREAK.join(piece for part in _AFTER.split(word) for piece in _steps(part))


def _steps(part: str) -> list[str]:
    """A part of an address as it is; one that is too long in steps."""
    if len(part) <= _LONG:
        return [part]
    return [part[start : start + _STEP] for start in range(0, len(part), _STEP)]


def _mapped(font: bytes) -> set[int]:
    """The code points that the best character map of a font gives a glyph other than the empty."""
    (tables,) = struct.unpack_from(">H", font, 4)
    places = {
        tag: start for tag, _, start, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * tables])
    }
    base = places[b"cmap"]
    (count,) = struct.unpack_from(">H", font, base + 2)
    records = struct.iter_unpack(">HHI", font[base + 4 : base + 4 + 8 * count])
    codes: set[int] = set()
    for start in {base + offset for _, _, offset in records}:
        (form,) = struct.unpack_from(">H", font, start)
        if form == 12:
            codes.update(_groups(font, start))
        elif form == 4:
            codes.update(_segments(font, start))
    return codes


def _groups(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for first, last, glyph in struct.iter_unpack(
        ">III", font[start + 16 : start + 16 + 12 * count]
    ):
        yield from (code for code in range(first, last + 1) if glyph + code - first)


def _segments(font: bytes, start: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    count = doubled // 2

    def row(number: int, form: str) -> tuple[int, ...]:
        gap = 2 if number else 0  # a reserved value stands behind the first row
        return struct.unpack_from(f">{count}{form}", font, start + 14 + gap + number * doubled)

    ends, starts, deltas, offsets = row(0, "H"), row(1, "H"), row(2, "h"), row(3, "H")
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        at = start + 16 + 3 * doubled + 2 * place + offsets[place]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[place]:
                (glyph,) = struct.unpack_from(">H", font, at + 2 * (code - first))
                if not glyph:
                    continue
            if (glyph + deltas[place]) % 0x10000:
                yield code
