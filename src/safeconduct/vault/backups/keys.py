"""The key of a period's backups: destroyed, it takes all backups of that period with it.

Whoever holds it reads the outer layer of these backups, as whoever holds the vault's folder; what
is sealed inside stays sealed. It lies on another machine or medium than the backups do.
"""

import msgspec

from safeconduct.vault.formats.canonical import (
    bytes_of,
    canonical,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.derived import derive
from safeconduct.vault.formats.envelopes import KEY_BYTES
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.ids import opaque

SCHEMA = "safeconduct/backup-key/1"
_KEYS = {"schema", "period", "secret"}


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


def backup_key_text(key: BackupKey) -> bytes:
    """The key in the open, for a file: canonical JSON of `safeconduct/backup-key/1`."""
    return canonical({"schema": SCHEMA, "period": key.period, "secret": to_text(key.secret)})


def read_backup_key(text: bytes) -> BackupKey:
    """What `backup_key_text` wrote; a line break may follow it. Raises Malformed."""
    row = read_canonical(text.removesuffix(b"\n"), SCHEMA)
    secret = bytes_of(row, "secret")
    if set(row) != _KEYS or len(secret) != KEY_BYTES:
        raise Malformed("no key of backups")
    try:
        period = opaque(text_of(row, "period"))
    except NotUsable as error:
        raise Malformed(str(error)) from None
    return BackupKey(period=period, secret=secret)
