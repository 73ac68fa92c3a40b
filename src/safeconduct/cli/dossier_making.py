"""From a case file and choices to what is shown, and to a sealed PDF."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.when import read_when
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import laid_out, vet
from safeconduct.cli.errors import FileRefused, about
from safeconduct.cli.opening import bytes_of, open_case
from safeconduct.dossier.profiles.itemising import disclosure
from safeconduct.dossier.profiles.profile import Profile, read_profile, shipped_profile
from safeconduct.dossier.profiles.redacting import ChoiceRefused, Choices, Redacted, redact
from safeconduct.dossier.sealing.manifest import Disclosure, Terms
from safeconduct.wording.language import Language
from safeconduct.wording.language import language as wording

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

    from safeconduct.dossier.sealing.signers import Sealer

_MOST_BYTES = 256 * 1024
_OPENING = ("plain", "identity", "passphrase_file", "recipients")


class ConsentMissing(SafeconductError):
    """The applicant did not agree to this, or no longer does."""


class Made(NamedTuple):
    """All that was chosen, and what it lets out."""

    case: Case
    profile: Profile
    choices: Choices
    language: Language
    references: References
    redacted: Redacted
    shown: Disclosure


def chosen(path: Path, on: date, options: dict[str, Any]) -> Made:
    """Opens and vets a case, and redacts it by profile and choices."""
    opened = open_case(path, **{name: options[name] for name in _OPENING})
    profile = _profile(options["profile"])
    language = wording(options["language"] or profile.language)
    choices = Choices(
        answers_for=options["by"] or opened.case.responsible or "",
        left_out=dict(_pair(one) for one in options["left_out"]),
        pseudonym=options["pseudonym"],
        answers=_answers(options["answers"]),
    )
    references = load_references(options["references"])
    redacted = redact(opened.case, vet(opened.case, references, on=on), profile, choices)
    shown = disclosure(redacted, profile, choices, language)
    return Made(opened.case, profile, choices, language, references, redacted, shown)


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
) -> bytes:
    """The sealed dossier of a case. Raises ConsentMissing, ChoiceRefused, and as sealing does."""
    from safeconduct.dossier.drawn import printed_conflicts, printed_drawings
    from safeconduct.dossier.profiles.dressing import dressed
    from safeconduct.dossier.sealing.seal import seal
    from safeconduct.dossier.typeset.disclosed import disclosed
    from safeconduct.dossier.typeset.rendering import typeset

    made = chosen(path, on, options)
    agreed(made.case, consent, on)
    if made.profile.warning and not warned:
        text = made.profile.warning[made.language.code]
        raise ChoiceRefused(f"{text} (--warned says that it was read and explained)")
    sealing = Terms(
        recipient=terms["recipient"],
        purpose=terms["purpose"] or made.profile.purpose[made.language.code],
        issued=on,
        expires=terms["until"] or on + timedelta(days=made.profile.days),
    )
    redacted, language = made.redacted, made.language
    drawings: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    if not made.profile.leaves("drawings"):
        layout = laid_out(redacted.case, made.references)
        drawings = printed_drawings(layout, redacted.vetting, language)
        conflicts = printed_conflicts(layout, redacted.vetting, language)
    document = dressed(
        redacted,
        made.profile,
        made.choices,
        made.shown,
        sealing,
        language,
        drawings,
        conflicts,
    )
    pdf = typeset(document, disclosed(redacted.vetting, language))
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return seal(pdf, made.shown, sealing, sealer, at=at, time_stamps=_server(time_stamps))


def _server(address: str | None) -> "TimeStamper | None":
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
        return read_profile(bytes_of(path, _MOST_BYTES))


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
