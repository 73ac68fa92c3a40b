"""Competing explanations as the case states them, side by side; nothing counts or ranks them.

An explanation that stands alone, or against which nothing is recorded, has not been tested: the
reader says so. It does not find explanations, and none of its words prefers one.
"""

from collections.abc import Iterator, Sequence

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Finding, Message, NotChecked, Text
from safeconduct.casefile.weighing import Explanation
from safeconduct.checks.material import Material, cite, ids, natural

CHECK = "explanations"


def competing(case: Case) -> tuple[tuple[Explanation, ...], ...]:
    """The explanations that are about the same claims, together; in a natural order."""
    groups: dict[tuple[str, ...], list[Explanation]] = {}
    for one in sorted(case.explanations, key=lambda one: natural(one.id)):
        about = tuple(sorted(set(one.about), key=natural))
        groups.setdefault(about, []).append(one)
    return tuple(tuple(group) for group in groups.values())


def explanations_compete(
    material: Material, _results: Sequence[Finding | NotChecked]
) -> Iterator[NotChecked]:
    """Explanations without a rival, and those against which nothing is recorded."""
    for group in competing(material.case):
        if len(group) == 1:
            yield NotChecked(
                check=CHECK,
                reason=Message("explanation-without-rival", {"explanation": Text(group[0].id)}),
                needs=Message("needs-another-explanation"),
                because=cite(*group[0].about),
            )
        untested = [one.id for one in group if not one.against]
        if untested:
            yield NotChecked(
                check=CHECK,
                reason=Message("nothing-against-explanation", {"explanations": ids(*untested)}),
                needs=Message("needs-items-against"),
                because=cite(*group[0].about),
            )
