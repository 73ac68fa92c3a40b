"""The JSON Schema of case files agrees with how they are read."""

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from safeconduct.casefile.reading import read_case
from safeconduct.casefile.schema import SCHEMA_ID, case_schema
from safeconduct.casefile.template import Essentials, new_case_text
from safeconduct.casefile.yamltree import FileMistaken

EXAMPLES = Path(__file__).parents[3] / "examples"
HEAD = "schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [A]}\n"
CLAIM = "claims:\n- {id: c1, kind: event, text: x"


class Yaml12(yaml.CSafeLoader):
    """Reads scalars as editors do, by the core schema of YAML 1.2."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern in (
    ("null", "~|null|Null|NULL|"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("int", "[-+]?[0-9]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
):
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"({pattern})$"), None)


def problems(text: str) -> list[str]:
    schema = case_schema()
    data: Any = yaml.load(text, Yaml12)  # noqa: S506  (a safe loader, with fewer guesses)
    found = jsonschema.Draft202012Validator(schema).iter_errors(data)
    return [f"{error.json_path}: {error.message}" for error in found]


def is_read(text: str) -> bool:
    try:
        read_case(text.encode())
    except FileMistaken:
        return False
    return True


def test_it_is_a_schema_with_an_identifier_and_descriptions() -> None:
    schema = case_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA_ID == "urn:safeconduct:case:1"
    assert all(one.get("description") for one in schema["properties"].values())
    assert all(one.get("description") for one in schema["$defs"].values())
    assert not re.search(r"\n| {2}", str([one["description"] for one in schema["$defs"].values()]))


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*/*.yaml")), ids=lambda file: file.stem)
def test_the_examples_fit(file: Path) -> None:
    assert problems(file.read_text(encoding="utf-8")) == []


def test_a_new_case_fits_as_it_is_and_with_all_its_examples() -> None:
    text = new_case_text(Essentials(id="x", names=("A",)))
    assert problems(text) == []
    assert problems(re.sub(r"(?m)^#(?=\S|  )", "", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD + "claims:\n",
        HEAD + CLAIM + ", when: 2022}\n",
        HEAD + CLAIM + ", when: {edtf: 2022-09, words: 12}}\n",
        HEAD + CLAIM + ", where: {name: A, lat: 1, lon: 2.5, radius_km: 3}}\n",
        HEAD + "evidence:\n- {id: e1, what: x, credibility: 6}\n",
        HEAD + CLAIM + ", details: [{what: role, one_of: [a, b]}]}\n",
        HEAD + "claims:\n- {id: c1, kind: journey, text: x, from: A, to: {country: KZ}}\n",
    ],
)
def test_what_is_read_without_mistakes_fits(text: str) -> None:
    assert is_read(text)
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("case/1", "case/2"),
        HEAD.replace("id: x", "id: X"),
        HEAD.replace("[A]", "[]"),
        HEAD.replace("names: [A]", "sex: male"),
        HEAD + "cliams: []\n",
        HEAD + CLAIM + ", when: {words: soon}}\n",
        HEAD + CLAIM + ', text2: ""}\n',
        HEAD + CLAIM + ", central: very}\n",
        HEAD + CLAIM + ", told_in: 7}\n",
        HEAD + CLAIM + ", from: A}\n",
        HEAD + CLAIM + ", where: {lat: 1}}\n",
        HEAD + CLAIM + ", where: {}}\n",
        HEAD + CLAIM + ", lasts: two years}\n",
        HEAD + CLAIM + ", lasts: {iso: P2Y, approximate: true}}\n",
        HEAD + CLAIM + ", details: [{what: role}]}\n",
        HEAD + CLAIM.replace("text: x", 'text: " "') + "}\n",
        HEAD + "claims:\n- {id: c1, kind: journey, text: x, where: A}\n",
        HEAD + "evidence:\n- {id: e1, what: x, credibility: 7}\n",
        HEAD + "notes:\n- {id: n1, text: x, restricted: maybe}\n",
        "a text\n",
    ],
)
def test_what_is_mistaken_does_not_fit(text: str) -> None:
    assert not is_read(text)
    assert problems(text)


def test_every_key_is_in_the_reference() -> None:
    page = (EXAMPLES.parent / "docs" / "reference" / "case-file.md").read_text(encoding="utf-8")
    schema = case_schema()
    parts = [schema, *schema["$defs"].values()]
    parts += [inner for part in parts for inner in part.get("anyOf", ())]
    keys = {key for part in parts for key in part.get("properties", {})}
    assert len(keys) > 100
    assert {key for key in keys if f"`{key}`" not in page} == set()
