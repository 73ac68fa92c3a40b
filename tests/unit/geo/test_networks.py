"""Networks: the shortest way as brute force finds it, and tables with mistakes."""

import gzip
import io
from math import inf
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.geo.network_building import NetworkMistaken, build_network
from safeconduct.geo.networks import REACH_KM, Network
from safeconduct.geo.shipped import GeoDataDamaged
from safeconduct.geo.spots import Spot, great_circle_km

Nodes = list[tuple[float, float]]
Edges = list[tuple[int, int, float]]


def archive(nodes: str, edges: str, mode: str = "road", *, pack: bool = False) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as held:
        for name, text in (("n.csv", nodes), ("e.csv", edges)):
            data = text.encode()
            held.writestr(name, gzip.compress(data) if pack else data)
        if mode:
            held.writestr("safeconduct-format.txt", mode)
    return made.getvalue()


def tables(nodes: Nodes, edges: Edges) -> tuple[str, str]:
    return (
        "id,lat,lon\n" + "".join(f"{i},{lat},{lon}\n" for i, (lat, lon) in enumerate(nodes)),
        "a,b,km\n" + "".join(f"{a},{b},{km}\n" for a, b, km in edges),
    )


def network(nodes: Nodes, edges: Edges) -> Network:
    built = build_network(archive(*tables(nodes, edges)))
    return Network(built.data, id="n", as_of="2024-01-01", sha256="")


def spot(lat: float, lon: float, radius_km: float = 1.0) -> Spot:
    return Spot(label="", lat=lat, lon=lon, radius_km=radius_km)


@st.composite
def networks(draw: st.DrawFn) -> tuple[Nodes, Edges]:
    places = st.tuples(
        st.integers(-50, 50).map(lambda x: 45 + x / 20), st.integers(-50, 50).map(lambda x: x / 20)
    )
    nodes = draw(st.lists(places, min_size=2, max_size=9, unique=True))
    ends = st.integers(0, len(nodes) - 1)
    pairs = draw(st.lists(st.tuples(ends, ends, st.floats(1.0, 3.0)), min_size=1, max_size=20))
    edges = [
        (a, b, round(great_circle_km(*nodes[a], *nodes[b]) * more, 3))
        for a, b, more in pairs
        if a != b
    ]
    return nodes, edges or [(0, 1, great_circle_km(*nodes[0], *nodes[1]))]


def brute(nodes: Nodes, edges: Edges, one: Spot, other: Spot) -> float | None:
    """Floyd and Warshall over all nodes, with the straight ways to and from the spots."""
    count = len(nodes)
    km = [[0.0 if i == j else inf for j in range(count)] for i in range(count)]
    for a, b, length in edges:
        km[a][b] = km[b][a] = min(km[a][b], length)
    for k in range(count):
        for i in range(count):
            for j in range(count):
                km[i][j] = min(km[i][j], km[i][k] + km[k][j])

    def access(at: Spot) -> dict[int, float]:
        away = {
            i: great_circle_km(at.lat, at.lon, *node) - at.radius_km for i, node in enumerate(nodes)
        }
        return {i: max(0.0, far) for i, far in away.items() if far <= REACH_KM}

    leave, arrive = access(one), access(other)
    if not leave or not arrive:
        return None
    return min(leave[i] + km[i][j] + arrive[j] for i in leave for j in arrive)


@settings(deadline=None)
@given(networks(), st.data())
def test_the_way_is_the_shortest_that_there_is(
    made: tuple[Nodes, Edges], data: st.DataObject
) -> None:
    nodes, edges = made
    one, other = (spot(*data.draw(st.sampled_from(nodes))) for _ in range(2))
    expected = brute(nodes, edges, one, other)
    found = network(nodes, edges).km(one, other, 100_000)
    back = network(nodes, edges).km(other, one, 100_000)
    if expected is None or found is None or back is None:
        assert expected is found is back
    else:
        # Lengths are kept in metres.
        assert found == pytest.approx(expected, abs=0.05)
        assert back == pytest.approx(found, abs=1e-6)


LINE: tuple[Nodes, Edges] = (
    [(50.0, 30.0), (50.0, 31.0), (50.0, 32.0)],
    [(0, 1, 80.0), (1, 2, 90.0)],
)


def test_no_way_within_the_length_is_no_way() -> None:
    line = network(*LINE)
    here, there = spot(50.0, 30.0), spot(50.0, 32.0)
    assert line.km(here, there, 170.0) == pytest.approx(170.0)
    assert line.km(here, there, 169.9) == inf


def test_a_place_far_from_every_line_has_no_way_and_no_guess() -> None:
    line = network(*LINE)
    assert line.km(spot(50.0, 30.0), spot(52.0, 32.0), 10_000) is None
    near = spot(50.0, 30.0 + 0.9 * REACH_KM / 71.6)
    assert line.km(near, spot(50.0, 32.0), 10_000) is not None


def test_two_parts_that_are_not_joined_have_no_way_between_them() -> None:
    apart = network(LINE[0], [(0, 1, 80.0)])
    assert apart.km(spot(50.0, 30.0), spot(50.0, 32.0), 10_000) == inf


def test_gzip_or_not_and_any_order_of_rows_give_the_same_bytes() -> None:
    nodes, edges = tables(*LINE)
    header, *rows = edges.splitlines(keepends=True)
    turned = header + "".join(reversed(rows))
    built = {
        build_network(archive(nodes, text, pack=pack)).data
        for text in (edges, turned)
        for pack in (False, True)
    }
    assert len(built) == 1


@pytest.mark.parametrize(
    ("nodes", "edges", "reason"),
    [
        ("id,lat,lon\n0,50,30\n1,91,30\n2,50,31\n", "a,b,km\n0,2,80\n", "no place on earth"),
        ("id,lat,lon\n0,50,30\nx,50,30\n2,50,31\n", "a,b,km\n0,2,80\n", "no number"),
        ("id,lat,lon\n0,50,30\n0,51,30\n2,50,31\n", "a,b,km\n0,2,80\n", "the node 0 again"),
        ("id,lat,lon\n0,50,30\n2,50,31\n", "a,b,km\n0,2,80\n0,7,3\n", "not there: 0 to 7"),
        ("id,lat,lon\n0,50,30\n2,50,31\n", "a,b,km\n0,2,80\n0,2,nan\n", "nan km"),
        ("id,lat,lon\n0,50,30\n2,50,31\n", "a,b,km\n0,2,80\n0,2,-1\n", "-1.0 km"),
        ("id,lat,lon\n0,50,30\n2,50,31\n", "a,b,km\n0,2,80\n2,0,10\n", "71."),
        ("id,lat,lon\n0,50,30\n2,50,31\n", "a,b,km\n0,2,80\n0,2\n", "no number"),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_named(
    nodes: str, edges: str, reason: str
) -> None:
    built = build_network(archive(nodes, edges))
    assert built.edges == 1
    (wrong,) = built.wrong
    assert reason in wrong.reason
    assert wrong.line == 3 or "again" not in reason


@pytest.mark.parametrize(
    ("original", "found"),
    [
        (b"id,lat,lon\n0,50,30\n", "no whole ZIP archive"),
        (archive(*tables(*LINE), mode=""), "no mode"),
        (archive(*tables(*LINE), mode="sea"), "the mode 'sea'"),
        (archive("id,lat,lon\n", "a,b,km\n"), "no node"),
        (archive("id,lat,lon\n0,1,1\n", "a,b,km\n"), "no edge"),
        (archive("id,x,lon\n0,1,1\n", "a,b,km\n"), "no table with the columns id, lat, lon"),
        (archive(*tables(*LINE))[:-30], "no whole ZIP archive"),
    ],
)
def test_what_is_no_network_is_refused(original: bytes, found: str) -> None:
    with pytest.raises(NetworkMistaken, match=found):
        build_network(original)


def test_a_damaged_network_is_refused() -> None:
    data = build_network(archive(*tables(*LINE))).data
    for broken in (b"", data[:40], data[:-1], b"X" + data[1:]):
        with pytest.raises(GeoDataDamaged):
            Network(broken, id="n", as_of="2024-01-01", sha256="")
