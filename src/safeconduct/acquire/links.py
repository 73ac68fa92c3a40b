"""Addresses that may be followed, and the machines that they may lead to.

HTTPS to public machines. HTTP to them only where a caller calls it plain (a page is what it is, a
list is not), and to this machine itself only where a caller asks for that. Nothing connects here.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from safeconduct.acquire.errors import LinkRefused, NotReached
from safeconduct.casefile.yamltree import shown

Resolve = Callable[[str, int], Sequence[str]]
"""A host and a port → the addresses of its machines, as texts. Raises OSError."""

_PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[a-z0-9_.-]{1,253}|[0-9a-f:.]{2,45}")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_KEPT = "/?&=%:;@+,!$'()*~"
_LONGEST = 8192

# RFC 6052: behind these addresses stand those of IPv4.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")

_Machine = ipaddress.IPv4Address | ipaddress.IPv6Address


class Link(NamedTuple):
    """An address in its parts; `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def named(self) -> str:
        """Host and path, as they may stand in a message."""
        return shown(self.place + self.target.partition("?")[0], most=200)

    @property
    def address(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.place}{self.target}"

    @property
    def without_query(self) -> str:
        """The address as it may be kept."""
        return self.address.partition("?")[0]

    @property
    def place(self) -> str:
        """The host, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def link(text: str) -> Link:
    """A text → its parts. Raises LinkRefused for what is no plain address of a web server."""
    if len(text) > _LONGEST or _UNSAFE.search(text):
        raise LinkRefused(_told(text), "no address", "https://HOST/PATH")
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise LinkRefused(_told(text), "no address", "https://HOST/PATH") from None
    if parts.scheme not in _PORTS:
        raise LinkRefused(_told(text), f"the scheme {parts.scheme or 'is missing'}", "https")
    if parts.username is not None or not _HOST.fullmatch(host):
        raise LinkRefused(_told(text), "a host that cannot be one", "https://HOST/PATH")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Link(parts.scheme, host, port or _PORTS[parts.scheme], quote(target, safe=_KEPT))


def redirected(before: Link, location: str, *, plain: bool = False) -> Link:
    """Where a redirect leads. Raises LinkRefused, also for one from HTTPS to HTTP unless plain."""
    if _UNSAFE.search(location):
        raise LinkRefused(before.named, "a redirect to no address", "https://HOST/PATH")
    try:
        after = link(urljoin(before.address, location))
    except ValueError:
        raise LinkRefused(before.named, "a redirect to no address", "https://HOST/PATH") from None
    if before.scheme == "https" and after.scheme != "https" and not plain:
        raise LinkRefused(after.named, "a redirect to unprotected HTTP", "https")
    return after


def machines(to: Link, *, loopback: bool, resolve: Resolve, plain: bool = False) -> tuple[str, ...]:
    """The machines that a link leads to, each of them allowed.

    One that is not makes the whole link refused: a public name that also leads inside a house is
    a trap. Whoever connects must use these addresses, not resolve the name again. Raises
    LinkRefused or NotReached.
    """
    if to.scheme != "https" and not loopback and not plain:
        raise LinkRefused(to.named, "unprotected HTTP", "https")
    try:
        found = tuple(dict.fromkeys(resolve(to.host, to.port)))
    except (OSError, UnicodeError) as error:
        raise NotReached(to.named, getattr(error, "strerror", None) or "no such host") from error
    if not found:
        raise NotReached(to.named, "no such host")
    for text in found:
        _allowed(to, ipaddress.ip_address(text), loopback=loopback, plain=plain)
    return found


def resolved(host: str, port: int) -> tuple[str, ...]:
    """What the system's resolver says of a host. Raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(str(address[0]) for *_, address in answers)


def _allowed(to: Link, machine: _Machine, *, loopback: bool, plain: bool) -> None:
    if loopback and machine.is_loopback:
        return
    if to.scheme != "https" and not plain:
        raise LinkRefused(to.named, "unprotected HTTP to another machine", "https")
    if not _is_public(machine):
        raise LinkRefused(to.named, f"the private address {machine}", "a public host")


def _is_public(machine: _Machine) -> bool:
    """Is it on the open internet? An address that wraps another counts as that one."""
    if isinstance(machine, ipaddress.IPv6Address):
        if machine in _TRANSLATED:
            return _is_public(ipaddress.IPv4Address(machine.packed[-4:]))
        if (inner := machine.ipv4_mapped or machine.sixtofour) is not None:
            return _is_public(inner)
        if machine.teredo is not None:
            return False
    return machine.is_global and not machine.is_multicast and not machine.is_reserved


def _told(text: str) -> str:
    return shown(text.partition("?")[0], most=200)
