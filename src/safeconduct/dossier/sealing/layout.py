"""Where in a sealed file what lies: names that sealing writes and verifying looks for."""

MANIFEST = "manifest.json"
DISCLOSURE = "disclosure.json"

MIME_TYPES = {
    MANIFEST: "application/vnd.safeconduct.manifest+json",
    DISCLOSURE: "application/vnd.safeconduct.disclosure+json",
}
"""The types tell both apart from any other attachment of the same name."""

FIELD = "Seal"
"""The name of the one signature field."""
