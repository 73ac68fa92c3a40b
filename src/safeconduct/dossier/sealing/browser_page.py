"""The page that verifies a sealed dossier in a browser: one file that fetches nothing.

Its policy lets its own script and style run, by their hashes, and nothing else. It is to reach its
reader on another way than the dossiers do.
"""

import base64
import hashlib
import html
import json
from importlib.resources import files
from typing import Any

from safeconduct.wording.check_names import CHECKS
from safeconduct.wording.language import Language

_POINTS = ("intact", "valid", "trusted", "in_time", "not_revoked", "for_recipient")
_PARTS = ("reading.js", "signatures.js", "frame.js", "verify.js", "page.js")
_FORMS = ("disclosure", "trust")
_TEXTS = (
    *("verify-heading-dossier", "verify-heading-part", "verify-heading-not-proven"),
    *(f"verify-point-{one}" for one in _POINTS),
    *(f"verify-yes-{one}" for one in _POINTS),
    *("verify-answer-yes", "verify-answer-no", "verify-answer-unknown"),
    *("verify-says", "verify-in-force", "verify-says-unproven", "verify-shown"),
    *("verify-signature-damaged", "verify-no-manifest", "verify-manifest-unreadable"),
    *("verify-content-changed", "verify-two-manifests", "verify-another-document"),
    *("verify-another-frame", "verify-stamp-not-as-sealed"),
    *("verify-item-altered", "verify-item-missing", "verify-signature-wrong"),
    *("verify-certificate-not-named", "verify-organisation-signature-wrong"),
    *("verify-signatures-do-not-hold", "verify-other-key", "verify-not-known"),
    *("verify-other-name", "verify-not-yet", "verify-expired", "verify-other-recipient"),
    *("verify-fingerprint", "verify-not-proven-true", "verify-not-proven-bearer"),
    *("verify-not-proven-second-way", "verify-not-proven-time", "verify-not-proven-revocation"),
    *("verify-not-proven-part", "verify-page-less", "verify-page-behind"),
    *("verify-heading-checks", "verify-check", "verify-check-withheld", "verify-heading-omitted"),
    *("verify-omitted", "verify-manifest-hash", "verify-certificate-expired"),
    *("verify-certificate-not-issued", "verify-certificate-not-valid-then"),
    *("verify-page-certificate-ended", "verify-page-stamp", "verify-page-day"),
    *("verify-not-proven-withheld", "verify-page-no-ed25519"),
    *("verify-page-no-status", "verify-page-no-trust"),
    *("verify-page-no-trust-file", "verify-page-not-sealed", "verify-page-recipient-open"),
    *("verify-page-cut", "verify-part-empty", "verify-check-torn", "verify-check-part"),
    *("verify-heading-items", "label-with-value"),
)


_MADE_BY = '<meta name="generator" content="safeconduct verify --page">'


def verify_page(language: Language) -> bytes:
    """The page in a language, as UTF-8. The same bytes for the same version of the software."""
    script, style = "\n".join(map(_part, _PARTS)), _part("verify.css")
    words = {
        "lang": language.code,
        "text": {one: language.text(one) for one in _TEXTS},
        "checks": {one: language.text(f"check-{one}") for one in CHECKS},
        "forms": {one: _form(one) for one in _FORMS},
    }
    policy = f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    # In a data block `</script>` would end it; nothing else in it is read as markup.
    data = json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")

    def text(name: str) -> str:
        return html.escape(language.text(name))

    return f"""<!doctype html>
<html lang="{language.code}">
<head>
<meta charset="utf-8">
{_MADE_BY}
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{text("verify-page-title")}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{text("verify-page-title")}</h1>
<p class="quiet">{text("verify-page-about")}</p>
<label>{text("verify-page-file")}<input id="file" type="file" accept=".pdf,.json"></label>
<label>{text("verify-page-trust")}<input id="trust" type="file" accept=".json"></label>
<label>{text("verify-page-recipient")}<input id="recipient" autocomplete="off"></label>
<section id="result" aria-live="polite"></section>
<noscript><p class="warning">{text("verify-page-no-script")}</p></noscript>
</main>
<script type="application/json" id="words">{data}</script>
<script>{script}</script>
</body>
</html>
""".encode()


def is_verify_page(head: bytes) -> bool:
    """Does a file that begins like this hold a page of `verify_page`, of any version?"""
    return head.startswith(b"<!doctype html>\n") and _MADE_BY.encode() in head


def _form(name: str) -> Any:
    """The JSON Schema by which a file is read, without what it tells people."""
    folder = files("safeconduct.dossier.sealing") / "shipped"
    return _bare(json.loads((folder / f"{name}-1.json").read_text(encoding="utf-8")))


def _bare(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_bare(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    told = {"description", "title", "$schema", "$id", "default"}
    names = schema.get("type") == "object" or "$defs" in schema
    return {
        key: {name: _bare(one) for name, one in value.items()}
        if names and key in ("properties", "$defs")
        else _bare(value)
        for key, value in schema.items()
        if key not in told
    }


def _part(name: str) -> str:
    folder = files("safeconduct.dossier.sealing") / "browser"
    return (folder / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
