"""Values that say nothing about anybody: numbers, measures, colours, and words of the format.

Whatever else stands in a place that no page shows may be somebody's word. A number may be one too
(of an account, of a telephone): only its length is bounded.
"""

import re
from collections.abc import Collection

from safeconduct.vault.cleaning.vocabulary import listed, names

_NUMBER = r"[-+]?(?:[0-9]{1,10}(?:\.[0-9]{1,15})?|\.[0-9]{1,15})(?:[eE][-+]?[0-9]{1,3})?"
_UNIT = r"(?:%|mm|cm|in|inch|pt|pc|pi|px|em|dxa|emu|f|fd|deg|grad|rad|s|ms|\*)?"
_COLOUR = r"#?(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}|(?=[0-9A-F]*[0-9])[0-9A-F]{3,4}|[0-9A-F]{2})"
_LANGUAGE = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
_CELLS = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?"
_DURATION = r"P(?:T?[0-9]{1,4}(?:\.[0-9]{1,9})?[DHMS])+"
# Those that programs bring along, and a sign by itself.
_OTHERS = r"(?:Table|Pivot)Style(?:Light|Medium|Dark)[0-9]{1,2}|Table[0-9]{1,4}|[^\w\s]"
_PLAIN = re.compile("|".join((_NUMBER + _UNIT, _COLOUR, _LANGUAGE, _CELLS, _DURATION, _OTHERS)))
# An outline: single letters that draw, and numbers.
_OUTLINE = re.compile(r"(?:[A-Za-z]{1,2}(?![A-Za-z])|[-+0-9@#$?.,\s])*")
_BETWEEN = re.compile(r"[\s,;:()=/|]+")
_OUTLINES = {
    "d",
    "path",
    "points",
    "enhanced-path",
    "viewBox",
    "eqn",
    "fmla",
    "adj",
    "glue-points",
    "modifiers",
    "formula",
    "stroke-dasharray",
}
# What VML and OpenDocument write within one value, and truths.
_BASE = listed("plain-base")
# A picture on the page is never drawn with more than this.
_LONGEST = 4_096


def is_plain(value: str, words: Collection[str], name: str = "") -> bool:
    """Does a value consist of numbers, colours and the format's own words alone?

    `name` is the attribute's, without namespace: those that draw hold outlines of any length.
    """
    if name in _OUTLINES and _OUTLINE.fullmatch(value):
        return True
    return len(value) <= _LONGEST and all(
        not piece or piece in _BASE or piece in words or _PLAIN.fullmatch(piece)
        for piece in _BETWEEN.split(value)
    )


def is_common_font(name: str) -> bool:
    """Is it a font of many machines? LibreOffice numbers those that it uses in several ways."""
    plain = name.strip().strip("'\"").lower()
    return not plain or plain in names("fonts") or plain.rstrip("0123456789") in names("fonts")
