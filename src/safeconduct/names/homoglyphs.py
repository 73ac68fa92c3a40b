"""Letters of Latin, Cyrillic and Greek that look like a letter of another of the three.

They are mistaken for each other by hands, keyboards and those who want a search to fail. A letter
is exchanged only inside a token that is otherwise written in one script; see `reading`. The pairs
are usual ones of Unicode's confusables (https://www.unicode.org/reports/tr39/), capitals and small
letters, since names come in either.
"""

from safeconduct.names.scripts import CYRILLIC, GREEK, LATIN

# Each pair: a Latin letter, the Cyrillic one that looks like it.
_LATIN_CYRILLIC = (
    "AА BВ CС EЕ HН IІ JЈ KК MМ OО PР SЅ TТ XХ YУ YҮ ËЁ ÏЇ QԚ WԜ hһ aа cс eе iі jј kк mм oо pр sѕ "
    "xх yу yү ëё ïї qԛ wԝ dԁ vѵ tт nп lӏ IӀ"
)
_LATIN_GREEK = (
    "AΑ BΒ EΕ ZΖ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ YΥ XΧ oο vν iι kκ pρ uυ xχ aα óό áά éέ íί úύ ÁΆ ÉΈ ÍΊ ÓΌ"
)
_CYRILLIC_GREEK = "АΑ ВΒ ЕΕ НΗ ІΙ КΚ МΜ ОΟ РΡ ТΤ ХΧ УΥ аα оο рρ хχ кκ іι"

# Digits typed for letters. In Caucasian names 1 stands for the palochka.
_DIGITS = {
    CYRILLIC: {"0": "о", "3": "з", "1": "ӏ", "4": "ч", "6": "б"},
    LATIN: {"0": "o", "1": "l", "3": "e", "5": "s"},
    GREEK: {"0": "ο"},
}


def _pairs(*tables: tuple[str, int]) -> dict[str, str]:
    """From the letter at a place of each pair to the other; the first pair of a letter counts."""
    found: dict[str, str] = {}
    for table, place in tables:
        for pair in table.split():
            found.setdefault(pair[place], pair[1 - place])
    return found


_TWINS = {
    CYRILLIC: _pairs((_LATIN_CYRILLIC, 0), (_CYRILLIC_GREEK, 1)) | _DIGITS[CYRILLIC],
    LATIN: _pairs((_LATIN_CYRILLIC, 1), (_LATIN_GREEK, 1)) | _DIGITS[LATIN],
    GREEK: _pairs((_LATIN_GREEK, 0), (_CYRILLIC_GREEK, 0)) | _DIGITS[GREEK],
}


def twin(letter: str, script: str) -> str | None:
    """The letter of `script` that a letter of another script, or a digit, looks like; or None."""
    return _TWINS.get(script, {}).get(letter)
