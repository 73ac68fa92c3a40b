"""True journeys: who was where from when to when, minute by minute, by what means.

A person stays in a town, goes on by road on foot, by bus, car or train, or flies, waits at borders
and sleeps on the way. All times are minutes of UTC since 1970.
"""

import random
from typing import NamedTuple

from bench.account.ways import Town, Ways, km_between

DAY = 1440
EARLIEST, LATEST = 27_000_000, 28_400_000
"""Between May 2021 and December 2023."""


class Stay(NamedTuple):
    """A person in a town, from when to when."""

    town: Town
    start: int
    end: int


class Leg(NamedTuple):
    """A way from one town to the next."""

    origin: Town
    destination: Town
    start: int
    end: int
    means: str


class Journey(NamedTuple):
    """Stays and the legs between them, in turn."""

    stays: list[Stay]
    legs: list[Leg]


_ROADS = (("bus", 65), ("car", 85), ("train", 75), ("truck", 55), ("convoy", 30))


def journey(ways: Ways, seed: int) -> Journey:
    """A true journey of 3 to 30 stays; the same for the same seed."""
    draw = random.Random(seed)
    here = draw.randrange(len(ways.towns))
    while not ways.roads[here]:
        here = draw.randrange(len(ways.towns))
    now = draw.randrange(EARLIEST, EARLIEST + 400 * DAY)
    made = Journey([], [])
    for _ in range(draw.choice((3, 4, 5, 6, 8, 10, 14, 20, 30))):
        length = int(60 * 2 ** draw.uniform(0, 11))  # an hour to three months
        made.stays.append(Stay(ways.towns[here], now, now + length))
        now += length
        going = _leg(ways, here, now, draw)
        if going is None or now > LATEST:
            break
        here, leg = going
        made.legs.append(leg)
        now = leg.end
    del made.legs[len(made.stays) - 1 :]
    return made


def _leg(ways: Ways, here: int, now: int, draw: random.Random) -> tuple[int, Leg] | None:
    if ways.flights[here] and draw.random() < 0.25:
        there = draw.choice(ways.flights[here])
        one, other = ways.towns[here], ways.towns[there]
        km = km_between(one.lat, one.lon, other.lat, other.lon)
        minutes = int(km / draw.uniform(650, 900) * 60) + draw.randrange(20, 60)
        return there, Leg(one, other, now, now + minutes, "aeroplane")
    if not ways.roads[here]:
        return None
    there, km = draw.choice(ways.roads[here])
    one, other = ways.towns[here], ways.towns[there]
    means, kmh = draw.choice(_ROADS)
    if km < 40 and draw.random() < 0.3:
        means, kmh = "foot", 5
    minutes = int(km / (kmh * draw.uniform(0.6, 1.15)) * 60) + 1
    minutes += minutes // (11 * 60) * 8 * 60  # a night for each day of eleven hours
    if one.country != other.country:
        minutes += int(draw.expovariate(1 / 180))  # the queue at the border
    return there, Leg(one, other, now, now + minutes, means)
