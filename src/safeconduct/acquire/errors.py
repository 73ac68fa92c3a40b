"""What can go wrong on the way from a publisher to a file; each error holds its facts.

A message names a host and a path, never more of an address: what stands behind the question mark
may be a key.
"""

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import shown

_MOST_REASON = 200


class DownloadFailed(SafeconductError):
    """A download that gave no file. `where` is a host with a path."""

    def __init__(self, where: str, told: str) -> None:
        super().__init__(f"{where}: {told}")
        self.where = where


class LinkRefused(DownloadFailed):
    """An address that is not followed: its scheme, its host, or one redirect too many."""

    def __init__(self, where: str, found: str, accepted: str) -> None:
        super().__init__(where, f"{shown(found, most=_MOST_REASON)}; accepted: {accepted}")
        self.found, self.accepted = found, accepted


class NotReached(DownloadFailed):
    """No connection, or none that can be trusted."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, f"not reached ({shown(reason, most=_MOST_REASON)})")
        self.reason = reason


class TooSlow(DownloadFailed):
    """A limit of time was passed: connecting, waiting for the next bytes, or all of it."""

    def __init__(self, where: str, doing: str, seconds: float) -> None:
        super().__init__(where, f"{doing} took more than {seconds:g} seconds")
        self.doing, self.seconds = doing, seconds


class AnswerRefused(DownloadFailed):
    """The server answered something that is not the file."""

    def __init__(self, where: str, found: str, accepted: str) -> None:
        super().__init__(
            where, f"found {shown(found, most=_MOST_REASON)}; accepted: {shown(accepted, most=300)}"
        )
        self.found, self.accepted = found, accepted


class TooLong(DownloadFailed):
    """More bytes than the list may have, as they came or unpacked."""

    def __init__(self, where: str, most: int) -> None:
        super().__init__(where, f"more than {most:,} bytes, the most that are accepted")
        self.most = most


class CutOff(DownloadFailed):
    """The answer ended before its end."""

    def __init__(self, where: str, got: int, expected: int | None) -> None:
        of = "" if expected is None else f" of {expected:,}"
        super().__init__(where, f"cut off after {got:,}{of} bytes")
        self.got, self.expected = got, expected


class NoSuchSource(SafeconductError):
    """No official list of that name is known."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no list is called {shown(name)}; accepted: {', '.join(known)}")
        self.name, self.known = name, known


class ListShrunk(SafeconductError):
    """A list that suddenly holds far less than its latest version; nothing was added."""

    def __init__(self, address: str, rows: int, before: int) -> None:
        super().__init__(
            f"{rows:,} rows, where {address} has {before:,}; "
            "so much less at once may be a broken file, and was not added"
        )
        self.address, self.rows, self.before = address, rows, before
