"""The JSON Schemas of what sealing writes, made from the types that read it."""

from typing import Any

import msgspec

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(form: type[msgspec.Struct], schema: str, title: str) -> dict[str, Any]:
    """The JSON Schema of a form; every key is required, since each is always written."""
    made = msgspec.json.schema(form)
    parts = made["$defs"]
    for part in parts.values():
        if part.get("type") == "object" and part.get("properties"):
            part["required"] = list(part["properties"])
    top = parts.pop(form.__name__)
    top["title"] = title
    whole = {"$schema": _DRAFT, "$id": schema, **top, "$defs": parts}
    # As it is read back: defaults are tuples here and lists there.
    return msgspec.json.decode(msgspec.json.encode(whole), type=dict[str, Any])
