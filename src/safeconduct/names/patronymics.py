"""The father's name inside a patronymic: endings, words for son and daughter, irregular forms.

`fathers` gives what the father may be called, in the script of the form, so that two patronymics
can be compared as names are: Олексійович → олексій, Alekseevich → aleksei. It judges a form by its
shape alone; whether the token *is* a patronymic is for `parts` to say, since many surnames end
alike (Абрамович), and so do names in -oglu.

Sources (read 2026-11-23): East-Slavic endings, Ильич/Ильинична, Ukrainian -ович/-івна and Illich:
http://www.liquisearch.com/eastern_slavic_naming_customs/patronymic; Belarusian -avič and Polish
-owicz: https://infinitelexicon.pages.dev/ovich; names in -a (Nikitich):
https://wrdingham.co.uk/cybalist/msg/291/79.html; Kazakh ұлы/қызы, Azeri oğlu:
https://liquisearch.com/eastern_slavic_naming_customs/exceptions_for_some_post-soviet_countries;
кызы/гызы, улы, оглы: https://conclubwear.ru/articles/chto-oznachaet-pristavka-kyzy; Georgian ძე is
"son": https://estero.ru/bs/gruzinskie-familii-muzhskie-spisok-gruzinskie-familii.html; ibn, bin,
bint, abu, umm: https://www.worddisk.com/wiki/Laqab.
"""

import re
import unicodedata
from functools import lru_cache

import msgspec


class Fathers(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says of the father, if it is a patronymic.

    `names`: his possible names, the likeliest first. `surname_like`: surnames commonly end so too.
    """

    names: tuple[str, ...]
    surname_like: bool
    rule: str


SON_WORDS = frozenset(
    (
        *("oglu", "ogly", "ogli", "oghlu", "oghly", "ughli", "ugli", "uly", "uulu", "oglou"),
        *("оглу", "оглы", "огли", "углы", "угли", "улы", "уулу", "ұлы", "ўғли", "оғлы", "оғли"),
        *("kyzy", "kizi", "kizy", "qizi", "qyzy", "gizi", "gyzy", "кызы", "кизи", "гызы", "қызы"),
        *("қизи", "ქიზი", "ოღლი", "օղլի", "ұғлы", "улу"),
    )
)
"""Words after the father's name: his son or daughter (Turkic)."""

GEORGIAN_WORDS = frozenset(("ძე", "ასული", "dze", "asuli", "дзе", "асули"))
"""Words after the father's name in the genitive: Georgian style (ვანოს ძე)."""

NASAB_WORDS = frozenset(
    (
        *("bin", "ibn", "ben", "bint", "binti", "ibnat", "bnt", "ould", "wuld", "binte"),
        *("بن", "ابن", "بنت", "ولد", "бин", "ибн", "бен", "бинт", "ульд", "בן", "בת"),
    )
)
"""Words before the father's name (Arabic nasab, Hebrew)."""

KUNYA_WORDS = frozenset(("abu", "abou", "umm", "oum", "um", "abi", "ابو", "أبو", "أم", "ام", "абу"))
"""Words before a child's name, or before any byname: a kunya, not a patronymic."""

_VOWELS = "аеёиоуыэюяіїєaeiou"
_IRREGULAR = {
    **dict.fromkeys(("ильич", "ильинична", "ильична"), "илья"),
    **dict.fromkeys(("ілліч", "іллівна", "іллич"), "ілля"),
    **dict.fromkeys(("ільіч", "ільінічна"), "ілья"),
    **dict.fromkeys(("лукич", "лукинична", "лукична", "лукіч", "луківна"), "лука"),
    **dict.fromkeys(("никитич", "никитична"), "никита"),
    **dict.fromkeys(("микитович", "микитич", "микитівна"), "микита"),
    **dict.fromkeys(("кузьмич", "кузьминична", "кузьмінічна", "кузьміч"), "кузьма"),
    **dict.fromkeys(("фомич", "фоминична"), "фома"),
    **dict.fromkeys(("саввич", "саввична", "савич", "савівна"), "савва"),
    **dict.fromkeys(("львович", "львовна", "львівна", "ільвовіч"), "лев"),
    **dict.fromkeys(("павлович", "павловна", "паўлавіч", "паўлаўна"), "павел"),
    **dict.fromkeys(("михайлович", "михайловна"), "михаил"),
    **dict.fromkeys(("миколайович", "миколаївна"), "микола"),
    **dict.fromkeys(("григорович", "григорівна"), "григорій"),
    **dict.fromkeys(("якович", "яківна"), "яків"),
    **dict.fromkeys(("яковлевич", "яковлевна"), "яков"),
    **dict.fromkeys(("ilyich", "ilich", "iljic", "iljitsch", "ilitch", "ilyitch"), "ilya"),
    **dict.fromkeys(("ilyinichna", "ilinichna", "iljinitschna", "ilinitchna"), "ilya"),
    **dict.fromkeys(("illich", "illivna", "illitch"), "illia"),
    **dict.fromkeys(("lukich", "lukinichna", "lukitsch", "lukitch"), "luka"),
    **dict.fromkeys(("nikitich", "nikitichna", "nikititsch", "nikititch"), "nikita"),
    **dict.fromkeys(("kuzmich", "kuzminichna", "kuzmitch", "kusmitsch"), "kuzma"),
    **dict.fromkeys(("fomich", "fominichna", "fomitch", "fomitsch"), "foma"),
    **dict.fromkeys(("savvich", "savvichna", "savvitch"), "savva"),
    **dict.fromkeys(("lvovich", "lvovna", "lvivna", "lvovitch", "lwowitsch", "lwowna"), "lev"),
    **dict.fromkeys(("pavlovich", "pavlovna", "pavlovitch", "pawlowitsch", "pawlowna"), "pavel"),
    **dict.fromkeys(("mykolaiovych", "mykolayovych", "mykolaivna", "mykolayivna"), "mykola"),
    **dict.fromkeys(("hryhorovych", "hryhorivna"), "hryhorii"),
    **dict.fromkeys(("yakovych", "yakivna", "iakovych", "iakivna"), "yakiv"),
}
_MASCULINE = re.compile(
    r"(?P<base>.{2,}?)(?P<glide>[ьйиіy'ij’]*)(?P<link>[оеєёаaeo])[vwв]"
    r"(?P<end>ич|іч|ыч|(?:i|y|e)(?:tsch|tch|ch|cz|c|ts|tj))"
)
_FEMININE = re.compile(
    r"(?P<base>.{2,}?)(?P<glide>[ьйиіy'ij’]*)(?P<link>[оеєёаіїaeoi])[vwвў]н?n?(?P<end>[аa])"
)
_BELARUSIAN_LATIN = re.compile(r"(?P<base>.{3,}?)(?P<glide>[yij]*)(?P<link>[aeo])[uŭ]n(?P<end>a)")
_GLUED = re.compile(
    r"(?P<base>.{3,}?)-?(?:oglu|ogly|ogli|oghlu|ugli|uly|uulu|kyzy|kizi|qizi|qyzy|gizi|gyzy|"
    r"оглу|оглы|огли|угли|улы|уулу|ұлы|ўғли|кызы|кизи|гызы|қызы|қизи)"
)


@lru_cache(maxsize=16_384)
def fathers(form: str) -> Fathers | None:
    """What one token says of the father by its ending; None if it has no such ending.

    `form` is a cleaned token in any case, Cyrillic or Latin, with or without accents.
    """
    text = unicodedata.normalize("NFC", form.casefold())
    if text.endswith("ć"):  # South-Slavic: a surname
        return None
    plain = without_marks(text)
    if plain in _IRREGULAR:
        male = not plain.endswith(("на", "na"))
        return Fathers(names=(_IRREGULAR[plain],), surname_like=male, rule="irregular")
    if text.endswith("č"):  # ISO 9 and Belarusian Latin; without its mark it would look Serbian
        plain += "h"
    return _feminine(plain) or _masculine(plain) or _turkic(plain)


def genitive_father(form: str) -> tuple[str, ...]:
    """The father's name before Georgian ძე: its genitive without -ს, and without -ის."""
    text = form.casefold()
    for ending in ("ის", "is", "ис"):
        if text.endswith(ending) and len(text) > 4:
            return text[:-1], text[:-2]
    return (text[:-1],) if text[-1:] in ("ს", "s", "с") and len(text) > 3 else (text,)


def _masculine(text: str) -> Fathers | None:
    found = _MASCULINE.fullmatch(text)
    if not found:
        return None
    plain = found["end"] in ("ic", "yc", "icz", "ycz", "ec", "its", "itj", "ech", "ecz", "ets")
    rule = "masculine-west" if plain else "masculine"
    return Fathers(names=_restored(found), surname_like=True, rule=rule)


def _feminine(text: str) -> Fathers | None:
    if not text.endswith(("на", "na")):
        return None
    found = _FEMININE.fullmatch(text) or _BELARUSIAN_LATIN.fullmatch(text)
    if not found:
        return None
    return Fathers(names=_restored(found), surname_like=False, rule="feminine")


def _turkic(text: str) -> Fathers | None:
    found = _GLUED.fullmatch(text)
    if not found:
        return None
    return Fathers(names=(found["base"],), surname_like=True, rule="glued-turkic")


def _restored(found: re.Match[str]) -> tuple[str, ...]:
    """The father's names from what stands before the ending.

    A glide or a vowel before the ending was the name's й (Сергеевич → Сергей), or its ий (Юрьевич
    → Юрий); -влевич lost the л that it grew (Яковлевич); a bare consonant may have lost -о or -ь.
    """
    base, glide, link = found["base"], found["glide"], found["link"]
    cyrillic = _is_cyrillic(base)
    if base[-1] in _VOWELS:
        return (base + ("й" if cyrillic else "i"),)
    soft = glide.startswith("ь") and link in "оі"
    if soft:  # Васильович: the name itself ends so
        return base + "ь", base
    if glide:
        return _with_glide(base, glide, cyrillic)
    if link in "їі" and cyrillic:
        return base, base + "о", base + "ь"
    if base.endswith(("вл", "vl")) and link in "еe":
        return base[:-1], base
    if link in "еєё":
        return base + "ь", base
    return base, base + ("о" if cyrillic else "o")


def _with_glide(base: str, glide: str, cyrillic: bool) -> tuple[str, ...]:
    if not cyrillic:
        return base + "ii", base
    ukrainian = "і" in glide or "ї" in glide
    return base + ("ій" if ukrainian else "ий"), base + "ь"


def _is_cyrillic(text: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in text)


def without_marks(text: str) -> str:
    """Latin letters without their accents (oğlu → oglu); other scripts are left alone."""
    if not any("a" <= letter <= "z" for letter in text):
        return text
    marks = unicodedata.normalize("NFD", text.replace("ł", "l").replace("ı", "i"))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))
