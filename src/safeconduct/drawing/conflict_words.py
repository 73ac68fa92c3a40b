"""A conflict in words: what its drawing shows, for who cannot see it, and what a bar cannot say."""

from collections.abc import Iterator, Sequence

from safeconduct.casefile.account import Relation
from safeconduct.casefile.findings import Finding, Ids, Lapse
from safeconduct.drawing.bars import span_of
from safeconduct.drawing.conflicts import Event
from safeconduct.drawing.text import plain
from safeconduct.drawing.timeline_words import claim_in_words, event_in_words
from safeconduct.timeline.layout import Occurrence
from safeconduct.wording.durations import bounds_words, lasting_reading
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import parameter, say


def conflict_title(told: Sequence[Occurrence], language: Language) -> str:
    """The short name of the drawing."""
    claims = parameter(Ids(tuple(one.claim.id for one in told)), language)
    return language.text("drawing-conflict-title").format(claims=claims)


def conflict_words(
    finding: Finding, told: Sequence[Occurrence], cited: Sequence[Event], language: Language
) -> str:
    """The text alternative: the finding, its slack, each statement, public events."""
    lines = [plain(say(finding.message, language)), lacking(finding, language)]
    lines += [claim_in_words(one, language) for one in told]
    lines += statements(told, language)
    lines += [event_in_words(one, language) for one in cited]
    return "\n".join(line for line in lines if line)


def slack(finding: Finding) -> int | None:
    """Minutes to spare, less than 0 in a conflict; None where the finding states no length.

    Room less need for a journey, the overlap of two stays, or by how much a circle of dates,
    orders and lengths is short.
    """
    told = finding.message.parameters
    needed, room = told.get("needed"), told.get("room")
    if isinstance(needed, Lapse) and isinstance(room, Lapse):
        return room.value - needed.value
    for name in ("short", "overlap"):
        length = told.get(name)
        if isinstance(length, Lapse) and length.value:
            return -length.value
    return None


def lacking(finding: Finding, language: Language) -> str:
    """By how much it falls short, or "" where that is not known."""
    spare = slack(finding)
    if spare is None or spare >= 0:
        return ""
    name = "drawing-overlap" if "overlap" in finding.message.parameters else "drawing-short"
    return language.labelled(name, parameter(Lapse(-spare), language))


def undated(told: Sequence[Occurrence], language: Language) -> Iterator[str]:
    """The claims that have no bar, with their text."""
    for one in told:
        if span_of(one) is None:
            yield language.text("drawing-conflict-undated").format(
                claim=one.claim.id, text=plain(one.claim.text)
            )


def statements(told: Sequence[Occurrence], language: Language) -> tuple[str, ...]:
    """What joins these claims: how long each lasts, and the order told between two of them."""
    return tuple(_statements(told, language))


def _statements(told: Sequence[Occurrence], language: Language) -> Iterator[str]:
    shown = {one.claim.id for one in told}
    for one in told:
        claim = one.claim
        if claim.lasts:
            length = lasting_reading(claim.lasts, language)
            yield language.text("drawing-lasts").format(claim=claim.id, length=length)
        for relation in claim.relations:
            if relation.claim in shown:
                yield _relation(claim.id, relation, language)


def _relation(claim: str, relation: Relation, language: Language) -> str:
    kind = language.text(f"report-relation-{relation.kind}")
    words = (language.quoted(plain(relation.words)),) if relation.words else ()
    bounds = bounds_words(relation.least, relation.most, language)
    return ", ".join((f"{claim} {kind} {relation.claim}", *bounds, *words))
