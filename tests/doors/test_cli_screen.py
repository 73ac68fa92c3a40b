"""`safeconduct screen` at its door: what people type, what they read, and the exit codes."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from safeconduct.casefile.reading import read_case
from safeconduct.checks import kinds
from safeconduct.cli import sealing
from safeconduct.cli.commands import safeconduct
from safeconduct.wording.language import LANGUAGES

HEADER = "id,schema,name,aliases,birth_date,countries,identifiers,dataset,last_seen\n"
LIST = """\
x1,Person,Mykola Zaliznyak,Микола Залізняк,1984-05-12,,,Made up,2026-11-01
x2,Person,Taras Petrovych Hovhannisyan,,1971-11-30,,,Made up,2026-11-01
x3,Person,Ivan Ivanov,,1960-01-02,,,Made up,2026-11-01
"""
CASE = """\
schema: safeconduct/case/1
id: k-1
applicant: {id: p1, names: [Микола Залізняк], born: 1984-05-12}  # as told
claims:
- {id: c1, kind: statement, text: He was born in 1984.}
"""
ENTRY = ("p1", "made-up", "x1")
JUDGED = ("--by", "R. Caseworker", "--reason", "the photograph shows somebody else")


def run(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(safeconduct, [str(one) for one in arguments], input=typed)


def add(root: Path, text: str, *more: str, name: str = "made-up") -> Result:
    file = root.parent / f"{name}.csv"
    file.write_text(text, encoding="utf-8")
    stated = ("--origin", "us", "--licence", "CC0", "--references", root)
    return run("reference", "add", "watchlist", file, *stated, *more)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalogue that holds one list, made up."""
    folder = tmp_path / "references"
    assert add(folder, HEADER + LIST).exit_code == 0
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case whose applicant resembles an entry of the list."""
    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    return file


def test_a_person_is_found_across_scripts_and_the_list_is_named_with_its_day(root: Path) -> None:
    done = run("screen", "Nikolai Zaliznyak", "--references", root)
    assert done.exit_code == 0
    assert "made-up, as of 1 November 2026" in done.stdout
    assert "List made-up, entry x1 [review]" in done.stdout
    assert "a named person has to judge" in done.stdout


def test_what_is_known_beside_the_name_is_explained_part_by_part(root: Path) -> None:
    arguments = ("screen", "Микола Залізняк", "--born", "1984-05-12", "--references", root)
    done = run(*arguments, "--sex", "male", "--country", "UA", "--explain")
    assert "[strong]" in done.stdout
    assert "“Залізняк” and “" in done.stdout
    assert "agree to the day" in done.stdout
    assert "Sex: the list does not tell." in done.stdout
    assert "no probability of guilt" in done.stdout


def test_nothing_found_names_lists_and_days_and_clears_nobody(root: Path) -> None:
    done = run("screen", "Somebody Else", "--references", root)
    assert done.exit_code == 0
    assert "Nothing found in the lists named below" in done.stdout
    assert "clears nobody" in done.stdout
    assert "made-up, as of 1 November 2026" in done.stdout
    assert "the date of birth: none was given" in done.stdout


def test_a_common_name_alone_is_not_put_forward(root: Path) -> None:
    alone = run("screen", "Ivan Ivanov", "--references", root)
    assert "Nothing found" in alone.stdout
    assert "an entry bears it, but so do many people" in alone.stdout
    born = run("screen", "Ivan Ivanov", "--born", "1960-01-02", "--references", root)
    assert "entry x3" in born.stdout


def test_a_name_in_a_script_that_is_not_read_is_said_not_to_be_compared(root: Path) -> None:
    done = run("screen", "Mykola 김철수", "--references", root)
    assert "in a script that is not read" in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_every_language(root: Path, language: str) -> None:
    for name in ("Nikolai Zaliznyak", "Somebody Else"):
        arguments = ("screen", name, "--references", root, "--explain", "--language", language)
        done = run(*arguments)
        assert done.exit_code == 0, done.output
        assert "{" not in done.stdout


def test_names_come_line_by_line_on_standard_input(root: Path) -> None:
    typed = "Nikolai Zaliznyak\n\nSomebody Else\n"
    done = run("screen", "-", "--references", root, typed=typed)
    assert done.stdout.index("Nikolai Zaliznyak") < done.stdout.index("Somebody Else")
    in_json = run("screen", "-", "--references", root, "--json", typed=typed)
    found = [json.loads(line) for line in in_json.stdout.splitlines()]
    assert [one["band"] for one in found] == ["review", "nothing_found"]


def test_without_a_name_and_nobody_to_ask_it_says_how_to_give_one(root: Path) -> None:
    done = run("screen", "--references", root)
    assert done.exit_code == 2
    assert "`-`" in done.stderr


def test_without_a_name_it_asks_for_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "on_terminal", lambda: True)
    done = run("screen", "--references", root, typed="Nikolai Zaliznyak\n")
    assert done.stderr.startswith("Name: ")
    assert "entry x1" in done.stdout


def test_json_fits_its_schema_and_explains_every_part(root: Path) -> None:
    schema = json.loads(
        (files("safeconduct.screening") / "schemas" / "screening-1.json").read_text()
    )
    for name in ("Dr. Nikolai Petrovych Zaliznyak", "Somebody Else", "김철수"):
        done = run("screen", name, "--references", root, "--json", "--born", "1984")
        jsonschema.validate(json.loads(done.stdout), schema)
    found = json.loads(
        run("screen", "Dr. Nikolai Zaliznyak", "--references", root, "--json").stdout
    )
    (match,) = found["matches"]
    named = [part for part in match["parts"] if part["kind"] == "name"]
    assert [part["ours"] for part in named if part["ours"]] == ["Nikolai", "Zaliznyak", "Dr."]
    assert (match["list"], match["entity"]) == ("made-up", "x1")


def test_without_a_list_it_says_not_checked_and_how_to_add_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "default_root", lambda: tmp_path / "absent")
    done = run("screen", "Mykola Zaliznyak")
    assert done.exit_code == 2
    assert "not checked" in done.stderr
    assert "safeconduct reference add watchlist" in done.stderr
    assert done.stdout == ""


def test_only_the_named_lists_are_searched(root: Path) -> None:
    other = LIST.replace("x1", "y1").replace("Made up", "Other")
    add(root, HEADER + other, name="other")
    both = run("screen", "Nikolai Zaliznyak", "--references", root)
    assert "entry x1" in both.stdout
    assert "entry y1" in both.stdout
    one = run("screen", "Nikolai Zaliznyak", "--references", root, "--list", "other")
    assert "entry x1" not in one.stdout
    assert "entry y1" in one.stdout
    none = run("screen", "Nikolai Zaliznyak", "--references", root, "--list", "absent")
    assert none.exit_code == 2
    assert "watchlist/absent" in none.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Ivan", "--born", "12.05.1984"), "1964-05-01"),
        (("Ivan", "--country", "Russia"), "RU"),
        (("?!",), "as written"),
        (("Ivan", "--batch", "x.csv"), "--output"),
        (("--output", "x.jsonl"), "--batch"),
        (("Ivan", "--batch", "x.csv", "--output", "y.jsonl"), "rows"),
        (("Ivan", "--jobs", "2"), "--batch"),
        (("Ivan", "--language", "xx"), "en, fr, ru"),
    ],
)
def test_bad_usage_says_what_is_accepted(root: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run("screen", *arguments, "--references", root)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_damaged_index_is_refused_and_not_searched(root: Path) -> None:
    (built,) = root.glob("watchlist/made-up/*/built.bin")
    data = bytearray(built.read_bytes())
    data[-1] ^= 1
    built.write_bytes(data)
    done = run("screen", "Nikolai Zaliznyak", "--references", root)
    assert done.exit_code == 3
    assert done.stdout == ""


def test_rows_of_a_list_that_cannot_be_read_are_named_and_end_with_5(tmp_path: Path) -> None:
    done = add(tmp_path / "references", HEADER + LIST + ",Person,,,,,,Made up,2026-11-01\n")
    assert done.exit_code == 5
    assert "3 rows" in done.stdout
    assert "1 row left out" in done.stderr


def test_several_files_are_one_original_that_is_the_same_again(tmp_path: Path) -> None:
    root, sdn, alt = tmp_path / "references", tmp_path / "sdn.csv", tmp_path / "alt.csv"
    empty = ",".join(['"-0- "'] * 8)
    sdn.write_text(f'7,"ZALIZNYAK, Mykola","individual","X",{empty}\n')
    alt.write_text('7,12,"aka","ZHELEZNYAK, Nikolai","-0- "\n')
    stated = ("--as-of", "2026-11-01", "--origin", "us", "--licence", "CC0", "--references", root)
    added = run("reference", "add", "watchlist", sdn, alt, *stated)
    assert added.exit_code == 0, added.output
    assert added.stdout == "watchlist/sdn@2026-11-01: added; 1 row\n"
    again = run("reference", "add", "watchlist", alt, sdn, *stated, "--id", "sdn")
    assert "there already" in again.stdout
    assert "entry" in run("screen", "Nikolai Zheleznyak", "--references", root).stdout


def test_a_table_is_read_with_a_confirmed_mapping_that_is_kept_with_it(tmp_path: Path) -> None:
    root, table, mapping = tmp_path / "references", tmp_path / "t.csv", tmp_path / "m.yaml"
    table.write_text("ПІБ;Дата народження\nЗалізняк Микола;12.05.1984\n", encoding="utf-8")
    stated = ("--as-of", "2026-11-01", "--origin", "us", "--licence", "CC0", "--references", root)
    refused = run("reference", "add", "watchlist", table, *stated)
    assert refused.exit_code == 2
    drafted = run("reference", "add", "watchlist", table, "--suggest-mapping")
    assert "birthDate" in drafted.stdout
    mapping.write_text(drafted.stdout, encoding="utf-8")
    unread = run("reference", "add", "watchlist", table, "--mapping", mapping, *stated)
    assert unread.exit_code == 2
    mapping.write_text(drafted.stdout.replace("confirmed: no", "confirmed: yes"), encoding="utf-8")
    added = run("reference", "add", "watchlist", table, "--mapping", mapping, *stated)
    assert added.exit_code == 0, added.output
    assert added.stdout == "watchlist/t@2026-11-01: added; 1 row\n"
    found = run("screen", "Mykola Zaliznyak", "--born", "1984-05-12", "--references", root)
    assert "[strong]" in found.stdout


def test_several_files_and_mappings_are_for_watchlists_alone(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("{}")
    done = run("reference", "add", "milestones", tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert done.exit_code == 2
    assert "for watchlists" in done.stderr


def test_a_judgement_is_written_into_the_case_and_nothing_else_changes(
    root: Path, case: Path
) -> None:
    done = run(
        "case", "judge", case, *ENTRY, *JUDGED, "--verdict", "NEGATIVE", "--on", "2026-11-20",
        "--references", root, "--plain",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "agree to the day" in done.stdout
    text = case.read_text(encoding="utf-8")
    assert text.startswith(CASE.rstrip("\n"))
    (judgement,) = read_case(case.read_bytes()).case.judgements
    assert (judgement.id, judgement.verdict.value, judgement.by) == (
        "j1",
        "negative",
        "R. Caseworker",
    )
    vetted = run("vet", case, "--plain", "--references", root, "--on", "2026-11-20", "--json", "-")
    found = [
        one for one in json.loads(vetted.stdout)["findings"] if one["check"] == "identity-screening"
    ]
    assert [(one["message"], one["outcome"]) for one in found] == [
        ("identity-judged-negative", "nothing-found")
    ]


def test_a_second_judgement_is_added_behind_the_first(root: Path, case: Path) -> None:
    for verdict in ("unsure", "positive"):
        done = run(
            "case", "judge", case, *ENTRY, *JUDGED, "--verdict", verdict,
            "--references", root, "--plain",
        )  # fmt: skip
        assert done.exit_code == 0, done.output
    found = read_case(case.read_bytes()).case.judgements
    assert [(one.id, one.verdict.value) for one in found] == [("j1", "unsure"), ("j2", "positive")]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (("p9", "made-up", "x1"), "p9"),
        (("p1", "absent", "x1"), "watchlist/absent"),
        (("p1", "made-up", "x99"), "x99"),
    ],
)
def test_what_is_not_there_cannot_be_judged(
    root: Path, case: Path, who: tuple[str, ...], said: str
) -> None:
    done = run(
        "case", "judge", case, *who, *JUDGED, "--verdict", "unsure",
        "--references", root, "--plain",
    )  # fmt: skip
    assert done.exit_code == 2
    assert said in done.stderr
    assert case.read_text(encoding="utf-8") == CASE
