"""A profile as data: which parts, checks and names go to a kind of recipient, and why not others.

It is read from YAML, shipped or one's own. It holds no code and knows no case.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from typing import Annotated, Literal, get_args

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.ids import Slug
from safeconduct.casefile.yamltree import shown
from safeconduct.dossier.profiles.written import Fault, Faults, NotOfTheForm, Place, read_written
from safeconduct.wording.check_names import CHECKS
from safeconduct.wording.language import LANGUAGES

SCHEMA = "safeconduct/profile/1"
_MOST_BYTES = 256 * 1024

MOST_DAYS = 3660
"""Ten years: so long a dossier may be in force at most."""

Part = Literal[
    "claims",
    "tellings",
    "sources",
    "evidence",
    "searches",
    "service",
    "household",
    "persons",
    "papers",
    "birth",
    "photograph",
    "citizenships",
    "drawings",
    "data-sets",
]
PARTS: tuple[str, ...] = get_args(Part)
Channel = Literal["print", "smime", "zip", "age"]
CHANNELS: tuple[Channel, ...] = ("print", "smime", "zip", "age")
"""Ways by which a dossier leaves: on paper, as S/MIME, as an encrypted ZIP, for an age key."""
HELD = (*CHECKS, "all")
"""What `withholds` may name."""
Tongue = Annotated[str, msgspec.Meta(pattern="^(en|fr|ru)$")]
Words = dict[Tongue, str]
"""One text in each language: `en`, `fr`, `ru`."""
# Letters by their kind, and nothing on paper.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0")


class ProfileUnreadable(SafeconductError):
    """A profile that is not of the form of one."""


class LeftOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part that does not go, and why."""

    part: Part
    reason: Words


class HeldCheck(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A check of which no finding goes; `all` for every check. It is named, with the reason."""

    check: Slug
    reason: Words


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement that the recipient asks for, with where that is said and when it was read."""

    id: Slug
    label: Words
    source: str | None = None
    read: date | None = None


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`identity`: true names and papers, or a pseudonym. `days`: how long a dossier is in force.

    `channels`: the ways by which it may leave, the best first. `warning`: what a person has to
    have read before a dossier of this profile is made.
    """

    schema: Literal["safeconduct/profile/1"]
    id: Slug
    title: Words
    language: Tongue
    purpose: Words
    identity: Literal["true", "pseudonym"]
    days: Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)]
    channels: Annotated[tuple[Channel, ...], msgspec.Meta(min_length=1)] = CHANNELS
    leaves_out: tuple[LeftOut, ...] = ()
    withholds: tuple[HeldCheck, ...] = ()
    asks: tuple[Asked, ...] = ()
    warning: Words | None = None

    def __post_init__(self) -> None:
        if found := [*_twice(self), *_unknown_checks(self), *_blank(self)]:
            raise Faults(found)

    def leaves(self, part: str) -> bool:
        """Is the part left out?"""
        return any(one.part == part for one in self.leaves_out)


def _twice(profile: Profile) -> Iterator[Fault]:
    """What is named once only: a part, a check, a statement, a channel."""
    lists: tuple[tuple[str, str | None, Iterable[str]], ...] = (
        ("leaves_out", "part", (one.part for one in profile.leaves_out)),
        ("withholds", "check", (one.check for one in profile.withholds)),
        ("asks", "id", (one.id for one in profile.asks)),
        ("channels", None, profile.channels),
    )
    for name, key, values in lists:
        seen: Counter[str] = Counter()
        for number, value in enumerate(values):
            seen[value] += 1
            if seen[value] > 1:
                place: Place = (name, number, key) if key else (name, number)
                yield Fault(place, f"`{value}` again", "each once")


def _unknown_checks(profile: Profile) -> Iterator[Fault]:
    for number, one in enumerate(profile.withholds):
        if one.check not in HELD:
            place = ("withholds", number, "check")
            yield Fault(place, f"no check `{shown(one.check)}`", accepted_at(place))


def _blank(profile: Profile) -> Iterator[Fault]:
    """Texts that are missing in a language, or show nothing to whoever reads them."""
    for place, words in _texts(profile):
        for tongue in LANGUAGES:
            if not _legible(words.get(tongue, "")):
                yield Fault((*place, tongue), "no text to be read", accepted_at(place))
    if profile.id.endswith("\n"):  # a pattern's `$` lets it through
        yield Fault(("id",), "a line break", accepted_at(("id",)))
    for number, one in enumerate(profile.asks):
        if one.source is not None and not _legible(one.source):
            yield Fault(("asks", number, "source"), "no text to be read", "where it is said")


def _texts(profile: Profile) -> Iterator[tuple[Place, Words]]:
    yield ("title",), profile.title
    yield ("purpose",), profile.purpose
    for number, left in enumerate(profile.leaves_out):
        yield ("leaves_out", number, "reason"), left.reason
    for number, held in enumerate(profile.withholds):
        yield ("withholds", number, "reason"), held.reason
    for number, asked in enumerate(profile.asks):
        yield ("asks", number, "label"), asked.label
    if profile.warning is not None:
        yield ("warning",), profile.warning


def _legible(text: str) -> bool:
    return any(one.isalnum() and one not in _BLANK for one in text)


def accepted_at(place: Place) -> str:
    """What a profile takes at a place: its keys, or the values that there are."""
    names = [one for one in place if isinstance(one, str)]
    if not names:
        return "the keys " + ", ".join(Profile.__struct_fields__)
    if isinstance(place[-1], int) and names[-1] in _ITEMS:
        return "the keys " + ", ".join(_ITEMS[names[-1]].__struct_fields__)
    last = next((one for one in reversed(names) if one not in LANGUAGES), names[-1])
    return _ACCEPTED.get(last, "see docs/reference/profiles.md")


_ITEMS: dict[str, type[msgspec.Struct]] = {
    "leaves_out": LeftOut,
    "withholds": HeldCheck,
    "asks": Asked,
}
_EACH = f"a text in each of {', '.join(LANGUAGES)}"
_ACCEPTED = {
    **dict.fromkeys(("title", "purpose", "reason", "label", "warning"), _EACH),
    **dict.fromkeys(_ITEMS, "a list (one `- ` for each)"),
    "schema": SCHEMA,
    "id": "lower-case letters, digits and hyphens, at most 64",
    "language": f"one of {', '.join(LANGUAGES)}",
    "identity": "true or pseudonym",
    "days": f"a whole number from 1 to {MOST_DAYS}",
    "channels": f"at least one of {', '.join(CHANNELS)}",
    "part": f"one of {', '.join(PARTS)}",
    "check": f"one of {', '.join(HELD)}",
    "source": "where it is said",
    "read": "a day, such as 2026-11-23",
}

SHIPPED = ("consulate", "host-organisation", "lawyer", "court", "applicant", "applicant-account")


def read_profile(data: bytes) -> Profile:
    """YAML → a profile. Raises ProfileUnreadable with a line for each mistake and its place."""
    if len(data) > _MOST_BYTES:
        raise ProfileUnreadable(f"{len(data):,} bytes; accepted: at most {_MOST_BYTES:,}")
    try:
        return read_written(data, Profile, accepted_at, accepted_at(()))
    except NotOfTheForm as error:
        raise ProfileUnreadable(str(error)) from None


def own_profile(data: bytes) -> Profile:
    """One's own file → a profile. Raises ProfileUnreadable, also for the name of a shipped one.

    A dossier names its profile; under a shipped name another one would pass for that.
    """
    profile = read_profile(data)
    if profile.id in SHIPPED:
        taken = ", ".join(SHIPPED)
        raise ProfileUnreadable(f"id: `{profile.id}` is shipped; accepted: any but {taken}")
    return profile


def shipped_profile(name: str) -> Profile:
    """A profile of those that are shipped. Raises ProfileUnreadable for another name."""
    if name not in SHIPPED:
        raise ProfileUnreadable(f"no profile {shown(name)!r}; there are {', '.join(SHIPPED)}")
    folder = files("safeconduct.dossier.profiles") / "shipped"
    return read_profile((folder / f"{name}.yaml").read_bytes())
