"""An item of evidence is its object, its sealed row and its first event of custody, or nothing."""

from pathlib import Path

import pytest

from safeconduct.vault.chains.entries import KeyNotHeld
from safeconduct.vault.evidence.custody import CustodyBroken, Handling, custody_of
from safeconduct.vault.evidence.files import load_file
from safeconduct.vault.evidence.items import Item, items_chain, items_of, receive
from safeconduct.vault.folder import Vault, opened
from safeconduct.vault.keys.cases import Compartment, new_case_key, next_case_key
from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import Row, RowTaken

KEY = new_case_key("c-1", Compartment.ACCOUNT)
AT = 1_795_000_000


def put(vault: Vault, item: str, data: bytes = b"canary evidence") -> Item:
    return receive(
        [data],
        item=item,
        objects=vault.objects,
        rows=vault.rows,
        key=KEY,
        at=AT,
        by="u-anna",
        facts={"name": "canary.jpg"},
    )


def test_an_item_is_found_again_with_its_file_and_its_receipt(tmp_path: Path) -> None:
    with opened(tmp_path / "vault") as vault:
        made = put(vault, "e1")
        put(vault, "e2", b"other")
        found = list(items_of(vault.rows, keys=[KEY]))
        assert [one.id for one in found] == ["e1", "e2"]
        assert found[0] == made
        assert b"".join(load_file(found[0].file, vault.objects)) == b"canary evidence"
        events = custody_of(vault.rows, "e1", keys=[KEY])
        assert [(one.handling, one.sha256) for one in events] == [
            (Handling.RECEIVED, made.file.sha256)
        ]
    assert made.file.key.hex() not in repr(made)
    held = b"".join(one.read_bytes() for one in (tmp_path / "vault").rglob("*") if one.is_file())
    assert b"canary" not in held
    assert made.file.sha256.encode() not in held


def test_an_item_is_received_once(tmp_path: Path) -> None:
    with opened(tmp_path / "vault") as vault:
        put(vault, "e1")
        with pytest.raises(CustodyBroken):
            put(vault, "e1")
        assert len(list(items_of(vault.rows, keys=[KEY]))) == 1


def test_a_key_that_is_not_held_is_named_and_an_erased_item_is_left_out(tmp_path: Path) -> None:
    newer, _ = next_case_key(KEY)
    with opened(tmp_path / "vault") as vault:
        put(vault, "e1")
        put(vault, "e2")
        with pytest.raises(KeyNotHeld, match="c-1/account/1/evidence-key"):
            list(items_of(vault.rows, keys=[newer]))
        with pytest.raises(KeyNotHeld):
            list(items_of(vault.rows, keys=[]))
        assert len(list(items_of(vault.rows, keys=[newer, KEY]))) == 2
        vault.rows.destroy([(items_chain("c-1", Compartment.ACCOUNT), 1)])
        assert [one.id for one in items_of(vault.rows, keys=[KEY])] == ["e2"]


def test_when_the_row_cannot_be_written_there_is_no_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: list[Row]) -> None:
        raise NotStored("disk full")

    with opened(tmp_path / "vault") as vault:
        monkeypatch.setattr(vault.rows, "append", full)
        with pytest.raises(NotStored):
            put(vault, "e1")
        assert list(items_of(vault.rows, keys=[KEY])) == []


def test_somebody_who_was_faster_is_let_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "vault") as vault, opened(tmp_path / "vault") as other:
        own, times = vault.rows.append, iter(range(2))

        def slower(rows: list[Row]) -> None:
            for number in times:
                put(other, f"e{number + 7}")
                break
            own(rows)

        monkeypatch.setattr(vault.rows, "append", slower)
        put(vault, "e1")
        assert [one.id for one in items_of(vault.rows, keys=[KEY])] == ["e7", "e8", "e1"]


def test_rows_that_can_never_follow_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(_: list[Row]) -> None:
        raise RowTaken("another series")

    with opened(tmp_path / "vault") as vault:
        monkeypatch.setattr(vault.rows, "append", taken)
        with pytest.raises(RowTaken):
            put(vault, "e1")
