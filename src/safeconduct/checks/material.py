"""What every check is given: the case laid out, the reference data at hand, and the day."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import (
    Because,
    Day,
    Ids,
    Instant,
    Lapse,
    Parameter,
    ReferenceUsed,
    Term,
    Text,
    Told,
)
from safeconduct.geo.countries import Countries
from safeconduct.geo.gazetteer import Gazetteer
from safeconduct.timeline.layout import Layout
from safeconduct.timeline.milestones import Milestones
from safeconduct.timeline.moments import moment_of
from safeconduct.timeline.presences import Placed

if TYPE_CHECKING:  # only what a list needs imports the engine
    from safeconduct.geo.networks import Network
    from safeconduct.screening.watchlists import Watchlist


class References(msgspec.Struct, frozen=True, kw_only=True):
    """The data sets that a vetting may use; None is a data set that was not loaded."""

    gazetteer: Gazetteer
    countries: Countries
    milestones: Milestones | None
    used: tuple[ReferenceUsed, ...]
    watchlists: "tuple[Watchlist, ...]" = ()
    networks: "tuple[Network, ...]" = ()


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """One case on one day, read once for all checks."""

    case: Case
    layout: Layout
    placed: tuple[Placed, ...]
    references: References
    on: date


def cite(*claims: str) -> tuple[Because, ...]:
    """The claims that a finding comes from, each once, in a natural order."""
    return tuple(Because("claim", claim) for claim in sorted(set(claims), key=natural))


def natural(identifier: str) -> tuple[str, int, str]:
    """Sorts c2 before c10."""
    letters = identifier.rstrip("0123456789")
    digits = identifier[len(letters) :]
    return letters, int(digits or 0), identifier


def told(claim: Claim) -> Parameter:
    """When the claim says that it was, in its own words; a term where it gives no date."""
    if claim.when is None:
        return Term("no-date-told")
    return Told(claim.when.edtf, claim.when.words)


def claim_id(claim: Claim) -> Parameter:
    """The identifier by which people cite a claim."""
    return Text(claim.id)


def ids(*claims: str) -> Parameter:
    """Identifiers in a natural order, each once."""
    return Ids(tuple(sorted(set(claims), key=natural)))


def instant(minutes: int) -> Parameter:
    """Minutes of UTC as a moment."""
    return Instant(moment_of(minutes))


def lapse(minutes: int) -> Parameter:
    """A length of time."""
    return Lapse(minutes)


def first_day(minutes: int) -> Parameter:
    """The day of a bound from below, to be shown to people.

    Bounds from below reach back up to 14 hours before a local midnight, however far east it was.
    """
    return Day(moment_of(minutes + 14 * 60).date())


def last_day(minutes: int) -> Parameter:
    """The day of a bound from above, to be shown to people; never too early a day."""
    return Day(moment_of(minutes - 1).date())


def days(start: int, end: int) -> dict[str, Parameter]:
    """The first and the last day of a stretch, to be shown to people; never the last before."""
    first, last = moment_of(start + 14 * 60).date(), moment_of(end - 1).date()
    return {"start": Day(min(first, last)), "end": Day(last)}
