"""A request opens nothing before its notice and its wait, after a no, twice, or too late."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.keys.staff import new_staff_keys
from safeconduct.vault.recovery.custodians import entrust
from safeconduct.vault.recovery.errors import (
    NoticeNotDelivered,
    RecoveryRefused,
    RequestCancelled,
    RequestForeign,
    RequestForged,
    RequestLapsed,
    RequestSpent,
    StepMisdated,
    WaitNotOver,
)
from safeconduct.vault.recovery.records import (
    escrow_text,
    read_escrow,
    series_of,
    standing,
    write_opening,
    write_step,
)
from safeconduct.vault.recovery.requests import (
    LEAST_WAIT,
    OPEN_FOR,
    Known,
    Standing,
    ask,
    cancel,
    deliver,
    may_open,
    notice_of,
)
from safeconduct.vault.storage.rows import Row, RowTaken
from safeconduct.vault.storage.sqlite_rows import SqliteRows

ANNA, ONE, TWO, THREE = (new_staff_keys(name) for name in ("u-anna", "k-1", "k-2", "k-3"))
KNOWN = Known(asker=ONE.card, deliverer=TWO.card, user=ANNA.card)
REQUEST = ask(ANNA.card, first=ONE.card, second=TWO.card, by=ONE, at=1_000)
DELIVERY = deliver(notice_of(REQUEST), channel="in-person", by=TWO, at=2_000)
STANDING = Standing(request=REQUEST, delivery=DELIVERY)
OPENS = 2_000 + LEAST_WAIT


def changed(**facts: object) -> Standing:
    return msgspec.structs.replace(STANDING, **facts)


@given(st.integers(0, 2 * (OPENS + OPEN_FOR)))
def test_it_can_be_carried_out_after_the_wait_and_before_it_lapses(now: int) -> None:
    try:
        assert may_open(STANDING, KNOWN, now=now) == REQUEST
    except WaitNotOver:
        assert now < OPENS
    except RequestLapsed:
        assert now >= OPENS + OPEN_FOR
    else:
        assert OPENS <= now < OPENS + OPEN_FOR


def test_the_notice_says_who_asked_who_would_open_and_how_long_there_is_to_say_no() -> None:
    notice = notice_of(REQUEST)
    assert (notice.user, notice.by, notice.at) == ("u-anna", "k-1", 1_000)
    assert (notice.first, notice.second, notice.wait) == ("k-1", "k-2", LEAST_WAIT)


def test_without_a_delivered_notice_the_wait_never_ends() -> None:
    with pytest.raises(NoticeNotDelivered):
        may_open(changed(delivery=None), KNOWN, now=10**9)


def test_a_no_stops_it_for_good_and_only_the_person_can_say_it() -> None:
    no = cancel(REQUEST, by=ANNA, at=3_000)
    with pytest.raises(RequestCancelled):
        may_open(changed(cancellation=no), KNOWN, now=OPENS)
    with pytest.raises(NotUsable):
        cancel(REQUEST, by=ONE, at=3_000)
    forged = msgspec.structs.replace(no, signature=ONE.sign(no.signed()))
    with pytest.raises(RequestForged):
        may_open(changed(cancellation=forged), KNOWN, now=OPENS)


def test_what_was_carried_out_is_not_carried_out_again() -> None:
    with pytest.raises(RequestSpent):
        may_open(changed(opened=OPENS), KNOWN, now=OPENS + 1)


def test_steps_of_another_request_are_foreign() -> None:
    other = ask(ANNA.card, first=ONE.card, second=TWO.card, by=ONE, at=1_000)
    delivery = deliver(notice_of(other), channel="in-person", by=TWO, at=2_000)
    with pytest.raises(RequestForeign):
        may_open(changed(delivery=delivery), KNOWN, now=OPENS)
    with pytest.raises(RequestForeign):
        may_open(changed(cancellation=cancel(other, by=ANNA, at=1)), KNOWN, now=OPENS)


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "0" * 32},
        {"user": "u-boris"},
        {"version": 2},
        {"first": "k-3"},
        {"second": "k-3"},
        {"by": "k-2"},
        {"at": 0},
        {"wait": LEAST_WAIT + 1},
        {"signature": bytes(64)},
    ],
)
def test_no_fact_of_a_request_can_be_changed(facts: dict[str, object]) -> None:
    wrong = msgspec.structs.replace(REQUEST, **facts)
    with pytest.raises(RequestForged):
        may_open(changed(request=wrong), KNOWN, now=OPENS)


@pytest.mark.parametrize(
    "facts", [{"at": 1_500}, {"channel": "by-post"}, {"by": "k-1"}, {"signature": bytes(64)}]
)
def test_no_fact_of_a_delivery_can_be_changed(facts: dict[str, object]) -> None:
    wrong = msgspec.structs.replace(DELIVERY, **facts)
    with pytest.raises(RequestForged):
        may_open(changed(delivery=wrong), KNOWN, now=OPENS)


def test_the_asker_alone_cannot_begin_the_wait() -> None:
    own = deliver(notice_of(REQUEST), channel="in-person", by=ONE, at=2_000)
    known = Known(asker=ONE.card, deliverer=ONE.card, user=ANNA.card)
    with pytest.raises(NoticeNotDelivered, match="k-1"):
        may_open(changed(delivery=own), known, now=OPENS)


def test_a_notice_delivered_before_it_was_asked_for_is_forged() -> None:
    early = deliver(notice_of(REQUEST), channel="in-person", by=TWO, at=999)
    with pytest.raises(RequestForged):
        may_open(changed(delivery=early), KNOWN, now=OPENS)


def test_a_shorter_wait_is_neither_asked_for_nor_taken() -> None:
    with pytest.raises(NotUsable):
        ask(ANNA.card, first=ONE.card, second=TWO.card, by=ONE, at=1, wait=LEAST_WAIT - 1)
    short = msgspec.structs.replace(REQUEST, wait=1)
    short = msgspec.structs.replace(short, signature=ONE.sign(short.signed()))
    with pytest.raises(RequestForged, match="wait of 1"):
        may_open(changed(request=short), KNOWN, now=OPENS)


def test_the_person_is_no_custodian_of_their_own_keys() -> None:
    for first, second in ((ANNA, ONE), (ONE, ONE)):
        with pytest.raises(NotUsable):
            ask(ANNA.card, first=first.card, second=second.card, by=ONE, at=1)


def test_stored_steps_are_read_back_whole(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    write_step(rows, REQUEST, REQUEST, now=REQUEST.at)
    write_step(rows, REQUEST, DELIVERY, now=DELIVERY.at)
    found = standing(rows, REQUEST.id)
    assert found == changed(steps=2)
    write_opening(rows, found, at=OPENS)
    with pytest.raises(RowTaken):
        write_opening(rows, found, at=OPENS)
    with pytest.raises(RequestSpent):
        may_open(standing(rows, REQUEST.id), KNOWN, now=OPENS)
    rows.close()


def test_a_no_that_comes_between_reading_and_opening_stops_the_opening(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    for step in (REQUEST, DELIVERY):
        write_step(rows, REQUEST, step, now=step.at)
    found = standing(rows, REQUEST.id)
    write_step(rows, REQUEST, cancel(REQUEST, by=ANNA, at=OPENS), now=OPENS)
    with pytest.raises(RowTaken):
        write_opening(rows, found, at=OPENS)
    rows.close()


def test_a_later_delivery_or_the_askers_own_does_not_move_the_wait(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    later = deliver(notice_of(REQUEST), channel="by-post", by=TWO, at=9_000)
    own = deliver(notice_of(REQUEST), channel="by-post", by=ONE, at=1_500)
    for step in (REQUEST, own, DELIVERY, later):
        write_step(rows, REQUEST, step, now=step.at)
    assert may_open(standing(rows, REQUEST.id), KNOWN, now=OPENS) == REQUEST
    rows.close()


@pytest.mark.parametrize("says_no", [False, True])
def test_every_byte_of_a_stored_step_counts(says_no: bool, tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    no = cancel(REQUEST, by=ANNA, at=3_000)
    steps = (REQUEST, no) if says_no else (REQUEST, DELIVERY)
    for step in steps:
        write_step(rows, REQUEST, step, now=step.at)
    bodies = [row.body or b"" for row in rows.read(series_of(REQUEST.id))]
    rows.close()
    for row, body in enumerate(bodies):
        for at in range(len(body)):
            touched = list(bodies)
            touched[row] = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
            with pytest.raises((Malformed, RecoveryRefused)) as caught:
                may_open(standing(_Memory(touched), REQUEST.id), KNOWN, now=OPENS)
            assert caught.type not in (RequestCancelled, NoticeNotDelivered, WaitNotOver)


def test_an_escrow_is_read_back_and_every_byte_of_it_counts() -> None:
    escrow = entrust(ANNA, [keys.card for keys in (ONE, TWO, THREE)], number=1)[0]
    text = escrow_text(escrow)
    assert read_escrow(text) == escrow
    for at in range(len(text)):
        touched = bytearray(text)
        touched[at] ^= 1
        try:
            assert read_escrow(bytes(touched)) != escrow
        except Malformed:
            continue


class _Memory(SqliteRows):
    """Rows that are only read, to try many changes quickly."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies = bodies

    def read(self, series: str, *, first: int = 1) -> Iterator[Row]:
        for number, body in enumerate(self._bodies[first - 1 :], first):
            yield Row(series=series, number=number, body=body)


@pytest.mark.parametrize("shift", [-301, 301])
def test_a_step_that_is_dated_back_or_forward_is_not_written_down(
    shift: int, tmp_path: Path
) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    write_step(rows, REQUEST, REQUEST, now=REQUEST.at)
    with pytest.raises(StepMisdated):
        write_step(rows, REQUEST, DELIVERY, now=DELIVERY.at - shift)
    write_step(rows, REQUEST, DELIVERY, now=DELIVERY.at + 300)
    assert standing(rows, REQUEST.id).delivery == DELIVERY
    rows.close()


def test_a_step_is_not_dated_before_the_one_it_follows(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    write_step(rows, REQUEST, REQUEST, now=REQUEST.at)
    early = deliver(notice_of(REQUEST), channel="by-post", by=TWO, at=REQUEST.at - 1)
    with pytest.raises(StepMisdated):
        write_step(rows, REQUEST, early, now=REQUEST.at)
    rows.close()


def test_a_no_counts_whatever_clock_it_was_said_by(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    for step in (REQUEST, DELIVERY):
        write_step(rows, REQUEST, step, now=step.at)
    write_step(rows, REQUEST, cancel(REQUEST, by=ANNA, at=1), now=OPENS)
    with pytest.raises(RequestCancelled):
        may_open(standing(rows, REQUEST.id), KNOWN, now=OPENS)
    rows.close()
