"""Asks a time-stamp server (RFC 3161) for the seal of a dossier. The server learns one hash."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from safeconduct.acquire.errors import LinkRefused

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

_SECONDS = 20


def time_stamp_server(address: str) -> "TimeStamper":
    """What asks the server at an address. Raises LinkRefused for one that is not of the web."""
    from pyhanko.sign.timestamps import HTTPTimeStamper

    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        accepted = "http://… or https://… of a time-stamp server"
        raise LinkRefused(parts.hostname or "a time-stamp server", parts.scheme, accepted)
    return HTTPTimeStamper(address, timeout=_SECONDS)
