"""Countries as lists call them → ISO 3166 codes, and the words of those that we do not know.

Beside the names that ship with `geo` these are the short names of ISO 3166-1 that the UN's, the
EU's and OFAC's lists use and `geo` does not have, as in slim-2.csv of
github.com/lukes/ISO-3166-Countries-with-Regional-Codes at 035866a0 (read 2026-11-23).
"""

from collections.abc import Iterable
from functools import lru_cache

from safeconduct.geo.folding import folded
from safeconduct.screening.entities import country_code
from safeconduct.screening.importers.reading import unique

_SHORT_NAMES = {
    "Bolivia (Plurinational State of)": "bo",
    "Brunei Darussalam": "bn",
    "Congo": "cg",
    "Iran (Islamic Republic of)": "ir",
    "Korea (Democratic People's Republic of)": "kp",
    "Lao People's Democratic Republic": "la",
    "Micronesia (Federated States of)": "fm",
    "Moldova, Republic of": "md",
    "Palestine, State of": "ps",
    "Syrian Arab Republic": "sy",
    "Tanzania, United Republic of": "tz",
    "United Kingdom of Great Britain and Northern Ireland": "gb",
    "Venezuela (Bolivarian Republic of)": "ve",
    "Viet Nam": "vn",
}


def _turned(name: str) -> str:
    """`Korea, North` → `North Korea`; `Iran (Islamic Republic of)` → `Islamic Republic of Iran`."""
    for opening in (", ", " ("):
        head, found, tail = name.partition(opening)
        if found:
            return f"{tail.rstrip(')')} {head}"
    return name


_BY_FOLD = {
    folded(form): code for name, code in _SHORT_NAMES.items() for form in (name, _turned(name))
}


@lru_cache(maxsize=4096)
def code_of(said: str) -> str | None:
    """The code of a country, in lower case, by its name or its code in capitals; else None.

    Where names are expected `na` says that there is none, and is not Namibia.
    """
    if len(said) == 2 and not said.isupper():
        return None
    for form in (said, _turned(said)):
        found = country_code(form) or _BY_FOLD.get(folded(form))
        if found is not None:
            return found
    return None


def codes(said: Iterable[str | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Countries as said → the codes of those that we know, and the words of the others."""
    known: list[str] = []
    unknown: list[str] = []
    for one in unique(said):
        code = code_of(one)
        if code is None:
            unknown.append(one)
        else:
            known.append(code)
    return unique(known), unique(unknown)


def of_document(said: str) -> str | None:
    """The country of a paper: its code, else the words, else None."""
    return code_of(said) or said or None
