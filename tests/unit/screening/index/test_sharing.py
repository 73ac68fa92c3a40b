"""One index, several processes: none of them sees half of it, whoever replaces it meanwhile."""

import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct.screening.entities import Entity, ListedName
from safeconduct.screening.index import building
from safeconduct.screening.index.building import build

READER = """
import sys
from pathlib import Path
from safeconduct.screening.screening import screen
from safeconduct.screening.sought import Sought
from safeconduct.screening.watchlists import Watchlist

path = Path(sys.argv[1])
held = Watchlist.open(path, id="l", as_of="2026-01-01")
print("ready", flush=True)
sys.stdin.readline()
seen = set()
while True:
    for one in (held, Watchlist.open(path, id="l", as_of="2026-01-01")):
        found = screen(Sought(names=("Mykola Zalizniak",)), [one]).matches
        seen.add((one is held, len(one), tuple(match.entity.id for match in found)))
    if Path(sys.argv[2]).exists():
        break
print(sorted(seen))
"""


def entities(count: int, first: int = 0) -> list[Entity]:
    return [
        Entity(
            id=f"e{first + n}",
            schema="Person",
            caption="x",
            names=(ListedName(text="Микола Залізняк" if n == 0 else f"Ivan Kovalenko {n}"),),
        )
        for n in range(count)
    ]


def test_two_processes_read_on_while_a_third_replaces_the_index(tmp_path: Path) -> None:
    path, stop = tmp_path / "index", tmp_path / "stop"
    small, large = build(entities(3)), build(entities(40, first=100))
    path.write_bytes(small)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, path, stop],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout
        assert reader.stdout.readline() == "ready\n"
        assert reader.stdin
        reader.stdin.write("go\n")
        reader.stdin.flush()
    for turn in range(40):  # as the catalogue does it: written beside, then renamed
        beside = tmp_path / "beside"
        beside.write_bytes(small if turn % 2 else large)
        beside.replace(path)
    stop.touch()
    for reader in readers:
        told, _ = reader.communicate(timeout=60)
        assert reader.returncode == 0
        seen = set(eval(told))  # noqa: S307  (what our own process printed)
        assert {one for one in seen if one[0]} == {(True, 3, ("e0",))}
        assert {one[1:] for one in seen if not one[0]} <= {(3, ("e0",)), (40, ("e100",))}


@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_how_the_work_was_shared_out_does_not_show(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = build(entities(40))
    monkeypatch.setattr(building, "CHUNK", chunk)
    assert build(reversed(entities(40))) == whole
