"""Georgian names in Latin letters. Ejectives are written with an apostrophe or without.

Read on 2026-11-23: the national system of 2002, used by BGN/PCGN since 2009,
https://androidos.net.cn/android/10.0.0_r6/raw/external/cldr/common/transforms/Georgian-Latin-BGN.xml;
ISO 9984, ALA-LC, BGN/PCGN 1981 and the unofficial system, https://findatwiki.com/Romanization_of_Georgian.
"""

from safeconduct.names.lettering import paired

_LETTERS = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶ"
_NATIONAL = paired(
    _LETTERS,
    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h ey y w q o f",
)
_OLDER = _NATIONAL | {"ქ": "q", "ყ": "q", "ფ": "f"}
_SIMPLE = _NATIONAL | paired("ყღხფ", "k g h f")
_ISO = _NATIONAL | paired("ჟღშჩცძწჭხ", "z g s c c j c c x")
_GERMAN = _NATIONAL | paired("ვზჟშჩჭცწძხჯ", "w s sch sch tsch tsch z z ds ch dsch")
_RUSSIAN = _NATIONAL | paired("ყღჯფ", "k g dzh p")
_FRENCH = _NATIONAL | paired("უჩჭშჯყ", "ou tch tch ch dj k")
_TABLES = (_NATIONAL, _RUSSIAN, _SIMPLE, _OLDER, _GERMAN, _FRENCH, _ISO)


def spellings(form: str) -> tuple[str, ...]:
    """The Latin spellings of a Georgian token, the most usual first."""
    found = [_written(form, table) for table in _TABLES]
    return tuple(dict.fromkeys(one for one in found if one))


def sounds(form: str) -> tuple[str, ...]:
    """What a token may sound like. ფ writes foreign f too; the -i of the nominative may be left."""
    found = [_written(form, _NATIONAL)]
    if "ფ" in form:
        found.append(_written(form, _NATIONAL | {"ფ": "f"}))
    if len(form) > 4 and form.endswith("ი") and form[-2] not in "აეიოულ":
        found += [one[:-1] for one in found]
    return tuple(dict.fromkeys(one for one in found if one))


def _written(form: str, table: dict[str, str]) -> str:
    return "".join(table.get(one, "") for one in form)
