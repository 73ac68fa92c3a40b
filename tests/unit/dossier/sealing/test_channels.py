"""Ways out: only whoever has the key opens them, and nothing around the file names anybody."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import pyzipper
import segno
from cryptography.hazmat.primitives import serialization
from tests.unit.dossier.sealing.house import SEALED, House
from tests.unit.dossier.sealing.stamps import KEY, authority

from safeconduct.dossier.sealing.channels import enveloped, zipped
from safeconduct.dossier.sealing.errors import KeyNotOpened
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.sheet import qr_svg, sheet
from safeconduct.dossier.sealing.verifying import verify
from safeconduct.dossier.typeset.rendering import typeset
from safeconduct.wording.language import LANGUAGES, language


def test_a_zip_opens_with_its_passphrase_alone(sealed: bytes) -> None:
    packed = zipped(sealed, "dossier.pdf", "kodafi")
    assert b"Office of Trials" not in packed
    with pyzipper.AESZipFile(io.BytesIO(packed)) as archive:
        (inside,) = archive.infolist()
        assert inside.filename == "dossier.pdf"
        assert inside.wz_aes_strength == 3
        assert inside.date_time[0] == 1980
        with pytest.raises(RuntimeError):
            archive.read(inside, pwd=b"another")
        assert archive.read(inside, pwd=b"kodafi") == sealed
    with pytest.raises(KeyNotOpened):
        zipped(sealed, "dossier.pdf", "")


def test_a_message_opens_with_the_recipients_key_as_openssl_sees_it(
    sealed: bytes, tmp_path: Path
) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    recipient = authority()
    message = enveloped(sealed, "dossier.pdf", "application/pdf", recipient)
    assert b"Office of Trials" not in message
    assert b"Subject" not in message
    (tmp_path / "m").write_bytes(message)
    (tmp_path / "key").write_bytes(
        KEY.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    told = subprocess.run(
        ["openssl", "cms", "-decrypt", "-in", tmp_path / "m", "-inkey", tmp_path / "key"],
        capture_output=True,
        check=True,
    )
    from email import message_from_bytes

    opened = message_from_bytes(told.stdout)
    (part,) = [one for one in opened.walk() if one.get_filename() == "dossier.pdf"]
    assert part.get_payload(decode=True) == sealed


def test_a_certificate_with_another_key_is_refused(ours: House) -> None:
    with pytest.raises(KeyNotOpened, match="RSA"):
        enveloped(b"x", "dossier.pdf", "application/pdf", ours.root)


def test_the_code_is_that_of_the_text_cell_by_cell() -> None:
    svg = qr_svg("safeconduct:manifest:sha256:" + "ab" * 32, "code")
    cells = {tuple(map(int, one)) for one in re.findall(r"M(\d+) (\d+)h4v4h-4z", svg)}
    matrix = segno.make("safeconduct:manifest:sha256:" + "ab" * 32, error="q", micro=False).matrix
    expected = {
        (4 * (column + 4), 4 * (row + 4))
        for row, line in enumerate(matrix)
        for column, cell in enumerate(line)
        if cell
    }
    assert cells == expected
    assert len(cells) > 500


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_sheet_is_one_page_with_the_hash_that_verifying_shows(
    sealed: bytes, ours: House, code: str
) -> None:
    found = examine(sealed)
    assert found.disclosed is not None
    page = sheet(found.disclosed.manifest, language(code))
    digest = verify(sealed, ours.trust, on=SEALED).manifest_sha256
    assert digest is not None
    assert digest in str(page).replace(" ", "")
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(typeset(page, b"{}\n")))
    assert len(reader.pages) == 1
    assert digest in re.sub(r"\s", "", reader.pages[0].extract_text())
