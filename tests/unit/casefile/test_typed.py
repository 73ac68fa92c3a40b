"""A tree read by declared types: every mistake, and where it stands."""

from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta
from msgspec import inspect as types

from safeconduct.casefile.typed import INVALID, Found, TypedReader
from safeconduct.casefile.yamltree import Mistake, parse


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Short(msgspec.Struct, frozen=True):
    text: str
    note: str | None = None


class Thing(msgspec.Struct, frozen=True):
    name: str
    code: Annotated[str, Meta(pattern="^[a-z]+$", description="small letters")] | None = None
    count: Annotated[int, Meta(ge=0, le=9)] | None = None
    size: float | None = None
    yes: bool = False
    colour: Colour | None = None
    level: Literal["low", "high"] | None = None
    short: Short | None = None
    shorts: tuple[Short, ...] = ()
    kind_: str | None = msgspec.field(name="is", default=None)

    def __post_init__(self) -> None:
        if self.name == self.code:
            raise ValueError("`name` and `code` that differ")


def _no_shouting(short: Short) -> Found | None:
    return ("shouting", "a quiet text") if short.text.isupper() else None


def read(text: str) -> tuple[Any, list[Mistake]]:
    reader = TypedReader({Short: "text"}, {Short: _no_shouting})
    value = reader.read(parse(text), types.type_info(Thing))
    return value, reader.mistakes


def mistake(text: str) -> Mistake:
    mistakes = read(text)[1]
    assert len(mistakes) == 1, mistakes
    return mistakes[0]


def test_scalars_are_read_by_their_declared_type_and_not_by_their_look() -> None:
    value, mistakes = read("{name: 007, code: no, count: 7, size: -1.50, yes: true, is: null}")
    assert not mistakes
    assert value == Thing(name="007", code="no", count=7, size=-1.5, yes=True)


def test_nothing_is_no_value_and_no_item() -> None:
    value, mistakes = read("name: x\ncode:\nshorts:\nshort: null\n")
    assert not mistakes
    assert value == Thing(name="x")


def test_a_bare_text_stands_for_the_field_that_the_shorthand_names() -> None:
    value, _ = read("name: x\nshort: hello\nshorts: [a, {text: b, note: c}]\n")
    assert value.short == Short("hello")
    assert value.shorts == (Short("a"), Short("b", "c"))


@pytest.mark.parametrize("blank", ['""', '"  "'])
def test_a_blank_shorthand_is_nothing(blank: str) -> None:
    found = mistake(f"name: x\nshort: {blank}\n")
    assert (found.line, found.column, found.found) == (2, 8, "nothing")


@pytest.mark.parametrize(
    ("text", "found", "accepted"),
    [
        ("name: x\ncount: 12", "`12`", "a whole number of at least 0 of at most 9"),
        ("name: x\ncount: 1.5", "`1.5`", "a whole number of at least 0 of at most 9"),
        ("name: x\nsize: 1e5", "`1e5`", "a number"),
        ("name: x\nsize: nan", "`nan`", "a number"),
        ("name: x\nyes: yes", "`yes`", "true or false"),
        ('name: x\nyes: "true"', "`true`", "true or false"),
        ("name: x\ncolour: green", "`green`", "one of red, blue"),
        ("name: x\nlevel: middle", "`middle`", "one of high, low"),
        ("name: x\ncode: ABC", "`ABC`", "small letters"),
        ('name: x\ncode: "abc\\n"', "`abc\\u000a`", "small letters"),
        ("name: x\nkind: y", "the key `kind`", "one of "),
        ("name: x\ncolor: red", "the key `color`", "`colour`?"),
        ("name: x\nshorts: {}", "a mapping", "a list (one `- ` for each item)"),
        ("name: x\nshort: [a]", "a list", "a mapping with the keys `text`, `note`"),
        ("name: x\ncode: [a]", "a list", "small letters"),
        ("name: x\nshort: LOUD", "shouting", "a quiet text"),
        ("name: x\nshort: {text: LOUD}", "shouting", "a quiet text"),
        ("code: x", "no key `name`", "`name` is needed here"),
        ('name: ""', "nothing", "a text that is not empty"),
        ("name: x\ncode: x", "values that do not go together", "`name` and `code` that differ"),
        ("- a", "a list", "a mapping with the keys "),
    ],
)
def test_a_mistake_says_what_was_found_and_what_is_accepted(
    text: str, found: str, accepted: str
) -> None:
    one = mistake(text)
    assert one.found == found
    assert one.accepted.startswith(accepted)


def test_every_mistake_is_noted_with_its_place() -> None:
    value, mistakes = read("name: x\ncount: many\ncolour: green\nshorts:\n  - LOUD\n  - ok\nx: 1\n")
    assert [(one.line, one.column) for one in sorted(mistakes)] == [(2, 8), (3, 9), (5, 5), (7, 1)]
    assert value.shorts == (Short("ok"),)


def test_a_value_with_a_mistake_in_a_needed_part_is_no_value() -> None:
    assert read("name: []")[0] is INVALID


def test_what_a_mistake_shows_of_the_file_hides_nothing() -> None:
    assert mistake("name: x\ncolour: gr\u200feen").found == "`gr\\u200feen`"
