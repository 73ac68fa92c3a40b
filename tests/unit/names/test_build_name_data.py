"""How the tables are made: what joins a group, what a short form loses, what a share is."""

import csv
import gzip
import json
from pathlib import Path

import pytest
from scripts.name_rarity import Known, _listed
from scripts.name_sources import SOURCES
from scripts.name_variants import (
    DIMINUTIVES,
    Gathered,
    alphabet,
    consonants,
    east_slavic,
    skeleton,
    wikidata_groups,
)

from safeconduct.names.rarity import GIVEN
from safeconduct.names.reading import read_name
from safeconduct.names.variants import OWN, diminutive_of, groups, table_key

LISTS = Path(__file__).resolve().parents[4] / "shared/data/screening/watchlists"


def test_a_short_form_leaves_the_groups_of_the_full_name() -> None:
    book = Gathered()
    book.add(1, ("александр", "саша"))
    book.add(2, ("саша", "sasha"))
    book.shorten("саша", "александр")
    assert dict(book.rows()) == {"sasha": [1, 2], "александр": [1, 1], "саша": [1, 2, 1]}


def test_a_full_name_that_no_list_knows_gets_a_group_of_its_own() -> None:
    book = Gathered()
    book.shorten("xo", "xandor")
    assert dict(book.rows()) == {"xandor": [1, OWN], "xo": [0, OWN]}


def test_counterparts_and_their_spellings_become_one_group() -> None:
    book = Gathered()
    book.add(1, ("олександр", "аляксандр", "aliaksandr", "лесь"))
    (group,) = east_slavic([("олександр", ["александр"])], book)
    assert {"александр", "олександр", "аляксандр", "aliaksandr", "aleksandr"} <= set(group)
    assert "лесь" not in group


def test_items_that_add_nothing_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "persons.txt"
    lines = ("urusov, urussow => Q1", "ovsej, овсей, owsei => Q2", "ivan, john, іван => Q3")
    file.write_text(
        "\n".join((*lines, "dupont, дюпон => Q4", "yuki, ゆうき => Q5")) + "\n", "utf-8"
    )
    kept = dict(wikidata_groups(file, frozenset({"іван"})))
    assert kept == {3: ["ivan", "john", "іван"]}


def test_skeletons_join_systems_and_frames_join_languages() -> None:
    assert skeleton("чернышёв") == skeleton("tschernyschew") == skeleton("chernyshev")
    assert consonants("олександр") == consonants("aliaksandr")
    assert consonants("іван") != consonants("ігор")


def test_a_list_without_weights_says_little_and_one_with_weights_what_they_say() -> None:
    plain = list(_listed(["a", "b"], GIVEN, 0.5, weighted=False))
    assert plain == [Known(("a",), GIVEN, 0.001), Known(("b",), GIVEN, 0.001)]
    weighted = list(_listed({"a": 3.0, "b": 1.0}, GIVEN, 0.5, weighted=True))
    assert [one.share for one in weighted] == [0.375, 0.125]


def test_a_form_of_two_scripts_has_no_script() -> None:
    assert alphabet("иван") == "CYRILLIC"
    assert alphabet("иvан") is None
    assert alphabet("裕毅") is None


def test_every_source_is_pinned_and_licensed_openly() -> None:
    for source in SOURCES:
        assert len(source.wheel_sha256) == 64
        assert source.licence.split(" ")[0] in ("MIT", "BSD-3-Clause", "Apache-2.0")


def test_every_east_slavic_short_form_is_shipped() -> None:
    table = json.loads(DIMINUTIVES.read_text("utf-8"))
    assert len(table["read"]) > 10
    for full, shorts in table["forms"].items():
        for short in shorts.split():
            assert diminutive_of(short) & groups(full), (short, full)
            assert table_key(short) != table_key(full)


@pytest.mark.skipif(not LISTS.exists(), reason="no shared/data/screening beside the repository")
def test_most_tokens_of_a_real_list_are_known() -> None:
    with gzip.open(LISTS / "ua_war_sanctions_dev.csv.gz", "rt", encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["schema"] == "Person"]
    forms = [token.form for name in names for token in read_name(name).tokens]
    known = [form for form in forms if groups(form) or diminutive_of(form)]
    assert len(forms) > 500
    assert len(known) > 0.35 * len(forms)
