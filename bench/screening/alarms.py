"""Who is shown although they are on no list, and what true listings cost beside that."""

import csv
import gzip
import io
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from bench.screening import lists
from bench.screening.figures import Figure, Measured, share
from bench.screening.records import Record, data, iso, record
from bench.screening.sides import Answer, Side

STATES = {
    "Russian Federation": "ru",
    "Ukraine, Belarus": "ua by",
    "Caucasus (ge am az)": "ge am az",
    "Central Asia": "kz kg tj tm uz",
    "Arab states": "sy iq ly ye eg tn dz ma jo lb sa sd ae kw qa bh om ps so mr",
    "Iran, Afghanistan, Pakistan": "ir af pk",
    "Turkey": "tr",
    "South and South-East Asia": "in bd lk np id my ph th vn",
    "China, Korea, Japan": "cn kr kp jp tw mn",
    "Africa south of the Sahara": "ng ke gh cm sn za cd rw et ug tz zw ao ci ml bf ne td gm",
    "Spanish and Portuguese": "es pt mx co ar br cl pe ve sv hn gt ec bo uy py do cu ni cr pa",
    "elsewhere in Europe": "pl de fr it ro md lt lv ee rs hr al hu cz sk bg gr nl be at gb se",
}


class Stranger(NamedTuple):
    """A query for somebody who should be on no list, and the group of their citizenship."""

    record: Record
    group: str


def plain(name: str) -> str:
    """A name without order, accents and case."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(sorted(letters.split()))


def strangers(step: int = 1) -> tuple[Stranger, ...]:
    """Persons of red notices who share no plain name with any person of any other list.

    Somebody who is on another list under a wholly different spelling remains, so that a few of
    the alarms are none.
    """
    taken = {plain(name) for one in lists.sanctioned() for name in one.values("name", "alias")}
    return tuple(
        Stranger(one, group_of(one.values("country")))
        for one in lists.notices()
        if not any(plain(name) in taken for name in one.values("name", "alias"))
    )[::step]


def group_of(codes: Sequence[str]) -> str:
    """The first group of STATES to which any of these countries belongs."""
    for group, held in STATES.items():
        if any(code in held.split() for code in codes):
            return group
    return "others"


def synthetic(most: int) -> tuple[Stranger, ...]:
    """Made-up persons who are listed nowhere by construction, spread evenly over the file."""
    text = gzip.decompress(data("queries/negatives_us.csv.gz").read_bytes()).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    return tuple(
        Stranger(
            record(
                f"negative-{number}",
                name=row["full_name"],
                birthDate=row["date_of_birth"],
                gender=row["gender"],
            ),
            "made up",
        )
        for number, row in enumerate(rows[:: max(1, len(rows) // most)][:most])
    )


def alarms(side: Side, found: Sequence[Stranger], *, birth: bool) -> Measured:
    """The share of strangers of whom anybody is shown, in all and by group."""
    queries = [
        record(
            one.record.id,
            name=one.record.values("name"),
            birthDate=one.record.values("birthDate") if birth else (),
        )
        for one in found
    ]
    answers = side.screen(lists.sanctioned(), queries)
    shown = [bool(answer.shown()) for answer in answers]
    strong = [any(hit.strong for hit in answer.hits) for answer in answers]
    figures = [
        Figure("shown", share(sum(shown), len(shown)), more=False),
        Figure("strong", share(sum(strong), len(strong)), more=False),
        Figure(
            "shown a query",
            share(sum(len(a.shown()) for a in answers), len(answers)),
            "count",
            more=False,
        ),
    ]
    for group in sorted({one.group for one in found}):
        inside = [s for s, one in zip(shown, found, strict=True) if one.group == group]
        figures.append(
            Figure(f"{group} ({len(inside)})", share(sum(inside), len(inside)), more=False)
        )
    if not side.bands:
        figures = [one for one in figures if one.what != "strong"]
    return Measured(figures, _errors(queries, answers))


def _errors(queries: Sequence[Record], answers: Sequence[Answer]) -> list[str]:
    names = {one.id: one.values("name", "alias", "weakAlias") for one in lists.sanctioned()}
    return [
        f"{hit.score:.3f} {' / '.join(query.values('name', 'birthDate'))}  |  "
        f"{hit.id} {' / '.join(names[hit.id][:6])}"
        for query, answer in zip(queries, answers, strict=True)
        for hit in answer.shown()[:1]
    ]


def listed(side: Side, file: str) -> Measured:
    """Persons of the UN's list sought by name and date, on that list and among all lists."""
    queries = positives(file)
    records = [one for one, _ in queries]
    alone = side.screen(lists.un(), records)
    ranks = [_rank(answer, seeks) for answer, (_, seeks) in zip(alone, queries, strict=True)]
    found = [
        [hit for hit in answer.shown() if hit.id in seeks]
        for answer, (_, seeks) in zip(alone, queries, strict=True)
    ]
    others = sum(
        sum(hit.id not in seeks for hit in answer.shown())
        for answer, (_, seeks) in zip(alone, queries, strict=True)
    )
    hits = sum(map(bool, found))
    every = side.screen(lists.sanctioned(), records)
    reviews = sum(len(answer.shown()) for answer in every)
    figures = [
        Figure("recall of what is shown", share(hits, len(queries))),
        Figure(
            "recall as strong", share(sum(any(h.strong for h in f) for f in found), len(queries))
        ),
        Figure("first", share(ranks.count(1), len(queries))),
        Figure("others shown for one who is found", share(others, hits), "count", more=False),
        Figure(
            "shown of all lists for one who is found", share(reviews, hits), "count", more=False
        ),
    ]
    if not side.bands:
        figures = [one for one in figures if one.what != "recall as strong"]
    errors = [one.values("name")[0] for (one, _), f in zip(queries, found, strict=True) if not f]
    return Measured(figures, errors)


def _rank(answer: Answer, seeks: frozenset[str]) -> int:
    """The worst place of the best among the sought: ties count against it. 0 is not there."""
    own = max((hit.score for hit in answer.hits if hit.id in seeks), default=0.0)
    if not own:
        return 0
    return 1 + sum(hit.score >= own for hit in answer.hits if hit.id not in seeks)


def positives(file: str) -> list[tuple[Record, frozenset[str]]]:
    """Queries, each with who bears the untreated name on the list; the unlisted are left out."""
    bearers: dict[str, set[str]] = {}
    for one in lists.un():
        for name in one.values("name", "alias", "weakAlias"):
            bearers.setdefault(plain(name), set()).add(one.id)
    untreated = _queries("positives_un_untreated")
    return [
        (
            record(
                f"positive-{number}",
                name=row["full_name"],
                birthDate=iso(row["date_of_birth"]),
                gender=row["gender"],
            ),
            frozenset(bearers[plain(first["full_name"])]),
        )
        for number, (first, row) in enumerate(zip(untreated, _queries(file), strict=True))
        if plain(first["full_name"]) in bearers
    ]


def _queries(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data(f"queries/{file}.csv").read_text("utf-8"))))
