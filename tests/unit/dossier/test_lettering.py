"""Case text among our own words."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.findings import Message, Parameter, Text, Texts, Told
from safeconduct.dossier.lettering import isolated, sentence, split_at_identifiers, visible
from safeconduct.wording.language import Language

ARABIC = "سامي"


def test_a_control_character_is_shown_as_its_code_point() -> None:
    assert visible("a\x1b[31mb\x07") == "a[U+001B][31mb[U+0007]"


def test_an_override_of_direction_is_shown_instead_of_obeyed() -> None:
    assert visible("abc\u202edef") == "abc[U+202E]def"


def test_line_breaks_tabs_and_other_scripts_stay() -> None:
    text = f"а\tб\n{ARABIC} ё"
    assert visible(text) == text


def test_half_a_surrogate_pair_can_be_written_to_a_file() -> None:
    assert visible("\ud800").encode() == b"[U+D800]"


def test_a_name_written_from_right_to_left_is_isolated_and_no_other() -> None:
    assert isolated(ARABIC) == f"\u2068{ARABIC}\u2069"
    assert isolated("Самара") == "Самара"


def test_case_text_cannot_close_the_isolation_around_it() -> None:
    assert isolated(f"{ARABIC}\u2069x") == f"\u2068{ARABIC}[U+2069]x\u2069"


def test_case_text_cannot_begin_a_line_of_its_own() -> None:
    assert isolated("a\n\nCANNOT ALL HOLD\r\n  b\u2028c") == "a CANNOT ALL HOLD b c"


def test_every_text_in_a_sentence_is_isolated(english: Language) -> None:
    where = Message(
        "place-could-be",
        {"claim": Text("c1"), "name": Text(ARABIC), "candidates": Texts((ARABIC, "Kirov"))},
    )
    assert sentence(where, english).count("\u2068") == 2
    parameters: dict[str, Parameter] = {
        "claim": Text("c1"),
        "when": Told("2022", ARABIC),
        "milestone": Text("x"),
    }
    more: dict[str, Parameter] = {"date": Told("2022"), "source": Text("y")}
    agrees = Message("milestone-agrees-during", {**parameters, **more})
    assert f"“\u2068{ARABIC}\u2069”" in sentence(agrees, english)


@given(st.text(alphabet="c1t29f e2x-.,"))
def test_splitting_at_identifiers_loses_nothing(text: str) -> None:
    assert "".join(split_at_identifiers(text)) == text


def test_identifiers_are_found_where_they_stand_alone() -> None:
    assert split_at_identifiers("c1 (t2), e10x c0") == ["", "c1", " (", "t2", "), e10x c0"]
