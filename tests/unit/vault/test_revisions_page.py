"""A small reader made from docs/reference/vault-revisions.md alone reads what the code writes."""

import base64
import json
import re
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import nacl.bindings as sodium
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from tests.unit.vault.small_vault import AT, BY, small_vault

from safeconduct.vault.backups.keys import BackupKey
from safeconduct.vault.backups.writing import back_up
from safeconduct.vault.folder import opened

PAGE = Path("docs/reference/vault-revisions.md")


def fields(data: bytes) -> list[bytes]:
    found = []
    while data:
        end = 4 + int.from_bytes(data[:4], "big")
        found.append(data[4:end])
        data = data[end:]
    return found


def label(kind: str, *facts: str | int) -> bytes:
    parts = [f"safeconduct/{kind}/1".encode()]
    parts += [one.encode() if isinstance(one, str) else one.to_bytes(8, "big") for one in facts]
    return b"".join(len(one).to_bytes(4, "big") + one for one in parts)


def derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret)


def payload(row: dict[str, Any], secret: bytes) -> bytes:
    names = ("chain", "number", "previous", "day", "by", "case", "key")
    place = b"SCE1" + label("chain-payload", *(row[name] for name in names))
    case, compartment, version, purpose = row["key"].split("/")
    key = derive(secret, label("case-purpose", case, compartment, int(version), purpose))
    sealed = base64.urlsafe_b64decode(row["payload"] + "==")
    padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        sealed[28:], place, sealed[4:28], key
    )
    return padded[8 : 8 + int.from_bytes(padded[:8], "big")]


def stream(data: bytes, key: bytes) -> bytes:
    assert data[:4] == b"SCO1"
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, data[4:28], key)
    plain, tag = b"", 0
    for at in range(28, len(data), 65_553):
        frame = data[at : at + 65_553]
        piece, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, frame, b"SCO1")
        plain += piece
    assert tag == 3
    return plain


def rows(root: Path, series: str) -> list[dict[str, Any]]:
    base = sqlite3.connect(root / "rows.sqlite")
    found = base.execute("SELECT body FROM row WHERE series = ? ORDER BY number", (series,))
    read = [json.loads(body) for (body,) in found]
    base.close()
    return read


def test_revisions_and_items_are_read_from_the_page(tmp_path: Path) -> None:
    small = small_vault(tmp_path / "vault")
    first, second = rows(small.root, "revisions/c-1/account")
    said = fields(payload(second, small.keys[0].secret))
    assert said[0] == b"safeconduct/revision/1"
    assert [int.from_bytes(one, "big") for one in said[1:3]] == [AT + 1, 0]
    assert said[3] == b"claims: [1]"
    assert (second["by"], second["previous"]) == (BY, first["hash"])
    (row,) = rows(small.root, "evidence/c-2/account")
    item = json.loads(payload(row, small.keys[1].secret))
    assert set(item) == set(re.findall(r"^\| `(\w+)` \|", section("Items"), re.MULTILINE))
    name = item["object"]
    data = (small.root / "objects" / name[:2] / name).read_bytes()
    file = stream(data, base64.urlsafe_b64decode(item["key"] + "=="))[: item["size"]]
    assert file == b"evidence 1"
    assert sha256(file).hexdigest() == item["sha256"]
    assert item["facts"] == {"name": "photo.jpg"}


def test_a_backup_is_read_from_the_page(tmp_path: Path) -> None:
    small = small_vault(tmp_path / "vault")
    with opened(small.root) as vault:
        vault.rows.destroy([("evidence/c-1/account", 1)])
        key = BackupKey(period="2026-11", secret=bytes(range(32)))
        back_up(vault.rows, vault.objects, tmp_path / "backup", key=key, at=AT)
        expected = [(one.series, one.number, one.body) for one in vault.rows.everything()]
    data = (tmp_path / "backup").read_bytes()
    assert data[:4] == b"SCB1"
    end = 8 + int.from_bytes(data[4:8], "big")
    period = data[8:end].decode()
    plain = stream(data[end:], derive(bytes(range(32)), label("backup", period)))
    kinds, found, objects = [], [], []
    while plain:
        end = 4 + int.from_bytes(plain[:4], "big")
        kind, *facts = fields(plain[4:end])
        plain = plain[end:]
        kinds.append(kind.decode().split("/")[1])
        if kinds[-1] == "backup-row":
            body = facts[3] if int.from_bytes(facts[2], "big") else None
            found.append((facts[0].decode(), int.from_bytes(facts[1], "big"), body))
        elif kinds[-1] == "backup-object":
            size = int.from_bytes(facts[1], "big")
            assert sha256(plain[:size]).hexdigest() == facts[0].decode()
            objects.append(facts[0].decode())
            plain = plain[size:]
        elif kinds[-1] == "backup-begin":
            assert [facts[0].decode(), int.from_bytes(facts[1], "big")] == [period, AT]
        else:
            assert [int.from_bytes(one, "big") for one in facts] == [8, 2, 0]
    assert found == expected
    assert objects == sorted(one.file.object for one in small.items)
    order = list(dict.fromkeys(kinds))
    named = re.findall(r"^\| \d \| `([a-z-]+)` \|", section("Backups"), re.MULTILINE)
    assert order == [one for one in named if one != "backup-left-out"]


def section(title: str) -> str:
    """A part of the page, from its heading to the next."""
    text = (Path(__file__).parents[3] / PAGE).read_text(encoding="utf-8")
    return next(one for one in text.split("\n## ") if one.startswith(title))
