"""One case's key for one job: given by a person, sealed to a key that only a worker's memory holds.

There is no standing key of the service. A worker that is started again has another key, and its
jobs say that they need their user once more. A worker that is taken over has the keys of the jobs
that it ran or still holds, and no others.
"""

from collections.abc import Mapping
from hashlib import sha256

import msgspec
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from safeconduct.vault.formats.envelopes import KEY_BYTES
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.formats.fields import (
    as_number,
    as_text,
    labelled,
    pack,
    unlabelled,
    unpack,
)
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.cases import CaseKey, Compartment
from safeconduct.vault.keys.ids import opaque
from safeconduct.vault.keys.staff import Card, SignatureWrong, StaffKeys
from safeconduct.vault.sessions.errors import (
    JobKeyDamaged,
    JobKeyForeign,
    JobKeyForged,
    JobKeyLate,
    JobKeyNotForThisWorker,
    JobKeyNotYet,
    JobKeyUsed,
)

_KIND = "job-key"
_FACTS = 10
MOST_SECONDS = 24 * 3_600


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What a key is given for: one job on one compartment of one case."""

    id: str
    case: str
    compartment: Compartment


class _Lent(msgspec.Struct, frozen=True, kw_only=True):
    job: Job
    version: int
    worker: bytes
    giver: str
    giver_version: int
    at: int
    until: int
    secret: bytes


def lend(key: CaseKey, *, job: str, worker: bytes, by: StaffKeys, at: int, until: int) -> bytes:
    """A case key sealed to a worker's public key (32 bytes), for one job until `until` (seconds).

    Raises NotUsable for more than a day, for no time at all, or for an id that is none.
    """
    if not at < until <= at + MOST_SECONDS:
        raise NotUsable(f"a job has its key for up to {MOST_SECONDS} seconds")
    signed = labelled(
        _KIND,
        opaque(job),
        key.case,
        key.compartment,
        key.version,
        worker,
        by.user,
        by.version,
        at,
        until,
        key.secret,
    )
    return SealedBox(PublicKey(worker)).encrypt(pack(signed, by.sign(signed)))


class Worker:
    """A worker's key pair, drawn when it starts and never stored."""

    def __init__(self) -> None:
        self._private = PrivateKey(draw(KEY_BYTES))
        self._taken: dict[bytes, int] = {}

    def __repr__(self) -> str:
        return "Worker(secret)"

    @property
    def public(self) -> bytes:
        """To what people seal a job's key; stored with the job."""
        return bytes(self._private.public_key)

    def take(
        self,
        sealed: bytes,
        *,
        job: Job,
        givers: Mapping[tuple[str, int], Card],
        now: int,
    ) -> CaseKey:
        """The key for this job, after six questions.

        1. Does the box open?  2. Is a job's key in it?  3. Is it for this worker, job, case and
        compartment?  4. Did somebody sign it whose signature counts (an empty mapping refuses
        all)?  5. Is it in force at `now`?  6. Was it not taken before?
        Raises the subclass of JobKeyRefused that names the first answer that is no.
        """
        signed, signature = self._opened(sealed)  # 1, 2
        lent = _read(signed)
        if (lent.worker, lent.job) != (self.public, job):  # 3
            raise JobKeyForeign(f"for the job {lent.job.id} on {lent.job.case}")
        _signed_by(lent, signed, signature, givers)  # 4
        if now < lent.at:  # 5
            raise JobKeyNotYet(f"given at {lent.at}, now is {now}")
        if now >= lent.until:
            raise JobKeyLate(f"until {lent.until}, now is {now}")
        name = sha256(signed).digest()
        if name in self._taken:  # 6
            raise JobKeyUsed(f"the job {job.id} had its key")
        self._taken = {one: until for one, until in self._taken.items() if until > now}
        self._taken[name] = lent.until
        return CaseKey(
            case=job.case, compartment=job.compartment, version=lent.version, secret=lent.secret
        )

    def _opened(self, sealed: bytes) -> tuple[bytes, bytes]:
        try:
            inside = SealedBox(self._private).decrypt(sealed)
        except (CryptoError, TypeError, ValueError):
            raise JobKeyNotForThisWorker("the job needs its user again") from None
        try:
            signed, signature = unpack(inside, 2)
        except Malformed as error:
            raise JobKeyDamaged(str(error)) from None
        return signed, signature


def _read(signed: bytes) -> _Lent:
    try:
        facts = unlabelled(signed, _KIND, _FACTS)
        job, case, compartment, giver = (as_text(facts[at]) for at in (0, 1, 2, 5))
        version, giver_version, at, until = (as_number(facts[at]) for at in (3, 6, 7, 8))
        where = Job(id=job, case=case, compartment=Compartment(compartment))
    except (Malformed, ValueError) as error:
        raise JobKeyDamaged(str(error)) from None
    if len(facts[-1]) != KEY_BYTES:
        raise JobKeyDamaged("a case key has 32 bytes")
    return _Lent(
        job=where,
        version=version,
        worker=facts[4],
        giver=giver,
        giver_version=giver_version,
        at=at,
        until=until,
        secret=facts[-1],
    )


def _signed_by(
    lent: _Lent, signed: bytes, signature: bytes, givers: Mapping[tuple[str, int], Card]
) -> None:
    card = givers.get((lent.giver, lent.giver_version))
    if card is None:
        raise JobKeyForged(f"{lent.giver}, version {lent.giver_version}, does not count here")
    try:
        card.check(signed, signature)
    except SignatureWrong as error:
        raise JobKeyForged(str(error)) from None
