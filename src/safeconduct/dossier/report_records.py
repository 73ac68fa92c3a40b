"""Tellings, sources, evidence, searches, consents and notes for the report."""

from datetime import UTC, datetime

from safeconduct.casefile.account import Telling
from safeconduct.casefile.case import Consent, Note
from safeconduct.casefile.evidence import CustodyEvent, EvidenceItem, SearchEntry, Source
from safeconduct.casefile.when import read_when
from safeconduct.checks.material import natural
from safeconduct.dossier.phrasing import language_name, when_words
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import ItemView, Part, Parts, mono, plain, said

_NEVER = datetime.max.replace(tzinfo=UTC)


def telling_view(telling: Telling, of: Shown) -> ItemView:
    """A telling: when, where, through whom, and the hashes that fix it."""
    return ItemView(
        id=telling.id,
        title=plain(when_words(telling.on, of.language)),
        rows=of.rows(
            ("date-note", of.said(telling.on.note)),
            ("where", of.place(telling.place)),
            ("language", of.tongue(telling.language)),
            ("interpreter", of.person(telling.interpreter)),
            ("interviewer", of.said(telling.interviewer_role)),
            ("source", of.links(telling.source)),
            ("transcript", plain(telling.transcript and of.text("report-in-the-case"))),
            ("transcript-hash", mono(telling.transcript_sha256)),
            ("recording-hash", mono(telling.recording_sha256)),
            ("read-back", _read_back(telling, of)),
            ("note", of.said(telling.note)),
        ),
    )


def _read_back(telling: Telling, of: Shown) -> Parts:
    back = telling.read_back
    if back is None:
        return ()
    result = of.text(f"report-read-back-{back.result}")
    tongue = language_name(back.language, of.language)
    parts = plain(f"{result}, {when_words(back.on, of.language)}, {tongue}")
    if interpreter := of.person(back.interpreter):
        label = of.text("report-interpreter").lower()
        parts = (*parts, Part(f"; {label}{of.colon()}"), *interpreter)
    return of.noted(parts, back.note)


def source_view(source: Source, of: Shown) -> ItemView:
    """A source with the reliability that it was given."""
    return ItemView(
        id=source.id,
        title=(*of.person(source.name), Part(f" ({of.text(f'report-source-{source.kind}')})")),
        rows=of.rows(
            ("reliability", _graded(source.reliability or "F", source.reliability_reason, of)),
            ("title", said(source.title, source.language)),
            ("publisher", of.said(source.publisher)),
            ("address", mono(source.address)),
            ("published", of.when(source.published)),
            ("read", of.when(source.read)),
            ("language", of.tongue(source.language)),
            ("same-origin", of.links(*source.same_origin_as)),
            ("note", of.said(source.note)),
        ),
    )


def _graded(grade: str, reason: str | None, of: Shown) -> Parts:
    """A grade and why; what nobody graded is F or 6, which say just that."""
    if reason is None:
        return plain(grade)
    return (Part(f"{grade}{of.colon()}"), *of.said(reason))


def evidence_view(item: EvidenceItem, of: Shown) -> ItemView:
    """An item of evidence with both grades, apart, and its custody."""
    source = next((one for one in of.case.sources if one.id == item.source), None)
    reliability = plain((source.reliability if source else None) or "F")
    return ItemView(
        id=item.id,
        title=of.said(item.what),
        rows=of.rows(
            ("source", of.links(item.source)),
            ("reliability", reliability),
            ("credibility", _graded(item.credibility or "6", item.credibility_reason, of)),
            ("collected", of.when(item.collected)),
            ("file", mono(item.file)),
            ("sha256", mono(item.sha256)),
            *(("custody", _custody(step, of)) for step in item.custody),
            ("note", of.said(item.note)),
        ),
    )


def _custody(step: CustodyEvent, of: Shown) -> Parts:
    event = of.text(f"report-custody-{step.event}")
    on = when_words(step.on, of.language)
    parts = (Part(f"{on}{of.colon()}{event}, "), *of.said(step.by))
    return of.noted(parts, step.note)


def by_time(of: Shown) -> list[SearchEntry]:
    """The searches in the order of time, as far as their dates tell; then by identifier."""

    def when(one: SearchEntry) -> tuple[bool, datetime, tuple[str, int, str]]:
        start = read_when(one.on, of.case.conventions).start.earliest
        return (start is None, start or _NEVER, natural(one.id))

    return sorted(of.case.searches, key=when)


def search_view(search: SearchEntry, of: Shown) -> ItemView:
    """A search made by hand; one that found nothing reads no different.

    An empty query is one that is held back, which is said.
    """
    held_back = plain(of.text("dossier-search-held-back"))
    found = of.text(f"report-search-{'found' if search.found else 'empty'}")
    result = (Part(found + of.colon()), *of.said(search.result))
    return ItemView(
        id=search.id,
        title=(Part(when_words(search.on, of.language) + of.colon()), *of.said(search.tool)),
        rows=of.rows(
            ("query", said(search.query, "") if search.query else held_back),
            ("by-whom", of.said(search.by)),
            ("result", result if search.result else plain(found)),
            ("of-person", of.links(*search.about)),
            ("capture", mono(search.capture_sha256)),
            ("date-note", of.said(search.on.note)),
            ("note", of.said(search.note)),
        ),
    )


def consent_view(consent: Consent, of: Shown) -> ItemView:
    """A consent, and whether it was withdrawn."""
    return ItemView(
        id=consent.id,
        title=of.said(consent.purpose),
        rows=of.rows(
            ("scope", of.said(consent.scope)),
            ("on", of.when(consent.on)),
            ("language", of.tongue(consent.language)),
            ("withdrawn", of.when(consent.withdrawn)),
            ("note", of.said(consent.note)),
        ),
    )


def note_view(note: Note, of: Shown) -> ItemView:
    """A note of the staff. Whoever calls this has left the restricted ones out."""
    return ItemView(
        id=note.id,
        title=of.said(note.text),
        rows=of.rows(
            ("of-person", of.links(*note.about)),
            ("by-whom", of.said(note.by)),
            ("on", of.when(note.on)),
        ),
    )
