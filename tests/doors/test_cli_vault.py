"""`safeconduct vault` at its door: a vault is checked, backed up, damaged, restored and checked."""

import hashlib
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.vault.small_vault import ANNA, Small, small_vault

from safeconduct.vault.age import seal
from safeconduct.vault.chains.checkpoints import checkpoint_text
from safeconduct.vault.formats.canonical import to_text
from safeconduct.vault.keys.stored import case_key_text

COMMAND = "import sys; from safeconduct.cli.entry import main; sys.argv[0] = 'safeconduct'; main()"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", COMMAND, "vault", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small vault that is whole."""
    return small_vault(tmp_path / "vault")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A folder for the keys of periods."""
    return tmp_path / "keys"


def object_of(small: Small) -> Path:
    name = small.items[0].file.object
    return small.root / "objects" / name[:2] / name


def test_a_whole_vault_is_read_and_what_is_unknown_is_said(small: Small, tmp_path: Path) -> None:
    (tmp_path / "card").write_bytes(ANNA.card.encoded())
    options: list[str | Path] = ["--card", tmp_path / "card"]
    for number, one in enumerate(small.checkpoints):
        (tmp_path / f"checkpoint-{number}").write_bytes(checkpoint_text(one) + b"\n")
        options += ["--checkpoint", tmp_path / f"checkpoint-{number}"]
    done = run("check", small.root, *options)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "Read: 2 objects (1,114 bytes), 8 rows, 6 chains." in done.stdout
    assert "Nothing is missing or damaged in what could be checked." in done.stdout
    assert "cut" not in done.stdout
    assert "whether an object is missing: the keys of all items of evidence" in done.stdout
    alone = run("check", small.root)
    assert alone.returncode == 0
    assert "whether audit was cut or written anew: a later signed checkpoint" in alone.stdout
    unsigned = run("check", small.root, *options[2:])
    assert unsigned.returncode == 3
    assert "checkpoint-refused" in unsigned.stdout


def test_damage_is_named_and_has_its_exit_code(small: Small) -> None:
    file = object_of(small)
    file.write_bytes(file.read_bytes()[:-1])
    done = run("check", small.root)
    assert done.returncode == 3
    assert f"damaged: {file.name}: " in done.stdout
    assert "SOMETHING IS MISSING OR DAMAGED" in done.stdout


def test_a_vault_is_backed_up_and_restored(small: Small, keys: Path, tmp_path: Path) -> None:
    made = run("backup", small.root, tmp_path / "backup", "--keys", keys, "--period", "2026-11")
    assert made.returncode == 0, made.stderr
    assert "2026-11: a new key; keep a copy away" in made.stderr
    assert stat.S_IMODE((keys / "2026-11").stat().st_mode) == 0o600
    assert "8 rows and 2 objects (1,114 bytes), read again and whole" in made.stdout
    again = run("backup", small.root, tmp_path / "backup", "--keys", keys, "--period", "2026-11")
    assert (again.returncode, again.stderr) == (0, "")
    back = run("restore", tmp_path / "again", tmp_path / "backup", "--keys", keys)
    assert back.returncode == 0, back.stderr
    assert "8 rows and 2 objects (1,114 bytes), read again as it was backed up" in back.stdout
    assert "NOT CHECKED" in back.stdout
    assert run("check", tmp_path / "again").returncode == 0
    taken = run("restore", tmp_path / "again", tmp_path / "backup", "--keys", keys)
    assert taken.returncode == 2
    assert "again: not empty" in taken.stderr


def test_a_damaged_object_is_left_out_and_told(small: Small, keys: Path, tmp_path: Path) -> None:
    file = object_of(small)
    file.write_bytes(b"")
    made = run("backup", small.root, tmp_path / "backup", "--keys", keys)
    assert made.returncode == 5
    assert f"left out: {file.name}" in made.stdout
    back = run("restore", tmp_path / "again", tmp_path / "backup", "--keys", keys)
    assert back.returncode == 5
    assert f"left out of the backup: {file.name}" in back.stdout


def test_a_damaged_backup_is_refused(small: Small, keys: Path, tmp_path: Path) -> None:
    run("backup", small.root, tmp_path / "backup", "--keys", keys)
    data = (tmp_path / "backup").read_bytes()
    (tmp_path / "backup").write_bytes(data[:-1])
    back = run("restore", tmp_path / "again", tmp_path / "backup", "--keys", keys)
    assert back.returncode == 3
    assert not (tmp_path / "again").exists()


def test_what_is_no_vault_or_no_backup_is_left_as_it_is(
    small: Small, keys: Path, tmp_path: Path
) -> None:
    for folder, says in ((tmp_path / "none", "no such folder"), (tmp_path, "no vault")):
        done = run("check", folder)
        assert done.returncode == 2
        assert says in done.stderr
    assert not (tmp_path / "rows.sqlite").exists()
    (tmp_path / "letter").write_text("dear")
    refused = run("backup", small.root, tmp_path / "letter", "--keys", keys)
    assert refused.returncode == 2
    assert (tmp_path / "letter").read_text() == "dear"
    inside = run("backup", small.root, small.root / "backup", "--keys", keys)
    assert inside.returncode == 2
    assert "it lies in the vault" in inside.stderr
    beside = run("backup", small.root, tmp_path / "backup", "--keys", small.root / "keys")
    assert beside.returncode == 2
    assert not (small.root / "keys").exists()
    bad = run("backup", small.root, tmp_path / "backup", "--keys", keys, "--period", "Nov 2026")
    assert bad.returncode == 2
    nowhere = run("backup", small.root, tmp_path / "missing" / "backup", "--keys", keys)
    assert nowhere.returncode == 4


def test_without_the_key_of_its_period_a_backup_is_not_restored(
    small: Small, keys: Path, tmp_path: Path
) -> None:
    run("backup", small.root, tmp_path / "backup", "--keys", keys, "--period", "2026-11")
    (keys / "2026-11").rename(keys / "2026-12")
    back = run("restore", tmp_path / "again", tmp_path / "backup", "--keys", keys)
    assert back.returncode == 2
    assert "no key of the period 2026-11" in back.stderr
    none = run("restore", tmp_path / "again", tmp_path / "backup", "--keys", tmp_path / "none")
    assert none.returncode == 2
    assert not (tmp_path / "none").exists()
    gone = run("restore", tmp_path / "again", tmp_path / "missing", "--keys", keys)
    assert gone.returncode == 2
    assert "No such file" in gone.stderr


def test_what_a_crash_left_beside_is_told(small: Small, keys: Path, tmp_path: Path) -> None:
    (tmp_path / ".backup.0123456789abcdef.unfinished").write_bytes(b"half")
    made = run("backup", small.root, tmp_path / "backup", "--keys", keys)
    assert made.returncode == 0
    assert ".backup.0123456789abcdef.unfinished: left by an interrupted run" in made.stderr


def test_with_the_keys_of_cases_missing_and_orphaned_objects_are_named(
    small: Small, tmp_path: Path
) -> None:
    (tmp_path / "p").write_text("a long passphrase\n")
    options: list[str | Path] = ["--passphrase-file", tmp_path / "p"]
    for number, key in enumerate(small.keys):
        sealed = seal(case_key_text(key) + b"\n", passphrase="a long passphrase")
        (tmp_path / f"key-{number}.age").write_bytes(sealed)
        options += ["--case-key", tmp_path / f"key-{number}.age"]
    whole = run("check", small.root, *options)
    assert whole.returncode == 0, whole.stderr
    assert "whether an object is missing" not in whole.stdout
    lost, orphan = object_of(small), b"nobody refers to me"
    lost.unlink()
    name = hashlib.sha256(orphan).hexdigest()
    (small.root / "objects" / name[:2]).mkdir(exist_ok=True)
    (small.root / "objects" / name[:2] / name).write_bytes(orphan)
    found = run("check", small.root, *options)
    assert found.returncode == 3
    assert f"missing: {lost.name}: " in found.stdout
    assert f"orphaned: {name}: " in found.stdout
    for some in ([], options[:4]):
        part = run("check", small.root, *some)
        assert "whether an object is missing: the keys of all items of evidence" in part.stdout
        assert "orphaned:" not in part.stdout


def test_a_file_that_holds_no_case_key_is_refused_without_its_words(
    small: Small, tmp_path: Path
) -> None:
    secret = case_key_text(small.keys[0])
    (tmp_path / "p").write_text("a long passphrase\n")
    wrong = [
        seal(text, passphrase="a long passphrase")
        for text in (secret[:-1], secret.replace(b'"account"', b'"other"'), b"")
    ]
    wrong += [secret, b"", seal(secret, passphrase="another passphrase")]
    for number, data in enumerate(wrong):
        file = tmp_path / f"key-{number}"
        file.write_bytes(data)
        how = ("--passphrase-file", tmp_path / "p")
        done = run("check", small.root, "--case-key", file, *how)
        assert done.returncode in (2, 3)
        assert done.stdout == ""
        assert f"key-{number}" in done.stderr
        assert "Traceback" not in done.stderr
        assert to_text(small.keys[0].secret) not in done.stderr
