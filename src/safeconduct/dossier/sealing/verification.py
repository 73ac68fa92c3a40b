"""What verifying answers: six points, each on its own, and what none of them proves.

No point is a total of the others, and `unknown` is never read as `yes`.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

from safeconduct.casefile.findings import Message
from safeconduct.dossier.sealing.manifest import Manifest

Level = Literal["B-B", "B-T", "B-LT", "B-LTA"]


class Answer(StrEnum):
    """UNKNOWN: it could not be examined, and why is said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Point(msgspec.Struct, frozen=True):
    """An answer and what it rests on; a NO and an UNKNOWN always say why."""

    answer: Answer
    because: tuple[Message, ...] = ()


def point(wrong: Iterable[Message], otherwise: Point) -> Point:
    """NO for all that is wrong, else the other."""
    because = tuple(wrong)
    return Point(Answer.NO, because) if because else otherwise


class Shown(NamedTuple):
    """An item that is shown, and what it says in words, if it is a claim or a finding."""

    id: str
    sentence: str | None


class ListUsed(msgspec.Struct, frozen=True, kw_only=True):
    """The status list that was read: its number, its day, and the last day to use it."""

    number: int
    issued: date
    until: date


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The result. `manifest` is what the file says of itself, proven or not; None if unreadable.

    `level`: how the PDF is signed, by ETSI EN 319 142-1; None where its signatures do not hold, or
    for a part. `archived_on`: the day of the last stamp over all of it by a trusted authority.
    `untrusted`: who made its time stamps, where the reader trusts no such authority. `status_list`:
    the list that was read, None where none was, or none of a trusted organisation.
    `intact`: unchanged since it was sealed. `valid`: both signatures hold and name each other.
    `trusted`: by a key that the recipient trusts. `in_time`: sealed, and neither too early nor
    expired. `not_revoked`: by the status list. `for_recipient`: sealed for whoever asks.
    """

    kind: Literal["dossier", "part"]
    sha256: str
    on: date
    manifest: Manifest | None
    manifest_sha256: str | None
    shown: tuple[Shown, ...]
    stamped_on: date | None
    archived_on: date | None
    level: Level | None
    untrusted: tuple[str, ...]
    intact: Point
    valid: Point
    trusted: Point
    in_time: Point
    not_revoked: Point
    for_recipient: Point
    status_given: bool
    status_list: ListUsed | None
    not_proven: tuple[Message, ...]

    def points(self) -> dict[str, Point]:
        """The six points in the order in which they are read."""
        names = ("intact", "valid", "trusted", "in_time", "not_revoked", "for_recipient")
        return {name: getattr(self, name) for name in names}

    def exit_code(self) -> Literal[0, 10, 11, 12, 13]:
        """0, 10, 11, 12 or 13, by the contract of the command; the first that applies."""
        if self.intact.answer is not Answer.YES:
            return 10
        if self.valid.answer is not Answer.YES:
            return 11
        if self.trusted.answer is not Answer.YES:
            return 12
        late = (self.in_time, self.not_revoked, self.for_recipient)
        if any(one.answer is Answer.NO for one in late):
            return 13
        # A list that was given and does not answer must not pass for one that does.
        unanswered = self.not_revoked.answer is Answer.UNKNOWN and self.status_given
        return 13 if unanswered else 0
