"""What holds of every vetting: order, citation, purity, and that nothing is read as clear."""

import random
import socket
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import (
    Because,
    Finding,
    FindingWithoutCause,
    Indicator,
    Message,
    Outcome,
    Vetting,
)
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import laid_out, vet
from safeconduct.dossier.drawn import report_drawings
from safeconduct.dossier.report import html_report
from safeconduct.dossier.summary import summary
from safeconduct.dossier.vetting_json import vetting_json
from safeconduct.wording.language import LANGUAGES, language

ON = date(2024, 11, 2)
EXAMPLES = sorted((Path(__file__).parents[3] / "examples").rglob("*.yaml"))


def _vet(case: Case) -> Vetting:
    return vet(case, load_references(None), on=ON)


@settings(max_examples=25, deadline=None)
@given(file=st.sampled_from(EXAMPLES), seed=st.integers())
def test_the_order_of_a_file_changes_no_finding(file: Path, seed: int) -> None:
    case = read_case(file.read_bytes()).case
    shuffled = random.Random(seed)  # noqa: S311
    lists = {
        name: tuple(shuffled.sample(getattr(case, name), len(getattr(case, name))))
        for name in ("claims", "tellings", "sources", "evidence", "notes", "searches")
    }
    assert _vet(msgspec.structs.replace(case, **lists)) == _vet(case)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_finding_cites_and_every_conflict_asks(file: Path) -> None:
    vetting = _vet(read_case(file.read_bytes()).case)
    ids = [finding.id for finding in vetting.findings]
    assert len(ids) == len(set(ids))
    for finding in vetting.findings:
        assert finding.because
        if finding.outcome is Outcome.CONFLICTS:
            assert finding.question
            assert finding.repairs
    assert vetting.findings or vetting.not_checked


def test_a_finding_that_cites_nothing_is_refused() -> None:
    with pytest.raises(FindingWithoutCause):
        Finding(
            check="test",
            outcome=Outcome.SUPPORTS,
            indicator=Indicator.PLAUSIBILITY,
            message=Message("x"),
            because=(),
        )


def test_a_conflict_without_a_question_is_refused() -> None:
    with pytest.raises(FindingWithoutCause):
        Finding(
            check="test",
            outcome=Outcome.CONFLICTS,
            indicator=Indicator.PLAUSIBILITY,
            message=Message("x"),
            because=(Because("claim", "c1"),),
        )


def test_a_case_without_claims_has_nothing_to_check_and_says_so() -> None:
    case = read_case(b"schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [X]}\n").case
    vetting = _vet(case)
    assert vetting.findings == ()
    assert [one.reason.id for one in vetting.not_checked] == ["no-claims"]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_vetting_and_rendering_use_no_socket_clock_or_randomness(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the core reached for the outside")

    class NoClock(datetime):
        """A datetime whose clock is out of reach."""

    for clock in ("now", "utcnow", "today"):
        setattr(NoClock, clock, refused)
    case = read_case(file.read_bytes()).case
    before = [html_report(case, _vet(case), language(code)) for code in LANGUAGES]
    for target in (
        "socket.socket",
        "socket.create_connection",
        "socket.getaddrinfo",
        "time.time",
        "time.time_ns",
        "time.monotonic",
        "os.urandom",
        "random.random",
        "random.Random.getrandbits",
        "secrets.token_bytes",
        "uuid.uuid4",
        "tempfile.mkstemp",
    ):
        monkeypatch.setattr(target, refused)
    monkeypatch.setattr("datetime.datetime", NoClock)
    with pytest.raises(AssertionError, match="reached"):
        socket.socket()
    vetting = _vet(case)
    for code, report in zip(LANGUAGES, before, strict=True):
        assert html_report(case, vetting, language(code)) == report
        assert report_drawings(laid_out(case, load_references(None)), vetting, language(code)) or (
            not case.claims
        )
        assert summary(case, vetting, language(code))
        assert vetting_json(vetting, language(code))


def test_the_examples_are_the_ones_that_are_tested() -> None:
    assert EXAMPLES
    for file in EXAMPLES:
        assert yaml.safe_load(file.read_text(encoding="utf-8"))["schema"] == "safeconduct/case/1"
