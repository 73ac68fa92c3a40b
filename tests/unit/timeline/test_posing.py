"""A problem with another date of one claim: the same as if the whole had been posed anew."""

from pathlib import Path

import msgspec
import pytest

from safeconduct.casefile.reading import read_case
from safeconduct.casefile.when import read_when
from safeconduct.checks.kinds import load_references
from safeconduct.checks.slips import date_slips
from safeconduct.timeline.layout import lay_out
from safeconduct.timeline.posing import posed, redated

EXAMPLES = ("alexander/case.yaml", "planted/overlap.yaml", "planted/order.yaml")


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_claim_with_another_date_is_posed_as_the_whole_would_be(root: Path, example: str) -> None:
    case = read_case((root / "examples" / example).read_bytes()).case
    references = load_references(None)
    sets = (references.gazetteer, references.countries)
    layout = lay_out(case, *sets)
    before = posed(layout.occurrences.values(), *sets, case.applicant.id, {})
    changed = 0
    for name, one in layout.occurrences.items():
        if one.claim.when is None:
            continue
        for _, when in date_slips(one.claim.when):
            other = msgspec.structs.replace(one, reading=read_when(when, case.conventions))
            whole = {**layout.occurrences, name: other}
            assert redated(before, other, *sets) == posed(
                whole.values(), *sets, case.applicant.id, {}
            )
            changed += 1
    assert changed > 4
