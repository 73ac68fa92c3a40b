"""The vectors of case keys, grants, rotation, chains and checkpoints; see `vault_vectors`."""

from typing import Any

from safeconduct.vault.audit.log import CHAIN, SCHEMA
from safeconduct.vault.chains.checkpoints import checkpoint_text, sign_checkpoint
from safeconduct.vault.chains.entries import (
    Entry,
    entry_text,
    next_entry,
    origin,
    payload_key,
)
from safeconduct.vault.formats.canonical import canonical
from safeconduct.vault.formats.fields import labelled, pack
from safeconduct.vault.keys.cases import CaseKey, Compartment, Purpose, new_case_key
from safeconduct.vault.keys.grants import grant, grant_id
from safeconduct.vault.keys.rotation import rotate
from safeconduct.vault.keys.staff import StaffKeys, new_staff_keys

Json = dict[str, Any]
AT, UNTIL = 1_795_000_000, 1_826_536_000


def cases() -> Json:
    """A case key and the keys beneath it, grants that open and that do not, and a rotation."""
    anna, boris, clara = (new_staff_keys(name) for name in ("u-anna", "u-boris", "u-clara"))
    key = new_case_key("c-1", Compartment.ACCOUNT)
    sealed = grant(key, to=boris.card, by=anna, at=AT, until=UNTIL)
    name = grant_id(key, to=boris.card, by=anna.card, at=AT, until=UNTIL)
    turned = rotate(key, staying=[anna.card], by=anna, at=AT, until=UNTIL)
    return {
        "case": "c-1",
        "staff": {one.user: _keys(one) for one in (anna, boris, clara)},
        "compartments": [one.value for one in Compartment],
        "key": {"compartment": "account", "version": 1, "secret": key.secret.hex()},
        "beneath": {one.value: key.beneath(one).hex() for one in Purpose},
        "grant": {
            "giver": "u-anna",
            "recipient": "u-boris",
            "at": AT,
            "until": UNTIL,
            "sealed": sealed.hex(),
            "id": name,
            "inside": boris.open(sealed).hex(),
        },
        "refused": _refused(key, sealed, anna, boris, clara),
        "rotation": {
            "version": 2,
            "secret": turned.key.secret.hex(),
            "link": turned.link.hex(),
            "grant_to_u-anna": turned.grants[0][1].hex(),
        },
    }


def _refused(
    key: CaseKey, sealed: bytes, anna: StaffKeys, boris: StaffKeys, clara: StaffKeys
) -> list[Json]:
    """Boxes for Boris (Clara where it is said), filed for version 1 of the key, now `AT`."""
    facts = ("c-1", "account", 1, "u-boris", 1, "u-anna", 1, AT, UNTIL, key.secret)
    signed = labelled("grant", *facts)
    name = grant_id(key, to=boris.card, by=anna.card, at=AT, until=UNTIL)
    by_clara = boris.card.seal(pack(signed, clara.sign(signed)))
    identity = new_case_key("c-1", Compartment.IDENTITY)
    elsewhere = new_case_key("c-2", Compartment.ACCOUNT)
    return [
        _no("GrantNotForThisKey", sealed, opened_by="u-clara"),
        _no("GrantNotForThisKey", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        _no("GrantDamaged", boris.card.seal(b"no grant")),
        _no("GrantForeign", clara.card.seal(boris.open(sealed)), opened_by="u-clara"),
        _no("GrantForeign", grant(identity, to=boris.card, by=anna, at=AT, until=UNTIL)),
        _no("GrantForeign", grant(elsewhere, to=boris.card, by=anna, at=AT, until=UNTIL)),
        _no("GiverUnknown", grant(key, to=boris.card, by=clara, at=AT, until=UNTIL)),
        _no("GrantForged", by_clara),
        _no("GrantReplayed", sealed, version=2),
        _no("GrantReplayed", sealed, revoked=[name]),
        _no("GrantReplayed", boris.card.seal(boris.open(sealed)), revoked=[name]),
        _no("GrantNotYet", sealed, now=AT - 1),
        _no("GrantExpired", sealed, now=UNTIL),
    ]


def _no(why: str, sealed: bytes, **differs: Any) -> Json:
    usual = {"opened_by": "u-boris", "version": 1, "revoked": [], "now": AT}
    return {"why": why, "sealed": sealed.hex(), **usual, **differs}


def chains() -> Json:
    """Three rows of the audit, a checkpoint of them, and rows that somebody touched."""
    anna = new_staff_keys("u-anna")
    case_key = new_case_key("c-1", Compartment.ACCOUNT)
    key = payload_key(case_key, Purpose.AUDIT)
    entries: list[Entry] = []
    for number, what in enumerate(("read", "export", "read")):
        data = canonical(
            {"schema": SCHEMA, "what": what, "at": AT + number, "facts": {"n": number}}
        )
        last = entries[-1] if entries else None
        case = "c-1" if number else ""
        entries.append(
            next_entry(CHAIN, last, data, key=key, at=AT + number, by="u-anna", case=case)
        )
    texts = [entry_text(one).decode() for one in entries]
    checkpoint = sign_checkpoint(entries[-1], by=anna, at=AT + 10)
    return {
        "chain": CHAIN,
        "origin": origin(CHAIN),
        "case_key": {"case": "c-1", "compartment": "account", "version": 1},
        "case_secret": case_key.secret.hex(),
        "key_name": key.name,
        "rows": texts,
        "acts": [
            {"what": "read", "at": AT, "facts": {"n": 0}},
            {"what": "export", "at": AT + 1, "facts": {"n": 1}},
            {"what": "read", "at": AT + 2, "facts": {"n": 2}},
        ],
        "staff": {"u-anna": _keys(anna)},
        "checkpoint": checkpoint_text(checkpoint).decode(),
        "faults": _faults(texts),
    }


def _faults(texts: list[str]) -> list[Json]:
    """Rows as they might be found (null is a destroyed body), beside that checkpoint."""
    changed = texts[1].replace('"by":"u-anna"', '"by":"u-boris"')
    return [
        {"rows": texts, "faults": []},
        {"rows": texts[:2], "faults": [["cut", 3]]},
        {"rows": [texts[0], None, texts[2]], "faults": [["destroyed", 2]]},
        {"rows": [texts[0], changed, texts[2]], "faults": [["changed", 2]]},
        {"rows": [texts[0], texts[1] + " ", texts[2]], "faults": [["unreadable", 2]]},
        {"rows": [texts[0], texts[2], texts[2]], "faults": [["moved", 2]]},
    ]


def _keys(keys: StaffKeys) -> Json:
    return {
        "version": keys.version,
        "receiving_secret": keys.receiving.hex(),
        "signing_seed": keys.signing.hex(),
        "card": keys.card.encoded().hex(),
    }
