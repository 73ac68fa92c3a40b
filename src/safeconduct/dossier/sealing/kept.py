"""How long a seal can be checked by what lies in its file: its level, and what has run out."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec
from cryptography import x509

from safeconduct.casefile.findings import Day, Message, Parameter, Text
from safeconduct.dossier.sealing.examining import Examined
from safeconduct.dossier.sealing.longterm import Known, Need, revoked_by, steps
from safeconduct.dossier.sealing.time_stamps import Stamp
from safeconduct.dossier.sealing.verification import Level


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """`revoked`: certificates that were revoked before their use, by the lists in the file.

    `untrusted`: who made time stamps in it and is no authority that the reader trusts.
    """

    level: Level
    archived_on: date | None
    revoked: tuple[Message, ...]
    untrusted: tuple[str, ...]
    not_proven: tuple[Message, ...]


def kept_of(examined: Examined, authorities: Iterable[x509.Certificate], on: date) -> Kept:
    """What the file holds for later. `authorities`: of time stamps, those that are trusted.

    A level is said only as far as the file holds all that it needs.
    """
    anchors = tuple(authorities)
    ways = [
        (need, step)
        for need in _before_last_stamp(examined)
        for step in steps(need, examined.known, anchors)
    ]
    lacking = [step.certificate for _, step in ways if not step.complete]
    revoked = {step.certificate for need, step in ways if revoked_by(need, step)}
    last = _last_believed(examined, anchors)
    untrusted = tuple(dict.fromkeys(_untrusted(examined, anchors)))
    return Kept(
        level=_level(examined, lacking=bool(lacking)),
        archived_on=last.day() if last else None,
        revoked=tuple(_named("verify-revoked-then", one) for one in _in_order(revoked)),
        untrusted=untrusted,
        not_proven=(
            *(Message("verify-not-proven-authority", {"name": Text(one)}) for one in untrusted),
            *_lacking(examined, lacking),
            *_run_out(examined, anchors, on),
        ),
    )


def _before_last_stamp(examined: Examined) -> Iterator[Need]:
    """What the last stamp rests on is needed only once that stamp is to be stamped in turn."""
    needs = examined.needs
    stamps = sum(isinstance(one, Stamp) for one in examined.behind)
    yield from needs[:-1] if stamps else needs


def _level(examined: Examined, *, lacking: bool) -> Level:
    if examined.stamp is None:
        return "B-B"
    if lacking or not any(isinstance(one, Known) for one in examined.behind):
        return "B-T"
    return "B-LTA" if isinstance(examined.behind[-1], Stamp) else "B-LT"


def _untrusted(examined: Examined, anchors: tuple[x509.Certificate, ...]) -> Iterator[str]:
    """Anybody can run a server of time stamps; a level that rests on one proves little."""
    for one in _stamps(examined):
        if not one.trusted(anchors):
            yield one.certificate.subject.rfc4514_string()


def _stamps(examined: Examined) -> list[Stamp]:
    later = [one for one in examined.behind if isinstance(one, Stamp)]
    return [one for one in (examined.stamp, *later) if one is not None]


def _last_believed(examined: Examined, anchors: tuple[x509.Certificate, ...]) -> Stamp | None:
    stamps = [one for one in examined.behind if isinstance(one, Stamp) and one.trusted(anchors)]
    return stamps[-1] if stamps else None


def _lacking(examined: Examined, lacking: list[x509.Certificate]) -> Iterator[Message]:
    if any(isinstance(one, Known) for one in examined.behind):
        for one in dict.fromkeys(lacking):
            yield _named("verify-not-proven-material", one)


def _run_out(
    examined: Examined, anchors: tuple[x509.Certificate, ...], on: date
) -> Iterator[Message]:
    """A stamp counts until its certificate ends, unless another covers it before that."""
    stamps = [one for one in _stamps(examined) if one.trusted(anchors)]
    for place, stamp in enumerate(stamps):
        ends = stamp.certificate.not_valid_after_utc.date()
        covered_on = stamps[place + 1].day() if place + 1 < len(stamps) else on
        if covered_on > ends:
            days: dict[str, Parameter] = {"day": Day(stamp.day()), "ends": Day(ends)}
            yield Message("verify-not-proven-stamp-ended", days)


def _in_order(found: Iterable[x509.Certificate]) -> list[x509.Certificate]:
    return sorted(found, key=lambda one: one.subject.rfc4514_string())


def _named(message: str, certificate: x509.Certificate) -> Message:
    return Message(message, {"name": Text(certificate.subject.rfc4514_string())})
