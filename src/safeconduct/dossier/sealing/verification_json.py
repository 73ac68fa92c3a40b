"""A verification as JSON: facts, and the sentences of one language beside them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

import msgspec

from safeconduct.casefile.findings import Message
from safeconduct.casefile.ids import Sha256
from safeconduct.dossier.lettering import sentence
from safeconduct.dossier.sealing.canonical import canonical
from safeconduct.dossier.sealing.manifest import Manifest
from safeconduct.dossier.sealing.verification import (
    Answer,
    Level,
    ListUsed,
    Point,
    Verification,
)
from safeconduct.wording.language import Language

SCHEMA: Literal["safeconduct/verification/1"] = "safeconduct/verification/1"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A message identifier, its typed parameters, and the sentence that they make."""

    message: str
    parameters: dict[str, Any]
    statement: str


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """`unknown` is never to be read as `yes`; `because` is empty for `yes` alone."""

    answer: Answer
    because: tuple[Said, ...]


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """The six points; none of them stands for another."""

    intact: Answered
    valid: Answered
    trusted: Answered
    in_time: Answered
    not_revoked: Answered
    for_recipient: Answered


class VerificationForm(msgspec.Struct, frozen=True, kw_only=True):
    """`exit_code`: that of the command. `manifest`: what the file says of itself, proven or not.

    `status_list`: the one that was read. That it is the organisation's latest is not proven.
    """

    schema: Literal["safeconduct/verification/1"] = SCHEMA
    kind: Literal["dossier", "part"]
    sha256: Sha256
    on: date
    exit_code: Literal[0, 10, 11, 12, 13]
    points: Points
    not_proven: tuple[Said, ...]
    manifest: Manifest | None
    manifest_sha256: Sha256 | None
    shown: tuple[str, ...]
    stamped_on: date | None
    archived_on: date | None
    level: Level | None
    status_list: ListUsed | None


def verification_json(verification: Verification, language: Language) -> bytes:
    """The verification in canonical form with a final line break."""
    points = {
        name: Answered(answer=one.answer, because=_said(one, language))
        for name, one in verification.points().items()
    }
    form = VerificationForm(
        kind=verification.kind,
        sha256=verification.sha256,
        on=verification.on,
        exit_code=verification.exit_code(),
        points=Points(**points),
        not_proven=_worded(verification.not_proven, language),
        manifest=verification.manifest,
        manifest_sha256=verification.manifest_sha256,
        shown=tuple(one.id for one in verification.shown),
        stamped_on=verification.stamped_on,
        archived_on=verification.archived_on,
        level=verification.level,
        status_list=verification.status_list,
    )
    return canonical(msgspec.to_builtins(form)) + b"\n"


def _said(point: Point, language: Language) -> tuple[Said, ...]:
    return _worded(point.because, language)


def _worded(messages: Iterable[Message], language: Language) -> tuple[Said, ...]:
    return tuple(
        Said(
            message=one.id,
            parameters={k: msgspec.to_builtins(v) for k, v in one.parameters.items()},
            statement=sentence(one, language),
        )
        for one in messages
    )
