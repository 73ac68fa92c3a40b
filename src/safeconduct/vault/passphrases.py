"""Passphrases that are generated, since people choose guessable ones."""

import secrets
from math import log2

# No letters that are mistaken for one another when read aloud or copied by hand.
_CONSONANTS = "bdfghjkmnprstvz"
_VOWELS = "aeiou"
_GROUPS = 6


def generate_passphrase() -> str:
    """Six pronounceable groups such as `koda`, drawn from the system's randomness."""
    return "-".join(_group() for _ in range(_GROUPS))


def passphrase_bits() -> float:
    """Bits of a generated passphrase: every letter is drawn evenly and on its own."""
    return _GROUPS * 2 * (log2(len(_CONSONANTS)) + log2(len(_VOWELS)))


def _group() -> str:
    return "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(2))
