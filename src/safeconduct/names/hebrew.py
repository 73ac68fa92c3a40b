"""Hebrew names in Latin letters; as in Arabic, the vowels are guessed or left to likeness.

Read on 2026-11-23: ISO 259 and its second part, https://wikimili.com/en/ISO_259; ISO 259-3 with the
letters for foreign sounds, http://en.wikipedia.org/wiki/ISO_259-3.
"""

import re

from safeconduct.names.abjads import UNVOWELLED
from safeconduct.names.lettering import paired

_SAME = str.maketrans("ךםןףץ", "כמנפצ")
_SOUND = dict(zip("אבגדהוזחטיכלמנסעפצקרשת", "AVgdHWZOtYClmnSEPMkrLt", strict=True))
_WRITTEN = paired("אבגדהוזחטיכלמנסעפצקרשת", "a b g d h v z h t y k l m n s a p tz k r sh t")
_ASHKENAZI = _WRITTEN | paired("בחכפצ", "v ch ch f ts")
_OTHER = _WRITTEN | paired("בכחפשצ", "v kh kh f s z")
_FOREIGN = {"ג'": "N", "ז'": "j", "צ'": "q", "ץ'": "q", "ת'": "t", "ד'": "d", "ח'": "h", "ע'": "G"}
_FOREIGN |= {"ט'": "D", "ו'": "v", "ר'": "G", "ס'": "S"}
_FOREIGN_WRITTEN = paired("NjqGDS", "j zh ch gh z s")
_GERESH = re.compile(".'")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = "aeiou"


def spellings(form: str) -> tuple[str, ...]:
    """Likely Latin spellings of a Hebrew token; its consonants alone stand last."""
    found: list[str] = []
    for table, vowel in ((_WRITTEN, "a"), (_ASHKENAZI, "e"), (_OTHER, "a"), (_WRITTEN, "e")):
        found += [_vowelled(_letters(form, table, wav), vowel) for wav in "ou"]
    found.append("".join(_letters(form, _WRITTEN, "v")))
    return tuple(dict.fromkeys(one for one in found if one))


def _letters(form: str, table: dict[str, str], wav: str) -> list[str]:
    result: list[str] = []
    text = _plain(form.replace("וו", "W").replace("יי", "Y"))
    inner = {"ו": wav, "י": "i"}
    special = {"W": "v", "Y": "y"} | _FOREIGN_WRITTEN
    for at, one in enumerate(text):
        if at > 0 and one in inner:
            result.append(inner[one])
        elif one == "ה" and at == len(text) - 1 and at > 1:
            result.append("h" if result[-1][-1:] in _VOWELS else "a")
        else:
            result.append(special.get(one) or table.get(one, ""))
    return [one for one in result if one]


def _plain(form: str) -> str:
    """One form of each letter; a letter with a geresh is the sign of its foreign sound."""
    text = _GERESH.sub(lambda found: _FOREIGN.get(found.group(), found.group()[0]), form)
    return text.translate(_SAME)


def _vowelled(letters: list[str], vowel: str) -> str:
    result = ""
    for at, one in enumerate(letters):
        result += one
        following = letters[at + 1] if at + 1 < len(letters) else ""
        if following and one[-1] not in _VOWELS and following[0] not in _VOWELS:
            result += vowel
    return result


def sounds(form: str) -> tuple[str, ...]:
    """The unvowelled key."""
    text = _plain(form)
    body = text[:1] + text[1:].replace("וו", "v").replace("יי", "Y")
    if body.startswith("וו"):
        body = "v" + body[2:]
    signs = [one if one.isascii() and one.isalpha() else _SOUND.get(one, "") for one in body]
    if signs and signs[0] in "HA":
        signs[0] = "h" if signs[0] == "H" else "E"  # a first alef carries any vowel
    key = UNVOWELLED + _DOUBLED.sub(r"\1", "".join(signs))
    return (key,) if len(key) > 1 else ()
