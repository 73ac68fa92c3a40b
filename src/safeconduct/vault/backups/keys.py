"""The key of a period's backups: destroyed, it takes all backups of that period with it.

Whoever holds it reads the outer layer of these backups, as whoever holds the vault's folder; what
is sealed inside stays sealed. Where such keys lie, and how they are destroyed, `erasure.periods`
says.
"""

import msgspec

from safeconduct.vault.formats.derived import derive
from safeconduct.vault.formats.envelopes import KEY_BYTES
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.ids import opaque


class BackupKey(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of one period, such as `2026-11`, which each backup of it names in the clear."""

    period: str
    secret: bytes

    def __repr__(self) -> str:
        return f"BackupKey({self.period!r}, secret)"

    def of_stream(self) -> bytes:
        """The 32-byte key of the encrypted stream."""
        return derive(self.secret, purpose=labelled("backup", self.period))


def new_backup_key(period: str) -> BackupKey:
    """A fresh key. Raises NotUsable for a period that is no opaque id."""
    return BackupKey(period=opaque(period), secret=draw(KEY_BYTES))
