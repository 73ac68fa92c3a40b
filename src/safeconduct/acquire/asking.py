"""One question to a server, and following its redirects; the answer's head, its body unread.

No cookies, no credentials, no proxy of the environment: who asks is named, and nothing else.
"""

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, cast

from safeconduct import __version__
from safeconduct.acquire.errors import AnswerRefused, LinkRefused, NotReached
from safeconduct.acquire.links import Link, link, redirected
from safeconduct.acquire.wire import Network, Patience, Wire, connected

# Says who asks. The first word and the length are what OFAC's server lets through since
# 2026-07-30; source: github.com/opensanctions/opensanctions/issues/5237 (read 2026-11-23).
ASKER = f"Mozilla/5.0 (compatible; safeconduct/{__version__}; downloads public sanctions lists)"

_REDIRECTS = (301, 302, 303, 307, 308)
_DONE = 200


class Answer(NamedTuple):
    """What a server answered: from where in the end, its head, and the connection."""

    link: Link
    response: http.client.HTTPResponse
    wire: Wire

    def header(self, name: str) -> str | None:
        """A line of the head. Raises AnswerRefused where it stands there in two ways."""
        found = {value.strip() for value in self.response.headers.get_all(name) or ()}
        if len(found) > 1:
            raise AnswerRefused(self.link.named, f"{name} said in two ways", "one")
        return found.pop() if found else None


class _Connection(http.client.HTTPConnection):
    """Speaks HTTP on a wire that is connected already."""

    def __init__(self, to: Link, wire: Wire) -> None:
        super().__init__(to.host, to.port)
        # It is asked for no more than the four methods that Wire has.
        self.sock = cast("socket.socket", wire)


@contextmanager
def answered(address: str, network: Network, patience: Patience) -> Iterator[Answer]:
    """The answer with the file, after at most so many redirects; closed in the end.

    Raises LinkRefused, NotReached, TooSlow, or AnswerRefused for a status other than 200.
    """
    to, seen = link(address), set[Link]()
    while True:
        seen.add(to)
        wire = connected(to, network, patience)
        try:
            response = _asked(to, wire)
            if response.status not in _REDIRECTS:
                if response.status != _DONE:
                    raise AnswerRefused(to.named, f"status {response.status}", f"status {_DONE}")
                yield Answer(to, response, wire)
                return
            to = _next(to, response, seen, patience.limits.redirects)
        finally:
            wire.end()


def _asked(to: Link, wire: Wire) -> http.client.HTTPResponse:
    connection = _Connection(to, wire)
    headers = {
        "Host": to.place,
        "User-Agent": ASKER,
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    try:
        connection.request("GET", to.target, headers=headers)
        return connection.getresponse()
    except OSError as error:
        raise NotReached(to.named, error.strerror or "the connection ended") from error
    except (http.client.HTTPException, ValueError) as error:
        raise AnswerRefused(to.named, f"no HTTP ({type(error).__name__})", "HTTP/1.1") from error


def _next(before: Link, response: http.client.HTTPResponse, seen: set[Link], most: int) -> Link:
    location = response.getheader("Location")
    if location is None:
        raise AnswerRefused(before.named, "a redirect to nowhere", f"status {_DONE}")
    if len(seen) > most:
        raise LinkRefused(before.named, "one redirect too many", f"at most {most}")
    after = redirected(before, location)
    if after in seen:
        raise LinkRefused(after.named, "redirects in a circle", f"at most {most}, each elsewhere")
    return after
