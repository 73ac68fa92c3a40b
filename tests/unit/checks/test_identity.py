"""The check asks about entries that resemble a person; it clears nobody and accuses nobody."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Finding, NotChecked, Outcome, Vetting
from safeconduct.casefile.judgements import (
    Judgement,
    JudgementVerdict,
    entity_sha256,
    person_sha256,
)
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.when import When
from safeconduct.checks import kinds
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import vet
from safeconduct.screening.entities import Entity, ListedDay, ListedName
from safeconduct.screening.watchlists import Watchlist
from safeconduct.wording.language import LANGUAGES, language
from safeconduct.wording.sentences import say

DAY = date(2026, 11, 20)
CASE = """\
schema: safeconduct/case/1
id: k-1
applicant: {id: p1, names: [NAME], born: BORN, citizenships: [UA]}
household:
- {id: p2, relation: wife, names: [Olena Zaliznyak]}
persons:
- {id: p3, names: [Arman Hovhannisyan], born: 1971-11-30,
   may_be_checked: {purpose: to find a witness, legal_basis: consent of 3 March 2024}}
claims:
- {id: c1, kind: statement, text: He was born in 1984.}
"""
ENTRY = Entity(
    id="x24",
    schema="Person",
    caption="ZALIZNYAK, Mykola",
    names=(ListedName(text="Mykola Zaliznyak"),),
    birth_dates=(ListedDay(text="1984-05-12", value="1984-05-12"),),
    row=7,
)
OTHERS = (
    Entity(id="x2", schema="Person", caption="O", names=(ListedName(text="Olena Zaliznyak"),)),
    Entity(id="x3", schema="Person", caption="A", names=(ListedName(text="Arman Hovhannisyan"),)),
    Entity(id="x4", schema="Person", caption="I", names=(ListedName(text="Ivan Ivanov"),)),
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[References]:
    """What ships, without any catalogue."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "default_root", lambda: Path("/nowhere"))
        yield load_references(None)


@pytest.fixture(scope="module")
def references(shipped: References) -> References:
    """With one list, made up."""
    watchlist = Watchlist.of([ENTRY, *OTHERS], id="made-up", as_of="2026-11-01")
    return replace(shipped, watchlists=(watchlist,))


def case(name: str = "Микола Залізняк", born: str = "1984-05-12") -> Case:
    return read_case(CASE.replace("NAME", name).replace("BORN", born).encode()).case


def of(vetting: Vetting) -> tuple[list[Finding], list[NotChecked]]:
    check = "identity-screening"
    found = [one for one in vetting.findings if one.check == check]
    return found, [one for one in vetting.not_checked if one.check == check]


def about(vetting: Vetting, person: str) -> list[Finding]:
    return [one for one in of(vetting)[0] if _value(one, "person") == person]


def _value(finding: Finding, name: str) -> object:
    return getattr(finding.message.parameters[name], "value", None)


def judgement(of_case: Case, verdict: str, entry: Entity = ENTRY, person: str = "") -> Judgement:
    return Judgement(
        id="j1",
        person="p1",
        list="made-up",
        entity=entry.id,
        verdict=JudgementVerdict(verdict),
        by="R. Caseworker",
        on=When(edtf="2026-11-10"),
        reason="the photograph shows somebody else",
        entity_sha256=entity_sha256(entry),
        person_sha256=person or person_sha256(of_case.applicant),
    )


def test_an_entry_that_resembles_the_applicant_is_asked_about(references: References) -> None:
    (finding,) = about(vet(case(), references, on=DAY), "p1")
    assert finding.outcome is Outcome.ASKS
    assert finding.message.id == "identity-resembles-strong"
    (cited,) = finding.because
    assert (cited.kind, cited.id, cited.dataset) == ("row", "x24", "watchlist/made-up@2026-11-01")


def test_another_birth_date_is_not_asked_about(references: References) -> None:
    (finding,) = about(vet(case(born="1951-01-30"), references, on=DAY), "p1")
    assert finding.outcome is Outcome.NOTHING_FOUND
    assert _value(finding, "lists") == ("made-up (2026-11-01)",)
    assert [one.dataset for one in finding.because] == ["watchlist/made-up@2026-11-01"]


def test_what_could_not_be_compared_is_said_with_nothing_found(references: References) -> None:
    text = CASE.replace("NAME", "Somebody Else").replace(", born: BORN", "")
    (finding,) = about(vet(read_case(text.encode()).case, references, on=DAY), "p1")
    assert finding.message.id == "identity-nothing-found-no-birth"
    (finding,) = about(vet(case("Somebody 김철수"), references, on=DAY), "p1")
    assert finding.message.id == "identity-nothing-found-names-unread"
    assert _value(finding, "names") == ("Somebody 김철수",)


def test_a_name_of_which_nothing_can_be_compared_stays_unknown(references: References) -> None:
    (finding,) = about(vet(case("김 철수"), references, on=DAY), "p1")
    assert finding.outcome is Outcome.UNKNOWN
    assert finding.message.id == "identity-not-comparable"


def test_a_common_name_alone_is_unknown_and_neither_asked_about_nor_nothing_found(
    references: References,
) -> None:
    text = CASE.replace("NAME", "Ivan Ivanov").replace(", born: BORN", "")
    (finding,) = about(vet(read_case(text.encode()).case, references, on=DAY), "p1")
    assert finding.outcome is Outcome.UNKNOWN
    assert finding.message.id == "identity-name-unsettled"


def test_a_name_that_was_not_read_is_said_beside_an_entry_that_resembles(
    references: References,
) -> None:
    found = about(vet(case("Микола Залізняк, Mykola 김철수"), references, on=DAY), "p1")
    assert {one.message.id for one in found} == {
        "identity-names-unread",
        "identity-resembles-strong",
    }


def test_without_a_list_it_is_not_checked(shipped: References) -> None:
    found, unchecked = of(vet(case(), shipped, on=DAY))
    assert found == []
    assert [one.reason.id for one in unchecked] == ["no-watchlist-loaded"]


def test_others_are_looked_for_only_with_a_recorded_purpose(references: References) -> None:
    vetting = vet(case(), references, on=DAY)
    assert about(vetting, "p2") == []
    (unchecked,) = of(vetting)[1]
    assert unchecked.reason.id == "no-purpose-recorded"
    assert say(unchecked.reason, language("en")).startswith("p2 was not looked for")
    (finding,) = about(vetting, "p3")
    assert finding.outcome is Outcome.ASKS
    assert finding.question is not None
    assert finding.question.id == "ask-names-of-person"


def test_a_negative_judgement_is_not_asked_again_and_stays_listed(references: References) -> None:
    bare = case()
    judged = replace(bare, judgements=(judgement(bare, "negative"),))
    (finding,) = about(vet(judged, references, on=DAY), "p1")
    assert finding.outcome is Outcome.NOTHING_FOUND
    assert finding.message.id == "identity-judged-negative"
    assert finding.question is None
    assert _value(finding, "by") == "R. Caseworker"


@pytest.mark.parametrize("verdict", ["positive", "unsure"])
def test_any_other_judgement_is_still_asked_about(references: References, verdict: str) -> None:
    bare = case()
    judged = replace(bare, judgements=(judgement(bare, verdict),))
    (finding,) = about(vet(judged, references, on=DAY), "p1")
    assert finding.outcome is Outcome.ASKS
    assert finding.message.id == f"identity-judged-{verdict}"


def test_it_is_asked_again_when_the_entry_or_the_person_changed(references: References) -> None:
    bare = case()
    older = replace(ENTRY, positions=("colonel",))
    for one in (judgement(bare, "negative", older), judgement(bare, "negative", person="0a" * 32)):
        (finding,) = about(vet(replace(bare, judgements=(one,)), references, on=DAY), "p1")
        assert finding.outcome is Outcome.ASKS
        assert finding.message.id == "identity-judgement-outdated"


def test_a_judgement_on_another_entry_changes_nothing(references: References) -> None:
    bare = case()
    other = replace(bare, judgements=(judgement(bare, "negative", OTHERS[0]),))
    assert of(vet(other, references, on=DAY)) == of(vet(bare, references, on=DAY))


def test_the_order_of_persons_and_lists_in_the_file_changes_nothing(
    references: References,
) -> None:
    bare = case()
    expected = of(vet(bare, references, on=DAY))
    for persons in permutations((*bare.persons, replace(bare.persons[0], id="p4"))):
        again = of(vet(replace(bare, persons=persons), references, on=DAY))
        kept = [one for one in again[0] if _value(one, "person") != "p4"]
        assert (kept, again[1]) == expected


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_finding_names_whom_the_entry_is_about(references: References, code: str) -> None:
    bare = case()
    cases = [bare, case("Somebody 김철수"), case("김철수"), case("Ivan Ivanov", "1951")]
    verdicts = ("negative", "positive", "unsure")
    cases += [replace(bare, judgements=(judgement(bare, one),)) for one in verdicts]
    cases.append(replace(bare, judgements=(judgement(bare, "unsure", person="0a" * 32),)))
    for one in cases:
        for finding in of(vet(one, references, on=DAY))[0]:
            messages = [finding.message, *([finding.question] if finding.question else [])]
            for message in messages:
                said = say(message, language(code))
                assert "ZALIZNYAK" not in said.upper()
                assert "ЗАЛІЗНЯК" not in said.upper()


def test_without_a_list_nothing_of_the_engine_is_imported(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from safeconduct.checks.kinds import load_references\n"
        "from safeconduct.checks.vetting import vet\n"
        f"assert load_references(Path({str(tmp_path)!r})).watchlists == ()\n"
        "assert 'numpy' not in sys.modules\n"
        "assert 'safeconduct.screening.screening' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
