"""What the templates of the report are given: plain values, already in words, not yet HTML.

Nothing here is escaped; the templates escape everything. A `Part` with `lang` is case text.
"""

from collections.abc import Iterable

import msgspec

from safeconduct.dossier.lettering import split_at_identifiers, visible


class Part(msgspec.Struct, frozen=True):
    """A piece of running text; `to` is the anchor it links to, `lang` its language ("": unknown).

    `mono` is for hashes, numbers and addresses, which are read letter by letter.
    """

    text: str
    to: str | None = None
    lang: str | None = None
    mono: bool = False


Parts = tuple[Part, ...]


class Row(msgspec.Struct, frozen=True):
    """A label and what stands beside it."""

    label: str
    parts: Parts


class ClaimView(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as told: the neutral wording, the words kept of it, and its particulars."""

    id: str
    text: Part
    words: Part | None
    translation: Part | None
    voice: str
    marks: tuple[str, ...]
    rows: tuple[Row, ...]


class FindingView(msgspec.Struct, frozen=True, kw_only=True):
    """One finding with what it cites."""

    id: str
    statement: Parts
    peripheral: bool
    repairs: tuple[Parts, ...]
    question: Parts | None
    claims: tuple[ClaimView, ...]
    rows: tuple[Row, ...]


class SettlingView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to ask for, and the conflicts that it would say something about."""

    ask: Parts
    cited: Parts
    conflicts: tuple[str, ...]


class GroupView(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one outcome. `brief`: on a line each."""

    name: str
    brief: bool
    findings: tuple[FindingView, ...]


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was not checked: why, what it would need, what it concerns."""

    reason: Parts
    needs: Parts
    cited: Parts


class NotCheckedView(msgspec.Struct, frozen=True, kw_only=True):
    """What one check could not look at."""

    check: str
    entries: tuple[EntryView, ...]


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """Anything of the case that is cited by its identifier: a telling, a paper, a source."""

    id: str
    title: Parts
    rows: tuple[Row, ...]


class SectionView(msgspec.Struct, frozen=True, kw_only=True):
    """A list of such items under a heading; `about` is the sentence below it, if there is one."""

    name: str
    heading: str
    about: str | None
    items: tuple[ItemView, ...]


def said(text: str | None, lang: str | None) -> Parts:
    """Case text as it stands, nothing where there is none."""
    return () if text is None else (Part(visible(text), lang=lang or ""),)


def mono(text: str | None) -> Parts:
    """A hash, number or address as it stands."""
    return () if text is None else (Part(visible(text), mono=True),)


def plain(text: str | None) -> Parts:
    """Words of ours."""
    return () if text is None else (Part(text),)


def linked(text: str, known: frozenset[str]) -> Parts:
    """A sentence whose identifiers of this case link to where they stand."""
    pieces = split_at_identifiers(text)
    parts = (Part(piece, to=piece if piece in known else None) for piece in pieces if piece)
    return _joined(parts)


def links(identifiers: Iterable[str], known: frozenset[str]) -> Parts:
    """Identifiers with commas between them, linked where they stand in this report."""
    parts: list[Part] = []
    for identifier in dict.fromkeys(identifiers):
        if parts:
            parts.append(Part(", "))
        parts.append(Part(visible(identifier), to=identifier if identifier in known else None))
    return tuple(parts)


def rows(*pairs: tuple[str, Parts]) -> tuple[Row, ...]:
    """The rows that have something beside their label."""
    return tuple(Row(label, parts) for label, parts in pairs if parts)


def _joined(parts: Iterable[Part]) -> Parts:
    """Neighbouring pieces of mere text as one."""
    joined: list[Part] = []
    for part in parts:
        if joined and part.to is None and joined[-1].to is None:
            joined[-1] = Part(joined[-1].text + part.text)
        else:
            joined.append(part)
    return tuple(joined)
