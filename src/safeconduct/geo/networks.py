"""Road and rail networks: how long is the way along main lines between two spots, about?

A network has main lines only and no directions, timetables or borders, so its distances are
estimates: the way that was gone may be far shorter. They never show that a journey was impossible.
How the data are laid out stands in `network_building`.
"""

from heapq import heappop, heappush
from math import inf
from mmap import mmap

import msgspec
import numpy as np

from safeconduct.geo.shipped import GeoDataDamaged, sections
from safeconduct.geo.spots import EARTH_RADIUS_KM, Spot

MAGIC = b"SCNETW01"
DEGREE, METRES = 100_000, 1_000
REACH_KM = 30.0
"""How far from a place's edge the nearest main line may lie; what is further is not guessed."""

LEAST_SHARE = 0.9
"""No edge is built shorter than this share of the line between its ends, so that the line says how
far it is at least. Lengths and coordinates are rounded, hence not all of it."""

MODES = ("road", "rail")


class NetworkFacts(msgspec.Struct, frozen=True):
    """What a built network says of itself: one of MODES."""

    mode: str


class Network:
    """One network, read in place. Nodes in degrees, edges in kilometres, both ways."""

    def __init__(self, data: bytes | mmap, *, id: str, as_of: str, sha256: str) -> None:  # noqa: A002
        """`data` is what `network_building` built. Raises GeoDataDamaged."""
        self.id, self.as_of, self.sha256 = id, as_of, sha256
        nodes, starts, targets, metres, facts = sections(data, MAGIC, f"network {id}")
        try:
            self.mode = msgspec.json.decode(facts, type=NetworkFacts).mode
            degrees = np.frombuffer(nodes, "<i4").reshape(-1, 2) / DEGREE
            self._starts = np.frombuffer(starts, "<u4").tolist()
            self._targets = np.frombuffer(targets, "<u4").tolist()
            self._km = (np.frombuffer(metres, "<u4") / METRES).tolist()
        except (msgspec.DecodeError, ValueError) as error:
            raise GeoDataDamaged(f"network {id}", str(error), "a network") from error
        whole = len(self._starts) == len(degrees) + 1 and self._starts[-1] == len(self._targets)
        if not whole or len(self._targets) != len(self._km):
            raise GeoDataDamaged(f"network {id}", "sections that do not fit", "a network")
        self._phi, self._lambda = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])

    def km(self, one: Spot, other: Spot, most: float) -> float | None:
        """About how many kilometres lie between two spots along this network, both ways the same.

        inf where there is no way of at most `most` kilometres; None where no line comes near
        enough to one of the spots. The way from a place's edge to the network is a straight line.
        """
        leave, arrive = self._access(one), self._access(other)
        if not leave or not arrive:
            return None
        rest = LEAST_SHARE * np.maximum(0.0, self._away(other) - other.radius_km - REACH_KM)
        return self._shortest(leave, arrive, rest.tolist(), most)

    def _access(self, spot: Spot) -> dict[int, float]:
        """Nodes near a spot with the kilometres from its edge."""
        away = self._away(spot) - spot.radius_km
        near = np.flatnonzero(away <= REACH_KM)
        return {int(node): max(0.0, float(away[node])) for node in near}

    def _away(self, spot: Spot) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Kilometres on the great circle from a spot to every node (haversine)."""
        phi, lon = np.radians(spot.lat), np.radians(spot.lon)
        a = np.sin((self._phi - phi) / 2) ** 2
        a += np.cos(self._phi) * np.cos(phi) * np.sin((self._lambda - lon) / 2) ** 2
        found: np.ndarray[tuple[int], np.dtype[np.float64]] = (
            2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, a)))
        )
        return found

    def _shortest(
        self, leave: dict[int, float], arrive: dict[int, float], rest: list[float], most: float
    ) -> float:
        """A*: Hart, Nilsson and Raphael (1968). `rest` is never more than what is left to go."""
        best, found = dict(leave), inf
        heap = [(km + rest[node], node) for node, km in leave.items()]
        heap.sort()
        done: set[int] = set()
        while heap:
            about, node = heappop(heap)
            if about >= min(found, most + 1e-9):
                break
            if node in done:
                continue
            done.add(node)
            here = best[node]
            if node in arrive:
                found = min(found, here + arrive[node])
            for edge in range(self._starts[node], self._starts[node + 1]):
                to, km = self._targets[edge], here + self._km[edge]
                if km < best.get(to, inf):
                    best[to] = km
                    heappush(heap, (km + rest[to], to))
        return found if found <= most else inf
