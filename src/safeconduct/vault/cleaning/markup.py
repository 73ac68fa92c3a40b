"""XML of an office file: read without entities or network, rewritten without remarks."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from safeconduct.vault.cleaning.results import CannotClean, Why

if TYPE_CHECKING:
    from lxml.etree import _Element

Element = Any


def read_markup(data: bytes) -> "_Element":
    """The root of an XML part. Raises CannotClean where it is none, or declares a document type."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise CannotClean(Why.DAMAGED, "a part that is no XML") from None
    # Office formats have none, and entities live there.
    if root.getroottree().docinfo.doctype:
        raise CannotClean(Why.DAMAGED, "a part that declares a document type")
    return root


def written(root: "_Element") -> bytes:
    """The part as UTF-8, with its declaration."""
    from lxml import etree

    # Only the root: what stands before and behind it is left out.
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(name: object) -> str:
    """A name without its namespace; empty for what has none, such as an entity."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def remove_elements(root: "_Element", names: Collection[str]) -> set[str]:
    """Takes out elements of these local names with what is in them; which were there.

    What follows an element as text (its tail) is the document's and stays.
    """
    found = set()
    for one in list(root.iter()):
        parent = one.getparent()
        if parent is None or local(one.tag) not in names:
            continue
        found.add(local(one.tag))
        _keep_tail(one, parent)
        parent.remove(one)
    return found


def change_attributes(root: "_Element", change: Callable[[Element, str, str], str | None]) -> None:
    """Each attribute of each element through `change`: the new value, or None to leave it out."""
    for one in root.iter():
        for name, value in list(one.attrib.items()):
            new = change(one, str(name), str(value))
            if new is None:
                del one.attrib[name]
            elif new != value:
                one.set(name, new)


def unwrap(one: Element) -> None:
    """An element gives way to what is in it."""
    parent = one.getparent()
    at = parent.index(one)
    for inner in reversed(list(one)):
        parent.insert(at, inner)
    parent.remove(one)


def rebuilt(root: Element, spaces: Mapping[str, str]) -> "_Element":
    """The same elements under prefixes of ours, since a prefix is a word as well.

    `spaces` are the prefixes and their namespaces; any other gets one by number.
    """
    from lxml import etree

    used = {
        str(name)[1:].partition("}")[0]
        for one in root.iter()
        for name in (one.tag, *one.attrib)
        if str(name).startswith("{")
    }
    prefixes: dict[str | None, str] = {
        prefix: space for prefix, space in spaces.items() if space in used
    }
    rest = sorted(used - set(prefixes.values()) - {"http://www.w3.org/XML/1998/namespace"})
    prefixes.update({f"n{number}": space for number, space in enumerate(rest)})
    new = etree.Element(root.tag, root.attrib, nsmap=prefixes)
    waiting = [(root, new)]
    while waiting:
        old, made = waiting.pop()
        made.text = old.text
        for one in old:
            child = etree.SubElement(made, one.tag, one.attrib)
            child.tail = one.tail
            waiting.append((one, child))
    return new


def _keep_tail(one: Element, parent: Element) -> None:
    if not one.tail:
        return
    before = one.getprevious()
    if before is None:
        parent.text = (parent.text or "") + one.tail
    else:
        before.tail = (before.tail or "") + one.tail
