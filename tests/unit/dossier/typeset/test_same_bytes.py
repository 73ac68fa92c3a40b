"""The same bytes in two runs, folders, time zones and locales, through the command itself."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOUNDING = Path(__file__).resolve().parents[4] / "examples" / "alexander" / "case.yaml"

PLACES = (
    ("UTC", "C", "0"),
    ("Asia/Almaty", "C.UTF-8", "7"),
    # Not installed in most places, and so without effect: that must hold as well.
    ("America/St_Johns", "ru_RU.KOI8-R", "1234"),
    ("Pacific/Kiritimati", "tr_TR.UTF-8", "random"),
)


def made(folder: Path, zone: str, locale: str, seed: str, **more: str) -> tuple[str, str]:
    """The hashes of the dossier and of the report of the founding case, made in that folder."""
    folder.mkdir()
    shutil.copy(FOUNDING, folder / "case.yaml")
    (folder / "home").mkdir()
    environment = {
        **os.environ,
        "TZ": zone,
        "LC_ALL": locale,
        "LANG": locale,
        "PYTHONHASHSEED": seed,
        "HOME": str(folder / "home"),
        **more,
    }
    program = "import sys; from safeconduct.cli.entry import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "vet", "case.yaml", "--plain"]
    command += ["--on", "2024-11-02", "--language", "ru", "--pdf", "x.pdf", "--html", "x.html"]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")
    pdf, html = ((folder / name).read_bytes() for name in ("x.pdf", "x.html"))
    return hashlib.sha256(pdf).hexdigest(), hashlib.sha256(html).hexdigest()


def test_the_dossier_and_the_report_are_the_same_wherever_they_are_made(tmp_path: Path) -> None:
    hashes = {made(tmp_path / str(n), *place) for n, place in enumerate(PLACES)}
    assert len(hashes) == 1


def test_an_installed_locale_with_other_marks_and_orders_changes_nothing(tmp_path: Path) -> None:
    if not shutil.which("localedef"):
        pytest.skip("localedef is not installed")
    locales = tmp_path / "locales"
    locales.mkdir()
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(locales / "tr_TR.UTF-8")]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("the sources of locales are not installed")
    plain = made(tmp_path / "plain", "UTC", "C.UTF-8", "0")
    turkish = made(tmp_path / "turkish", "Asia/Almaty", "tr_TR.UTF-8", "0", LOCPATH=str(locales))
    assert plain == turkish
