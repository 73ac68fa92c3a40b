"""A case and its vetting → the dossier as data, in the order in which it is read.

It words and orders; it typesets nothing. It composes from what may be disclosed alone.
"""

from collections import Counter
from collections.abc import Mapping

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.phrasing import applicant_name
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_shown import shown as shown_of
from safeconduct.dossier.report_values import said
from safeconduct.dossier.typeset.accounts import account, records
from safeconduct.dossier.typeset.annex import what_we_did
from safeconduct.dossier.typeset.closing import checks, data_sets, how_to_read, withheld
from safeconduct.dossier.typeset.cutting import cut
from safeconduct.dossier.typeset.disclosed import disclosable_case, disclosable_vetting
from safeconduct.dossier.typeset.drawn import placed
from safeconduct.dossier.typeset.first_page import first_page
from safeconduct.dossier.typeset.results import findings, not_checked, settling
from safeconduct.dossier.typeset.values import Block, Dossier, Section
from safeconduct.wording import dates
from safeconduct.wording.language import Language

LONGEST_NAME = 120
"""Characters of a name in the title; all names stand in full below it."""


def compose(
    case: Case,
    vetting: Vetting,
    language: Language,
    drawings: Mapping[str, str],
    conflicts: Mapping[str, str] | None = None,
) -> Dossier:
    """The dossier. `drawings`: a name such as `timeline` → the text of an SVG file;
    `conflicts`: the identifier of a finding → that of its small drawing.

    1. What may not leave the house goes first, so that no later step can show it.
    2. Page one, to be read alone. 3. The account, then the results, then what they rest on.

    Raises UnworkedMessage for wording that lacks.
    """
    case, vetting = disclosable_case(case), disclosable_vetting(vetting)  # 1
    of = linked(shown_of(case, vetting, language))
    return Dossier(
        lang=language.code,
        title=of.text("dossier-title").format(
            applicant=cut(applicant_name(case, language), LONGEST_NAME)
        ),
        subtitle=said(case.title, case.language),
        case=case.id,
        draft=of.text("dossier-draft"),
        draft_means=of.text("dossier-draft-means"),
        confidential=of.text("report-confidential"),
        colon=of.colon(),
        in_brief=of.text("dossier-summary"),
        day=(vetting.on.year, vetting.on.month, vetting.on.day),
        attached=of.text("dossier-attached").format(day=dates.day(vetting.on, language)),
        summary=first_page(of, vetting),  # 2
        sections=(  # 3
            _section(of, "account", (*account(of), *placed(drawings, of))),
            _section(
                of,
                "findings",
                (*findings(of, vetting, conflicts or {}), *settling(of, vetting)),
            ),
            _section(of, "not-checked", not_checked(of, vetting)),
            _section(of, "checks", checks(of, vetting)),
            _section(of, "records", records(of)),
            _section(of, "data-sets", data_sets(of, vetting)),
            _section(of, "what-we-did", what_we_did(of)),
            _section(of, "withheld", withheld(of)),
            _section(of, "how-to-read", how_to_read(of)),
        ),
    )


def _section(of: Shown, name: str, blocks: tuple[Block, ...]) -> Section:
    return Section(of.text(f"dossier-section-{name}"), blocks)


def linked(of: Shown, *, identity: bool = False) -> Shown:
    """Links lead only to what stands in this document, once: claims and records, and with its part
    on the identity people and papers.

    Findings are not linked to: their identifiers are new in every dossier, and the typesetter keeps
    the name of each place that is linked to for as long as the process runs.
    """
    case = of.case
    lists = (case.claims, case.tellings, case.service, case.sources, case.evidence)
    seen = Counter(item.id for items in lists for item in items)
    if identity:
        seen.update(one.id for one in case.people())
        seen.update(one.id for one in case.documents())
    once = frozenset(one for one, times in seen.items() if times == 1)
    # Findings name their claims; the other way round, their hashes would crowd the account.
    return msgspec.structs.replace(of, known=once, cited_in={})
