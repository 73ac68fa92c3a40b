"""One's own profile at the door: that of the document works, and a wrong one is told where."""

import re
from pathlib import Path

import pytest
from tests.doors.test_cli_dossier import run
from tests.unit.dossier.conftest import CASE

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "profiles.md"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    (found,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "our-shelter.yaml").write_text(found, encoding="utf-8")
    return tmp_path / "our-shelter.yaml"


def previews(own: Path) -> tuple[int, str]:
    done = run(
        *("dossier", "preview", own.parent / "case.yaml", "--plain", "--on", "2024-11-02"),
        *("--profile", own, "--pseudonym", "Elm", "--language", "en"),
    )
    return done.returncode, done.stdout + done.stderr


def test_the_profile_of_the_document_previews_a_case(own: Path) -> None:
    code, said = previews(own)
    assert code == 0, said
    assert "Elm" in said
    assert "Not needed for a bed." in said
    assert "40 10 123456" not in said


def test_a_mistake_in_it_is_told_with_file_and_place_as_the_document_shows_it(own: Path) -> None:
    own.write_text(own.read_text("utf-8").replace("part: claims", "part: clams"), "utf-8")
    code, said = previews(own)
    assert code == 2
    shown = re.search(r"our-shelter\.yaml: (.*) …", PAGE.read_text("utf-8"))
    assert shown is not None
    assert f"our-shelter.yaml: {shown[1]}" in said


def test_a_folder_in_its_place_is_refused(own: Path) -> None:
    folder = own.parent / "folder.yaml"
    folder.mkdir()
    code, said = previews(folder)
    assert code == 2
    assert "folder.yaml: " in said
