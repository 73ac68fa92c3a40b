"""`safeconduct seal` at its door: keys are made, shown, renewed, and things taken back."""

import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from tests.unit.dossier.sealing.house import DISCLOSURE, TERMS, small_pdf

from safeconduct.cli.seal_keys import KeyFolder, sealer_of
from safeconduct.dossier.sealing.keys import new_certificate_key
from safeconduct.dossier.sealing.seal import seal

COMMAND = "import sys; from safeconduct.cli.entry import main; sys.argv[0] = 'safeconduct'; main()"
AT = datetime(2024, 11, 2, 9, 0, tzinfo=UTC)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", COMMAND, *map(str, arguments)]
    clean = {k: v for k, v in os.environ.items() if k != "SAFECONDUCT_PASSPHRASE_FILE"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=clean, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def secrets(tmp_path: Path) -> tuple[str | Path, ...]:
    """Two passphrases, as options."""
    (tmp_path / "p").write_text("first\n")
    (tmp_path / "r").write_text("second\n")
    return ("--passphrase-file", tmp_path / "p", "--root-passphrase-file", tmp_path / "r")


@pytest.fixture
def keys(tmp_path: Path, secrets: tuple[str | Path, ...]) -> Path:
    """A folder of keys."""
    folder = tmp_path / "keys"
    made = run("seal", "init", folder, "--name", "Бюро", "--on", "2024-01-01", *secrets)
    assert made.returncode == 0, made.stderr
    return folder


def test_the_keys_are_for_their_owner_alone_and_the_fingerprint_is_that_of_the_trust_file(
    keys: Path,
) -> None:
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    for file in keys.glob("*.key.pem"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"ENCRYPTED" in file.read_bytes()
    shown = run("seal", "show", keys).stdout
    told = run("seal", "show", keys / "trust.json").stdout
    assert "Бюро" in shown
    assert told.splitlines()[1].strip() in shown
    assert "taken back: []" in shown


def test_nothing_that_is_there_is_overwritten(keys: Path, secrets: tuple[str | Path, ...]) -> None:
    before = {file.name: file.read_bytes() for file in keys.iterdir()}
    again = run("seal", "init", keys, "--name", "Another", *secrets)
    assert again.returncode == 2
    assert {file.name: file.read_bytes() for file in keys.iterdir()} == before


def test_passphrases_that_are_not_given_are_made_and_shown_once(tmp_path: Path) -> None:
    made = run("seal", "init", tmp_path / "k", "--name", "A", "--on", "2024-01-01")
    lines = made.stdout.splitlines()
    first, second = lines[1].strip(), lines[3].strip()
    assert first != second
    with sealer_of(KeyFolder(tmp_path / "k"), first) as sealer:
        assert sealer.name == "A"


def test_what_it_seals_verifies_until_it_is_taken_back(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    file = tmp_path / "d.pdf"
    with sealer_of(KeyFolder(keys), "first") as sealer:
        file.write_bytes(seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT))
    asked = ("verify", file, "--trust", keys / "trust.json", "--status", keys / "status.json")
    signed = run("seal", "revoke", keys, "--reason", "none", "--on", "2024-11-03", *secrets[2:])
    assert signed.returncode == 0, signed.stderr
    assert run(*asked, "--on", "2024-11-04").returncode == 0
    gone = run(
        *("seal", "revoke", keys, file, "--reason", "sent to another"),
        *("--on", "2024-11-05", *secrets[2:]),
    )
    assert "Status list 3" in gone.stdout
    found = run(*asked, "--on", "2024-11-06")
    assert found.returncode == 13
    assert "sent to another" in found.stdout


def test_a_renewed_certificate_leaves_what_was_sealed_valid(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    file = tmp_path / "d.pdf"
    with sealer_of(KeyFolder(keys), "first") as sealer:
        file.write_bytes(seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT))
    trust = (keys / "trust.json").read_bytes()
    old = KeyFolder(keys).certificate("signing")
    assert run("seal", "renew", keys, "--on", "2024-11-10", *secrets).returncode == 0
    new = KeyFolder(keys).certificate("signing")
    assert new.serial_number != old.serial_number
    assert new.not_valid_before_utc.date() == date(2024, 11, 10)
    assert (keys / "trust.json").read_bytes() == trust
    verified = run("verify", file, "--trust", keys / "trust.json", "--on", "2024-11-11")
    assert verified.returncode == 0
    with sealer_of(KeyFolder(keys), "first") as sealer:
        assert sealer.certificate == new


def test_a_wrong_passphrase_changes_nothing(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    before = {file.name: file.read_bytes() for file in keys.iterdir()}
    swapped = ("--passphrase-file", secrets[3], "--root-passphrase-file", secrets[3])
    refused = run("seal", "renew", keys, *swapped)
    assert refused.returncode == 2
    assert "second" not in refused.stderr
    assert run("seal", "renew", keys).returncode == 2
    assert {file.name: file.read_bytes() for file in keys.iterdir()} == before


def test_a_dossier_that_somebody_else_sealed_cannot_be_taken_back(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    from tests.unit.dossier.sealing.house import house

    file = tmp_path / "theirs.pdf"
    file.write_bytes(house().seals(small_pdf()))
    refused = run("seal", "revoke", keys, file, "--reason", "x", *secrets[2:])
    assert refused.returncode == 2
    assert "somebody else" in refused.stderr


def test_a_certificate_is_made_for_a_key_that_was_made_elsewhere(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    key = new_certificate_key().public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    (tmp_path / "key.pem").write_bytes(key.public_bytes(serialization.Encoding.PEM, form))
    secret = (keys / "signing.key.pem").read_bytes()
    given = ("--public-key", tmp_path / "key.pem", "--on", "2024-11-10")
    assert run("seal", "renew", keys, *given, *secrets).returncode == 0
    assert KeyFolder(keys).certificate("signing").public_key() == key
    assert (keys / "signing.key.pem").read_bytes() == secret
    (tmp_path / "key.pem").write_text("none")
    assert run("seal", "renew", keys, *given, *secrets).returncode == 2


def test_a_dossier_that_was_altered_cannot_be_taken_back(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    with sealer_of(KeyFolder(keys), "first") as sealer:
        sealed = seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT)
    status = (keys / "status.json").read_bytes()
    file = tmp_path / "altered.pdf"
    # Its manifest would have another hash: the genuine dossier would stay in force.
    file.write_bytes(sealed.replace(b"A consulate", b"A court, no"))
    refused = run("seal", "revoke", keys, file, "--reason", "x", *secrets[2:])
    assert refused.returncode == 2
    assert "nothing was taken back" in refused.stderr
    assert (keys / "status.json").read_bytes() == status


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_pipe_in_place_of_a_dossier_is_refused_at_once(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused = run("seal", "revoke", keys, pipe, "--reason", "x", *secrets[2:])
    assert refused.returncode == 2
    assert "not a regular file" in refused.stderr
