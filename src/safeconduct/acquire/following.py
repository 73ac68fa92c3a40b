"""An address → the questions and answers on the way to a page, redirects and refusals included.

Each hop is checked again: a redirect into a private network is refused and told, like one too many
or in a circle. No cookies, no credentials, no proxy. It stores nothing; see `capturing`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit

import msgspec

from safeconduct.acquire.errors import DownloadFailed, LinkRefused, NotReached
from safeconduct.acquire.hearing import REDIRECTS, Allowed, Heard, heard
from safeconduct.acquire.links import Link, link, redirected
from safeconduct.acquire.wire import Limits, Network, Patience, Wire, connected
from safeconduct.casefile.files import FileNotWritten
from safeconduct.casefile.yamltree import shown

ASKER = "Mozilla/5.0"
"""Says that a web page is wanted, and names nobody: the log of a server is read by others too."""

_LONGEST_TOLD = 2000


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `heard` is the answer; where there is none, `failure` says why.

    `url` is what was asked for, or where a refused redirect led. `machine` is the address of the
    server and `certificate` the SHA-256 of the certificate that it showed.
    """

    url: str
    at: datetime
    machine: str | None = None
    certificate: str | None = None
    request: bytes | None = None
    heard: Heard | None = None
    location: str | None = None
    failure: DownloadFailed | None = None


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """How to ask: `at` is the moment of the start, which the clock of the network counts on."""

    at: datetime
    allowed: Allowed
    network: Network
    limits: Limits
    asker: str = ASKER


class Watch:
    """The time of day, counted on from a moment that was given."""

    def __init__(self, at: datetime, clock: Callable[[], float]) -> None:
        self._at, self._clock, self._started = at, clock, clock()

    def now(self) -> datetime:
        """The moment, and what passed since."""
        return self._at + timedelta(seconds=self._clock() - self._started)


def hops(address: str, asking: Asking, spool: BinaryIO) -> Iterator[Hop]:
    """Every question on the way, in order; `spool` holds the bytes of the last answer, from 0.

    Raises LinkRefused where the address itself may not be asked: nothing was sent then. Every
    later failure is the `failure` of the last hop.
    """
    yield from _Way(asking, spool).go(link(in_ascii(address)))


def in_ascii(address: str) -> str:
    """An address whose host is written in other letters (пример.рф), as it is asked for."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        if host.isascii() or parts.username is not None:
            return address
        place = host.encode("idna").decode() + (f":{port}" if port else "")
    except ValueError:  # also a host that cannot be one
        return address
    return urlunsplit(parts._replace(netloc=place))


class _Way:
    def __init__(self, asking: Asking, spool: BinaryIO) -> None:
        self._asking, self._spool = asking, spool
        self._patience = Patience(asking.limits, asking.network.clock)
        self._now = Watch(asking.at, asking.network.clock).now
        self._seen: set[Link] = set()

    def go(self, to: Link) -> Iterator[Hop]:
        while True:
            self._seen.add(to)
            try:
                hop = self._hop(to)
            except LinkRefused as error:
                if len(self._seen) == 1:
                    raise
                yield Hop(url=to.address, at=self._now(), failure=error)
                return
            yield hop
            if hop.heard is None or hop.location is None:
                return
            try:
                to = self._next(to, hop.location)
            except LinkRefused as error:
                led = shown(hop.location, most=_LONGEST_TOLD)
                yield Hop(url=led, at=self._now(), failure=error)
                return

    def _hop(self, to: Link) -> Hop:
        """One question and its answer. Raises LinkRefused alone."""
        at = self._now()
        try:
            wire = connected(to, self._asking.network, self._patience)
        except LinkRefused:
            raise
        except DownloadFailed as error:
            return Hop(url=to.address, at=at, failure=error)
        try:
            return self._asked(to, at, wire)
        finally:
            wire.end()

    def _asked(self, to: Link, at: datetime, wire: Wire) -> Hop:
        shown_certificate = wire.certificate
        hop = Hop(
            url=to.address,
            at=at,
            machine=wire.machine,
            certificate=sha256(shown_certificate).hexdigest() if shown_certificate else None,
            request=_request(to, self._asking.asker),
        )
        try:
            answer = self._heard(to, wire, hop.request or b"")
        except DownloadFailed as error:
            return msgspec.structs.replace(hop, failure=error)
        except OSError as error:
            reason = NotReached(to.named, error.strerror or "the connection ended")
            return msgspec.structs.replace(hop, failure=reason)
        return msgspec.structs.replace(hop, heard=answer, location=_location(answer))

    def _heard(self, to: Link, wire: Wire, request: bytes) -> Heard:
        wire.sendall(request)
        self._spool.seek(0)
        self._spool.truncate()
        return heard(wire, to.named, self._asking.allowed, self._keep)

    def _keep(self, raw: bytes) -> None:
        try:
            self._spool.write(raw)
        except OSError as error:
            # A full disk is no failure of the server.
            path = Path(str(self._spool.name))
            raise FileNotWritten(path, error.strerror or str(error)) from error

    def _next(self, before: Link, location: str) -> Link:
        most = self._asking.limits.redirects
        after = redirected(before, in_ascii(location), plain=self._asking.network.plain)
        if len(self._seen) > most:
            raise LinkRefused(before.named, "one redirect too many", f"at most {most}")
        if after in self._seen:
            raise LinkRefused(after.named, "redirects in a circle", "each elsewhere")
        return after


def _request(to: Link, asker: str) -> bytes:
    lines = (
        f"GET {to.target} HTTP/1.1",
        f"Host: {to.place}",
        f"User-Agent: {asker}",
        "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")


def _location(answer: Heard) -> str | None:
    """Where a redirect leads, as the server wrote it; UTF-8 if it is that."""
    if answer.head.status not in REDIRECTS:
        return None
    said = answer.head.first("location")
    if said is None:
        return None
    try:
        return said.encode("latin-1").decode()
    except UnicodeDecodeError:
        return said
