"""Elements of a large XML file one by one. Document types and entities are refused, never expanded.

An entity that expands to others, or that reads a file, needs a document type declaration; a list
has none.
"""

from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers.reading import refuse

_CHUNK = 256 * 1024
_DEEPEST = 64


class XmlStream:
    """The wanted elements of a file, each complete, by their names without prefix, in its order.

    `root` is the name of the outermost element and `about` its attributes, once reading began.
    """

    def __init__(self, original: bytes, wanted: frozenset[str]) -> None:
        self.root, self.about = "", dict[str, str]()
        self._original, self._wanted = original, wanted
        self._ready: list[tuple[int, Element]] = []
        self._builder: TreeBuilder | None = None
        self._depth = self._started = self._line = 0

    def __iter__(self) -> Iterator[tuple[int, Element]]:
        """Each element with the line on which it starts. Refuses what is cut or no XML."""
        parser = self._parser = ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        view = memoryview(self._original)
        for at in range(0, len(view) or 1, _CHUNK):
            last = at + _CHUNK >= len(view)
            try:
                parser.Parse(bytes(view[at : at + _CHUNK]), last)
            except ImportRejected:
                raise
            except (ExpatError, LookupError, ValueError) as error:
                refuse(parser.CurrentLineNumber, f"cut, or no XML: {error}")
            yield from self._ready
            self._ready.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > _DEEPEST:
            refuse(self._parser.CurrentLineNumber, f"more than {_DEEPEST} elements deep")
        if self._depth == 1:
            self.root, self.about = name, attributes
        elif self._builder is None and name in self._wanted:
            self._builder, self._started = TreeBuilder(), self._depth
            self._line = self._parser.CurrentLineNumber
        if self._builder is not None:
            self._builder.start(name, attributes)

    def _end(self, name: str) -> None:
        if self._builder is not None:
            self._builder.end(name.rpartition(":")[2])
            if self._depth == self._started:
                self._ready.append((self._line, self._builder.close()))
                self._builder = None
        self._depth -= 1

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)


class _Begun(Exception):
    """The outermost element begins."""


def root_of(head: bytes) -> str | None:
    """The name of the outermost element, from the beginning of a file; None if it is no XML."""
    found: list[str] = []

    def begin(name: str, _: dict[str, str]) -> None:
        found.append(name.rpartition(":")[2])
        raise _Begun

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = begin
    with suppress(_Begun, ExpatError, LookupError, ValueError):
        parser.Parse(head, False)
    return found[0] if found else None


def _refuse_doctype(*_: object) -> None:
    refuse(1, "a document type declaration; a list needs none, and it can hold a bomb")


def said(element: Element | None, path: str) -> str:
    """The text under a path, each space once; empty where there is none."""
    found = None if element is None else element.findtext(path)
    return " ".join((found or "").split())


def all_said(element: Element, path: str) -> tuple[str, ...]:
    """The texts of all elements under a path that have one, each once."""
    texts = (" ".join((one.text or "").split()) for one in element.findall(path))
    return tuple(dict.fromkeys(text for text in texts if text))
