"""What establishes service and identity positively, and how far each of it has come.

A match supports the claims that it is linked to and nothing else; a mismatch asks, since people
forget, and units change. No outcome here says for whom anybody works. Matches are set by people.
"""

from collections.abc import Iterator, Mapping

from safeconduct.casefile.case import Case
from safeconduct.casefile.documents import Document
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Parameter,
    Term,
    Text,
    Texts,
    Told,
)
from safeconduct.casefile.proofs import (
    Compared,
    ControlQuestion,
    Identifier,
    Proof,
    ProofState,
    state_of,
)
from safeconduct.casefile.when import read_when
from safeconduct.checks.material import Material, cite, ids, natural

CHECK = "positive-proof"

_OPEN = {
    ProofState.NOT_ASKED: ("proofs-not-asked", "needs-asking"),
    ProofState.ASKED: ("proofs-asked", "needs-reply"),
    ProofState.ANSWERED: ("proofs-answered", "needs-comparing"),
}


def established_positively(material: Material) -> Iterator[Finding | NotChecked]:
    """What matched and what did not, as people judged it; what is open, by its state."""
    proofs = proofs_of(material.case)
    if not proofs:
        reason, needs = Message("no-positive-proof"), Message("needs-positive-proof")
        yield NotChecked(check=CHECK, reason=reason, needs=needs)
        return
    texts = {claim.id: claim.text for claim in material.case.claims}
    for proof, claims in proofs:
        if proof.compared is not None:
            told = {claim: texts[claim] for claim in claims}
            yield _judged(proof, proof.compared, told, material)
    for state, (reason_id, needs_id) in _OPEN.items():
        found = [(proof, claims) for proof, claims in proofs if state_of(proof) is state]
        if found:
            yield NotChecked(
                check=CHECK,
                reason=Message(reason_id, {"items": ids(*(proof.id for proof, _ in found))}),
                needs=Message(needs_id),
                because=cite(*(claim for _, claims in found for claim in claims)),
            )


def proofs_of(case: Case) -> tuple[tuple[Proof, tuple[str, ...]], ...]:
    """Each with the claims that it is linked to, in a natural order.

    Of the documents, those that claims name or that somebody asked about.
    """
    named: dict[str, list[str]] = {}
    for claim in case.claims:
        for document in claim.documents:
            named.setdefault(document, []).append(claim.id)
    linked: list[tuple[Proof, tuple[str, ...]]] = [
        (one, one.claims) for one in (*case.controls, *case.registers, *case.identifiers)
    ]
    linked += [
        (paper, tuple(named.get(paper.id, ())))
        for paper in case.documents()
        if paper.id in named or state_of(paper) is not ProofState.NOT_ASKED
    ]
    return tuple(sorted(linked, key=lambda pair: natural(pair[0].id)))


def fixed_before(control: ControlQuestion, material: Material) -> bool:
    """Do the dates show that the expected answer was fixed before the answer was given?"""
    if control.answered is None:
        return False
    conventions = material.case.conventions
    fixed = read_when(control.fixed_on, conventions).end.latest
    answered = read_when(control.answered.on, conventions).start.earliest
    return fixed is not None and answered is not None and fixed <= answered


def kind_of(proof: Proof) -> Parameter:
    """What it is, in words."""
    if isinstance(proof, ControlQuestion):
        return Term(f"control-topic-{proof.topic}")
    if isinstance(proof, Identifier):
        return Term(f"identifier-{proof.kind}")
    if isinstance(proof, Document):
        return Term(f"document-kind-{proof.kind}")
    return Term("register-entry")


def _judged(
    proof: Proof, compared: Compared, told: Mapping[str, str], material: Material
) -> Finding:
    said: dict[str, Parameter] = {
        "item": Text(proof.id),
        "kind": kind_of(proof),
        "by": Text(compared.by),
        "on": Told(compared.on.edtf, compared.on.words),
    }
    because = (*cite(*told), Because("evidence", proof.id))
    if compared.result == "not-matched":
        return Finding(
            check=CHECK,
            outcome=Outcome.ASKS,
            indicator=Indicator.EXTERNAL_CONSISTENCY,
            message=Message("proof-not-matched", said),
            because=because,
            question=_question(proof, told),
        )
    unfixed = isinstance(proof, ControlQuestion) and not fixed_before(proof, material)
    return Finding(
        check=CHECK,
        outcome=Outcome.UNKNOWN if unfixed else Outcome.SUPPORTS,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=Message("control-matched-unfixed" if unfixed else "proof-matched", said),
        because=because,
    )


def _question(proof: Proof, told: Mapping[str, str]) -> Message:
    """Open, and without a word of what was expected or of what was answered."""
    if isinstance(proof, ControlQuestion):
        return Message("ask-control-topic", {"topic": kind_of(proof)})
    if told:
        what = Texts(tuple(told[one] for one in sorted(told, key=natural)))
        return Message("ask-tell-again", {"what": what})
    return Message("ask-document-again", {"document": Text(proof.id), "kind": kind_of(proof)})
