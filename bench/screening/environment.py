"""The peer's own environment, made when it is missing: nomenklatura as its authors publish it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.screening.records import ROOT

VERSION = "4.17.4"
FOLDER = ROOT / "build/peers" / f"nomenklatura-{VERSION}"
SYSTEM = {"g++": "g++", "pkg-config": "pkg-config", "icu-config": "libicu-dev"}


class PeerMissing(Exception):
    """The peer cannot be set up here; the message says what is needed."""


def python() -> Path:
    """The Python of the peer's environment, which is set up on the first call."""
    found = FOLDER / "bin/python"
    if not (FOLDER / "ready").exists():
        _system()
        uv = str(Path(sys.executable).parent / "uv")
        _run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(FOLDER)])
        wanted = [f"nomenklatura=={VERSION}", "followthemoney"]
        _run([uv, "pip", "install", "--quiet", "--python", str(found), *wanted])
        (FOLDER / "ready").touch()
    return found


def _system() -> None:
    """PyICU is compiled from source: a compiler and ICU's headers must be there."""
    missing = [tool for tool in ("g++", "pkg-config") if shutil.which(tool) is None]
    headers = (
        subprocess.run(["pkg-config", "--exists", "icu-i18n"], check=False).returncode
        if (shutil.which("pkg-config"))
        else 1
    )
    if headers:
        missing.append("libicu-dev")
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", *missing])
        return
    raise PeerMissing(f"Needed to build the peer: {' '.join(missing)} (Debian's names)")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise PeerMissing(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
