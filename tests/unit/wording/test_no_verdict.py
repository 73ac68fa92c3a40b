"""No wording says or implies that somebody is an agent, or is none, or is cleared."""

import re
from pathlib import Path

import polib
import pytest
from scripts.compile_catalogues import CATALOGUES

SOURCE = CATALOGUES.parents[1]
FILES = sorted(CATALOGUES.glob("*.po"))
DISCLAIMS = ("report-is-", "dossier-is-not-")
"""What says that no result can show either is the one place for these words."""

NEVER = re.compile(
    r"\b(agents?|spy|spies|spying|espions?|espionne\w*|infiltr\w*|"
    r"агент\w*|шпион\w*|шпигун\w*|разведчик\w*|розвідник\w*|"
    r"trustworthy|untrustworthy|digne de confiance|благонадёжн\w*|благонадійн\w*|"
    r"is cleared|has been cleared|proven true|harmless|inoffensi\w+|безобидн\w*|"
    r"liars?|menteu\w+|лж[её]т|лгун\w*|брехун\w*)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(r"\b(?:cannot|not|nicht|ne|n’|не|ни)\b|n’", re.IGNORECASE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_wording_speaks_of_agents_but_to_say_that_nothing_shows_it(file: Path) -> None:
    for entry in polib.pofile(str(file)):
        for form in (entry.msgstr, *entry.msgstr_plural.values()):
            if not NEVER.search(form):
                continue
            assert entry.msgid.startswith(DISCLAIMS), (file.stem, entry.msgid, form)
            assert NEGATED.search(form), (file.stem, entry.msgid, form)


def test_the_scan_would_find_such_a_wording() -> None:
    for text in (
        "He is not an agent.",
        "Ce n’est pas un espion.",
        "Он не агент.",
        "Він не шпигун.",
    ):
        assert NEVER.search(text)
    for text in ("Agreement is no proof.", "Соглашение", "agence", "moment", "reagent"):
        assert not NEVER.search(text)


def test_no_template_speaks_of_agents() -> None:
    templates = [
        file for suffix in ("html", "typ", "css", "yaml") for file in SOURCE.rglob(f"*.{suffix}")
    ]
    assert len(templates) > 3
    for file in templates:
        found = NEVER.search(file.read_text(encoding="utf-8"))
        assert not found, (file.name, found)
