"""The table of official lists: each address is protected, each origin and licence is told."""

import re
from pathlib import Path

import pytest

from safeconduct.acquire.errors import NoSuchSource
from safeconduct.acquire.links import link
from safeconduct.acquire.sources import SOURCES, Source, source
from safeconduct.checks.kinds import KINDS
from safeconduct.reference.addresses import is_slug
from safeconduct.screening.detecting import FORMATS, detect
from safeconduct.screening.importer import packed

FIXTURES = Path(__file__).parents[1] / "screening" / "importers" / "fixtures"
SAMPLES = {
    "un.xml": "un.xml",
    "eu.csv": "eu.csv",
    "sdn.csv": "sdn.csv",
    "alt.csv": "alt.csv",
    "add.csv": "add.csv",
    "sdn_advanced.xml": "ofac_advanced.xml",
}
EVERY = pytest.mark.parametrize("one", SOURCES.values(), ids=SOURCES)


@EVERY
def test_every_address_is_https_of_a_public_body(one: Source) -> None:
    for file in one.files:
        found = link(file.address)
        assert found.scheme == "https"
        assert found.host.endswith((".un.org", ".europa.eu", ".treas.gov"))


@EVERY
def test_every_list_says_who_published_it_under_which_terms_and_where_that_was_read(
    one: Source,
) -> None:
    assert one.publisher
    assert one.title
    assert one.licence
    assert one.page.startswith("https://")
    assert re.search(r"; 2026-11-23$", one.read)
    assert is_slug(one.name)
    assert one.kind in KINDS
    assert one.format in FORMATS


@EVERY
def test_the_pattern_of_a_file_knows_such_a_file_and_no_other(one: Source) -> None:
    for file in one.files:
        for name, sample in SAMPLES.items():
            head = (FIXTURES / sample).read_bytes()[:4096]
            found = re.match(file.expected.begins.encode(), head, re.DOTALL)
            assert bool(found) == (name == file.name), (file.name, name)


@EVERY
def test_the_files_together_are_of_the_stated_format(one: Source) -> None:
    files = [(file.name, (FIXTURES / SAMPLES[file.name]).read_bytes()) for file in one.files]
    assert detect(packed(files)) == one.format


def test_a_name_that_nobody_knows_is_told_with_those_that_are() -> None:
    with pytest.raises(NoSuchSource, match="accepted: un, eu, ofac, ofac-xml"):
        source("uk")
