"""The account for the report: each claim as told, briefly beside a finding or in full."""

from safeconduct.casefile.account import Bearing, Claim, Detail, Relation
from safeconduct.casefile.evidence import Credibility, Reliability
from safeconduct.casefile.weighing import Expectation
from safeconduct.dossier.lettering import isolated
from safeconduct.dossier.phrasing import (
    language_name,
    lasting_words,
    passage_words,
    place_words,
    when_words,
)
from safeconduct.dossier.report_shown import Shown, in_order
from safeconduct.dossier.report_values import ClaimView, Part, Parts, Row, mono, plain, said
from safeconduct.wording.durations import bounds_words


def account(of: Shown) -> tuple[ClaimView, ...]:
    """All claims in the order of their identifiers, in full."""
    return tuple(
        _view(claim, of, (*_told(claim, of), *_further(claim, of)))
        for claim in in_order(of.case.claims)
    )


def cited_claim(claim: Claim, of: Shown) -> ClaimView:
    """A claim as it stands beside a finding: as told, with when, where and in which telling."""
    return _view(claim, of, _told(claim, of))


def _view(claim: Claim, of: Shown, its_rows: tuple[Row, ...]) -> ClaimView:
    voice = of.text(f"report-voice-{claim.voice or 'unknown'}")
    if claim.language:
        name = language_name(claim.language, of.language)
        voice = of.text("report-words").format(voice=voice, language=name)
    marks = [of.text(f"report-kind-{claim.kind}")]
    if claim.central:
        marks.append(of.text(f"report-central-{claim.central}"))
    return ClaimView(
        id=claim.id,
        text=of.said(claim.text)[0],
        words=next(iter(said(claim.words, claim.language)), None),
        translation=next(iter(of.said(claim.translation)), None),
        voice=voice,
        marks=tuple(marks),
        rows=its_rows,
    )


def _told(claim: Claim, of: Shown) -> tuple[Row, ...]:
    """When, where and in which telling; that no date was told is said, not left blank."""
    lasts = lasting_words(claim.lasts, of.language) if claim.lasts else None
    return of.rows(
        ("when", of.when(claim.when) or plain(of.text("report-not-told"))),
        ("lasts", plain(lasts)),
        ("where", of.place(claim.where)),
        ("from", of.place(claim.from_)),
        ("to", of.place(claim.to)),
        ("by", plain(claim.by and of.text(f"means-{claim.by}"))),
        ("told-in", _telling(claim, of)),
    )


def _telling(claim: Claim, of: Shown) -> Parts:
    parts = of.links(claim.told_in)
    for telling in of.case.tellings:
        if telling.id == claim.told_in:
            parts = (*parts, Part(f", {when_words(telling.on, of.language)}"))
            if telling.place:
                parts = (*parts, Part(f", {place_words(telling.place, of.language)}"))
    if claim.passage:
        parts = (*parts, Part(f", {passage_words(claim.passage, of.language)}"))
    return parts


def _further(claim: Claim, of: Shown) -> tuple[Row, ...]:
    details = ((isolated(detail.what), _detail(detail, of)) for detail in claim.details)
    return (
        *of.rows(
            ("of-person", of.links(claim.person)),
            *(("relations", _relation(relation, of)) for relation in claim.relations),
            ("retells", of.links(claim.retells)),
        ),
        *(Row(what, parts) for what, parts in details),
        *of.rows(
            ("papers", of.links(*claim.documents)),
            *(("evidence", _evidence(bearing, of)) for bearing in claim.evidence),
            *(("if-untrue", _expected(one, of)) for one in claim.if_untrue),
            ("milestones", _milestones(claim, of)),
            ("note", of.said(claim.note)),
            ("cited-by", of.links(*of.cited_in.get(claim.id, ()))),
        ),
    )


def _relation(relation: Relation, of: Shown) -> Parts:
    kind = Part(of.text(f"report-relation-{relation.kind}") + " ")
    bounds = bounds_words(relation.least, relation.most, of.language)
    words = (of.language.quoted(isolated(relation.words)),) if relation.words else ()
    behind = "".join(f", {one}" for one in (*bounds, *words))
    return (kind, *of.links(relation.claim), Part(behind))


def _detail(detail: Detail, of: Shown) -> Parts:
    if detail.value is not None:
        return of.said(detail.value)
    readings = of.language.listed(tuple(isolated(one) for one in detail.one_of))
    return of.noted(plain(of.text("report-one-of").format(readings=readings)), detail.because)


def _evidence(bearing: Bearing, of: Shown) -> Parts:
    bears = Part(of.text(f"report-bears-{bearing.bears}"))
    item = (*of.links(bearing.item), *graded(bearing.item, of))
    return of.noted((*item, Part(of.colon()), bears), bearing.note)


def graded(item: str, of: Shown) -> Parts:
    """The two grades of an evidence item behind its identifier; nothing for other things."""
    found = next((one for one in of.case.evidence if one.id == item), None)
    if found is None:
        return ()
    source = next((one for one in of.case.sources if one.id == found.source), None)
    reliability = (source.reliability if source else None) or Reliability.F
    return plain(f" {reliability}{found.credibility or Credibility.UNJUDGED}")


def _expected(one: Expectation, of: Shown) -> Parts:
    result = of.text(f"report-expected-{one.result or 'open'}")
    looked = (Part(" ("), *of.links(*one.looked), Part(")")) if one.looked else ()
    return of.noted((*of.said(one.what), Part(f" – {result}"), *looked), one.note)


def _milestones(claim: Claim, of: Shown) -> Parts:
    parts: Parts = ()
    for reference in claim.milestones:
        use = of.text(f"report-milestone-{reference.as_}")
        before = (Part(of.text("list-semicolon")),) if parts else ()
        title = of.events.get(reference.milestone)
        event = plain(of.language.quoted(title)) if title else mono(reference.milestone)
        parts = (*parts, *before, Part(f"{use} "), *event)
    return parts
