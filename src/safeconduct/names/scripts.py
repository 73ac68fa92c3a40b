"""Which of the compared scripts a letter belongs to, by its place in Unicode.

Seven scripts are compared. Letters of any other are "other": they are reported, never dropped, and
never said to differ from anything. Ranges: the Unicode block list,
https://www.unicode.org/Public/UCD/latest/ucd/Blocks.txt as carried by the standard library.
"""

from bisect import bisect_right

LATIN, CYRILLIC, ARABIC, HEBREW = "Latn", "Cyrl", "Arab", "Hebr"
ARMENIAN, GEORGIAN, GREEK, OTHER = "Armn", "Geor", "Grek", "other"

COMPARED = (LATIN, CYRILLIC, ARABIC, HEBREW, ARMENIAN, GEORGIAN, GREEK)

_RANGES = (
    (0x0041, 0x024F, LATIN),
    (0x0250, 0x02AF, LATIN),
    (0x0370, 0x03FF, GREEK),
    (0x0400, 0x052F, CYRILLIC),
    (0x0530, 0x058F, ARMENIAN),
    (0x0590, 0x05FF, HEBREW),
    (0x0600, 0x06FF, ARABIC),
    (0x0750, 0x077F, ARABIC),
    (0x08A0, 0x08FF, ARABIC),
    (0x10A0, 0x10FF, GEORGIAN),
    (0x1C80, 0x1C8F, CYRILLIC),
    (0x1C90, 0x1CBF, GEORGIAN),
    (0x1D00, 0x1D25, LATIN),
    (0x1E00, 0x1EFF, LATIN),
    (0x1F00, 0x1FFF, GREEK),
    (0x2C60, 0x2C7F, LATIN),
    (0x2D00, 0x2D2F, GEORGIAN),
    (0x2DE0, 0x2DFF, CYRILLIC),
    (0xA640, 0xA69F, CYRILLIC),
    (0xA720, 0xA7FF, LATIN),
    (0xAB30, 0xAB6F, LATIN),
    (0xFB1D, 0xFB4F, HEBREW),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE70, 0xFEFC, ARABIC),
)
_STARTS = tuple(start for start, _, _ in _RANGES)


def script_of(letter: str) -> str:
    """The script of one letter: one of COMPARED, or "other". Give it letters only."""
    code = ord(letter)
    at = bisect_right(_STARTS, code) - 1
    if at >= 0 and code <= _RANGES[at][1]:
        return _RANGES[at][2]
    return OTHER
