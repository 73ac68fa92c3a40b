"""Which script a name is written in, and which of two languages a Cyrillic one."""

import unicodedata
from collections.abc import Iterable

_UKRAINIAN = frozenset("іїєґІЇЄҐ")
_RUSSIAN = frozenset("ыэёъЫЭЁЪ")


def script(text: str) -> str:
    """`latin`, `cyrillic`, `arabic`…: the one script of the letters, or `mixed`, or nothing."""
    found = {unicodedata.name(one, "?").split()[0].lower() for one in text if one.isalpha()}
    return found.pop() if len(found) == 1 else "mixed" if found else ""


def written_in(names: Iterable[str], wanted: str) -> tuple[str, ...]:
    """The names in this script."""
    return tuple(name for name in names if script(name) == wanted)


def slavic(names: Iterable[str]) -> dict[str, str]:
    """The Ukrainian and the Russian of a person's Cyrillic names, where both can be told apart.

    A letter that only one of the languages has tells it; of two names of which one is told, the
    other is in the other language. Two names that neither tells are left out.
    """
    cyrillic = written_in(names, "cyrillic")
    told = {name: _language(name) for name in cyrillic}
    found = {language: name for name, language in told.items() if language}
    open_names = [name for name, language in told.items() if not language]
    if len(cyrillic) == 2 and len(found) == 1 and open_names:
        found["rus" if "ukr" in found else "ukr"] = open_names[0]
    return found


def _language(name: str) -> str:
    letters = frozenset(name)
    if letters & _UKRAINIAN or "'" in name or "’" in name:
        return "ukr"
    return "rus" if letters & _RUSSIAN else ""
