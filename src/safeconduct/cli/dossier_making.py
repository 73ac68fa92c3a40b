"""From a case file and choices to what is shown, and to a sealed PDF."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.pictures import MOST_BYTES as LARGEST
from safeconduct.casefile.pictures import Picture, bare_picture
from safeconduct.casefile.when import read_when
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import vet
from safeconduct.cli import sealing
from safeconduct.cli.errors import FileRefused, about
from safeconduct.cli.opening import SEALED, bytes_of, open_case
from safeconduct.dossier.profiles.choices import ChoiceRefused, Choices
from safeconduct.dossier.profiles.making import Chosen, sealed_dossier
from safeconduct.dossier.profiles.making import chosen as let_out
from safeconduct.dossier.profiles.profile import MOST_DAYS, Profile, own_profile, shipped_profile
from safeconduct.dossier.sealing.errors import SealRefused
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.manifest import Terms
from safeconduct.wording.language import language as wording

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

    from safeconduct.dossier.sealing.signers import Sealer

Keep = Callable[[bytes, "TimeStamper | None"], bytes]
"""A sealed file and the server of time stamps → the file with what checking it later needs."""

_MOST_BYTES = 256 * 1024
_OPENING = ("plain", "identity", "passphrase_file", "recipients")


class ConsentMissing(SafeconductError):
    """The applicant did not agree to this, or no longer does."""


class Made(NamedTuple):
    """A case as it was opened, what is let out of it, and the data that it was vetted against."""

    case: Case
    chosen: Chosen
    references: References


def chosen(path: Path, on: date, options: dict[str, Any]) -> Made:
    """Opens and vets a case, and redacts it by profile and choices."""
    opened = open_case(path, **{name: options[name] for name in _OPENING})
    profile = _profile(options["profile"])
    choices = Choices(
        answers_for=options["by"] or opened.case.responsible or "",
        left_out=dict(_pair(one) for one in options["left_out"]),
        pseudonym=options["pseudonym"],
        answers=_answers(options["answers"]),
        other_words=options["other_words"],
    )
    references = load_references(options["references"])
    vetting = vet(opened.case, references, on=on)
    language = wording(options["language"] or profile.language)
    return Made(opened.case, let_out(opened.case, vetting, profile, choices, language), references)


def sealed_pdf(
    path: Path,
    on: date,
    options: dict[str, Any],
    terms: dict[str, Any],
    sealer: "Sealer",
    *,
    consent: str,
    warned: bool,
    time_stamps: str | None = None,
    keep: "Keep | None" = None,
) -> bytes:
    """The sealed dossier of a case. Raises ConsentMissing, ChoiceRefused, and as sealing does.

    `keep`: makes of it one that can be checked long after, with the server of time stamps.
    """
    case, made, references = chosen(path, on, options)
    agreed(case, consent, on)
    profile, code = made.profile, made.language.code
    if profile.warning and not warned:
        text = profile.warning[code]
        raise ChoiceRefused(f"{text} (--warned says that it was read and explained)")
    terms_of = Terms(
        recipient=terms["recipient"],
        purpose=terms["purpose"] or profile.purpose[code],
        issued=on,
        expires=terms["until"] or on + timedelta(days=profile.days),
    )
    if (terms_of.expires - on).days > MOST_DAYS:
        raise ChoiceRefused(
            f"in force until {terms_of.expires}; accepted: {MOST_DAYS} days at most"
        )
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    server = stamping_server(time_stamps)
    sealed = sealed_dossier(
        *(made, terms_of, references, sealer),
        at=at,
        time_stamps=server,
        photograph=_photograph(path, case, made, options),
    )
    _refuse_other_day(sealed, on)
    return keep(sealed, server) if keep else sealed


def _refuse_other_day(sealed: bytes, on: date) -> None:
    """Raises SealRefused where every recipient would: the stamp tells another day than the seal."""
    stamp = examine(sealed).stamp
    if stamp is not None and abs((stamp.day() - on).days) > 1:
        raise SealRefused(f"sealed as of {on}, and the time stamp tells {stamp.day()}")


def _photograph(path: Path, case: Case, made: Chosen, options: dict[str, Any]) -> Picture | None:
    """The photograph that goes, as the case fixed it, without metadata. Raises FileRefused.

    It lies beside the case, and may be sealed as that is.
    """
    stated = case.applicant.photograph
    if stated is None or made.redacted.case.applicant.photograph is None:
        return None
    file = path.parent / stated.file
    data = bytes_of(file, LARGEST)
    if file.suffix == SEALED:
        how = {name: options[name] for name in ("identity", "passphrase_file")}
        data, _ = sealing.opened(file, data, **how)
    with about(file):
        if hashlib.sha256(data).hexdigest() != stated.sha256:
            raise FileRefused(file, "not the photograph that the case names; its SHA-256 differs")
        return bare_picture(data)


def stamping_server(address: str | None) -> "TimeStamper | None":
    """What asks the server at an address; None without one."""
    if address is None:
        return None
    from safeconduct.acquire.time_stamps import time_stamp_server

    return time_stamp_server(address)


def agreed(case: Case, consent: str, on: date) -> None:
    """Raises ConsentMissing unless the consent was given by the day and not withdrawn by then."""
    found = next((one for one in case.consents if one.id == consent), None)
    if found is None:
        raise ConsentMissing(f"no consent {consent} in the case; a dossier needs one")
    given = read_when(found.on, case.conventions).start.earliest
    if given is not None and given.date() > on:
        raise ConsentMissing(f"the consent {consent} was given after {on}")
    if found.withdrawn is not None:
        withdrawn = read_when(found.withdrawn, case.conventions).start.earliest
        if withdrawn is None or withdrawn.date() <= on:
            raise ConsentMissing(f"the consent {consent} was withdrawn")


def _profile(name: str) -> Profile:
    if not name.endswith((".yaml", ".yml")):
        return shipped_profile(name)
    path = Path(name)
    with about(path):
        return own_profile(bytes_of(path, _MOST_BYTES))


def _pair(text: str) -> tuple[str, str]:
    claim, found, reason = text.partition("=")
    if not found:
        raise ChoiceRefused(f"{text!r}; accepted: a claim and why it is left out, c3=REASON")
    return claim, reason


def _answers(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    with about(path):
        try:
            return msgspec.yaml.decode(bytes_of(path, _MOST_BYTES), type=dict[str, str])
        except msgspec.MsgspecError as error:
            raise FileRefused(path, f"not statements by name: {error}") from None
