"""Control packs: questions about a place or unit, the answers that were found, and their source.

A group keeps its packs for itself. The importer of kind `control-pack` reads JSON lines (see
docs/reference/control-packs.md) and refuses a file with a wrong line as a whole.
"""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter

import msgspec

from safeconduct.casefile.edtf import EdtfError, parse_edtf
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.ids import Language, Slug
from safeconduct.casefile.proofs import ControlTopic
from safeconduct.casefile.yamltree import shown
from safeconduct.reference.importing import Built, ImportRejected, RowMistake

_MOST_NAMED = 100
_SHORTEST_HINT = 3
"""An expected answer of fewer letters may stand in a question by chance."""


class PackMistaken(SafeconductError):
    """A line of a pack that cannot be used."""


class PackQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question: in which words it may be put, and what whoever was there would know.

    `about`: the unit or place. `from_` and `to`: between which days it holds, as EDTF. `published`:
    whether it could be read somewhere, so that a legend might hold it; None is not known.
    """

    id: Slug
    topic: ControlTopic
    about: str
    question: Mapping[Language, str]
    expected: str
    source: str
    read_on: date
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    published: bool | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Raises ValueError, which msgspec reports as a mistake of the line."""
        if not self.question:
            raise ValueError("`question` in one language at least")
        stated = (self.about, self.expected, self.source, *self.question.values())
        if not all(text.strip() for text in stated):
            raise ValueError("an empty text; accepted: what is known")
        expected = _plain(self.expected)
        if len(expected) >= _SHORTEST_HINT and any(
            expected in _plain(text) for text in self.question.values()
        ):
            raise ValueError("a question that holds its expected answer; accepted: an open one")
        for text in (self.from_, self.to):
            if text is not None:
                _dated(text)


class ControlPackImporter:
    """Builds control packs."""

    name = "control-pack"
    version = 1
    most_bytes = 16 * 1024 * 1024

    def build(self, original: bytes) -> Built:
        """JSON lines → JSON lines in the order of their identifiers. Raises ImportRejected.

        The as-of day is the last on which a source was read.
        """
        questions: dict[str, PackQuestion] = {}
        mistakes: list[RowMistake] = []
        lines = original.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                question = _parsed(line)
            except PackMistaken as error:
                mistakes.append(RowMistake(number, str(error)))
                continue
            if questions.setdefault(question.id, question) is not question:
                mistakes.append(RowMistake(number, f"the id {question.id} again"))
        if not questions and not mistakes:
            mistakes.append(RowMistake(1, "no question"))
        if mistakes:
            named = tuple(mistakes[:_MOST_NAMED])
            raise ImportRejected(named, more=len(mistakes) - len(named))
        ordered = sorted(questions.values(), key=attrgetter("id"))
        built = (msgspec.json.encode(one, order="deterministic") + b"\n" for one in ordered)
        return Built(
            data=b"".join(built),
            rows=len(ordered),
            as_of=max(one.read_on for one in ordered).isoformat(),
        )


def pack_of(built: bytes) -> tuple[PackQuestion, ...]:
    """The questions of a built pack. Raises PackMistaken."""
    return tuple(_parsed(line) for line in built.split(b"\n") if line.strip())


def _parsed(line: bytes) -> PackQuestion:
    try:
        return msgspec.json.decode(line, type=PackQuestion)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PackMistaken(shown(str(error), most=300)) from error


def _dated(text: str) -> None:
    try:
        parse_edtf(text)
    except EdtfError as error:
        raise ValueError(f"the date {text}: {error.found}; accepted: {error.accepted}") from error


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .?!")
