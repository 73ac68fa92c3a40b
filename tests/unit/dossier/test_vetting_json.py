"""vetting.json keeps its contract: the shipped schema, the same bytes, nothing of the machine."""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.vetting_json import vetting_json
from safeconduct.wording.language import language

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").rglob("*.yaml"))


def _vetting(file: Path) -> Vetting:
    case = read_case(file.read_bytes()).case
    return vet(case, load_references(None), on=date(2024, 11, 2))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_example_meets_the_shipped_schema(file: Path) -> None:
    schema = json.loads(
        (files("safeconduct.dossier") / "schemas" / "vetting-1.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    written = json.loads(vetting_json(_vetting(file), language("en")))
    jsonschema.Draft202012Validator(schema).validate(written)
    assert list(written) == [
        "schema",
        "case",
        "on",
        "software",
        "findings",
        "not_checked",
        "references",
    ]


def test_only_sentences_depend_on_the_language() -> None:
    vetting = _vetting(EXAMPLES[0])

    def without_sentences(value: object) -> object:
        if isinstance(value, dict):
            words = ("statement", "reason", "needs")
            return {k: without_sentences(v) for k, v in value.items() if k not in words}
        return [without_sentences(one) for one in value] if isinstance(value, list) else value

    texts = [json.loads(vetting_json(vetting, language(code))) for code in ("en", "fr", "ru")]
    assert texts[0] != texts[1]
    assert without_sentences(texts[0]) == without_sentences(texts[1])
    assert without_sentences(texts[0]) == without_sentences(texts[2])


def test_the_same_case_and_day_give_the_same_bytes() -> None:
    one, other = (vetting_json(_vetting(EXAMPLES[0]), language("en")) for _ in range(2))
    assert one == other
    assert str(Path.cwd()).encode() not in one
