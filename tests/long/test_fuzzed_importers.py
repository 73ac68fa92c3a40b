"""Each importer of watchlists under atheris for a while, from the small lists of the unit tests."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "tests/unit/screening/importers/fixtures"
TARGETS = (
    "ofac-csv", "ofac-xml", "un-xml", "eu-csv", "eu-journal-csv", "opensanctions-csv", "ftm-json",
    "tabular", "detecting", "suggesting", "mapping",
)  # fmt: skip
pytestmark = pytest.mark.skipif(
    find_spec("atheris") is None, reason="atheris is not installed here"
)


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_a_refusal_comes_out_of_any_bytes(target: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable, "-m", "bench.fuzz.importers", target,
            "-runs=20000", "-max_total_time=60", "-timeout=20", "-rss_limit_mb=2048",
            f"-artifact_prefix={tmp_path}/", str(tmp_path), str(SEEDS),
        ],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
