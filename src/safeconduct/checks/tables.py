"""The tables: CHECKS (case → findings) and READERS (findings → what they mean together).

Findings are reported in their order. One line adds a check. The third table, KINDS, stands in
`kinds`, since it reaches for files.
"""

from collections.abc import Callable, Iterator, Sequence

from safeconduct.casefile.findings import Finding, NotChecked
from safeconduct.checks.completeness import dates_told, gaps_told, readings_open
from safeconduct.checks.consistency import account_holds
from safeconduct.checks.corroboration import corroboration
from safeconduct.checks.coverage import coverage
from safeconduct.checks.documents import documents_agree
from safeconduct.checks.explanations import explanations_compete
from safeconduct.checks.identity import identities_screened
from safeconduct.checks.journeys import journeys
from safeconduct.checks.material import Material
from safeconduct.checks.milestones import milestones_agree
from safeconduct.checks.positive import established_positively
from safeconduct.checks.relations import durations_fit, relations_hold
from safeconduct.checks.stays import stays_overlap
from safeconduct.checks.tellings import tellings_agree

Check = Callable[[Material], Iterator[Finding | NotChecked]]

Reader = Callable[[Material, Sequence[Finding | NotChecked]], Iterator[Finding | NotChecked]]

CHECKS: tuple[Check, ...] = (
    relations_hold,
    durations_fit,
    stays_overlap,
    journeys,
    tellings_agree,
    milestones_agree,
    documents_agree,
    readings_open,
    dates_told,
    gaps_told,
    identities_screened,
    established_positively,
)

READERS: tuple[Reader, ...] = (
    account_holds,
    corroboration,
    explanations_compete,
    coverage,
)
