"""Two of three custodians, in their order, after the wait and the notice; nobody else."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.formats.fields import labelled, pack, unpack
from safeconduct.vault.keys.staff import Card, StaffKeys, new_staff_keys
from safeconduct.vault.recovery.custodians import (
    Escrow,
    HalfOpened,
    entrust,
    open_first,
    open_second,
)
from safeconduct.vault.recovery.errors import (
    EscrowDamaged,
    EscrowForged,
    NotThisCustodian,
    PairNotNamed,
    RecoveryForeign,
    RecoveryRefused,
    RecoveryReplaced,
    RequestCancelled,
    RequestSpent,
    WaitNotOver,
)
from safeconduct.vault.recovery.records import carry_out, standing, write_step
from safeconduct.vault.recovery.requests import (
    LEAST_WAIT,
    Known,
    Standing,
    ask,
    cancel,
    deliver,
    notice_of,
)
from safeconduct.vault.storage.rows import Row, RowTaken
from safeconduct.vault.storage.sqlite_rows import SqliteRows

ANNA = new_staff_keys("u-anna")
CUSTODIANS = {name: new_staff_keys(name) for name in ("k-1", "k-2", "k-3")}
ONE, TWO, THREE = CUSTODIANS.values()
ESCROWS = entrust(ANNA, [keys.card for keys in (THREE, ONE, TWO)], number=1)
KNOWN = Known(asker=ONE.card, deliverer=TWO.card, user=ANNA.card)
NOW = 2_000 + LEAST_WAIT


def asked(first: StaffKeys = ONE, second: StaffKeys = TWO) -> Standing:
    request = ask(ANNA.card, first=first.card, second=second.card, by=ONE, at=1_000)
    delivery = deliver(notice_of(request), channel="in-person", by=TWO, at=2_000)
    return Standing(request=request, delivery=delivery)


STANDING = asked()


def halved(
    escrow: Escrow = ESCROWS[0], standing: Standing = STANDING, by: StaffKeys = ONE, now: int = NOW
) -> HalfOpened:
    return open_first(escrow, standing, KNOWN, by=by, number=1, now=now)


def opened(half: HalfOpened, standing: Standing = STANDING, by: StaffKeys = TWO) -> StaffKeys:
    return open_second(half, standing, KNOWN, by=by, number=1, now=NOW)


def test_each_pair_opens_and_the_pairs_stand_in_fixed_order() -> None:
    pairs = [(one.first, one.second) for one in ESCROWS]
    assert pairs == list(combinations(("k-1", "k-2", "k-3"), 2))
    for escrow in ESCROWS:
        first, second = CUSTODIANS[escrow.first], CUSTODIANS[escrow.second]
        standing = asked(first, second)
        assert opened(halved(escrow, standing, first), standing, second) == ANNA


def test_one_custodian_opens_nothing() -> None:
    half = halved()
    with pytest.raises(PairNotNamed):
        opened(half, by=ONE)
    # The same with the names changed to fit: the box itself is not for them.
    with pytest.raises(NotThisCustodian):
        opened(msgspec.structs.replace(half, second="k-1", first="k-2"), asked(TWO, ONE), ONE)
    assert ANNA.signing not in half.sealed
    for keys in (TWO, THREE, ANNA):
        with pytest.raises(PairNotNamed):
            halved(by=keys)


def test_a_pair_that_is_not_named_opens_nothing() -> None:
    with pytest.raises(PairNotNamed):
        halved(ESCROWS[1])
    with pytest.raises(PairNotNamed):
        halved(standing=asked(TWO, ONE))
    with pytest.raises(PairNotNamed):
        opened(halved(), asked(ONE, THREE), THREE)
    renamed = msgspec.structs.replace(ESCROWS[1], second="k-2")
    with pytest.raises(RecoveryForeign):
        halved(renamed)


def test_nothing_opens_before_the_wait_is_over_or_after_a_no() -> None:
    with pytest.raises(WaitNotOver):
        halved(now=NOW - 1)
    half = halved()
    no = cancel(STANDING.request, by=ANNA, at=NOW)
    cancelled = msgspec.structs.replace(STANDING, cancellation=no)
    with pytest.raises(RequestCancelled):
        opened(half, cancelled)
    with pytest.raises(RequestCancelled):
        halved(standing=cancelled)


def test_an_escrow_that_was_replaced_or_renumbered_is_refused() -> None:
    with pytest.raises(RecoveryReplaced):
        open_first(ESCROWS[0], STANDING, KNOWN, by=ONE, number=2, now=NOW)
    with pytest.raises(RecoveryReplaced):
        open_second(halved(), STANDING, KNOWN, by=TWO, number=2, now=NOW)
    renumbered = msgspec.structs.replace(ESCROWS[0], number=2)
    with pytest.raises(RecoveryForeign):
        open_first(renumbered, STANDING, KNOWN, by=ONE, number=2, now=NOW)
    with pytest.raises(RecoveryForeign):
        half = msgspec.structs.replace(halved(), number=2)
        open_second(half, STANDING, KNOWN, by=TWO, number=2, now=NOW)


def test_an_escrow_of_somebody_else_or_of_older_keys_is_foreign() -> None:
    boris = entrust(new_staff_keys("u-boris"), [k.card for k in CUSTODIANS.values()], number=1)[0]
    with pytest.raises(RecoveryForeign):
        halved(boris)
    with pytest.raises(RecoveryForeign):
        halved(msgspec.structs.replace(boris, user="u-anna"))
    older = entrust(new_staff_keys("u-anna", version=2), _cards(), number=1)[0]
    with pytest.raises(RecoveryForeign):
        halved(older)


def test_an_escrow_that_somebody_else_made_in_a_name_is_forged() -> None:
    forged = entrust(new_staff_keys("u-anna"), _cards(), number=1)[0]
    with pytest.raises(EscrowForged):
        opened(halved(forged))


def test_a_box_with_something_else_in_it_is_damaged() -> None:
    half = halved()
    signed, signature = unpack(TWO.open(half.sealed), 2)
    short = labelled("escrow", "u-anna", 1, 1, "k-1", "k-2", b"short", ANNA.signing)
    for inside in (
        b"",
        pack(b"", b""),
        pack(signed[:-1], signature),
        pack(short, ANNA.sign(short)),
    ):
        with pytest.raises(EscrowDamaged):
            opened(msgspec.structs.replace(half, sealed=TWO.card.seal(inside)))
    with pytest.raises(EscrowDamaged):
        halved(msgspec.structs.replace(ESCROWS[0], sealed=ONE.card.seal(b"nothing")))


def test_every_byte_of_both_boxes_counts() -> None:
    half = halved()
    for at in range(0, len(half.sealed), 3):
        with pytest.raises(NotThisCustodian):
            opened(msgspec.structs.replace(half, sealed=_flipped(half.sealed, at)))
    for at in range(0, len(ESCROWS[0].sealed), 3):
        with pytest.raises(NotThisCustodian):
            halved(msgspec.structs.replace(ESCROWS[0], sealed=_flipped(ESCROWS[0].sealed, at)))


@given(st.permutations(range(3)), st.sampled_from(["k-1", "k-2", "k-3"]))
def test_the_order_in_which_custodians_are_named_changes_nothing(order: list[int], by: str) -> None:
    made = entrust(ANNA, [_cards()[at] for at in order], number=1)
    assert [(one.first, one.second) for one in made] == [(one.first, one.second) for one in ESCROWS]
    try:
        halved(made[0], by=CUSTODIANS[by])
    except RecoveryRefused:
        assert by != "k-1"


def test_three_custodians_and_not_the_person_themselves() -> None:
    cards = _cards()
    for wrong in (cards[:2], [*cards, ANNA.card], [cards[0], cards[1], ANNA.card], [cards[0]] * 3):
        with pytest.raises(NotUsable):
            entrust(ANNA, wrong, number=1)
    with pytest.raises(NotUsable):
        entrust(ANNA, cards, number=0)


def _cards() -> list[Card]:
    return [keys.card for keys in CUSTODIANS.values()]


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 128]) + data[at + 1 :]


def test_a_request_is_carried_out_once_and_not_before_that_is_written(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    request, delivery = STANDING.request, STANDING.delivery
    assert delivery is not None
    for step in (request, delivery):
        write_step(rows, request, step, now=step.at)
    half = halved()
    with pytest.raises(WaitNotOver):
        carry_out(rows, half, KNOWN, request.id, by=TWO, number=1, now=NOW - 1)
    with pytest.raises(PairNotNamed):
        carry_out(rows, half, KNOWN, request.id, by=THREE, number=1, now=NOW)
    assert carry_out(rows, half, KNOWN, request.id, by=TWO, number=1, now=NOW) == ANNA
    with pytest.raises(RequestSpent):
        carry_out(rows, half, KNOWN, request.id, by=TWO, number=1, now=NOW)
    rows.close()


def test_where_somebody_wrote_in_between_nobody_gets_the_keys(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    request, delivery = STANDING.request, STANDING.delivery
    assert delivery is not None
    for step in (request, delivery):
        write_step(rows, request, step, now=step.at)

    class _Late(SqliteRows):
        def append(self, rows_: Sequence[Row]) -> None:
            no = cancel(request, by=ANNA, at=NOW)
            write_step(rows, request, no, now=NOW)
            super().append(rows_)

    late = _Late(tmp_path / "rows.sqlite")
    with pytest.raises(RowTaken):
        carry_out(late, halved(), KNOWN, request.id, by=TWO, number=1, now=NOW)
    assert standing(rows, request.id).opened is None
    late.close()
    rows.close()
