"""Spellings in Latin letters, as the named systems write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.names.romanising import MOST_SPELLINGS, romanised
from safeconduct.names.scripts import COMPARED


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("щербаков", {"shcherbakov", "schtscherbakow", "chtcherbakov", "szczerbakow"}),
        ("юлия", {"iuliia", "yuliya", "julija"}),
        ("евгений", {"evgenii", "yevgeniy"}),
        ("путин", {"putin", "poutine"}),
        ("сергей", {"sergei", "sergey", "sergej", "serguei"}),
        ("згурський", {"zghurskyi"}),
        ("єнакієв", {"yenakiiev"}),
        ("гагкуєв", {"hahkuiev", "gagkuiev"}),
        ("аляксандр", {"aliaksandr"}),
        ("щерев", {"shterev", "shcherev"}),
        ("қасымжомарт", {"kasymzhomart", "qasymzhomart"}),
        ("ўрозбоев", {"urozboev", "orozboev"}),
        ("ђоковић", {"djokovic"}),
    ],
)
def test_a_cyrillic_name_is_written_as_passports_write_it(form: str, expected: set[str]) -> None:
    assert expected <= set(romanised(form, "Cyrl"))


@pytest.mark.parametrize(
    ("form", "script", "expected"),
    [
        ("ძიძიგური", "Geor", {"dzidziguri", "dsidsiguri"}),
        ("ყიფიანი", "Geor", {"qipiani", "kipiani", "qifiani"}),
        ("պետրոսյան", "Armn", {"petrosyan", "bedrosyan"}),
        ("երևան", "Armn", {"yerevan", "erevan"}),
        ("ոսկանյան", "Armn", {"voskanyan", "oskanyan"}),
        ("παπαδόπουλος", "Grek", {"papadopoulos", "papadopulos"}),
        ("μπακογιάννη", "Grek", {"bakogianni"}),
        ("χρήστος", "Grek", {"christos", "hristos", "khristos"}),
        ("محمود", "Arab", {"mahmud", "mahmoud"}),
        ("جميل", "Arab", {"jamil", "djamil"}),
        ("משה", "Hebr", {"masha", "msha"}),
        ("müller", "Latn", {"muller", "mueller"}),
        ("şişçi", "Latn", {"sisci", "shishchi"}),
        ("đặng", "Latn", {"dang"}),
    ],
)
def test_a_name_of_another_script_is_written_in_its_usual_ways(
    form: str, script: str, expected: set[str]
) -> None:
    assert expected <= set(romanised(form, script))


def test_a_script_that_is_not_compared_has_no_spelling() -> None:
    assert romanised("金正恩", "other") == ()


@given(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=60), st.sampled_from(COMPARED)
)
def test_spellings_are_distinct_small_latin_letters_and_few(form: str, script: str) -> None:
    found = romanised(form.casefold(), script)
    assert len(found) == len(set(found)) <= MOST_SPELLINGS
    assert all(one and one.isascii() and one.isalpha() and one.islower() for one in found)
