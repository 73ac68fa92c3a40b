"""The JSON Schema of a profile, made from the type that reads it, for editors that check a file.

It says all but what no schema can: that a part, a check or a statement is not named twice.
"""

from typing import Any

import msgspec

from safeconduct.dossier.profiles.profile import HELD, SCHEMA, Profile
from safeconduct.wording.language import LANGUAGES

FILE = "profile-1.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_WORDS = {
    "type": "object",
    "properties": {one: {"type": "string", "pattern": "\\S"} for one in LANGUAGES},
    "required": list(LANGUAGES),
    "additionalProperties": False,
}


def profile_schema() -> dict[str, Any]:
    """The JSON Schema of a profile."""
    made = msgspec.json.schema(Profile)
    parts: dict[str, Any] = {name: _worded(one) for name, one in made["$defs"].items()}
    parts["HeldCheck"]["properties"]["check"] = {"enum": list(HELD)}
    top = parts.pop("Profile")
    top["properties"]["channels"]["uniqueItems"] = True
    top["title"] = "Which parts, checks and names go to a kind of recipient, and why not others"
    whole = {"$schema": _DRAFT, "$id": SCHEMA, **top, "$defs": {"Words": _WORDS, **parts}}
    # As it is read back: defaults are tuples here and lists there.
    return msgspec.json.decode(msgspec.json.encode(whole), type=dict[str, Any])


def _worded(part: dict[str, Any]) -> dict[str, Any]:
    """The part with each text in all languages, where the type knows keys of a form alone."""
    return {**part, "properties": {name: _text(one) for name, one in part["properties"].items()}}


def _text(value: dict[str, Any]) -> dict[str, Any]:
    if value.get("type") == "object":
        return {"$ref": "#/$defs/Words"}
    if "anyOf" in value:
        return {**value, "anyOf": [_text(one) for one in value["anyOf"]]}
    return value
