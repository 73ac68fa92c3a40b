"""The opaque ids of staff and cases: they stand in the clear, so they must say nothing."""

import re

from safeconduct.vault.formats.errors import NotUsable

_OPAQUE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def opaque(text: str) -> str:
    """The same id, if it is one: lower-case letters, digits and hyphens, at most 64 of them.

    Raises NotUsable. Whether it tells something about a person no program can see.
    """
    if not _OPAQUE.fullmatch(text):
        raise NotUsable("an id is made of lower-case letters, digits and hyphens")
    return text
