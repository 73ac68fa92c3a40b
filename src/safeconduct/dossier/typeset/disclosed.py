"""What of a vetting and its case may leave the house. Everything else here is made from that alone.

Left out: innocent explanations (`repairs`), which put to the applicant would be coaching; the notes
of the staff, whether restricted or not; their remarks on claims, tellings, sources and evidence;
the words of transcripts; where files lie. The reasons that a date or place is read as it is stay.
"""

from typing import TypeVar

import msgspec

from safeconduct.casefile.account import Claim, Telling
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.vetting_json import vetting_object
from safeconduct.wording.language import Language

_Item = TypeVar("_Item", bound=msgspec.Struct)

WITHHELD = ("repairs", "notes", "transcripts", "third-persons")
"""What a dossier names as held back; each has its wording `dossier-withheld-…`."""


def disclosable_vetting(vetting: Vetting) -> Vetting:
    """The vetting without innocent explanations. Identifiers of findings stay what they were."""
    findings = tuple(msgspec.structs.replace(one, repairs=()) for one in vetting.findings)
    return msgspec.structs.replace(vetting, findings=findings)


def disclosable_case(case: Case) -> Case:
    """The case without what its staff wrote for themselves."""
    return msgspec.structs.replace(
        case,
        notes=(),
        claims=tuple(_claim(one) for one in case.claims),
        tellings=tuple(_telling(one) for one in case.tellings),
        sources=tuple(_unnoted(one) for one in case.sources),
        evidence=tuple(
            msgspec.structs.replace(_unnoted(one), custody=(), file=None) for one in case.evidence
        ),
    )


def disclosed(vetting: Vetting, language: Language) -> bytes:
    """`vetting.json` by its contract, but for the key `repairs`, as UTF-8 with a final line break.

    The same bytes are attached to the dossier.
    """
    content = vetting_object(disclosable_vetting(vetting), language)
    for finding in content["findings"]:
        del finding["repairs"]
    return msgspec.json.format(msgspec.json.encode(content)) + b"\n"


def _claim(claim: Claim) -> Claim:
    bearings = tuple(_unnoted(one) for one in claim.evidence)
    return msgspec.structs.replace(claim, note=None, evidence=bearings)


def _telling(telling: Telling) -> Telling:
    back = telling.read_back and _unnoted(telling.read_back)
    return msgspec.structs.replace(telling, note=None, transcript=None, read_back=back)


def _unnoted(item: _Item) -> _Item:
    return msgspec.structs.replace(item, note=None)
