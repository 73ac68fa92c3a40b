"""A recovery key that survives a printer and a pen: 128 bits in eight groups of five letters.

Sixteen letters, no digit, none that is mistaken for another when written by hand. The fifth letter
of a group is a check over the other four and the number of the group: each wrong letter and each
two that changed places are found, and the group is named. It is no protection against a thief.
"""

import msgspec

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.recovery.errors import GroupMistyped, PaperMistyped

LETTERS = "ACEFHJKMNPRTWXYZ"
GROUPS = 8
SECRET_BYTES = 16
_DATA = 4
_GROUP = _DATA + 1

# The letters of a Cyrillic keyboard that look the same on paper.
_LOOKS_LIKE = str.maketrans("АСЕНКМРТХУ", "ACEHKMPTXY")
_IGNORED = str.maketrans("", "", " \t\r\n-–—.·")

# Powers of a generator of the field with 16 elements (x⁴ + x + 1): all different and none is one,
# which is what makes each exchange of two letters show.
_WEIGHTS = (2, 4, 8, 3)


class RecoveryKey(msgspec.Struct, frozen=True, kw_only=True):
    """The 16 secret bytes of a printed key, while it is shown or after it was typed."""

    secret: bytes

    def __repr__(self) -> str:
        return "RecoveryKey(secret)"

    @property
    def groups(self) -> tuple[str, ...]:
        """The eight groups as they are printed, such as `KWXAN`."""
        values = [nibble for byte in self.secret for nibble in (byte >> 4, byte & 15)]
        return tuple(
            _spelled(number, values[_DATA * (number - 1) : _DATA * number])
            for number in range(1, GROUPS + 1)
        )


def new_recovery_key() -> RecoveryKey:
    """A fresh key of 128 bits."""
    return RecoveryKey(secret=draw(SECRET_BYTES))


def printed(key: RecoveryKey) -> str:
    """The key as text: two lines of four groups."""
    half = GROUPS // 2
    return "\n".join("-".join(part) for part in (key.groups[:half], key.groups[half:]))


def read_recovery_key(typed: str) -> RecoveryKey:
    """What somebody copied from the paper → the key.

    Small letters, Cyrillic ones of the same look, spaces and hyphens are taken as they are meant.
    Raises PaperMistyped, or GroupMistyped with the first group that is wrong.
    """
    text = _plain(typed)
    if len(text) != GROUPS * _GROUP:
        raise PaperMistyped(f"{len(text)} letters; a printed key has {GROUPS * _GROUP}")
    values: list[int] = []
    for number in range(1, GROUPS + 1):
        values += _read(number, text[_GROUP * (number - 1) : _GROUP * number])
    pairs = zip(values[::2], values[1::2], strict=True)
    return RecoveryKey(secret=bytes(high << 4 | low for high, low in pairs))


def same_group(key: RecoveryKey, number: int, typed: str) -> bool:
    """Is this the group of that number (from 1)? Raises NotUsable where there is no such group."""
    if not 1 <= number <= GROUPS:
        raise NotUsable(f"a printed key has the groups 1 to {GROUPS}")
    return _plain(typed) == key.groups[number - 1]


def _plain(typed: str) -> str:
    return typed.translate(_IGNORED).upper().translate(_LOOKS_LIKE)


def _spelled(number: int, values: list[int]) -> str:
    return "".join(LETTERS[value] for value in (*values, _check(number, values)))


def _read(number: int, group: str) -> list[int]:
    values = [LETTERS.find(letter) for letter in group]
    if -1 in values or values[_DATA] != _check(number, values[:_DATA]):
        raise GroupMistyped(number)
    return values[:_DATA]


def _check(number: int, values: list[int]) -> int:
    check = number
    for weight, value in zip(_WEIGHTS, values, strict=True):
        check ^= _times(weight, value)
    return check


def _times(one: int, other: int) -> int:
    """The product in the field with 16 elements."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 16:
            one ^= 0b10011
        other >>= 1
    return product
