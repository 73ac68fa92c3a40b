"""A request to open somebody's keys without them: who asks, the wait, the notice, the answer.

The server enforces the waiting period; cryptography does not. Two colluding custodians who have the
database need neither request nor wait nor notice: the boxes open with their keys alone. The period
protects against a custodian who is deceived and against one who is alone, and the signed records
show afterwards who asked and who opened.
"""

import msgspec

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.ids import opaque
from safeconduct.vault.keys.staff import Card, SignatureWrong, StaffKeys
from safeconduct.vault.recovery.errors import (
    NoticeNotDelivered,
    RequestCancelled,
    RequestForeign,
    RequestForged,
    RequestLapsed,
    RequestSpent,
    WaitNotOver,
)

HOUR = 3_600
LEAST_WAIT = 72 * HOUR
OPEN_FOR = 7 * 24 * HOUR


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody asks that `first` and `second`, in this order, open the keys of `user`.

    `wait` is in seconds and runs from the delivery of the notice; `at` is in seconds.
    """

    id: str
    user: str
    version: int
    first: str
    second: str
    by: str
    at: int
    wait: int
    signature: bytes

    def signed(self) -> bytes:
        """What the asker signs."""
        return labelled(
            "recovery-request",
            self.id,
            self.user,
            self.version,
            self.first,
            self.second,
            self.by,
            self.at,
            self.wait,
        )


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What has to reach the person: who asked, when, who would open, and for how long they can
    say no. It waits in the person's own list until it was shown or handed over.
    """

    request: str
    user: str
    by: str
    at: int
    first: str
    second: str
    wait: int


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """The notice was delivered, by which way (`channel`, a word without a person's data).

    By somebody else than the asker: one alone could otherwise begin the wait unnoticed.
    """

    request: str
    at: int
    channel: str
    by: str
    signature: bytes

    def signed(self) -> bytes:
        """What the one who delivered it signs."""
        return labelled("recovery-delivery", self.request, self.at, self.channel, self.by)


class Cancellation(msgspec.Struct, frozen=True, kw_only=True):
    """The person says no. Signed by their own keys."""

    request: str
    at: int
    signature: bytes

    def signed(self) -> bytes:
        """What the person signs."""
        return labelled("recovery-cancellation", self.request, self.at)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of one request; `opened` is when it was carried out (seconds), `steps` how
    many rows were read.
    """

    request: Request
    delivery: Delivery | None = None
    cancellation: Cancellation | None = None
    opened: int | None = None
    steps: int = 0


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Whose signatures count: the asker's, the deliverer's and the person's own cards."""

    asker: Card
    deliverer: Card
    user: Card


def ask(
    user: Card, *, first: Card, second: Card, by: StaffKeys, at: int, wait: int = LEAST_WAIT
) -> Request:
    """A signed request. Raises NotUsable below 72 hours of wait, or where three are not three."""
    if wait < LEAST_WAIT:
        raise NotUsable(f"a wait of {wait} seconds; at least {LEAST_WAIT}")
    if len({user.user, first.user, second.user}) != 3:
        raise NotUsable("two custodians, and neither is the person whose keys are asked for")
    request = Request(
        id=draw(16).hex(),
        user=user.user,
        version=user.version,
        first=first.user,
        second=second.user,
        by=by.user,
        at=at,
        wait=wait,
        signature=b"",
    )
    return msgspec.structs.replace(request, signature=by.sign(request.signed()))


def notice_of(request: Request) -> Notice:
    """The notice that belongs to a request."""
    return Notice(
        request=request.id,
        user=request.user,
        by=request.by,
        at=request.at,
        first=request.first,
        second=request.second,
        wait=request.wait,
    )


def deliver(notice: Notice, *, channel: str, by: StaffKeys, at: int) -> Delivery:
    """The signed record that the notice reached the person. `channel` is opaque, as `in-person`."""
    delivery = Delivery(
        request=notice.request, at=at, channel=opaque(channel), by=by.user, signature=b""
    )
    return msgspec.structs.replace(delivery, signature=by.sign(delivery.signed()))


def cancel(request: Request, *, by: StaffKeys, at: int) -> Cancellation:
    """The person's own no. Raises NotUsable where somebody else says it."""
    if by.user != request.user:
        raise NotUsable(f"only {request.user} can cancel it")
    cancellation = Cancellation(request=request.id, at=at, signature=b"")
    return msgspec.structs.replace(cancellation, signature=by.sign(cancellation.signed()))


def may_open(standing: Standing, known: Known, *, now: int) -> Request:
    """The request, if it can be carried out at `now`.

    1. Did the asker sign it, with no less than the least wait?  2. Is it not carried out already?
    3. Has the person not said no? (A no that is forged or of another request is refused as such,
    and opens nothing either.)  4. Was the notice delivered, as somebody else than the asker says?
    5. Is the wait over, counted from the delivery, and the time to open not over?
    Raises the subclass of RecoveryRefused that names the first answer that is no.
    """
    request = standing.request
    _signed_by(known.asker, request.by, request.signed(), request.signature)  # 1
    if request.wait < LEAST_WAIT:
        raise RequestForged(f"a wait of {request.wait} seconds")
    if standing.opened is not None:  # 2
        raise RequestSpent(f"carried out at {standing.opened}")
    _not_cancelled(standing.cancellation, request, known)  # 3
    delivered = _delivered(standing.delivery, request, known)  # 4
    until = delivered + request.wait  # 5
    if now < until:
        raise WaitNotOver(until)
    if now >= until + OPEN_FOR:
        raise RequestLapsed(f"from {until + OPEN_FOR}")
    return request


def _not_cancelled(cancellation: Cancellation | None, request: Request, known: Known) -> None:
    if cancellation is None:
        return
    _of(cancellation.request, request)
    _signed_by(known.user, request.user, cancellation.signed(), cancellation.signature)
    raise RequestCancelled(f"at {cancellation.at}")


def _delivered(delivery: Delivery | None, request: Request, known: Known) -> int:
    if delivery is None:
        raise NoticeNotDelivered(f"{request.user} has not been told")
    _of(delivery.request, request)
    _signed_by(known.deliverer, delivery.by, delivery.signed(), delivery.signature)
    if delivery.by == request.by:
        raise NoticeNotDelivered(f"only {request.by}, who asks, says that it was")
    if delivery.at < request.at:
        raise RequestForged("a notice that was delivered before it was asked for")
    return delivery.at


def _of(named: str, request: Request) -> None:
    if named != request.id:
        raise RequestForeign(f"of the request {named}, not {request.id}")


def _signed_by(card: Card, user: str, data: bytes, signature: bytes) -> None:
    if card.user != user:
        raise RequestForged(f"signed by {user}; {card.user} counts here")
    try:
        card.check(data, signature)
    except SignatureWrong as error:
        raise RequestForged(str(error)) from None
