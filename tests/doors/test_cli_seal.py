"""`safeconduct seal` at its door: keys are made, shown, renewed, and things taken back."""

import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from tests.unit.dossier.sealing.house import DISCLOSURE, TERMS, small_pdf

from safeconduct.casefile.errors import OutputNotWritten, SafeconductError
from safeconduct.cli import seal_keys
from safeconduct.cli.seal_keys import KeyFolder, create, refuse_taken_back, renew, sealer_of
from safeconduct.dossier.sealing.certificates import certificate_sha256
from safeconduct.dossier.sealing.errors import KeyNotOpened
from safeconduct.dossier.sealing.keys import new_certificate_key
from safeconduct.dossier.sealing.seal import seal

COMMAND = "import sys; from safeconduct.cli.entry import main; sys.argv[0] = 'safeconduct'; main()"
FIRST, SECOND = "the first of two passphrases", "the second of two passphrases"
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
    (tmp_path / "p").write_text(f"{FIRST}\n")
    (tmp_path / "r").write_text(f"{SECOND}\n")
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


@pytest.mark.parametrize("which", ["p", "r"])
def test_a_passphrase_that_is_soon_guessed_is_refused(
    which: str, tmp_path: Path, secrets: tuple[str | Path, ...]
) -> None:
    (tmp_path / which).write_text("fifteen letters\n")
    refused = run("seal", "init", tmp_path / "k", "--name", "A", *secrets)
    assert refused.returncode == 2
    assert "fewer than 16 characters" in refused.stderr
    assert "fifteen" not in refused.stderr
    assert not (tmp_path / "k").exists()
    (tmp_path / which).write_text("sixteen letters!\n")
    assert run("seal", "init", tmp_path / "k", "--name", "A", *secrets).returncode == 0


def test_a_name_that_no_dossier_could_hold_is_refused(
    tmp_path: Path, secrets: tuple[str | Path, ...]
) -> None:
    for name in ("\udcff", " "):
        refused = run("seal", "init", tmp_path / "k", "--name", name, *secrets)
        assert refused.returncode == 2
        assert "name" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert not (tmp_path / "k").exists()


def test_keys_are_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(seal_keys, "sign_status", full)
    with pytest.raises(OutputNotWritten, match="No space left"):
        create(tmp_path / "k", "A", on=date(2024, 1, 1), passphrase=FIRST, root_passphrase=SECOND)
    assert not list(tmp_path.iterdir())


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
    file = sealed_into(tmp_path / "d.pdf", keys)
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
    file = sealed_into(tmp_path / "d.pdf", keys)
    trust = (keys / "trust.json").read_bytes()
    old = KeyFolder(keys).certificate("signing")
    assert run("seal", "renew", keys, "--on", "2024-11-10", *secrets).returncode == 0
    new = KeyFolder(keys).certificate("signing")
    assert new.serial_number != old.serial_number
    assert new.not_valid_before_utc.date() == date(2024, 11, 10)
    assert (keys / "trust.json").read_bytes() == trust
    verified = run("verify", file, "--trust", keys / "trust.json", "--on", "2024-11-11")
    assert verified.returncode == 0
    with sealer_of(KeyFolder(keys), FIRST) as sealer:
        assert sealer.certificate == new


def test_a_wrong_passphrase_changes_nothing(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    before = {file.name: file.read_bytes() for file in keys.iterdir()}
    swapped = ("--passphrase-file", secrets[3], "--root-passphrase-file", secrets[3])
    refused = run("seal", "renew", keys, *swapped)
    assert refused.returncode == 2
    assert SECOND not in refused.stderr
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
    with sealer_of(KeyFolder(keys), FIRST) as sealer:
        sealed = seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT)
    status = (keys / "status.json").read_bytes()
    file = tmp_path / "altered.pdf"
    # Its manifest would have another hash: the genuine dossier would stay in force.
    file.write_bytes(sealed.replace(b"A consulate", b"A court, no"))
    refused = run("seal", "revoke", keys, file, "--reason", "x", *secrets[2:])
    assert refused.returncode == 2
    assert "Nothing was taken back" in refused.stderr
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


def sealed_into(file: Path, keys: Path) -> Path:
    with sealer_of(KeyFolder(keys), FIRST) as sealer:
        file.write_bytes(seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT))
    return file


def revoked_serials(keys: Path) -> set[int]:
    (listed,) = KeyFolder(keys).lists()
    return {one.serial_number for one in listed}


@pytest.mark.parametrize("named_by", ["its file", "its dossier", "its part", "a copy elsewhere"])
def test_a_certificate_that_was_renewed_can_still_be_taken_back(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path, named_by: str
) -> None:
    before = sealed_into(tmp_path / "before.pdf", keys)
    old = KeyFolder(keys).certificate("signing")
    assert run("seal", "renew", keys, "--on", "2024-11-02", *secrets).returncode == 0
    after = sealed_into(tmp_path / "after.pdf", keys)
    new = KeyFolder(keys).certificate("signing")
    (kept,) = keys.glob("signing.*.cert.pem")
    assert kept.name == f"signing.{certificate_sha256(old)[:16]}.cert.pem"
    shown = run("seal", "show", keys).stdout
    assert certificate_sha256(old) in shown
    assert certificate_sha256(new) in shown
    part = tmp_path / "part.json"
    if named_by == "its part":
        assert run("dossier", "disclose", before, part, "claim/c1").returncode == 0
    if named_by == "a copy elsewhere":
        kept.rename(tmp_path / "copy.pem")
    name = {
        "its file": kept,
        "its dossier": before,
        "its part": part,
        "a copy elsewhere": tmp_path / "copy.pem",
    }[named_by]
    gone = run(
        *("seal", "revoke", keys, "--certificate-of", name, "--reason", "stolen"),
        *("--on", "2024-11-05", *secrets[2:]),
    )
    assert gone.returncode == 0, gone.stderr
    assert f"(SHA-256 {certificate_sha256(old)}), taken back on 2024-11-05" in gone.stdout
    assert certificate_sha256(new) not in gone.stdout
    asked = ("--trust", keys / "trust.json", "--status", keys / "status.json", "--on", "2024-11-06")
    assert run("verify", before, *asked).returncode == 13
    assert run("verify", after, *asked).returncode == 0
    assert revoked_serials(keys) == {old.serial_number}
    with sealer_of(KeyFolder(keys), FIRST) as sealer:
        assert sealer.certificate == new


def test_taking_back_the_present_certificate_says_which_one_and_lists_all_of_them(
    keys: Path, secrets: tuple[str | Path, ...]
) -> None:
    old = KeyFolder(keys).certificate("signing")
    assert run("seal", "renew", keys, "--on", "2024-11-02", *secrets).returncode == 0
    new = KeyFolder(keys).certificate("signing")
    why = ("--reason", "stolen", "--on", "2024-11-05", *secrets[2:])
    gone = run("seal", "revoke", keys, "--certificate", *why)
    assert f"in force from 2024-11-02 to 2026-11-03 (SHA-256 {certificate_sha256(new)})" in (
        gone.stdout
    )
    assert "--certificate-of" in gone.stdout
    assert revoked_serials(keys) == {new.serial_number}
    (kept,) = (one for one in keys.glob("signing.*.cert.pem") if old_in(one, old))
    twice = ("--certificate-of", kept, "--certificate-of", kept)
    assert run("seal", "revoke", keys, *twice, *why).returncode == 0
    assert len(KeyFolder(keys).status().revoked) == 2
    assert revoked_serials(keys) == {old.serial_number, new.serial_number}
    assert run("seal", "renew", keys, "--on", "2024-11-06", *secrets).returncode == 0
    assert run("seal", "revoke", keys, "--reason", "none", *secrets[2:]).returncode == 0
    assert revoked_serials(keys) == {old.serial_number, new.serial_number}


def old_in(file: Path, certificate: x509.Certificate) -> bool:
    return x509.load_pem_x509_certificate(file.read_bytes()) == certificate


def test_a_certificate_of_somebody_else_cannot_be_taken_back(
    keys: Path, secrets: tuple[str | Path, ...], tmp_path: Path
) -> None:
    from tests.unit.dossier.sealing.house import house

    other = house().sealer.certificate.public_bytes(serialization.Encoding.PEM)
    (tmp_path / "other.pem").write_bytes(other)
    (tmp_path / "none.pem").write_text("none")
    before = {file.name: file.read_bytes() for file in keys.iterdir()}
    for name in ("other.pem", "none.pem", "missing.pem"):
        given = ("--certificate-of", tmp_path / name, "--reason", "x", *secrets[2:])
        assert run("seal", "revoke", keys, *given).returncode == 2
    wrong = ("--certificate", "--reason", "x", "--root-passphrase-file", secrets[1])
    assert run("seal", "revoke", keys, *wrong).returncode == 2
    assert {file.name: file.read_bytes() for file in keys.iterdir()} == before


def test_a_renewal_that_stops_halfway_has_kept_the_old_certificate(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, old = KeyFolder(keys), KeyFolder(keys).certificate("signing")
    write = KeyFolder.write

    def breaking(self: KeyFolder, name: str, data: bytes) -> None:
        if name == "signing.cert.pem":
            raise OSError("the disk is full")
        write(self, name, data)

    monkeypatch.setattr(KeyFolder, "write", breaking)
    with pytest.raises(OSError, match="full"):
        renew(folder, on=date(2024, 11, 2), passphrase=FIRST, root_passphrase=SECOND)
    monkeypatch.undo()
    assert folder.certificate("signing") == old
    assert folder.earlier() == ()
    with pytest.raises(KeyNotOpened, match="seal renew"), sealer_of(folder, FIRST):
        pass
    renew(folder, on=date(2024, 11, 2), passphrase=FIRST, root_passphrase=SECOND)
    assert folder.earlier() == (old,)


def test_nothing_is_sealed_with_a_certificate_that_was_taken_back_until_it_is_renewed(
    keys: Path, secrets: tuple[str | Path, ...]
) -> None:
    folder, why = KeyFolder(keys), ("--reason", "stolen", "--on", "2024-11-02", *secrets[2:])
    refuse_taken_back(folder)
    assert run("seal", "revoke", keys, "--certificate", *why).returncode == 0
    with pytest.raises(SafeconductError, match="seal renew"), sealer_of(folder, FIRST):
        pass
    assert run("seal", "renew", keys, "--on", "2024-11-02", *secrets).returncode == 0
    with sealer_of(folder, FIRST) as sealer:
        assert sealer.certificate == folder.certificate("signing")


def test_nothing_is_sealed_with_an_organisations_key_that_was_taken_back(
    keys: Path, secrets: tuple[str | Path, ...]
) -> None:
    why = ("--reason", "stolen", "--on", "2024-11-02", *secrets[2:])
    assert run("seal", "revoke", keys, "--organisation-key", *why).returncode == 0
    assert run("seal", "renew", keys, "--on", "2024-11-02", *secrets).returncode == 0
    with (
        pytest.raises(SafeconductError, match=r"seal init.*fingerprint"),
        sealer_of(KeyFolder(keys), FIRST),
    ):
        pass
