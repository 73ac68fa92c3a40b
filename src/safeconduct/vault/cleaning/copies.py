"""A cleaned copy of a stored item: read, cleaned in another process, sealed, told in the custody.

The original stays as it is. Nothing of either is ever written unsealed.
"""

from collections.abc import Sequence

import msgspec

from safeconduct.vault.cleaning.apart import clean_apart
from safeconduct.vault.cleaning.cleaner import gathered
from safeconduct.vault.cleaning.results import CannotClean, Cleaned, Limits, Why
from safeconduct.vault.evidence.custody import CustodyEvent, Handling
from safeconduct.vault.evidence.files import SealedFile, load_file, store_file
from safeconduct.vault.evidence.items import Item, register
from safeconduct.vault.keys.cases import CaseKey
from safeconduct.vault.storage.objects import Objects
from safeconduct.vault.storage.rows import Rows


class Copying(msgspec.Struct, frozen=True, kw_only=True):
    """What is copied: an item's id and file, the id that the copy gets, who does it and when."""

    item: str
    file: SealedFile
    copy: str
    by: str
    at: int


def store_cleaned(
    copying: Copying,
    objects: Objects,
    rows: Rows,
    *,
    key: CaseKey,
    older: Sequence[CaseKey] = (),
    limits: Limits | None = None,
) -> tuple[Item, Cleaned]:
    """Stores a cleaned copy as an item of its own; the original's custody says `cleaned`.

    Both hashes stand in the custody of both. The object is stored first, so that a crash leaves at
    most an object that nothing names. Raises CannotClean, and what reading, storing and writing
    raise; an original that is damaged is never cleaned, since it is read to its end first.
    """
    limits = limits or Limits()
    if copying.file.size > limits.file_bytes:
        raise CannotClean(Why.TOO_LARGE, f"limit {limits.file_bytes} bytes")
    cleaned = clean_apart(gathered(load_file(copying.file, objects), limits), limits=limits)
    stored = store_file([cleaned.data], objects)
    made = Item(
        id=copying.copy,
        file=stored,
        at=copying.at,
        by=copying.by,
        facts={"original": copying.item, "kind": cleaned.kind},
    )
    register(rows, made, _events(copying, cleaned), key=key, older=older)
    return made, cleaned


def _events(copying: Copying, cleaned: Cleaned) -> tuple[CustodyEvent, CustodyEvent]:
    said = {
        "kind": cleaned.kind,
        "removed": list(cleaned.removed),
        "staying": [one.value for one in cleaned.staying],
        "where": list(cleaned.where),
    }
    return (
        CustodyEvent(
            item=copying.item,
            handling=Handling.CLEANED,
            at=copying.at,
            by=copying.by,
            sha256=cleaned.original,
            facts={**said, "copy": copying.copy, "copy_sha256": cleaned.sha256},
        ),
        CustodyEvent(
            item=copying.copy,
            handling=Handling.RECEIVED,
            at=copying.at,
            by=copying.by,
            sha256=cleaned.sha256,
            facts={"original": copying.item, "original_sha256": cleaned.original},
        ),
    )
