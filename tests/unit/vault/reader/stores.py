"""A second reader of chains, evidence, objects and rows, from docs/reference/vault.md."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.exceptions import CryptoError
from tests.unit.vault.reader.formats import (
    Json,
    Refused,
    canonical,
    digest,
    labelled,
    opened,
    padded_length,
    read_bytes,
    read_json,
    text,
    unpadded,
    whole,
)
from tests.unit.vault.reader.keys import Card, is_signed

ROW = "chain number previous day by case key payload hash"
HASH = re.compile("[0-9a-f]{64}")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
SEALED_FRAME = 65_553
Fault: TypeAlias = tuple[str, int]
Bodies: TypeAlias = Mapping[int, bytes | None]


def read_row(body: bytes) -> Json:
    """A row of a chain. Refused as `unreadable` or `changed`."""
    try:
        row = read_json(body, "safeconduct/chain-row/1", ROW)
        number = whole(row["number"])
        texts = [text(row[name]) for name in ROW.split() if name != "number"]
        read_bytes(row["payload"])
    except Refused:
        raise Refused("unreadable") from None
    hashes = HASH.fullmatch(row["previous"]) and HASH.fullmatch(row["hash"])
    if not hashes or not DAY.fullmatch(row["day"]) or number < 0 or not texts:
        raise Refused("unreadable")
    if digest(canonical({key: row[key] for key in row if key != "hash"})) != row["hash"]:
        raise Refused("changed")
    return row


def payload(row: Json, key: bytes) -> bytes:
    """What is sealed in a row."""
    names = ("chain", "number", "previous", "day", "by", "case", "key")
    place = labelled("chain-payload", *(row[name] for name in names))
    return unpadded(opened(read_bytes(row["payload"]), key, place))


def faults_of(chain: str, bodies: Bodies) -> tuple[list[Fault], dict[int, str]]:
    """The faults of a chain's rows by number, and the hashes of those that are in their place."""
    faults: list[Fault] = []
    heads: dict[int, str] = {}
    before: str | None = digest(labelled("chain-origin", chain))
    for number in range(1, max(bodies, default=0) + 1):
        fault, row = _row_at(chain, number, bodies)
        if fault:
            faults.append((fault, number))
            before = None
            continue
        if before is not None and row["previous"] != before:
            faults.append(("unlinked", number))
        before = heads[number] = row["hash"]
    return faults, heads


def _row_at(chain: str, number: int, bodies: Bodies) -> tuple[str, Json]:
    if number not in bodies:
        return "missing", {}
    body = bodies[number]
    if body is None:
        return "destroyed", {}
    try:
        row = read_row(body)
    except Refused as refused:
        return str(refused), {}
    if row["chain"] != chain:
        return "foreign", {}
    return ("", row) if row["number"] == number else ("moved", {})


def against(
    checkpoint: bytes, rows: int, heads: dict[int, str], signers: Mapping[tuple[str, int], Card]
) -> list[Fault]:
    """The faults of a chain of `rows` rows that a checkpoint of it shows."""
    keys = "chain rows head at by version signature"
    said = read_json(checkpoint, "safeconduct/checkpoint/1", keys)
    numbers = ("rows", "at", "version")
    names = keys.split()[:-1]
    facts = [whole(said[name]) if name in numbers else text(said[name]) for name in names]
    signer, signature = signers.get((said["by"], said["version"])), read_bytes(said["signature"])
    if signer is None or not is_signed(signer, labelled("checkpoint", *facts), signature):
        return [("checkpoint-refused", said["rows"])]
    if said["rows"] > rows:
        return [("cut", rows + 1)]
    if heads.get(said["rows"]) != said["head"]:
        return [("rewritten", said["rows"])]
    return []


def stream(sealed: bytes, key: bytes) -> bytes:
    """The plain bytes of a stream."""
    if len(sealed) < 28 or sealed[:4] != b"SCO1":
        raise Refused("no stream")
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, sealed[4:28], key)
    plain = bytearray()
    frames = sealed[28:]
    for at in range(0, max(len(frames), 1), SEALED_FRAME):
        frame = frames[at : at + SEALED_FRAME]
        is_last = at + SEALED_FRAME >= len(frames)
        if len(frame) < 17:
            raise Refused("a frame is cut")
        try:
            data, tag = crypto_secretstream_xchacha20poly1305_pull(state, frame, b"SCO1")
        except (CryptoError, RuntimeError):
            raise Refused("a frame does not open") from None
        if tag != (3 if is_last else 0):
            raise Refused("the end is not where it belongs")
        plain += data
    return bytes(plain)


def file(sealed: bytes, facts: Json) -> bytes:
    """A file of evidence; `facts` are object, key, size and sha256."""
    if digest(sealed) != facts["object"]:
        raise Refused("another object")
    plain = stream(sealed, facts["key"])
    data, filling = plain[: facts["size"]], plain[facts["size"] :]
    if len(plain) != padded_length(facts["size"]) or any(filling):
        raise Refused("another filling")
    if digest(data) != facts["sha256"]:
        raise Refused("another file")
    return data


def objects(root: Path) -> Iterator[str]:
    """The names of all objects that are where they belong."""
    for one in sorted((root / "objects").glob("*/*")):
        at_home = HASH.fullmatch(one.name) and one.parent.name == one.name[:2]
        if at_home and not one.is_symlink():
            yield one.name


def read_object(root: Path, name: str) -> bytes:
    """The bytes of an object."""
    data = (root / "objects" / name[:2] / name).read_bytes()
    if digest(data) != name:
        raise Refused("damaged")
    return data


def series(database: Path) -> Sequence[str]:
    """The names of all series."""
    return [name for (name,) in _asked(database, "SELECT DISTINCT series FROM row ORDER BY series")]


def bodies(database: Path, name: str) -> dict[int, bytes | None]:
    """The bodies of a series by number."""
    return dict(_asked(database, "SELECT number, body FROM row WHERE series = ?", name))


def _asked(database: Path, query: str, *given: str) -> list[Any]:
    base = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return base.execute(query, given).fetchall()
    finally:
        base.close()
