"""The photograph of the person: on page one where the true identity goes, else nowhere."""

import hashlib
import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image
from tests.doors.test_cli_dossier import everything, seals
from tests.unit.dossier.conftest import CASE

from safeconduct.cli.seal_keys import create

CANARY = "KANARIENVOGEL"


def photograph(shade: int = 0) -> bytes:
    made = Image.new("RGB", (240, 300))
    made.putdata([(i * 7 % 256, shade, i % 256) for i in range(240 * 300)])
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = CANARY
    out = io.BytesIO()
    made.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case that names a photograph, keys and a passphrase."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "face.jpg").write_bytes(photograph())
    digest = hashlib.sha256(photograph()).hexdigest()
    stated = f"  photograph: {{file: face.jpg, sha256: {digest}, note: REMARK-CANARY}}\n"
    head, found, rest = CASE.partition("applicant:\n")
    assert found
    (folder / "case.yaml").write_text(head + found + stated + rest, encoding="utf-8")
    (folder / "p").write_text("first\n")
    create(
        *(folder / "keys", "Office of Trials"),
        on=date(2024, 1, 1),
        passphrase="first",
        root_passphrase="second",
    )
    return folder


def pictures(data: bytes) -> list[tuple[int, int]]:
    """The sizes of all pictures that lie anywhere in a PDF."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [
            (int(one.Width), int(one.Height))
            for one in opened.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]


def alternatives(data: bytes) -> list[str]:
    """What is said in place of drawings and pictures to whoever does not see them."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [
            str(one.Alt)
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]


def test_a_consulate_sees_the_person(desk: Path) -> None:
    done = seals(desk, "consulate.pdf", "--profile", "consulate")
    assert done.returncode == 0, done.stderr
    data = (desk / "consulate.pdf").read_bytes()
    assert pictures(data) == [(240, 300)]
    assert any(one.startswith("Photograph of ") for one in alternatives(data))
    out = everything(data)
    assert hashlib.sha256(photograph()).hexdigest() in out
    for words in (CANARY, "REMARK-CANARY", "face.jpg"):
        assert words not in out


@pytest.mark.parametrize("profile", ["host-organisation", "applicant", "applicant-account"])
def test_under_a_pseudonym_there_is_no_picture_in_any_layer(desk: Path, profile: str) -> None:
    options = ("--profile", profile, "--pseudonym", "Oak", "--warned")
    done = seals(desk, f"{profile}.pdf", *options)
    assert done.returncode == 0, done.stderr
    data = (desk / f"{profile}.pdf").read_bytes()
    assert pictures(data) == []
    out = everything(data)
    assert hashlib.sha256(photograph()).hexdigest() not in out
    assert "Photograph of" not in out


def test_another_picture_under_its_name_is_refused(desk: Path) -> None:
    (desk / "face.jpg").write_bytes(photograph(shade=9))
    try:
        done = seals(desk, "other.pdf", "--profile", "consulate")
    finally:
        (desk / "face.jpg").write_bytes(photograph())
    assert done.returncode != 0
    assert "SHA-256 differs" in done.stderr
    assert not (desk / "other.pdf").exists()


def test_a_picture_that_is_not_there_is_refused(desk: Path) -> None:
    (desk / "face.jpg").unlink()
    try:
        done = seals(desk, "none.pdf", "--profile", "consulate")
    finally:
        (desk / "face.jpg").write_bytes(photograph())
    assert done.returncode != 0
    assert "face.jpg" in done.stderr
    assert not (desk / "none.pdf").exists()
