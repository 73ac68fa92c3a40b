"""Persons sought in one script on lists that name them in another.

Each corpus is a list from which every name in the script of the query was taken away, and the
queries, each with whom it seeks.
"""

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bench.screening import lists
from bench.screening.records import Record, data, record
from bench.screening.scripts import script, slavic, written_in

NAMES = ("name", "alias")
MOST = 500


class Query(NamedTuple):
    """A query, and the id of the person of the list whom it seeks."""

    record: Record
    seeks: str


class Corpus(NamedTuple):
    """A list and its queries."""

    what: str
    listed: tuple[Record, ...]
    queries: tuple[Query, ...]


def _query(name: str, seeks: str) -> Query:
    return Query(record(f"query-{seeks}", name=name), seeks)


def _made(what: str, found: Iterable[tuple[Record, str, Iterable[str]]]) -> Corpus:
    """Of (person, name sought by, names that the list keeps), where there is both."""
    kept = [(one, sought, tuple(names)) for one, sought, names in found]
    listed = [one.without("country").only(names) for one, _, names in kept if names]
    queries = (_query(sought, one.id) for one, sought, names in kept if sought and names)
    return Corpus(what, tuple(listed), tuple(queries))


def ukrainian() -> Iterator[Corpus]:
    """Ukraine's own list, whose persons have a name in Latin, Ukrainian and Russian."""
    persons = [(one, one.values(*NAMES)) for one in lists.ukraine()]
    told = [(one, written_in(names, "latin"), slavic(names)) for one, names in persons]
    yield _made("ukr→lat", ((one, c.get("ukr", ""), latin) for one, latin, c in told))
    yield _made("rus→lat", ((one, c.get("rus", ""), latin) for one, latin, c in told))
    yield _made(
        "ukr→rus",
        ((one, c.get("ukr", ""), filter(None, [c.get("rus", "")])) for one, _, c in told),
    )
    yield _made(
        "lat→rus",
        ((one, (*latin, "")[0], filter(None, [c.get("rus", "")])) for one, latin, c in told),
    )
    yield _made(
        "lat→ukr",
        ((one, (*latin, "")[0], filter(None, [c.get("ukr", "")])) for one, latin, c in told),
    )


def european() -> Iterator[Corpus]:
    """The EU's list, where it prints Cyrillic names beside Latin ones, in `a / b` too."""
    told = []
    for one in lists.eu():
        names = [part.strip() for name in one.values(*NAMES) for part in name.split(" / ")]
        told.append((one, written_in(names, "latin"), written_in(names, "cyrillic")))
    with_both = [(one, latin, cyrillic) for one, latin, cyrillic in told if cyrillic]
    yield _made("Cyrillic→lat, EU", ((one, c[0], latin) for one, latin, c in with_both[::2]))


def united_nations() -> Iterator[Corpus]:
    """The UN's list, which gives the original script of some."""
    persons = [(one, one.values(*NAMES)) for one in lists.un()]
    for wanted in ("arabic", "cyrillic"):
        yield _made(
            f"{wanted.capitalize()}→lat, UN",
            (
                (one, (*written_in(names, wanted), "")[0], written_in(names, "latin"))
                for one, names in persons
            ),
        )


def georgian() -> Iterator[Corpus]:
    """Members of Georgia's parliament, their Latin spellings among the persons of the UN's list."""
    text = data("pairs/georgia_parliament_names_dev.csv").read_text("utf-8")
    spelled: dict[str, list[str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        spelled.setdefault(row["person"], []).append(row["name"])
    crowd = [one.only(written_in(one.values(*NAMES), "latin")) for one in lists.un()]
    listed = [record(key, name=written_in(names, "latin")) for key, names in spelled.items()]
    for wanted in ("georgian", "cyrillic"):
        queries = (
            _query(name, key)
            for key, names in spelled.items()
            for name in written_in(names, wanted)
        )
        what = f"{wanted.capitalize()}→lat, Georgian parliament"
        yield Corpus(what, (*listed, *crowd), tuple(queries))


def _tokens(path: str) -> list[tuple[str, str]]:
    text = gzip.decompress(data(path).read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return [(row[0], row[1].replace(" ", "")) for row in rows]


def recombined() -> Iterator[Corpus]:
    """Name tokens of Wikidata, two at a time: no real persons, and many are no names of persons."""
    for language in ("armenian", "greek", "persian", "arabic", "russian"):
        tokens = [
            (latin, other)
            for latin, other in _tokens(f"translit/wd_{language}_dev16.tsv.gz")
            if len(latin) > 2 and " " not in latin
        ]
        pairs = list(zip(tokens[0::2], tokens[1::2], strict=False))
        yield _told(
            f"{language.capitalize()}→lat, made of two tokens",
            ((f"{a[0]} {b[0]}", f"{a[1]} {b[1]}") for a, b in pairs),
        )


def hebrew() -> Iterator[Corpus]:
    """Full names of Wikidata in Hebrew."""
    text = gzip.decompress(data("translit/wd_hebrew_fullnames.tsv.gz").read_bytes()).decode()
    rows = (line.split("\t") for line in text.splitlines())
    names = [(row[0], row[1]) for row in rows if len(row[0].split()) == len(row[1].split()) == 2]
    yield _told("Hebrew→lat, full names", names)


def _told(what: str, names: Iterable[tuple[str, str]]) -> Corpus:
    every = list(names)
    some = every[:: max(1, len(every) // MOST)][:MOST]
    kept = [(latin, other) for latin, other in some if script(latin) == "latin"]
    listed = [record(f"{what}-{n}", name=latin) for n, (latin, _) in enumerate(kept)]
    queries = [_query(other, f"{what}-{n}") for n, (_, other) in enumerate(kept)]
    return Corpus(what, tuple(listed), tuple(queries))


SOURCES: tuple[Callable[[], Iterator[Corpus]], ...] = (
    ukrainian,
    european,
    united_nations,
    georgian,
    hebrew,
    recombined,
)
