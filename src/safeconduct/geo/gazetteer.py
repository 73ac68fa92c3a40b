"""The shipped gazetteer: a name → every known place that bears it; an identifier → its place.

Opened by mapping one file into memory and searched in place, so that opening costs next to
nothing. It returns all homonyms and never chooses. It is incomplete by construction (places of
500 people and more in some countries, 15,000 elsewhere): not found is not "does not exist".
"""

from collections.abc import Iterator
from functools import cache
from math import pi, sqrt
from mmap import mmap
from pathlib import Path

import msgspec

from safeconduct.geo import layout
from safeconduct.geo.folding import folded
from safeconduct.geo.shipped import certificate, mapped, sections, shipped_file


class GazetteerPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One place. `population` 0 is unknown; `region` is the first-level division's name.

    `offsets`: least and greatest offset from UTC, in minutes, of its time zone from 2021 to 2026.
    """

    id: int
    name: str
    country: str
    region_code: str
    region: str | None
    population: int
    lat: float
    lon: float
    offsets: tuple[int, int] | None

    @property
    def radius_km(self) -> float:
        """Within how many kilometres of its point the place is taken to lie (an assumption)."""
        return assumed_radius_km(self.population)


def assumed_radius_km(population: int) -> float:
    """2 km and the radius of a disc with 1,000 people to the square kilometre; 5 km if unknown.

    An assumption, not a measurement: low density makes the disc wide, so that a comparison of
    distances errs towards "possible".
    """
    if population <= 0:
        return 5.0
    return round(2.0 + sqrt(population / (1000.0 * pi)) + 0.05, 1)


class Gazetteer:
    """A reader over the bytes of a built gazetteer."""

    def __init__(self, data: bytes | mmap, file: str = "gazetteer") -> None:
        self._places, self._names, self._regions, self._zones, self._keys = sections(
            data, layout.MAGIC, file
        )
        self._blocks = int.from_bytes(self._keys[:4], "little")

    @classmethod
    def open(cls, file: Path) -> "Gazetteer":
        """A gazetteer file, mapped read-only; GeoDataDamaged if it is not one."""
        return cls(mapped(file), str(file))

    def __len__(self) -> int:
        return len(self._places) // layout.PLACE.size

    def lookup(self, name: str, country: str | None = None) -> tuple[GazetteerPlace, ...]:
        """Every place that bears the name, whole and folded: most populous first, then by id.

        With a country (ISO 3166-1 alpha-2), only those there under GeoNames' labelling.
        """
        found = [self._place(number) for number in self._numbers(folded(name).encode())]
        kept = [place for place in found if country is None or place.country == country]
        return tuple(sorted(kept, key=lambda place: (-place.population, place.id)))

    def by_id(self, identifier: int) -> GazetteerPlace | None:
        """The place with this GeoNames identifier, or None where it is not shipped."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._identifier(middle) < identifier:
                low = middle + 1
            else:
                high = middle
        if low < len(self) and self._identifier(low) == identifier:
            return self._place(low)
        return None

    def places(self) -> Iterator[GazetteerPlace]:
        """All places, by identifier."""
        return map(self._place, range(len(self)))

    def folded_names(self) -> Iterator[str]:
        """All folded names, in byte order."""
        for block in range(self._blocks):
            for key, _ in self._entries(block):
                yield key.decode()

    def _identifier(self, number: int) -> int:
        start = number * layout.PLACE.size
        return int.from_bytes(self._places[start : start + 4], "little")

    def _place(self, number: int) -> GazetteerPlace:
        identifier, lat, lon, population, name, region, zone = layout.PLACE.unpack_from(
            self._places, number * layout.PLACE.size
        )
        country, region_code, region_name = self._region(region)
        length, start = layout.read_varint(self._names, name)
        offsets = layout.ZONE.unpack_from(self._zones, zone * layout.ZONE.size)
        return GazetteerPlace(
            id=identifier,
            name=str(self._names[start : start + length], "utf-8"),
            country=country,
            region_code=region_code,
            region=region_name or None,
            population=population,
            lat=lat / layout.DEGREE,
            lon=lon / layout.DEGREE,
            offsets=None if offsets == layout.UNKNOWN_ZONE else offsets,
        )

    def _region(self, number: int) -> tuple[str, str, str]:
        start = int.from_bytes(self._regions[4 * number : 4 * number + 4], "little")
        length, start = layout.read_varint(self._regions, start)
        country, code, name = str(self._regions[start : start + length], "utf-8").split("\t")
        return country, code, name

    def _numbers(self, key: bytes) -> list[int]:
        """The record numbers under a folded name: the last block that begins at or before it."""
        if not key:
            return []
        low, high = 0, self._blocks
        while low < high:
            middle = (low + high) // 2
            if self._first_key(middle) <= key:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return []
        return next((numbers for found, numbers in self._entries(low - 1) if found == key), [])

    def _block_start(self, block: int) -> int:
        start = 4 + 4 * block
        return int.from_bytes(self._keys[start : start + 4], "little")

    def _first_key(self, block: int) -> bytes:
        _, at = layout.read_varint(self._keys, self._block_start(block))
        length, at = layout.read_varint(self._keys, at)
        return bytes(self._keys[at : at + length])

    def _entries(self, block: int) -> Iterator[tuple[bytes, list[int]]]:
        at = self._block_start(block)
        end = self._block_start(block + 1) if block + 1 < self._blocks else len(self._keys)
        key = b""
        while at < end:
            shared, at = layout.read_varint(self._keys, at)
            length, at = layout.read_varint(self._keys, at)
            key = key[:shared] + bytes(self._keys[at : at + length])
            count, at = layout.read_varint(self._keys, at + length)
            numbers, last = [], 0
            for _ in range(count):
                step, at = layout.read_varint(self._keys, at)
                last += step
                numbers.append(last)
            yield key, numbers


@cache
def shipped_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package; opened once."""
    return Gazetteer.open(shipped_file("gazetteer"))


def gazetteer_certificate() -> dict[str, object]:
    """Its birth certificate: id, kind, title, origin, licence, as_of, rows, sha256, sources."""
    return certificate("gazetteer")
