"""A reader written from docs/reference/vault.md alone reads the vectors, and a whole vault."""

import ast
import json
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.vault_vectors import FOLDER
from tests.unit.vault.reader import formats, keys, stores
from tests.unit.vault.reader.formats import Refused

from safeconduct.vault.audit.log import CHAIN, Act, write_act
from safeconduct.vault.chains.checkpoints import checkpoint_text, sign_checkpoint
from safeconduct.vault.chains.entries import last_entry, payload_key
from safeconduct.vault.evidence.files import store_file
from safeconduct.vault.evidence.stream import FRAME, encrypted
from safeconduct.vault.formats import canonical as ours
from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.keys.cases import Compartment, Purpose, new_case_key
from safeconduct.vault.keys.grants import grant
from safeconduct.vault.keys.hashing import HashingDoor
from safeconduct.vault.keys.passphrase import Pepper, enrol
from safeconduct.vault.keys.rotation import rotate
from safeconduct.vault.keys.staff import new_staff_keys, seal_staff_keys
from safeconduct.vault.storage.file_objects import FileObjects
from safeconduct.vault.storage.sqlite_rows import SqliteRows

Json = dict[str, Any]
ALLOWED = {"argon2", "cryptography", "nacl", "tests", *sys.stdlib_module_names}
AT = 1_795_000_000


def read(name: str) -> Json:
    made: Json = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return made


NAMES = ("formats", "staff", "cases", "chains", "evidence")
FORMATS, STAFF, CASES, CHAINS, EVIDENCE = map(read, NAMES)


def refused(opening: Callable[..., object], *given: object, match: str = ".") -> None:
    with pytest.raises(Refused, match=match):
        opening(*given)


def test_the_reader_imports_nothing_of_the_project() -> None:
    files = sorted((Path(__file__).parent / "reader").glob("*.py"))
    assert len(files) == 4
    for one in files:
        for node in ast.walk(ast.parse(one.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                for name in named or [alias.name for alias in node.names]:
                    assert name.split(".")[0] in ALLOWED
                    assert name.startswith("tests.unit.vault.reader") or "tests" not in name


def test_it_reads_fields_padding_and_derived_keys() -> None:
    for one in FORMATS["fields"]:
        found = formats.unpacked(bytes.fromhex(one["packed"]), len(one["fields"]))
        assert [field.hex() for field in found] == one["fields"]
    for one in FORMATS["labels"]:
        facts = [bytes.fromhex(f["bytes"]) if isinstance(f, dict) else f for f in one["facts"]]
        assert formats.labelled(one["kind"], *facts).hex() == one["packed"]
    for length, padded in FORMATS["padded_lengths"]:
        assert formats.padded_length(length) == padded
    for one in FORMATS["padding"]:
        assert formats.unpadded(bytes.fromhex(one["padded"])).hex() == one["data"]
    for one in FORMATS["derived"]:
        secret, salt, purpose = (bytes.fromhex(one[k]) for k in ("secret", "salt", "purpose"))
        assert formats.derived(secret, purpose, salt).hex() == one["key"]
    for one in FORMATS["refused"]["fields"]:
        refused(formats.unpacked, bytes.fromhex(one["packed"]), one["count"])
    for one in FORMATS["refused"]["padding"]:
        refused(formats.unpadded, bytes.fromhex(one["padded"]))


def test_it_reads_canonical_json() -> None:
    schema = "safeconduct/example/1"
    for one in FORMATS["canonical"]:
        assert formats.read_json(one["text"].encode(), schema) == one["value"]
        assert formats.canonical(one["value"]).decode() == one["text"]
    for one in FORMATS["refused"]["canonical"]:
        refused(formats.read_json, one["text"].encode(), schema)
    for one in FORMATS["base64url"]:
        assert formats.read_bytes(one["text"]).hex() == one["bytes"]
    for text in FORMATS["refused"]["base64url"]:
        refused(formats.read_bytes, text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_both_write_the_same_canonical_json(value: object) -> None:
    try:
        text = ours.canonical(value)
    except NotUsable:
        with pytest.raises((Refused, ValueError)):
            formats.canonical(value)
        return
    assert formats.canonical(value) == text


def test_it_opens_envelopes() -> None:
    given = FORMATS["envelopes"]
    key, place = bytes.fromhex(given["key"]), bytes.fromhex(given["place"])
    for one in given["opened"]:
        assert formats.opened(bytes.fromhex(one["envelope"]), key, place).hex() == one["data"]
    for one in given["refused"]:
        refused(formats.opened, bytes.fromhex(one["envelope"]), key, place)


def test_it_comes_from_a_passphrase_to_the_staff_keys() -> None:
    record, pepper = STAFF["record"].encode(), bytes.fromhex(STAFF["pepper"])
    key = keys.passphrase_key(record, STAFF["passphrase"], pepper)
    assert key.hex() == STAFF["key_encryption_key"]
    both = keys.staff_keys(bytes.fromhex(STAFF["envelope"]), key, "u-anna", 1)
    assert [one.hex() for one in both] == [STAFF["receiving_secret"], STAFF["signing_seed"]]
    card, fingerprint = keys.read_card(bytes.fromhex(STAFF["card"]))
    assert (card.user, card.version, fingerprint) == ("u-anna", 1, STAFF["fingerprint"])
    box, signature = STAFF["sealed_box"], STAFF["signature"]
    assert keys.unboxed(bytes.fromhex(box["sealed"]), both[0]).hex() == box["data"]
    data, signed = bytes.fromhex(signature["data"]), bytes.fromhex(signature["signature"])
    assert keys.is_signed(card, data, signed)
    assert not keys.is_signed(card, data + b".", signed)
    refused(keys.passphrase_key, record, STAFF["wrong_passphrase"], pepper, match="passphrase")
    refused(keys.passphrase_key, record, STAFF["passphrase"], bytes(32), match="pepper")


def test_it_opens_grants_and_refuses_them_by_the_same_names() -> None:
    people = {
        user: keys.Own(user, one["version"], bytes.fromhex(one["receiving_secret"]))
        for user, one in CASES["staff"].items()
    }
    anna, _ = keys.read_card(bytes.fromhex(CASES["staff"]["u-anna"]["card"]))
    givers = {("u-anna", 1): anna}
    given = CASES["grant"]
    sealed, filed = bytes.fromhex(given["sealed"]), ("c-1", "account", 1)
    opened = keys.open_grant(sealed, people["u-boris"], filed, givers, given["at"])
    assert opened.key.hex() == CASES["key"]["secret"]
    named = formats.labelled("grant-id", *opened[:9])
    assert formats.digest(named) == given["id"]
    for one in CASES["refused"]:
        own, version = people[one["opened_by"]], one["version"]
        case = ("c-1", "account", version)
        facts = (bytes.fromhex(one["sealed"]), own, case, givers, one["now"], one["revoked"])
        refused(keys.open_grant, *facts, match=one["why"])
    for purpose, key in CASES["beneath"].items():
        assert keys.beneath(opened.key, "c-1", "account", 1, purpose).hex() == key
    newer, link = (bytes.fromhex(CASES["rotation"][name]) for name in ("secret", "link"))
    assert keys.previous(newer, link, "c-1", "account", 2) == opened.key


def test_it_reads_chains_and_names_the_same_faults() -> None:
    secret = bytes.fromhex(CHAINS["case_secret"])
    key = keys.beneath(secret, "c-1", "account", 1, "audit")
    for text, act in zip(CHAINS["rows"], CHAINS["acts"], strict=True):
        row = stores.read_row(text.encode())
        assert row["key"] == CHAINS["key_name"]
        found = formats.read_json(stores.payload(row, key), "safeconduct/audit-act/1")
        assert found == {"schema": "safeconduct/audit-act/1", **act}
    anna, _ = keys.read_card(bytes.fromhex(CHAINS["staff"]["u-anna"]["card"]))
    for one in CHAINS["faults"]:
        texts = one["rows"]
        bodies = {n: t and t.encode() for n, t in enumerate(texts, start=1)}
        faults, heads = stores.faults_of("audit", bodies)
        checkpoint = CHAINS["checkpoint"].encode()
        faults += stores.against(checkpoint, len(texts), heads, {("u-anna", 1): anna})
        assert [list(fault) for fault in faults] == one["faults"]
        unknown = stores.against(checkpoint, len(texts), heads, {})
        assert unknown == [("checkpoint-refused", 3)]


def test_it_reads_streams_and_files() -> None:
    key = bytes.fromhex(EVIDENCE["key"])
    for one in EVIDENCE["streams"]:
        if "sealed" in one:
            plain = stores.stream(bytes.fromhex(one["sealed"]), key)
            assert plain == bytes(at % 251 for at in range(one["length"]))
    for one in EVIDENCE["refused"]:
        refused(stores.stream, bytes.fromhex(one["sealed"]), key)
    facts = {**EVIDENCE["file"], "key": bytes.fromhex(EVIDENCE["file"]["key"])}
    data = bytes.fromhex(facts.pop("bytes"))
    assert stores.file(data, facts) == bytes(at % 251 for at in range(300))
    refused(stores.file, data, {**facts, "size": 299})
    refused(stores.file, data, {**facts, "size": 513})


@pytest.mark.parametrize("length", [0, 1, FRAME, FRAME + 1, 3 * FRAME])
def test_it_reads_the_streams_that_the_code_writes(length: int) -> None:
    key, plain = bytes(range(32)), bytes(at % 251 for at in range(length))
    assert stores.stream(b"".join(encrypted([plain], key)), key) == plain


def test_it_reads_a_whole_vault_from_a_passphrase_on(tmp_path: Path) -> None:
    """Boris signs in, opens the grant that Anna gave, and reads audit and evidence with it."""
    pepper, door, typed = Pepper(bytes(range(32))), HashingDoor(), "koda-fiber"
    anna, boris = new_staff_keys("u-anna"), new_staff_keys("u-boris")
    record, sealing = enrol("u-boris", typed, pepper=pepper, door=door)
    envelope = seal_staff_keys(boris, sealing)
    first = new_case_key("c-7", Compartment.IDENTITY)
    rows, objects = SqliteRows(tmp_path / "vault.db"), FileObjects(tmp_path / "files")
    stored = store_file([bytes(100_000)], objects)
    for number in range(4):
        act = Act(what="view", at=AT + number, by="u-anna", case="c-7", facts={"n": number / 3})
        write_act(rows, act, key=payload_key(first, Purpose.AUDIT))
    rows.destroy([(CHAIN, 2)])
    last = last_entry(rows, CHAIN)
    assert last is not None
    checkpoint = checkpoint_text(sign_checkpoint(last, by=anna, at=AT))
    turned = rotate(first, staying=[boris.card], by=anna, at=AT, until=AT + 9)
    rows.close()

    key = keys.passphrase_key(record.encoded(), typed, pepper.secret)
    receiving, _ = keys.staff_keys(envelope, key, "u-boris", 1)
    card, _ = keys.read_card(anna.card.encoded())
    own, sealed = keys.Own("u-boris", 1, receiving), turned.grants[0][1]
    opened = keys.open_grant(sealed, own, ("c-7", "identity", 2), {("u-anna", 1): card}, AT)
    secret = keys.previous(opened.key, turned.link, "c-7", "identity", 2)
    assert stores.series(tmp_path / "vault.db") == ["audit"]
    bodies = stores.bodies(tmp_path / "vault.db", "audit")
    faults, heads = stores.faults_of("audit", bodies)
    assert faults == [("destroyed", 2)]
    assert stores.against(checkpoint, len(bodies), heads, {("u-anna", 1): card}) == []
    audit = keys.beneath(secret, "c-7", "identity", 1, "audit")
    third = stores.read_row(bodies[3] or b"")
    found = formats.read_json(stores.payload(third, audit), "safeconduct/audit-act/1")
    assert found["facts"] == {"n": 2 / 3}
    assert list(stores.objects(tmp_path / "files")) == [stored.object]
    data = stores.read_object(tmp_path / "files", stored.object)
    facts = {"object": stored.object, "key": stored.key, "size": 100_000, "sha256": stored.sha256}
    assert stores.file(data, facts) == bytes(100_000)
    assert stored.sha256 == sha256(bytes(100_000)).hexdigest()


def test_it_refuses_the_grant_of_a_stranger() -> None:
    anna, boris = new_staff_keys("u-anna"), new_staff_keys("u-boris")
    key = new_case_key("c-7", Compartment.IDENTITY)
    sealed = grant(key, to=boris.card, by=anna, at=AT, until=AT + 9)
    own = keys.Own("u-boris", 1, boris.receiving)
    stranger, _ = keys.read_card(new_staff_keys("u-anna").card.encoded())
    givers = {("u-anna", 1): stranger}
    refused(keys.open_grant, sealed, own, ("c-7", "identity", 1), givers, AT, match="GrantForged")
