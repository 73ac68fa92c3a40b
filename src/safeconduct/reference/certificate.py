"""The birth certificate of a data set: what it is, where it came from, and the hashes of its files.

A certificate also states its own hash, so that an edit by hand is noticed. That is no signature:
who means to deceive can compute it anew.
"""

from hashlib import sha256
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from safeconduct.casefile.ids import Sha256, Slug
from safeconduct.reference.addresses import Address, Day

Statement = Annotated[str, Meta(min_length=1, max_length=2000)]

# No certificate, however it came about, may name a file outside its own folder.
KeptAs = Annotated[str, Meta(pattern=r"^(original(\.[a-z0-9]{1,10})?|built\.bin)$")]


class FileStated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file as it was when it was added: its name here, its SHA-256, its length in bytes."""

    name: KeptAs
    sha256: Sha256
    bytes: int


class ImporterStated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By which importer, in which version, the built form was made."""

    name: str
    version: int


class Certificate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a data set says of itself. Days are ISO 8601 texts.

    `version` counts what was added under one as-of day, from 1. `rejected` counts the rows of the
    original that the built form leaves out. `covers_from` and `covers_to` are None where the data
    do not tell. `certificate_sha256` is the hash of all other statements.
    """

    schema: Literal["safeconduct/reference/1"] = "safeconduct/reference/1"
    kind: Slug
    id: Slug
    as_of: Day
    version: Annotated[int, Meta(ge=1)] = 1
    title: Statement
    origin: Statement
    licence: Statement
    covers_from: str | None = None
    covers_to: str | None = None
    completeness: Statement
    rows: Annotated[int, Meta(ge=0)]
    rejected: Annotated[int, Meta(ge=0)]
    original: FileStated
    original_name: str
    built: FileStated
    importer: ImporterStated
    certificate_sha256: str = ""

    @property
    def address(self) -> Address:
        """Where the catalogue keeps it."""
        return Address(self.kind, self.id, self.as_of, self.version)


def sealed(certificate: Certificate) -> Certificate:
    """The certificate with its own hash."""
    return msgspec.structs.replace(certificate, certificate_sha256=own_hash(certificate))


def own_hash(certificate: Certificate) -> str:
    """The hash of every statement but the hash itself, as written in one fixed form."""
    bare = msgspec.structs.replace(certificate, certificate_sha256="")
    return sha256(msgspec.json.encode(bare, order="deterministic")).hexdigest()


def written(certificate: Certificate) -> bytes:
    """A certificate as its file holds it: JSON that people can read."""
    return msgspec.json.format(msgspec.json.encode(certificate), indent=2) + b"\n"


def read(data: bytes) -> Certificate:
    """The bytes of a certificate's file → its statements.

    Raises ValueError for what is no certificate, or one that was changed after it was written.
    """
    try:
        certificate = msgspec.json.decode(data, type=Certificate)
    except RecursionError:
        raise ValueError("nesting without end") from None
    if certificate.certificate_sha256 != own_hash(certificate):
        raise ValueError("statements changed after they were written")
    return certificate
