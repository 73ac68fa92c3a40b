"""Arabic and Persian names in Latin letters, which supply the vowels that the script leaves out.

No rule knows the vowels of a name. Its spellings here are guesses of the usual shapes; its sounds
are one unvowelled key (see `abjads`), which likeness compares with vowelled ones. Read on
2026-11-23: the UN system and the French custom of the Maghreb, https://arhiiv.eki.ee/wgrs/rom1_ar.htm
and https://interscript.org/systems/un-ara-Arab-Latn-1972; BGN/PCGN for Persian (updated 2019),
https://docslib.org/doc/4012226/romanization-of-persian-farsi-bgn-pcgn-1958-system-updated-2019;
how one name is really written, 32 times,
https://docslib.org/doc/12439556/tf3-arabic-transliteration-pdf-v2-3.
"""

import re

from safeconduct.names.abjads import UNVOWELLED
from safeconduct.names.lettering import paired

_SAME = str.maketrans(
    {
        **dict.fromkeys("يېۍےۑ", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ةەۀۂھہۃ", "ه"),
        **dict.fromkeys("أإآٱىٰ", "ا"),
        **dict.fromkeys("ۆۇۈۋۉ", "و"),
    }
)
_SOUND = dict(
    zip(
        "بپتثجچحخدذرزژسشصضطظعغفڤقکگلمنهویاءئؤٹڈڑںڥڨڭ",
        "BpUTJqhOdDrZRSXSDUDEGFvQKglmnhWYAIIWUdrnvgg",
        strict=True,
    )
)
_WRITTEN = paired(
    "بپتثجچحخدذرزژسشصضطظعغفڤقکگلمنهویاءئؤٹڈڑںڥڨڭ",
    "b p t th j ch h kh d dh r z zh s sh s d t z a gh f v q k g l m n h w y a _ _ w t d r n v g n",
)
_FRENCH = _WRITTEN | paired("شجوقذث", "ch dj ou k d t")
_PERSIAN = _WRITTEN | paired("وثذضغق", "v s z z gh gh")
_VOWELS = "aeiou"
_SUN = frozenset("تثدذرزسشصضطظلن")
_DOUBLED = re.compile(r"(.)\1+")
_INNER = re.compile("(..)ال([" + "".join(sorted(_SUN)) + "])")
_LAST_TA = re.compile("ة$")


def spellings(form: str) -> tuple[str, ...]:
    """Likely Latin spellings of an Arabic token; its consonants alone stand last."""
    text = _plain(form)
    last = "a" if form.endswith(("ة", "ه")) and len(text) > 2 else ""
    body = text[:-1] if last else text
    found: list[str] = []
    for article in _articles(body):
        rest = body[2:] if article else body
        for table, vowel in ((_WRITTEN, "a"), (_PERSIAN, "e"), (_FRENCH, "a"), (_WRITTEN, "i")):
            found.append(article + _vowelled(_long(rest, table), vowel) + last)
    found.append("".join(_WRITTEN.get(one, "") for one in text))
    return tuple(dict.fromkeys(one for one in found if one))


def _articles(text: str) -> tuple[str, ...]:
    """How a glued article is written: al-, el-, and with the first sun letter (ad-, ar-)."""
    if not text.startswith("ال") or len(text) < 5:
        return ("",)
    sun = text[2] in _SUN
    alike = "a" + _WRITTEN[text[2]] if sun else "al"
    return tuple(dict.fromkeys(("al", "el", alike)))


def _long(text: str, table: dict[str, str]) -> list[str]:
    """Letter by letter; و and ی are vowels between consonants and consonants beside vowels."""
    result: list[str] = []
    for at, one in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        inner = at > 0 and before != "ا" and after != "ا"
        if one == "و" and inner:
            result.append("ou" if table is _FRENCH else "u")
        elif one == "ی" and inner:
            result.append("i")
        else:
            result.append(table.get(one, ""))
    return result


def _vowelled(letters: list[str], vowel: str) -> str:
    """A vowel between two consonants, unless a vowel stands on either side of the two."""
    sounding = [one for one in letters if one]
    result = ""
    for at, one in enumerate(sounding):
        before = result[-1:]
        result += one
        following, after = [*sounding[at + 1 : at + 3], "", ""][:2]
        if not following or one[-1] in _VOWELS or following[0] in _VOWELS:
            continue
        if not (before and before in _VOWELS and after[:1] and after[0] in _VOWELS):
            result += vowel
    return result


def sounds(form: str) -> tuple[str, ...]:
    """Unvowelled keys: foreign ch and ts as one sound or as written, with or without an article."""
    text = _plain(form)
    bodies = [text]
    if text.startswith("ال") and len(text) > 4:
        bodies.append(text[2:])
        if text[2] in _SUN:  # an-Nusra
            bodies.append("ا" + text[2:])
    if _INNER.search(text):  # Abd ar-Rahman
        bodies.append(_INNER.sub(r"\1ا\2", text))
    found = [_key(one, form) for one in bodies]
    found += [_FOREIGN.sub(lambda one: _JOINED[one.group()], key) for key in found]
    return tuple(dict.fromkeys(one for one in reversed(found) if len(one) > 1))


# Foreign sounds that Arabic writes with two letters.
_JOINED = {"UX": "q", "US": "c", "UZ": "c", "dJ": "j", "dR": "j", "KS": "ks"}
_FOREIGN = re.compile("|".join(_JOINED))


def _key(text: str, form: str) -> str:
    signs = [_SOUND.get(one, "") for one in text]
    if len(signs) > 2 and (_LAST_TA.search(form) or text.endswith("ه")):
        signs[-1] = "H"
    if text[:1] == "ا" and not form.startswith("آ"):
        signs[0] = "E"  # a first alef carries any vowel
    return UNVOWELLED + _DOUBLED.sub(r"\1", "".join(signs))


def _plain(form: str) -> str:
    return form.translate(_SAME)
