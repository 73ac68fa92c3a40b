"""The report of a vetting: one HTML file that needs nothing else, to be read and to be printed.

No script, no outside request, no colour that means anything. What a part of it means is told in
docs/explanation/report.md.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.lettering import visible
from safeconduct.dossier.phrasing import applicant_name, kind_of_data
from safeconduct.dossier.report_case import sections
from safeconduct.dossier.report_claims import account
from safeconduct.dossier.report_explanations import explanations
from safeconduct.dossier.report_findings import groups, not_checked, settled
from safeconduct.dossier.report_shown import shown
from safeconduct.wording import dates
from safeconduct.wording.language import Language

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = "safeconduct.dossier"


class ReportDrawing(msgspec.Struct, frozen=True, kw_only=True):
    """One drawing as SVG text, for wide screens and paper, and for a phone; ids do not clash."""

    wide: str
    narrow: str


def html_report(
    case: Case,
    vetting: Vetting,
    language: Language,
    *,
    drawings: Sequence[ReportDrawing] = (),
    conflicts: Mapping[str, ReportDrawing] | None = None,
) -> str:
    """The whole page. The same case, vetting, drawings and language give the same text.

    `conflicts` holds a small drawing of a conflict by the identifier of its finding.

    Restricted notes are left out. Everything from the case is escaped; a missing value in a
    template is an error, never an empty place. Raises UnworkedMessage for wording that lacks.
    """
    of = shown(case, vetting, language)
    page = (
        _environment(language)
        .get_template("report.html")
        .render(
            lang=language.code,
            case=case,
            vetting=vetting,
            on=dates.day(vetting.on, language),
            as_of={used.as_of: dates.edtf(used.as_of, language) for used in vetting.references},
            kind_of={used.kind: kind_of_data(used.kind, language) for used in vetting.references},
            applicant=applicant_name(case, language),
            groups=groups(vetting, of) if vetting.findings else (),
            not_checked=not_checked(vetting, of),
            claims=account(of),
            sections=sections(of),
            explanations=explanations(of),
            drawings=drawings,
            conflicts=conflicts or {},
            settling=settled(of, vetting),
        )
    )
    return visible(page)


@lru_cache(maxsize=8)
def _environment(language: Language) -> "Environment":
    # Only whoever asks for a report waits for jinja2.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["t"] = lambda message, **values: language.text(message).format(**values)
    return environment


def _template(name: str) -> str:
    return (files(_TEMPLATES) / "templates" / name).read_text(encoding="utf-8")
