"""Signed checkpoints: how long a chain was and how it ended, kept where its owner cannot reach.

Without one, whoever owns the database can rewrite a whole chain or cut its end, and nothing shows.
"""

from collections.abc import Mapping

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.chains.entries import Entry
from safeconduct.vault.formats.canonical import (
    Json,
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.keys.staff import Card, SignatureWrong, StaffKeys

SCHEMA = "safeconduct/checkpoint/1"
_KEYS = {"schema", "chain", "rows", "head", "at", "by", "version", "signature"}
Signers = Mapping[tuple[str, int], Card]


class SignerUnknown(SafeconductError):
    """A checkpoint is signed by nobody whose signature counts."""

    exit_code = 3


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Of a chain: its number of rows, the hash of the last, when (seconds) and by whom signed."""

    chain: str
    rows: int
    head: str
    at: int
    by: str
    version: int
    signature: bytes


def sign_checkpoint(last: Entry, *, by: StaffKeys, at: int) -> Checkpoint:
    """A checkpoint of the chain that ends with `last`."""
    said = _said(last.chain, last.number, last.hash, at, by.user, by.version)
    return Checkpoint(
        chain=last.chain,
        rows=last.number,
        head=last.hash,
        at=at,
        by=by.user,
        version=by.version,
        signature=by.sign(said),
    )


def checkpoint_text(checkpoint: Checkpoint) -> bytes:
    """Canonical JSON of the schema `safeconduct/checkpoint/1`, to be sent and printed."""
    row: dict[str, Json] = {
        "schema": SCHEMA,
        "chain": checkpoint.chain,
        "rows": checkpoint.rows,
        "head": checkpoint.head,
        "at": checkpoint.at,
        "by": checkpoint.by,
        "version": checkpoint.version,
        "signature": to_text(checkpoint.signature),
    }
    return canonical(row)


def read_checkpoint(text: bytes) -> Checkpoint:
    """A checkpoint as text. Raises Malformed. Its signature is not checked here."""
    row = read_canonical(text, SCHEMA)
    if set(row) != _KEYS:
        # The signature covers the known facts alone; another would ride along unsigned.
        raise Malformed("other keys than a checkpoint has")
    return Checkpoint(
        chain=text_of(row, "chain"),
        rows=number_of(row, "rows"),
        head=text_of(row, "head"),
        at=number_of(row, "at"),
        by=text_of(row, "by"),
        version=number_of(row, "version"),
        signature=bytes_of(row, "signature"),
    )


def check_signature(checkpoint: Checkpoint, signers: Signers) -> None:
    """Raises SignerUnknown or SignatureWrong. An empty mapping refuses every checkpoint."""
    card = signers.get((checkpoint.by, checkpoint.version))
    if card is None:
        raise SignerUnknown(f"{checkpoint.by}, version {checkpoint.version}")
    said = _said(
        checkpoint.chain,
        checkpoint.rows,
        checkpoint.head,
        checkpoint.at,
        checkpoint.by,
        checkpoint.version,
    )
    card.check(said, checkpoint.signature)


def vouches(checkpoint: Checkpoint, signers: Signers) -> bool:
    """Is it signed by somebody whose signature counts?"""
    try:
        check_signature(checkpoint, signers)
    except (SignerUnknown, SignatureWrong):
        return False
    return True


def _said(chain: str, rows: int, head: str, at: int, by: str, version: int) -> bytes:
    return labelled("checkpoint", chain, rows, head, at, by, version)
