"""A job gets the key of its one case from its user, once, in time, and not after a restart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.formats.fields import labelled, pack
from safeconduct.vault.keys.cases import Compartment, new_case_key
from safeconduct.vault.keys.staff import Card, new_staff_keys
from safeconduct.vault.sessions.errors import (
    JobKeyDamaged,
    JobKeyForeign,
    JobKeyForged,
    JobKeyLate,
    JobKeyNotForThisWorker,
    JobKeyNotYet,
    JobKeyUsed,
)
from safeconduct.vault.sessions.workers import MOST_SECONDS, Job, Worker, lend

ANNA, BORIS = new_staff_keys("u-anna"), new_staff_keys("u-boris")
GIVERS = {("u-anna", 1): ANNA.card}
KEY = new_case_key("c-1", Compartment.ACCOUNT)
JOB = Job(id="j-1", case="c-1", compartment=Compartment.ACCOUNT)
WORKER = Worker()


def lent(worker: Worker = WORKER, job: str = "j-1") -> bytes:
    return lend(KEY, job=job, worker=worker.public, by=ANNA, at=100, until=200)


def test_the_job_gets_its_key_once() -> None:
    sealed = lent()
    assert WORKER.take(sealed, job=JOB, givers=GIVERS, now=150) == KEY
    with pytest.raises(JobKeyUsed):
        WORKER.take(sealed, job=JOB, givers=GIVERS, now=151)
    again = Worker()
    repacked = lent(again)
    again.take(repacked, job=JOB, givers=GIVERS, now=150)


def test_the_same_key_in_a_new_box_is_a_replay() -> None:
    worker = Worker()
    sealed = lent(worker)
    worker.take(sealed, job=JOB, givers=GIVERS, now=150)
    inside = worker._opened(sealed)
    from nacl.public import PublicKey, SealedBox

    boxed = SealedBox(PublicKey(worker.public)).encrypt(pack(*inside))
    with pytest.raises(JobKeyUsed):
        worker.take(boxed, job=JOB, givers=GIVERS, now=150)


def test_after_a_restart_the_job_needs_its_user_again() -> None:
    with pytest.raises(JobKeyNotForThisWorker, match="user again"):
        Worker().take(lent(), job=JOB, givers=GIVERS, now=150)


@pytest.mark.parametrize(
    "job",
    [
        Job(id="j-2", case="c-1", compartment=Compartment.ACCOUNT),
        Job(id="j-1", case="c-2", compartment=Compartment.ACCOUNT),
        Job(id="j-1", case="c-1", compartment=Compartment.IDENTITY),
    ],
)
def test_another_job_case_or_compartment_is_refused(job: Job) -> None:
    with pytest.raises(JobKeyForeign):
        WORKER.take(lent(), job=job, givers=GIVERS, now=150)


@settings(deadline=None)
@given(st.integers(0, 400))
def test_the_key_is_in_force_for_its_time_alone(now: int) -> None:
    worker = Worker()
    try:
        worker.take(lent(worker), job=JOB, givers=GIVERS, now=now)
    except JobKeyNotYet:
        assert now < 100
    except JobKeyLate:
        assert now >= 200
    else:
        assert 100 <= now < 200


def test_nobody_who_counts_or_a_forged_name_gives_no_key() -> None:
    givers: dict[tuple[str, int], Card] = {}
    with pytest.raises(JobKeyForged):
        WORKER.take(lent(), job=JOB, givers=givers, now=150)
    sealed = lend(KEY, job="j-1", worker=WORKER.public, by=BORIS, at=100, until=200)
    with pytest.raises(JobKeyForged):
        WORKER.take(sealed, job=JOB, givers={("u-boris", 1): ANNA.card}, now=150)


def test_a_key_passed_on_to_another_worker_is_foreign() -> None:
    from nacl.public import PublicKey, SealedBox

    other = Worker()
    boxed = SealedBox(PublicKey(other.public)).encrypt(pack(*WORKER._opened(lent())))
    with pytest.raises(JobKeyForeign):
        other.take(boxed, job=JOB, givers=GIVERS, now=150)


def test_every_changed_byte_and_every_cut_is_refused() -> None:
    sealed = lent()
    for at in range(len(sealed)):
        touched = bytearray(sealed)
        touched[at] ^= 128
        for wrong in (bytes(touched), sealed[:at]):
            with pytest.raises(JobKeyNotForThisWorker):
                WORKER.take(wrong, job=JOB, givers=GIVERS, now=150)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        pack(b"", b""),
        pack(labelled("grant", 1), b""),
        pack(labelled("job-key", "j", "c", "no", 1, b"", "u", 1, 1, 2, KEY.secret), b""),
        pack(labelled("job-key", "j", "c", "account", 1, b"", "u", 1, 1, 2, b"short"), b""),
    ],
)
def test_a_box_without_a_jobs_key_is_damaged(inside: bytes) -> None:
    from nacl.public import PublicKey, SealedBox

    boxed = SealedBox(PublicKey(WORKER.public)).encrypt(inside)
    with pytest.raises(JobKeyDamaged):
        WORKER.take(boxed, job=JOB, givers=GIVERS, now=150)


@pytest.mark.parametrize(("at", "until"), [(100, 100), (100, 99), (100, 101 + MOST_SECONDS)])
def test_a_key_for_no_time_or_for_too_long_is_not_lent(at: int, until: int) -> None:
    with pytest.raises(NotUsable):
        lend(KEY, job="j-1", worker=WORKER.public, by=ANNA, at=at, until=until)


def test_no_text_shows_a_key() -> None:
    assert repr(Worker()) == "Worker(secret)"
