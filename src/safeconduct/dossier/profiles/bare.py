"""The form that names nothing: one page for a person to carry, from which nobody learns anything.

What is sealed inside cannot be as empty: the manifest names the organisation, each check that is
withheld and who answers for that. The page names none of it.
"""

import msgspec

from safeconduct.casefile.findings import Day, Message, Parameter
from safeconduct.dossier.lettering import isolated, sentence
from safeconduct.dossier.profiles.choices import Choices
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import Row, plain
from safeconduct.dossier.sealing.manifest import Disclosure, Terms
from safeconduct.dossier.typeset.values import Dossier, Facts, Points
from safeconduct.wording import dates

_SAYS = (1, 2, 3)


def names_nothing(shown: Disclosure) -> bool:
    """Is nothing shown but a pseudonym: no claim, no record, no finding, no data set?"""
    return (
        shown.subject.kind == "pseudonym"
        and all(one.kind == "person" for one in shown.items)
        and all(run.withheld for run in shown.checks)
        and not shown.references
    )


def bare(composed: Dossier, choices: Choices, terms: Terms, of: Shown) -> Dossier:
    """The page in place of the dossier: a pseudonym, two days, and what it does not say."""
    until: dict[str, Parameter] = {"expires": Day(terms.expires)}
    span = of.text("dossier-from-until").format(
        issued=dates.day(terms.issued, of.language), expires=dates.day(terms.expires, of.language)
    )
    return msgspec.structs.replace(
        composed,
        draft=of.text("bare-sealed"),
        draft_means=sentence(Message("dossier-sealed-means", until), of.language),
        title=of.text("bare-title"),
        subtitle=(),
        confidential="",
        in_brief=of.text("bare-holds"),
        attached=of.text("bare-title"),
        day=(terms.issued.year, terms.issued.month, terms.issued.day),
        summary=(
            Facts(
                (
                    Row(of.text("bare-for"), plain(isolated(choices.pseudonym or ""))),
                    Row(of.text("dossier-in-force"), plain(span)),
                )
            ),
            Points(tuple(plain(of.text(f"bare-says-{number}")) for number in _SAYS)),
        ),
        sections=(),
        likeness=None,
    )
