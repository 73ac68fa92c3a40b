"""Which words of a running text may be one of some names: in another script, spelling or case.

For finding a name where it should not stand, so it rather finds too much: a word that happens to
read like a name counts. It finds names, not descriptions, and none that is spelt letter by letter.

Names are compared by their folded keys (see `folding`); a key and an inflected one differ by an
ending of East Slavic declension, by a vowel that falls out (Павел, Павла), or both.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from safeconduct.names.abjads import UNVOWELLED
from safeconduct.names.folding import gender_neutral, keys
from safeconduct.names.likeness import likeness
from safeconduct.names.romanising import romanised
from safeconduct.names.scripts import CYRILLIC, OTHER, script_of
from safeconduct.names.variants import diminutive_of, groups

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 2
"""Letters of a word that counts as it is written alone: its key would be that of many words."""

_STEM = 3
"""Letters that a key keeps at least when its ending is cut off."""

_SURE = 4
"""Letters of a stem from which on an inflected word in small letters counts as well."""

_ALIKE = 0.9
_ALIKE_LETTERS = 5

_ENDINGS = frozenset(
    (
        *("", "a", "e", "i", "o", "u", "s", "ia", "ie", "io", "iu", "oi", "ei", "om", "em", "im"),
        *("am", "ah", "ih", "iam", "iah", "iem", "iom", "iei", "ioi", "imi", "ami", "iami", "ovi"),
        *("ogo", "ego", "omu", "emu", "aia", "uiu", "iaia", "iuiu", "oiu", "eiu", "iego", "iemu"),
    )
)
"""What declension leaves of an ending in a key (Тестовского → testovsk-ogo)."""

_ADJECTIVE = re.compile("(?:aia|iaia|oi|ei|i|ia)$")
_GLIDE = re.compile("(?<=[aeou])i$")
_TAILS = ("", "а", "я", "й")
_LONGEST_TAIL = 3
_SHORT_ENDINGS = ("", "а", "у", "ом", "е", "ы", "я", "ю", "ем")
_FLEETING = (
    (re.compile("([^aeiou])[eo]([^aeiou])$"), r"\1\2"),
    (re.compile("ei$"), "i"),
    (re.compile("([aeo])ia([^aeiou])$"), r"\1i\2"),
)


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """The words of names, made ready for looking.

    `written`: those that count as they stand; `short`: those that do with a capital letter alone.
    `groups`: of variants, by the script of the name. `scripts`: texts in scripts that are not
    compared, looked for as they stand, spaces dropped.
    """

    written: frozenset[str]
    short: frozenset[str]
    keys: tuple[tuple[str, ...], ...]
    stems: frozenset[str]
    groups: dict[str, frozenset[int]]
    scripts: tuple[str, ...]


def sought(names: Iterable[str], shown: Iterable[str] = ()) -> Sought:
    """The words of names, without those that would find a word of a name that is shown.

    So a family's name is not looked for where one of its bearers is shown.
    """
    given = [_read(name) for name in names]
    kept = [_read(name) for name in shown]
    known = {word.casefold() for name in kept for word in _WORD.findall(name)}
    words = [
        word
        for word in dict.fromkeys(word for name in given for word in _WORD.findall(name))
        if word.casefold() not in known and not any(_kin(word, one) for one in known)
    ]
    compared = [word for word in words if script_of(word[0]) != OTHER]
    long = [word for word in compared if len(word) > _SHORT]
    return Sought(
        written=frozenset(word.casefold() for word in long),
        short=frozenset(
            form for word in compared if word not in long for form in _forms(word.casefold())
        ),
        keys=tuple(dict.fromkeys(_vowelled(word) for word in long)),
        stems=frozenset(stem for word in long for key in _keys(word) for stem in _stems(key)),
        groups={
            script: frozenset(
                group for word in long if script_of(word[0]) == script for group in groups(word)
            )
            for script in dict.fromkeys(script_of(word[0]) for word in long)
        },
        scripts=tuple(dict.fromkeys(_unspaced(given, kept))),
    )


def mentions(text: str, names: Sought) -> tuple[str, ...]:
    """The words of the text that may be one of the names, as they stand, each once."""
    read = _read(text)
    found = [word for word in dict.fromkeys(_WORD.findall(read)) if _may_be(word, names)]
    glued = "".join(read.split())
    return (*found, *(one for one in names.scripts if one in glued))


def _may_be(word: str, names: Sought) -> bool:
    plain = word.casefold()
    capital = word[0] != plain[0] or word[0] == word[0].upper()
    if plain in names.written or (capital and plain in names.short):
        return True
    if len(word) <= _SHORT or script_of(word[0]) == OTHER:
        return False
    own = _keys(plain)
    least = (_SHORT if script_of(plain[0]) == CYRILLIC else _STEM) if capital else _SURE
    if any(_inflected(key, names.stems, least) for key in own):
        return True
    if not capital:
        return False
    if _variant(plain, names):
        return True
    return len(word) >= _ALIKE_LETTERS and any(
        likeness(_vowelled(plain), one) >= _ALIKE for one in names.keys
    )


def _variant(plain: str, names: Sought) -> bool:
    """Is it a pet form of a name, inflected or not, or its form in another script?"""
    script = script_of(plain[0])
    for of, known in names.groups.items():
        if of != script and len(plain) > _STEM and not known.isdisjoint(groups(plain)):
            return True
        if any(not known.isdisjoint(diminutive_of(one)) for one in _unbent(plain, script)):
            return True
    return False


def _unbent(plain: str, script: str) -> tuple[str, ...]:
    """The word, and what it may be in the nominative (Сашей, Саша)."""
    if script != CYRILLIC:
        return (plain,)
    cuts = range(min(_LONGEST_TAIL, len(plain) - _SHORT) + 1)
    return tuple(dict.fromkeys(plain[: len(plain) - cut] + tail for cut in cuts for tail in _TAILS))


def _forms(word: str) -> Iterator[str]:
    """A short word as it is written, in its cases, and in Latin letters."""
    yield from (word, *romanised(word, script_of(word[0])))
    if script_of(word[0]) == CYRILLIC:
        yield from (word + ending for ending in _SHORT_ENDINGS)


def _inflected(key: str, stems: frozenset[str], least: int) -> bool:
    """Is the key a stem of so many letters at least, with an ending of declension?"""
    return any(
        key[: len(key) - cut] in stems and key[len(key) - cut :] in _ENDINGS
        for cut in range(min(len(key) - least, _LONGEST_ENDING) + 1)
    )


_LONGEST_ENDING = max(map(len, _ENDINGS))


def _kin(word: str, other: str) -> bool:
    """Could one of two words be found by the other (Тестова, Тестов)?"""
    if min(len(word), len(other)) <= _SHORT or OTHER in (script_of(word[0]), script_of(other[0])):
        return False
    ours, theirs = _keys(word.casefold()), _keys(other)
    return any(
        _inflected(key, frozenset(stem for one in others for stem in _stems(one)), _STEM)
        for some, others in ((ours, theirs), (theirs, ours))
        for key in some
    )


@lru_cache(maxsize=16_384)
def _keys(word: str) -> tuple[str, ...]:
    plain = word.casefold()
    found = keys(plain, script_of(plain[0]))
    return tuple(dict.fromkeys((*found, *map(gender_neutral, found))))


def _vowelled(word: str) -> tuple[str, ...]:
    """Its keys that have their vowels; without them too many words are alike."""
    return tuple(key for key in _keys(word) if not key.startswith(UNVOWELLED))


def _stems(key: str) -> Iterator[str]:
    yield key
    cut = _ADJECTIVE.sub("", key)
    bare = key[:-1] if key[-1] in "aeiou" else key
    for stem in (cut, bare):
        if len(stem) >= _STEM or (key[-1] == "a" and len(stem) == _SHORT):
            yield stem
    if glide := _GLIDE.search(key):
        yield key[: glide.start()] + "em"
    for pattern, without in _FLEETING:
        fallen, count = pattern.subn(without, key)
        if count and len(fallen) >= _SHORT:
            yield fallen


def _read(text: str) -> str:
    """The text in one form: no unseen characters, no stress marks or points."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text)
    return "".join(one for one in composed if unicodedata.category(one) not in ("Cf", "Mn"))


def _unspaced(given: Iterable[str], kept: Iterable[str]) -> Iterator[str]:
    """Names in scripts that are not compared, whole and by their words of two letters and more."""
    shown = {"".join(name.split()) for name in kept}
    for name in given:
        for one in ("".join(name.split()), *name.split()):
            letters = [letter for letter in one if letter.isalpha()]
            if len(letters) < _SHORT or one in shown:
                continue
            if all(script_of(letter) == OTHER for letter in letters):
                yield one
