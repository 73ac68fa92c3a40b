"""Signing in and out: a random token for the person, their open keys wrapped under it.

The token is in the person's browser, the boot secret in this process's memory, the envelope in the
store: it takes all three. So neither the stored sessions nor a stolen cookie alone opens anything,
and after a restart nobody is signed in. Whoever controls the running server has what it has.
"""

import base64
import binascii
from hashlib import sha256

import msgspec

from safeconduct.vault.formats.derived import derive
from safeconduct.vault.formats.envelopes import KEY_BYTES, open_envelope, seal
from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.staff import StaffKeys
from safeconduct.vault.sessions.errors import (
    SessionEnded,
    SessionIdle,
    SessionOfOtherBoot,
    SessionOver,
    SessionUnknown,
)
from safeconduct.vault.sessions.store import SessionStore, StoredSession

TOKEN_BYTES = 32


class BootSecret:
    """32 bytes drawn when the server starts, in memory only; each worker process is given it."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise NotUsable(f"a boot secret has {KEY_BYTES} bytes")
        self.secret = secret

    def __repr__(self) -> str:
        return "BootSecret(secret)"


def new_boot_secret() -> BootSecret:
    """A fresh one; whoever stores it has sessions that outlive the server."""
    return BootSecret(draw(KEY_BYTES))


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds after which a session ends: without use, and whatever is done in it.

    `write_after`: use within this time of the last written one is not written again.
    """

    idle: int = 15 * 60
    whole: int = 12 * 3_600
    write_after: int = 60

    def __post_init__(self) -> None:
        if not 0 <= self.write_after < self.idle <= self.whole:
            raise NotUsable("write_after is below idle, and idle is not above whole")


class SessionDoor:
    """Begins, resumes and ends sessions of one boot. It holds no token and no key."""

    def __init__(
        self, store: SessionStore, boot: BootSecret, *, limits: Limits | None = None
    ) -> None:
        self._store = store
        self._boot = boot
        self._limits = limits or Limits()
        # Whoever owns the store can put an ended session's row back; this process knows better.
        self._ended: dict[str, int] = {}
        self._ended_before: dict[str, int] = {}
        # Seconds are too coarse to order a sign-in behind a sign-out everywhere.
        self._begun_after: dict[str, StoredSession] = {}

    def begin(self, keys: StaffKeys, *, now: int) -> str:
        """A new session → its token (43 letters), which nothing here keeps."""
        secret = draw(TOKEN_BYTES)
        blank = StoredSession(
            id=session_id(_text(secret)),
            user=keys.user,
            version=keys.version,
            begun=now,
            seen=now,
            over=now + self._limits.whole,
            envelope=None,
        )
        self._store.put(self._sealed(blank, keys, secret))
        if now <= self._ended_before.get(keys.user, -1):
            self._begun_after[blank.id] = blank
        return _text(secret)

    def resume(self, token: str, *, now: int) -> StaffKeys:
        """The person's keys, and the session lives on.

        Raises SessionUnknown, SessionEnded, SessionOver, SessionIdle or SessionOfOtherBoot. One
        that is over or idle is ended by that.
        """
        session = self._store.get(session_id(token))
        if session is None:
            raise SessionUnknown("no session of this token")
        self._not_ended(session)
        keys = self._opened(session, _secret(token))
        # Judged on what was authenticated: the moments stand in the envelope's place.
        if now >= session.over or now < session.begun:
            self.end(token)
            raise SessionOver(f"it was over at {session.over}")
        if now >= session.seen + self._limits.idle:
            self.end(token)
            raise SessionIdle(f"last used at {session.seen}")
        if now >= session.seen + self._limits.write_after:
            used = msgspec.structs.replace(session, seen=now)
            self._store.put(self._sealed(used, keys, _secret(token)))
        return keys

    def end(self, token: str) -> None:
        """Signs out. A token without a session is no error."""
        session = self._store.get(session_id(token))
        # Only what was a session is kept in mind; else invented tokens would fill the memory.
        if session is not None:
            self._ended[session.id] = session.over
            self._store.end(session.id)

    def end_all(self, user: str, *, now: int) -> int:
        """Signs a person out everywhere; how many sessions it were.

        Sessions begun up to `now` stay ended in this process, whatever the store says later.
        """
        self._ended_before[user] = now
        others = (one for one in self._begun_after.values() if one.user != user)
        self._begun_after = {one.id: one for one in others}
        return self._store.end_all(user)

    def forget(self, *, now: int) -> None:
        """Removes what is over from the store and from memory."""
        self._store.forget(now=now)
        self._ended = {name: over for name, over in self._ended.items() if over > now}
        begun = (one for one in self._begun_after.values() if one.over > now)
        self._begun_after = {one.id: one for one in begun}

    def _not_ended(self, session: StoredSession) -> None:
        everywhere = (
            session.begun <= self._ended_before.get(session.user, -1)
            and session.id not in self._begun_after
        )
        if session.envelope is None or session.id in self._ended or everywhere:
            raise SessionEnded("signed out")

    def _sealed(self, session: StoredSession, keys: StaffKeys, secret: bytes) -> StoredSession:
        both = keys.receiving + keys.signing
        envelope = seal(both, self._wrapping(session, secret), place=_place(session))
        return msgspec.structs.replace(session, envelope=envelope)

    def _opened(self, session: StoredSession, secret: bytes) -> StaffKeys:
        try:
            both = open_envelope(
                session.envelope or b"", self._wrapping(session, secret), place=_place(session)
            )
        except (NotOpened, Malformed, NotUsable):
            raise SessionOfOtherBoot("the session does not open in this boot") from None
        return StaffKeys(
            user=session.user,
            version=session.version,
            receiving=both[:KEY_BYTES],
            signing=both[KEY_BYTES:],
        )

    def _wrapping(self, session: StoredSession, secret: bytes) -> bytes:
        return derive(secret, salt=self._boot.secret, purpose=labelled("session-key", session.id))


def session_id(token: str) -> str:
    """What the store knows of a token: its SHA-256 under a label, hexadecimal."""
    return sha256(labelled("session-token", _secret(token))).hexdigest()


def _place(one: StoredSession) -> bytes:
    return labelled("session", one.id, one.user, one.version, one.begun, one.seen, one.over)


def _text(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def _secret(token: str) -> bytes:
    try:
        secret = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SessionUnknown("not a token") from None
    if len(secret) != TOKEN_BYTES or _text(secret) != token:
        raise SessionUnknown("not a token")
    return secret
