"""On a bare Debian with Python, git and make only, the README's commands set everything up.

The system is made by debootstrap in a folder of its own; what this machine needs to reach a
package index (certificates, pip's settings) is carried in, nothing else.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.calibrate import best, calibrated, loop

pytestmark = pytest.mark.long

PACKAGES = "python3-venv,git,make,ca-certificates"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
CARRIED = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/uv/uv.toml", CERTIFICATES)
PASSED = ("PIP_", "UV_", "SSL_", "REQUESTS_", "CURL_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Path]:
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        pytest.skip("needs root and Debian's debootstrap to make a bare system")
    system = tmp_path_factory.mktemp("bare") / "system"
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", "stable", str(system)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for name in CARRIED:
        source = Path(name)
        if source.exists():
            target = system / name.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copyfile(source, target)
    subprocess.run(["git", "clone", "-q", str(root), str(system / "srv/safeconduct")], check=True)
    for name in ("proc", "dev"):
        subprocess.run(["mount", "--rbind", f"/{name}", str(system / name)], check=True)
    try:
        yield system
    finally:
        for name in ("dev", "proc"):
            subprocess.run(["umount", "-l", str(system / name)], check=False)


def _in(system: Path, command: str) -> subprocess.CompletedProcess[str]:
    passed = {name: value for name, value in os.environ.items() if name.upper().startswith(PASSED)}
    environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/root", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["chroot", str(system), "sh", "-c", f"cd /srv/safeconduct && {command}"],
        env=environment | passed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_demo_sets_up_in_a_minute_and_vets_the_founding_case(bare: Path) -> None:
    unit = best(loop)
    start = time.monotonic()
    done = _in(bare, "make demo")
    seconds = calibrated(time.monotonic() - start, unit)
    assert done.returncode == 0, done.stderr
    assert "alexander" in done.stdout
    for name in ("vetting.json", "report.html"):
        assert (bare / "srv/safeconduct/build/demo" / name).stat().st_size > 1000
    print(f"make demo from nothing: {seconds:.0f} s (calibrated)")  # noqa: T201
    assert seconds < 60


def test_make_test_sets_up_and_passes(bare: Path) -> None:
    done = _in(bare, "make test")
    assert done.returncode == 0, (done.stdout[-3000:], done.stderr[-3000:])
    assert " passed" in done.stdout
