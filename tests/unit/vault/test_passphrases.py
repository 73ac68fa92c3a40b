"""Generated passphrases have the bits that are claimed for them, and can be read aloud."""

import re
from collections import Counter
from math import log2

from safeconduct.vault.passphrases import generate_passphrase, passphrase_bits

DRAWN = [generate_passphrase() for _ in range(1000)]


def test_a_passphrase_is_six_groups_that_can_be_spoken() -> None:
    assert all(re.fullmatch(r"([a-z][aeiou]){2}(-([a-z][aeiou]){2}){5}", one) for one in DRAWN)


def test_no_two_are_the_same() -> None:
    assert len(set(DRAWN)) == len(DRAWN)


def test_the_bits_are_those_of_the_letters_really_drawn() -> None:
    places = [one.replace("-", "") for one in DRAWN]
    # Counted from what comes out, at each place on its own, not from the generator's tables.
    counted = sum(log2(len({one[at] for one in places})) for at in range(len(places[0])))
    assert abs(passphrase_bits() - counted) < 1e-9
    assert passphrase_bits() >= 70


def test_every_letter_is_drawn_about_as_often_as_any_other() -> None:
    letters = Counter("".join(DRAWN).replace("-", ""))
    for group in ("aeiou", "".join(sorted(set(letters) - set("aeiou")))):
        even = len(DRAWN) * 12 / len(group)
        # Ten times the scatter of a fair draw: a lasting lean shows, chance alone does not.
        assert all(abs(letters[one] - even) < 10 * even**0.5 for one in group)
