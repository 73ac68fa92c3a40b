"""Names within a PDF: which are the format's own, and which may be somebody's word.

Fonts, letters, colours and entries of lists are called by names that no page shows.
"""

import re

from safeconduct.vault.cleaning.plain import is_common_font
from safeconduct.vault.cleaning.vocabulary import listed, names

# Names as programs count them up; any other may say something.
_PLAIN_NAME = re.compile(
    r"/(?:[A-Za-z]{1,4}[.]?[0-9]{0,6}(?:[._][0-9]{1,4})*|[A-Za-z]{1,7}[0-9]{1,4})"
)
_LETTER = re.compile(
    r"/(?:uni(?:[0-9A-F]{4})+|u[0-9A-F]{4,6}|[A-Za-z]{1,3}|[A-Za-z]{1,5}[0-9]{1,5})?"
)
_PARTS_OF_LETTERS = re.compile(r"[._]")
_SUBSET = re.compile(r"/(?:[A-Z]{6}\+)?")
_STYLE = re.compile(
    r"[,-]?(?:Regular|Roman|Italic|Bold|Oblique|Light|Medium|Book|MT|PS|It|BoldItalic)*"
)
_STANDARD = frozenset(
    {"/Symbol", "/ZapfDingbats", "/TimesNewRomanPSMT", "/ArialMT", "/CourierNewPSMT"}
)


def is_plain_name(name: str) -> bool:
    """Is it one of the format's own names, or one that a program counted up? `/Name`."""
    return name[1:] in listed("pdf-names") or _PLAIN_NAME.fullmatch(name) is not None


def is_plain_letter(name: str) -> bool:
    """Is it the name of a letter, or one that a program counted up?"""
    pieces = _PARTS_OF_LETTERS.split(name[1:])
    return all(
        one in names("glyphs") or _LETTER.fullmatch(f"/{one}") or one == "notdef" for one in pieces
    )


def is_plain_font(name: str) -> bool:
    """Is it a font of many machines, in any of its cuts?"""
    bare = _SUBSET.sub("", name, count=1)
    family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.split(r"[,-]", bare)[0])
    cut = bare[len(re.split(r"[,-]", bare)[0]) :]
    known = is_common_font(family.replace(" MT", "").replace(" PSMT", "").replace(" PS", ""))
    return f"/{bare}" in _STANDARD or (known and _STYLE.fullmatch(cut) is not None)


def is_known_key(key: str) -> bool:
    """May a dictionary of a copy have an entry of this name? `/Key`."""
    return key[1:] in listed("pdf-keys")
