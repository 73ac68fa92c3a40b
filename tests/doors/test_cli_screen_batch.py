"""`safeconduct screen --batch`: one line a row, and the same bytes however often it was ended."""

import json
import os
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from safeconduct.cli.commands import safeconduct

COMMAND = str(Path(sys.executable).parent / "safeconduct")
LISTED = "id,schema,name,aliases,birth_date,countries,identifiers,dataset,last_seen\n"
ROWS = "id,names,born,sex,citizenships,birth_place,documents\n"
GIVEN = ("Ivan", "Mykola", "Nikolai", "Arman", "Giorgi", "Yusuf", "Тарас", "Emre")
FAMILY = ("Kuzubov", "Залізняк", "Hovhannisyan", "Beridze", "Al-Tamimi", "Yıldız", "Somebody")


def name(number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN) % len(FAMILY)]}"


def born(number: int) -> str:
    return "" if number % 3 else f"19{60 + number % 40}-05-12"


def rows(count: int) -> str:
    return ROWS + "".join(f"r{n},{name(n)},{born(n)},,,,\n" for n in range(count))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(safeconduct, [str(one) for one in arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalogue with one list, made up."""
    return listed(tmp_path / "references", "Made up")


def listed(root: Path, dataset: str) -> Path:
    file = root.parent / "made-up.csv"
    entries = (f"x{n},Person,{name(n)},,{born(3 * n)},,,{dataset},2026-11-01\n" for n in range(40))
    file.write_text(LISTED + "".join(entries), encoding="utf-8")
    stated = ("--origin", "us", "--licence", "CC0", "--references", root)
    assert run("reference", "add", "watchlist", file, *stated).exit_code == 0
    return root


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A file of sixty rows."""
    file = tmp_path / "people.csv"
    file.write_text(rows(60), encoding="utf-8")
    return file


def screen(batch: Path, output: Path, root: Path, *more: object) -> Result:
    return run("screen", "--batch", batch, "--output", output, "--references", root, *more)


def lines(output: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.read_bytes().splitlines()]


def test_one_line_a_row_in_order_that_fits_its_schema(
    batch: Path, root: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    done = screen(batch, output, root)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    schema = json.loads(
        (files("safeconduct.screening") / "schemas" / "screening-row-1.json").read_text()
    )
    found = lines(output)
    assert [(one["row"], one["id"]) for one in found] == [(n + 1, f"r{n}") for n in range(60)]
    for one in found:
        jsonschema.validate(one, schema)
    assert {one["band"] for one in found} == {"nothing_found", "review", "strong"}
    assert str(tmp_path) not in output.read_text(encoding="utf-8")
    assert output.stat().st_mode & 0o077 == 0


def test_json_lines_give_the_same_lines_as_csv(batch: Path, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "people.jsonl"
    made = [{"id": f"r{n}", "names": [name(n)], "born": born(n)} for n in range(60)]
    other.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")
    screen(batch, tmp_path / "a.jsonl", root)
    assert screen(other, tmp_path / "b.jsonl", root).exit_code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_bad_rows_are_rejected_in_their_place_named_and_end_with_5(
    root: Path, tmp_path: Path
) -> None:
    batch, output = tmp_path / "people.csv", tmp_path / "out.jsonl"
    batch.write_text(
        ROWS + "a,Ivan Kuzubov,,,,,\nb,Ivan,yesterday,,,,\na,Arman,,,,,\nc,김철수,,,,,\nd,\n",
        encoding="utf-8",
    )
    done = screen(batch, output, root)
    assert done.exit_code == 5
    found = lines(output)
    assert [one["status"] for one in found][:3] == ["screened", "rejected", "rejected"]
    assert found[4]["status"] == "rejected"
    assert found[1]["band"] is None
    assert "accepted: 1964" in str(found[1]["error"])
    assert "`a` again" in str(found[2]["error"])
    told = done.stderr.splitlines()
    assert told[0].startswith(f"{batch}:3: born: ")
    assert "5 rows, 3 of them rejected" in told[-1]
    again = screen(batch, output, root)
    assert again.exit_code == 5


def test_columns_that_are_not_read_are_named(root: Path, tmp_path: Path) -> None:
    batch = tmp_path / "people.csv"
    batch.write_text("id,names,birthday\na,Ivan Kuzubov,1984\n")
    done = screen(batch, tmp_path / "out.jsonl", root)
    assert done.exit_code == 0
    assert "not read: birthday" in done.stderr


def test_an_output_cut_anywhere_is_completed_to_the_same_bytes(
    batch: Path, root: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    screen(batch, output, root)
    whole = output.read_bytes()
    for part in range(12):
        output.write_bytes(whole[: len(whole) * part // 11])
        assert screen(batch, output, root).exit_code == 0
        assert output.read_bytes() == whole


@pytest.mark.parametrize("torn", [b'{"schema":"safecon', b"\x00" * 300, b"{}\n", b"\n"])
def test_what_is_no_whole_line_of_the_batch_is_dropped(
    batch: Path, root: Path, tmp_path: Path, torn: bytes
) -> None:
    output = tmp_path / "out.jsonl"
    screen(batch, output, root)
    whole = output.read_bytes()
    some = b"".join(whole.splitlines(keepends=True)[:7])
    output.write_bytes(some + torn)
    assert screen(batch, output, root).exit_code == 0
    assert output.read_bytes() == whole


def test_a_changed_input_is_refused_and_the_output_stays(
    batch: Path, root: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    screen(batch, output, root)
    some = b"".join(output.read_bytes().splitlines(keepends=True)[:7])
    output.write_bytes(some)
    batch.write_text(rows(60).replace("r59,", "r60,"), encoding="utf-8")
    done = screen(batch, output, root)
    assert done.exit_code == 2
    assert "another input" in done.stderr
    assert output.read_bytes() == some


def test_a_changed_list_is_refused_and_the_output_stays(
    batch: Path, root: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    screen(batch, output, root)
    whole = output.read_bytes()
    listed(root, "Made up anew")
    done = screen(batch, output, root)
    assert done.exit_code == 2
    assert "other lists (made-up of 2026-11-01)" in done.stderr
    assert output.read_bytes() == whole


def test_a_file_that_is_no_output_of_a_batch_is_left_alone(
    batch: Path, root: Path, tmp_path: Path
) -> None:
    for output in (batch, tmp_path / "letter.txt"):
        before = b"Dear" if output != batch else batch.read_bytes()
        output.write_bytes(before)
        assert screen(batch, output, root).exit_code == 2
        assert output.read_bytes() == before


def test_an_empty_file_made_ready_is_filled(batch: Path, root: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.touch()
    assert screen(batch, output, root).exit_code == 0
    assert len(lines(output)) == 60


def test_what_it_was_made_from_stands_beside_the_output(
    batch: Path, root: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    screen(batch, output, root)
    made_from = json.loads((tmp_path / "out.jsonl.made-from.json").read_text())
    folder = files("safeconduct.screening") / "schemas"
    jsonschema.validate(made_from, json.loads((folder / "screening-batch-1.json").read_text()))


@pytest.mark.parametrize(
    ("file", "said"), [("missing.csv", "missing.csv"), ("list.xlsx", ".csv or .jsonl")]
)
def test_an_input_that_cannot_be_read_is_refused(
    root: Path, tmp_path: Path, file: str, said: str
) -> None:
    if file == "list.xlsx":
        (tmp_path / file).touch()
    done = screen(tmp_path / file, tmp_path / "out.jsonl", root)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_an_output_that_cannot_be_written_ends_with_4(batch: Path, root: Path) -> None:
    assert screen(batch, Path("/nowhere/out.jsonl"), root).exit_code == 4


def started(batch: Path, output: Path, root: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [COMMAND, "screen", "--batch", batch, "--output", output, "--references", root,
         "--jobs", "2"],
        stderr=subprocess.PIPE,
    )  # fmt: skip


def children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children")
    return [int(one) for one in found.read_text().split()] if found.exists() else []


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def killed_at(batch: Path, output: Path, root: Path, size: int) -> None:
    """Kills the batch, by force, when its output has grown to so many bytes."""
    process = started(batch, output, root)
    while process.poll() is None:
        if output.exists() and output.stat().st_size >= size:
            below = children(process.pid)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            _ended(below)
            break
        time.sleep(0.002)
    process.communicate()


def _ended(processes: list[int]) -> None:
    """No process outlives the one that started it."""
    deadline = time.monotonic() + 20
    while any(alive(one) for one in processes):
        assert time.monotonic() < deadline, "a process outlived its parent"
        time.sleep(0.02)


def killed_and_resumed(tmp_path: Path, root: Path, count: int, points: int) -> None:
    """Compares an output that was made in `points` + 1 runs with one that was made in one."""
    batch, output = tmp_path / "many.csv", tmp_path / "resumed.jsonl"
    batch.write_text(rows(count), encoding="utf-8")
    whole = tmp_path / "whole.jsonl"
    done = started(batch, whole, root)
    said = done.communicate()[1]
    assert done.returncode == 0, said
    expected = whole.read_bytes()
    for point in range(points):
        killed_at(batch, output, root, len(expected) * (point + 1) // (points + 2))
    last = started(batch, output, root)
    said = last.communicate()[1]
    assert last.returncode == 0, said
    assert output.read_bytes() == expected


def test_a_batch_killed_five_times_gives_the_same_bytes(tmp_path: Path, root: Path) -> None:
    killed_and_resumed(tmp_path, root, 1_200, 5)


@pytest.mark.long
def test_a_batch_killed_fifty_times_gives_the_same_bytes(tmp_path: Path, root: Path) -> None:
    killed_and_resumed(tmp_path, root, 12_000, 50)
