"""Words that accompany a name and are not the name: titles, ranks, particles, suffixes, initials.

Each answers for one token by itself; whether the token counts as that within a whole name is for
`parts` to say. A *weak* title (Hajji, Sheikh, Khan, Prince) is as often a name and never decides.
The lists are not complete: a rank that is missing here stays a token of unknown kind.

Sources (read 2026-11-23): English, French, German and Italian forms of address: the list
PERSON_NAME_PREFIXES in the package rigour 1.8.2 (MIT); Russian ranks: https://litfond.net/r/196431;
Ukrainian ranks: https://kraud.biz.ua/khto-starshiy-za-praporshhika-chi-starshinu; Polish ranks:
https://fb2book.info/readbook-83680-bolshaya-sovetskaya-enciklopediya-zv-page-3; Arabic forms and
the article: https://www.worddisk.com/wiki/Laqab and
http://questionyoursoul.blogspot.com/2010/03/beginners-guide-to-arabic-proper-names.html.
"""

from functools import lru_cache

TITLES = frozenset(
    (
        *("dr", "doctor", "docteur", "doktor", "prof", "professor", "professeur", "mr", "mrs"),
        *("ms", "miss", "mister", "mme", "mlle", "madame", "monsieur", "herr", "frau", "sir"),
        *("dame", "med", "dipl", "phil", "гр", "гр-н", "гр-ка", "п-к", "пп-к"),
        *("dott", "dottore", "sig", "senor", "señor", "pan", "pani", "hon", "honourable", "eng"),
        *("rev", "reverend", "excellency", "ing", "mag", "esq"),
        *("gen", "general", "général", "generał", "col", "colonel", "kol", "lt", "lieut"),
        *("lieutenant", "leutnant", "oberst", "hauptmann", "maj", "capt", "captain", "capitaine"),
        *("sgt", "sergeant", "sergent", "cpl", "corporal", "caporal", "pvt", "adm", "admiral"),
        *("amiral", "commander", "commandant", "brigadier", "commodore", "marshal", "warrant"),
        *("pułkownik", "podpułkownik", "kapitan", "porucznik", "podporucznik", "sierżant"),
        *("kapral", "chorąży", "szeregowy", "szeregowiec", "marszałek"),
        *("рядовой", "ефрейтор", "сержант", "старшина", "прапорщик", "мичман", "лейтенант"),
        *("капитан", "майор", "подполковник", "полковник", "генерал", "адмирал", "матрос"),
        *("солдат", "контр", "вице", "младший", "старший", "гвардии", "доктор"),
        *("ряд", "ефр", "серж", "прап", "лейт", "кап", "подп", "полк", "ген", "проф", "др"),
        *("рядовий", "єфрейтор", "мічман", "капітан", "підполковник"),
        *("адмірал", "молодший", "пан", "пані", "господин", "госпожа", "гражданин", "гражданка"),
        *("радавы", "яфрэйтар", "сяржант", "капітан", "палкоўнік", "падпалкоўнік"),
        *("الدكتور", "دكتور", "العميد", "اللواء", "العقيد", "الرائد", "النقيب", "الملازم"),
    )
)
WEAK_TITLES = frozenset(
    (
        *("hajji", "haji", "hajj", "haj", "hadji", "hadj", "alhaji", "hadzhi"),
        *("sheikh", "shaikh", "shaykh", "cheikh", "sheik", "sayyid", "sayed", "syed", "seyyed"),
        *("said", "sayid", "mullah", "mulla", "molla", "mulloh", "maulvi", "mawlawi", "maulawi"),
        *("maulana", "mawlana", "imam", "qari", "hafiz", "mufti", "ayatollah", "ustad", "ostad"),
        *("khan", "beg", "bek", "bey", "agha", "aga", "mirza", "pasha", "malik", "amir", "emir"),
        *("prince", "princess", "king", "queen", "count", "duke", "baron", "lord", "lady"),
        *("major", "private", "father", "brother", "pastor", "bishop", "president", "chairman"),
        *("хаджи", "ходжа", "шейх", "сейид", "саид", "мулла", "имам", "хан", "бек", "бей", "ага"),
        *("князь", "граф", "барон", "отец", "отець", "брат", "товарищ"),
        *("الحاج", "حاج", "حاجي", "الشيخ", "شيخ", "السيد", "سيد", "ملا", "مولوي", "امام", "خان"),
    )
)
PARTICLES = frozenset(
    (
        *("al", "el", "ul", "ur", "ud", "ad", "ar", "as", "ash", "at", "az", "ed", "es"),
        *("von", "van", "vom", "zu", "zum", "der", "den", "de", "del", "della", "di", "da", "dos"),
        *("das", "du", "des", "la", "le", "les", "lo", "af", "av", "ter", "y", "san", "st"),
        *("abd", "abdul", "abdel"),
        *("аль", "эль", "ель", "ад", "ар", "ас", "аш", "ат", "аз", "эс", "эд", "уль", "фон", "ван"),
        *("де", "ди", "да", "дер", "дель", "ла", "ле"),
        *("ال", "آل", "عبد"),
    )
)
SUFFIXES = frozenset(
    (
        *("jr", "junior", "sr", "senior", "ii", "iii", "iv", "vi", "vii", "viii", "fils", "père"),
        *("мл", "ст", "младший", "старший", "молодший"),
    )
)
CALLSIGN_WORDS = frozenset(
    (
        *("callsign", "alias", "aka", "a.k.a", "dit", "genannt", "nickname", "surnom", "pseudo"),
        *("позывной", "позивний", "позыўны", "прозвище", "прізвисько", "кличка", "псевдо"),
    )
)
"""Words after which a nom de guerre stands."""

_DIGRAPHS = frozenset(
    ("yu", "ya", "ye", "yo", "ju", "ja", "je", "iu", "ia", "ie", "zh", "kh", "ts", "ch", "sh", "dz")
)
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїє")


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A token as the lists hold it: small letters, no stop, comma or apostrophe at its ends."""
    return text.casefold().strip(".,;:'")


def is_title(text: str) -> bool:
    """Whether a token is a title, rank or form of address that is hardly ever a name."""
    return plain(text) in TITLES


def is_weak_title(text: str) -> bool:
    """Whether a token is a title in some names and a name in others."""
    return plain(text) in WEAK_TITLES


def is_particle(text: str) -> bool:
    """Whether a token only ties names together (al, von, de)."""
    return plain(text) in PARTICLES


def is_suffix(text: str) -> bool:
    """Whether a token tells generations apart (Jr, III)."""
    return plain(text) in SUFFIXES


def announces_nickname(text: str) -> bool:
    """Whether the tokens that follow are a nom de guerre (позывной)."""
    return plain(text) in CALLSIGN_WORDS


def is_initial(text: str, others_mixed: bool) -> bool:
    """Whether a token stands for a name by its first letter: "В.", "Yu.", "V.V.", "JP".

    `others_mixed`: the name's other tokens are not all in capitals, so that two or three capitals
    without a vowel are letters and not a short name.
    """
    letters = [one for one in text if one.isalpha()]
    if is_suffix(text):
        return False
    if len(letters) == 1:
        return True
    if "." in text[:-1]:  # V.V.
        pieces = [piece for piece in text.split(".") if piece]
        return all(len(piece) == 1 or piece.casefold() in _DIGRAPHS for piece in pieces)
    if text.endswith(".") and plain(text) in _DIGRAPHS:
        return True
    short = others_mixed and text.isupper() and len(letters) <= 3
    return short and not any(letter.casefold() in _VOWELS for letter in letters)
