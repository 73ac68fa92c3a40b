"""A stated place → the spot it means, or the candidates, or the plain statement that none is known.

It never chooses between towns of one name, and a name without a country stays open even where the
gazetteer knows a single town of that name: the gazetteer is incomplete, and its silence proves
nothing.
"""

from functools import lru_cache
from typing import Literal

import msgspec

from safeconduct.casefile.places import Place, offset_minutes
from safeconduct.geo.countries import BORDER_TOLERANCE_KM, Countries, CountryAt
from safeconduct.geo.disputed import AREA_OF_REGION, DisputedView, label, may_be_called
from safeconduct.geo.gazetteer import Gazetteer, GazetteerPlace
from safeconduct.geo.spots import Spot

DISPUTED_CLOCKS_MINUTES = 60
"""Added to both ends of a disputed spot's offsets: clocks there may follow another capital."""


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """The spot that is meant, and by what it was found.

    `country_disagrees` is the country that the data give where another one was stated and no
    tolerance or dispute explains it; the spot's country is then None. `near` are countries that
    the spot may touch besides its own; near a border, without a stated country, the spot's own is
    None and all are in `near`.
    """

    spot: Spot
    how: Literal["coordinates", "gazetteer", "name-in-country", "country"]
    is_country: bool = False
    country_disagrees: str | None = None
    near: tuple[str, ...] = ()


class Ambiguous(msgspec.Struct, frozen=True, kw_only=True):
    """Several towns may be meant, or one that nothing confirms; most populous first.

    `missing` are stated identifiers that the gazetteer does not hold. `within` is the stated
    country as a spot, in which the place surely lies if the statement of the country holds.
    """

    reason: Literal["bare-name", "homonyms", "several-stated", "not-in-stated-country"]
    candidates: tuple[GazetteerPlace, ...]
    missing: tuple[int, ...] = ()
    within: Spot | None = None


class Unresolved(msgspec.Struct, frozen=True, kw_only=True):
    """No place is known for what was stated; `within` as in Ambiguous."""

    reason: Literal["words-only", "not-in-gazetteer", "unknown-identifier", "unknown-country"]
    within: Spot | None = None


Resolution = Resolved | Ambiguous | Unresolved


def resolve(
    place: Place,
    gazetteer: Gazetteer,
    countries: Countries,
    *,
    disputed: DisputedView = DisputedView.RECOGNISED,
) -> Resolution:
    """What a stated place means, by the most exact thing stated.

    1. Coordinates. 2. A gazetteer identifier. 3. Several stated candidates. 4. A name. 5. The
    country alone.
    """
    if place.lat is not None and place.lon is not None:
        return _by_coordinates(place, place.lat, place.lon, countries, disputed)  # 1
    if place.gazetteer is not None:
        found = gazetteer.by_id(place.gazetteer)  # 2
        if found is None:
            return Unresolved(reason="unknown-identifier", within=_stated(place, countries))
        return _as_resolved(place, found, "gazetteer", countries, disputed)
    if place.candidates:
        return _several(place, gazetteer, countries)  # 3
    if place.name is not None:
        return _by_name(place, place.name, gazetteer, countries, disputed)  # 4
    if place.country is not None:
        return _whole_country(place, place.country, countries)  # 5
    return Unresolved(reason="words-only")


def _by_coordinates(
    place: Place, lat: float, lon: float, countries: Countries, view: DisputedView
) -> Resolved:
    radius = place.radius_km or 0.0
    # A tenth on top of the radius, since the shapes' distances are a plane's.
    at = countries.at(lat, lon, disputed=view, within_km=BORDER_TOLERANCE_KM + 1.1 * radius)
    country, disagrees = _country_of(at, place.country)
    possible = {code for code in (at.country, at.drawn, place.country, *at.near) if code}
    area = at.disputed or next(iter(at.near_disputed), None)
    spot = Spot(
        label=place.name or place.words or f"{lat:.4f}, {lon:.4f}",
        lat=lat,
        lon=lon,
        radius_km=radius,
        country=country,
        offsets=_offsets(place, _clocks(possible, countries), area),
        disputed=area,
    )
    near = tuple(code for code in (at.country, *at.near) if code and code != country)
    return Resolved(spot=spot, how="coordinates", country_disagrees=disagrees, near=near)


def _country_of(at: CountryAt, stated: str | None) -> tuple[str | None, str | None]:
    """The country of a point, and the shapes' country where it contradicts the stated one.

    Near a border the shapes alone place nothing, so without a statement the country is unknown;
    so it is where statement and shapes contradict each other.
    """
    if at.disputed is not None:
        parties = (at.country, at.drawn, *at.near)
        explained = stated is None or stated in parties or may_be_called(at.disputed, stated)
        return (at.country, None) if explained else (None, at.country or at.drawn)
    if stated is None:
        return (None if at.near else at.country), None
    near = (at.country, *at.near)
    if (
        at.country is None
        or stated in near
        or any(may_be_called(area, stated) for area in at.near_disputed)
    ):
        return stated, None
    return None, at.country


def _clocks(codes: set[str], countries: Countries) -> tuple[int, int] | None:
    """The offsets of all these countries together; None if there is none or one is unknown."""
    spots = [countries.spot(code) for code in codes]
    known = [spot.offsets for spot in spots if spot is not None and spot.offsets is not None]
    if not known or len(known) < len(codes):
        return None
    return min(low for low, _ in known), max(high for _, high in known)


def _by_name(
    place: Place, name: str, gazetteer: Gazetteer, countries: Countries, view: DisputedView
) -> Resolution:
    code = countries.named(name)
    if code is not None and place.country in (None, code):
        return _whole_country(place, code, countries)
    found = gazetteer.lookup(name)
    within = _stated(place, countries)
    if not found:
        return Unresolved(reason="not-in-gazetteer", within=within)
    if place.country is None:
        return Ambiguous(reason="bare-name" if len(found) == 1 else "homonyms", candidates=found)
    here = tuple(one for one in found if _may_lie_in(one, place.country, countries))
    if len(here) == 1:
        return _as_resolved(place, here[0], "name-in-country", countries, view)
    if here:
        return Ambiguous(reason="homonyms", candidates=here, within=within)
    return Ambiguous(reason="not-in-stated-country", candidates=found, within=within)


def _several(place: Place, gazetteer: Gazetteer, countries: Countries) -> Ambiguous | Unresolved:
    looked_up = {identifier: gazetteer.by_id(identifier) for identifier in place.candidates}
    known = [one for one in looked_up.values() if one is not None]
    within = _stated(place, countries)
    if not known:
        return Unresolved(reason="unknown-identifier", within=within)
    return Ambiguous(
        reason="several-stated",
        candidates=tuple(sorted(known, key=lambda one: (-one.population, one.id))),
        missing=tuple(identifier for identifier, one in looked_up.items() if one is None),
        within=within,
    )


def _whole_country(place: Place, code: str, countries: Countries) -> Resolved | Unresolved:
    spot = countries.spot(code)
    if spot is None:
        return Unresolved(reason="unknown-country")
    labelled = msgspec.structs.replace(
        spot,
        label=place.name or place.words or code,
        offsets=_offsets(place, spot.offsets, None),
    )
    return Resolved(spot=labelled, how="country", is_country=True)


def _as_resolved(
    place: Place,
    found: GazetteerPlace,
    how: Literal["gazetteer", "name-in-country"],
    countries: Countries,
    view: DisputedView,
) -> Resolved:
    area = disputed_area(found, countries)
    stated = place.country
    explained = stated in (None, found.country) or may_be_called(area, str(stated))
    labelled = label(area, view) if area else found.country
    spot = Spot(
        label=place.name or found.name,
        lat=found.lat,
        lon=found.lon,
        radius_km=found.radius_km if place.radius_km is None else place.radius_km,
        country=labelled if explained else None,
        offsets=_offsets(place, found.offsets, area),
        gazetteer_id=found.id,
        disputed=area,
    )
    return Resolved(spot=spot, how=how, country_disagrees=None if explained else found.country)


# A case names few places, often; each is a search through the shapes.
@lru_cache(maxsize=4096)
def disputed_area(found: GazetteerPlace, countries: Countries) -> str | None:
    """The disputed area in which a gazetteer place lies: by its region, else by the shapes.

    A town that the coarse shapes leave at sea takes the area on whose coast it stands.
    """
    by_region = AREA_OF_REGION.get((found.country, found.region_code))
    if by_region is not None:
        return by_region
    at = countries.at(found.lat, found.lon)
    if at.disputed is None and at.country is None and not at.near:
        return next(iter(at.near_disputed), None)
    return at.disputed


def _may_lie_in(found: GazetteerPlace, country: str, countries: Countries) -> bool:
    return found.country == country or may_be_called(disputed_area(found, countries), country)


def _stated(place: Place, countries: Countries) -> Spot | None:
    return None if place.country is None else countries.spot(place.country)


def _offsets(
    place: Place, known: tuple[int, int] | None, area: str | None
) -> tuple[int, int] | None:
    """The stated offset, else what the zone gives, wider where an area is disputed."""
    if place.offset is not None:
        stated = offset_minutes(place.offset)
        return stated, stated
    if known is None or area is None:
        return known
    return known[0] - DISPUTED_CLOCKS_MINUTES, known[1] + DISPUTED_CLOCKS_MINUTES
