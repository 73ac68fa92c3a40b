"""Merging the bytes of case documents: the result is written into the text of one side.

Its comments and layout stay. What stands in comments is no value and is not merged; whatever of it
is not in the result is handed back, so that somebody can keep it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import msgspec

from safeconduct.casefile.editing import append_item, bytes_like, remove, reorder, set_value
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import Mapping as MappingNode
from safeconduct.casefile.yamltree import Node, Scalar, decode, parse
from safeconduct.vault.revisions.merging import Choices, Merge, merge
from safeconduct.vault.revisions.trees import Tree, by_id, plain, tree_of

Place: TypeAlias = tuple[str | int, ...]


class NotWritten(SafeconductError):
    """The merged document could not be written into this side's text as it was merged."""


class MergedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A merged document, and what of the comments is not in it, or is in it still.

    `comments_left`: what the other side wrote. `comments_lost`: what our side had and what went
    with the parts that were removed or written anew. `comments_standing`: what the other side
    took out and ours still has.
    """

    document: bytes
    comments_left: tuple[str, ...]
    comments_lost: tuple[str, ...] = ()
    comments_standing: tuple[str, ...] = ()


def merge_documents(
    base: bytes, ours: bytes, theirs: bytes, *, chosen: Choices | None = None
) -> Merge:
    """Three documents in YAML → their merge (see `merging.merge`). Raises FileMistaken."""
    return merge(tree_of(base), tree_of(ours), tree_of(theirs), chosen=chosen)


def write_merged(base: bytes, ours: bytes, theirs: bytes, merged: Merge) -> MergedDocument:
    """The merge, once nothing is open, written into our text with as few changes as it takes.

    Items with an id stand in the merged order, the comments above and behind them with them.
    Raises ConflictsOpen, NotEditable, or NotWritten where the text would not say what was merged.
    """
    wanted = merged.document
    text = decode(ours)
    for place, value in tuple(_changes((), plain(parse(text)), wanted)):
        text = _changed(text, place, value)
    for place, order in _moves(plain(parse(text)), wanted):
        text = reorder(text, place, order)
    if plain(parse(text)) != wanted:
        raise NotWritten("the merged text does not say what was merged")
    return _with_comments(base, ours, theirs, text)


def _with_comments(base: bytes, ours: bytes, theirs: bytes, text: str) -> MergedDocument:
    """What of the comments is not in the text, by how often each stands."""
    was, mine, other = (comments(decode(one)) for one in (base, ours, theirs))
    now = comments(text)
    return MergedDocument(
        document=bytes_like(ours, text),
        comments_left=_more(_more(other, was), _more(mine, was)),
        comments_lost=_more(mine, now),
        comments_standing=_more(_more(was, other), _more(was, now)),
    )


def _more(those: Sequence[str], these: Sequence[str]) -> tuple[str, ...]:
    """What stands among those more often than among these, in its order."""
    left = Counter(these)
    left.subtract(those)
    return tuple(reversed(_taken(reversed(those), {one: -n for one, n in left.items() if n < 0})))


def _taken(those: Iterable[str], most: dict[str, int]) -> list[str]:
    found = []
    for one in those:
        if most.get(one, 0) > 0:
            most[one] -= 1
            found.append(one)
    return found


def comments(text: str) -> tuple[str, ...]:
    """The comments of a text in their order: what stands behind `#` outside of any value."""
    spans = [(0, 0), *sorted(_spans(parse(text))), (len(text), len(text))]
    between = (text[end:start] for (_, end), (start, _) in pairwise(spans))
    lines = (line for piece in between for line in piece.splitlines())
    return tuple(line.partition("#")[2].strip() for line in lines if "#" in line)


def _spans(node: Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, Scalar):
        yield node.span.start, node.span.end
    elif isinstance(node, MappingNode):
        for key, value in node.entries:
            yield key.span.start, key.span.end
            yield from _spans(value)
    else:
        for item in node.items:
            yield from _spans(item)


class _Remove:
    """Stands for the removal of what is at a place."""


class _Append(msgspec.Struct, frozen=True):
    """Stands for an item that is added to the list at a place."""

    item: Tree


_Change: TypeAlias = "Tree | _Remove | _Append"


def _changes(place: Place, old: Tree, new: Tree) -> Iterator[tuple[Place, _Change]]:
    """The edits that make `new` of `old`; of a list the last items first, so that numbers hold."""
    if _same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping) and old and new:
        for key in old:
            if key not in new:
                yield (*place, key), _Remove()
        for key, value in new.items():
            if key in old:
                yield from _changes((*place, key), old[key], value)
            else:
                yield (*place, key), value
        return
    before, after = by_id(old), by_id(new)
    if before and after and set(before) & set(after):
        yield from _item_changes(place, before, after)
        return
    yield place, new


def _item_changes(
    place: Place, old: Mapping[str, Mapping[str, Tree]], new: Mapping[str, Mapping[str, Tree]]
) -> Iterator[tuple[Place, _Change]]:
    for at, (name, item) in reversed(tuple(enumerate(old.items()))):
        if name in new:
            yield from _changes((*place, at), item, new[name])
        else:
            yield (*place, at), _Remove()
    for name, item in new.items():
        if name not in old:
            yield place, _Append(item)


def _changed(text: str, place: Place, change: _Change) -> str:
    if isinstance(change, _Remove):
        return remove(text, place)
    if isinstance(change, _Append):
        return append_item(text, place, change.item)
    return set_value(text, place, change)


def _moves(old: Tree, new: Tree, place: Place = ()) -> Iterator[tuple[Place, tuple[int, ...]]]:
    """The lists whose items with an id stand in another order than they should; the outer last."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key, value in old.items():
            yield from _moves(value, new.get(key), (*place, key))
        return
    before, after = by_id(old), by_id(new)
    if not before or not after or set(before) != set(after):
        return
    names = list(before)
    for at, name in enumerate(names):
        yield from _moves(before[name], after[name], (*place, at))
    if names != list(after):
        yield place, tuple(names.index(name) for name in after)


def _same(one: Tree, other: Tree) -> bool:
    """Do two trees say the same? The order of keys, and of items with an id, says nothing."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return set(one) == set(other) and all(_same(one[key], other[key]) for key in one)
    ones, others = by_id(one), by_id(other)
    if ones is not None and others is not None:
        return _same(ones, others)
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other
