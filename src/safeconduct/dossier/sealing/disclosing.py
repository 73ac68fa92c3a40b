"""A manifest with its signature and items, as JSON: all of a dossier, or one part of it alone."""

from collections.abc import Collection
from typing import Annotated, Literal

import msgspec

from safeconduct.dossier.sealing.canonical import canonical, formed, read_canonical
from safeconduct.dossier.sealing.errors import SealRefused
from safeconduct.dossier.sealing.items import SaltedItem
from safeconduct.dossier.sealing.manifest import DOCUMENT, Manifest

SCHEMA: Literal["safeconduct/disclosure/1"] = "safeconduct/disclosure/1"

# One form alone: capitals and spaces would be another file that says the same.
Signature = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}$")]


class Disclosed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`signature`: the organisation's Ed25519 signature over the canonical form of the manifest."""

    schema: Literal["safeconduct/disclosure/1"] = SCHEMA
    manifest: Manifest
    signature: Signature
    items: tuple[SaltedItem, ...]


def disclosed_bytes(disclosed: Disclosed) -> bytes:
    """The file, in its canonical form."""
    return canonical(msgspec.to_builtins(disclosed))


def read_disclosed(data: bytes) -> Disclosed:
    """The file of `disclosed_bytes`. Raises NotCanonical or FormUnknown; it checks no hash."""
    return formed(read_canonical(data), Disclosed)


def part_of(disclosed: Disclosed, ids: Collection[str]) -> Disclosed:
    """The same with these items alone. Raises SealRefused for one that is not there, or for none.

    The item that holds the PDF is refused as well: with it the rest could be guessed.
    A finding brings along all findings of its check: one alone could mislead.
    """
    wanted = set(ids)
    if DOCUMENT in wanted:
        raise SealRefused(f"the item {DOCUMENT} is shown with the whole dossier alone")
    missing = sorted(wanted - {one.id for one in disclosed.items})
    if missing or not wanted:
        raise SealRefused(f"no item {missing[0]} in the dossier" if missing else "no item is named")
    for run in disclosed.manifest.checks:
        if wanted & set(run.findings):
            wanted |= set(run.findings)
    shown = tuple(one for one in disclosed.items if one.id in wanted)
    return msgspec.structs.replace(disclosed, items=shown)
