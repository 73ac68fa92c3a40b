"""The person who is sought on a list: what of them is compared, from a case or from a row."""

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.people import Name, NameKind, NameParts, Person
from safeconduct.screening.births import Birth, birth

WEAK_NAMES = (NameKind.NOM_DE_GUERRE, NameKind.PSEUDONYM)


class SoughtName(msgspec.Struct, frozen=True):
    """A name as written, with its declared parts where somebody declared them.

    `weak` marks a nom de guerre or a pseudonym: it may agree, and alone it proves little.
    """

    text: str
    declared: NameParts | None = None
    weak: bool = False


class SoughtMistaken(SafeconductError):
    """What is known of a person, given in a form that would be read wrongly."""


_TEXTS = (str, SoughtName)


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the person who is sought. All but a name may be missing.

    `names` are texts or SoughtNames; `born` holds `1964`, `1964-05`, `1964-05-01`, `1960/1964`,
    with `~` for about; `citizenships` ISO 3166 codes of two letters; `sex` female, male or other;
    `documents` numbers as written; `units` military units as said.
    """

    id: str = ""
    names: tuple[SoughtName | str, ...]
    born: tuple[str, ...] | str | None = None
    sex: str | None = None
    citizenships: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # Text in place of a tuple would be taken letter by letter, and find nobody.
        for field in ("names", "citizenships", "birth_places", "documents", "units"):
            value = getattr(self, field)
            if isinstance(value, str) or not all(isinstance(one, _TEXTS) for one in value):
                raise SoughtMistaken(f"{field}: {value!r}; accepted: a tuple of texts")
        born = self.born if isinstance(self.born, tuple) else (self.born,)
        if not all(one is None or isinstance(one, str) for one in born):
            raise SoughtMistaken(f"born: {self.born!r}; accepted: a text such as 1964-05-01")
        for code in self.citizenships:
            # Four letters stand for countries that are no more: suhh.
            if len(code) not in (2, 4) or not code.isalpha():
                raise SoughtMistaken(f"citizenship {code!r}; accepted: two letters, such as RU")

    def spelled(self) -> tuple[SoughtName, ...]:
        """The names, each as a SoughtName."""
        return tuple(SoughtName(one) if isinstance(one, str) else one for one in self.names)

    def births(self) -> tuple[Birth, ...]:
        """The dates of birth that can be read."""
        texts = (self.born,) if isinstance(self.born, str) else self.born or ()
        return tuple(found for text in texts if (found := birth(text)) is not None)


def sought(person: Person) -> Sought:
    """A person of a case as they are sought; names as written, nothing guessed."""
    return Sought(
        id=person.id,
        names=tuple(_name(name) for name in person.names),
        born=(person.born.edtf,) if person.born else None,
        sex=person.sex,
        citizenships=tuple(code.lower() for code in person.citizenships),
        birth_places=_place(person),
        documents=tuple(paper.number for paper in person.documents if paper.number),
    )


def _place(person: Person) -> tuple[str, ...]:
    place = person.birth_place
    said = (place.name or place.words) if place else None
    return (said,) if said else ()


def _name(name: Name) -> SoughtName:
    return SoughtName(name.text, name.parts, weak=name.kind in WEAK_NAMES)
