"""Where a person can really go: ways between towns over roads, and flights; see the data's README.

Lengths are those of the road network, which over-estimates: whoever travels them is never faster
than a great circle allows. Nothing here is shared with the engine that is measured.
"""

import csv
import gzip
import heapq
import json
import os
from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("ACCOUNT_DATA", ROOT.parent / "shared/data/account"))
KEPT = ROOT / "build/bench/account/ways.json"
COUNTRIES = frozenset((
    *("RU", "UA", "KZ", "BY", "GE", "AM", "AZ", "KG", "UZ", "TJ", "RS", "MD", "PL", "LT", "LV"),
    *("EE", "FI", "TR", "MN"),
))  # fmt: skip
LEAST_PEOPLE = 60_000
FURTHEST_KM = 800.0
NEAR_KM = 8.0
TO_AIRPORT_KM = 40.0


class DataMissing(Exception):
    """The data of journeys are not there; ACCOUNT_DATA names their folder."""


class Town(NamedTuple):
    """A town: identifier of GeoNames, name, country, place, clock."""

    id: int
    name: str
    country: str
    lat: float
    lon: float
    zone: str


class Ways(NamedTuple):
    """Towns; from each, (number of the other, km by road); from each, those that planes reach."""

    towns: list[Town]
    roads: list[list[tuple[int, float]]]
    flights: list[list[int]]


def ways() -> Ways:
    """Read from the data once, and kept. Raises DataMissing."""
    if not KEPT.exists():
        made = _made()
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(json.dumps(made), "utf-8")
    towns, roads, flights = json.loads(KEPT.read_text("utf-8"))
    return Ways(
        [Town(*one) for one in towns], [[(n, km) for n, km in one] for one in roads], flights
    )


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the files. Raises DataMissing."""
    path = DATA / name
    if not path.exists():
        raise DataMissing(f"{path} is missing; ACCOUNT_DATA names the folder")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def km_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres on the great circle."""
    half = sin(radians(lat2 - lat1) / 2) ** 2
    half += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 12742.0176 * asin(sqrt(min(1.0, half)))


def _made() -> Ways:
    nodes = [(float(row["lat"]), float(row["lon"])) for row in rows("road_nodes.csv.gz")]
    near: dict[tuple[int, int], list[int]] = {}
    for number, (lat, lon) in enumerate(nodes):
        near.setdefault((int(lat * 5), int(lon * 5)), []).append(number)
    towns, at = [], []
    for row in rows("gazetteer_geonames.csv.gz"):
        if row["country"] in COUNTRIES and int(row["population"] or 0) >= LEAST_PEOPLE:
            lat, lon = float(row["lat"]), float(row["lon"])
            node = _nearest(lat, lon, nodes, near)
            if node is not None:
                place = (lat, lon, row["timezone"])
                towns.append(Town(int(row["geonameid"]), row["name"], row["country"], *place))
                at.append(node)
    edges: list[list[tuple[int, float]]] = [[] for _ in nodes]
    for row in rows("road_edges.csv.gz"):
        a, b, km = int(row["a"]), int(row["b"]), float(row["km"])
        edges[a].append((b, km))
        edges[b].append((a, km))
    town_at: dict[int, list[int]] = {}
    for town, node in enumerate(at):
        town_at.setdefault(node, []).append(town)
    roads = [_reached(town, node, edges, town_at) for town, node in enumerate(at)]
    return Ways(towns, roads, _flights(towns))


def _nearest(
    lat: float, lon: float, nodes: list[tuple[float, float]], near: dict[tuple[int, int], list[int]]
) -> int | None:
    found = [
        (km_between(lat, lon, *nodes[n]), n)
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        for n in near.get((int(lat * 5) + i, int(lon * 5) + j), ())
    ]
    km, node = min(found, default=(NEAR_KM, -1))
    return node if km < NEAR_KM else None


def _reached(
    town: int,
    start: int,
    edges: list[list[tuple[int, float]]],
    town_at: dict[int, list[int]],
) -> list[tuple[int, float]]:
    """Dijkstra's way to all towns that are not too far."""
    found: list[tuple[int, float]] = []
    best = {start: 0.0}
    queue = [(0.0, start)]
    while queue:
        km, node = heapq.heappop(queue)
        if km > best[node]:
            continue
        found += [(other, km) for other in town_at.get(node, ()) if other != town and km > 1]
        for other, length in edges[node]:
            further = km + length
            if further <= FURTHEST_KM and further < best.get(other, FURTHEST_KM + 1):
                best[other] = further
                heapq.heappush(queue, (further, other))
    return found


def _flights(towns: list[Town]) -> list[list[int]]:
    beside: dict[str, int] = {}
    for row in rows("airports_openflights.csv.gz"):
        lat, lon = float(row["lat"]), float(row["lon"])
        found = [
            (km_between(lat, lon, town.lat, town.lon), number)
            for number, town in enumerate(towns)
            if abs(town.lat - lat) < 0.5 and abs(town.lon - lon) < 1
        ]
        km, number = min(found, default=(TO_AIRPORT_KM, -1))
        if km < TO_AIRPORT_KM:
            beside[row["iata"]] = number
    flights: list[set[int]] = [set() for _ in towns]
    for row in rows("routes_openflights_2014.csv.gz"):
        one, other = beside.get(row["src"]), beside.get(row["dst"])
        if one is not None and other is not None and one != other:
            flights[one].add(other)
    return [sorted(reached) for reached in flights]
