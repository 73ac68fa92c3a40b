"""Items with salted hashes: one can be shown alone, none can be guessed."""

import hashlib
import json

import msgspec

from safeconduct.dossier.sealing.items import Item, SaltedItem, altered, hashed, salted

ITEMS = (
    Item(id="claim/c1", kind="claim", value={"text": "Он был в части."}),
    Item(id="claim/c2", kind="claim", value={"text": "yes", "km": 12.5}),
)


def test_the_hash_is_what_the_reference_says_and_anyone_can_make_it() -> None:
    item = SaltedItem(id="claim/c1", kind="claim", salt="00" * 16, value={"b": [1, True], "a": "é"})
    text = json.dumps(
        {"id": "claim/c1", "kind": "claim", "salt": "00" * 16, "value": {"a": "é", "b": [1, True]}},
        separators=(",", ":"),
        ensure_ascii=False,
    )
    assert hashed(item).sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_each_item_has_a_salt_of_its_own_and_another_each_time() -> None:
    salts = [one.salt for _ in range(50) for one in salted(ITEMS)]
    assert len(set(salts)) == 100
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}


def test_one_item_alone_is_recognised_and_an_altered_one_named() -> None:
    shown = salted(ITEMS)
    listed = tuple(hashed(one) for one in shown)
    assert altered(shown[1:], listed) == ()
    for change in (
        {"value": {"text": "no", "km": 12.5}},
        {"salt": "11" * 16},
        {"kind": "finding"},
        {"id": "claim/c1"},
    ):
        other = msgspec.structs.replace(shown[1], **change)
        assert altered((shown[0], other), listed) == (other.id,)


def test_an_item_from_another_dossier_is_not_recognised() -> None:
    first, second = salted(ITEMS), salted(ITEMS)
    assert altered(first, [hashed(one) for one in second]) == ("claim/c1", "claim/c2")
