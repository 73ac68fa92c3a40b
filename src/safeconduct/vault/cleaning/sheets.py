"""The texts that the cells of an Excel file share; those that no cell shows are emptied."""

from collections.abc import Iterable

from safeconduct.vault.cleaning.markup import local, read_markup, written


def without_unused(shared: bytes, sheets: Iterable[bytes]) -> bytes:
    """The shared texts, each at its number, empty where no cell of the sheets points to it.

    Raises CannotClean for what is no XML.
    """
    used = {number for sheet in sheets for number in _used(sheet)}
    root = read_markup(shared)
    texts = [one for one in root if local(one.tag) == "si"]
    for number, one in enumerate(texts):
        if number not in used:
            for inner in list(one):
                one.remove(inner)
            space = one.tag.rpartition("}")[0]
            one.append(one.makeelement(f"{space}}}t" if space else "t"))
    return written(root)


def _used(sheet: bytes) -> set[int]:
    found = set()
    for cell in read_markup(sheet).iter():
        if local(cell.tag) == "c" and cell.get("t") == "s":
            number = "".join(one.text or "" for one in cell if local(one.tag) == "v").strip()
            if number.isdecimal():
                found.add(int(number))
    return found
