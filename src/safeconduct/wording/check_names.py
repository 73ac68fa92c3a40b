"""The checks that there are, by the names under which they report."""

CHECKS = (
    *("relations", "durations", "stays-overlap", "journeys", "tellings", "milestones"),
    *("documents", "readings", "dates", "gaps", "identity-screening", "account"),
    *("positive-proof", "corroboration", "explanations", "coverage"),
)
"""Every check that there is, in the order of reading; each has its `check-…` wording."""
