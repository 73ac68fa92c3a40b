"""`dossier seal --level` and `dossier prolong` at their door, with a time-stamp server."""

import asyncio
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from asn1crypto.tsp import TimeStampReq
from cryptography.hazmat.primitives.serialization import Encoding
from tests.doors.test_cli_dossier import run
from tests.doors.test_cli_dossier import seals as sealed_by
from tests.unit.dossier.conftest import CASE
from tests.unit.dossier.sealing.stamps import below_a_root

from safeconduct.cli.seal_keys import create

TSA = below_a_root()
MOMENT = datetime(2024, 11, 2, 9, tzinfo=UTC)


class Answering(BaseHTTPRequestHandler):
    """Stamps whatever it is asked to; at /broken it answers something else."""

    def do_POST(self) -> None:
        """One request of RFC 3161."""
        request = TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        made = asyncio.run(TSA.stamps(MOMENT).async_request_tsa_response(request)).dump()
        answer = b"no stamp today" if self.path == "/broken" else made
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing is written to the terminal of whoever runs the tests."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a time-stamp server on this machine."""
    with HTTPServer(("127.0.0.1", 0), Answering) as listening:
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case, keys whose recipients trust the authority, and its files."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / "p").write_text("first\n")
    (folder / "r").write_text("second\n")
    (folder / "tsa-root.pem").write_bytes(TSA.root.public_bytes(Encoding.PEM))
    listing = TSA.listing(on=MOMENT, until=MOMENT + timedelta(days=30))
    (folder / "tsa.crl").write_bytes(listing.public_bytes(Encoding.DER))
    create(
        folder / "keys",
        "Office of Trials",
        on=date(2024, 10, 1),
        passphrase="first",
        root_passphrase="second",
        time_stamps=(folder / "tsa-root.pem",),
    )
    return folder


def seals(desk: Path, output: str, *more: str | Path) -> subprocess.CompletedProcess[str]:
    return sealed_by(desk, output, "--profile", "lawyer", *more)


def level(desk: Path, output: str, day: str = "2024-11-03") -> str:
    trust = desk / "keys" / "trust.json"
    told = run("verify", desk / output, "--trust", trust, "--on", day)
    assert told.returncode == 0, told.stdout + told.stderr
    return next(
        line.rpartition(" ")[2].rstrip(".") for line in told.stdout.splitlines() if "PAdES" in line
    )


def listed(desk: Path) -> tuple[str | Path, ...]:
    return ("--revocation", desk / "tsa.crl", "--revocation", desk / "tsa-root.pem")


def test_each_level_is_made_and_verified(desk: Path, server: str) -> None:
    stamping = ("--time-stamp-server", f"{server}/stamp")
    for name, options in {
        "B-B": (),
        "B-T": stamping,
        "B-LT": (*stamping, *listed(desk)),
        "B-LTA": (*stamping, *listed(desk)),
    }.items():
        done = seals(desk, f"{name}.pdf", "--level", name, *options)
        assert done.returncode == 0, done.stderr
        assert level(desk, f"{name}.pdf") == name


def test_a_sealed_file_is_prolonged_later(desk: Path, server: str) -> None:
    stamping = ("--time-stamp-server", f"{server}/stamp")
    done = seals(desk, "short.pdf", *stamping)
    assert done.returncode == 0, done.stderr
    assert level(desk, "short.pdf") == "B-T"
    done = run(
        *("dossier", "prolong", desk / "short.pdf", desk / "long.pdf", "--keys", desk / "keys"),
        *(*stamping, *listed(desk)),
    )
    assert done.returncode == 0, done.stderr
    assert level(desk, "long.pdf") == "B-LTA"
    assert (desk / "long.pdf").read_bytes().startswith((desk / "short.pdf").read_bytes())


def test_no_lower_level_is_made_in_silence(desk: Path, server: str) -> None:
    stamping = ("--time-stamp-server", f"{server}/stamp")
    broken = ("--time-stamp-server", f"{server}/broken")
    refused = {
        "no-server": seals(desk, "x.pdf", "--level", "B-LTA"),
        "needless": seals(desk, "x.pdf", "--level", "B-B", *stamping),
        "no-list": seals(
            *(desk, "x.pdf", "--level", "B-LT", *stamping),
            *("--revocation", desk / "tsa-root.pem"),
        ),
        "broken": seals(desk, "x.pdf", "--level", "B-LTA", *broken, *listed(desk)),
        "no list": seals(
            *(desk, "x.pdf", "--level", "B-LT", *stamping, "--revocation", desk / "case.yaml"),
        ),
    }
    for name, done in refused.items():
        assert done.returncode != 0, name
        assert not (desk / "x.pdf").exists()
    assert "need --time-stamp-server" in refused["no-server"].stderr
    assert "lists.example" in refused["no-list"].stderr
    assert "time-stamp server" in refused["broken"].stderr
    assert "PEM or DER" in refused["no list"].stderr


def test_revoking_the_certificate_puts_it_on_the_roots_list(desk: Path, server: str) -> None:
    stamping = ("--time-stamp-server", f"{server}/stamp")
    assert seals(desk, "before.pdf", *stamping).returncode == 0
    done = run(
        *("seal", "revoke", desk / "keys", "--certificate", "--reason", "stolen"),
        *("--on", "2024-11-01", "--root-passphrase-file", desk / "r"),
    )
    assert done.returncode == 0, done.stderr
    done = run(
        *("dossier", "prolong", desk / "before.pdf", desk / "y.pdf", "--keys", desk / "keys"),
        *(*stamping, *listed(desk)),
    )
    assert done.returncode != 0
    assert "revoked before it was used" in done.stderr
    done = seals(desk, "y.pdf", "--level", "B-LT", *stamping, *listed(desk))
    assert done.returncode != 0
    assert "taken back on 2024-11-01" in done.stderr
    assert not (desk / "y.pdf").exists()
