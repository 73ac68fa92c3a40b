"""What establishes service and identity positively, for the report: each with its state.

Expected answers are not in the case and so not here; what is shown is how far each has come, what
came back, and what a named person held of it.
"""

from safeconduct.casefile.proofs import (
    ControlQuestion,
    Identifier,
    Proof,
    RegisterEntry,
    state_of,
)
from safeconduct.dossier.phrasing import language_name, when_words
from safeconduct.dossier.report_shown import Shown, in_order
from safeconduct.dossier.report_values import ItemView, Part, Parts, Row, mono, plain, said


def proof_views(of: Shown) -> list[ItemView]:
    """Control questions, register entries and identifiers, in a natural order."""
    case = of.case
    return [
        *(_control(one, of) for one in in_order(case.controls)),
        *(_register(one, of) for one in in_order(case.registers)),
        *(_identifier(one, of) for one in in_order(case.identifiers)),
    ]


def progress(proof: Proof, of: Shown) -> tuple[Row, ...]:
    """State, what was asked, what came back and what was held of it: all but the state if any."""
    return of.rows(
        ("proof-state", plain(of.text(f"proof-state-{state_of(proof)}"))),
        ("proof-asked", _asked(proof, of)),
        ("proof-answer", _answer(proof, of)),
        ("proof-compared", _compared(proof, of)),
    )


def _control(one: ControlQuestion, of: Shown) -> ItemView:
    fixed = (Part(f"{when_words(one.fixed_on, of.language)}, "), *of.said(one.fixed_by))
    return ItemView(
        id=one.id,
        title=plain(of.text(f"control-topic-{one.topic}")),
        rows=(
            *of.rows(("control-question", said(one.question, one.language))),
            *progress(one, of),
            *of.rows(
                ("claims", of.links(*one.claims)),
                ("fixed", fixed),
                ("commitment", mono(one.commitment)),
                ("pack", mono(one.pack and f"{one.pack} {one.row or ''}".strip())),
                ("note", of.said(one.note)),
            ),
        ),
    )


def _register(one: RegisterEntry, of: Shown) -> ItemView:
    return ItemView(
        id=one.id,
        title=of.said(one.register),
        rows=(
            *of.rows(("register-entry", of.said(one.entry))),
            *progress(one, of),
            *of.rows(
                ("claims", of.links(*one.claims)),
                ("searches", of.links(*one.searches)),
                ("note", of.said(one.note)),
            ),
        ),
    )


def _identifier(one: Identifier, of: Shown) -> ItemView:
    return ItemView(
        id=one.id,
        title=plain(of.text(f"identifier-{one.kind}")),
        rows=(
            *of.rows(
                ("identifier-value", said(one.value, "")),
                ("identifier-service", of.said(one.service)),
                ("evidence", of.links(one.evidence)),
                ("taken-at", of.place(one.taken_at)),
                ("taken-on", of.when(one.taken_on)),
            ),
            *progress(one, of),
            *of.rows(("claims", of.links(*one.claims)), ("note", of.said(one.note))),
        ),
    )


def _asked(proof: Proof, of: Shown) -> Parts:
    asked = proof.asked
    if asked is None:
        return ()
    by = (Part(", "), *of.said(asked.by)) if asked.by else ()
    return of.noted((Part(when_words(asked.on, of.language)), *by), asked.note)


def _answer(proof: Proof, of: Shown) -> Parts:
    answered = proof.answered
    if answered is None:
        return ()
    on = when_words(answered.on, of.language)
    through = [language_name(answered.language, of.language)] if answered.language else []
    head = Part(", ".join((on, *through)))
    interpreter = (Part(", "), *of.person(answered.interpreter)) if answered.interpreter else ()
    words = said(answered.text, answered.language) or plain(of.text("proof-refused"))
    return of.noted((head, *interpreter, Part(of.colon()), *words), answered.note)


def _compared(proof: Proof, of: Shown) -> Parts:
    compared = proof.compared
    if compared is None:
        return ()
    head = (Part(f"{when_words(compared.on, of.language)}, "), *of.said(compared.by))
    return (*head, Part(of.colon()), *of.said(compared.reason))
