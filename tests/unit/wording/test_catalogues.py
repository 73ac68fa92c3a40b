"""What holds of all catalogues: the same messages, the same parameters, nothing left in English."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter

import polib
import pytest
from scripts.compile_catalogues import CATALOGUES, compiled

from safeconduct.casefile.account import ClaimKind, Means, MilestoneUse, RelationKind
from safeconduct.casefile.documents import DocumentKind
from safeconduct.casefile.findings import Indicator, Outcome
from safeconduct.casefile.people import NameKind
from safeconduct.checks.papers.numbers import FormReason
from safeconduct.checks.papers.zone import CheckedField
from safeconduct.wording.language import LANGUAGES

SOURCE = CATALOGUES.parents[1]
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")

SAME_AS_ENGLISH = {
    "fr": {
        # Only marks and parameters.
        *("list-comma", "date-day", "date-month", "date-year", "date-plain", "sheet-date"),
        "drawing-short-day",
        *("report-name-of-kind", "report-sha256", "report-geonames"),
        # Words that the languages share.
        *("aspect-when", "means-train", "document-kind-laissez-passer", "report-organisation"),
        *("report-sources", "report-source", "report-notes", "report-note", "report-capture"),
        *("report-source-organisation", "report-source-publication"),
        *("report-name-alias", "report-name-nom-de-guerre"),
    },
    "ru": {
        *(
            "list-comma",
            "list-semicolon",
            "date-clock",
            "date-instant",
            "date-plain",
            "label-with-value",
        ),
        *("drawing-short-day", "drawing-way", "answer-given"),
        *("report-name-of-kind", "report-sha256", "report-geonames"),
        "report-custody-event",
    },
}
"""Identifiers whose wording is rightly the same as in English."""

NAMES = ("drawing-country-", "drawing-area-")

LOOKED_UP_IN = ("language", "of", "self")
"""How the source calls a language, or what is shown in one."""

TABLED = ("repair-", "ask-", "needs-", "milestone-agrees-", "milestone-differs-")
"""Any string of the checks that starts like this is an identifier, wherever it stands."""


@cache
def catalogue(code: str) -> dict[str, polib.POEntry]:
    entries = polib.pofile(str(CATALOGUES / f"{code}.po"), check_for_duplicates=True)
    return {entry.msgid: entry for entry in entries}


def forms(entry: polib.POEntry) -> tuple[str, ...]:
    return tuple(entry.msgstr_plural.values()) if entry.msgid_plural else (entry.msgstr,)


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("code", TRANSLATED)
def test_each_language_has_the_messages_of_the_english_catalogue(code: str) -> None:
    assert set(catalogue(code)) == set(catalogue("en"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_message_is_empty_or_marked_as_doubtful(code: str) -> None:
    for message, entry in catalogue(code).items():
        assert all(forms(entry)), message
        assert not entry.fuzzy, message
        assert not entry.obsolete, message


@pytest.mark.parametrize("code", TRANSLATED)
def test_each_wording_has_the_parameters_of_the_english_one(code: str) -> None:
    for message, entry in catalogue(code).items():
        expected = placeholders(forms(catalogue("en")[message])[0])
        for form in forms(entry):
            assert placeholders(form) == expected, message


@pytest.mark.parametrize("code", LANGUAGES)
def test_placeholders_are_plain_names_without_conversion_or_format(code: str) -> None:
    for message, entry in catalogue(code).items():
        for form in forms(entry):
            for _, name, spec, conversion in Formatter().parse(form):
                assert name is None or re.fullmatch(r"[a-z0-9_]+", name), message
                assert not spec, message
                assert not conversion, message


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_compiled_catalogue_says_what_its_source_says(code: str) -> None:
    source = CATALOGUES / f"{code}.po"
    assert source.with_suffix(".mo").read_bytes() == compiled(source), (
        "run: python scripts/compile_catalogues.py"
    )


@pytest.mark.parametrize(("code", "plurals"), [("en", 2), ("fr", 2), ("ru", 3)])
def test_each_counted_unit_has_all_plural_forms(code: str, plurals: int) -> None:
    header = polib.pofile(str(CATALOGUES / f"{code}.po")).metadata["Plural-Forms"]
    assert header.startswith(f"nplurals={plurals};")
    for message, entry in catalogue(code).items():
        if entry.msgid_plural:
            assert entry.msgid_plural == message
            assert set(entry.msgstr_plural) == set(range(plurals)), message


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_message_is_left_in_english(code: str) -> None:
    english = catalogue("en")
    same = {
        message
        for message, entry in catalogue(code).items()
        if not entry.msgid_plural and entry.msgstr == english[message].msgstr
    }
    # Half the countries are called the same in French; another script shows itself, see below.
    named = {message for message in same if message.startswith(NAMES)} if code == "fr" else set()
    assert same - named == SAME_AS_ENGLISH[code]


def test_russian_wording_has_no_latin_words_but_names_keys_and_marks() -> None:
    latin = re.compile(r"[A-Za-z]{2,}")
    named = {
        "UTC",
        "GeoNames",
        "SHA",
        "PAdES",
        "PDF",
        "JSON",
        "Natural",
        "Earth",
        "vetting",
        "json",
    }
    for message, entry in catalogue("ru").items():
        for form in forms(entry):
            ours = re.sub(r"\{[a-z0-9_]+\}|`[^`]*`", "", form)
            assert set(latin.findall(ours)) <= named, message


@pytest.mark.parametrize("code", TRANSLATED)
def test_quotation_marks_are_those_of_the_language(code: str) -> None:
    for message, entry in catalogue(code).items():
        for form in forms(entry):
            assert not set(form) & set("“”„\"'"), message
            assert form.count("«") == form.count("»"), message


def test_french_wording_keeps_its_marks_beside_their_words() -> None:
    """A no-break space stands before ? ! : ; and inside « »; a plain one could break the line."""
    loose = re.compile(r"(?:^|[^\u00a0\u202f])[?!;»]|(?:^|[^\u00a0\u202f])(?<!ligne):|«[^\u00a0]")
    for message, entry in catalogue("fr").items():
        for form in forms(entry):
            without_keys = re.sub(r"`[^`]*`", "", form)
            assert not loose.search(without_keys), message


def test_russian_questions_address_the_applicant_formally() -> None:
    for message, entry in catalogue("ru").items():
        if message.startswith("ask-"):
            assert not re.search(r"\b(ты|тебя|тебе|твой|вы|вас|вам|ваш\w*)\b", entry.msgstr), (
                message
            )


def test_russian_sentences_do_not_end_a_date_with_two_full_stops() -> None:
    """Dates end in "г.", so no sentence may put its own full stop right behind one."""
    dated = {"when", "date", "start", "end", "issued", "when_a", "when_b", "told_a", "told_b"}
    on_papers = {"document-expires": {"a", "b"}, "document-issued": {"a", "b"}}
    on_papers |= {f"document-zone-{one}": {"recorded", "zone"} for one in ("birth", "expiry")}
    for message, entry in catalogue("ru").items():
        more = {
            name for stem, names in on_papers.items() if message.startswith(stem) for name in names
        }
        last = re.search(r"\{(\w+)\}\.$", entry.msgstr)
        assert last is None or last[1] not in dated | more, message


FAMILIES: tuple[tuple[str, type[StrEnum]], ...] = (
    ("means-{}", Means),
    ("indicator-{}", Indicator),
    ("outcome-{}", Outcome),
    ("document-kind-{}", DocumentKind),
    ("zone-{}", CheckedField),
    ("milestone-agrees-{}", MilestoneUse),
    ("milestone-differs-{}", MilestoneUse),
    ("report-heading-{}", Outcome),
    ("report-about-{}", Outcome),
    ("report-none-{}", Outcome),
    ("report-kind-{}", ClaimKind),
    ("drawing-kind-{}", ClaimKind),
    ("report-relation-{}", RelationKind),
    ("report-milestone-{}", MilestoneUse),
    ("report-name-{}", NameKind),
)


@pytest.mark.parametrize(("family", "values"), FAMILIES, ids=[name for name, _ in FAMILIES])
def test_each_value_of_a_list_has_its_wording(family: str, values: type[StrEnum]) -> None:
    assert {family.format(value) for value in values} <= set(catalogue("en"))


def test_each_reason_of_a_number_has_its_wording() -> None:
    for reason in FormReason:
        either = {f"document-number-{reason}", f"document-number-differs-{reason}"}
        assert either & set(catalogue("en")), reason


def test_each_aspect_that_may_differ_has_a_name() -> None:
    stem = "told-differently-"
    aspects = {message.removeprefix(stem) for message in catalogue("en") if stem in message}
    assert {f"aspect-{aspect}" for aspect in aspects - {"detail"}} <= set(catalogue("en"))


def trees(folder: Path) -> Iterator[ast.AST]:
    for file in sorted(folder.rglob("*.py")):
        yield ast.parse(file.read_text(encoding="utf-8"))


def named(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def identifiers(node: ast.expr) -> Iterator[str]:
    """The constants that an argument may be; `a if b else c` may be either."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from identifiers(node.body)
        yield from identifiers(node.orelse)


def pattern(node: ast.JoinedStr) -> str:
    parts = (re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values)
    return "".join(parts)


def calls(*names: str) -> Iterator[ast.Call]:
    for tree in trees(SOURCE):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and named(node) in names:
                yield node


def worded() -> Iterator[ast.expr]:
    """What the source looks up: in messages and terms, and of a language or of what is shown."""
    for call in calls("Message", "Term"):
        yield call.args[0]
    for call in calls("text", "count", "labelled"):
        of = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(of, ast.Name | ast.Attribute) and ast.unparse(of).endswith(LOOKED_UP_IN):
            yield call.args[0]


def test_each_identifier_in_the_source_has_its_wording() -> None:
    found = [identifier for argument in worded() for identifier in identifiers(argument)]
    # Readers of files look up names of elements, which have capitals; identifiers have none.
    used = [identifier for identifier in found if identifier.islower()]
    assert len(used) > 100
    assert set(used) <= set(catalogue("en"))


def test_each_composed_identifier_in_the_source_has_some_wording() -> None:
    composed = [pattern(argument) for argument in worded() if isinstance(argument, ast.JoinedStr)]
    assert composed
    for one in composed:
        assert any(re.fullmatch(one, message) for message in catalogue("en")), one


def test_each_identifier_kept_in_a_table_of_the_checks_has_its_wording() -> None:
    constants = {
        node.value
        for tree in trees(SOURCE / "checks")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    tabled = {one for one in constants if one.startswith(TABLED) and not one.endswith("-")}
    assert tabled
    assert tabled <= set(catalogue("en"))


def test_each_identifier_in_a_template_has_its_wording() -> None:
    templates = (SOURCE / "dossier" / "templates").glob("*.html")
    text = "".join(file.read_text(encoding="utf-8") for file in templates)
    used = set(re.findall(r'\bt\("([a-z0-9-]+)"[,)]', text))
    assert used
    assert used <= set(catalogue("en"))


def test_each_check_that_reports_has_a_name() -> None:
    checks: set[str] = set()
    for tree in trees(SOURCE / "checks"):
        nodes = list(ast.walk(tree))
        constants = {
            ast.unparse(node.targets[0]): node.value.value
            for node in nodes
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        }
        for node in nodes:
            if isinstance(node, ast.keyword) and node.arg == "check":
                checks.update(identifiers(node.value))
                checks.update(
                    str(constants[one]) for one in [ast.unparse(node.value)] if one in constants
                )
    assert len(checks) > 8
    assert {f"check-{name}" for name in checks} <= set(catalogue("en"))


def test_each_message_with_its_parameters_in_place_has_those_that_its_wording_names() -> None:
    seen = 0
    for call in calls("Message"):
        given = call.args[1] if len(call.args) > 1 else ast.Dict(keys=[], values=[])
        if not isinstance(given, ast.Dict) or None in given.keys:
            continue  # composed elsewhere; the example cases render those
        keys = {key.value for key in given.keys if isinstance(key, ast.Constant)}
        for message in identifiers(call.args[0]):
            seen += 1
            assert placeholders(catalogue("en")[message].msgstr) <= keys, message
    assert seen > 40


SHEETS = ("uk",)
"""Catalogues of interview sheets alone."""

ON_A_SHEET = (
    *("ask-", "sheet-", "date-", "month-", "season-", "document-kind-", "list-", "mark-"),
    *("quoted", "label-with-value", "answer-given", "answer-refused", "control-topic-"),
)


@pytest.mark.parametrize("code", SHEETS)
def test_a_catalogue_of_sheets_has_all_that_a_sheet_may_say(code: str) -> None:
    expected = {name for name in catalogue("en") if name.startswith(ON_A_SHEET)}
    assert set(catalogue(code)) == expected
    for name in expected:
        ours, theirs = forms(catalogue(code)[name]), forms(catalogue("en")[name])
        assert {one for form in ours for one in placeholders(form)} == {
            one for form in theirs for one in placeholders(form)
        }


@pytest.mark.parametrize("code", SHEETS)
def test_a_catalogue_of_sheets_is_compiled_as_it_is_written(code: str) -> None:
    assert (CATALOGUES / f"{code}.mo").read_bytes() == compiled(CATALOGUES / f"{code}.po")
