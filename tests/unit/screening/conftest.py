"""Names and records that the tests of this room share; all people are made up."""

from collections.abc import Callable

import pytest

from safeconduct.screening.entities import Entity, ListedDay, ListedName

Maker = Callable[..., Entity]


@pytest.fixture
def listed() -> Maker:
    """Makes an entity of a list from names and a date of birth."""

    def make(*names: str, born: str | None = None, id: str = "x1", **more: object) -> Entity:  # noqa: A002
        return Entity(
            id=id,
            schema="Person",
            caption=names[0],
            names=tuple(ListedName(text=name, kind="name") for name in names),
            birth_dates=(ListedDay(text=born, value=born),) if born else (),
            **more,  # type: ignore[arg-type]
        )

    return make
