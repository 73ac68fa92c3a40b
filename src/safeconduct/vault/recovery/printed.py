"""A person's own way back: their keys sealed under a key that only they have, on paper.

Nothing is sealed before the person has shown that the paper exists, by typing a part of it again.
The server keeps neither the key nor a hash of it. Who finds the paper and takes the database has
the person's keys; a new paper replaces the old one only as long as old records are destroyed.
"""

from collections.abc import Mapping

import msgspec

from safeconduct.vault.formats.canonical import (
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.derived import derive
from safeconduct.vault.formats.envelopes import KEY_BYTES, open_envelope, seal
from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.keys.staff import StaffKeys
from safeconduct.vault.recovery.errors import (
    NotSaved,
    PaperWrong,
    RecoveryForeign,
    RecoveryReplaced,
)
from safeconduct.vault.recovery.paper import RecoveryKey, read_recovery_key, same_group

SCHEMA = "safeconduct/recovery-key/1"
LEAST_GROUPS = 2


class SavedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A printed key of which a part was typed again; only `proven` makes one."""

    key: RecoveryKey


class StoredRecovery(msgspec.Struct, frozen=True, kw_only=True):
    """What the database keeps. `number` counts a person's papers from 1; the last one counts."""

    user: str
    version: int
    number: int
    envelope: bytes

    def encoded(self) -> bytes:
        """As canonical JSON, of the schema `safeconduct/recovery-key/1`."""
        return canonical(
            {
                "schema": SCHEMA,
                "user": self.user,
                "version": self.version,
                "number": self.number,
                "envelope": to_text(self.envelope),
            }
        )


def decoded(text: bytes) -> StoredRecovery:
    """What `encoded` wrote. Raises Malformed."""
    row = read_canonical(text, SCHEMA)
    if len(row) != 5:
        raise Malformed("other keys than a recovery key has")
    return StoredRecovery(
        user=text_of(row, "user"),
        version=number_of(row, "version"),
        number=number_of(row, "number"),
        envelope=bytes_of(row, "envelope"),
    )


def proven(key: RecoveryKey, typed: Mapping[int, str]) -> SavedKey:
    """A shown key and the groups that the person typed again, by number, as the caller asked.

    Raises NotSaved where a group differs, or NotUsable below two groups: one alone could be what
    was still in somebody's head.
    """
    if len(typed) < LEAST_GROUPS:
        raise NotUsable(f"at least {LEAST_GROUPS} groups are typed again")
    wrong = [number for number, text in typed.items() if not same_group(key, number, text)]
    if wrong:
        raise NotSaved("group " + ", ".join(str(number) for number in sorted(wrong)))
    return SavedKey(key=key)


def seal_for_paper(keys: StaffKeys, saved: SavedKey, *, number: int) -> StoredRecovery:
    """A person's secret keys under their printed key; the record of the paper before is destroyed.

    Raises NotUsable for a number below 1.
    """
    if number < 1:
        raise NotUsable("the first paper has the number 1")
    envelope = seal(
        keys.receiving + keys.signing,
        _wrapping(saved.key, keys.user),
        place=_place(keys.user, keys.version, number),
    )
    return StoredRecovery(user=keys.user, version=keys.version, number=number, envelope=envelope)


def open_with_paper(
    typed: str, stored: StoredRecovery, *, user: str, version: int, number: int
) -> StaffKeys:
    """The keys of `user` in `version` from what was copied off the paper of that number.

    Raises GroupMistyped, PaperMistyped, RecoveryForeign, RecoveryReplaced, PaperWrong, Malformed.
    """
    key = read_recovery_key(typed)
    if (stored.user, stored.version) != (user, version):
        raise RecoveryForeign(f"of {stored.user}, version {stored.version}")
    if stored.number != number:
        raise RecoveryReplaced(f"paper {stored.number}; paper {number} counts")
    try:
        both = open_envelope(
            stored.envelope, _wrapping(key, user), place=_place(user, version, number)
        )
    except NotOpened:
        raise PaperWrong(f"not paper {number} of {user}, or the record was altered") from None
    if len(both) != 2 * KEY_BYTES:
        raise Malformed("two keys of 32 bytes belong here")
    return StaffKeys(
        user=user, version=version, receiving=both[:KEY_BYTES], signing=both[KEY_BYTES:]
    )


def _wrapping(key: RecoveryKey, user: str) -> bytes:
    return derive(key.secret, purpose=labelled("recovery-key", user))


def _place(user: str, version: int, number: int) -> bytes:
    return labelled("recovery-staff-keys", user, version, number)
