"""How common name tokens are, per population, gathered into rows of the rarity table.

Within a population the shares of a token's parts (given, family, patronymic) are added; over the
populations the largest counts. Spellings that one name is written in take that name's share:
masculine and feminine surnames together, a Ukrainian name that of its Russian counterpart, each
usual Latin spelling of an Arabic-script name that of all its bearers.
"""

import importlib
import json
import math
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.name_sources import tool
from scripts.name_variants import alphabet, arabic_spellings, consonants, translated

from safeconduct.names.folding import keys
from safeconduct.names.rarity import FAMILY, GIVEN, PATRONYMIC, STEPS

CODES = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
}
LEAST_RUSSIAN = 18  # bearers in the list: below, nothing is said of how rare a name is
LEAST_WIKIDATA = 5
RESPELT_LEAST = 5e-5
ROLE_SHARE = 0.02  # of a token's share, for a role to be noted
LISTED_MOST = 0.002  # the most that a list without weights can say
REGIONS = {"IR": "iran", "PK": "pakistan", "AF": "afghanistan", "SO": "horn", "DJ": "horn"}
WEIGHTED = (
    *("en_US", "es_CL", "es_CO", "fi_FI", "sv_SE", "fr_BE", "nl_BE", "he_IL", "hu_HU"),
    *("en_NZ",),
)
LISTED = (
    *("tr_TR", "az_AZ", "uz_UZ", "hy_AM", "ka_GE", "fa_IR", "ar_AA", "ar_PS", "ar_SA", "bg_BG"),
    *("pl_PL", "cs_CZ", "sk_SK", "sl_SI", "hr_HR", "ro_RO", "el_GR", "lt_LT", "lv_LV", "et_EE"),
    *("de_DE", "fr_FR", "it_IT", "es_ES", "es_MX", "pt_BR", "pt_PT", "nl_NL", "da_DK", "no_NO"),
    *("id_ID", "en_IN", "en_PK", "hi_IN", "bn_BD", "vi_VN", "ha_NG", "yo_NG", "sw"),
    *("en_GB", "mk_MK"),
)
ROMANISED = ("ja_JP", "zh_CN", "zh_TW")
KOREAN_LEAST = 0.02
BOOKS = ("kk", "tr", "az", "ar", "fa")  # mimesis


class Known(NamedTuple):
    """A name's share of persons in a population, in one role, and the forms that it is written in.

    `name` is what is counted: the share of one name is not added twice where it is known in
    several spellings of one folded form.
    """

    forms: tuple[str, ...]
    role: int
    share: float
    name: str = ""


def rarity_rows(unpacked: Path) -> Iterator[tuple[str, Sequence[int]]]:
    """Folded form → steps of rarity, roles."""
    best: dict[str, float] = {}
    roles: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for population in populations(unpacked):
        added: dict[str, float] = defaultdict(float)
        seen: set[tuple[str, str, int]] = set()
        for name in population:
            for key in _folds(name.forms):
                counted = (key, name.name or name.forms[0], name.role)
                added[key] += 0.0 if counted in seen else name.share
                seen.add(counted)
                roles[key][name.role] = max(roles[key][name.role], name.share)
        for key, value in added.items():
            best[key] = max(best.get(key, 0.0), min(value, 1.0))
    for key, value in sorted(best.items()):
        noted = sum(role for role, part in roles[key].items() if part >= ROLE_SHARE * value)
        yield key, (max(0, round(-STEPS * math.log2(value))), noted)


def populations(unpacked: Path) -> Iterator[list[Known]]:
    """The covered populations, one after the other."""
    persons = unpacked / "rigour/rigour/data/names/persons.txt"
    russian = _russian(unpacked / "russiannames/russiannames/data")
    yield russian
    yield list(_ukrainian(unpacked / "names_translator/names_translator/data", russian))
    yield list(_respelt(persons, russian))
    book = unpacked / "arabic_name_romanizer/arabic_name_romanizer/resources/names.sqlite3"
    yield from _wikidata(book)
    yield from _faker(unpacked / "faker")
    yield _korean(unpacked / "faker", persons)
    yield from _mimesis(unpacked / "mimesis/mimesis/datasets")


def _folds(forms: Iterable[str]) -> set[str]:
    """The likeliest keys of all forms; a form of several words counts for each of its words."""
    found: set[str] = set()
    for form in forms:
        for word in form.casefold().replace("-", " ").split():
            script = alphabet(word)
            if script and len(word) > 1:
                found.update(keys(word, CODES[script])[: 1 if script == "LATIN" else 2])
    return {key for key in found if key}


def _russian(folder: Path) -> list[Known]:
    """Given names, surnames (both sexes as one name) and patronymics with counts."""
    return [
        *_table(folder / "names.parquet", GIVEN),
        *_table(folder / "surnames.parquet", FAMILY),
        *_table(folder / "midnames.parquet", PATRONYMIC),
    ]


def _table(file: Path, role: int) -> Iterator[Known]:
    rows = tool("pyarrow.parquet").read_table(str(file)).to_pylist()
    everybody = sum(row["count"] for row in rows)
    counts: dict[str, int] = defaultdict(int)  # some names stand there in several cases
    feminine: dict[str, str] = {}
    for row in rows:
        name = row["text"].casefold()
        counts[name] += row["count"]
        if row.get("f_form"):
            feminine[name] = row["f_form"].casefold()
    paired = {other for name, other in feminine.items() if other != name}
    for name in counts:
        forms = (name, feminine[name]) if name in feminine else (name,)
        bearers = sum(counts.get(form, 0) for form in forms)
        if bearers >= LEAST_RUSSIAN and name not in paired:
            yield Known(forms, role, bearers / everybody)


def _ukrainian(folder: Path, russian: list[Known]) -> Iterator[Known]:
    """Ukrainian names with the share of their most usual Russian counterpart: an estimate."""
    for pool, role in (("first", GIVEN), ("last", FAMILY), ("patronymic", PATRONYMIC)):
        known = {
            form.casefold(): name.share
            for name in russian
            if name.role == role
            for form in name.forms
        }
        for name, counterparts in translated(folder, pool):
            if counterparts[0] in known:
                yield Known((name,), role, known[counterparts[0]], counterparts[0])


def _respelt(persons: Path, russian: list[Known]) -> Iterator[Known]:
    """Other spellings of a Russian name in an item of Wikidata, where the consonants are the same.

    So Mammadov has the share of Мамедов, and Aliaksandr that of Александр.
    """
    known = {form: name for name in russian if name.share >= RESPELT_LEAST for form in name.forms}
    for line in persons.read_text("utf-8").splitlines():
        names = line.rpartition(" => ")[0].split(", ")
        for pivot in sorted(known.keys() & set(names)):
            found = known[pivot]
            alike = tuple(form for form in names if alphabet(form) and _like(form, pivot))
            yield Known(alike, found.role, found.share, found.forms[0])


def _like(form: str, pivot: str) -> bool:
    return alphabet(form) in ("LATIN", "CYRILLIC") and consonants(form) == consonants(pivot)


def _wikidata(file: Path) -> Iterator[list[Known]]:
    """Arabic-script names per region, as persons in Wikidata bear them."""
    spellings = {
        arabic: tuple(latin for latin, _ in found) for arabic, found in arabic_spellings(file)
    }
    counts: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    everybody: dict[str, int] = defaultdict(int)
    query = (
        "SELECT arabic_key, role, country, sum(count) FROM units WHERE source = 'wikidata' "
        "GROUP BY arabic_key, role, country ORDER BY arabic_key, role, country"
    )
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as book:
        for arabic, role, country, count in book.execute(query):
            region = REGIONS.get(country, "arab")
            counts[region][arabic, role] += count
            everybody[region] += count if role == "given" else 0
    for region, found in sorted(counts.items()):
        yield [
            Known(
                (arabic.replace(" ", ""), *spellings.get(arabic, ())),
                GIVEN if role == "given" else FAMILY,
                count / everybody[region],
            )
            for (arabic, role), count in found.items()
            if count >= LEAST_WIKIDATA
        ]


def _faker(folder: Path) -> Iterator[list[Known]]:
    """Names of Faker's locales: with their weights, or as lists."""
    sys.path.insert(0, str(folder))
    for locale in (*WEIGHTED, *LISTED, *ROMANISED):
        names = vars(importlib.import_module(f"faker.providers.person.{locale}").Provider)
        weighted = locale in WEIGHTED
        if locale in ROMANISED:
            yield [
                *_listed(names.get("first_romanized_names", ()), GIVEN, 1.0, weighted=False),
                *_listed(names.get("last_romanized_names", ()), FAMILY, 1.0, weighted=False),
            ]
            continue
        given = [names.get(f"first_names_{sex}", ()) for sex in ("male", "female")]
        family = [names.get(f"last_names{sex}", ()) for sex in ("_male", "_female")]
        if not isinstance(names.get("last_names", ()), property) and names.get("last_names"):
            family = [names["last_names"]]
        yield [
            *(one for some in given for one in _listed(some, GIVEN, 0.5, weighted=weighted)),
            *(one for some in family for one in _listed(some, FAMILY, 1.0, weighted=weighted)),
        ]


def _korean(folder: Path, persons: Path) -> list[Known]:
    """Usual Korean surnames with their weights, as Wikidata's items spell them.

    A character has other readings elsewhere (김 is also Jin): only the most usual are taken.
    """
    sys.path.insert(0, str(folder))
    provider = importlib.import_module("faker.providers.person.ko_KR").Provider
    weights: dict[str, float] = dict(provider.last_names)
    total = sum(weights.values())
    usual = {name for name, weight in weights.items() if weight >= KOREAN_LEAST * total}
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for line in persons.read_text("utf-8").splitlines():
        names = line.rpartition(" => ")[0].split(", ")
        for name in usual.intersection(names):
            spelled[name].update(form for form in names if form.isascii() and form.isalpha())
    return [
        Known(
            _usual(spelled[name]),
            FAMILY,
            weights[name] / total,
        )
        for name in sorted(usual)
    ]


def _usual(spelled: Counter[str]) -> tuple[str, ...]:
    most = max(spelled.values(), default=0)
    return tuple(sorted(form for form, items in spelled.items() if items > max(1, most / 2)))


def _listed(names: object, role: int, half: float, *, weighted: bool) -> Iterator[Known]:
    """Shares within a list that is taken to cover everybody, so that they are never too low."""
    if weighted and isinstance(names, Mapping):
        total = max(float(sum(names.values())), 1.0)
        for name, weight in names.items():
            yield Known((str(name),), role, half * float(weight) / total)
        return
    plain = sorted(set(names)) if isinstance(names, Iterable) else []
    for name in plain:
        yield Known((str(name),), role, half * min(1 / len(plain), LISTED_MOST))


def _mimesis(folder: Path) -> Iterator[list[Known]]:
    for language in BOOKS:
        book = json.loads((folder / language / "person.json").read_text("utf-8"))
        yield [
            *(one for some in _lists(book["names"]) for one in _given(some)),
            *(one for some in _lists(book["surnames"]) for one in _family(some)),
        ]


def _given(names: list[str]) -> Iterator[Known]:
    return _listed(names, GIVEN, 0.5, weighted=False)


def _family(names: list[str]) -> Iterator[Known]:
    return _listed(names, FAMILY, 1.0, weighted=False)


def _lists(names: object) -> list[list[str]]:
    if isinstance(names, dict):
        return [list(some) for some in names.values()]
    return [list(names)] if isinstance(names, list) else []
