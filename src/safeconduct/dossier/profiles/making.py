"""From a case and its vetting to a sealed dossier: redacted, composed, set, sealed."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.pictures import Picture
from safeconduct.checks.material import References
from safeconduct.checks.vetting import laid_out
from safeconduct.dossier.profiles.choices import Choices
from safeconduct.dossier.profiles.itemising import disclosure
from safeconduct.dossier.profiles.profile import Profile
from safeconduct.dossier.profiles.redacting import Redacted, redact
from safeconduct.dossier.profiles.remains import refuse_hidden
from safeconduct.dossier.sealing.manifest import Disclosure, Terms
from safeconduct.wording.language import Language

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

    from safeconduct.dossier.sealing.signers import Sealer


class Chosen(NamedTuple):
    """What one profile and one person's choices let out of a case."""

    profile: Profile
    choices: Choices
    language: Language
    redacted: Redacted
    shown: Disclosure


def chosen(
    case: Case, vetting: Vetting, profile: Profile, choices: Choices, language: Language
) -> Chosen:
    """The choice, with nothing set yet. Raises ChoiceRefused or NameRemains."""
    redacted = redact(case, vetting, profile, choices)
    shown = disclosure(redacted, profile, choices, language)
    return Chosen(profile, choices, language, redacted, shown)


def dossier_of(
    made: Chosen, terms: Terms, references: References, photograph: Picture | None = None
) -> bytes:
    """The PDF before it is sealed. What is drawn is laid out from the redacted case alone.

    Raises NameRemains for a name that may not go in what was written for this dossier, such as its
    purpose.
    """
    from safeconduct.dossier.drawn import printed_conflicts, printed_drawings
    from safeconduct.dossier.profiles.dressing import dressed
    from safeconduct.dossier.typeset.disclosed import disclosed
    from safeconduct.dossier.typeset.rendering import typeset

    redacted, language = made.redacted, made.language
    written = msgspec.to_builtins((terms, made.shown.checks, made.shown.omissions, made.choices))
    given = {"id": "choices", "texts": written}
    refuse_hidden(given, redacted, made.choices)
    drawings: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    if not made.profile.leaves("drawings"):
        layout = laid_out(redacted.case, references)
        drawings = printed_drawings(layout, redacted.vetting, language)
        conflicts = printed_conflicts(layout, redacted.vetting, language)
    document = dressed(
        *(redacted, made.profile, made.choices, made.shown, terms, language),
        *(drawings, conflicts, photograph),
    )
    return typeset(document, disclosed(redacted.vetting, language))


def sealed_dossier(
    made: Chosen,
    terms: Terms,
    references: References,
    sealer: "Sealer",
    *,
    at: datetime,
    time_stamps: "TimeStamper | None" = None,
    photograph: Picture | None = None,
) -> bytes:
    """The sealed dossier. Raises what typesetting and sealing raise.

    `photograph`: of the applicant; it is shown only where the redacted case still names one.
    """
    from safeconduct.dossier.sealing.seal import seal

    pdf = dossier_of(made, terms, references, photograph)
    return seal(pdf, made.shown, terms, sealer, at=at, time_stamps=time_stamps)
