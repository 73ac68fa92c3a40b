"""The table of what sealing writes as JSON: file of the schema → form, schema name, title."""

import msgspec

from safeconduct.dossier.sealing import manifest

FORMATS: dict[str, tuple[type[msgspec.Struct], str, str]] = {
    "manifest-1.json": (manifest.Manifest, manifest.SCHEMA, "What a seal says about a dossier"),
}
