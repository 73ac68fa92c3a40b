"""What would go and what would stay, item by item, before anything is made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from safeconduct.dossier.lettering import visible
from safeconduct.dossier.profiles.profile import Profile
from safeconduct.dossier.profiles.redacting import Choices
from safeconduct.dossier.sealing.items import Item
from safeconduct.dossier.sealing.manifest import CheckRun, Disclosure
from safeconduct.wording.language import Language

_SHOWN = 160
"""Characters of an item; the dossier has all of it."""


def preview(shown: Disclosure, profile: Profile, choices: Choices, language: Language) -> str:
    """The text, with a final line break; what stands in it can steer no terminal."""
    heading = language.text("preview-heading").format(profile=profile.title[language.code])
    lines = [heading]
    if profile.warning:
        lines += ["", f"{language.text('preview-warning')}: {profile.warning[language.code]}"]
    lines += ["", language.text("preview-goes"), *_goes(shown.items)]
    lines += ["", language.text("preview-checks")]
    lines += [_check(run, language) for run in shown.checks]
    lines += ["", language.text("preview-stays")]
    lines += [f"  - {one.what}: {one.reason} ({one.answers_for})" for one in shown.omissions] or [
        f"  {language.text('preview-nothing')}"
    ]
    missing = [one for one in profile.asks if one.id not in choices.answers]
    if missing:
        lines += ["", language.text("preview-missing")]
        lines += [f"  - {one.label[language.code]} (`{one.id}`)" for one in missing]
    return "\n".join(visible(line) for line in lines) + "\n"


def _goes(items: Iterable[Item]) -> Iterator[str]:
    kinds: dict[str, list[Item]] = defaultdict(list)
    for one in items:
        kinds[one.kind].append(one)
    for same in kinds.values():
        for one in same:
            text = " ".join(_texts(one.value))
            yield f"  {one.id}: {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}"


def _check(run: CheckRun, language: Language) -> str:
    name = language.text(f"check-{run.check}")
    name = name[:1].upper() + name[1:]
    if run.withheld:
        words = language.text("verify-check-withheld")
        return "  - " + words.format(
            check=name, reason=run.withheld.reason, name=run.withheld.answers_for
        )
    words = language.text("verify-check")
    return "  - " + words.format(check=name, number=len(run.findings), open=run.not_checked)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key != "id":
                yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    else:
        yield " ".join(str(value).split())
