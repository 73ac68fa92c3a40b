"""A catalogue in an empty folder, and an importer that needs no kind of data."""

from collections.abc import Callable
from pathlib import Path

import pytest

from safeconduct.reference.catalogue import Added, Catalogue
from safeconduct.reference.importing import Built, ImportRejected, RowMistake


class UpperCase:
    """Builds a text into its upper case; the line `bad` is a mistake."""

    name = "upper-case"
    version = 1
    most_bytes = 4_000_000

    def build(self, original: bytes) -> Built:
        """Counts lines as rows."""
        lines = original.split(b"\n")
        bad = [RowMistake(n, "bad") for n, line in enumerate(lines, start=1) if line == b"bad"]
        if bad:
            raise ImportRejected(tuple(bad))
        return Built(data=original.upper(), rows=len(lines))


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A catalogue whose folder is not there yet."""
    return Catalogue(tmp_path / "references")


@pytest.fixture
def importer() -> UpperCase:
    """The importer of both kinds that the tests use."""
    return UpperCase()


@pytest.fixture
def add(catalogue: Catalogue, importer: UpperCase, tmp_path: Path) -> Callable[..., Added]:
    """Adds a text, with statements that a test may replace."""

    def added(text: str = "one\ntwo", kind: str = "words", **stated: str) -> Added:
        original = tmp_path / "words.TXT"
        original.write_text(text)
        usual = {"id": "few", "as_of": "2026-11-22", "origin": "us", "licence": "CC0"}
        return catalogue.add(original, kind, importer, **(usual | stated))

    return added
