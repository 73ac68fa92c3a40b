"""Persons who do not exist, of real name parts: as many as are asked for, the same every time.

Each takes the pattern of a real name of a list, and each part of it from another name of the same
list and as many parts, at the same place; how common a part is stays as it is on the lists. What
is taken follows from the number of the person alone.
"""

from collections.abc import Iterator
from functools import cache
from zlib import crc32

from bench.screening import lists
from bench.screening.records import Record, record
from bench.screening.scripts import script, slavic

Pool = dict[int, list[list[str]]]


@cache
def _pools() -> tuple[Pool, ...]:
    """Names by list and script, split in parts, by the number of parts."""
    names = [
        [name for one in source() for name in one.values("name") if script(name) == "latin"]
        for source in (lists.ofac, lists.un, lists.eu, lists.ukraine, lists.notices, lists.notices)
    ]
    told = [slavic(one.values("name", "alias")) for one in lists.ukraine()]
    names += [[one[language] for one in told if language in one] for language in ("ukr", "rus")]
    return tuple(_split(held) for held in names)


def _split(names: list[str]) -> Pool:
    pool: Pool = {}
    for name in names:
        parts = name.split()
        if 2 <= len(parts) <= 5:
            pool.setdefault(len(parts), []).append(parts)
    return pool


def _draw(number: int, what: str, among: int) -> int:
    return crc32(f"{what} {number}".encode()) % among


def person(number: int) -> Record:
    """The person of this number: a name, a date of birth, and an alias for one in three."""
    pools = _pools()
    pool = pools[_draw(number, "pool", len(pools))]
    names = [_name(pool, number, "name")]
    if _draw(number, "alias", 3) == 0:
        names.append(_name(pool, number, "other name"))
    year, month = 1940 + _draw(number, "year", 66), 1 + _draw(number, "month", 12)
    born = f"{year}-{month:02}-{1 + _draw(number, 'day', 28):02}"
    return record(f"made-{number}", name=names[0], alias=names[1:], birthDate=born)


def _name(pool: Pool, number: int, what: str) -> str:
    counts = [count for count, held in pool.items() for _ in held]
    count = counts[_draw(number, what, len(counts))]
    held = pool[count]
    return " ".join(
        held[_draw(number, f"{what} {place}", len(held))][place] for place in range(count)
    )


def persons(first: int, end: int) -> Iterator[Record]:
    """The persons of these numbers."""
    return map(person, range(first, end))
