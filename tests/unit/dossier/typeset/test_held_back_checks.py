"""What screening gave never leaves the house; that it was run does."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import ReferenceUsed, Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks import kinds
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.disclosed import disclosable_case, disclosed
from safeconduct.screening.entities import Entity, ListedName
from safeconduct.screening.watchlists import Watchlist
from safeconduct.wording.language import LANGUAGES, language

CASE = """\
schema: safeconduct/case/1
id: k-1
applicant: {id: p1, names: [Микола Залізняк]}
claims:
- {id: c1, kind: statement, text: He was born in 1984.}
judgements:
- {id: j1, person: p1, list: made-up, entity: x9, verdict: unsure, by: JUDGE-CANARY,
   on: 2026-11-10, reason: REASON-CANARY, entity_sha256: HASH, person_sha256: HASH}
"""


@pytest.fixture(scope="module")
def case() -> Case:
    """An applicant who resembles an entry, and a judgement on another one."""
    return read_case(CASE.replace("HASH", "0a" * 32).encode()).case


@pytest.fixture(scope="module")
def vetting(case: Case) -> Vetting:
    """With a list at hand, made up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "default_root", lambda: Path("/nowhere"))
        shipped = load_references(None)
    names = (ListedName(text="Mykola Zaliznyak"),)
    entry = Entity(id="ENTRY-CANARY", schema="Person", caption="CAPTION-CANARY", names=names)
    watchlist = Watchlist.of([entry], id="made-up", as_of="2026-11-01")
    used = ReferenceUsed(kind="watchlist", id="made-up", as_of="2026-11-01", sha256="0b" * 32)
    at_hand = msgspec.structs.replace(shipped, watchlists=(watchlist,), used=(*shipped.used, used))
    return vet(case, at_hand, on=date(2026, 11, 20))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_result_of_screening_is_in_a_dossier_or_its_attachment(
    case: Case, vetting: Vetting, code: str
) -> None:
    assert any(one.check == "identity-screening" for one in vetting.findings)
    composed = msgspec.json.encode(compose(case, vetting, language(code), {}))
    for held in (composed, disclosed(vetting, language(code))):
        assert b"CANARY" not in held
        assert b"identity-" not in held.replace(b"identity-papers", b"")


def test_a_dossier_says_that_the_check_was_run_and_is_held_back(
    case: Case, vetting: Vetting
) -> None:
    composed = msgspec.json.encode(compose(case, vetting, language("en"), {})).decode()
    assert "its results are held back" in composed
    assert "What screening against watchlists gave, whatever it gave" in composed
    assert "made-up" in composed


def test_judgements_are_not_disclosed(case: Case) -> None:
    assert case.judgements
    assert disclosable_case(case).judgements == ()
