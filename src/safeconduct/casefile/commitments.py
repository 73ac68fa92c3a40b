"""Commitments: an expected answer is fixed by a hash that shows nothing of it until it is opened.

    commitment = SHA-256 of the UTF-8 text of this JSON list, without spaces:
    ["safeconduct/control/1", salt, case, id, topic, question, expected]

The salt (32 random bytes as hex) keeps short answers from being guessed. That the hash is older
than the answer is shown by whoever holds the hash, not by the hash itself
(docs/howto/control-questions.md).
"""

import hashlib

import msgspec

from safeconduct.casefile.ids import Id, Sha256, Slug
from safeconduct.casefile.proofs import ControlQuestion, ControlTopic

ANSWERS_SCHEMA = "safeconduct/control-answers/1"
_DOMAIN = "safeconduct/control/1"


class ExpectedAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What opens one commitment. `salt` is 64 hex digits."""

    id: Id
    topic: ControlTopic
    question: str
    expected: str
    salt: Sha256
    commitment: Sha256


class ExpectedAnswers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answers that were fixed for one case at one time: a file of the group's own."""

    schema: str
    case: Slug
    answers: tuple[ExpectedAnswer, ...]


def commitment(
    *, salt: str, case: str, name: str, topic: ControlTopic, question: str, expected: str
) -> str:
    """The commitment in hex."""
    content = [_DOMAIN, salt, case, name, topic.value, question, expected]
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def opens(answer: ExpectedAnswer, control: ControlQuestion, case: str) -> bool:
    """Is this the answer that was fixed for that question of that case?"""
    recomputed = commitment(
        salt=answer.salt,
        case=case,
        name=control.id,
        topic=control.topic,
        question=control.question,
        expected=answer.expected,
    )
    return recomputed == control.commitment
