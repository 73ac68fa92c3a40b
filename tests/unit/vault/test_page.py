"""docs/reference/vault.md names each label, schema and beginning that is written, and no more."""

import re
from pathlib import Path

VAULT = "src/safeconduct/vault"
# Rooms whose formats are described elsewhere, or that write nothing.
NOT_HERE = ("age.py", "memory.py")

LABEL = re.compile(r'labelled\(\s*"([a-z-]+)"|^_(?:KIND|INNER|OUTER)\b.*?= (.+)$', re.MULTILINE)
SCHEMA = re.compile(r'"safeconduct/([a-z-]+)/(\d+)"')
MAGIC = re.compile(r'^MAGIC = b"(\w+)"', re.MULTILINE)


def _sources(root: Path) -> str:
    files = sorted((root / VAULT).rglob("*.py"))
    return "\n".join(one.read_text(encoding="utf-8") for one in files if one.name not in NOT_HERE)


def _labels(text: str) -> set[str]:
    found: set[str] = set()
    for direct, named in LABEL.findall(text):
        found |= {direct} if direct else set(re.findall(r'"([a-z-]+)"', named))
    return found


def test_the_page_names_every_label_and_none_that_is_not_written(root: Path) -> None:
    page = (root / "docs/reference/vault.md").read_text(encoding="utf-8")
    table = page.split("| label | facts |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == _labels(_sources(root))


def test_the_page_names_every_schema_and_none_that_is_not_written(root: Path) -> None:
    page = (root / "docs/reference/vault.md").read_text(encoding="utf-8")
    listed = page.split("\nSchemas: ")[1].split(". A format")[0]
    written = {"/".join(one) for one in SCHEMA.findall(_sources(root))}
    assert set(re.findall(r"`safeconduct/([a-z-]+/\d+)`", listed)) == written


def test_the_page_names_every_beginning(root: Path) -> None:
    page = (root / "docs/reference/vault.md").read_text(encoding="utf-8")
    table = page.split("| begins with |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) == set(MAGIC.findall(_sources(root)))
