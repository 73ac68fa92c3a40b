"""Control questions, register entries and identifiers as plain text, each with its state."""

from safeconduct.casefile.proofs import (
    ControlQuestion,
    Identifier,
    Proof,
    RegisterEntry,
    state_of,
)

Row = tuple[str, str | None]


def control_rows(one: ControlQuestion) -> list[Row]:
    """A control question; the answer that was fixed is not in the case."""
    return [
        (one.id, f"({one.topic.value}) {one.question}"),
        *_progress(one),
        ("claims", ", ".join(one.claims)),
        ("fixed", f"{one.fixed_on.edtf}, {one.fixed_by}"),
        ("commitment", one.commitment),
        ("pack", one.pack and f"{one.pack} {one.row or ''}"),
        ("note", one.note),
    ]


def register_rows(one: RegisterEntry) -> list[Row]:
    """An entry that a register should have."""
    return [
        (one.id, f"{one.register}: {one.entry}"),
        *_progress(one),
        ("claims", ", ".join(one.claims)),
        ("searches", ", ".join(one.searches)),
        ("note", one.note),
    ]


def identifier_rows(one: Identifier) -> list[Row]:
    """A telephone, a handle or a photograph."""
    return [
        (one.id, f"({one.kind}) {one.value}"),
        ("service", one.service),
        ("evidence", one.evidence),
        ("taken at", (one.taken_at.name or one.taken_at.words) if one.taken_at else None),
        ("taken on", one.taken_on.edtf if one.taken_on else None),
        *_progress(one),
        ("claims", ", ".join(one.claims)),
        ("note", one.note),
    ]


def _progress(one: Proof) -> list[Row]:
    back, held = one.answered, one.compared
    return [
        ("state", state_of(one).value.replace("-", " ")),
        ("asked", one.asked.on.edtf if one.asked else None),
        ("answer", f"{back.on.edtf}: {back.text or 'not wished'}" if back else None),
        ("compared", f"{held.on.edtf}, {held.by}: {held.result}; {held.reason}" if held else None),
    ]
