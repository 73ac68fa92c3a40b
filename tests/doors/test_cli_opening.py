"""What is written from a case: sealed as the case is, never over it, never to a bare output."""

from pathlib import Path

import pytest

from safeconduct.cli.errors import FileHasMistakes, FileRefused
from safeconduct.cli.opening import NotToStandardOutput, OpenedCase, open_case, write_beside
from safeconduct.vault.age import open_sealed, seal

CASE = b"schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [A]}\n"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenedCase:
    """A case that is sealed for one key."""
    from pyrage.x25519 import Identity

    monkeypatch.chdir(tmp_path)
    identity = Identity.generate()
    Path("me.key").write_text(str(identity))
    Path("x.yaml.age").write_bytes(seal(CASE, recipients=[str(identity.to_public())]))
    return open_case(Path("x.yaml.age"), identity=Path("me.key"))


def test_what_is_written_from_a_sealed_case_is_sealed_for_the_same_key(
    opened: OpenedCase, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write_beside(opened, "vetting.json", b"{}") == Path("vetting.json.age")
    data = Path("vetting.json.age").read_bytes()
    assert open_sealed(data, identities=[Path("me.key").read_text()]) == b"{}"
    assert not Path("vetting.json").exists()
    assert capsys.readouterr().err == "vetting.json.age: sealed, as the case is\n"


def test_a_name_that_ends_in_age_stays(opened: OpenedCase) -> None:
    assert write_beside(opened, Path("r.html.age"), b"x") == Path("r.html.age")


def test_a_sealed_case_goes_to_standard_output_only_where_plain_is_meant(
    opened: OpenedCase, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    with pytest.raises(NotToStandardOutput, match="--plain"):
        write_beside(opened, "-", b"{}")
    assert capsysbinary.readouterr().out == b""
    write_beside(opened._replace(plain=True), "-", b"{}")
    assert capsysbinary.readouterr().out == b"{}"


def test_a_plain_case_is_written_from_in_plain_text(
    opened: OpenedCase, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("x.yaml").write_bytes(CASE)
    plain = open_case(Path("x.yaml"), plain=True)
    assert plain.sealed is None
    assert write_beside(plain, "out.json", b"{}") == Path("out.json")
    assert Path("out.json").read_bytes() == b"{}"
    assert write_beside(plain, "-", b"{}") is None
    assert capsysbinary.readouterr().out == b"{}"


@pytest.mark.parametrize("name", ["x.yaml.age", "x.yaml", "./x.yaml.age"])
def test_an_output_never_replaces_the_case(opened: OpenedCase, name: str) -> None:
    before = Path("x.yaml.age").read_bytes()
    with pytest.raises(FileRefused, match="the case itself"):
        write_beside(opened, name, b"{}")
    assert Path("x.yaml.age").read_bytes() == before


def test_the_case_keeps_the_text_it_was_read_from(opened: OpenedCase) -> None:
    assert opened.read.text.encode() == CASE
    assert opened.case.id == "x"


def test_errors_name_the_file_and_keep_their_exit_code(opened: OpenedCase) -> None:
    Path("y.yaml").write_bytes(b"id: x\n")
    with pytest.raises(FileHasMistakes) as mistaken:
        open_case(Path("y.yaml"), plain=True)
    assert all(line.startswith("y.yaml:1:1: ") for line in str(mistaken.value).splitlines())
    Path("x.yaml.age").write_bytes(Path("x.yaml.age").read_bytes()[:-1])
    with pytest.raises(FileRefused) as damaged:
        open_case(Path("x.yaml.age"), identity=Path("me.key"))
    assert damaged.value.exit_code == 3


def test_a_sealing_never_shows_its_secret(opened: OpenedCase) -> None:
    assert "AGE-SECRET" not in repr(opened)
