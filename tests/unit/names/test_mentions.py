"""Names are found in sentences: in another script, spelling, case; other words are left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.names.mentions import mentions, sought

FOUND = {
    "Павел Лебедев": "Павла Павлу Павлом Pavla Pawel Паша Пашей Лебедева Лебедевых Paul",
    "Лев Соловей": "Льва Льву Соловья Соловьём Lev",
    "Пётр Орёл": "Петра Петром Орла Piotr Pyotr Petr Peter",
    "Игорь Голубь": "Игоря Игорем Голубя Igorem",
    "Сергей Воробей": "Сергея Воробья Серёжа",
    "Илья Заяц": "Ильёй Зайца Ilya",
    "Ким Ли": "Ким ким Кима Ли Li",
    "Ян Цой": "Ян Яна Цоя Цоем Tsoi Tsoy",
    "Александр Тестовский": "Сашей Тестовского Тестовскому Testovskij Testowski ТЕСТОВСКИЙ",
    "Анна Достоевская": "Анной Анны Достоевской Достоевскую Dostojewskaja Dostoevskaia",
    "Мария Белая": "Марией Марию Белой Белую",
    "Ольга Чёрная": "Чёрной Черной Ольгой Ольге",
    "Мухаммад Хусейни": "Мохаммед Mohammed Хусейни Husseini Husayni",
    "Дмитрий Кузнец": "Дмитрия Кузнеца Dmitri Dmitry Dimitri",
    "Евгений Щукин": "Eugene Evgeny Yevgeny Щукину Shchukin Chtchoukine Schtschukin",
    "Pavel Ignatyev": "Ignatiev Ignatieff Игнатьева",
    "Zvonimir K": "@zvonimir_kv zvonimir1987 user_zvonimir photo_zvonimir.jpg",
    "Jean Dupont": "Dupont’s",
    "Li Yu": "Li Yu",
    "金秀": "金秀 金\u200b秀",
    "سامي الاختبار": "سامي",
}


@pytest.mark.parametrize(("name", "words"), FOUND.items())
def test_a_name_is_found(name: str, words: str) -> None:
    names = sought((name,))
    missed = [one for one in words.split() if not mentions(f"that day {one} was seen", names)]
    assert missed == []


@pytest.mark.parametrize(
    "text", ["Тесто\u00adвский", "Те\u0301стовский", "Tes\u200btovski", "\u202eТестовский"]
)
def test_what_nobody_sees_hides_no_name(text: str) -> None:
    assert mentions(f"с {text}", sought(("Александр Тестовский",)))
    decomposed = unicodedata.normalize("NFD", "Пётр Андрей")
    assert len(mentions(decomposed, sought(("Пётр Орёл", "Андрей")))) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Руслан Тестов", "He told the truth; the test passed. Тест прошёл, текст тесный."),
        ("Анна", "And an answer; on a good day. Она, оно, они; Ан"),
        ("Павел Лебедев", "Пол: мужской. Полк, палец, lebensraum"),
        ("Li Yu", "a line of yurts; living"),
        ("Ким Ли", "спросил ли он"),
        ("Иван", "диван, иволга, Ivory"),
        ("金秀", "金 и 秀"),
    ],
)
def test_other_words_are_left_alone(name: str, text: str) -> None:
    assert mentions(text, sought((name,))) == ()


def test_words_of_a_name_that_is_shown_are_not_looked_for() -> None:
    names = sought(("Ирина Тестова",), ("Руслан Тестов", "Ruslan Testov"))
    assert mentions("Тестов уехал, Тестову сказали, Testov left", names) == ()
    assert mentions("с Ириной", names) == ("Ириной",)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    mentions(text, sought((text, "Павел Ли")))


@given(st.sampled_from(sorted(FOUND)), st.text(alphabet=" .,!?\n«»()", max_size=5))
def test_a_name_as_it_is_written_is_found_between_any_marks(name: str, mark: str) -> None:
    assert mentions(f"a{mark} {name} {mark}b", sought((name,)))
