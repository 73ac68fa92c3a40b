"""Two hundred more moments at which a process is killed, of each kind fifty."""

from pathlib import Path

import pytest
from tests.unit.vault.crashing import KINDS, crash

pytestmark = pytest.mark.long


@pytest.mark.parametrize("kind", KINDS)
def test_fifty_killed_processes_lose_nothing_that_was_acknowledged(
    kind: str, tmp_path: Path
) -> None:
    acknowledged = []
    for seed in range(1_000, 1_050):
        folder = tmp_path / str(seed)
        folder.mkdir()
        acknowledged.append(crash(kind, folder, seed))
    # The moments lie before, between and behind acknowledgements, or they would show little.
    assert len(set(acknowledged)) > 2
