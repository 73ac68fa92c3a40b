"""What the applicant answered to a question that was put, or that they did not wish to answer.

An answer stands for the question as it was asked. It closes nothing: whether a conflict is settled,
a person decides.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from safeconduct.casefile.ids import Id, Language
from safeconduct.casefile.when_values import When

QuestionId = Annotated[
    str,
    Meta(
        pattern=r"^q[0-9a-f]{10}$",
        description="a question as `safeconduct questions` names it: q0123456789",
    ),
]


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answer to one question: `text` as it was given, in `language`; or `refused`.

    `asked` is the question in the words in which it was put, `about` what it was about.
    """

    id: Id
    question: QuestionId
    asked: str
    on: When
    text: str | None = None
    refused: bool = False
    language: Language | None = None
    interpreter: str | None = None
    by: str | None = None
    about: tuple[Id, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        if (self.text is None) != self.refused:
            raise ValueError("either `text` or `refused: true`, not both and not neither")
