"""The vectors of recovery, sessions, jobs and custody; see `vault_vectors`."""

from typing import Any

from safeconduct.vault.chains.entries import entry_text
from safeconduct.vault.evidence.custody import (
    CustodyEvent,
    Handling,
    custody_chain,
    custody_key,
    write_event,
)
from safeconduct.vault.keys.cases import Compartment, new_case_key
from safeconduct.vault.keys.staff import StaffKeys, new_staff_keys
from safeconduct.vault.recovery.custodians import entrust, open_first
from safeconduct.vault.recovery.paper import new_recovery_key, printed
from safeconduct.vault.recovery.printed import proven, seal_for_paper
from safeconduct.vault.recovery.records import escrow_text, standing, write_opening, write_step
from safeconduct.vault.recovery.requests import HOUR, Known, ask, cancel, deliver, notice_of
from safeconduct.vault.sessions.door import SessionDoor, new_boot_secret
from safeconduct.vault.sessions.store import StoredSession
from safeconduct.vault.sessions.workers import Job, Worker, lend
from safeconduct.vault.storage.rows import Row

Json = dict[str, Any]
AT = 1_795_000_000


class Series:
    """Rows (`storage.rows.Rows`, the part that is needed) in memory."""

    def __init__(self) -> None:
        self.held: dict[str, list[bytes]] = {}

    def append(self, rows: list[Row]) -> None:
        for row in rows:
            self.held.setdefault(row.series, []).append(row.body or b"")

    def read(self, series: str, *, first: int = 1) -> list[Row]:
        bodies = self.held.get(series, [])[first - 1 :]
        return [Row(series=series, number=n, body=b) for n, b in enumerate(bodies, start=first)]

    def last(self, series: str) -> Row | None:
        return next(reversed(self.read(series)), None)


class Sessions:
    """Sessions (`sessions.store.SessionStore`, the part that is needed) in memory."""

    def __init__(self) -> None:
        self.held: dict[str, StoredSession] = {}

    def put(self, session: StoredSession) -> None:
        self.held[session.id] = session


def recovery() -> Json:
    """A printed key with its record, escrows for three custodians, and the steps of requests."""
    anna, *others = (new_staff_keys(f"u-{name}") for name in ("anna", "carl", "dora", "eva"))
    carl, dora, _ = others
    key = new_recovery_key()
    saved = proven(key, {1: key.groups[0], 8: key.groups[7]})
    escrows = entrust(anna, [one.card for one in reversed(others)], number=1)
    request = ask(anna.card, first=carl.card, second=dora.card, by=dora, at=AT)
    delivery = deliver(notice_of(request), channel="in-person", by=carl, at=AT + HOUR)
    rows: Any = Series()
    write_step(rows, request, request, now=request.at)
    write_step(rows, request, delivery, now=delivery.at)
    found = standing(rows, request.id)
    known = Known(asker=dora.card, deliverer=carl.card, user=anna.card)
    now = AT + HOUR + request.wait
    half = open_first(escrows[0], found, known, by=carl, number=1, now=now)
    write_opening(rows, found, at=now)
    write_step(rows, request, cancel(request, by=anna, at=now + 1), now=now + 1)
    return {
        "staff": {one.user: _keys(one) for one in (anna, *others)},
        "paper": {
            "secret": key.secret.hex(),
            "printed": printed(key),
            "record": seal_for_paper(anna, saved, number=1).encoded().decode(),
            "mistyped": [["ACEFH", 1], [key.groups[1], 1], [key.groups[0][::-1], 1]],
        },
        "escrows": [escrow_text(one).decode() for one in escrows],
        "half_opened": half.sealed.hex(),
        "request": request.id,
        "steps": [body.decode() for body in rows.held[f"recovery/{request.id}"]],
    }


def sessions() -> Json:
    """A session with what opens it, and a job's key with the worker that takes it."""
    anna = new_staff_keys("u-anna")
    store: Any = Sessions()
    boot, worker = new_boot_secret(), Worker()
    token = SessionDoor(store, boot).begin(anna, now=AT)
    (row,) = store.held.values()
    key = new_case_key("c-1", Compartment.ACCOUNT)
    sealed = lend(key, job="j-1", worker=worker.public, by=anna, at=AT, until=AT + 600)
    job = Job(id="j-1", case="c-1", compartment=Compartment.ACCOUNT)
    taken = worker.take(sealed, job=job, givers={("u-anna", 1): anna.card}, now=AT)
    return {
        "staff": {"u-anna": _keys(anna)},
        "boot_secret": boot.secret.hex(),
        "token": token,
        "session": {
            "id": row.id,
            "user": row.user,
            "version": row.version,
            "begun": row.begun,
            "seen": row.seen,
            "over": row.over,
            "envelope": (row.envelope or b"").hex(),
        },
        "job": {
            "worker_secret": bytes(vars(worker)["_private"]).hex(),
            "worker": worker.public.hex(),
            "id": "j-1",
            "case": "c-1",
            "compartment": "account",
            "version": 1,
            "at": AT,
            "until": AT + 600,
            "sealed": sealed.hex(),
            "case_secret": taken.secret.hex(),
        },
    }


def custody() -> Json:
    """The custody of one item: received, and a cleaned copy made."""
    key = new_case_key("c-1", Compartment.ACCOUNT)
    rows: Any = Series()
    events: list[Json] = [
        {"handling": "received", "at": AT, "facts": {"from": "the applicant"}},
        {"handling": "cleaned", "at": AT + 60, "facts": {"copy": "e2"}},
    ]
    texts = []
    for one in events:
        event = CustodyEvent(
            item="e1",
            handling=Handling(one["handling"]),
            at=one["at"],
            by="u-anna",
            sha256="ab" * 32,
            facts=one["facts"],
        )
        texts.append(entry_text(write_event(rows, event, key=key)).decode())
    return {
        "case": "c-1",
        "compartment": "account",
        "version": 1,
        "case_secret": key.secret.hex(),
        "chain": custody_chain("c-1", Compartment.ACCOUNT),
        "key_name": custody_key(key).name,
        "rows": texts,
        "events": [{"item": "e1", "sha256": "ab" * 32, **one} for one in events],
    }


def _keys(keys: StaffKeys) -> Json:
    return {
        "version": keys.version,
        "receiving_secret": keys.receiving.hex(),
        "signing_seed": keys.signing.hex(),
        "card": keys.card.encoded().hex(),
    }
