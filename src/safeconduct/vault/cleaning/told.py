"""What is noted while a file is cleaned, and the new names that things in it get."""

from safeconduct.vault.cleaning.results import Staying


class Told:
    """What was left out, what stays, and where words stay that no page shows."""

    def __init__(self) -> None:
        self.removed: set[str] = set()
        self.staying: set[Staying] = set()
        self.where: set[str] = set()

    def word(self, place: str, kind: Staying = Staying.UNSEEN_TEXT) -> None:
        """A word that nobody sees stays at a place, which is said in the format's own terms."""
        self.staying.add(kind)
        self.where.add(place)


class Names:
    """New names for old ones: the same name of the same kind always gets the same."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def given(self, kind: str, old: str) -> str:
        """The new name: the kind and a number."""
        if (kind, old) not in self._given:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._given[kind, old] = f"{kind}{self._counts[kind]}"
        return self._given[kind, old]
