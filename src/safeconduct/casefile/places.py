"""A place as an account states it: by identifier, by coordinates, by name, or only in words.

It holds what was said, and refuses what cannot be meant. It looks nothing up: which town a name
means is found, or left open, by `safeconduct.geo.resolving`.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from safeconduct.casefile.ids import Country

Offset = Annotated[
    str,
    Meta(
        pattern=r"^[+-](0[0-9]|1[0-4]):[0-5][0-9]$",
        description='an offset from UTC between "-14:00" and "+14:00", such as "+05:00"',
    ),
]


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place, stated in one or several ways.

    `name` is a name to be looked up; `words` are the applicant's own, kept as said. `gazetteer`
    is a GeoNames identifier; `candidates` are several, when more than one town may be meant.
    `lat` and `lon` are WGS 84 degrees and need `radius_km`, within which the place surely lies.
    `offset` is the local time's offset from UTC, where it was stated.

    Raises ValueError for coordinates by half, out of range or without a radius, for a negative
    radius, a country or offset of another form, and for a place of which nothing is stated.
    """

    name: str | None = None
    words: str | None = None
    gazetteer: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: Country | None = None
    candidates: tuple[int, ...] = ()
    offset: Offset | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        problem = (
            _nothing_stated(self)
            or _bad_coordinates(self)
            or _bad_radius(self)
            or _bad_identifiers(self)
            or _bad_country(self.country)
            or _bad_offset(self.offset)
        )
        if problem:
            raise ValueError(problem)


def _nothing_stated(place: Place) -> str | None:
    stated = (place.name, place.words, place.country)
    if any(text is not None and text.strip() for text in stated):
        return None
    if place.gazetteer is not None or place.candidates:
        return None
    if place.lat is not None or place.lon is not None:
        return None
    return (
        "a place needs at least one of `name`, `words`, `gazetteer`, `lat` with `lon`, "
        "`country`, `candidates`"
    )


def _bad_coordinates(place: Place) -> str | None:
    if (place.lat is None) != (place.lon is None):
        return "`lat` and `lon` are stated together or not at all"
    if place.lat is None or place.lon is None:
        return None
    # Written so that "not a number" fails too.
    if not -90.0 <= place.lat <= 90.0:
        return f"`lat` is {place.lat}; a latitude lies between -90 and 90 degrees"
    if not -180.0 <= place.lon <= 180.0:
        return f"`lon` is {place.lon}; a longitude lies between -180 and 180 degrees"
    if place.radius_km is None:
        return "coordinates need `radius_km`, within which the place surely lies"
    return None


def _bad_radius(place: Place) -> str | None:
    if place.radius_km is None or 0.0 <= place.radius_km <= 20_100.0:
        return None
    return f"`radius_km` is {place.radius_km}; a radius lies between 0 and 20100 km"


def _bad_identifiers(place: Place) -> str | None:
    named = (*place.candidates, *(() if place.gazetteer is None else (place.gazetteer,)))
    wrong = [number for number in named if number <= 0]
    if wrong:
        return f"{wrong[0]} is no GeoNames identifier; these are whole numbers above 0"
    if place.gazetteer is not None and place.candidates:
        return "`gazetteer` names the one town that is meant, `candidates` several: state one"
    if len(set(place.candidates)) != len(place.candidates):
        return "`candidates` names the same town twice"
    return None


def _bad_country(country: str | None) -> str | None:
    if country is None or (
        len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()
    ):
        return None
    return f"`country` is `{country}`; an ISO 3166-1 alpha-2 code such as RU, KZ, FR is accepted"


def _bad_offset(offset: str | None) -> str | None:
    if offset is None:
        return None
    try:
        offset_minutes(offset)
    except ValueError as error:
        return str(error)
    return None


def offset_minutes(offset: str) -> int:
    """Minutes east of UTC of an offset such as "+05:30"; ValueError for any other text."""
    sign, hours, colon, minutes = offset[:1], offset[1:3], offset[3:4], offset[4:]
    if not (
        sign in ("+", "-")
        and colon == ":"
        and len(hours) == len(minutes) == 2
        and (hours + minutes).isascii()
        and (hours + minutes).isdigit()
        and int(minutes) < 60
        and int(hours) * 60 + int(minutes) <= 14 * 60
    ):
        raise ValueError(
            f'`offset` is `{offset}`; an offset from UTC such as "+05:00" is accepted, '
            'from "-14:00" to "+14:00"'
        )
    total = int(hours) * 60 + int(minutes)
    return -total if sign == "-" else total
