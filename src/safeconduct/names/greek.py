"""Greek names in Latin letters, by letter (ISO 843) and by sound (ELOT 743, as in passports).

Read on 2026-11-23: https://www.doc.surf/wiki/iso-843,
https://wiki.enlogic.gr/KnowledgeBase/AboutGreekTransliteration?cover=print and
https://wikimili.com/en/Romanization_of_Greek. Foreign b, d, g, ch and j are written μπ, ντ, γκ, τσ
and τζ; sh has no letter and is written σ.
"""

import re
from unicodedata import normalize

from safeconduct.names.lettering import paired

_LETTERS = paired(
    "αβγδεζηθικλμνξοπρστυφχψως", "a v g d e z i th i k l m n x o p r s t y f ch ps o s"
)
_PAIRS = {"ου": "ou", "γγ": "ng", "γχ": "nch", "γξ": "nx"}
_ELOT = _LETTERS | _PAIRS | {"αυ": "av", "ευ": "ev", "ηυ": "iv"}
_OLDER = _ELOT | {"χ": "h", "υ": "i", "ει": "i", "οι": "i", "αι": "e"}
_CLASSIC = _LETTERS | _PAIRS | {"η": "e", "φ": "ph", "ου": "u", "β": "b", "ω": "o"}
_SPOKEN = (
    _LETTERS
    | _PAIRS
    | paired("χυ", "kh i")
    | {
        "αυ": "av",
        "ευ": "ev",
        "ου": "u",
        "ει": "i",
        "οι": "i",
        "αι": "e",
        "μπ": "b",
        "ντ": "d",
        "γκ": "g",
        "τσ": "ts",
        "τζ": "dz",
        "γγ": "ng",
        "ντζ": "ndz",
        "ντσ": "nts",
    }
)
_NASAL = {"μπ": "mb", "ντ": "nd", "γκ": "ng"}
_PATTERN = re.compile("(?<=ν)τζ|(?<=ν)τσ|ντζ|ντσ|ου|αυ|ευ|ηυ|ει|οι|αι|μπ|ντ|γκ|γγ|γχ|γξ|τσ|τζ|.")
_FIRST_STOP = re.compile("^(?:μπ|ντ|γκ)")
_W = re.compile("γου(?=[αειηο])")
_SOFT = re.compile("γ(?:ι(?=[αεοωυ])|(?=[ειηυ]))")


def spellings(form: str) -> tuple[str, ...]:
    """The Latin spellings of a Greek token, the most usual first."""
    text = _bare(form)
    first = text.replace("μπ", "β", 1) if text.startswith("μπ") else text
    found = [
        _written(first, _ELOT | ({"β": "b"} if first != text else {})),
        _written(text, _OLDER),
        _written(text, _SPOKEN),
        _written(text, _CLASSIC),
    ]
    return tuple(dict.fromkeys(one for one in found if one))


def sounds(form: str) -> tuple[str, ...]:
    """What a token may sound like: stops after a nasal, voiced or not, foreign ch, j, w and y."""
    text = _bare(form)
    opened = _FIRST_STOP.sub(lambda found: _SPOKEN[found.group()], text)
    foreign = {"τσ": "ch", "τζ": "j", "ντζ": "nj", "ντσ": "nch"}
    soft = _SOFT.sub("y", _W.sub("u", opened))
    found = [
        _written(opened, _SPOKEN),
        _written(opened, _SPOKEN | _NASAL | foreign),
        _written(opened, _SPOKEN | _NASAL),
        _written(opened, _SPOKEN | foreign),
        _written(opened, _SPOKEN | {"μπ": "mp", "ντ": "nt", "γκ": "nk"} | foreign),
        _written(opened, _SPOKEN | {"αι": "ai", "ει": "ei", "οι": "oi"} | _NASAL),
        _written(soft, _SPOKEN | _NASAL | foreign),
        _written(opened, _SPOKEN | {"η": "e", "β": "b", "αυ": "au", "ευ": "eu"} | _NASAL),
    ]
    return tuple(dict.fromkeys(one for one in found if one))


def _written(text: str, table: dict[str, str]) -> str:
    result: list[str] = []
    for found in _PATTERN.finditer(text):
        piece = found.group()
        if piece in table:
            result.append(table[piece])
        else:
            result += [table.get(one, one if one.isascii() else "") for one in piece]
    return "".join(result)


def _bare(form: str) -> str:
    """Without accents, but with ϊ and ϋ parted from the vowel before them."""
    text = normalize("NFD", form)
    text = text.replace("ι\u0308", "\u0000ι").replace("υ\u0308", "\u0000υ")
    return "".join(one for one in text if one == "\u0000" or "\u03b1" <= one <= "\u03c9")
