"""By which ways a dossier leaves: those that its profile names, with signatures that hold."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.unit.dossier.profiles.test_profile import SMALL
from tests.unit.dossier.sealing.house import DISCLOSURE, TERMS, House, house, small_pdf

from safeconduct.casefile.errors import SafeconductError
from safeconduct.cli.dossier_channels import ChannelRefused, Way, allowed, print_sheet, wrap
from safeconduct.cli.errors import FileRefused
from safeconduct.dossier.profiles.profile import ProfileUnreadable
from safeconduct.dossier.sealing.disclosing import disclosed_bytes, part_of
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.verification import Answer

AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


@pytest.fixture(scope="module")
def ours() -> House:
    return house()


def dossier(folder: Path, ours: House, profile: str) -> Path:
    file = folder / f"{profile}.pdf"
    disclosure = msgspec.structs.replace(DISCLOSURE, profile=profile)
    file.write_bytes(ours.seals(small_pdf(), TERMS, disclosure))
    return file


HERE = Way()


def wraps(file: Path, output: Path, way: Way = HERE, **how: Any) -> None:
    given: dict[str, Any] = {"age": (), "use_zip": False, "smime": None, "passphrase_file": None}
    wrap(file, output, **given | how, way=way)


def test_a_channel_that_the_profile_does_not_name_is_refused_with_those_that_it_names(
    ours: House, tmp_path: Path
) -> None:
    file, out = dossier(tmp_path, ours, "consulate"), tmp_path / "out"
    with pytest.raises(ChannelRefused, match="channel age; accepted: print, smime, zip, or"):
        wraps(file, out, age=(AGE,))
    assert not out.exists()
    wraps(file, out, use_zip=True)
    wraps(file, tmp_path / "all-the-same", Way(other=True), age=(AGE,))


def test_a_sheet_is_the_channel_print(ours: House, tmp_path: Path) -> None:
    file, out = dossier(tmp_path, ours, "lawyer"), tmp_path / "sheet.pdf"
    with pytest.raises(ChannelRefused, match="channel print; accepted: smime, zip, age, or"):
        print_sheet(file, out, None, Way())
    assert not out.exists()
    print_sheet(file, out, None, Way(other=True))
    print_sheet(dossier(tmp_path, ours, "court"), tmp_path / "court-sheet.pdf", None, Way())


def test_ones_own_profile_is_named_by_its_file(ours: House, tmp_path: Path) -> None:
    file, out = dossier(tmp_path, ours, "mine"), tmp_path / "out"
    own = tmp_path / "mine.yaml"
    own.write_text(f"{SMALL}channels: [age]\n", encoding="utf-8")
    with pytest.raises(ChannelRefused, match="mine is not shipped: --profile FILE"):
        wraps(file, out, age=(AGE,))
    with pytest.raises(ChannelRefused, match="accepted: age, or"):
        wraps(file, out, Way(own), use_zip=True)
    wraps(file, out, Way(own), age=(AGE,))


def test_another_profiles_file_does_not_open_a_way(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text(SMALL, encoding="utf-8")
    with pytest.raises(FileRefused, match="the profile mine; the dossier is of consulate"):
        allowed("consulate", "age", own)
    own.write_text(SMALL.replace("id: mine", "id: consulate"), encoding="utf-8")
    with pytest.raises(SafeconductError, match="is shipped"):
        allowed("consulate", "age", own)
    own.write_text("x", encoding="utf-8")
    with pytest.raises((FileRefused, ProfileUnreadable), match=r"mine\.yaml"):
        allowed("mine", "age", own)


def test_what_is_intact_with_a_signature_that_does_not_hold_stays(
    ours: House, tmp_path: Path
) -> None:
    found = examine(ours.seals(small_pdf())).disclosed
    assert found is not None
    other = house("Another office").key.sign(b"something else")
    part = msgspec.structs.replace(part_of(found, ["claim/c1"]), signature=other)
    file = tmp_path / "part.json"
    file.write_bytes(disclosed_bytes(part))
    examined = examine(file.read_bytes())
    assert (examined.intact.answer, examined.valid.answer) == (Answer.YES, Answer.NO)
    with pytest.raises(FileRefused, match="its signatures do not hold") as caught:
        wraps(file, tmp_path / "out", use_zip=True)
    assert caught.value.exit_code == 3
    with pytest.raises(FileRefused, match="its signatures do not hold"):
        print_sheet(file, tmp_path / "out", None, Way(other=True))
    assert not (tmp_path / "out").exists()
