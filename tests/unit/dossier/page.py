"""Reads a page strictly: tags that balance, and what stands in it."""

from html.parser import HTMLParser
from typing import NamedTuple

VOID = {"meta", "path", "circle", "rect", "br"}


class Element(NamedTuple):
    """A start tag with its attributes."""

    tag: str
    attributes: dict[str, str | None]


class Page(HTMLParser):
    """Elements in order and the text between them; an unbalanced tag is an error."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        assert len(attrs) == len(dict(attrs)), f"an attribute twice in {tag}"
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, white space made one."""
        return " ".join("".join(self.texts).split())

    def all(self, attribute: str) -> list[str]:
        """Every value of an attribute."""
        return [value for one in self.elements if (value := one.attributes.get(attribute))]

    def tags(self) -> set[str]:
        """Which elements there are."""
        return {one.tag for one in self.elements}
