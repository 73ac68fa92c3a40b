"""Cyrillic names in Latin letters: how passports and agencies write them, and how they sound.

Languages: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, Kazakh, Kyrgyz, Tajik,
Uzbek, Azeri, Tatar. Which language a token is in is not known; letters that only some have narrow
it down. Read on 2026-11-23: ICAO Doc 9303 part 3 for all national letters,
http://www.consultant.ru/document/cons_doc_LAW_316977/3908f3444d08fff829e4a543b6952e1d9f34ee2e/ and
https://www.xn--bersetzer-deutsch-russisch-xzc.com/2018/11/transliteration-russischer-buchstaben.html;
resolution 55 of the Ukrainian cabinet (2010),
https://moonexcel.com.ua/transliteration-from-ukrainian-to-english-online_pl; Belarus, interior
ministry, resolution 200 (2010), and ICAO for Belarusian, as interscript has them,
https://github.com/interscript/maps; Kazakh Latin of 2017 to 2019,
https://cs.m.wikibooks.org/wiki/Kaza%C5%A1tina/P%C5%99echod_na_latinku; Uzbek,
https://arhiiv.eki.ee/wgrs/v2_2/rom2_uz.htm; ISO 9:1995 and DIN 1460, https://www.uebersetzungsmuster.de/transliteration-nach-der-iso-91995-norm/;
BGN/PCGN and others, https://github.com/nalgeon/iuliia.
"""

from safeconduct.names.lettering import paired

_COMMON = paired(
    "абвгґдежзийіїклмнопрстуфхцчшщъыьэюяёєў",
    "a b v g g d e zh z i i i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia e ie u",
)
_SOUTH = paired("ђѓјљњћќџѕѣѫѵѳ", "dj gj j lj nj c kj dz dz e a i f")
_EAST = paired(
    "әғқңөұүһҳҷӣӯҡҙҫҥҗӏҝҹөӂӓӧӱѐѝ", "a g k n o u u h kh j i u k z s n j _ g ch o zh a o u e i"
)
ICAO = _COMMON | _SOUTH | _EAST

_BGN = ICAO | paired("йюяёєї", "y yu ya yo ye yi")
_KMU = ICAO | paired("гийёэ", "h y i io e")
_KMU_FIRST = paired("єїйюя", "ye yi y yu ya")
_ISO = ICAO | paired("жйхцчшщюяєїђѓћўё", "z j h c c s s ju ja je ji d g c u e")
_GERMAN = ICAO | paired("вжзйхцчшщюяёєї", "w sch s i ch z tsch sch schtsch ju ja jo je ji")
_FRENCH = ICAO | paired("жучшщюёўұүӯ", "j ou tch ch chtch iou io ou ou ou ou")
_POLISH = ICAO | paired("вжйхцчшщюяёєї", "w z j ch c cz sz szcz ju ja jo je ji")
_BULGARIAN = ICAO | paired("щъхйюя", "sht a h y yu ya")
_TURKIC = ICAO | paired("қғңйжхюяёҳӯҷ", "q gh ng y zh kh yu ya yo h u j")
_UZBEK = _TURKIC | paired("ўжхғң", "o j x g n")

_VOWELS = frozenset("аеёиоуыэюяіїєўәөұүӣӯьъ'")
_UKRAINIAN, _BELARUSIAN, _SERBIAN = frozenset("іїєґ"), frozenset("ў"), frozenset("ђѓјљњћќџѕ")
_STEPPE = frozenset("әғқңөұүһҳҷӣӯҡҙҫҥҗҝҹ")
_RUSSIAN = frozenset("ыэёъ")


def spellings(form: str) -> tuple[str, ...]:
    """The Latin spellings of a Cyrillic token, the most usual first."""
    letters = frozenset(form)
    tables = [_ISO, _GERMAN, _FRENCH, _POLISH]
    found: list[str] = []
    if letters & _STEPPE:
        found += [_written(form, ICAO), _written(form, _TURKIC), _written(form, _UZBEK)]
    elif letters & _SERBIAN:
        found += [_written(form, _ISO), _written(form, ICAO)]
    elif letters & (_UKRAINIAN | _BELARUSIAN):
        found += [_kmu(form), _written(form, _KMU), _written(form, ICAO), _iotated(form)]
    else:
        found += [_written(form, ICAO), _iotated(form), _written(form, _BGN)]
        if not letters & _RUSSIAN:
            found += [_kmu(form), _written(form, _BULGARIAN)]
    found += [_french(form) if table is _FRENCH else _written(form, table) for table in tables]
    if "ў" in letters:
        found.append(_written(form, _UZBEK))
    return tuple(dict.fromkeys(one for one in found if one))


def sounds(form: str) -> tuple[str, ...]:
    """What a Cyrillic token may sound like, in spellings that `folding.folded` reads without doubt.

    г is h and g; ё is e and io; щ is shch and, in Bulgarian, sht; ъ is silent and, there, a.
    """
    table = _BGN | _SOUNDS
    letters = frozenset(form)
    variants = [table]
    for ours, others in _DOUBTFUL.items():
        if ours in letters:
            variants += [one | {ours: other} for one in variants for other in others]
    if letters & (_UKRAINIAN | _BELARUSIAN) and not letters & _STEPPE:
        variants.sort(key=lambda one: one["г"] != "h")
    text = form.replace("чж", "ж")  # Chinese zh and, below, z or j
    texts = [text.replace("цз", "з"), text.replace("цз", "дж")] if "цз" in text else [text]
    found = dict.fromkeys(_written(text, one) for one in variants[:12] for text in texts)
    return tuple(one for one in found if one)


# The й is written i so that it is one letter with и; ц and щ so that they stay one sound.
_SOUNDS = paired("йъьћђџѓќљњјңҷҹҗӂєїёқғһҳў", "y _ _ ch dj dj g k l n y n j j j j ye yi e k g h h u")
_DOUBTFUL: dict[str, tuple[str, ...]] = {
    "г": ("h",),
    "ё": ("yo", "o"),
    "ў": ("o",),
    "щ": ("sht",),
    "ъ": ("a",),
    "ң": ("ng",),
    "ә": ("e",),
    "џ": ("dz",),
}


def _written(form: str, table: dict[str, str]) -> str:
    return "".join(table.get(one, one if one.isascii() and one.isalpha() else "") for one in form)


def _kmu(form: str) -> str:
    """Resolution 55: other letters at the beginning, and zgh for зг."""
    first = _KMU_FIRST.get(form[:1])
    rest = form.replace("зг", "zgh")
    return _written(rest, _KMU) if first is None else first + _written(rest[1:], _KMU)


def _iotated(form: str) -> str:
    """BGN/PCGN: ye at the beginning and after vowels and signs."""
    return "".join(
        "ye" if one == "е" and (at == 0 or form[at - 1] in _VOWELS) else _BGN.get(one, "")
        for at, one in enumerate(form)
    )


def _french(form: str) -> str:
    """French passports of Slavic names: gu before e and i, -ine for -in."""
    text = form
    for vowel in "еэиіє":
        text = text.replace("г" + vowel, "гу_" + vowel)
    written = _written(text.replace("гу_", "gu"), _FRENCH)
    return written + "e" if written.endswith("in") else written
