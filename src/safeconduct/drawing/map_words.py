"""The map in words: every claim with its places, the journeys in order, and what is not shown."""

from collections.abc import Iterator, Mapping, Sequence
from unicodedata import bidirectional

from safeconduct.casefile.findings import Ids, Speed
from safeconduct.checks.material import natural
from safeconduct.drawing.marks import Key, Mark, Missing, Shown
from safeconduct.drawing.text import plain
from safeconduct.drawing.timeline_words import part_title
from safeconduct.drawing.ways import PRISM_KMH, Reach, Way
from safeconduct.drawing.when_words import when_told
from safeconduct.timeline.layout import Layout
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import parameter


def map_title(layout: Layout, language: Language, number: int = 1, count: int = 1) -> str:
    """The short name of the drawing, or of one of its parts."""
    title = language.text("drawing-map-title").format(case=layout.case.id)
    return title if count == 1 else part_title(title, number, count, language)


def name_of(mark: Mark, language: Language) -> str:
    """A place as told; a whole country by its name in the language."""
    if mark.country is None:
        return mark.label
    return country_name(mark.country, language)


def country_name(code: str, language: Language) -> str:
    """The name of a country by its ISO 3166-1 code."""
    return language.text(f"drawing-country-{code}")


def area_name(area: str, language: Language) -> str:
    """The name of a disputed area."""
    return language.text(f"drawing-area-{area.lower().replace(' ', '-')}")


def ids_in_words(claims: Sequence[str], language: Language) -> str:
    """Identifiers in a natural order, as the language joins a list."""
    return parameter(Ids(tuple(sorted(set(claims), key=natural))), language)


def place_in_words(mark: Mark, language: Language) -> str:
    """A place, how sure it is, and the claims that name it."""
    claims = ids_in_words(mark.claims, language)
    if mark.country:
        template = language.text("drawing-place-country")
        return template.format(place=name_of(mark, language), claims=claims)
    km = language.number(mark.radius_km, 0 if mark.radius_km >= 10 else 1)
    template = language.text("drawing-place")
    return template.format(place=mark.label, km=km, claims=claims)


def way_in_words(way: Way, names: Mapping[Key, str], layout: Layout, language: Language) -> str:
    """A told journey: from where to where, by what, when."""
    means = language.text(f"means-{way.means}") if way.means else None
    applicant = layout.case.applicant.id
    return language.text("drawing-way").format(
        claim=way.claim if way.person == applicant else f"{way.claim} ({way.person})",
        origin=_in_its_place(names[way.origin]),
        destination=_in_its_place(names[way.destination]),
        means=means or language.text("drawing-means-not-told"),
        when=plain(when_told(layout.of(way.claim), language)),
    )


_LEFT_TO_RIGHT = "\u200e"
"""Invisible; behind it a line goes on from left to right."""


def _in_its_place(name: str) -> str:
    """A name that stays where it is: two written from right to left would change places."""
    if any(bidirectional(character) in ("R", "AL") for character in name):
        return f"{_LEFT_TO_RIGHT}{name}{_LEFT_TO_RIGHT}"
    return name


def missing_in_words(missing: Missing, language: Language) -> str:
    """A place that is not on the map, and why."""
    template = language.text(f"drawing-missing-{missing.why}")
    return template.format(claim=missing.claim, place=missing.told)


def reach_in_words(reach: Reach, language: Language) -> str:
    """A stretch of which no journey was told, hatched on the map or too wide for it."""
    template = language.text("drawing-reach" if reach.drawable else "drawing-reach-wide")
    speed = parameter(Speed(PRISM_KMH), language)
    between = ids_in_words((reach.before, reach.after), language)
    return template.format(claims=between, speed=speed)


def wide_in_words(stretches: Sequence[Reach], language: Language) -> Iterator[str]:
    """The stretches that are not drawn, in one sentence; nothing where there is none."""
    wide = [one for one in stretches if not one.drawable]
    if len(wide) == 1:
        yield reach_in_words(wide[0], language)
    elif wide:
        pairs = language.listed(tuple(f"{one.before}–{one.after}" for one in wide))
        yield language.text("drawing-reaches-wide").format(claims=pairs)


def placeless_in_words(claims: Sequence[str], language: Language) -> str:
    """The claims that name no place."""
    return language.text("drawing-placeless").format(claims=ids_in_words(claims, language))


def map_words(
    layout: Layout,
    shown: Shown,
    ways: Sequence[Way],
    stretches: Sequence[Reach],
    language: Language,
) -> str:
    """The text alternative of the map, line by line."""
    return "\n".join(_lines(layout, shown, ways, stretches, language))


def _lines(
    layout: Layout,
    shown: Shown,
    ways: Sequence[Way],
    stretches: Sequence[Reach],
    language: Language,
) -> Iterator[str]:
    if not layout.occurrences:
        yield language.text("drawing-no-claims")
        return
    if not shown.marks:
        yield language.text("drawing-no-places")
    yield from (place_in_words(mark, language) for mark in shown.marks)
    names = {mark.key: name_of(mark, language) for mark in shown.marks}
    for way in ways:
        words = way_in_words(way, names, layout, language)
        yield f"{way.number}. {words}" if way.number else _unordered(words, language)
    yield from (reach_in_words(reach, language) for reach in stretches if reach.drawable)
    yield from wide_in_words(stretches, language)
    yield from (missing_in_words(missing, language) for missing in shown.missing)
    if shown.placeless:
        yield placeless_in_words(shown.placeless, language)


def _unordered(words: str, language: Language) -> str:
    return language.text("drawing-way-unordered").format(way=words)
