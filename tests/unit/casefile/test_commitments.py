"""A commitment is opened by the answer that was fixed, and by nothing else."""

import hashlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.commitments import ExpectedAnswer, commitment, opens
from safeconduct.casefile.proofs import ControlQuestion, ControlTopic
from safeconduct.casefile.when_values import When

SALT = "0f" * 32
PARTS: dict[str, Any] = {
    "salt": SALT,
    "case": "ivan",
    "name": "w1",
    "topic": ControlTopic.PAY,
    "question": "Как платили?",
    "expected": "наличными, “из окна”",
}


def pair(**changed: Any) -> tuple[ExpectedAnswer, ControlQuestion]:
    made = commitment(**PARTS)
    fixed = ExpectedAnswer(
        id="w1",
        topic=ControlTopic.PAY,
        question=PARTS["question"],
        expected=PARTS["expected"],
        salt=SALT,
        commitment=made,
    )
    control = ControlQuestion(
        id="w1",
        claims=("c1",),
        topic=ControlTopic.PAY,
        question=PARTS["question"],
        language="ru",
        commitment=made,
        fixed_on=When(edtf="2024-10-01"),
        fixed_by="RC",
    )
    return (
        msgspec.structs.replace(fixed, **{k: v for k, v in changed.items() if k != "control"}),
        msgspec.structs.replace(control, **changed.get("control", {})),
    )


def test_anybody_can_compute_it_with_other_means() -> None:
    listed = ["safeconduct/control/1", *(str(part) for part in PARTS.values())]
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    assert commitment(**PARTS) == hashlib.sha256(text.encode()).hexdigest()


def test_what_was_fixed_opens_it() -> None:
    assert opens(*pair(), "ivan")


@pytest.mark.parametrize(
    "changed",
    [
        {"expected": "наличными"},
        {"salt": "0e" * 32},
        {"control": {"question": "Когда платили?"}},
        {"control": {"topic": ControlTopic.ROAD}},
        {"control": {"id": "w2"}},
        {"control": {"commitment": "ab" * 32}},
    ],
)
def test_nothing_else_does(changed: dict[str, Any]) -> None:
    assert not opens(*pair(**changed), "ivan")
    assert not opens(*pair(), "another")


@given(st.text(), st.text(), st.text(), st.text())
def test_no_two_questions_and_answers_share_one(a: str, b: str, c: str, d: str) -> None:
    one = commitment(**{**PARTS, "question": a, "expected": b})
    other = commitment(**{**PARTS, "question": c, "expected": d})
    assert (one == other) == ((a, b) == (c, d))
