"""A word planted anywhere in an office file is gone, or is seen by its readers, or is told."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.unit.vault.cleaning import canaries, documents, made
from tests.unit.vault.cleaning.canaries import WORD

from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.results import CannotClean, Staying

KINDS = ("docx", "xlsx", "pptx", "odt", "ods")
# Where a reader sees what stands there: texts of runs and cells, of charts, of prints, of sheets.
SEEN_TEXTS = {"t", "delText", "v", "oddHeader", "oddFooter", "evenHeader", "evenFooter"}
SEEN_TEXTS |= {"firstHeader", "firstFooter"}
SEEN_ATTRIBUTES = {("sheet", "name"), ("table", "name"), ("textpath", "string")}
PARAGRAPHS = {"p", "h"}


@cache
def parts(kind: str) -> documents.Parts:
    made_by: dict[str, Callable[[], bytes]] = {
        "docx": made.text,
        "xlsx": made.workbook,
        "pptx": made.slides,
        "odt": made.open_text,
        "ods": made.open_workbook,
    }
    with ZipFile(BytesIO(made_by[kind]())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def local(name: object) -> str:
    return str(name).rpartition("}")[2]


def is_seen(one: etree._Element, place: str, kind: str) -> bool:
    if kind in ("odt", "ods"):
        above = [one, *one.iterancestors()] if place == "text" else list(one.iterancestors())
        if place in ("text", "tail"):
            return any(local(each.tag) in PARAGRAPHS for each in above)
        return (local(one.tag), place) == ("table", "name") and kind == "ods"
    if place == "text":
        return local(one.tag) in SEEN_TEXTS
    return (local(one.tag), place) in SEEN_ATTRIBUTES


def plant(root: etree._Element, where: int, what: str) -> tuple[etree._Element, str]:
    """Puts the word at a place of a part; the element and what of it holds the word."""
    everything = list(root.iter(etree.Element))
    one = everything[where % len(everything)]
    if what == "value" and one.attrib:
        name = sorted(map(str, one.attrib))[where % len(one.attrib)]
        one.set(name, WORD)
        return one, local(name)
    if what == "text":
        one.text = WORD
    elif what == "tail" and one is not root:
        one.tail = WORD
    elif what == "attribute":
        one.set(WORD, "1")
    elif what == "val":
        space = str(one.tag).rpartition("}")[0]
        one.set(f"{space}}}name", WORD)
        return one, "name"
    elif what == "element":
        etree.SubElement(one, WORD).text = "1"
    elif what == "own element":
        etree.SubElement(one, f"{{urn:own}}{WORD}", nsmap={WORD: "urn:own"})
    else:
        etree.SubElement(one, one.tag, nsmap={"own": f"urn:{WORD}"})
    return one, what


PLACES = ("value", "text", "tail", "attribute", "val", "element", "own element", "space")


@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize("kind", KINDS)
@given(part=st.integers(0, 10**6), where=st.integers(0, 10**6), what=st.sampled_from(PLACES))
def test_a_word_anywhere_is_gone_or_seen_or_told(
    kind: str, part: int, where: int, what: str
) -> None:
    planted = dict(parts(kind))
    names = sorted(one for one in planted if one.endswith((".xml", ".rels")))
    name = names[part % len(names)]
    root = etree.fromstring(planted[name])
    one, place = plant(root, where, what)
    seen = is_seen(one, place, kind) and not name.endswith((".rels", "Types].xml", "manifest.xml"))
    planted[name] = etree.tostring(root)
    try:
        copy = clean(documents.zipped(planted))
    except CannotClean:
        return
    if canaries.holds(copy.data):
        # Without the word nothing is told of these files: see the last test.
        assert seen or copy.staying, (name, one.tag, place)


@settings(deadline=None, max_examples=20)
@pytest.mark.parametrize("kind", KINDS)
@given(at=st.integers(0, 10**6), how=st.sampled_from(["renamed", "added", "bytes"]))
def test_a_word_in_a_parts_name_or_in_a_part_of_its_own_is_gone(
    kind: str, at: int, how: str
) -> None:
    planted = dict(parts(kind))
    names = sorted(planted)
    name = names[at % len(names)]
    if how == "renamed":
        short = name.rpartition("/")[2].rpartition(".")[0] or name
        planted = {
            other.replace(short, WORD): data.replace(short.encode(), WORD.encode())
            if other.endswith((".rels", "].xml", "manifest.xml"))
            else data
            for other, data in planted.items()
        }
    elif how == "added":
        planted[f"{WORD}/{name}"] = WORD.encode()
    else:
        planted[name] += b"<!--" + WORD.encode() + b"-->"
    try:
        copy = clean(documents.zipped(planted))
    except CannotClean:
        return
    assert not canaries.holds(copy.data) or Staying.PICTURE_NOT_READ in copy.staying


@pytest.mark.parametrize("kind", KINDS)
def test_a_plain_file_is_clean(kind: str) -> None:
    copy = clean(documents.zipped(parts(kind)))
    assert (copy.kind, copy.staying, copy.where) == (kind, (), ())
