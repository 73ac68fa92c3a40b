"""The timeline in words: everything that the picture shows, for who cannot see it.

Every claim is named with its date as told and its bounds; conflicts, gaps and public events as
findings cite them.
"""

from collections.abc import Iterator, Sequence

from safeconduct.casefile.account import Claim, Telling
from safeconduct.casefile.findings import Ids, Lapse, Told, Vetting
from safeconduct.drawing.conflicts import Event, Silence, Tie, events, silences, ties
from safeconduct.drawing.text import plain
from safeconduct.drawing.timeline_parts import Part, layout_of, vetting_of
from safeconduct.drawing.when_words import bounds_in_words, when_told
from safeconduct.timeline.layout import Layout, Occurrence
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import parameter


def timeline_words(
    layout: Layout, vetting: Vetting, language: Language, part: Part | None = None
) -> str:
    """The text alternative of the timeline or of a part of it, line by line."""
    return "\n".join(_lines(layout, vetting, language, part))


def timeline_title(layout: Layout, language: Language, part: Part | None = None) -> str:
    """The short name of the drawing."""
    title = language.text("drawing-timeline-title").format(case=layout.case.id)
    if part is None:
        return title
    return part_title(title, part.number, part.count, language)


def part_title(title: str, number: int, count: int, language: Language) -> str:
    """The name of one of several drawings that belong together."""
    n, of = language.number(number), language.number(count)
    return language.text("drawing-part").format(title=title, n=n, count=of)


def by_telling(layout: Layout) -> tuple[tuple[Telling | None, tuple[Claim, ...]], ...]:
    """Tellings with the claims told in them, those whose telling is not stated last."""
    order = {claim: place for place, claim in enumerate(layout.occurrences)}
    claims = sorted(layout.case.claims, key=lambda claim: order[claim.id])
    tellings = sorted(layout.case.tellings, key=lambda one: (len(one.id), one.id))
    known = {telling.id for telling in tellings}
    groups: list[tuple[Telling | None, tuple[Claim, ...]]] = [
        (telling, tuple(claim for claim in claims if claim.told_in == telling.id))
        for telling in tellings
    ]
    groups.append((None, tuple(claim for claim in claims if claim.told_in not in known)))
    return tuple((telling, told) for telling, told in groups if told)


def heading(telling: Telling | None, language: Language) -> str:
    """What a lane is called."""
    if telling is None:
        return language.text("drawing-telling-none")
    date = parameter(Told(telling.on.edtf), language)
    return language.text("drawing-telling").format(telling=telling.id, date=date)


def tie_in_words(
    tie: Tie, language: Language, titles: dict[str, str], part: Part | None = None
) -> str:
    """Which statements a number ties together, which checks say so; which are on other pages."""
    checks = language.listed(tuple(language.text(f"check-{check}") for check in tie.checks))
    named = (*tie.claims, *(titles.get(event, event) for event in tie.events))
    message = "drawing-tie" if len(named) > 1 else "drawing-tie-one"
    words = language.text(message).format(checks=checks, claims=language.listed(named))
    elsewhere = [one for one in tie.claims if part is not None and one not in part.claims]
    if not elsewhere:
        return words
    claims = language.listed(tuple(elsewhere))
    return language.text("drawing-tie-elsewhere").format(tie=words, claims=claims)


def silence_in_words(silence: Silence, language: Language) -> str:
    """How long the account is silent, and between which claims."""
    length = parameter(Lapse(silence.minutes), language)
    between = parameter(Ids((silence.before, silence.after)), language)
    return language.text("drawing-gap").format(length=length, claims=between)


def event_in_words(event: Event, language: Language) -> str:
    """A public event and its date."""
    date = parameter(Told(event.edtf), language)
    return language.text("drawing-event").format(title=plain(event.title), date=date)


def event_titles(vetting: Vetting, language: Language) -> dict[str, str]:
    """The titles of the public events that findings cite."""
    return {event.id: plain(event.title) for event in events(vetting, language)}


def _lines(
    layout: Layout, vetting: Vetting, language: Language, part: Part | None
) -> Iterator[str]:
    found = ties(vetting, frozenset(layout.occurrences), part.claims if part else None)
    layout, vetting = layout_of(layout, part), vetting_of(vetting, part)
    groups = by_telling(layout)
    if not groups:
        yield language.text("drawing-no-claims")
    for telling, claims in groups:
        yield heading(telling, language)
        yield from _claims(layout, claims, language)
    titles = event_titles(vetting, language)
    if found:
        yield language.text("drawing-heading-ties")
        yield from (f"{tie.number}. {tie_in_words(tie, language, titles, part)}" for tie in found)
    for silence in silences(vetting):
        yield silence_in_words(silence, language)
    for event in events(vetting, language):
        yield event_in_words(event, language)


def _claims(layout: Layout, claims: Sequence[Claim], language: Language) -> Iterator[str]:
    for claim in claims:
        yield claim_in_words(layout.of(claim.id), language)


def claim_in_words(occurrence: Occurrence, language: Language) -> str:
    """A claim with its kind, its date as told and its bounds."""
    claim = occurrence.claim
    return language.text("drawing-claim").format(
        claim=claim.id,
        kind=language.text(f"drawing-kind-{claim.kind}"),
        text=plain(claim.text),
        when=plain(when_told(occurrence, language)),
        bounds=bounds_in_words(occurrence, language),
    )
