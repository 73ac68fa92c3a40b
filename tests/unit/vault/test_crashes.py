"""Killed at any moment, nothing acknowledged is lost and nothing half-written is visible."""

from pathlib import Path

import pytest
from tests.unit.vault.crashing import crash

SEEDS = [
    (kind, seed)
    for kind, seeds in (("save", 7), ("upload", 6), ("backup", 5), ("restore", 2), ("rotation", 5))
    for seed in range(seeds)
]


@pytest.mark.parametrize(("kind", "seed"), SEEDS)
def test_a_killed_process_loses_nothing_that_was_acknowledged(
    kind: str, seed: int, tmp_path: Path
) -> None:
    crash(kind, tmp_path, seed)
