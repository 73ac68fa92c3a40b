"""The texts that the cells of an Excel file share; those that no cell shows are emptied."""

from collections.abc import Iterable, Iterator, Mapping

from safeconduct.vault.cleaning.markup import Element, local, read_markup, written


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


def sheets(parts: Mapping[str, bytes], types: Mapping[str, str]) -> Iterator[bytes]:
    """The sheets of a workbook's parts."""
    return (parts[name] for name, said in types.items() if said.endswith("worksheet+xml"))


def seen_texts(parts: Mapping[str, bytes], types: Mapping[str, str]) -> frozenset[str]:
    """What a reader of the workbook sees: names of sheets and texts of cells.

    Raises CannotClean for what is no XML.
    """
    seen = set()
    listed = list(sheets(parts, types))
    for name, said in types.items():
        if said.endswith("sharedStrings+xml"):
            root = read_markup(without_unused(parts[name], listed))
            seen |= {"".join(_texts(one)) for one in root if local(one.tag) == "si"}
        elif said.endswith("sheet.main+xml"):
            named = (one for one in read_markup(parts[name]).iter() if local(one.tag) == "sheet")
            seen |= {one.get("name", "") for one in named}
    for sheet in listed:
        cells = (one for one in read_markup(sheet).iter() if local(one.tag) == "is")
        seen |= {"".join(_texts(one)) for one in cells}
    return frozenset(seen - {""})


def _texts(one: Element) -> Iterator[str]:
    """The pieces of a cell's text, without how they are read aloud."""
    for inner in one:
        if local(inner.tag) == "t":
            yield inner.text or ""
        elif local(inner.tag) == "r":
            yield from _texts(inner)


def _used(sheet: bytes) -> set[int]:
    found = set()
    for cell in read_markup(sheet).iter():
        if local(cell.tag) == "c" and cell.get("t") == "s":
            number = "".join(one.text or "" for one in cell if local(one.tag) == "v").strip()
            if number.isdecimal():
                found.add(int(number))
    return found
