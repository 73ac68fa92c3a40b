"""Tables of nodes and edges → the built form of a network, the same bytes for the same tables.

Sections (see `shipped`): nodes as pairs of latitude and longitude in 1e-5 degrees (i32); where each
node's edges start (u32, one more than there are nodes); the nodes they lead to (u32); their lengths
in metres (u32); facts as JSON. Every edge stands twice, once for each direction. Little-endian.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from math import ceil, isfinite
from struct import pack
from typing import NamedTuple
from zipfile import BadZipFile, LargeZipFile, ZipFile

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.geo.networks import DEGREE, LEAST_SHARE, MAGIC, METRES, MODES, NetworkFacts
from safeconduct.geo.shipped import joined
from safeconduct.geo.spots import great_circle_km

MODE_MEMBER = "safeconduct-format.txt"
"""The member of an archive that says whether its tables are of roads or of railways."""

MOST_UNPACKED = 512 * 1024 * 1024
MOST_NODES = 4_000_000
LONGEST_KM = 2_000.0
_NODES, _EDGES = {"id", "lat", "lon"}, {"a", "b", "km"}
_SLACK_KM = 0.05
"""Two ends whose coordinates are rounded to four decimals may seem this much too far apart."""


class NetworkMistaken(SafeconductError):
    """The tables are not a network: what was found, and what is accepted."""

    def __init__(self, found: str) -> None:
        accepted = "a ZIP archive of two CSV tables, nodes (id, lat, lon) and edges (a, b, km)"
        super().__init__(f"{found}; accepted: {accepted}")
        self.found = found


class Wrong(NamedTuple):
    """A line of a table (from 1) that was left out, and why."""

    line: int
    reason: str


class BuiltNetwork(NamedTuple):
    """The built form, how many edges it holds, and the lines that were left out."""

    data: bytes
    edges: int
    wrong: tuple[Wrong, ...]


def build_network(original: bytes) -> BuiltNetwork:
    """A ZIP archive of both tables and of their mode → the built form.

    Lines that cannot be used are left out and named. Raises NetworkMistaken.
    """
    tables, mode = _unpacked(original)
    wrong: list[Wrong] = []
    nodes = _nodes(_rows(tables, _NODES), wrong)
    if not nodes:
        raise NetworkMistaken("no node")
    if len(nodes) > MOST_NODES:
        raise NetworkMistaken(f"{len(nodes):,} nodes, more than {MOST_NODES:,}")
    order = sorted(nodes)
    index = {name: number for number, name in enumerate(order)}
    edges = dict(_edges(_rows(tables, _EDGES), nodes, index, wrong))
    if not edges:
        raise NetworkMistaken("no edge between two of the nodes")
    parts = _packed([nodes[name] for name in order], edges, mode)
    return BuiltNetwork(joined(MAGIC, parts), len(edges), tuple(wrong))


def _unpacked(original: bytes) -> tuple[dict[str, str], str]:
    """The texts of the tables by name, and the mode."""
    try:
        with ZipFile(io.BytesIO(original)) as archive:
            members = {one.filename: _member(archive, one.filename) for one in archive.infolist()}
    except (BadZipFile, LargeZipFile, OSError, EOFError, zlib.error, RuntimeError) as error:
        raise NetworkMistaken(f"no whole ZIP archive ({error})") from None
    mode = members.pop(MODE_MEMBER, b"").decode("ascii", "replace").strip()
    if mode not in MODES:
        stated = f"the mode {mode!r}" if mode else "no mode"
        raise NetworkMistaken(f"{stated}, where --format has to say one of {', '.join(MODES)}")
    try:
        return {name: data.decode("utf-8-sig") for name, data in members.items()}, mode
    except UnicodeDecodeError as error:
        raise NetworkMistaken(f"a table that is not UTF-8 ({error.reason})") from None


def _member(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as packed:
        data = packed.read(MOST_UNPACKED + 1)
    if data.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as inner:
            data = inner.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise NetworkMistaken(f"{name}: more than {MOST_UNPACKED:,} bytes when unpacked")
    return data


def _rows(tables: dict[str, str], columns: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the table that has these columns, with their lines."""
    for text in tables.values():
        rows = csv.DictReader(io.StringIO(text, newline=""))
        if columns <= set(rows.fieldnames or ()):
            try:
                yield from ((rows.line_num, row) for row in rows)
            except csv.Error as error:
                raise NetworkMistaken(f"line {rows.line_num}: {error}") from None
            return
    raise NetworkMistaken(f"no table with the columns {', '.join(sorted(columns))}")


def _nodes(
    rows: Iterator[tuple[int, dict[str, str]]], wrong: list[Wrong]
) -> dict[int, tuple[int, int]]:
    """Latitude and longitude in 1e-5 degrees by the number of a node."""
    found: dict[int, tuple[int, int]] = {}
    for line, row in rows:
        try:
            name, lat, lon = int(row["id"]), float(row["lat"]), float(row["lon"])
        except (TypeError, ValueError):
            wrong.append(Wrong(line, "id, lat or lon of a node is no number"))
            continue
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            wrong.append(Wrong(line, f"no place on earth: {lat}, {lon}"))
        elif name in found:
            wrong.append(Wrong(line, f"the node {name} again"))
        else:
            found[name] = (round(lat * DEGREE), round(lon * DEGREE))
    return found


def _edges(
    rows: Iterator[tuple[int, dict[str, str]]],
    nodes: dict[int, tuple[int, int]],
    index: dict[int, int],
    wrong: list[Wrong],
) -> Iterator[tuple[tuple[int, int], int]]:
    """(lower, higher node) with the metres between them; of several the shortest, last."""
    seen: dict[tuple[int, int], int] = {}
    for line, row in rows:
        try:
            a, b, km = int(row["a"]), int(row["b"]), float(row["km"])
        except (TypeError, ValueError):
            wrong.append(Wrong(line, "a, b or km of an edge is no number"))
            continue
        least = LEAST_SHARE * _line_km(nodes[a], nodes[b]) if a in nodes and b in nodes else None
        reason = _refused(a, b, km, least)
        if reason:
            wrong.append(Wrong(line, reason))
        elif a != b:
            pair = (min(index[a], index[b]), max(index[a], index[b]))
            metres = max(1, round(km * METRES), ceil((least or 0) * METRES))
            if metres < seen.get(pair, metres + 1):
                seen[pair] = metres
                yield pair, metres


def _refused(a: int, b: int, km: float, least: float | None) -> str:
    if least is None:
        return f"an edge of a node that is not there: {a} to {b}"
    if not isfinite(km) or not 0 <= km <= LONGEST_KM:
        return f"{km} km, where 0 to {LONGEST_KM:,.0f} is accepted"
    if km < least - _SLACK_KM:
        return f"{km} km between nodes that lie {least / LEAST_SHARE:.2f} km apart"
    return ""


def _line_km(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The great circle between two nodes."""
    (lat1, lon1), (lat2, lon2) = one, other
    return great_circle_km(lat1 / DEGREE, lon1 / DEGREE, lat2 / DEGREE, lon2 / DEGREE)


def _packed(
    nodes: list[tuple[int, int]], edges: dict[tuple[int, int], int], mode: str
) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    near: list[list[tuple[int, int]]] = [[] for _ in nodes]
    for (a, b), metres in edges.items():
        near[a].append((b, metres))
        near[b].append((a, metres))
    starts, targets, lengths = [0], [], []
    for row in near:
        for to, metres in sorted(row):
            targets.append(to)
            lengths.append(metres)
        starts.append(len(targets))
    flat = [value for node in nodes for value in node]
    return (
        pack(f"<{len(flat)}i", *flat),
        pack(f"<{len(starts)}I", *starts),
        pack(f"<{len(targets)}I", *targets),
        pack(f"<{len(lengths)}I", *lengths),
        msgspec.json.encode(NetworkFacts(mode)),
    )
