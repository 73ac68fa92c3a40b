"""The JSON Schema of case files, with which editors complete and check while one writes.

It says what the types say, the shorthands included, and what one part alone can show to be wrong.
What parts say of each other (a relation to a missing claim) only `read_case` finds.
"""

from typing import Any

import msgspec

from safeconduct.casefile.case import CASE_SCHEMA, Case
from safeconduct.casefile.reading import SHORTHANDS

SCHEMA_ID = "urn:" + CASE_SCHEMA.replace("/", ":")

# What the keys at the top of a file are for.
_SECTIONS = {
    "schema": "The kind of file and its version.",
    "id": "A short name of the case: lower-case letters, digits and hyphens.",
    "applicant": "The person who asks for protection.",
    "title": "One line that says which case this is.",
    "language": "The language in which the case is kept.",
    "organisation": "The organisation that keeps the case.",
    "responsible": "Who is responsible for the case.",
    "conventions": "How wide `~`, `?` and seasons are meant in this case.",
    "gaps_longer_than": "Gaps between stays that are longer than this are named, e.g. P180D.",
    "disputed_areas": "To which country a point in a disputed area (such as Crimea) is given.",
    "household": "Family members who ask together with the applicant.",
    "persons": "Other persons whom the account names.",
    "tellings": "Interviews and written statements; they never change.",
    "claims": "The checkable statements of the account, one by one.",
    "service": "Service in military or other units, as stated.",
    "sources": "Who or what evidence came from.",
    "evidence": "Collected items; the originals are never altered.",
    "searches": "Searches made by hand; those that found nothing as well.",
    "explanations": "Rival explanations of claims, with the items for and against each.",
    "controls": "Questions whose answers were fixed beforehand and stand elsewhere.",
    "registers": "Entries that a register should have if claims are so.",
    "identifiers": "Telephones, handles and photographs that tie the applicant to claims.",
    "answers": "What was answered to questions that were put, and what was not answered.",
    "judgements": "Whether a named person held an entry of a list to be somebody of this case.",
    "consents": "What the applicant agreed to.",
    "notes": "Notes of the staff; restricted ones never leave the house.",
}

_EXAMPLES = {
    "When": ["2022-09-21", "2022-09~", "../2024-11-02", "[2022-09-20,2022-09-22]"],
    "Place": ["Samara"],
    "Name": ["Александр Иванов"],
    "Lasting": ["P2W", "P2Y"],
}

_JOURNEY = {"properties": {"kind": {"const": "journey"}}}

_ANSWERED: dict[str, Any] = {
    "oneOf": [
        {"required": ["text"], "properties": {"refused": {"const": False}}},
        {
            "required": ["refused"],
            "properties": {"text": {"type": "null"}, "refused": {"const": True}},
        },
    ]
}

_OF_CLAIMS = {"allOf": [{"properties": {"claims": {"type": "array", "minItems": 1}}}]}

# What is compared came back: an answer, not a refusal.
_COMPARED = {
    "if": {"properties": {"compared": {"type": "object"}}, "required": ["compared"]},
    "then": {
        "required": ["answered"],
        "properties": {"answered": {"type": "object", "required": ["text"]}},
    },
}

# What the keys of one part say of each other; the types check the same when a file is read.
_TOGETHER: dict[str, dict[str, Any]] = {
    "Claim": {
        "if": _JOURNEY,
        "then": {"properties": {"where": {"type": "null"}}},
        "else": {"properties": {key: {"type": "null"} for key in ("from", "to", "by")}},
    },
    "Answer": _ANSWERED,
    "Answered": _ANSWERED,
    "ControlQuestion": {**_OF_CLAIMS, **_COMPARED},
    "RegisterEntry": {**_OF_CLAIMS, **_COMPARED},
    "Identifier": {**_OF_CLAIMS, **_COMPARED},
    "Document": _COMPARED,
    "Detail": {"oneOf": [{"required": ["value"]}, {"required": ["one_of"]}]},
    "Expectation": {
        "if": {"properties": {"result": {"type": "string"}}, "required": ["result"]},
        "then": {
            "required": ["looked"],
            "properties": {"looked": {"type": "array", "minItems": 1}},
        },
    },
    "Explanation": {"allOf": [{"properties": {"about": {"type": "array", "minItems": 1}}}]},
    "Place": {
        "minProperties": 1,
        "dependentRequired": {"lat": ["lon", "radius_km"], "lon": ["lat", "radius_km"]},
    },
    "Lasting": {
        "if": {"properties": {"approximate": {"const": True}}, "required": ["approximate"]},
        "then": {"required": ["least", "most"]},
    },
}


def case_schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) of case files, as plain values."""
    made = msgspec.json.schema(Case)
    parts = {name: _part(name, schema) for name, schema in made["$defs"].items()}
    top = parts.pop("Case")
    for key, description in _SECTIONS.items():
        top["properties"][key] = {**top["properties"][key], "description": description}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **top,
        "title": "A case file of Safeconduct",
        "$defs": parts,
    }


def _part(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    part: dict[str, Any] = {**_adapted(schema), **_TOGETHER.get(name, {})}
    if "names" in part.get("properties", {}):
        part["properties"]["names"] = {**part["properties"]["names"], "minItems": 1}
        part["properties"]["names"]["type"] = "array"
    short = next((field for kind, field in SHORTHANDS.items() if kind.__name__ == name), None)
    if short is None:
        return part
    text = part["properties"][short]
    text = next((one for one in text.get("anyOf", ()) if "null" not in one["type"]), text)
    return {
        "title": part.pop("title"),
        "description": part.pop("description"),
        "anyOf": [{**text, "examples": _EXAMPLES[name]}, part],
    }


def _adapted(schema: Any) -> Any:
    """The schema as msgspec makes it, in step with how case files are read."""
    if isinstance(schema, list):
        return [_adapted(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    adapted = {key: _adapted(value) for key, value in schema.items()}
    if isinstance(adapted.get("description"), str):
        adapted["description"] = " ".join(adapted["description"].split())
    if adapted.get("default", True) in (None, [], {}):
        del adapted["default"]
    return _as_written(adapted)


def _as_written(schema: dict[str, Any]) -> dict[str, Any]:
    """What YAML takes for a number is a text here, and an empty value is an empty list."""
    if schema.get("type") == "string" and "pattern" not in schema:
        # `number: 123456` and `when: 2022`: the file is read as it is written.
        return {**schema, "type": ["string", "number"], "pattern": r"\S"}
    if schema.get("type") == "array":
        return {**schema, "type": ["array", "null"]}
    if "enum" in schema:
        numbers = [int(value) for value in schema["enum"] if str(value).isdigit()]
        return {**schema, "enum": [*schema["enum"], *numbers]}
    return schema
