"""The code makes exactly the bytes of the vectors, and reads and refuses what they say."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scripts.vault_vectors import FOLDER, MAKERS, vectors
from scripts.vault_vectors_formats import InMemory

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.audit.log import read_act
from safeconduct.vault.chains.checkpoints import read_checkpoint
from safeconduct.vault.chains.entries import open_payload, payload_key, read_entry
from safeconduct.vault.chains.verifying import verify_chain
from safeconduct.vault.evidence.files import SealedFile, load_file
from safeconduct.vault.evidence.stream import decrypted
from safeconduct.vault.formats.canonical import bytes_of, read_canonical
from safeconduct.vault.formats.envelopes import open_envelope
from safeconduct.vault.formats.fields import unpack
from safeconduct.vault.formats.padding import unpad
from safeconduct.vault.keys import grants
from safeconduct.vault.keys.cases import CaseKey, Compartment, Purpose, previous_case_key
from safeconduct.vault.keys.hashing import HashingDoor
from safeconduct.vault.keys.passphrase import Pepper, WrongPassphrase, decoded, unlock
from safeconduct.vault.keys.staff import StaffKeys, open_staff_keys, read_card
from safeconduct.vault.storage.rows import Row

Json = dict[str, Any]


def read(name: str) -> Json:
    text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    made: Json = json.loads(text)
    return made


NAMES = ("formats", "staff", "cases", "chains", "evidence")
FORMATS, STAFF, CASES, CHAINS, EVIDENCE = map(read, NAMES)


@pytest.mark.parametrize("name", MAKERS)
def test_the_code_makes_exactly_the_bytes_that_are_written_down(name: str) -> None:
    assert vectors(name) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def test_no_vector_file_is_large() -> None:
    assert max(one.stat().st_size for one in Path(FOLDER).iterdir()) < 50_000


def test_fields_and_padding_are_read_and_refused() -> None:
    for one in FORMATS["fields"]:
        found = unpack(bytes.fromhex(one["packed"]), len(one["fields"]))
        assert [field.hex() for field in found] == one["fields"]
    for one in FORMATS["refused"]["fields"]:
        refused(unpack, bytes.fromhex(one["packed"]), one["count"])
    for one in FORMATS["padding"]:
        assert unpad(bytes.fromhex(one["padded"])).hex() == one["data"]
    for one in FORMATS["refused"]["padding"]:
        refused(unpad, bytes.fromhex(one["padded"]))


def test_canonical_json_is_read_and_refused() -> None:
    schema = "safeconduct/example/1"
    for one in FORMATS["canonical"]:
        assert read_canonical(one["text"].encode(), schema) == one["value"]
    for one in FORMATS["refused"]["canonical"]:
        refused(read_canonical, one["text"].encode(), schema)
    for one in FORMATS["base64url"]:
        assert bytes_of({"a": one["text"]}, "a").hex() == one["bytes"]
    for text in FORMATS["refused"]["base64url"]:
        refused(bytes_of, {"a": text}, "a")


def test_envelopes_are_opened_and_refused() -> None:
    given = FORMATS["envelopes"]
    key, place = bytes.fromhex(given["key"]), bytes.fromhex(given["place"])
    for one in given["opened"]:
        data = open_envelope(bytes.fromhex(one["envelope"]), key, place=place)
        assert data.hex() == one["data"]
    for one in given["refused"]:
        refused(open_envelope, bytes.fromhex(one["envelope"]), key, place=place)


def test_a_passphrase_opens_the_staff_keys() -> None:
    pepper, door = Pepper(bytes.fromhex(STAFF["pepper"])), HashingDoor()
    stored = decoded(STAFF["record"].encode())
    key = unlock(STAFF["passphrase"], stored, pepper=pepper, door=door)
    assert key.hex() == STAFF["key_encryption_key"]
    keys = open_staff_keys(bytes.fromhex(STAFF["envelope"]), key, user="u-anna", version=1)
    assert keys.receiving.hex() == STAFF["receiving_secret"]
    assert keys.signing.hex() == STAFF["signing_seed"]
    card = read_card(bytes.fromhex(STAFF["card"]))
    assert card == keys.card
    assert card.fingerprint == STAFF["fingerprint"]
    box = STAFF["sealed_box"]
    assert keys.open(bytes.fromhex(box["sealed"])).hex() == box["data"]
    with pytest.raises(WrongPassphrase):
        unlock(STAFF["wrong_passphrase"], stored, pepper=pepper, door=door)


def test_grants_are_opened_and_refused_by_name() -> None:
    people = {user: person(user, one) for user, one in CASES["staff"].items()}
    givers = {("u-anna", 1): people["u-anna"].card}
    key = case_key(CASES["key"])
    assert {one.value: key.beneath(one).hex() for one in Purpose} == CASES["beneath"]
    given = CASES["grant"]
    usual = {"why": "", "opened_by": "u-boris", "version": 1, "revoked": [], "now": given["at"]}
    for one in ({**usual, "sealed": given["sealed"]}, *CASES["refused"]):
        wanted = grants.Wanted(
            case="c-1",
            compartment=Compartment.ACCOUNT,
            version=one["version"],
            revoked=one["revoked"],
        )

        def opened(one: Json = one, wanted: grants.Wanted = wanted) -> grants.Given:
            keys, sealed = people[one["opened_by"]], bytes.fromhex(one["sealed"])
            return grants.open_grant(
                sealed, keys=keys, wanted=wanted, givers=givers, now=one["now"]
            )

        if one["why"]:
            with pytest.raises(getattr(grants, one["why"])):
                opened()
        else:
            assert opened().key == key
    newer = case_key({**CASES["key"], **CASES["rotation"]})
    assert previous_case_key(newer, bytes.fromhex(CASES["rotation"]["link"])) == key


def test_chains_are_read_and_their_faults_named() -> None:
    key = payload_key(
        CaseKey(
            case="c-1",
            compartment=Compartment.ACCOUNT,
            version=1,
            secret=bytes.fromhex(CHAINS["case_secret"]),
        ),
        Purpose.AUDIT,
    )
    entries = [read_entry(text.encode()) for text in CHAINS["rows"]]
    acts = [read_act(entry, key) for entry in entries]
    assert [{"what": a.what, "at": a.at, "facts": a.facts} for a in acts] == CHAINS["acts"]
    assert open_payload(entries[0], key).startswith(b'{"at":')
    anna = person("u-anna", CHAINS["staff"]["u-anna"])
    checkpoint = read_checkpoint(CHAINS["checkpoint"].encode())
    for one in CHAINS["faults"]:
        report = verify_chain(
            "audit",
            list(rows(one["rows"])),
            checkpoints=[checkpoint],
            signers={("u-anna", 1): anna.card},
        )
        assert [[fault.kind.value, fault.number] for fault in report.faults] == one["faults"]


def test_streams_and_files_are_read_and_refused() -> None:
    key = bytes.fromhex(EVIDENCE["key"])
    for one in EVIDENCE["streams"]:
        if "sealed" in one:
            plain = stream(bytes.fromhex(one["sealed"]), key)
            assert plain == bytes(at % 251 for at in range(one["length"]))
    for one in EVIDENCE["refused"]:
        refused(stream, bytes.fromhex(one["sealed"]), key)
    facts = dict(EVIDENCE["file"])
    data = bytes.fromhex(facts.pop("bytes"))
    sealed = SealedFile(**{**facts, "key": bytes.fromhex(facts["key"])})
    assert b"".join(load_file(sealed, InMemory(data))) == bytes(at % 251 for at in range(300))


def stream(sealed: bytes, key: bytes) -> bytes:
    return b"".join(decrypted([sealed], key))


def refused(opening: Callable[..., object], *given: object, **named: object) -> None:
    """By one of the vault's own errors, never by an accident."""
    with pytest.raises(SafeconductError):
        opening(*given, **named)


def person(user: str, one: Json) -> StaffKeys:
    return StaffKeys(
        user=user,
        version=one["version"],
        receiving=bytes.fromhex(one["receiving_secret"]),
        signing=bytes.fromhex(one["signing_seed"]),
    )


def case_key(one: Json) -> CaseKey:
    return CaseKey(
        case="c-1",
        compartment=Compartment(one["compartment"]),
        version=one["version"],
        secret=bytes.fromhex(one["secret"]),
    )


def rows(texts: list[str | None]) -> Iterator[Row]:
    for number, text in enumerate(texts, start=1):
        yield Row(series="audit", number=number, body=None if text is None else text.encode())
