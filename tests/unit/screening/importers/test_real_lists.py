"""The real lists, where their folder stands beside the repository: nothing of them is lost."""

import gzip
from contextlib import suppress
from pathlib import Path

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.detecting import read_watchlist
from safeconduct.screening.entities import Entity
from safeconduct.screening.importers.reading import Read

FOLDER = Path(__file__).parents[5] / "shared/data/screening/watchlists"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="the real lists are no part of the repository: no shared/data beside",
)


def read(name: str) -> Read:
    return read_watchlist((FOLDER / name).read_bytes())


def persons(found: Read) -> list[Entity]:
    return [one for one in found.entities if one.schema == "Person"]


@pytest.mark.parametrize(
    ("name", "format_", "entities", "of_persons", "as_of"),
    [
        ("ofac_sdn_2021-07.csv.gz", "ofac-csv", 8976, 4620, None),
        ("un_consolidated_2026-02.xml.gz", "un-xml", 1003, 730, "2026-02-27"),
        ("eu_journal_consolidated_dev.csv.gz", "eu-journal-csv", 6588, 3320, None),
        ("ua_war_sanctions_dev.csv.gz", "opensanctions-csv", 4854, 797, "2026-03-13"),
        ("interpol_red_notices_dev.csv.gz", "opensanctions-csv", 3262, 3262, "2025-05-23"),
    ],
)
def test_every_row_becomes_an_entity(
    name: str, format_: str, entities: int, of_persons: int, as_of: str | None
) -> None:
    found = read(name)
    assert (found.format, found.as_of) == (format_, as_of)
    assert found.rejected == ()
    assert len(found.entities) == entities
    assert len(persons(found)) == of_persons
    assert len({one.id for one in found.entities}) == entities
    assert all(name.text.strip() for one in found.entities for name in one.names)


def test_almost_every_date_of_birth_is_read() -> None:
    for name, least in (
        ("ofac_sdn_2021-07.csv.gz", 1.0),
        ("un_consolidated_2026-02.xml.gz", 0.99),
        ("eu_journal_consolidated_dev.csv.gz", 0.99),
        ("ua_war_sanctions_dev.csv.gz", 1.0),
        ("interpol_red_notices_dev.csv.gz", 1.0),
    ):
        days = [day for one in persons(read(name)) for day in one.birth_dates]
        assert sum(day.value is not None for day in days) >= least * len(days), name


def test_aliases_of_ofac_join_the_list() -> None:
    main, aliases = (
        gzip.decompress((FOLDER / f"ofac_{part}_2021-07.csv.gz").read_bytes())
        for part in ("sdn", "alt")
    )
    found = read_watchlist(main + aliases)
    alone = read_watchlist(main)
    assert found.rejected == ()
    joined = sum(len(one.names) for one in found.entities)
    assert joined - sum(len(one.names) for one in alone.entities) == 11_910


def test_some_facts_are_where_they_belong() -> None:
    by_name = {one.caption: one for one in read("ofac_sdn_2021-07.csv.gz").entities}
    zawahiri = by_name["AL ZAWAHIRI, Dr. Ayman"]
    assert zawahiri.birth_dates[0].value == "1951-06-19"
    assert [paper.number for paper in zawahiri.documents] == ["1084010", "19820215"]
    un = {one.id: one for one in read("un_consolidated_2026-02.xml.gz").entities}
    assert un["un-CDi.001"].caption == "ERIC BADEGE"
    assert un["un-CDi.001"].citizenships == ("cd",)
    assert un["un-CDi.001"].birth_dates[0].value == "1971"
    scripts = [name for one in un.values() for name in one.names if name.kind == "original-script"]
    assert len(scripts) > 300
    eu = read("eu_journal_consolidated_dev.csv.gz").entities[4]
    assert [day.value for day in eu.birth_dates] == ["1955-03-06", "1955-03-15"]
    assert [(paper.number, paper.country) for paper in eu.documents][:2] == [
        ("C2002515", "ir"), ("477845448", "us"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["un_consolidated_2026-02.xml.gz", "interpol_red_notices_dev.csv.gz"]
)
def test_a_real_list_that_is_cut_is_refused_or_loses_whole_rows_only(name: str) -> None:
    whole = gzip.decompress((FOLDER / name).read_bytes())
    entities = read_watchlist(whole).entities
    for share in (0.3, 0.6, 0.95):
        with suppress(ImportRejected):
            found = read_watchlist(whole[: int(len(whole) * share)])
            assert found.entities[:-1] == entities[: len(found.entities) - 1]
