"""One spelling for looking a place name up: letters and digits only, without case or accents.

It is for finding, not for showing: folded names are never printed, and two names that fold alike
are all returned by the gazetteer.
"""

from unicodedata import category, normalize

# Letters that Unicode does not take apart into a base letter and an accent.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "e",
        "ħ": "h",
        "ŧ": "t",
    }
)
_KEPT = ("L", "N")


def folded(name: str) -> str:
    """The name without case, accents, apostrophes, hyphens, spaces and invisible characters.

    "Ürümqi" and "urumqi", "Королёв" and "королев", "Ural’sk" and "uralsk", "Алма-Ата" and
    "алма ата" fold alike. The soft sign and й written as и with a breve follow Unicode's
    decomposition: ь stays, й becomes и. An empty result means that the name has no letter.
    """
    loose = normalize("NFKD", normalize("NFKD", name).casefold()).translate(_PLAIN)
    return "".join(letter for letter in loose if category(letter)[0] in _KEPT)
