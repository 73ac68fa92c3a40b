"""A name as it came → text fit for reading, and what had to be taken out of it.

Invisible characters, direction marks and half characters are removed and told; nothing else of a
name is. Works in bounded steps on whatever it is given: beyond `MOST_CHARACTERS` a name is cut, and
that is told too. It does not split a name and does not know what a name means.
"""

import re
from unicodedata import category, combining, normalize

import msgspec

MOST_CHARACTERS = 1_000
"""Characters of one name that are read; no name in any register comes near it."""

MOST_MARKS = 2
"""Combining marks kept on one letter: Vietnamese needs two."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and symbols by category, but without any ink.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\ufffc\ufffd")
_JOINERS = "\u200c\u200d"
_APOSTROPHES = "’ʼʹ`´ʻ‘ʿʾ′＇՚ꞌ׳\u02c8\u2018\u2032"
_DASHES = "‐‑‒–—―−־﹣－"
_QUOTES = "“”„‟«»‹›״″＂"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_QUOTES, '"'),
        **dict.fromkeys("،﹐，、;؛", ","),
        **dict.fromkeys("﴾（［{【", "("),
        **dict.fromkeys("﴿）］}】", ")"),
        "\u0640": None,  # the Arabic stretching stroke is typography
    }
)
_GERSHAYIM = re.compile(r'(?<=[א-ת])"(?=[א-ת])')
_ORDINARY = re.compile(r"[A-Za-z '.,-]*")


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a name that a reader cannot see, or that was not read as it stands.

    `kind`: "invisible", "bidi", "unreadable", "marks", "shortened", "homoglyph", "mixed-script" or
    "not-compared". `text`: what was found, unprintable characters as U+XXXX. `token`: the number of
    the token in question, from 0, or None if the remark is about the whole name.
    """

    kind: str
    text: str
    token: int | None = None


def cleaned(raw: str) -> tuple[str, tuple[Remark, ...]]:
    """The text in Unicode's compatibility form, without what nobody sees; and the remarks.

    Apostrophes, dashes, quotation marks, brackets and commas of all kinds become the plain ones.
    Case is kept. Any string is accepted, also with unpaired surrogates; the result is at most
    2 × MOST_CHARACTERS long.
    """
    if len(raw) <= MOST_CHARACTERS and _ORDINARY.fullmatch(raw):
        return raw, ()
    remarks: list[Remark] = []
    text = raw
    if len(raw) > MOST_CHARACTERS:
        text = raw[:MOST_CHARACTERS]
        remarks.append(Remark(kind="shortened", text=str(len(raw))))
    text = _without_unseen(text, remarks)
    text = _compatible(text)
    if len(text) > 2 * MOST_CHARACTERS:
        text = text[: 2 * MOST_CHARACTERS]
        remarks.append(Remark(kind="shortened", text=str(len(raw))))
    return text, tuple(remarks)


def _without_unseen(text: str, remarks: list[Remark]) -> str:
    kept: list[str] = []
    found: dict[str, list[str]] = {}
    marks = 0
    for at, one in enumerate(text):
        kind = _unseen(one, text[at - 1 : at], text[at + 1 : at + 2])
        if kind is None and combining(one):
            marks += 1
            kind = "marks" if marks > MOST_MARKS or not kept else None
        elif kind is None:
            marks = 0
        if kind is None:
            kept.append(one)
        elif kind == "space":
            kept.append(" ")
        elif kind != "joiner":
            found.setdefault(kind, []).append(one)
    for kind, letters in found.items():
        codes = dict.fromkeys(f"U+{ord(one):04X}" for one in letters)
        remarks.append(Remark(kind=kind, text=" ".join(tuple(codes)[:8])))
    return "".join(kept)


def _unseen(one: str, before: str, after: str) -> str | None:
    """What kind of unseen character this is; None for one that is seen."""
    if one < "\x7f":
        return None if one >= " " else "space" if one in "\t\n\r\v\f" else "invisible"
    if one in _BIDI:
        return "bidi"
    kind = category(one)
    if kind == "Cs":
        return "unreadable"
    if one in _JOINERS and _joins(before) and _joins(after):
        return "joiner"
    if kind in ("Zs", "Zl", "Zp"):
        return "space"
    if kind in ("Cf", "Cc", "Co", "Cn") or one in _BLANK or "\ufe00" <= one <= "\ufe0f":
        return "invisible"
    return None


def _joins(letter: str) -> bool:
    """Whether joiners are ordinary spelling beside this letter, as in Persian."""
    return "\u0600" <= letter <= "\u08ff"


def _compatible(text: str) -> str:
    """The compatibility form; Arabic and Hebrew points and Cyrillic stress marks go."""
    text = normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    if text.isascii():
        return text
    loose = "".join(
        one
        for at, one in enumerate(text)
        if not (combining(one) and _is_pointing(one, text[at - 1 : at]))
    )
    loose = _GERSHAYIM.sub("", loose)
    return loose.replace("\u05f0", "וו").replace("\u05f1", "וי").replace("\u05f2", "יי")


def _is_pointing(mark: str, before: str) -> bool:
    if "\u0591" <= mark <= "\u05c7" or "\u064b" <= mark <= "\u0652" or mark == "\u0670":
        return True
    return mark in "\u0301\u0300" and "\u0400" <= before <= "\u04ff"
