"""`safeconduct case …` as people use it: what it says, what it writes, and its exit codes."""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import sealing
from safeconduct.cli.case import case
from safeconduct.vault.age import open_sealed, seal

EXAMPLE = Path(__file__).parents[2] / "examples" / "alexander" / "case.yaml"
CASE = """\
# Kept by hand.
schema: safeconduct/case/1
id: x   # short
applicant: {id: p1, names: [Иван]}
notes:
- {id: n1, text: open}
- {id: n2, text: behind closed doors, restricted: true}
"""
HEAD = "schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [A]}\n"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, in which no passphrase or editor is set."""
    monkeypatch.chdir(tmp_path)
    for name in (sealing.ENVIRONMENT, "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def keys(tmp_path: Path) -> str:
    """A key pair: the secret one is in `me.key`, the public one is returned."""
    from pyrage.x25519 import Identity

    identity = Identity.generate()
    (tmp_path / "me.key").write_text(f"# mine\n{identity}\n")
    return str(identity.to_public())


@pytest.fixture
def sealed(tmp_path: Path, keys: str) -> Path:
    """A case that is sealed for one key."""
    file = tmp_path / "x.yaml.age"
    file.write_bytes(seal(CASE.encode(), recipients=[keys]))
    return file


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a person sat there; answers are given as `input`."""
    monkeypatch.setattr(sealing, "on_terminal", lambda: True)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases without the second that each costs by design; tests of the vault do without."""
    import pyrage

    head = b"age-encryption.org/v1\n-> scrypt "

    def encrypt(data: bytes, passphrase: str) -> bytes:
        return head + passphrase[::-1].encode() + b"\n" + data[::-1]

    def decrypt(data: bytes, passphrase: str) -> bytes:
        start = head + passphrase[::-1].encode() + b"\n"
        if not data.startswith(start):
            raise pyrage.DecryptError("Decryption failed")
        return data[len(start) :][::-1]

    monkeypatch.setattr(pyrage.passphrase, "encrypt", encrypt)
    monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)


def run(*arguments: str | Path, answers: str | None = None) -> Result:
    result = CliRunner().invoke(case, [str(one) for one in arguments], input=answers)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def plain(text: str | bytes, name: str = "x.yaml") -> Path:
    file = Path(name)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def contents(file: Path) -> str:
    """What a file sealed for `me.key` holds."""
    keys = Path("me.key").read_text()
    return open_sealed(file.read_bytes(), identities=[keys]).decode()


def editor(monkeypatch: pytest.MonkeyPatch, *bodies: str) -> None:
    """An editor that runs one Python body on the text each time; the last one again and again."""
    script = Path("editor.py")
    script.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        "text = file.read_bytes().decode()\nround = pathlib.Path('round')\n"
        "n = int(round.read_text()) if round.exists() else 0\nround.write_text(str(n + 1))\n"
        f"bodies = {list(bodies)!r}\nexec(bodies[min(n, len(bodies) - 1)])\n"
        "file.write_bytes(text.encode())\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script.resolve()}")


# ---------------------------------------------------------------- check


def test_check_counts_what_it_read() -> None:
    result = run("check", EXAMPLE, "--plain")
    assert result.exit_code == 0
    assert result.stdout == "no mistakes; 12 claims, 1 telling, 1 evidence item, 0 searches\n"
    assert result.stderr == ""


def test_a_plain_case_is_warned_about_in_one_line_unless_it_is_meant() -> None:
    file = plain(CASE)
    warned = run("check", file)
    assert warned.exit_code == 0
    assert warned.stderr == (
        "x.yaml: not encrypted, whoever has the file can read it (--plain: that is meant)\n"
    )
    assert run("check", file, "--plain").stderr == ""


def test_check_names_all_mistakes_with_file_line_and_column() -> None:
    file = plain(HEAD + "cliams: []\nnotes:\n- {id: n1, text: x, on: 2022-02-31}\n")
    result = run("check", file, "--plain")
    assert result.exit_code == 2
    assert result.stdout == ""
    first, second = result.stderr.splitlines()
    assert first == "x.yaml:4:1: the key `cliams`; accepted: `claims`?"
    assert second.startswith("x.yaml:6:25: the date `2022-02-31`: ")
    assert "; accepted: " in second


def claims(*relations: str) -> str:
    """Claims c1, c2 …, each with its relation."""
    lines = [
        f"- {{id: c{i}, kind: event, text: x, relations: [{relation}]}}\n"
        for i, relation in enumerate(relations, 1)
    ]
    return HEAD + "claims:\n" + "".join(lines)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "x.yaml:1:1: an empty file; accepted: a case"),
        ("\n \n", "x.yaml:1:1: an empty file"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "a control character (U+007F)"),
        (b"\x89PNG\r\n\x1a\n\x00", "a byte that is not UTF-8 text (0x89)"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "x.yaml:1:4: an anchor or alias"),
        ("[" * 5000, "x.yaml:1:41: nesting without end"),
        (HEAD + "id: y\n", "x.yaml:4:1: the key `id` again (first in line 2); accepted: each key"),
        (HEAD + "aplicant: {}\n", "x.yaml:4:1: the key `aplicant`; accepted: `applicant`?"),
        (HEAD.replace("[A]", "[{text: A, born: 2022-02-31}]"), "the key `born`"),
        (claims("{is: before, claim: c1}"), "x.yaml:5:46: `c1` related to itself"),
        (claims("{is: before, claim: c7}"), "`c7`; accepted: an identifier of claims in this file"),
        (
            claims("{is: before, claim: c2}", "{is: before, claim: c1}"),
            "a circle of 2 claims: c1 before c2 before c1",
        ),
        (
            HEAD.replace("[A]", "[I\u200fvan]"),
            "an invisible character (U+200F, right-to-left mark)",
        ),
        (HEAD.replace("[A]", "[I\u202evan]"), "a control character (U+202E)"),
        (HEAD.replace("[A]", '["I\\u202evan"]'), "an invisible character (U+202E"),
        (HEAD.replace("[A]", "[I\u200bvan]"), "an invisible character (U+200B, zero width space)"),
        (HEAD.replace("[A]", "[Iv\u0430n]"), "letters of Cyrillic and Latin in one word"),
        ("- a\n" * 200_001, "values without end; accepted: at most 200,000 values"),
    ],
)
def test_what_cannot_be_a_case_gets_a_clear_error(text: str | bytes, told: str) -> None:
    result = run("check", plain(text), "--plain")
    assert result.exit_code == 2
    assert told in result.stderr
    assert all(line.startswith("x.yaml:") for line in result.stderr.splitlines())


def test_a_name_like_html_is_a_name_and_is_shown_as_it_is() -> None:
    file = plain(HEAD.replace("[A]", '["<script>alert(1)</script>"]'))
    assert run("check", file, "--plain").exit_code == 0
    assert "<script>alert(1)</script>" in run("show", file, "--plain").stdout


def test_fifty_megabytes_are_refused_unread() -> None:
    file = Path("x.yaml")
    with file.open("wb") as out:
        out.truncate(50_000_000)
    file.chmod(0o000 if os.geteuid() else 0o600)
    result = run("check", file, "--plain")
    assert result.exit_code == 2
    assert result.stderr == "x.yaml: 50,000,000 bytes; accepted: at most 8,388,608 bytes\n"


def test_what_is_no_regular_file_is_refused_unread() -> None:
    Path("f.yaml").mkdir()
    os.mkfifo("p.yaml")
    assert "a folder" in run("check", "f.yaml").stderr
    assert "not a regular file" in run("check", "p.yaml").stderr
    missing = run("check", "m.yaml")
    assert missing.exit_code == 2
    assert missing.stderr == "m.yaml: it cannot be read (No such file or directory)\n"


@pytest.mark.parametrize("name", ["x.json", "x", "x.yaml.gpg", "x.age", "x.pdf.age"])
def test_other_endings_are_refused_with_the_accepted_ones(name: str) -> None:
    result = run("check", plain(CASE, name))
    assert result.exit_code == 2
    assert "accepted: .yaml.age or .yaml" in result.stderr


# ---------------------------------------------------------------- sealed files


def test_a_sealed_case_opens_with_its_key_and_without_a_warning(sealed: Path) -> None:
    result = run("check", sealed, "--identity", "me.key")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_passphrase_opens_from_a_file_from_the_environment_and_from_a_person(
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = plain(seal(CASE.encode(), passphrase="kodafi"), "x.yaml.age")
    Path("pass").write_text("kodafi\nsecond line\n")
    assert run("check", file, "--passphrase-file", "pass").exit_code == 0
    nobody = run("check", file)
    assert nobody.exit_code == 2
    assert "nobody can be asked" in nobody.stderr
    monkeypatch.setattr(sealing, "on_terminal", lambda: True)
    asked = run("check", file, answers="kodafi\n")
    assert asked.exit_code == 0
    assert "kodafi" not in asked.output
    monkeypatch.setenv(sealing.ENVIRONMENT, "pass")
    assert run("check", file).exit_code == 0
    Path("pass").write_text("wrong\n")
    wrong = run("check", file)
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("x.yaml.age: the passphrase does not open it")
    Path("pass").write_text("")
    assert "holds no passphrase" in run("check", file).stderr


def test_a_wrong_key_and_a_missing_one_are_told_apart(sealed: Path) -> None:
    from pyrage.x25519 import Identity

    Path("other.key").write_text(str(Identity.generate()))
    wrong = run("check", sealed, "--identity", "other.key")
    assert wrong.exit_code == 2
    assert "none of the keys opens it" in wrong.stderr
    assert "--identity FILE" in run("check", sealed).stderr
    assert "no such file" in run("check", sealed, "--identity", "no.key").stderr


@pytest.mark.parametrize("length", [10, 40, 250, -1, -20])
def test_a_truncated_sealed_file_is_damaged_or_not_opened(sealed: Path, length: int) -> None:
    sealed.write_bytes(sealed.read_bytes()[:length])
    result = run("check", sealed, "--identity", "me.key")
    assert result.exit_code in (2, 3)
    assert result.exit_code == 3 or length == 250
    assert result.stderr.startswith("x.yaml.age: ") or str(sealed) in result.stderr
    assert "Иван" not in result.output


def test_a_plain_text_with_a_sealed_name_is_called_not_sealed(keys: str) -> None:
    result = run("check", plain(CASE, "x.yaml.age"), "--identity", "me.key")
    assert result.exit_code == 2
    assert "not an age file" in result.stderr


def test_mistakes_in_a_sealed_case_have_their_lines_too(keys: str) -> None:
    file = plain(seal(b"schema: x\n", recipients=[keys]), "y.yaml.age")
    result = run("check", file, "--identity", "me.key")
    assert "y.yaml.age:1:9: `x`; accepted: one of safeconduct/case/1" in result.stderr


# ---------------------------------------------------------------- new


def test_a_new_case_is_sealed_with_a_passphrase_that_is_shown_once() -> None:
    result = run("new", "ivan.yaml.age", "--name", "Иван", "--citizenship", "RU")
    assert result.exit_code == 0
    file = Path("ivan.yaml.age")
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    Path("pass").write_text(result.stdout.splitlines()[-1].strip())
    shown = run("show", file, "--passphrase-file", "pass").stdout
    assert "Иван" in shown
    assert "RU" in shown
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_new_plain_case_is_asked_for_by_name_and_option() -> None:
    assert run("new", "ivan.yaml", "--plain", "--name", "Иван").exit_code == 0
    text = Path("ivan.yaml").read_text()
    assert "id: ivan\n" in text
    assert "#  - id: c1" in text
    assert run("check", "ivan.yaml", "--plain").exit_code == 0
    for arguments in (("new", "b.yaml"), ("new", "b.yaml.age", "--plain")):
        result = run(*arguments, "--name", "A")
        assert result.exit_code == 2
        assert ".yaml with --plain, .yaml.age without" in result.stderr
    assert not Path("b.yaml").exists()


def test_a_new_case_overwrites_nothing() -> None:
    file = plain("mine", "x.yaml")
    result = run("new", file, "--plain", "--name", "A")
    assert result.exit_code == 2
    assert "nothing is overwritten" in result.stderr
    assert file.read_text() == "mine"


def test_a_person_is_asked_for_what_is_missing(at_terminal: None, keys: str) -> None:
    answers = "Иван Петров\n\nru kz\nru\n"
    result = run("new", "x.yaml.age", "--name", "-", "--recipient", keys, answers=answers)
    assert result.exit_code == 0
    text = contents(Path("x.yaml.age"))
    assert "- text: Иван Петров\n" in text
    assert "id: x\n" in text
    assert "language: ru\n" in text
    assert "  citizenships: [RU, KZ]\n" in text


def test_a_typed_passphrase_is_typed_twice_alike(quick: None, at_terminal: None) -> None:
    answers = "x\nen\n\none\ntwo\nthree\nthree\n"
    result = run("new", "x.yaml.age", "--name", "A", answers=answers)
    assert result.exit_code == 0
    assert "they differ" in result.stderr
    Path("pass").write_text("three")
    assert run("check", "x.yaml.age", "--passphrase-file", "pass").exit_code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "--name NAME"),
        (("--name", "-"), "--name NAME"),
        (("--name", "A", "--id", "Ivan P"), "`Ivan P`; accepted: lower-case letters"),
        (("--name", "A", "--citizenship", "russia"), "ISO 3166-1"),
        (("--name", "I\u200bvan"), "U+200B"),
        (("--name", ""), "nothing"),
    ],
)
def test_a_new_case_with_a_mistake_is_not_written(options: tuple[str, ...], told: str) -> None:
    result = run("new", "x.yaml", "--plain", *options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not Path("x.yaml").exists()


def test_nobody_answers_and_nothing_is_written(at_terminal: None) -> None:
    result = run("new", "x.yaml", "--plain", answers="")
    assert result.exit_code == 130
    assert not Path("x.yaml").exists()


# ---------------------------------------------------------------- show and schema


def test_restricted_notes_are_shown_only_on_request() -> None:
    file = plain(CASE)
    shown = run("show", file, "--plain").stdout
    assert "open" in shown
    assert "behind closed doors" not in shown
    assert "Restricted notes not shown: 1" in shown
    assert "behind closed doors" in run("show", file, "--plain", "--restricted").stdout


def test_show_keeps_to_the_width_and_the_order_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = run("show", EXAMPLE, "--plain").stdout.splitlines()
    assert max(map(len, lines)) <= 60
    claims_shown = [line.split()[0] for line in lines if re.match(r"c\d+ ", line)]
    assert claims_shown == [f"c{i}" for i in range(1, 13)]


def test_show_spells_out_what_would_reorder_or_hide_text() -> None:
    file = plain(HEAD + 'notes:\n- {id: n1, text: "a\\u202eb\\x1b[2Jc"}\n')
    shown = run("show", file, "--plain").stdout
    assert "a\\u202eb\\u001b[2Jc" in shown
    assert "\x1b" not in shown


def test_the_schema_is_printed_as_json() -> None:
    import json

    result = run("schema")
    assert json.loads(result.stdout)["$id"] == "urn:safeconduct:case:1"


# ---------------------------------------------------------------- edit


def test_an_edited_case_is_sealed_again_for_the_same_key(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, "assert '/dev/shm' in str(file) or '/run/user' in str(file)\n"
           "text = text.replace('id: x ', 'id: y ')")  # fmt: skip
    result = run("edit", sealed, "--identity", "me.key")
    assert result.exit_code == 0, result.stderr
    assert contents(sealed) == CASE.replace("id: x ", "id: y ")
    assert sorted(one.name for one in Path().iterdir()) == [
        "editor.py",
        "me.key",
        "round",
        "x.yaml.age",
    ]


def test_an_edited_case_is_sealed_again_with_the_same_passphrase(
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = plain(seal(CASE.encode(), passphrase="kodafi"), "x.yaml.age")
    Path("pass").write_text("kodafi")
    editor(monkeypatch, "text += '# more\\n'")
    assert run("edit", file, "--passphrase-file", "pass").exit_code == 0
    assert open_sealed(file.read_bytes(), passphrase="kodafi").decode() == CASE + "# more\n"


@pytest.mark.parametrize("is_sealed", [True, False])
def test_an_unchanged_text_writes_nothing(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, is_sealed: bool
) -> None:
    file = sealed if is_sealed else plain(CASE.replace("\n", "\r\n"))
    before, when = file.read_bytes(), file.stat().st_mtime_ns
    editor(monkeypatch, "pass")
    result = run("edit", file, "--identity", "me.key", "--plain")
    assert result.exit_code == 0
    assert "unchanged" in result.stderr
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, when)


def test_a_mistaken_plain_case_can_be_opened_and_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    file = plain(HEAD + "cliams: []\n")
    editor(monkeypatch, "text = text.replace('cliams', 'claims')")
    assert run("edit", file, "--plain").exit_code == 0
    assert file.read_text() == HEAD + "claims: []\n"


def test_a_text_with_mistakes_is_edited_again(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, at_terminal: None
) -> None:
    editor(
        monkeypatch,
        "text = text.replace('id: x ', 'id: X ')",
        "text = text.replace('id: X ', 'id: z ')",
    )
    result = run("edit", sealed, "--identity", "me.key", answers="e\n")
    assert result.exit_code == 0
    assert "x.yaml.age:3:5: `X`; accepted: lower-case letters" in result.stderr
    assert "id: z " in contents(sealed)


def test_a_text_that_is_given_up_leaves_nothing(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, at_terminal: None
) -> None:
    editor(monkeypatch, "text = 'mistaken'")
    result = run("edit", sealed, "--identity", "me.key", answers="d\n")
    assert result.exit_code == 0
    assert contents(sealed) == CASE
    assert not Path("x.yaml.age.unsaved").exists()


def test_a_text_that_cannot_be_saved_is_kept_sealed_and_taken_up_later(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, "text = text.replace('id: x ', 'id: X ')",
           "text = text.replace('id: X ', 'id: w ')")  # fmt: skip
    result = run("edit", sealed, "--identity", "me.key")
    assert result.exit_code == 2
    assert contents(sealed) == CASE
    unsaved = Path("x.yaml.age.unsaved")
    assert b"Kept by hand" not in unsaved.read_bytes()
    assert contents(unsaved) == CASE.replace("id: x ", "id: X ")

    nobody = run("edit", sealed, "--identity", "me.key")
    assert nobody.exit_code == 2
    assert unsaved.exists()

    monkeypatch.setattr(sealing, "on_terminal", lambda: True)
    result = run("edit", sealed, "--identity", "me.key", answers="y\n")
    assert result.exit_code == 0
    assert contents(sealed) == CASE.replace("id: x ", "id: w ")
    assert not unsaved.exists()


def test_a_text_is_kept_when_the_editor_fails(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, "file.write_text('half')\nsys.exit(7)")
    result = run("edit", sealed, "--identity", "me.key")
    assert result.exit_code == 2
    assert "the editor ended with code 7" in result.stderr
    assert contents(Path("x.yaml.age.unsaved")) == "half"
    assert contents(sealed) == CASE


def test_a_file_that_somebody_else_changed_meanwhile_is_not_overwritten(
    sealed: Path, keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = seal(CASE.encode() + b"# theirs\n", recipients=[keys])
    plain(theirs, "theirs")
    editor(monkeypatch, "text += '# mine\\n'\npathlib.Path('x.yaml.age').write_bytes("
           "pathlib.Path('theirs').read_bytes())")  # fmt: skip
    result = run("edit", sealed, "--identity", "me.key")
    assert result.exit_code == 2
    assert "changed by somebody else" in result.stderr
    assert sealed.read_bytes() == theirs
    assert contents(Path("x.yaml.age.unsaved")) == CASE + "# mine\n"


def test_a_case_for_several_keys_is_not_sealed_again_for_one_of_them(
    keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyrage.x25519 import Identity

    other = Identity.generate()
    both = [keys, str(other.to_public())]
    file = plain(seal(CASE.encode(), recipients=both), "x.yaml.age")
    before = file.read_bytes()
    editor(monkeypatch, "text += '# more\\n'")
    refused = run("edit", file, "--identity", "me.key")
    assert refused.exit_code == 2
    assert "--recipient" in refused.stderr
    assert file.read_bytes() == before
    assert not Path("round").exists()  # the editor was not even opened

    arguments = [part for key in both for part in ("--recipient", key)]
    assert run("edit", file, "--identity", "me.key", *arguments).exit_code == 0
    assert open_sealed(file.read_bytes(), identities=[str(other)]).decode() == CASE + "# more\n"


def test_without_an_editor_nothing_is_opened(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor-here")
    result = run("edit", sealed, "--identity", "me.key")
    assert result.exit_code == 2
    assert "VISUAL or EDITOR" in result.stderr


def full_disk(only: Callable[[Path], bool]) -> Callable[[Path, bytes, int], None]:
    """Writing half of the data, then finding no room, in folders that `only` names."""
    from safeconduct.casefile import files

    write = files._write

    def half(partial: Path, data: bytes, mode: int) -> None:
        if only(partial):
            write(partial, data[: len(data) // 2], mode)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(partial))
        write(partial, data, mode)

    return half


def test_a_full_disk_leaves_the_old_file_whole_and_the_text_elsewhere(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    from safeconduct.casefile import files

    monkeypatch.setattr(files, "_write", full_disk(lambda file: file.parent == tmp_path))
    editor(monkeypatch, "text += '# more\\n'")
    before = sealed.read_bytes()
    result = run("edit", sealed, "--identity", "me.key")
    assert result.exit_code == 4
    assert "No space left on device" in result.stderr
    assert sealed.read_bytes() == before
    assert not list(tmp_path.glob("*partial*"))
    assert contents(home / "x.yaml.age.unsaved") == CASE + "# more\n"


# ---------------------------------------------------------------- seal and unseal


def test_a_plain_case_is_sealed_beside_itself_and_unsealed_again(keys: str) -> None:
    file = plain(CASE)
    result = run("seal", file, "--recipient", keys)
    assert result.exit_code == 0
    assert "still there, not encrypted" in result.stderr
    assert contents(Path("x.yaml.age")) == CASE == file.read_text()
    assert run("seal", file, "--recipient", keys).exit_code == 2
    back = run("unseal", "x.yaml.age", "back.yaml", "--identity", "me.key")
    assert back.exit_code == 0
    assert Path("back.yaml").read_bytes() == file.read_bytes()
    assert run("unseal", "x.yaml.age", "back.yaml", "--identity", "me.key").exit_code == 2


def test_a_key_that_is_none_seals_nothing() -> None:
    result = run("seal", plain(CASE), "--recipient", "age1nonsense")
    assert result.exit_code == 2
    assert "age1…" in result.stderr
    assert not Path("x.yaml.age").exists()


def test_a_full_disk_while_sealing_leaves_no_half_file(
    keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from safeconduct.casefile import files

    monkeypatch.setattr(files, "_write", full_disk(lambda file: bool(file.name)))
    result = run("seal", plain(CASE), "--recipient", keys)
    assert result.exit_code == 4
    assert sorted(one.name for one in Path().iterdir()) == ["me.key", "x.yaml"]
