"""Looks for names, numbers and dates that may not go in all that would go.

Removing a field does not remove a name from a sentence. A person has to: the place is named, and no
dossier is made until the name is gone. It finds names as they are recorded, not descriptions.
"""

from collections.abc import Collection, Iterator
from typing import Any

from safeconduct.casefile.errors import SafeconductError
from safeconduct.dossier.profiles.choices import Choices
from safeconduct.dossier.profiles.particulars import particulars
from safeconduct.dossier.profiles.redacting import Redacted
from safeconduct.names.mentions import mentions, sought


class NameRemains(SafeconductError):
    """Names or other particulars that may not go still stand in texts; `places` are their paths."""

    def __init__(self, places: tuple[str, ...], what: str = "name") -> None:
        shown = ", ".join(places[:8]) + (" …" if len(places) > 8 else "")
        other = " a word that is no name there can be named with --other-word"
        super().__init__(
            f"a {what} that may not go stands in {shown}; reword it in the case, or leave it out;"
            + (other if what == "name" else " it may be a number of a paper or a date of birth")
        )
        self.places = places


def refuse_names(
    tree: Any,
    names: tuple[str, ...],
    going: tuple[str, ...] = (),
    other_words: Collection[str] = (),
) -> None:
    """Raises NameRemains if any word of the names stands anywhere in the plain values.

    Words that a name that is shown has as well, such as a family's, are not looked for.
    `other_words`: what a person said is no name, though it reads like one.
    """
    looked_for = sought(names, going)
    known = {one.casefold() for one in other_words}
    found = tuple(
        dict.fromkeys(
            path
            for path, text in _texts(tree, "")
            if any(one.casefold() not in known for one in mentions(text, looked_for))
        )
    )
    if found:
        raise NameRemains(found)


def refuse_hidden(tree: Any, redacted: Redacted, choices: Choices) -> None:
    """Raises NameRemains for a name, number or date that the redacted case may not hold.

    The applicant's own name, where it is hidden, is not to be read off a relative's either.
    """
    refuse_names(tree, redacted.own, (), choices.other_words)
    refuse_names(tree, redacted.names, redacted.going, choices.other_words)
    hidden = particulars(redacted.whole, redacted.case)
    found = dict.fromkeys(path for path, text in _texts(tree, "") if hidden.stand_in(text))
    if found:
        raise NameRemains(tuple(found), "number, handle or date")


def _texts(tree: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        named = f"{path}/{tree['id']}" if isinstance(tree.get("id"), str) else path
        for key, value in tree.items():
            yield from _texts(value, f"{named}/{key}")
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from _texts(value, path)
