"""An identity paper in a case file: what it holds, and what it refuses."""

import msgspec
import pytest

from safeconduct.casefile.documents import Document, DocumentKind
from safeconduct.casefile.when import When

PASSPORT = {
    "id": "d1",
    "kind": "russian-travel-passport",
    "number": "71 1234567",
    "issued": {"edtf": "2019-06"},
    "expires": {"edtf": "2029-06"},
    "country": "RU",
    "holder": "p1",
    "mrz": ["P<RUS", "71"],
    "seen": "copy",
}


def test_a_paper_is_read_with_its_dates_and_lines_as_printed() -> None:
    document = msgspec.convert(PASSPORT, Document)

    assert document.kind is DocumentKind.RUSSIAN_TRAVEL_PASSPORT
    assert document.issued == When(edtf="2019-06")
    assert document.mrz == ("P<RUS", "71")


def test_only_the_identifier_and_the_kind_must_be_known() -> None:
    document = msgspec.convert({"id": "d2", "kind": "laissez-passer"}, Document)

    assert document.number is None
    assert document.seen is None
    assert document.mrz == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "passport"),
        ("seen", "yes"),
        ("country", "RUS"),
        ("id", "passport-1"),
        ("holder", "Ivan"),
        ("nummer", "1"),
    ],
)
def test_what_a_paper_cannot_be_is_refused(field: str, value: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**PASSPORT, field: value}, Document)
