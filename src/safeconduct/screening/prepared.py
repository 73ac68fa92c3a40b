"""A name made ready for comparison: its parts with what is known of each; no comparison here."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from safeconduct.casefile.people import NameParts
from safeconduct.names.parts import Part, parts
from safeconduct.names.patronymics import GEORGIAN_WORDS, NASAB_WORDS, SON_WORDS
from safeconduct.names.reading import ReadName, Remark, Token, read_name
from safeconduct.names.scripts import OTHER
from safeconduct.screening.facts import Facts, facts

MOST_PIECES = 16
"""Parts of one name that are compared; what follows is reported as left out."""

_UNCOMPARED = ("title", "suffix")
_WORDS = GEORGIAN_WORDS | NASAB_WORDS | SON_WORDS


class Piece(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One part of a name: its place among the tokens, its words as written, its role, its facts.

    `initial`: it is no more than an initial; `particle`: it only joins other parts (al, bin, von).
    """

    at: int
    text: str
    role: str
    declared: bool
    facts: Facts
    initial: bool = False
    particle: bool = False


class Prepared(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A name as written, its pieces in order, and what of it takes no part in comparing.

    `left_out` holds pairs of words and kind: titles, suffixes, what stands beyond the limit.
    """

    text: str
    pieces: tuple[Piece, ...]
    declared: NameParts | None = None
    left_out: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def bits(self) -> float:
        """The information in all its pieces."""
        return sum(piece.facts.bits for piece in self.pieces)


def spellings(prepared: Prepared) -> tuple[Prepared, ...]:
    """A name as it is, and as others may write it; what is left away is told as left out.

    1. Without noms de guerre, names in brackets and words of unread scripts: they may answer to
       something, and where they do not, they are not missed.
    2. With a former name in brackets in place of the one before it: Ivanova (Petrova) Anna.
    """
    aside = [one for one in prepared.pieces if _is_aside(one)]
    found = [prepared, _without(prepared, aside)]  # 1
    tokens = read_name(prepared.text).tokens
    for one in aside:  # 2
        before = next((other for other in prepared.pieces if other.at == one.at - 1), None)
        if before is not None and tokens[one.at].aside and not _is_aside(before):
            named = msgspec.structs.replace(one, role="unknown")
            pieces = tuple(named if other is one else other for other in prepared.pieces)
            swapped = msgspec.structs.replace(prepared, pieces=pieces)
            found.append(_without(swapped, [before, *(x for x in aside if x is not one)]))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _without(prepared: Prepared, left_away: Sequence[Piece]) -> Prepared | None:
    """The name without some parts; None where it is the same, or nothing but initials is left."""
    rest = tuple(one for one in prepared.pieces if one not in left_away)
    if not left_away or not any(counts(one) and not one.initial for one in rest):
        return None
    left_out = tuple((one.text, _left_as(one)) for one in left_away)
    return msgspec.structs.replace(prepared, pieces=rest, left_out=(*prepared.left_out, *left_out))


def _left_as(piece: Piece) -> str:
    if piece.facts.script == OTHER:
        return "script"
    return "nickname" if piece.role == "nickname" else "other-spelling"


def _is_aside(piece: Piece) -> bool:
    return piece.role == "nickname" or piece.facts.script == OTHER


def counts(piece: Piece) -> bool:
    """Whether a part is missed where the other name lacks it: not a short word that only joins."""
    return not piece.particle or len(piece.facts.form) > 3


JOINED = "joined"
"""The role of two neighbouring parts taken as one."""

_SHORT = 4
_ENDING = frozenset((
    *("ullah", "allah", "ollah", "uddin", "eddin", "eddine", "addin", "din", "rahman"),
    *("الله", "اللہ", "الدين", "الدین", "الرحمن", "الحق"),
))  # fmt: skip


class Run(NamedTuple):
    """Two neighbouring parts as one: the first one's number, how many count, what is known."""

    first: int
    counted: int
    facts: Facts


def joined(prepared: Prepared) -> tuple[Run, ...]:
    """Neighbouring parts as one, where others may write them so: Abdul Rahman, Najib Ullah.

    They serve to retrieve; what they answer to is for `pairing` to say.
    """
    return tuple(
        Run(
            first,
            counts(one) + counts(other),
            facts(one.facts.form + other.facts.form, one.facts.script, JOINED),
        )
        for first, (one, other) in enumerate(pairwise(prepared.pieces))
        if other.at == one.at + 1 and _often_joined(one, other)
    )


def least_parts(prepared: Prepared, runs: tuple[Run, ...]) -> int:
    """How many parts count where whatever others may join is joined."""
    least, end = sum(map(counts, prepared.pieces)), -1
    for run in runs:
        if run.first > end and run.counted == 2:
            least, end = least - 1, run.first + 1
    return least


def _often_joined(one: Piece, other: Piece) -> bool:
    if one.initial or other.initial or one.facts.script != other.facts.script:
        return False
    if one.particle or other.particle or other.facts.form in _ENDING:
        return True
    return len(one.facts.form) <= _SHORT and len(other.facts.form) <= _SHORT


@lru_cache(maxsize=16_384)
def prepare(text: str, declared: NameParts | None = None) -> Prepared:
    """A name made ready. Every token stands in exactly one piece or is named as left out."""
    read = read_name(text)
    pieces: list[Piece] = []
    left_out: list[tuple[int, str, str]] = []
    for part in parts(read, declared):
        for number in part.tokens:
            token = read.tokens[number]
            role, stems = _role(part, token)
            if part.kind in _UNCOMPARED or len(pieces) >= MOST_PIECES:
                left_out.append((number, token.text, part.kind))
            else:
                pieces.append(_piece(number, token, role, stems, declared=_said(read, declared)))
    if not pieces:  # "Sheikh" alone: better compared than lost
        pieces = [_piece(n, read.tokens[n], "unknown", (), declared=False) for n, _, _ in left_out]
        left_out = []
    pieces.sort(key=lambda piece: piece.at)
    return Prepared(
        text=text,
        pieces=tuple(pieces[:MOST_PIECES]),
        declared=declared,
        left_out=tuple((words, kind) for _, words, kind in left_out),
        remarks=read.remarks,
    )


def _said(read: ReadName, declared: NameParts | None) -> bool:
    """Whether somebody said which part is which: declared parts, or a comma after the surname."""
    return declared is not None or read.comma_after is not None


def _role(part: Part, token: Token) -> tuple[str, tuple[str, ...]]:
    """The role of one token of a part: in "Sergei oğlu" the second only says what the first is."""
    if part.kind not in ("patronymic", "father"):
        return part.kind, ()
    if len(part.tokens) > 1 and token.form in _WORDS:
        return "particle", ()
    return part.kind, part.stems or (token.form,)


def _piece(
    number: int, token: Token, role: str, stems: tuple[str, ...], *, declared: bool
) -> Piece:
    return Piece(
        at=number,
        text=token.text,
        role=role,
        declared=declared,
        facts=facts(token.form, token.script, role, stems),
        initial=role == "initial",
        particle=role == "particle",
    )
