"""A small vault with a bit of everything, for tests that damage it or carry it elsewhere."""

from pathlib import Path

import msgspec

from safeconduct.vault.audit.log import CHAIN, Act, write_act
from safeconduct.vault.chains.checkpoints import Checkpoint, Signers, sign_checkpoint
from safeconduct.vault.chains.entries import as_row, last_entry, payload_key
from safeconduct.vault.evidence.items import Item, receive
from safeconduct.vault.folder import opened
from safeconduct.vault.keys.cases import CaseKey, Compartment, Purpose, new_case_key
from safeconduct.vault.keys.staff import new_staff_keys
from safeconduct.vault.revisions.saving import prepare
from safeconduct.vault.storage.rows import Row
from safeconduct.vault.storage.sqlite_rows import SqliteRows

AT = 1_795_000_000
BY = "u-anna"
ANNA = new_staff_keys(BY)
SIGNERS: Signers = {(BY, 1): ANNA.card}


class Small(msgspec.Struct, frozen=True, kw_only=True):
    """Where it is, what opens it, and a checkpoint of each of its chains."""

    root: Path
    keys: tuple[CaseKey, ...]
    items: tuple[Item, ...]
    checkpoints: tuple[Checkpoint, ...]


def small_vault(root: Path, *, plain_rows: bool = False) -> Small:
    """Two cases: two revisions with their acts, two items, and, if asked, rows without hashes."""
    keys = tuple(new_case_key(case, Compartment.ACCOUNT) for case in ("c-1", "c-2"))
    with opened(root) as vault:
        for base in range(2):
            text = b"claims: [%d]" % base
            entry = prepare(vault.rows, text, base=base, key=keys[0], at=AT + base, by=BY)
            act = Act(what="save", at=AT + base, by=BY, case="c-1")
            audit = payload_key(keys[0], Purpose.AUDIT)
            write_act(vault.rows, act, key=audit, beside=[as_row(entry)])
        items = tuple(
            receive(
                [b"evidence %d" % number],
                item=f"e{number}",
                objects=vault.objects,
                rows=vault.rows,
                key=keys[number],
                at=AT,
                by=BY,
                facts={"name": "photo.jpg"},
            )
            for number in range(2)
        )
        if plain_rows:
            vault.rows.append([Row(series="grants/c-1", number=1, body=b"sealed box")])
        made = tuple(checkpoints(vault.rows))
    return Small(root=root, keys=keys, items=items, checkpoints=made)


def checkpoints(rows: SqliteRows) -> list[Checkpoint]:
    """A checkpoint of each chain as it is now."""
    chains = [name for name in rows.series() if name == CHAIN or not name.startswith("grants")]
    lasts = (last_entry(rows, chain) for chain in chains)
    return [sign_checkpoint(one, by=ANNA, at=AT + 10) for one in lasts if one is not None]
