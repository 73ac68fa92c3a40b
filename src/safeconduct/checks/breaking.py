"""Which other claims would conflict with one claim if that were told otherwise?

By pairs only: two placings that cannot both hold, or an order told between two. A change may fit
each of the rest and still not all of them together.
"""

from collections.abc import Iterator

from safeconduct.checks.material import Material, natural
from safeconduct.timeline.layout import Occurrence, as_told, bounded
from safeconduct.timeline.presences import Presence, impossible_ways, overlaps, presences_of


def conflicting_then(
    changed: Occurrence, about: frozenset[str], material: Material
) -> tuple[str, ...]:
    """Claims, but those that the change is for, that conflict with it and did not before."""
    before = as_told(material.layout.of(changed.claim.id))
    after = as_told(changed)
    found = []
    for other in material.layout.occurrences.values():
        if other.claim.id in about or _same(other, changed):
            continue
        if _conflict(after, other, material) and not _conflict(before, other, material):
            found.append(other.claim.id)
    return tuple(sorted(found, key=natural))


def _same(one: Occurrence, other: Occurrence) -> bool:
    """Do they tell the same, by what the case says? Two tellings are no two placings."""
    roots = {one.claim.retells or one.claim.id, other.claim.retells or other.claim.id}
    return len(roots) == 1


def _conflict(one: Occurrence, other: Occurrence, material: Material) -> bool:
    applicant = material.case.applicant.id
    two = (one, as_told(other))
    if _related(one, other):
        laid_out, circles = bounded({each.claim.id: each for each in two})
        if circles:
            return True
        two = (laid_out[one.claim.id], laid_out[other.claim.id])
    if (one.claim.person or applicant) != (other.claim.person or applicant):
        return False
    return any(
        next(overlaps(pair), None) or next(impossible_ways(pair), None) for pair in _pairs(*two)
    )


def _related(one: Occurrence, other: Occurrence) -> bool:
    return any(
        relation.claim == that.claim.id
        for this, that in ((one, other), (other, one))
        for relation in this.claim.relations
    )


def _pairs(one: Occurrence, other: Occurrence) -> Iterator[tuple[Presence, Presence]]:
    others = tuple(presences_of(other))
    for mine in presences_of(one):
        for theirs in others:
            yield mine, theirs
