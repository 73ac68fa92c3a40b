"""How escrows and the steps of a request are stored: canonical JSON, a series for each person.

They stand in the clear: opaque ids, moments, signatures and boxes. They say that somebody of the
staff lost their keys, and nothing of any case.
"""

from collections.abc import Iterable

from safeconduct.vault.formats.canonical import (
    Json,
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.keys.staff import StaffKeys
from safeconduct.vault.recovery.custodians import Escrow, HalfOpened, open_second
from safeconduct.vault.recovery.errors import StepMisdated
from safeconduct.vault.recovery.requests import Cancellation, Delivery, Known, Request, Standing
from safeconduct.vault.storage.rows import Row, Rows

ESCROW = "safeconduct/escrow/1"
STEP = "safeconduct/recovery-step/1"
Step = Request | Delivery | Cancellation | int
CLOCKS_APART = 300
"""Seconds by which the clock of whoever signs a step may differ from the server's."""

_COMMON = {"schema", "step", "at"}
_KEYS = {
    "asked": _COMMON | {"id", "user", "version", "first", "second", "by", "wait", "signature"},
    "delivered": _COMMON | {"request", "channel", "by", "signature"},
    "cancelled": _COMMON | {"request", "signature"},
    "opened": _COMMON,
}


def escrow_text(escrow: Escrow) -> bytes:
    """An escrow as canonical JSON, of the schema `safeconduct/escrow/1`."""
    return canonical(
        {
            "schema": ESCROW,
            "user": escrow.user,
            "version": escrow.version,
            "number": escrow.number,
            "first": escrow.first,
            "second": escrow.second,
            "sealed": to_text(escrow.sealed),
        }
    )


def read_escrow(text: bytes) -> Escrow:
    """What `escrow_text` wrote. Raises Malformed."""
    row = read_canonical(text, ESCROW)
    if len(row) != 7:
        raise Malformed("other keys than an escrow has")
    return Escrow(
        user=text_of(row, "user"),
        version=number_of(row, "version"),
        number=number_of(row, "number"),
        first=text_of(row, "first"),
        second=text_of(row, "second"),
        sealed=bytes_of(row, "sealed"),
    )


def series_of(request: str) -> str:
    """The series in which the steps of one request stand."""
    return f"recovery/{request}"


def write_step(
    rows: Rows, request: Request, step: Request | Delivery | Cancellation, *, now: int
) -> None:
    """Appends a step: the request itself, its delivery, its cancellation.

    A delivery that is dated back would shorten the wait, so each step is of the moment `now`
    (seconds, by the server's clock), give or take `CLOCKS_APART`, and not before the one before it.
    A no is written down whatever clock it was said by. Raises StepMisdated; RowTaken where somebody
    was faster, or NotStored.
    """
    says_no = isinstance(step, Cancellation)
    if not says_no and abs(step.at - now) > CLOCKS_APART:
        raise StepMisdated(f"dated {step.at}, written down at {now}")
    series = series_of(request.id)
    last = rows.last(series)
    if last is not None and not says_no and step.at < _at(last):
        raise StepMisdated(f"dated {step.at}, before the step that it follows")
    _append(rows, series, last.number + 1 if last else 1, step)


def carry_out(
    rows: Rows,
    half: HalfOpened,
    known: Known,
    request: str,
    *,
    by: StaffKeys,
    number: int,
    now: int,
) -> StaffKeys:
    """The second custodian's step, once: the keys are handed out only when that is written down.

    Raises as `open_second`, `standing` and `write_opening`; then nobody has the keys.
    """
    found = standing(rows, request)
    keys = open_second(half, found, known, by=by, number=number, now=now)
    write_opening(rows, found, at=now)
    return keys


def write_opening(rows: Rows, standing: Standing, *, at: int) -> None:
    """Marks a request as carried out, before the second custodian opens.

    Raises RowTaken where anything was written since `standing` was read, a cancellation or another
    opening: then nobody opens.
    """
    _append(rows, series_of(standing.request.id), standing.steps + 1, at)


def standing(rows: Rows, request: str) -> Standing:
    """All stored steps of a request. Raises Malformed where one is damaged or the first is none.

    The first delivery by another than the asker counts, so that a later one does not move the wait;
    any cancellation counts.
    """
    found = _read(row for row in rows.read(series_of(request)))
    asked = [step for step in found if isinstance(step, Request)]
    if len(asked) != 1 or asked[0] is not found[0] or asked[0].id != request:
        raise Malformed(f"{series_of(request)}: it does not begin with its one request")
    delivered = [step for step in found if isinstance(step, Delivery)]
    deliveries = [step for step in delivered if step.by != asked[0].by] or delivered
    cancellations = [step for step in found if isinstance(step, Cancellation)]
    openings = [step for step in found if isinstance(step, int)]
    return Standing(
        request=asked[0],
        delivery=deliveries[0] if deliveries else None,
        cancellation=cancellations[0] if cancellations else None,
        opened=openings[0] if openings else None,
        steps=len(found),
    )


def _at(stored: Row) -> int:
    step = _step(stored)
    return step if isinstance(step, int) else step.at


def _append(rows: Rows, series: str, number: int, step: Step) -> None:
    rows.append([Row(series=series, number=number, body=canonical(_said(step)))])


def _said(step: Step) -> dict[str, Json]:
    if isinstance(step, int):
        return {"schema": STEP, "step": "opened", "at": step}
    common: dict[str, Json] = {
        "schema": STEP,
        "at": step.at,
        "signature": to_text(step.signature),
    }
    if isinstance(step, Request):
        return {
            **common,
            "step": "asked",
            "id": step.id,
            "user": step.user,
            "version": step.version,
            "first": step.first,
            "second": step.second,
            "by": step.by,
            "wait": step.wait,
        }
    common["request"] = step.request
    if isinstance(step, Delivery):
        return {**common, "step": "delivered", "channel": step.channel, "by": step.by}
    return {**common, "step": "cancelled"}


def _read(stored: Iterable[Row]) -> list[Step]:
    return [_step(row) for row in stored]


def _step(stored: Row) -> Step:
    if stored.body is None:
        raise Malformed(f"{stored.series}, row {stored.number}: destroyed")
    row = read_canonical(stored.body, STEP)
    kind, at = text_of(row, "step"), number_of(row, "at")
    if set(row) != _KEYS.get(kind):
        raise Malformed(f"{stored.series}, row {stored.number}: other keys than a step has")
    if kind == "opened":
        return at
    if kind == "asked":
        return Request(
            id=text_of(row, "id"),
            user=text_of(row, "user"),
            version=number_of(row, "version"),
            first=text_of(row, "first"),
            second=text_of(row, "second"),
            by=text_of(row, "by"),
            at=at,
            wait=number_of(row, "wait"),
            signature=bytes_of(row, "signature"),
        )
    request, signature = text_of(row, "request"), bytes_of(row, "signature")
    if kind == "delivered":
        channel, by = text_of(row, "channel"), text_of(row, "by")
        return Delivery(request=request, at=at, channel=channel, by=by, signature=signature)
    return Cancellation(request=request, at=at, signature=signature)
