"""In which order the results of a vetting are shown. It leaves nothing out and counts nothing."""

import msgspec

from safeconduct.casefile.findings import Finding, NotChecked, Outcome, Vetting

OUTCOMES = (
    Outcome.CONFLICTS,
    Outcome.ASKS,
    Outcome.SUPPORTS,
    Outcome.NOTHING_FOUND,
    Outcome.UNKNOWN,
)
"""What to put to the applicant first, so that nobody stops reading before it."""


def findings_of(vetting: Vetting, outcome: Outcome) -> tuple[Finding, ...]:
    """The findings of one outcome in the order of the vetting, the peripheral ones last."""
    found = (finding for finding in vetting.findings if finding.outcome is outcome)
    return tuple(sorted(found, key=lambda finding: finding.peripheral))


def not_checked_by_check(vetting: Vetting) -> dict[str, tuple[NotChecked, ...]]:
    """What was not checked, under each check; what is said twice stands once, citing both."""
    groups: dict[str, dict[bytes, NotChecked]] = {}
    for one in vetting.not_checked:
        group = groups.setdefault(one.check, {})
        said = _key(one)
        before = group.get(said)
        because = (*before.because, *one.because) if before else one.because
        group[said] = msgspec.structs.replace(one, because=tuple(dict.fromkeys(because)))
    return {check: tuple(group.values()) for check, group in groups.items()}


def _key(one: NotChecked) -> bytes:
    # Parameters are a mapping, so that messages have no hash of their own.
    return msgspec.json.encode((one.reason, one.needs), order="sorted")
