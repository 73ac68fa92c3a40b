"""What was decided for each case of a batch: `--choices FILE`, YAML, by the name of the case file.

Nothing is decided for several cases at once: `c2` of another case is another statement, and two
people under one pseudonym would be one.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import shown
from safeconduct.cli.errors import FileRefused, about
from safeconduct.cli.opening import bytes_of

_MOST_BYTES = 1024 * 1024
_ALONE = {
    "left_out": ("--leave-out", "c2 of another case is another statement"),
    "answers": ("--answers", "each person has other answers"),
    "pseudonym": ("--pseudonym", "two people under one pseudonym would be one"),
}


class SharedChoice(SafeconductError):
    """A choice for one case that was made for several."""


class CaseChoices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`left_out`: identifier → why it does not go. `answers`: a YAML file, beside this one."""

    pseudonym: str | None = None
    answers: str | None = None
    left_out: dict[str, str] = {}
    other_words: tuple[str, ...] = ()


def refuse_shared(cases: Sequence[Path], options: dict[str, Any], choices: Path | None) -> None:
    """Raises SharedChoice for a choice for one case that would be made for several."""
    if len(cases) == 1 and choices is None:
        return
    for name, (option, why) in _ALONE.items():
        if options.get(name):
            raise SharedChoice(f"{option} is for one case alone ({why}); accepted: --choices FILE")


def read_choices(path: Path, cases: Sequence[Path]) -> dict[str, CaseChoices]:
    """The choices by the name of the case file. Raises FileRefused.

    A name that is none of the cases is refused: a case would go without what was decided for it.
    """
    with about(path):
        data = bytes_of(path, _MOST_BYTES)
        try:
            found = msgspec.yaml.decode(data, type=dict[str, CaseChoices])
        except msgspec.MsgspecError as error:
            keys = ", ".join(CaseChoices.__struct_fields__)
            raise FileRefused(path, f"{error}; accepted: case file → {keys}") from None
    stray = sorted(set(found) - {one.name for one in cases})
    if stray:
        raise FileRefused(path, f"no case {shown(stray[0])} in this batch")
    taken: dict[str, str] = {}
    for name, one in found.items():
        if one.pseudonym is not None:
            key = " ".join(one.pseudonym.split()).casefold()
            if key in taken:
                raise FileRefused(path, f"{name} and {taken[key]} are under one pseudonym")
            taken[key] = name
    return found


def options_of(options: dict[str, Any], one: CaseChoices | None, beside: Path) -> dict[str, Any]:
    """The options for one case, with what was decided for it."""
    if one is None:
        return options
    return options | {
        "pseudonym": one.pseudonym,
        "answers": beside.parent / one.answers if one.answers else None,
        "left_out": tuple(f"{name}={why}" for name, why in one.left_out.items()),
        "other_words": (*options.get("other_words", ()), *one.other_words),
    }


def decided(options: dict[str, Any]) -> str:
    """SHA-256 over what is decided for one case, the statements that it answers included."""
    found = [str(options.get("pseudonym")), *map(str, options.get("left_out", ()))]
    found += ["", *map(str, options.get("other_words", ()))]
    answers = options.get("answers")
    data = bytes_of(answers, _MOST_BYTES) if answers is not None else b""
    return hashlib.sha256("\0".join(found).encode() + b"\0\0" + data).hexdigest()
