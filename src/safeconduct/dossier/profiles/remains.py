"""Looks for names that may not go in all that would go, in their scripts and inflections.

Removing a field does not remove a name from a sentence. A person has to: the place is named, and no
dossier is made until the name is gone. It finds names as they are recorded, not descriptions.
"""

import re
from collections.abc import Iterator
from typing import Any

from safeconduct.casefile.errors import SafeconductError
from safeconduct.names.romanising import romanised
from safeconduct.names.scripts import script_of

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 4
"""Letters that a name keeps at least when its ending is cut off (Тестов, Тестову)."""

_LONGEST_ENDING = 3
_CYRILLIC_VOWELS = "аеёиоуыэюя"


class NameRemains(SafeconductError):
    """Names that may not go still stand in texts that would; `places` are their paths."""

    def __init__(self, places: tuple[str, ...]) -> None:
        shown = ", ".join(places[:8]) + (" …" if len(places) > 8 else "")
        super().__init__(
            f"a name that may not go stands in {shown}; reword it in the case, or leave it out"
        )
        self.places = places


def refuse_names(tree: Any, names: tuple[str, ...], going: tuple[str, ...] = ()) -> None:
    """Raises NameRemains if any word of the names stands anywhere in the plain values.

    Words that a name that is shown has as well, such as a family's, are not looked for.
    """
    shown = {form for name in going for word in _WORD.findall(name) for form in _forms(word)}
    stems = {
        stem
        for name in names
        for word in _WORD.findall(name)
        if not _forms(word) & shown
        for stem in _stems(word)
    }
    if not stems:
        return
    found = tuple(
        dict.fromkeys(
            path
            for path, text in _texts(tree, "")
            if any(_is(form, stems) for word in _WORD.findall(text) for form in _forms(word))
        )
    )
    if found:
        raise NameRemains(found)


def _is(form: str, stems: set[str]) -> bool:
    """Is the form a stem, or a stem with a short ending?"""
    return any(form[: len(form) - cut] in stems for cut in range(_LONGEST_ENDING + 1))


def _stems(word: str) -> Iterator[str]:
    for form in _forms(word):
        yield form
        # Names that end in a vowel change it: Анна, Анны, Анне. In Latin letters a short stem
        # would be found in other words.
        if form[-1] in _CYRILLIC_VOWELS or (form[-1] in "aeiouy" and len(form) > _STEM):
            yield form[:-1]


def _forms(word: str) -> set[str]:
    """The word in lower case, as it is and in Latin letters."""
    lower = word.casefold()
    return {lower, *romanised(lower, script_of(lower[0]))}


def _texts(tree: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        named = f"{path}/{tree['id']}" if isinstance(tree.get("id"), str) else path
        for key, value in tree.items():
            yield from _texts(value, f"{named}/{key}")
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from _texts(value, path)
