"""What the tests of downloads share: a local server and a network that may speak to it."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.unit.acquire.serving import EXPECTED, QUICK, Server

from safeconduct.acquire.bodies import Expected
from safeconduct.acquire.downloading import Downloaded, download
from safeconduct.acquire.wire import Limits, Network


@pytest.fixture
def server() -> Iterator[Server]:
    """A server without protection."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def local() -> Network:
    """A network that may speak to this machine."""
    return Network(loopback=True)


@pytest.fixture
def bring(server: Server, local: Network, tmp_path: Path) -> Callable[..., Downloaded]:
    """Downloads a path of the server to `list.xml` in the folder of the test."""

    def brought(
        path: str = "/list",
        *,
        expected: Expected = EXPECTED,
        limits: Limits = QUICK,
        network: Network = local,
    ) -> Downloaded:
        address = path if "://" in path else server.base + path
        target = tmp_path / "list.xml"
        return download(address, target, expected=expected, network=network, limits=limits)

    return brought


@pytest.fixture
def hurried() -> Network:
    """A network on which each look at the clock takes a second: no test waits for it."""
    ticks = itertools.count()
    return Network(loopback=True, clock=lambda: float(next(ticks)))
