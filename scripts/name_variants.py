"""Groups of spellings and diminutives, gathered from the sources into rows of the variants table.

Four kinds of groups: Wikidata's name items (through rigour), Ukrainian and Russian first names
(names-translator), Arabic-script names with their usual Latin spellings (arabic-name-romanizer),
and groups of one for a full name that only a diminutive points to. Diminutives: English ones from
`nicknames`, East-Slavic ones from `east_slavic_diminutives.json`, which names what was read.
"""

import csv
import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scripts.name_sources import tool

from safeconduct.names.variants import OWN, table_key

SCRIPTS = {"LATIN", "CYRILLIC", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "GREEK"}
DIMINUTIVES = Path(__file__).parent / "east_slavic_diminutives.json"
LEAST_SPELLINGS = 2  # persons who spell an Arabic-script name so, for the spelling to be taken
LEAST_PART = 0.02  # and their share of all who bear it
ALIKE = (
    *(("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("šč", "shch"), ("č", "ch"), ("š", "sh")),
    *(("ž", "zh"), ("w", "v"), ("ck", "k"), ("ph", "f"), ("x", "ks"), ("ij", "i"), ("iy", "i")),
    *(("yy", "i"), ("yi", "i"), ("ye", "e"), ("je", "e"), ("ie", "e"), ("y", "i"), ("j", "i")),
)
_PLAIN = ("абвгґдеёєзиіїйклмнопрстуўфцэыђјљњћќѕџѓ", "abvggdeeeziiiiklmnoprstuufceidilnckdzg")
CYRILLIC = {
    **dict(zip(*_PLAIN, strict=True)),
    **dict(zip("жхчшщц", ("zh", "kh", "ch", "sh", "shch", "ts"), strict=True)),
    **dict(zip("юяъь", ("iu", "ia", "", ""), strict=True)),
}
SPELLINGS = (
    {"ё": "yo", "я": "ya", "ю": "yu", "й": "y", "є": "ye", "ї": "yi", "ь": ""},
    {"ё": "e", "я": "ia", "ю": "iu", "й": "i", "є": "ie", "ї": "i", "ь": ""},
    {"ё": "jo", "я": "ja", "ю": "ju", "ж": "j", "ш": "sch", "й": "j", "є": "je", "ь": ""},
    {"ё": "e", "я": "ya", "ю": "yu", "г": "h", "и": "y", "і": "i", "й": "i", "ь": ""},
)


def alphabet(form: str) -> str | None:
    """The one script of a form's letters as Unicode names it, if it is one that is compared."""
    found = {unicodedata.name(one, "?").split(" ")[0] for one in form if one.isalpha()}
    return found.pop() if len(found) == 1 and found <= SCRIPTS else None


def skeleton(form: str) -> str:
    """A crude common form: two spellings that share it need no table to be seen as alike."""
    text = "".join(CYRILLIC.get(one, one) for one in form)
    for long, short in ALIKE:
        text = text.replace(long, short)
    text = table_key(text).replace("h", "")
    return "".join(one for at, one in enumerate(text) if at == 0 or text[at - 1] != one)


class Gathered:
    """Rows in the making: key → groups, and key → groups of which it is a diminutive."""

    def __init__(self) -> None:
        self.variants: dict[str, set[int]] = defaultdict(set)
        self.diminutives: dict[str, set[int]] = defaultdict(set)
        self._next = OWN

    def add(self, group: int, forms: Iterable[str]) -> None:
        """A group of spellings; each is kept under its key."""
        for form in forms:
            key = table_key(form)
            if key:
                self.variants[key].add(group)

    def own(self, forms: Iterable[str]) -> None:
        """A group that no item numbers."""
        self.add(self._next, forms)
        self._next += 1

    def shorten(self, short: str, full: str) -> None:
        """A diminutive of every group of the full name, and no longer a plain variant in them."""
        long_key, short_key = table_key(full), table_key(short)
        if not self.variants[long_key]:
            self.own((full,))
        groups = self.variants[long_key]
        self.diminutives[short_key] |= groups
        self.variants[short_key] -= groups

    def rows(self) -> Iterator[tuple[str, Sequence[int]]]:
        """What the table holds."""
        for key in sorted(self.variants.keys() | self.diminutives.keys()):
            same, short = self.variants.get(key, set()), self.diminutives.get(key, set())
            if same or short:
                yield key, [len(same), *sorted(same), *sorted(short)]


def wikidata_groups(file: Path, given: frozenset[str]) -> Iterator[tuple[int, list[str]]]:
    """Item number and spellings, where they are more than one word in the scripts we compare.

    Left out: items whose spellings folding alone makes equal, items in Latin letters only (mostly
    far-away surnames), and Latin-Cyrillic pairs of what is not a given name in `given` (those are
    surnames, which romanisation serves better than a table would).
    """
    for line in file.read_text("utf-8").splitlines():
        names, _, item = line.rpartition(" => ")
        forms = [form for form in names.split(", ") if alphabet(form)]
        scripts = {alphabet(form) for form in forms}
        if scripts == {"LATIN"} or len({skeleton(form) for form in forms}) < 2:
            continue
        if not scripts <= {"LATIN", "CYRILLIC"} or not given.isdisjoint(map(table_key, forms)):
            yield int(item[1:]), forms


def translated(folder: Path, pool: str) -> Iterator[tuple[str, list[str]]]:
    """Ukrainian name → its Russian counterparts, the most usual first (a DAWG and its rules)."""
    book = tool("dawg_python").RecordDAWG(">BH")
    book.load(str(folder / f"{pool}.dawg"))
    rules = json.loads((folder / f"{pool}.rules.json").read_text("utf-8"))
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, (rank, rule) in book.iteritems():
        drop, suffix, _ = rules[rule]
        found[name].append((rank, (name[: len(name) - drop] + suffix).casefold()))
    for name, pairs in sorted(found.items()):
        yield name, [form for _, form in sorted(pairs)]


def consonants(form: str) -> str:
    """What remains of a spelling when vowels go and g and h are one: a frame, not an identity."""
    text = skeleton(form.replace("kh", "k").replace("zh", "z").replace("h", "g"))
    return "".join(one for one in text if one not in "aeiou'")


def east_slavic(first: Iterable[tuple[str, list[str]]], book: Gathered) -> Iterator[list[str]]:
    """Per Russian given name: its Ukrainian and Belarusian counterparts and all their spellings.

    The Ukrainian ones are translations. Others join where an item of Wikidata holds them together
    with one of those and their consonants are the same (Aliaksandr beside Александр).
    """
    pivots: dict[str, set[str]] = defaultdict(set)
    for name, russian in first:
        pivots[russian[0]].add(name)
    beside: dict[int, list[str]] = defaultdict(list)
    for key, groups in book.variants.items():
        if alphabet(key) in ("LATIN", "CYRILLIC"):
            for group in groups:
                beside[group].append(key)
    for pivot, names in sorted(pivots.items()):
        sure = {pivot, *names}
        frames = {consonants(form) for form in sure}
        items = {group for form in sure for group in book.variants.get(table_key(form), ())}
        near = {form for group in items for form in beside[group]}
        joined = sure | {form for form in near if consonants(form) in frames}
        if len({skeleton(form) for form in joined}) > 1:
            yield sorted(joined | {one for form in sure for one in spellings_of(form)})


def arabic_spellings(file: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Arabic-script name → its Latin spellings with the number of persons, from Wikidata's rows."""
    query = (
        "SELECT arabic_key, latin, sum(count) FROM units WHERE source = 'wikidata' "
        "GROUP BY arabic_key, latin ORDER BY arabic_key, latin"
    )
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as book:
        for arabic, latin, count in book.execute(query):
            found[arabic].append((latin.casefold(), count))
    for arabic, spellings in found.items():
        bearers = sum(count for _, count in spellings)
        usual = [
            (latin, count)
            for latin, count in spellings
            if count >= max(LEAST_SPELLINGS, LEAST_PART * bearers) and alphabet(latin) == "LATIN"
        ]
        if usual:
            yield arabic, usual


def gathered(unpacked: Path) -> Gathered:
    """Everything, in an order that gives the same numbers each time."""
    book = Gathered()
    first = list(translated(unpacked / "names_translator/names_translator/data", "first"))
    given = frozenset(table_key(form) for name, russian in first for form in (name, *russian))
    persons = unpacked / "rigour/rigour/data/names/persons.txt"
    for item, forms in wikidata_groups(persons, given):
        book.add(item, forms)
    for forms in east_slavic(first, book):
        book.own(forms)
    database = unpacked / "arabic_name_romanizer/arabic_name_romanizer/resources/names.sqlite3"
    for arabic, spellings in arabic_spellings(database):
        book.own((arabic, *(latin for latin, _ in spellings)))
    for short, full in diminutives(unpacked):
        book.shorten(short, full)
    return book


def diminutives(unpacked: Path) -> Iterator[tuple[str, str]]:
    """Short form and full name, in one script each."""
    with (unpacked / "nicknames/nicknames/names.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["relationship"] == "has_nickname":
                yield row["name2"], row["name1"]
    table = json.loads(DIMINUTIVES.read_text("utf-8"))
    for full, shorts in table["forms"].items():
        for short in shorts.split():
            yield short, full
            yield from ((plain, latin(full)) for plain in spellings_of(short))


def latin(form: str) -> str:
    """A Cyrillic name in plain Latin letters, as in the skeleton."""
    return "".join(CYRILLIC.get(one, one) for one in form.replace("ё", "е"))


def spellings_of(form: str) -> Iterator[str]:
    """The Latin spellings of a short form that passports and the press use: four systems."""
    for letters in SPELLINGS:
        yield "".join(letters.get(one, CYRILLIC.get(one, one)) for one in form)
