"""Fields of a Word file: what they show stays as plain text, what they were made of goes.

An instruction holds paths, names of properties and bookmarks, over as many runs as its writer
liked. Numbers of pages are kept as fields, since plain text would show one number on every page.
"""

from collections.abc import Iterator

from safeconduct.vault.cleaning.markup import Element, local

_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES"}
_AUTHOR_FIELDS = (
    "AUTHOR",
    "LASTSAVEDBY",
    "USERNAME",
    "USERINITIALS",
    "USERADDRESS",
    "FILENAME",
    "TEMPLATE",
    "DOCPROPERTY",
    "COMMENTS",
    "KEYWORDS",
    "SUBJECT",
    "TITLE",
)
_PIECES = ("instrText", "delInstrText")


def names_an_author(root: Element) -> bool:
    """Does a field show who wrote the document, or what it is called?"""
    return any(word in _AUTHOR_FIELDS for word, _ in _fields(root))


def flatten_fields(root: Element) -> bool:
    """Takes the instructions of all fields but page numbers out; were there any?"""
    unwanted = [elements for word, elements in _fields(root) if word not in _PAGES]
    for elements in unwanted:
        for one in elements:
            parent = one.getparent()
            if local(one.tag) == "fldSimple":
                for inner in list(one):
                    parent.insert(parent.index(one), inner)
            parent.remove(one)
    return bool(unwanted)


def _fields(root: Element) -> Iterator[tuple[str, list[Element]]]:
    """The first word of each field, in capitals, and the elements that it is made of."""
    open_fields: list[tuple[list[str], list[Element]]] = []
    for one in root.iter():
        tag = local(one.tag)
        if tag == "fldSimple":
            yield _first(_attribute(one, "instr")), [one]
        elif tag in _PIECES:
            if open_fields:
                open_fields[-1][0].append(one.text or "")
                open_fields[-1][1].append(one)
            else:
                yield _first(one.text or ""), [one]
        elif tag == "fldChar":
            kind = _attribute(one, "fldCharType")
            if kind == "begin":
                open_fields.append(([], []))
            if open_fields:
                open_fields[-1][1].append(one)
            if kind == "end" and open_fields:
                words, elements = open_fields.pop()
                yield _first("".join(words)), elements
    # One that never ends shows nothing that could be told apart from it.
    for words, elements in open_fields:
        yield _first("".join(words)), elements


def _first(instruction: str) -> str:
    words = instruction.split()
    return words[0].upper() if words else ""


def _attribute(one: Element, name: str) -> str:
    return next((str(value) for key, value in one.attrib.items() if local(key) == name), "")
