"""Ways out, opened by programs that know nothing of this project: 7-Zip and age."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from safeconduct.dossier.sealing.channels import zipped
from safeconduct.vault.age import seal


def program(*names: str) -> str:
    """The first of them that is installed; the test is skipped without one."""
    found = next((path for one in names if (path := shutil.which(one))), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed")
    return found


def test_7zip_opens_the_zip_with_its_passphrase_alone(sealed: bytes, tmp_path: Path) -> None:
    seven = program("7z", "7zz", "7za")
    packed = tmp_path / "dossier.zip"
    packed.write_bytes(zipped(sealed, "dossier.pdf", "kodafi muleta"))
    told = subprocess.run(
        [seven, "l", "-slt", packed], capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"^Path = (.*)$", told, re.MULTILINE)[1:] == ["dossier.pdf"]
    assert re.search(r"^Method = .*AES-256", told, re.MULTILINE)
    wrong = subprocess.run(
        [seven, "x", "-y", "-pother", f"-o{tmp_path / 'wrong'}", packed],
        capture_output=True,
        check=False,
    )
    assert wrong.returncode != 0
    subprocess.run(
        [seven, "x", "-y", "-pkodafi muleta", f"-o{tmp_path / 'out'}", packed],
        capture_output=True,
        check=True,
    )
    assert (tmp_path / "out" / "dossier.pdf").read_bytes() == sealed


def test_age_opens_the_file_with_the_recipients_key_alone(sealed: bytes, tmp_path: Path) -> None:
    age, keygen = program("age"), program("age-keygen")
    for name in ("key", "other"):
        subprocess.run([keygen, "-o", tmp_path / name], capture_output=True, check=True)
    recipient = subprocess.run(
        [keygen, "-y", tmp_path / "key"], capture_output=True, text=True, check=True
    ).stdout.strip()
    packed = tmp_path / "dossier.age"
    packed.write_bytes(seal(sealed, recipients=(recipient,)))
    opened = [
        subprocess.run([age, "-d", "-i", tmp_path / name, packed], capture_output=True, check=False)
        for name in ("key", "other")
    ]
    assert (opened[0].returncode, opened[0].stdout) == (0, sealed)
    assert opened[1].returncode != 0
    assert not opened[1].stdout
