"""What reading a watchlist gives, and how a file or a row of it is refused. It knows no format."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NoReturn

import msgspec

from safeconduct.reference.importing import ImportRejected, RowMistake
from safeconduct.screening.entities import Entity


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A list as read: its entities in the order of the file, and every row that was not usable.

    `as_of`, `title`, `origin` and `licence` are what the file, or its format, tells; else None.
    `without_names` counts records that are no person or thing of the list by themselves, such as
    relations between two of them; nothing of a person is lost with them.
    """

    format: str
    entities: tuple[Entity, ...]
    rejected: tuple[RowMistake, ...] = ()
    as_of: str | None = None
    title: str | None = None
    origin: str | None = None
    licence: str | None = None
    without_names: int = 0


def refuse(line: int, reason: str) -> NoReturn:
    """Refuses the whole file: raises ImportRejected."""
    raise ImportRejected((RowMistake(line, legible(reason)),))


def mistake(line: int, reason: str) -> RowMistake:
    """A row that cannot be used, as it may be shown."""
    return RowMistake(line, legible(reason))


def legible(found: str) -> str:
    """A reason as it may be printed: what the file says in it may hold invisible characters."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in found[:300])


def finished(
    name: str, entities: Iterable[Entity], rejected: list[RowMistake], **more: Any
) -> Read:
    """What was read, with identifiers that are each other's only once. Refuses an empty list."""
    found = tuple(with_own_ids(entities))
    if not found:
        first = rejected[0] if rejected else RowMistake(1, "no entity")
        raise ImportRejected((first,), more=max(0, len(rejected) - 1))
    return Read(format=name, entities=found, rejected=tuple(sorted(rejected)), **more)


def with_own_ids(entities: Iterable[Entity]) -> Iterable[Entity]:
    """Entities that share an identifier get one of their own, made of what they hold.

    The order of rows does not change it; a row that stands twice, word for word, is numbered.
    """
    found = list(entities)
    times: dict[str, int] = {}
    for entity in found:
        times[entity.id] = times.get(entity.id, 0) + 1
    taken: dict[str, int] = {}
    for entity in found:
        if times[entity.id] == 1:
            yield entity
            continue
        content = msgspec.msgpack.encode(msgspec.structs.replace(entity, row=0))
        own = f"{entity.id}-{digest(content)}"
        taken[own] = taken.get(own, 0) + 1
        suffix = f"-{taken[own]}" if taken[own] > 1 else ""
        yield msgspec.structs.replace(entity, id=own + suffix)


def digest(content: bytes) -> str:
    """Twelve digits that stand for a content."""
    return sha256(content).hexdigest()[:12]


def unique(values: Iterable[str | None]) -> tuple[str, ...]:
    """What is not empty, each once, without space around."""
    return tuple(dict.fromkeys(bare for value in values if value and (bare := value.strip())))
