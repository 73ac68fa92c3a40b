"""Keys of names in scripts that leave vowels unwritten: what each of their letters may sound like.

A capital letter stands for a written letter with several readings; `READINGS` gives the folded
letters (see `folding`) that it may be, and what each choice costs against a plain letter's 1.
"""

UNVOWELLED = "~"
"""The first character of a key that lacks its short vowels."""

READINGS: dict[str, dict[str, float]] = {
    # vowel carriers: matres lectionis, hamza and ayn
    "A": {"a": 0.0, "e": 0.1, "o": 0.2, "i": 0.4, "u": 0.5},
    "I": {"i": 0.0, "e": 0.0, "a": 0.1, "u": 0.15},
    "W": {"u": 0.0, "o": 0.0, "v": 0.0, "a": 0.5, "e": 0.5, "i": 0.5},
    "Y": {"i": 0.0, "e": 0.1, "a": 0.35, "j": 0.3},
    "E": {"a": 0.0, "e": 0.0, "i": 0.0, "o": 0.0, "u": 0.0},
    "H": {"a": 0.0, "e": 0.0, "h": 0.0, "t": 0.1, "o": 0.1},
    # Arabic and Persian
    "B": {"b": 0.0, "p": 0.05, "v": 0.2},
    "T": {"t": 0.0, "s": 0.0},
    "J": {"j": 0.0, "g": 0.0, "q": 0.2, "i": 0.2},
    "D": {"d": 0.0, "z": 0.0},
    "G": {"g": 0.0, "h": 0.2, "k": 0.2},
    "F": {"f": 0.0, "v": 0.0, "p": 0.2},
    "Q": {"k": 0.0, "g": 0.0, "h": 0.4},
    "X": {"x": 0.0, "q": 0.1, "j": 0.2, "s": 0.2},
    "K": {"k": 0.0, "g": 0.15, "q": 0.25},
    "Z": {"z": 0.0, "s": 0.1, "c": 0.2, "j": 0.2},
    "S": {"s": 0.0, "z": 0.1, "c": 0.1, "x": 0.2},
    "U": {"t": 0.0, "d": 0.15},
    "R": {"j": 0.0, "z": 0.15, "q": 0.2},
    # Hebrew
    "V": {"v": 0.0, "b": 0.0, "u": 0.3},
    "C": {"k": 0.0, "h": 0.0, "q": 0.2},
    "P": {"p": 0.0, "f": 0.0},
    "L": {"x": 0.0, "s": 0.05, "q": 0.2},
    "M": {"c": 0.0, "z": 0.1, "s": 0.15, "q": 0.2},
    "N": {"j": 0.0, "g": 0.1, "q": 0.2},
    "O": {"h": 0.0, "k": 0.25, "g": 0.4},
}
"""Folded letters by the sign that may stand for them, and the cost of each reading."""

CARRIERS = frozenset("AIWYEH")
"""Signs that may be a vowel."""

_PLAIN = {sign: min(costs, key=lambda one: costs[one]) for sign, costs in READINGS.items()}
_LATER = str.maketrans({**_PLAIN, **dict.fromkeys("AIWYEH", None), UNVOWELLED: None})
_FIRST = str.maketrans(_PLAIN | {"W": "v", "Y": "i", "E": "a", "H": "h"})


def plain(key: str) -> str:
    """A key with each sign read in its first way; vowel carriers only at the beginning."""
    letters = key[len(UNVOWELLED) :]
    return letters[:1].translate(_FIRST) + letters[1:].translate(_LATER)
