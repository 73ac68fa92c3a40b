"""Milestones: dated, cited public events that accounts refer to.

A milestone says when something happened and from when it could be known, with the citation that
was read. It says nothing of any person. A set is a file of JSON lines (see
docs/reference/milestones.md); the one that ships with the package stands in `data/`.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.casefile.edtf import parse_edtf
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.findings import ReferenceUsed
from safeconduct.casefile.ids import Country, Slug
from safeconduct.casefile.when import Bound, Conventions, When, read_when, utc
from safeconduct.timeline.moments import minutes_of

_WORD = re.compile(r"\w+")

# Dates of milestones are local to their place. Where a country spans zones, the widest hold.
_OFFSETS = (-12 * 60, 14 * 60)


class Citation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that was read, with its address, and what it says about the date."""

    publisher: str
    title: str | None = None
    address: str
    read_on: str
    states: str
    published: str | None = None


class MilestonePlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the event was, with a generous radius in kilometres."""

    name: str
    lat: float
    lon: float
    radius_km: float


class Milestone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One public event. `when` and `ends` are EDTF, local to the place.

    `terms` are words by which this event alone can be meant, so that nobody could have used them
    before it was known. They are lower-case word stems, several words to a term: "partial
    mobilis" is met by "Partial mobilisation", not by "mobilisation".
    """

    id: Slug
    title: str
    what: str
    when: str
    precision: str
    kind: Literal[
        "military", "law", "mobilisation", "border", "entry-rule", "stay-rule", "court", "other"
    ]
    countries: tuple[Country, ...]
    known_from: str
    citations: tuple[Citation, ...]
    ends: str | None = None
    place: MilestonePlace | None = None
    effect: str | None = None
    terms: tuple[str, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a milestone without a citation")

    def check_dates(self) -> None:
        """Raises EdtfError for a date that cannot be read; a built form was checked before."""
        for edtf in (self.when, self.known_from, self.ends):
            if edtf is not None:
                _bounds(edtf)

    @property
    def start(self) -> tuple[int | None, int | None]:
        """Minutes of UTC between which it began."""
        return _bounds(self.when)[0]

    @property
    def end(self) -> tuple[int | None, int | None]:
        """Minutes of UTC between which it ended; of what has no stated end, its own date's end."""
        return _bounds(self.ends or self.when)[1]

    @property
    def known(self) -> tuple[int | None, int | None]:
        """Minutes of UTC between which the public could first know it."""
        return _bounds(self.known_from)[0]


class MilestonesMistaken(SafeconductError):
    """A line of a set of milestones that cannot be used: its number, what is wrong with it."""

    def __init__(self, line: int, found: str) -> None:
        super().__init__(f"line {line}: {found}")
        self.line, self.found = line, found


class MilestonesDisagree(SafeconductError):
    """Two sets say different things under one identifier, and neither goes before the other."""

    def __init__(self, milestone: str, one: str, other: str) -> None:
        super().__init__(f"{milestone}: stated differently in {one} and in {other}")
        self.milestone, self.one, self.other = milestone, one, other


class Milestones(msgspec.Struct, frozen=True, kw_only=True):
    """Milestones by identifier, the data sets at hand, and from which of them each came."""

    used: tuple[ReferenceUsed, ...]
    by_id: Mapping[str, Milestone]
    came_from: Mapping[str, ReferenceUsed]

    def dataset(self, milestone: str) -> str:
        """How findings cite the set of a milestone: kind/id@as-of."""
        return _cited_as(self.came_from[milestone])

    def mentioned(self, claim: Claim) -> tuple[Milestone, ...]:
        """Milestones whose terms occur in what the claim says, in its own words or in ours."""
        texts = filter(None, (claim.text, claim.words, claim.translation))
        said = tuple(_WORD.findall(" ".join(texts).casefold().replace("ё", "е")))
        return tuple(
            milestone
            for milestone in self.by_id.values()
            if any(_occurs(term, said) for term in milestone.terms)
        )


def parse_milestones(data: bytes, *, check_dates: bool = True) -> tuple[Milestone, ...]:
    """JSON lines → milestones. Raises MilestonesMistaken at the first line that is wrong.

    Built forms had their dates checked when they were made; reading them anew can leave that out.
    """
    milestones: dict[str, Milestone] = {}
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        milestone = parse_line(number, line, check_dates=check_dates)
        if milestone.id in milestones:
            raise MilestonesMistaken(number, f"the id {milestone.id} again")
        milestones[milestone.id] = milestone
    if not milestones:
        raise MilestonesMistaken(1, "no milestone")
    return tuple(milestones.values())


def parse_line(number: int, line: bytes, *, check_dates: bool = True) -> Milestone:
    """One JSON object → a milestone. Raises MilestonesMistaken with the number of the line."""
    try:
        milestone = msgspec.json.decode(line, type=Milestone)
        if check_dates:
            milestone.check_dates()
    except (msgspec.MsgspecError, SafeconductError, ValueError, OverflowError) as error:
        raise MilestonesMistaken(number, str(error)) from None
    except RecursionError:
        raise MilestonesMistaken(number, "nesting without end") from None
    return milestone


def milestones_of(data: bytes, used: ReferenceUsed) -> Milestones:
    """A set from the bytes of its file; `used` says which data set they are."""
    by_id = {one.id: one for one in parse_milestones(data, check_dates=False)}
    return Milestones(used=(used,), by_id=by_id, came_from=dict.fromkeys(by_id, used))


def joined(shipped: Milestones, own: Sequence[Milestones]) -> Milestones:
    """All sets as one. An own milestone stands in for the shipped one of its identifier.

    Raises MilestonesDisagree where two own sets state one identifier differently: to choose
    silently would let the order of folders decide what a case is compared with.
    """
    by_id: dict[str, Milestone] = {}
    came_from: dict[str, ReferenceUsed] = {}
    for one in own:
        for identifier, milestone in one.by_id.items():
            before = by_id.setdefault(identifier, milestone)
            source = came_from.setdefault(identifier, one.came_from[identifier])
            if before != milestone:
                raise MilestonesDisagree(
                    identifier, _cited_as(source), _cited_as(one.came_from[identifier])
                )
    return Milestones(
        used=(*shipped.used, *(used for one in own for used in one.used)),
        by_id={**shipped.by_id, **by_id},
        came_from={**shipped.came_from, **came_from},
    )


@lru_cache(maxsize=1)
def shipped_milestones() -> Milestones:
    """The set that ships with this package."""
    folder = files("safeconduct.timeline") / "data"
    data = (folder / "milestones.jsonl").read_bytes()
    as_of = (folder / "milestones.as-of").read_text().strip()
    sha256 = hashlib.sha256(data).hexdigest()
    used = ReferenceUsed(kind="milestones", id="safeconduct", as_of=as_of, sha256=sha256)
    return milestones_of(data, used)


def _cited_as(used: ReferenceUsed) -> str:
    return f"{used.kind}/{used.id}@{used.as_of}"


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[tuple[int | None, int | None], tuple[int | None, int | None]]:
    parse_edtf(edtf)
    reading = read_when(When(edtf=edtf), Conventions())
    return _minutes(utc(reading.start, _OFFSETS)), _minutes(utc(reading.end, _OFFSETS))


def _minutes(bound: Bound) -> tuple[int | None, int | None]:
    return (
        None if bound.earliest is None else minutes_of(bound.earliest),
        None if bound.latest is None else minutes_of(bound.latest),
    )


def _occurs(term: str, said: tuple[str, ...]) -> bool:
    """Do words in a row begin with the stems of the term, one each?"""
    stems = term.split()
    return any(
        all(word.startswith(stem) for word, stem in zip(said[i:], stems, strict=False))
        for i in range(len(said) - len(stems) + 1)
    )
