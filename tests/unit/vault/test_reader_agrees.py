"""Whatever is done to stored bytes, the code and the second reader accept and refuse the same."""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from scripts.vault_vectors import FOLDER
from tests.unit.vault.reader import formats, keys, stores
from tests.unit.vault.reader.formats import Refused

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.chains.checkpoints import read_checkpoint, vouches
from safeconduct.vault.chains.entries import RowChanged, read_entry
from safeconduct.vault.chains.verifying import verify_chain
from safeconduct.vault.evidence.stream import decrypted
from safeconduct.vault.formats.canonical import canonical, to_text
from safeconduct.vault.formats.envelopes import open_envelope
from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.formats.fields import labelled, pack, unpack
from safeconduct.vault.formats.padding import pad, padded_length, unpad
from safeconduct.vault.keys import grants
from safeconduct.vault.keys.cases import Compartment
from safeconduct.vault.keys.staff import Card, StaffKeys, new_staff_keys, read_card
from safeconduct.vault.storage.rows import Row

Json = dict[str, Any]
ANNA, BORIS = new_staff_keys("u-anna"), new_staff_keys("u-boris")
AT = 1_795_000_000
CHAINS: Json = json.loads((FOLDER / "chains.json").read_text(encoding="utf-8"))
SAFE = (1 << 53) - 1
WORDS = ("", "A", "AA", "AAA", "a" * 64, "A" * 64, "0" * 64, "0" * 64 + "\n", "é", "u-anna")
DAYS = ("2026-11-23", "٢٠٢٦-١١-٢٣", "2026-1-1")
REST: tuple[Any, ...] = ("\ud800", 0, -1, 1, 2, 3, SAFE, 1.5, 1e30, True, None, [], {})
ODD: st.SearchStrategy[Any] = st.sampled_from([*WORDS, *DAYS, *REST])


@st.composite
def touched(draw: st.DrawFn, whole: bytes) -> bytes:
    """The same bytes, cut, lengthened, or with some of them changed."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(0, 2))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    cut = draw(st.none() | st.integers(0, len(data)))
    return bytes(data[:cut]) + draw(st.sampled_from([b"", b"", b"\0", b"\xff" * 9]))


@st.composite
def edited(draw: st.DrawFn, row: Json) -> Json:
    """The same object with values, keys or both changed."""
    row = dict(row)
    for _ in range(draw(st.integers(0, 2))):
        row[draw(st.sampled_from(sorted(row)))] = draw(ODD)
    if draw(st.integers(0, 9)) == 0:
        row.pop(draw(st.sampled_from(sorted(row))))
    if draw(st.integers(0, 9)) == 0:
        row["other"] = draw(ODD)
    return row


def told(reading: Callable[..., object], *given: object, **named: object) -> str:
    """What comes out, or that it was refused."""
    try:
        return str(reading(*given, **named))
    except (SafeconductError, Refused):
        return "refused"


@given(st.one_of(touched(pack(b"", b"abc", b"d" * 300)), st.binary(max_size=20)), st.integers(0, 4))
def test_both_agree_on_fields(data: bytes, count: int) -> None:
    assert told(lambda: list(unpack(data, count))) == told(formats.unpacked, data, count)


@given(st.one_of(touched(pad(b"")), touched(pad(b"abc")), touched(pad(b"d" * 1_000))))
def test_both_agree_on_padding(data: bytes) -> None:
    assert told(unpad, data) == told(formats.unpadded, data)


@given(st.binary(max_size=2_000), st.integers(0, 1 << 50))
def test_both_agree_on_sizes(data: bytes, length: int) -> None:
    assert padded_length(length) == formats.padded_length(length)
    assert formats.unpadded(pad(data)) == data


ENVELOPE: Json = json.loads((FOLDER / "formats.json").read_text(encoding="utf-8"))["envelopes"]


@given(touched(bytes.fromhex(ENVELOPE["opened"][0]["envelope"])))
def test_both_agree_on_envelopes(data: bytes) -> None:
    key, place = bytes.fromhex(ENVELOPE["key"]), bytes.fromhex(ENVELOPE["place"])
    ours = told(open_envelope, data, key, place=place)
    assert ours == told(formats.opened, data, key, place)


@given(
    st.one_of(
        touched(ANNA.card.encoded()),
        st.tuples(
            st.sampled_from(["u-anna", "", "é"]),
            st.sampled_from([1, 0, (1 << 64) - 1, b"", b"\1"]),
            st.sampled_from([ANNA.card.receiving, b"", bytes(32), bytes(31)]),
            st.sampled_from([ANNA.card.verifying, BORIS.card.verifying, b"", bytes(33)]),
        ).map(lambda facts: _signed("card", facts, ANNA)),
    )
)
def test_both_agree_on_cards(data: bytes) -> None:
    def ours() -> tuple[object, ...]:
        card = read_card(data)
        return (card.user, card.version, card.receiving, card.verifying, card.fingerprint)

    def theirs() -> tuple[object, ...]:
        card, fingerprint = keys.read_card(data)
        return (*card, fingerprint)

    assert told(ours) == told(theirs)


def _signed(kind: str, facts: Sequence[Any], by: StaffKeys) -> bytes:
    signed = labelled(kind, *facts)
    return pack(signed, by.sign(signed))


@given(
    st.tuples(
        st.sampled_from(["c-1", "c-1", "c-2", "", b"\xff"]),
        st.sampled_from(["account", "account", "identity", "Account", ""]),
        st.sampled_from([1, 1, 2, 0, b"\1"]),
        st.sampled_from(["u-boris", "u-boris", "u-anna"]),
        st.sampled_from([1, 1, 2]),
        st.sampled_from(["u-anna", "u-anna", "u-boris"]),
        st.sampled_from([1, 1, 2]),
        st.sampled_from([AT, AT - 1, AT + 1, 0]),
        st.sampled_from([AT + 1, AT + 1, AT, 0, (1 << 64) - 1]),
        st.sampled_from([bytes(32), bytes(32), b"", bytes(33)]),
    ),
    st.sampled_from([ANNA, ANNA, BORIS]),
    st.sampled_from(["grant", "grant", "grant", "card"]),
    st.integers(1, 2),
)
def test_both_agree_on_grants_and_why_they_are_refused(
    facts: Sequence[Any], by: StaffKeys, kind: str, version: int
) -> None:
    sealed = BORIS.card.seal(_signed(kind, facts, by))
    wanted = grants.Wanted(case="c-1", compartment=Compartment.ACCOUNT, version=version)
    givers = {("u-anna", 1): ANNA.card}
    try:
        given = grants.open_grant(sealed, keys=BORIS, wanted=wanted, givers=givers, now=AT)
        ours = f"{given.key.version} {given.key.secret.hex()} {given.until}"
    except grants.GrantRefused as refused:
        ours = type(refused).__name__
    own, filed = keys.Own("u-boris", 1, BORIS.receiving), ("c-1", "account", version)
    try:
        found = keys.open_grant(sealed, own, filed, {("u-anna", 1): _card(ANNA.card)}, AT)
        theirs = f"{found.version} {found.key.hex()} {found.until}"
    except Refused as refused:
        theirs = str(refused)
    assert ours == theirs


def _card(card: Card) -> keys.Card:
    return keys.Card(card.user, card.version, card.receiving, card.verifying)


ROW: Json = json.loads(CHAINS["rows"][0])


@given(edited(ROW), st.booleans())
def test_both_agree_on_rows_that_were_edited(row: Json, hashed_anew: bool) -> None:
    try:
        if hashed_anew:
            rest = canonical({key: value for key, value in row.items() if key != "hash"})
            row = {**row, "hash": sha256(rest).hexdigest()}
        body = canonical(row)
    except NotUsable:
        return
    _same_row(body)


@given(touched(CHAINS["rows"][1].encode()))
def test_both_agree_on_rows_with_other_bytes(body: bytes) -> None:
    _same_row(body)


def _same_row(body: bytes) -> None:
    try:
        entry = read_entry(body)
        ours = f"{entry.chain} {entry.number} {entry.hash} {to_text(entry.payload)}"
    except SafeconductError as error:
        ours = "changed" if isinstance(error, RowChanged) else "unreadable"
    try:
        row = stores.read_row(body)
        theirs = f"{row['chain']} {row['number']} {row['hash']} {row['payload']}"
    except Refused as refused:
        theirs = str(refused)
    assert ours == theirs


@given(st.lists(st.sampled_from([*CHAINS["rows"], None, "", "{}"]), max_size=5), st.booleans())
def test_both_agree_on_whole_chains(texts: list[str | None], is_audit: bool) -> None:
    bodies = [None if text is None else text.encode() for text in texts]
    chain = "audit" if is_audit else "other"
    rows = [Row(series=chain, number=n, body=body) for n, body in enumerate(bodies, start=1)]
    card = read_card(bytes.fromhex(CHAINS["staff"]["u-anna"]["card"]))
    text = CHAINS["checkpoint"].encode()
    checkpoints = [read_checkpoint(text)] if is_audit else []
    signers = {("u-anna", 1): card}
    report = verify_chain(chain, rows, checkpoints=checkpoints, signers=signers)
    ours = [(fault.kind.value, fault.number) for fault in report.faults]
    theirs, heads = stores.faults_of(chain, dict(enumerate(bodies, start=1)))
    if is_audit:
        theirs += stores.against(text, len(rows), heads, {("u-anna", 1): _card(card)})
    assert ours == theirs


@given(edited(json.loads(CHAINS["checkpoint"])))
def test_both_agree_on_checkpoints(row: Json) -> None:
    try:
        text = canonical(row)
    except NotUsable:
        return
    card = read_card(bytes.fromhex(CHAINS["staff"]["u-anna"]["card"]))

    def ours() -> bool:
        return vouches(read_checkpoint(text), {("u-anna", 1): card})

    def theirs() -> bool:
        found = stores.against(text, 0, {}, {("u-anna", 1): _card(card)})
        return found[0][0] != "checkpoint-refused"

    assert told(ours) == told(theirs)


STREAM = bytes.fromhex(
    json.loads((FOLDER / "evidence.json").read_text(encoding="utf-8"))["streams"][1]["sealed"]
)


@given(touched(STREAM))
def test_both_agree_on_streams(data: bytes) -> None:
    key = bytes(range(32))
    assert told(lambda: b"".join(decrypted([data], key))) == told(stores.stream, data, key)
