"""The table of what sealing writes as JSON: file of the schema → form, schema name, title."""

import msgspec

from safeconduct.dossier.sealing import disclosing, manifest, status, trust, verification_json

FORMATS: dict[str, tuple[type[msgspec.Struct], str, str]] = {
    "manifest-1.json": (manifest.Manifest, manifest.SCHEMA, "What a seal says about a dossier"),
    "disclosure-1.json": (
        disclosing.Disclosed,
        disclosing.SCHEMA,
        "A manifest with its signature and the items that are shown",
    ),
    "trust-1.json": (trust.Trust, trust.SCHEMA, "Whom a recipient trusts"),
    "status-1.json": (status.SignedStatus, status.SCHEMA, "What an organisation has taken back"),
    "verification-1.json": (
        verification_json.VerificationForm,
        verification_json.SCHEMA,
        "What verifying a sealed dossier answers",
    ),
}
