import pytest

from safeconduct.geo.disputed import AREA, DisputedView, label, may_be_called


def test_crimea_is_labelled_by_the_view_that_was_chosen() -> None:
    assert label("Crimea", DisputedView.RECOGNISED) == "UA"
    assert label("Crimea", DisputedView.DE_FACTO) == "RU"
    assert label("Crimea", DisputedView.UNASSIGNED) is None


def test_a_speaker_may_place_crimea_in_either_country_and_in_no_third() -> None:
    assert may_be_called("Crimea", "RU")
    assert may_be_called("Crimea", "UA")
    assert not may_be_called("Crimea", "KZ")
    assert not may_be_called(None, "RU")


@pytest.mark.parametrize("name", AREA)
def test_every_area_says_on_what_its_label_rests(name: str) -> None:
    assert AREA[name].basis
    assert AREA[name].source
