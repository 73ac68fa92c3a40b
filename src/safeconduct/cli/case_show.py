"""A case as plain text, to be read on a screen or aloud. It shows and judges nothing."""

from collections.abc import Iterator
from textwrap import wrap

from safeconduct.casefile.account import Claim, Telling
from safeconduct.casefile.case import Case, Consent, Note, ServicePeriod
from safeconduct.casefile.documents import Document
from safeconduct.casefile.evidence import EvidenceItem, SearchEntry, Source
from safeconduct.casefile.people import Applicant, HouseholdMember, Person, PersonNamed
from safeconduct.casefile.places import Place
from safeconduct.casefile.weighing import Explanation
from safeconduct.casefile.when import When
from safeconduct.cli.case_show_proofs import control_rows, identifier_rows, register_rows

# A label, and what stands beside it; nothing is shown where nothing is known.
Row = tuple[str, str | None]

_LABEL = 20


def case_as_text(case: Case, *, width: int, restricted: bool) -> str:
    """The case in the order of its file, in lines of at most `width` columns where words allow.

    Restricted notes are counted, and shown only where `restricted` says so.
    """
    notes = [note for note in case.notes if restricted or not note.restricted]
    hidden = len(case.notes) - len(notes)
    sections = [
        _heading(case),
        _section("Applicant", [_person(case.applicant)]),
        _section("Household", [_person(one) for one in case.household]),
        _section("Other persons", [_person(one) for one in case.persons]),
        _section("Tellings", [_telling(one) for one in case.tellings]),
        _section("Claims", [_claim(one) for one in case.claims]),
        _section("Service", [_service(one) for one in case.service]),
        _section("Sources", [_source(one) for one in case.sources]),
        _section("Evidence", [_evidence(one) for one in case.evidence]),
        _section("Searches", [_search(one) for one in case.searches]),
        _section("Explanations", [_explanation(one) for one in case.explanations]),
        _section("Control questions", [control_rows(one) for one in case.controls]),
        _section("Registers", [register_rows(one) for one in case.registers]),
        _section("Identifiers", [identifier_rows(one) for one in case.identifiers]),
        _section("Consents", [_consent(one) for one in case.consents]),
        _section("Notes", [_note(one) for one in notes]),
    ]
    if hidden:
        sections.append([("", f"Restricted notes not shown: {hidden}")])
    return "\n\n".join(_laid_out(section, width) for section in sections if section)


def visible(text: str) -> str:
    """A text of a case as a terminal may show it: what is invisible or reorders is spelled out.

    The joiners of Arabic and Indic scripts stay, since words are written with them.
    """
    return "".join(
        c if c.isprintable() or c in "\n\u200c\u200d" else f"\\u{ord(c):04x}" for c in text
    )


def _laid_out(rows: list[Row], width: int) -> str:
    lines: list[str] = []
    for label, value in rows:
        detail = label.startswith(" ")
        indent = " " * (_LABEL if detail else 4 if label else 0)
        first = f"{label:<{_LABEL}}" if detail else f"{label:<3} " if label else ""
        for paragraph in visible(value or "").split("\n"):
            room = max(width - len(indent), 20)
            pieces = wrap(paragraph, room, break_long_words=False, break_on_hyphens=False)
            for piece in pieces or [""]:
                lines.append((first + piece).rstrip())
                first = indent
    return "\n".join(lines)


def _section(title: str, parts: list[list[Row]]) -> list[Row]:
    rows: list[Row] = [(title.upper(), "")] if parts else []
    for part in parts:
        head, *rest = part
        rows += [("", "")] * (len(rows) > 1) + [head]
        rows.extend((f"    {label}", value) for label, value in rest if value)
    return rows


def _heading(case: Case) -> list[Row]:
    rows: list[Row] = [("", f"Case {case.id}"), ("", case.title)]
    rows += [("", case.organisation), ("", case.responsible)]
    return [row for row in rows if row[1]]


def _person(person: Person) -> list[Row]:
    named = "; ".join(name.text for name in person.names)
    relation = person.relation if isinstance(person, HouseholdMember | PersonNamed) else None
    return [
        (person.id, named),
        ("relation", relation),
        ("sex", person.sex),
        ("born", _when(person.born)),
        ("birth place", _place(person.birth_place)),
        ("citizenships", ", ".join(person.citizenships)),
        *(("document", _document(one)) for one in person.documents),
        ("photograph", _photograph(person)),
        ("note", person.note),
    ]


def _photograph(person: Person) -> str | None:
    found = person.photograph if isinstance(person, Applicant) else None
    return f"{found.file} (SHA-256 {found.sha256})" if found else None


def _document(one: Document) -> str:
    parts = [f"{one.id} {one.kind.value}", one.number]
    parts += [f"issued {_when(one.issued)}" if one.issued else None]
    parts += [f"expires {_when(one.expires)}" if one.expires else None]
    return ", ".join(part for part in parts if part)


def _telling(one: Telling) -> list[Row]:
    back = one.read_back
    read_back = f"{_when(back.on)}, {back.result}" if back else None
    return [
        (one.id, _when(one.on)),
        ("place", _place(one.place)),
        ("language", one.language),
        ("interpreter", one.interpreter),
        ("interviewer", one.interviewer_role),
        ("source", one.source),
        ("read back", read_back),
        ("transcript", one.transcript),
        ("note", one.note),
    ]


def _claim(one: Claim) -> list[Row]:
    journey = [
        f"from {_place(one.from_)}" if one.from_ else "",
        f"to {_place(one.to)}" if one.to else "",
        f"by {one.by.value}" if one.by else "",
    ]
    lasting = _worded(one.lasts.iso, one.lasts.words) if one.lasts else None
    return [
        (one.id, f"({one.kind.value}) {one.text}"),
        ("words", f"“{one.words}” ({one.voice or 'whose is not said'})" if one.words else None),
        ("translation", one.translation),
        ("when", _when(one.when)),
        ("lasts", lasting),
        ("where", _place(one.where)),
        ("journey", " ".join(part for part in journey if part)),
        ("told in", " ".join(part for part in (one.told_in, one.passage) if part)),
        ("central", one.central),
        ("about", one.person),
        *(("relation", f"{r.kind.value} {r.claim}") for r in one.relations),
        ("retells", one.retells),
        *(("detail", f"{d.what}: {d.value or ' or '.join(d.one_of)}") for d in one.details),
        *(("evidence", f"{b.item} ({b.bears})") for b in one.evidence),
        *(("if untrue", f"{u.what} ({u.result or 'not looked for'})") for u in one.if_untrue),
        *(("milestone", f"{m.as_.value} {m.milestone}") for m in one.milestones),
        ("documents", ", ".join(one.documents)),
        ("note", one.note),
    ]


def _service(one: ServicePeriod) -> list[Row]:
    period = [
        f"from {_when(one.from_)}" if one.from_ else "",
        f"to {_when(one.to)}" if one.to else "",
    ]
    return [
        (one.id, ", ".join(part for part in (one.unit, one.role, one.rank) if part)),
        ("when", " ".join(part for part in period if part)),
        ("where", _place(one.place)),
        ("claims", ", ".join(one.claims)),
        ("note", one.note),
    ]


def _source(one: Source) -> list[Row]:
    return [
        (one.id, one.name),
        ("kind", one.kind),
        ("title", one.title),
        ("publisher", one.publisher),
        ("address", one.address),
        ("published", _when(one.published)),
        ("reliability", _worded(one.reliability, one.reliability_reason)),
        ("same origin as", ", ".join(one.same_origin_as)),
        ("note", one.note),
    ]


def _evidence(one: EvidenceItem) -> list[Row]:
    return [
        (one.id, one.what),
        ("source", one.source),
        ("collected", _when(one.collected)),
        ("file", one.file),
        ("sha-256", one.sha256),
        ("credibility", _worded(one.credibility, one.credibility_reason)),
        *(("custody", f"{_when(step.on)}: {step.event} by {step.by}") for step in one.custody),
        ("note", one.note),
    ]


def _search(one: SearchEntry) -> list[Row]:
    return [
        (one.id, f"{_when(one.on)}, {one.tool}: {one.query}"),
        ("by", one.by),
        ("result", f"{one.result} ({'found' if one.found else 'nothing found'})"),
        ("about", ", ".join(one.about)),
        ("note", one.note),
    ]


def _explanation(one: Explanation) -> list[Row]:
    return [
        (one.id, one.hypothesis),
        ("about", ", ".join(one.about)),
        ("for", ", ".join(one.for_)),
        ("against", ", ".join(one.against)),
        ("by", one.by),
        ("note", one.note),
    ]


def _consent(one: Consent) -> list[Row]:
    return [
        (one.id, f"{_when(one.on)}: {one.purpose}"),
        ("scope", one.scope),
        ("language", one.language),
        ("withdrawn", _when(one.withdrawn)),
        ("note", one.note),
    ]


def _note(one: Note) -> list[Row]:
    return [
        (one.id, one.text),
        ("by", one.by),
        ("on", _when(one.on)),
        ("about", ", ".join(one.about)),
        ("restricted", "it does not leave the house" if one.restricted else None),
    ]


def _when(when: When | None) -> str | None:
    return None if when is None else _worded(when.edtf, when.words)


def _worded(value: str | None, words: str | None) -> str | None:
    return None if value is None else f"{value} (“{words}”)" if words else str(value)


def _place(place: Place | None) -> str | None:
    if place is None:
        return None
    parts: Iterator[str | None] = iter(
        (
            place.name,
            place.words and f"“{place.words}”",
            place.country,
            f"GeoNames {place.gazetteer}" if place.gazetteer else None,
            f"{place.lat}, {place.lon} within {place.radius_km} km"
            if place.lat is not None
            else None,
        )
    )
    return ", ".join(part for part in parts if part) or "one of several towns"
