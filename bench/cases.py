"""Synthetic cases: a given number of claims that move through real places, told vaguely."""

import random

PLACES = (501175, 515003, 499099, 524901, 1496747, 1496153, 1520172, 1526273, 1526384, 611717)


def synthetic(claims: int, seed: int) -> bytes:
    """A case file of `claims` claims; the same bytes for the same arguments."""
    draw = random.Random(seed)
    lines = [
        "schema: safeconduct/case/1",
        f"id: synthetic-{seed}",
        "conventions: {approximate: {day: P3D, month: P1M, year: P6M}}",
        "gaps_longer_than: P60D",
        "applicant: {id: p1, names: [Nobody], citizenships: [RU]}",
        "tellings: [{id: t1, on: 2024-03-01}, {id: t2, on: 2024-05-01}]",
        "claims:",
    ]
    day = 0
    for number in range(1, claims + 1):
        day += draw.randint(5, 60)
        year, month, date = 2020 + day // 360 % 5, day // 30 % 12 + 1, day % 28 + 1
        when = draw.choice(
            (
                f"{year}-{month:02}-{date:02}",
                f"{year}-{month:02}~",
                f"{year}-{month:02}-{date:02}/..",
            )
        )
        extra = [f'when: "{when}"'] if number % 5 else []
        extra.append(f"where: {{gazetteer: {draw.choice(PLACES)}}}")
        if number > 1:
            extra.append(f"relations: [{{is: after, claim: c{number - 1}}}]")
        if number % 9 == 0:
            extra.append("milestones: [{milestone: partial-mobilisation-2022, as: after}]")
        if number % 10 == 0:
            extra.append(f"retells: c{number - 1}, told_in: t2")
        else:
            extra.append("told_in: t1")
        kind = draw.choice(("stay", "event"))
        lines.append(
            f"  - {{id: c{number}, kind: {kind}, text: something told, {', '.join(extra)}}}"
        )
    return "\n".join(lines).encode()
