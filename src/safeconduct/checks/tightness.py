"""Is a way that could have been made tight, going by main roads or railways?

Networks give estimates, so that "tight" is asked about and never a conflict. Without a network at
hand for the means that were stated nothing is said, and "possible" stays what it was.
"""

from math import ceil, inf
from typing import TYPE_CHECKING

import msgspec

from safeconduct.casefile.account import Means
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Km,
    Message,
    Outcome,
    Speed,
    Term,
    Text,
)
from safeconduct.checks.material import claim_id, lapse
from safeconduct.timeline.presences import Leg
from safeconduct.timeline.travel import TYPICAL_KMH

if TYPE_CHECKING:
    from safeconduct.geo.networks import Network

MOST_ROOM = 14 * 24 * 60
"""Minutes; with more room no way along a network of this earth's continents is tight."""

MOST_RADIUS_KM = 100.0
"""A place that is known no better than this is near too many lines for an estimate."""

_BY: dict[str, Means] = {"road": Means.CAR, "rail": Means.TRAIN}
_RAIL = frozenset((Means.TRAIN,))


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """The quickest way that networks show: kilometres (inf for none in time) and minutes."""

    network: "Network"
    km: float
    kmh: float
    minutes: float


def tight(
    leg: Leg, networks: "tuple[Network, ...]", because: tuple[Because, ...]
) -> Finding | None:
    """What to ask where every network at hand needs more time than the dates leave; else None."""
    room = leg.travel.minutes
    if room is None or room > MOST_ROOM or not _known(leg):
        return None
    estimates = [one for network in networks if (one := _estimate(leg, network, room))]
    if not estimates or any(one.minutes <= room for one in estimates):
        return None
    best = min(estimates, key=lambda one: one.minutes)
    return _asked(leg, best, room, because)


def _known(leg: Leg) -> bool:
    return all(
        not one.is_country and one.spot.radius_km <= MOST_RADIUS_KM
        for one in (leg.first, leg.second)
    )


def _estimate(leg: Leg, network: "Network", room: int) -> Estimate | None:
    """The way along one network; None where it does not fit the means or comes near no place."""
    means = leg.travel.means or _BY[network.mode]
    kmh = TYPICAL_KMH.get(means)
    if kmh is None or (means in _RAIL) != (network.mode == "rail"):
        return None
    km = network.km(leg.first.spot, leg.second.spot, _most(room, kmh))
    if km is None:
        return None
    return Estimate(network=network, km=km, kmh=kmh, minutes=km / kmh * 60)


def _most(room: int, kmh: float) -> float:
    """How far to look: three times as far as the time allows, to name a length if there is one."""
    return 3 * room / 60 * kmh + 500.0


def _asked(leg: Leg, best: Estimate, room: int, because: tuple[Because, ...]) -> Finding:
    network = best.network
    means = leg.travel.means
    parameters = {
        "a": claim_id(leg.first.claim),
        "b": claim_id(leg.second.claim),
        "place_a": Text(leg.first.spot.label),
        "place_b": Text(leg.second.spot.label),
        "room": lapse(room),
        "by": Term(f"means-{means}" if means else f"network-{network.mode}"),
        "kmh": Speed(best.kmh),
    }
    found = best.km != inf
    if found:
        needed = ceil(best.minutes)
        parameters |= {"km": Km(round(best.km)), "needed": lapse(needed)}
        parameters |= {"short": lapse(needed - room)}
    row = Because("row", network.id, f"network/{network.id}@{network.as_of}")
    return Finding(
        check="journeys",
        outcome=Outcome.ASKS,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message("journey-tight" if found else "journey-tight-no-line", parameters),
        because=(*because, row),
        question=Message(
            "ask-means" if means is None else "ask-journey",
            {name: parameters[name] for name in ("a", "b", "place_a", "place_b")},
        ),
    )
