"""Reader: which claims could no check compare with anything?"""

from collections.abc import Iterator, Sequence

from safeconduct.casefile.findings import (
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Text,
)
from safeconduct.checks.corroboration import borne_on
from safeconduct.checks.material import Material, cite, claim_id

CHECK = "coverage"
ASKING_ONLY = ("dates", "readings")
"""Checks that ask for what is missing and compare nothing."""


def coverage(material: Material, results: Sequence[Finding | NotChecked]) -> Iterator[Finding]:
    """Claims of which nothing is known, for or against. Being asked about alone reaches nothing."""
    reached = {
        because.id
        for result in results
        if isinstance(result, Finding)
        and result.outcome is not Outcome.UNKNOWN
        and result.check not in ASKING_ONLY
        for because in result.because
        if because.kind == "claim"
    }
    for claim in material.case.claims:
        if claim.id not in reached and not borne_on(claim):
            yield Finding(
                check=CHECK,
                outcome=Outcome.UNKNOWN,
                indicator=Indicator.EXTERNAL_CONSISTENCY,
                message=Message(
                    "claim-not-reached", {"claim": claim_id(claim), "what": Text(claim.text)}
                ),
                because=cite(claim.id),
            )
