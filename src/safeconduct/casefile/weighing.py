"""What a case states so that its evidence can be weighed: expectations and rival explanations.

It holds what people wrote down. Nothing here is weighed, added up or preferred.
"""

from typing import Literal

import msgspec

from safeconduct.casefile.ids import Id


class Expectation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one would expect to find if the claim were untrue, and whether it was looked for.

    `looked` names the searches and evidence items in which it was looked for. Without a `result`
    nobody has looked, which is not the same as not having seen it.
    """

    what: str
    looked: tuple[Id, ...] = ()
    result: Literal["seen", "not-seen"] | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if self.result is not None and not self.looked:
            raise ValueError("`result` with the searches or evidence in `looked`")


class Explanation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One explanation of the claims in `about`, and the items for it and against it.

    Those about the same claims compete. An item may stand for one and for another as well: then
    it does not tell them apart.
    """

    id: Id
    hypothesis: str
    about: tuple[Id, ...]
    for_: tuple[Id, ...] = msgspec.field(name="for", default=())
    against: tuple[Id, ...] = ()
    by: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.about:
            raise ValueError("`about` with one claim at least")
