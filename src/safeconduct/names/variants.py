"""Which spellings are one name: groups of variants, and of which names a form is a diminutive.

A group is a set of spellings that a source holds to be one name in several languages and scripts
(Олександр, Aleksandr, Alexandre, ალექსანდრე). Groups overlap: one spelling may stand in many.
Two forms that share no group may still be the same name; that is for the folded keys to say.
Groups say nothing of how near two names sound, and nothing of who bears them.
"""

import unicodedata
from functools import cache, lru_cache

from safeconduct.names.data.tables import Table, shipped_file

OWN = 1 << 31
"""Groups below this number are Wikidata items (group 923 is item Q923); from it on, our own."""

_NONE: frozenset[int] = frozenset()
_DROPPED = "'’ʼʹ`´‘\"-‐‑–. \u200c\u200d\u0640ʻʿʾ"
_LETTERS = (
    *("łl", "øo", "đd", "ðd", "ıi", "əa", "ħh", "ŋn", "ёе", "ςσ"),
    *("ىي", "یي", "کك", "ہه", "ةه", "أا", "إا", "آا", "ٱا"),
    *("ךכ", "םמ", "ןנ", "ףפ", "ץצ"),
)
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_DROPPED),
        **{pair[0]: pair[1] for pair in _LETTERS},
        **dict(zip("æœßþ", ("ae", "oe", "ss", "th"), strict=True)),
    }
)


@lru_cache(maxsize=65_536)
def table_key(form: str) -> str:
    """The form under which a token stands in the table: one spelling per word of its own script.

    Case, accents of Latin and Greek letters, points of Arabic and Hebrew, apostrophes, hyphens and
    spaces are dropped; letters that are one letter in different keyboards (Persian and Arabic kaf,
    final forms) are made one. Cyrillic letters with a mark (й, ї, ў) stay what they are.
    """
    text = form.casefold()
    if text.isascii() and text.isalpha():
        return text
    cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in text)
    if not cyrillic:
        text = unicodedata.normalize("NFC", text).translate(_PLAIN)
        text = unicodedata.normalize("NFD", text)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def groups(form: str) -> frozenset[int]:
    """The groups in which a token stands, given in its own script or romanised; none if unknown."""
    return _found(table_key(form))[0]


def diminutive_of(form: str) -> frozenset[int]:
    """The groups of the full names that a token is a short or pet form of: weaker evidence.

    A form may be both (Nina is a name of its own and a pet form of Antonina).
    """
    return _found(table_key(form))[1]


def source_of(group: int) -> str | None:
    """The Wikidata item that a group comes from ("Q923"), or None for a group of our own making."""
    return f"Q{group}" if group < OWN else None


@cache
def _table() -> Table:
    return Table.open(shipped_file("variants"))


@lru_cache(maxsize=65_536)
def _found(key: str) -> tuple[frozenset[int], frozenset[int]]:
    """Groups and diminutive groups of a key. A row: how many groups, the groups, the others."""
    row = _table().get(key)
    if not row:
        return _NONE, _NONE
    count = row[0]
    return frozenset(row[1 : 1 + count]), frozenset(row[1 + count :])
