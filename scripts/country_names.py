"""The names by which a country is known: CLDR's in the languages of accounts, and everyday ones."""

from collections import defaultdict
from collections.abc import Iterable

from babel import Locale

from safeconduct.geo.folding import folded

LANGUAGES = (
    *("en", "fr", "ru", "uk", "be", "kk", "ky", "uz", "tg", "az", "hy", "ka", "tr", "pl", "lt"),
    *("lv", "et", "fi", "de", "ro", "sr", "mn"),
)
EVERYDAY = {
    "RU": ("Russian Federation", "Российская Федерация", "РФ"),
    "BY": ("Белоруссия", "Byelorussia", "Belorussia"),
    "MD": ("Молдавия", "Republic of Moldova"),
    "KG": ("Кыргызстан", "Kyrgyz Republic"),
    "TM": ("Туркмения",),
    "US": ("США", "USA", "United States of America"),
    "GB": ("UK", "Great Britain", "Великобритания"),
    "CZ": ("Czech Republic", "Чешская Республика"),
    "AE": ("UAE", "ОАЭ"),
    "TR": ("Turkey",),
}


def country_names(alpha2: Iterable[str], english: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded name → code; a name that two countries bear is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        for code in alpha2:
            if code in territories:
                found[folded(territories[code])].add(code)
    for code, texts in EVERYDAY.items():
        for text in texts:
            found[folded(text)].add(code)
    for code, text in english:
        found[folded(text)].add(code)
    return {name: min(codes) for name, codes in sorted(found.items()) if name and len(codes) == 1}
