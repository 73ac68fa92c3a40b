"""Who the server is, is proven by a certificate: of a known authority, and of its own name."""

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.unit.acquire.serving import LIST, Server, answer, moved

from safeconduct.acquire.downloading import Downloaded
from safeconduct.acquire.errors import CutOff, LinkRefused, NotReached
from safeconduct.acquire.wire import Network

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="no openssl here to make certificates with"
)
Bring = Callable[..., Downloaded]
ANY_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")


class Authority:
    """A certificate authority of its own, and servers with its certificates."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.certificate = folder / "authority.pem"
        self._run(
            *("req", "-x509", *ANY_KEY, "-subj", "/CN=Made up"),
            *("-keyout", "authority.key", "-out", "authority.pem"),
        )

    def trust(self) -> ssl.SSLContext:
        """What trusts this authority, and checks all else as usual."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def server(self, name: str) -> ssl.SSLContext:
        """A server that bears a name such as `DNS:lists.example` or `IP:127.0.0.1`."""
        self._run(*("req", "-new", *ANY_KEY, "-subj", "/CN=x", "-keyout", "k", "-out", "r"))
        (self._folder / "names").write_text(f"subjectAltName={name}\n")
        signing = ("-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial")
        self._run(
            *("x509", "-req", "-in", "r", *signing, "-days", "2"),
            *("-extfile", "names", "-out", "c"),
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / "c", self._folder / "k")
        return context

    def _run(self, *arguments: str) -> None:
        command = ["openssl", *arguments]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True)


@pytest.fixture
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Made anew for each test."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def serve(authority: Authority) -> Iterator[Callable[[str], Server]]:
    """Starts a server of that name, with a list."""
    started: list[Server] = []

    def named(name: str) -> Server:
        started.append(Server(authority.server(name)))
        started[-1].replies["/list"] = answer()
        return started[-1]

    yield named
    for server in started:
        server.stop()


def here(authority: Authority) -> Network:
    """A network that trusts the authority, and knows `lists.example` as this machine."""
    return Network(loopback=True, trust=authority.trust(), resolve=lambda *_: ("127.0.0.1",))


def test_a_server_that_proves_its_name_is_believed(
    authority: Authority, serve: Callable[[str], Server], bring: Bring
) -> None:
    server = serve("DNS:lists.example")
    address = f"https://lists.example:{server.port}/list"
    assert bring(address, network=here(authority)).path.read_bytes() == LIST


def test_an_unknown_authority_is_refused(
    serve: Callable[[str], Server], bring: Bring, local: Network, tmp_path: Path
) -> None:
    server = serve("IP:127.0.0.1")
    with pytest.raises(NotReached, match="certificate is not to be trusted"):
        bring(f"{server.base}/list", network=local)
    assert server.heads == []
    assert list(tmp_path.iterdir()) == []


def test_another_name_is_refused(
    authority: Authority, serve: Callable[[str], Server], bring: Bring
) -> None:
    server = serve("DNS:other.example")
    with pytest.raises(NotReached, match="certificate is not to be trusted"):
        bring(f"https://lists.example:{server.port}/list", network=here(authority))
    assert server.heads == []


def test_a_redirect_from_protected_to_unprotected_is_refused(
    authority: Authority, serve: Callable[[str], Server], server: Server, bring: Bring
) -> None:
    protected = serve("DNS:lists.example")
    server.replies["/list"] = answer()
    protected.replies["/list"] = moved(f"{server.base}/list")
    with pytest.raises(LinkRefused, match="unprotected HTTP"):
        bring(f"https://lists.example:{protected.port}/list", network=here(authority))
    assert server.heads == []


def test_a_server_that_speaks_no_tls_is_not_reached(
    authority: Authority, server: Server, bring: Bring
) -> None:
    server.greeting = b"220 mail.example ready\r\n"
    with pytest.raises(NotReached, match="no protected connection"):
        bring(f"https://lists.example:{server.port}/list", network=here(authority))


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_protected_connection_cut_at_any_tenth_is_noticed(
    authority: Authority, serve: Callable[[str], Server], bring: Bring, tmp_path: Path, tenth: int
) -> None:
    server = serve("DNS:lists.example")
    whole = answer()
    server.replies["/list"] = whole[: len(whole) * tenth // 10]
    with pytest.raises(CutOff):
        bring(f"https://lists.example:{server.port}/list", network=here(authority))
    assert list(tmp_path.iterdir()) == []
