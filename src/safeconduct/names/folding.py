"""A Latin spelling → one key spelling, in which the systems of romanising no longer differ.

The key is a reading by sound in one letter per consonant: c is ts, q is ch, x is sh (also щ), j is
zh and dzh, h is kh and h, k is also q, v is also w, i is also y and й. Signs, apostrophes and
doubled letters are gone. Keys are for comparing, never for showing.

Arabic and Hebrew leave most vowels unwritten. A key that begins with `UNVOWELLED` holds what is
written, with capital letters where one letter stands for several sounds (see `abjads`).
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

from safeconduct.names import abjads
from safeconduct.names.abjads import UNVOWELLED
from safeconduct.names.sounding import sounds

MOST_KEYS = 16
MOST_KEY_LETTERS = 32
"""Letters of a key; longer names are glued or made up, and would make comparing slow."""

_VOWELS = "aeiou"
# Longest first; one pass, so that what one rule wrote no other rule reads.
_RULES = (
    "chzh:j gk:g schtsch:x schtch:x chtch:x shtsh:x shch:x szcz:x wh:v xh:j dsch:j tsch:q "
    "tch:q tsh:q sch:x dzh:j dz:z zgh:zg ch:q sh:x zh:j dj:j kh:h gh:g ph:f th:t dh:d "
    "ts:c tz:c cz:q ck:k x:ks w:v q:k ou:u y:i"
)
_FIXED = dict(rule.split(":") for rule in _RULES.split())
_PATTERN = re.compile(
    "|".join(
        (
            r"(?<=[oe])(?P<off>ff?)\Z",
            r"\A(?:(?P<beta>mp)|(?P<delta>nt)|(?P<gamma>gk))(?=[^aeiou]?[aeiou])",
            r"(?<=[aeiouy])(?P<mute>h)\Z",
            r"(?P<soft>c(?=[eiy]))",
            r"(?<=[ae])(?P<glide>u)",
            *(re.escape(found) for found in _FIXED),
            "(?P<hard>c)",
        )
    )
)
# A Greek b, d or g at the beginning is written with two letters.
_NAMED = {"beta": "b", "delta": "d", "gamma": "g"} | {
    "off": "v",
    "mute": "",
    "soft": "s",
    "glide": "v",
    "hard": "k",
}
_IOTATED = re.compile("i+(?=e)")
_DOUBLED = re.compile(r"(.)\1+")
_OTHER = re.compile("[^a-z]+")

_CLASSES = str.maketrans("fhpzqcj", "vgbsxxx")
_VOWELLESS = str.maketrans("", "", _VOWELS)


@lru_cache(maxsize=16_384)
def keys(form: str, script: str) -> tuple[str, ...]:
    """The distinct folds of all that a cleaned token may sound like, the likeliest first.

    At most MOST_KEYS of at most MOST_KEY_LETTERS each; none where the script is not compared or
    the token has no letter that sounds. Two spellings of a name by different systems share a key,
    or are near by `likeness`.
    """
    found: dict[str, None] = {}
    for sound in sounds(form, script):
        key = sound if sound.startswith(UNVOWELLED) else folded(sound)
        if key and key != UNVOWELLED:
            found[key[:MOST_KEY_LETTERS]] = None
    return tuple(found)[:MOST_KEYS]


@lru_cache(maxsize=65_536)
def folded(latin: str) -> str:
    """The key spelling of a Latin spelling, read as English-speaking agencies transliterate.

    Letters with accents count as their base letter; whatever is no letter is dropped.
    """
    text = latin if latin.isascii() else _plain(latin)
    text = _OTHER.sub("", text.lower())
    text = _PATTERN.sub(_folded, text)
    return _DOUBLED.sub(r"\1", _IOTATED.sub("", text))


def _folded(found: re.Match[str]) -> str:
    return _NAMED[found.lastgroup] if found.lastgroup else _FIXED[found.group()]


def _plain(text: str) -> str:
    return "".join(one for one in normalize("NFKD", text.casefold()) if not combining(one))


@lru_cache(maxsize=65_536)
def skeleton(fold: str) -> str:
    """The consonants of a key, voiced and voiceless alike; a leading "a" for any first vowel.

    Written and unwritten vowels make no difference: "muhamad" and the key of محمد have one
    skeleton. What sounds alike to a foreign ear (f and v, h and g, p and b, z and s, all hushing
    sounds) is one letter, so a skeleton retrieves and does not identify.
    """
    if fold.startswith(UNVOWELLED):
        text = abjads.plain(fold)
        bones = text.translate(_CLASSES).translate(_VOWELLESS)
    else:
        text = fold
        bones = _DOUBLED.sub(r"\1", text.translate(_CLASSES)).translate(_VOWELLESS)
    return "a" + bones if text[:1] in _VOWELS else bones


_FEMININE = (
    (re.compile("(?<=[scz]k)(?:a?ia|aja|a|oi|is)$"), "i"),
    (re.compile("(?<=[oei]v)(?:a|ai|oi|as|s|ene)$"), ""),
    (re.compile("(?<=[^aeiou]in)(?:a|ai|oi|as|s|ene)$"), ""),
    (re.compile("(andr|imir|gei|dre[ij]|ola[ij])[aiu]?s$"), r"\1"),
)


@lru_cache(maxsize=65_536)
def gender_neutral(fold: str) -> str:
    """A key of a surname without what tells a woman's from a man's; other keys unchanged.

    -ova, -eva, -ina → -ov, -ev, -in; -skaia, -ska → -ski; so too the Baltic endings (-ovs, -ovas,
    -oviene, -skis) and those of the commonest Slavic given names (Vladimirs). A key of
    the father's or husband's name and of the daughter's or wife's are then the same. Given names
    change too (Marina → marin): use the result beside the key, and only to compare it with another
    such result. The Latvian endings: https://translate.jurklee.ua/en/
    kak-nuzhno-perevodit-imena-i-familii-s-latyshskogo-yazyka (read 2026-11-23).
    """
    if len(fold) < 5 or fold.startswith(UNVOWELLED):
        return fold
    for pattern, masculine in _FEMININE:
        neutral, count = pattern.subn(masculine, fold)
        if count:
            return neutral
    return fold
