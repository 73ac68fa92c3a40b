from typing import Any

import msgspec
import pytest

from safeconduct.casefile.places import Place, offset_minutes


@pytest.mark.parametrize(
    "stated",
    [
        {"name": "Армянск"},
        {"words": "a village by the sea"},
        {"country": "KZ"},
        {"gazetteer": 713203},
        {"candidates": (1, 2)},
        {"lat": -90.0, "lon": 180.0, "radius_km": 0.0},
        {"name": "x", "offset": "+05:45"},
    ],
)
def test_each_way_of_stating_a_place_is_accepted(stated: dict[str, Any]) -> None:
    place = Place(**stated)
    assert {key: getattr(place, key) for key in stated} == stated


@pytest.mark.parametrize(
    ("stated", "accepted"),
    [
        ({}, "at least one"),
        ({"note": "x", "offset": "+05:00"}, "at least one"),
        ({"name": " "}, "at least one"),
        ({"lat": 1.0, "radius_km": 1.0}, "together"),
        ({"name": "x", "lon": 1.0}, "together"),
        ({"lat": 90.1, "lon": 0.0, "radius_km": 1.0}, "latitude"),
        ({"lat": float("nan"), "lon": 0.0, "radius_km": 1.0}, "latitude"),
        ({"lat": 0.0, "lon": -180.5, "radius_km": 1.0}, "longitude"),
        ({"lat": 0.0, "lon": 0.0}, "radius_km"),
        ({"lat": 0.0, "lon": 0.0, "radius_km": -1.0}, "radius"),
        ({"name": "x", "radius_km": float("inf")}, "radius"),
        ({"country": "kz"}, "alpha-2"),
        ({"country": "KAZ"}, "alpha-2"),
        ({"gazetteer": 0}, "GeoNames"),
        ({"gazetteer": 1, "candidates": (2, 3)}, "several"),
        ({"candidates": (2, 2)}, "twice"),
        ({"name": "x", "offset": "5"}, r"\+05:00"),
        ({"name": "x", "offset": "+15:00"}, r"\+05:00"),
        ({"name": "x", "offset": "+05:60"}, r"\+05:00"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_in_clear_words(
    stated: dict[str, Any], accepted: str
) -> None:
    with pytest.raises(ValueError, match=accepted):
        Place(**stated)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="town"):
        msgspec.json.decode(b'{"name": "x", "town": "y"}', type=Place)


def test_offsets_are_read_as_minutes_east_of_utc() -> None:
    assert [offset_minutes(text) for text in ("+05:00", "-03:30", "+00:00")] == [300, -210, 0]
