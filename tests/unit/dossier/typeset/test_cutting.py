"""Texts that are cut where only so much has room."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.dossier.typeset.cutting import cut


def test_a_long_text_ends_at_a_word_with_an_ellipsis_and_closes_its_direction() -> None:
    assert cut("\u2068" + "слово " * 60 + "\u2069", 21) == "\u2068слово слово слово\u2069 …"


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert cut("short", 5) == "short"


@given(st.text(), st.integers(1, 40))
def test_what_is_kept_is_the_beginning(text: str, longest: int) -> None:
    kept = cut(text, longest).removesuffix(" …").rstrip("\u2069")
    assert text.startswith(kept)
