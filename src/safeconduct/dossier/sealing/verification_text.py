"""A verification to read aloud: the six points first, then what the file says, then what is open.

What the file says of itself is shown so that nothing in it can steer a terminal.
"""

import textwrap
from collections.abc import Iterator

from safeconduct.casefile.findings import Day, Message, Number, Parameter, Text
from safeconduct.dossier.lettering import isolated, sentence
from safeconduct.dossier.sealing.manifest import CheckRun, Manifest
from safeconduct.dossier.sealing.verification import Answer, ListUsed, Point, Verification
from safeconduct.wording.language import Language, UnworkedMessage

_WIDTH = 96


def verification_text(
    verification: Verification, language: Language, *, fingerprint: str | None = None
) -> str:
    """The text, with a final line break. `fingerprint`: that of the trusted organisation."""
    lines = [language.text(f"verify-heading-{verification.kind}"), ""]
    lines += [sentence(Message("verify-day", {"day": Day(verification.on)}), language), ""]
    for name, point in verification.points().items():
        lines += _point(name, point, language)
    lines += ["", *_says(verification, language)]
    if verification.status_list:
        lines += ["", *_wrapped(sentence(_listed(verification.status_list), language))]
    if verification.manifest_sha256:
        digits = verification.manifest_sha256
        groups = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
        lines += ["", *_wrapped(language.text("verify-manifest-hash")), f"  {groups}"]
    if fingerprint:
        lines += ["", *_wrapped(language.text("verify-fingerprint")), f"  {fingerprint}"]
    lines += ["", language.text("verify-heading-not-proven")]
    for one in verification.not_proven:
        lines += _wrapped(sentence(one, language), "- ")
    return "\n".join(lines) + "\n"


def _listed(used: ListUsed) -> Message:
    which: dict[str, Parameter] = {
        "number": Number(used.number),
        "day": Day(used.issued),
        "until": Day(used.until),
    }
    return Message("verify-status-list", which)


def _point(name: str, point: Point, language: Language) -> Iterator[str]:
    answer = language.text(f"verify-answer-{point.answer}")
    label = language.labelled(f"verify-point-{name}", answer)
    because = [sentence(one, language) for one in point.because]
    if point.answer is Answer.YES:
        because = [language.text(f"verify-yes-{name}")]
    yield label
    for one in because:
        yield from _wrapped(one, "  ")


def _says(verification: Verification, language: Language) -> Iterator[str]:
    manifest = verification.manifest
    if manifest is None:
        yield language.text("verify-unreadable")
        return
    good = Answer.YES
    if (verification.intact.answer, verification.valid.answer) != (good, good):
        yield language.text("verify-says-unproven")
    says: dict[str, Parameter] = {
        "organisation": Text(manifest.organisation.name),
        "recipient": Text(manifest.recipient),
        "purpose": Text(manifest.purpose),
    }
    yield from _wrapped(sentence(Message("verify-says", says), language))
    force: dict[str, Parameter] = {
        "issued": Day(manifest.issued),
        "expires": Day(manifest.expires),
        "vetted": Day(manifest.vetted_on),
        "profile": Text(manifest.profile),
    }
    yield from _wrapped(sentence(Message("verify-in-force", force), language))
    if verification.level is not None:
        level: dict[str, Parameter] = {"level": Text(verification.level)}
        yield sentence(Message("verify-level", level), language)
        for one in verification.untrusted:
            by = Message("verify-level-untrusted", {"name": Text(one)})
            yield from _wrapped(sentence(by, language), "  ")
    counts: dict[str, Parameter] = {
        "shown": Number(len(verification.shown)),
        "listed": Number(len(manifest.items)),
    }
    yield sentence(Message("verify-shown", counts), language)
    if verification.kind == "part":
        yield from _items(verification, language)
    yield from _checks(verification, manifest, language)


def _items(verification: Verification, language: Language) -> Iterator[str]:
    """The items of a part; those of a dossier stand on its pages."""
    yield from ("", language.text("verify-heading-items"))
    for one in verification.shown:
        text = isolated(one.id)
        if one.sentence is not None:
            value = isolated(one.sentence)
            text = language.text("label-with-value").format(label=text, value=value)
        yield from _wrapped(text, "- ")


def _checks(verification: Verification, manifest: Manifest, language: Language) -> Iterator[str]:
    yield from ("", language.text("verify-heading-checks"))
    here = {one.id for one in verification.shown} if verification.kind == "part" else None
    for run in manifest.checks:
        yield from _wrapped(sentence(_run(run, here, language), language), "- ")
    if manifest.omissions:
        yield from ("", language.text("verify-heading-omitted"))
    for one in manifest.omissions:
        omitted: dict[str, Parameter] = {
            "what": Text(one.what),
            "reason": Text(one.reason),
            "name": Text(one.answers_for),
        }
        yield from _wrapped(sentence(Message("verify-omitted", omitted), language), "- ")


def _run(run: CheckRun, here: set[str] | None, language: Language) -> Message:
    """`here`: the items of a part; None of a dossier, which shows all of them."""
    name = Text(_check_name(run.check, language))
    if run.withheld is None:
        counts = {"number": Number(len(run.findings)), "open": Number(run.not_checked)}
        if here is None:
            return Message("verify-check", {"check": name, **counts})
        counts["shown"] = Number(len(here & set(run.findings)))
        return Message("verify-check-part", {"check": name, **counts})
    withheld = {"reason": Text(run.withheld.reason), "name": Text(run.withheld.answers_for)}
    return Message("verify-check-withheld", {"check": name, **withheld})


def _check_name(check: str, language: Language) -> str:
    """Our words for a check; its identifier for one of another version of the software."""
    try:
        name = language.text(f"check-{check}")
    except UnworkedMessage:
        name = isolated(check)
    return name[:1].upper() + name[1:]


def _wrapped(text: str, first: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
