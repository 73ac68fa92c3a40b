"""Asks a time-stamp server (RFC 3161) for the seal of a dossier. The server learns one hash."""

import asyncio
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from safeconduct.acquire.errors import LinkRefused

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

_SECONDS = 20
_MOST_BYTES = 1024 * 1024
"""Of an answer; a stamp with its certificates has a few thousand."""

_PIECE = 16 * 1024
_ASKS, _ANSWERS = "application/timestamp-query", "application/timestamp-reply"


def time_stamp_server(address: str) -> "TimeStamper":
    """What asks the server at an address. Raises LinkRefused for one that is not of the web.

    A server that cannot be reached, that answers something else, too much or too slowly gives no
    stamp; it is not followed anywhere else.
    """
    from asn1crypto.tsp import TimeStampReq, TimeStampResp
    from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        accepted = "http://… or https://… of a time-stamp server"
        raise LinkRefused(parts.hostname or "a time-stamp server", parts.scheme, accepted)

    class Asking(TimeStamper):
        """Asks by one request, and reads no more than a stamp can have."""

        async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
            """The server's answer."""
            try:
                answer = await asyncio.to_thread(_answer, parts, req.dump())
            except (OSError, HTTPException) as error:
                raise TimestampRequestError(f"{parts.hostname}: {error}") from error
            return TimeStampResp.load(answer)

    made: Callable[[], TimeStamper] = Asking
    return made()


def _answer(parts: SplitResult, query: bytes) -> bytes:
    """The body of the answer. Raises OSError or HTTPException."""
    ends = time.monotonic() + _SECONDS
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, query, {"Content-Type": _ASKS})
        with connection.getresponse() as response:
            return _body(response, ends)
    finally:
        connection.close()


def _body(response: HTTPResponse, ends: float) -> bytes:
    kind = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if response.status != HTTPStatus.OK or kind != _ANSWERS:
        raise HTTPException(f"answered {response.status}, {kind or 'of no kind'}")
    body = bytearray()
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > _MOST_BYTES:
            raise HTTPException(f"an answer of more than {_MOST_BYTES:,} bytes")
        if time.monotonic() > ends:
            raise HTTPException(f"no whole answer in {_SECONDS} seconds")
    return bytes(body)
