"""A profile as data: which parts, checks and names go to a kind of recipient, and why not others.

It is read from YAML, shipped or one's own. It holds no code and knows no case.
"""

from datetime import date
from importlib.resources import files
from typing import Annotated, Any, Literal

import msgspec
import yaml

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.ids import Slug
from safeconduct.wording.language import LANGUAGES

SCHEMA = "safeconduct/profile/1"
_MOST_BYTES = 256 * 1024

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
Tongue = Annotated[str, msgspec.Meta(pattern="^(en|fr|ru)$")]
Words = dict[Tongue, str]
"""One text in each language: `en`, `fr`, `ru`."""


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

    `warning`: what a person has to have read before a dossier of this profile is made.
    """

    schema: Literal["safeconduct/profile/1"]
    id: Slug
    title: Words
    language: Tongue
    purpose: Words
    identity: Literal["true", "pseudonym"]
    days: Annotated[int, msgspec.Meta(ge=1, le=3660)]
    leaves_out: tuple[LeftOut, ...] = ()
    withholds: tuple[HeldCheck, ...] = ()
    asks: tuple[Asked, ...] = ()
    warning: Words | None = None

    def __post_init__(self) -> None:
        texts = [self.title, self.purpose, *(one.reason for one in self.leaves_out)]
        texts += [one.reason for one in self.withholds] + [one.label for one in self.asks]
        texts += [self.warning] if self.warning else []
        if any(set(one) != set(LANGUAGES) or not all(one.values()) for one in texts):
            raise ValueError(f"each text stands in {', '.join(LANGUAGES)}")

    def leaves(self, part: str) -> bool:
        """Is the part left out?"""
        return any(one.part == part for one in self.leaves_out)


SHIPPED = ("consulate", "host-organisation", "lawyer", "court", "applicant", "applicant-account")


def read_profile(data: bytes) -> Profile:
    """YAML → a profile. Raises ProfileUnreadable."""
    if len(data) > _MOST_BYTES:
        raise ProfileUnreadable(f"{len(data):,} bytes; accepted: at most {_MOST_BYTES:,}")
    try:
        return msgspec.convert(_Plain(data).get_single_data(), Profile)
    except (yaml.YAMLError, msgspec.ValidationError, ValueError, RecursionError) as error:
        raise ProfileUnreadable(f"no profile: {error}") from None


def shipped_profile(name: str) -> Profile:
    """A profile of those that are shipped. Raises ProfileUnreadable for another name."""
    if name not in SHIPPED:
        raise ProfileUnreadable(f"no profile {name!r}; there are {', '.join(SHIPPED)}")
    folder = files("safeconduct.dossier.profiles") / "shipped"
    return read_profile((folder / f"{name}.yaml").read_bytes())


class _Plain(yaml.SafeLoader):
    """No aliases: they could make a short file endless."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A node that is no alias."""
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)
