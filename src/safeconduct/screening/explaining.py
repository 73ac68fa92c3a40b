"""A match → what a consular officer reads: part by part what agreed, differed or was missing.

Facts with identifiers, worded by `wording` in each language. Every part of both names stands in
exactly one of them. It explains a likeness of two records and concludes nothing from it.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Literal

import msgspec

from safeconduct.casefile.findings import Message, Parameter, Text, Told
from safeconduct.names.scripts import OTHER
from safeconduct.screening.alike import Way
from safeconduct.screening.comparing import Match
from safeconduct.screening.evidence import Evidence, Says
from safeconduct.screening.pairing import Pair, Paired
from safeconduct.screening.prepared import Piece, Prepared

AGREES_FROM = 0.84
"""Below this likeness two parts resemble each other, and are told as differing."""

NAME = "name"

Side = Literal["both", "ours", "theirs"]


class Tells(StrEnum):
    """What is told of one part."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING = "missing"
    NOT_COMPARED = "not-compared"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of what was compared: words of the name sought, of the listed one, or of both.

    `kind` is name, birth, sex, citizenship, birth-place, document or unit. `says` is what it says,
    `how` in what way, `role` which part of a name it is (given, patronymic, family, unknown …).
    """

    kind: str
    side: Side
    ours: str
    theirs: str
    says: Tells
    how: str
    role: str = ""

    def message(self) -> Message:
        """The sentence of this part; see explain-… in the catalogues."""
        written = Told if self.kind == "birth" else Text
        parameters: dict[str, Parameter] = {
            "ours": written(self.ours),
            "theirs": written(self.theirs),
        }
        if self.kind != NAME:
            return Message(f"explain-{self.kind}-{self.how}", parameters)
        if self.side == "both":
            return Message(f"explain-both-{self.how}", parameters)
        words = Text(self.ours or self.theirs)
        return Message(f"explain-{self.side}-{self.how}", {"words": words})


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """What was compared with what, every part of it, remarks on the writing, and the rule."""

    ours: str
    theirs: str
    parts: tuple[Part, ...]
    remarks: tuple[Message, ...]
    rule: Message

    def messages(self) -> tuple[Message, ...]:
        """Everything as sentences, in the order in which it is read; what it is not comes last."""
        names = {"ours": Text(self.ours), "theirs": Text(self.theirs)}
        return (
            Message("explain-names", names),
            *(part.message() for part in self.parts),
            *self.remarks,
            self.rule,
            Message("explain-a-person-judges"),
        )


def explain(match: Match) -> Explanation:
    """Why a match has its band.

    1. The parts of the two names that agree best, in the order of the name sought.
    2. What is left over on either side, and what takes no part in comparing.
    3. Birth, sex, citizenship, place, documents and units.
    4. What was remarkable in the writing, and the rule that decided.
    """
    two = match.names.compared
    parts = [_pair(one) for one in _by_place(two.paired.pairs)]  # 1
    parts += _left(two.paired)  # 2
    parts += [*_left_out(two.ours, "ours"), *_left_out(two.theirs, "theirs")]
    parts += [_beside(one) for one in match.evidence]  # 3
    return Explanation(
        ours=two.ours.text,
        theirs=two.theirs.text,
        parts=tuple(parts),
        remarks=tuple(_remarks(match)),  # 4
        rule=Message(f"explain-rule-{match.rule}"),
    )


def _by_place(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda one: (one.ours[0].at, one.theirs[0].at))


def _pair(one: Pair) -> Part:
    how = one.alike.way or Way.CLOSE
    resembles = how is Way.CLOSE and one.alike.degree < AGREES_FROM
    return Part(
        kind=NAME,
        side="both",
        ours=_words(one.ours),
        theirs=_words(one.theirs),
        says=Tells.DIFFERS if resembles else Tells.AGREES,
        how="resembles" if resembles else how.value,
        role=_role(one.ours, one.theirs),
    )


def _words(pieces: Iterable[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


def _role(*sides: tuple[Piece, ...]) -> str:
    """The role that either side knows."""
    roles = [piece.role for side in sides for piece in side]
    return next((role for role in roles if role not in ("unknown", "initial")), roles[0])


def _left(paired: Paired) -> Iterator[Part]:
    """What has no counterpart. Two fathers' names are told against each other, once."""
    ours, theirs = list(paired.ours_left), list(paired.theirs_left)
    fathers = [[one for one in side if one.role == "patronymic"] for side in (ours, theirs)]
    if all(fathers):
        yield Part(
            kind=NAME,
            side="both",
            ours=_words(fathers[0]),
            theirs=_words(fathers[1]),
            says=Tells.DIFFERS,
            how="fathers-differ",
            role="patronymic",
        )
        ours, theirs = ([p for p in side if p.role != "patronymic"] for side in (ours, theirs))
    else:
        # A father's name that only one side gives stands against nothing.
        for side, pieces in (("ours", ours), ("theirs", theirs)):
            yield from (_alone(p, side, Tells.MISSING) for p in pieces if p.role == "patronymic")
        ours, theirs = ([p for p in side if p.role != "patronymic"] for side in (ours, theirs))
    opposed = any(_counts(p) for p in ours) and any(_counts(p) for p in theirs)
    for side, pieces in (("ours", ours), ("theirs", theirs)):
        for piece in pieces:
            against = opposed and _counts(piece)
            yield _alone(piece, side, Tells.DIFFERS if against else Tells.MISSING)


def _counts(piece: Piece) -> bool:
    """A short word that only joins others is not missed; see agreement."""
    return not piece.particle or len(piece.facts.form) > 3


def _alone(piece: Piece, side: str, says: Tells) -> Part:
    ours = side == "ours"
    how = "only" if _counts(piece) else "joining-word"
    if piece.facts.script == OTHER:
        says, how = Tells.NOT_COMPARED, "script"
    return Part(
        kind=NAME,
        side="ours" if ours else "theirs",
        ours=piece.text if ours else "",
        theirs="" if ours else piece.text,
        says=says,
        how="other" if says is Tells.DIFFERS else how,
        role=piece.role,
    )


_LEFT_AS = ("title", "suffix", "nickname", "script", "other-spelling")


def _left_out(prepared: Prepared, side: Side) -> Iterator[Part]:
    for words, kind in prepared.left_out:
        yield Part(
            kind=NAME,
            side=side,
            ours=words if side == "ours" else "",
            theirs=words if side == "theirs" else "",
            says=Tells.NOT_COMPARED,
            how=kind if kind in _LEFT_AS else "beyond-limit",
            role=kind,
        )


def _beside(one: Evidence) -> Part:
    says, how = _said(one)
    side: Side = "both"
    if not one.ours or not one.theirs:
        side = "ours" if one.ours else "theirs" if one.theirs else "both"
    return Part(kind=one.kind, side=side, ours=one.ours, theirs=one.theirs, says=says, how=how)


def _said(one: Evidence) -> tuple[Tells, str]:
    """What one kind of evidence says; where something is missing, on which side."""
    if one.says is not Says.MISSING:
        return Tells(one.says.value), str(one.how)
    if one.ours and one.theirs:
        # Both are there: what cannot be set against each other, or numbers of several papers.
        if one.kind in ("document", "unit"):
            return Tells.DIFFERS, "none-shared"
        return Tells.NOT_COMPARED, "not-comparable"
    if one.ours:
        return Tells.MISSING, "missing-theirs"
    return Tells.MISSING, "missing-ours" if one.theirs else "missing-both"


def _remarks(match: Match) -> Iterator[Message]:
    two = match.names.compared
    if match.names.weak:
        yield Message("explain-weak-name")
    if two.agreement.crossed:
        yield Message("explain-crossed")
    for prepared in (two.ours, two.theirs):
        for kind in dict.fromkeys(remark.kind for remark in prepared.remarks):
            yield Message(f"explain-remark-{kind}", {"name": Text(prepared.text)})
