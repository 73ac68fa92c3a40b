"""One address → one file, whole or not at all, with what its server said of it.

1. follow the address to an answer    2. look at its head    3. take its body, unpacked
4. know it by its first bytes         5. store it, flushed, under its name
"""

from datetime import UTC
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from safeconduct.acquire.asking import answered
from safeconduct.acquire.bodies import Expected, Progress, body
from safeconduct.acquire.storing import stored
from safeconduct.acquire.wire import Limits, Network, Patience
from safeconduct.casefile.yamltree import shown


class Downloaded(msgspec.Struct, frozen=True, kw_only=True):
    """A file that came whole: its hash and length, unpacked.

    `asked` and `came_from` are addresses without their query. `last_modified` and `etag` are what
    the server said, legibly; `modified_on` is the day (UTC, ISO 8601) of the former. None is what
    it did not say.
    """

    path: Path
    asked: str
    came_from: str
    bytes: int
    sha256: str
    last_modified: str | None = None
    modified_on: str | None = None
    etag: str | None = None


def download(
    address: str,
    target: Path,
    *,
    expected: Expected,
    network: Network | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Downloaded:
    """Downloads a file to `target`, where whatever stood before is replaced at the very end.

    Raises a DownloadFailed (see `errors`) or FileNotWritten; nothing is left behind then.
    """
    network = network or Network()
    patience = Patience(limits or Limits(), network.clock)
    digest, length = sha256(), 0
    with answered(address, network, patience) as answer:  # 1
        last_modified, etag = answer.header("Last-Modified"), answer.header("ETag")
        with stored(target) as append:  # 5
            for block in body(answer, expected, progress):  # 2, 3, 4
                append(block)
                digest.update(block)
                length += len(block)
        return Downloaded(
            path=target,
            asked=address.partition("?")[0],
            came_from=answer.link.without_query,
            bytes=length,
            sha256=digest.hexdigest(),
            last_modified=_legible(last_modified),
            modified_on=_day(last_modified),
            etag=_legible(etag),
        )


def _legible(said: str | None) -> str | None:
    return shown(said, most=100) if said else None


def _day(said: str | None) -> str | None:
    if not said:
        return None
    try:
        moment = parsedate_to_datetime(said)
        # HTTP dates are UTC; one that names no zone is taken so.
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return None
