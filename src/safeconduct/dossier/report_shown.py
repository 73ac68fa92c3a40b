"""What is shown: the case, in which language, and which identifiers can be linked to.

Its methods turn single values of the case into parts of running text, the same way everywhere.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import When
from safeconduct.checks.material import natural
from safeconduct.dossier.phrasing import language_name, place_words, when_words
from safeconduct.dossier.report_values import Part, Parts, Row, linked, links, plain, rows, said
from safeconduct.drawing.timeline_words import event_titles
from safeconduct.wording.language import Language


class Identified(Protocol):
    """Anything that is cited by an identifier."""

    @property
    def id(self) -> str:
        """Such as c3."""


Item = TypeVar("Item", bound=Identified)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """`known`: the identifiers that stand in the report; `cited_in`: claim → its findings;
    `events`: public event → its title, as far as findings name it.
    """

    case: Case
    language: Language
    known: frozenset[str]
    cited_in: Mapping[str, tuple[str, ...]]
    events: Mapping[str, str] = {}

    def text(self, message: str) -> str:
        """The wording of a message without parameters."""
        return self.language.text(message)

    def said(self, text: str | None) -> Parts:
        """Text of the case, which is in the language of the case."""
        return said(text, self.case.language)

    def choice(self, stem: str, value: str | None) -> Parts:
        """One of a few values, in words: `report-sex-female`."""
        return plain(value and self.text(f"report-{stem}-{value}"))

    def when(self, when: When | None) -> Parts:
        """A date with its words and the note on it."""
        if when is None:
            return ()
        return self.noted(plain(when_words(when, self.language)), when.note)

    def place(self, place: Place | None) -> Parts:
        """A place with the note on it."""
        if place is None:
            return ()
        return self.noted(plain(place_words(place, self.language)), place.note)

    def tongue(self, tag: str | None) -> Parts:
        """A language by its name."""
        return plain(tag and language_name(tag, self.language))

    def links(self, *identifiers: str | None) -> Parts:
        """Identifiers as links, those that are there."""
        return links((one for one in identifiers if one), self.known)

    def colon(self) -> str:
        """What stands between a label and what it labels."""
        return self.text("label-with-value").format(label="", value="")

    def person(self, name: str | None) -> Parts:
        """A person by name; an empty name is one that is held back, which is said."""
        return plain(self.text("dossier-unnamed")) if name == "" else self.said(name)

    def sentence(self, text: str) -> Parts:
        """A sentence with its identifiers linked."""
        return linked(text, self.known)

    def noted(self, parts: Parts, note: str | None) -> Parts:
        """Parts with a remark of the case behind them."""
        if not note:
            return parts
        ended = "".join(part.text for part in parts).endswith(".")
        return (*parts, Part(" " if ended else ". "), *self.said(note))

    def rows(self, *pairs: tuple[str, Parts]) -> tuple[Row, ...]:
        """Rows by the last part of their message identifier; empty ones are left out."""
        return rows(*((self.text(f"report-{name}"), parts) for name, parts in pairs))


def shown(case: Case, vetting: Vetting, language: Language) -> Shown:
    """Reads once which identifiers can be linked to. Restricted notes are not among them."""
    lists: tuple[Sequence[Identified], ...] = (
        *(case.claims, case.tellings, case.service, case.sources, case.evidence),
        *(case.searches, case.explanations, case.consents, case.controls, case.registers),
        *(case.identifiers, case.people(), case.documents()),
        *(tuple(note for note in case.notes if not note.restricted), vetting.findings),
    )
    cited: dict[str, tuple[str, ...]] = {}
    for finding in vetting.findings:
        for because in finding.because:
            if because.kind == "claim":
                cited[because.id] = (*cited.get(because.id, ()), finding.id)
    known = frozenset(item.id for items in lists for item in items)
    return Shown(
        case=case,
        language=language,
        known=known,
        cited_in=cited,
        events=event_titles(vetting, language),
    )


def in_order(items: Sequence[Item]) -> list[Item]:
    """By identifier, c2 before c10."""
    return sorted(items, key=lambda item: natural(item.id))
