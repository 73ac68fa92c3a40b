"""How long a command takes from nothing, as a multiple of a bare start of the same Python."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 25


def _fastest(command: list[str]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times)


def run() -> list[tuple[str, str, str]]:
    """(what, figure, bound): each the fastest of 25 runs."""
    # Byte code is a part of an installed package; without it every start would compile anew.
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "src")], check=True)
    command = str(Path(sys.executable).parent / "safeconduct")
    bare = _fastest([sys.executable, "-c", "pass"])
    case = str(ROOT / "examples/alexander/case.yaml")
    rows = [("a bare start of Python", f"{bare * 1000:.1f} ms (not calibrated)", "")]
    for what, arguments, bound in (
        ("--version", ["--version"], 2),
        ("--help", ["--help"], None),
        ("vet, the founding case, cold", ["vet", case, "--plain", "--on", "2024-11-02"], 25),
        (
            "the same with --json and --html",
            [
                "vet",
                case,
                "--plain",
                "--on",
                "2024-11-02",
                "--json",
                os.devnull,
                "--html",
                os.devnull,
            ],
            None,
        ),
    ):
        ratio = _fastest([command, *arguments]) / bare
        rows.append((what, f"{ratio:.1f} × a bare start", f"{bound} ×" if bound else ""))
    return rows
