"""A local time-stamp server is asked, and one that gives nothing stops the sealing."""

import asyncio
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from asn1crypto.tsp import TimeStampReq
from tests.unit.dossier.sealing.house import AT, DISCLOSURE, TERMS, house, small_pdf
from tests.unit.dossier.sealing.stamps import authority, stamps

from safeconduct.acquire.errors import LinkRefused
from safeconduct.acquire.time_stamps import time_stamp_server
from safeconduct.dossier.sealing.cms import read_signature
from safeconduct.dossier.sealing.errors import SealRefused
from safeconduct.dossier.sealing.located import locate
from safeconduct.dossier.sealing.seal import seal
from safeconduct.dossier.sealing.time_stamps import read_stamp

TSA = authority()


class Answering(BaseHTTPRequestHandler):
    """Stamps what it is asked to, at /stamp; elsewhere it answers otherwise.

    At /broken something else, at /huge too much, at /replay what another asked for, at /text its
    stamp as another kind, at /other that the stamp is elsewhere.
    """

    def do_POST(self) -> None:
        """One request of RFC 3161."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = b"no stamp today"
        if self.path in ("/stamp", "/text", "/other"):
            request = TimeStampReq.load(body)
            made = stamps(TSA, AT).async_request_tsa_response(request)
            answer = asyncio.run(made).dump()
        if self.path == "/replay":
            older = TimeStampReq.load(body)
            older["nonce"] = 7
            answer = asyncio.run(stamps(TSA, AT).async_request_tsa_response(older)).dump()
        if self.path == "/huge":
            answer = bytes(3 * 1024 * 1024)
        self.send_response(302 if self.path == "/other" else 200)
        self.send_header("Location", "/stamp")
        kind = "text/html" if self.path == "/text" else "application/timestamp-reply"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing is written to the terminal of whoever runs the tests."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server on this machine."""
    with HTTPServer(("127.0.0.1", 0), Answering) as listening:
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def test_the_stamp_of_a_server_is_in_the_seal(server: str) -> None:
    ours = house()
    sealed = seal(
        *(small_pdf(), DISCLOSURE, TERMS, ours.sealer),
        at=AT,
        time_stamps=time_stamp_server(f"{server}/stamp"),
    )
    signed = read_signature(locate(sealed).signature)
    assert signed.time_stamp is not None
    stamp = read_stamp(signed.time_stamp, signed.signature)
    assert stamp.moment == AT
    assert stamp.trusted([TSA])


@pytest.mark.parametrize("path", ["/broken", "/huge", "/replay", "/text", "/other", None])
def test_a_server_that_gives_no_stamp_stops_the_sealing(server: str, path: str | None) -> None:
    address = f"{server}{path}" if path else "http://127.0.0.1:9/"
    with pytest.raises(SealRefused):
        seal(
            *(small_pdf(), DISCLOSURE, TERMS, house().sealer),
            at=AT,
            time_stamps=time_stamp_server(address),
        )


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://x/y", "", "https://", "https://user:secret@x/y"]
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        time_stamp_server(address)
    assert "secret" not in str(refused.value)
