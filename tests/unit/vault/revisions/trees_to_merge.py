"""Small documents for merges: keys and ids are few, so that two sides often meet."""

from typing import Any

from hypothesis import strategies as st

Plain = Any
IDS = ("c1", "c2", "c3", "c10")
scalars = st.sampled_from(["", "a", "b", None, True])
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["when", "where"]), inner, max_size=2),
    ),
    max_leaves=4,
)
fields = st.dictionaries(st.sampled_from(["text", "when"]), values, max_size=2)
item_lists = st.lists(
    st.builds(lambda name, more: {"id": name, **more}, st.sampled_from(IDS), fields),
    max_size=4,
    unique_by=lambda item: str(item["id"]),
)
documents = st.fixed_dictionaries(
    {}, optional={"claims": item_lists, "title": values, "notes": item_lists, "gaps": values}
)


def leaves(tree: Plain, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Plain]:
    """Every place of a document: the value that stands there as one whole, or what holds others."""
    if isinstance(tree, dict):
        holder, inner = "a mapping", list(tree.items())
    elif is_items(tree):
        holder, inner = "a list of items", [(item["id"], item) for item in tree]
    else:
        return {path: [tree]}
    found: dict[tuple[str, ...], Plain] = {path: holder}
    for key, value in inner:
        found |= leaves(value, (*path, key))
    return found


def is_items(tree: Plain) -> bool:
    """Is it a list whose items have ids, each its own?"""
    if not isinstance(tree, list):
        return False
    names = [item.get("id") if isinstance(item, dict) else None for item in tree]
    return all(isinstance(one, str) and one for one in names) and len(set(names)) == len(names)
