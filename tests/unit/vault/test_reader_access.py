"""The second reader opens what recovery, sessions, jobs and custody have written."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.vault_vectors import FOLDER
from tests.unit.vault.reader import access, formats, keys, stores
from tests.unit.vault.reader.formats import Refused

from safeconduct.vault.recovery.errors import RecoveryRefused
from safeconduct.vault.recovery.paper import LETTERS, RecoveryKey, printed, read_recovery_key

Json = dict[str, Any]


def read(name: str) -> Json:
    made: Json = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return made


RECOVERY, SESSIONS, CUSTODY = map(read, ("recovery", "sessions", "custody"))


def card(vectors: Json, user: str) -> keys.Card:
    found, _ = keys.read_card(bytes.fromhex(vectors["staff"][user]["card"]))
    return found


def both(vectors: Json, user: str) -> str:
    one = vectors["staff"][user]
    return str(one["receiving_secret"] + one["signing_seed"])


def test_a_printed_key_opens_the_staff_keys() -> None:
    paper = RECOVERY["paper"]
    assert access.printed_key(paper["printed"]).hex() == paper["secret"]
    opened = access.with_paper(paper["printed"], paper["record"].encode())
    assert opened.hex() == both(RECOVERY, "u-anna")
    groups = paper["printed"].replace("\n", "-").split("-")
    for wrong, number in paper["mistyped"]:
        typed = "-".join([wrong if at == number else g for at, g in enumerate(groups, start=1)])
        with pytest.raises(Refused, match=f"group {number}"):
            access.printed_key(typed)


@given(st.binary(min_size=16, max_size=16), st.integers(0, 39), st.sampled_from(LETTERS + "АУ1 "))
def test_both_read_paper_alike(secret: bytes, at: int, letter: str) -> None:
    text = printed(RecoveryKey(secret=secret))
    assert access.printed_key(text) == secret
    letters = list(text.replace("-", "").replace("\n", ""))
    letters[at] = letter
    typed = "".join(letters).lower()
    try:
        ours = read_recovery_key(typed).secret
    except RecoveryRefused:
        with pytest.raises(Refused):
            access.printed_key(typed)
    else:
        assert access.printed_key(typed) == ours


def test_any_two_custodians_open_the_staff_keys_and_no_other_pair_does() -> None:
    secrets = {
        user: bytes.fromhex(one["receiving_secret"]) for user, one in RECOVERY["staff"].items()
    }
    anna = card(RECOVERY, "u-anna")
    pairs = []
    for text in RECOVERY["escrows"]:
        said = json.loads(text)
        first, second = secrets[said["first"]], secrets[said["second"]]
        opened = access.with_two(text.encode(), first, second, anna)
        assert opened.hex() == both(RECOVERY, "u-anna")
        with pytest.raises(Refused):
            access.with_two(text.encode(), second, first, anna)
        pairs.append((said["first"], said["second"]))
    assert pairs == [("u-carl", "u-dora"), ("u-carl", "u-eva"), ("u-dora", "u-eva")]


def test_an_escrow_under_another_number_or_person_is_refused() -> None:
    staff, text = RECOVERY["staff"], RECOVERY["escrows"][0]
    carl, dora = (bytes.fromhex(staff[user]["receiving_secret"]) for user in ("u-carl", "u-dora"))
    anna = card(RECOVERY, "u-anna")
    with pytest.raises(Refused, match="outer"):
        access.with_two(text.replace('"number":1', '"number":2').encode(), carl, dora, anna)
    with pytest.raises(Refused, match="inner"):
        access.with_two(text.encode(), carl, dora, card(RECOVERY, "u-eva"))


def test_each_step_of_a_request_is_signed_by_whom_it_names() -> None:
    kinds = []
    for body in RECOVERY["steps"]:
        row, signed = access.read_step(body.encode())
        kinds.append(row["step"])
        if signed:
            signer = card(RECOVERY, row.get("by", "u-anna"))
            signature = formats.read_bytes(row["signature"])
            assert keys.is_signed(signer, signed, signature)
            assert not keys.is_signed(signer, signed + b"\0", signature)
    assert kinds == ["asked", "delivered", "opened", "cancelled"]


def test_a_session_opens_with_token_and_boot_secret_alone() -> None:
    row = {**SESSIONS["session"], "envelope": bytes.fromhex(SESSIONS["session"]["envelope"])}
    token, boot = SESSIONS["token"], bytes.fromhex(SESSIONS["boot_secret"])
    assert access.session_keys(token, boot, row).hex() == both(SESSIONS, "u-anna")
    for wrong in ({"over": row["over"] + 1}, {"user": "u-eva"}, {"version": 2}):
        with pytest.raises(Refused):
            access.session_keys(token, boot, {**row, **wrong})
    with pytest.raises(Refused):
        access.session_keys(token, bytes(32), row)


def test_a_worker_opens_the_key_of_its_job() -> None:
    job = SESSIONS["job"]
    secret, anna = bytes.fromhex(job["worker_secret"]), card(SESSIONS, "u-anna")
    facts = access.job_key(bytes.fromhex(job["sealed"]), secret, anna)
    names = ("id", "case", "compartment", "version")
    assert facts[:4] == [job[name] for name in names]
    assert facts[4].hex() == job["worker"]
    assert facts[7:9] == [job["at"], job["until"]]
    assert facts[9].hex() == job["case_secret"]
    with pytest.raises(Refused):
        access.job_key(bytes.fromhex(job["sealed"]), bytes(range(32)), anna)


def test_the_custody_of_an_item_is_read() -> None:
    secret = bytes.fromhex(CUSTODY["case_secret"])
    key = keys.beneath(secret, "c-1", "account", 1, "custody")
    bodies = {number: text.encode() for number, text in enumerate(CUSTODY["rows"], start=1)}
    assert stores.faults_of(CUSTODY["chain"], bodies)[0] == []
    for body, event in zip(bodies.values(), CUSTODY["events"], strict=True):
        row = stores.read_row(body)
        assert row["key"] == CUSTODY["key_name"]
        found = access.custody_event(stores.payload(row, key))
        assert found == {"schema": "safeconduct/custody-event/1", **event}
