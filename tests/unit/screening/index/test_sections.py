import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from safeconduct.screening.index.sections import Array, IndexDamaged, packed, unpacked

ARRAYS = st.dictionaries(
    st.text("abc.", min_size=1, max_size=5),
    st.sampled_from([np.uint8, np.uint32, np.uint64, np.float32]).flatmap(
        lambda kind: hnp.arrays(kind, st.integers(0, 40))
    ),
    max_size=4,
)


@given(ARRAYS)
def test_what_is_packed_is_unpacked(arrays: dict[str, Array]) -> None:
    read = unpacked(memoryview(packed(arrays)))
    assert read.keys() == arrays.keys()
    for name, array in arrays.items():
        assert read[name].tobytes() == array.tobytes()
        assert read[name].dtype == array.dtype


def test_the_order_of_names_changes_nothing() -> None:
    one, two = np.arange(3, dtype=np.uint32), np.arange(5, dtype=np.uint8)
    assert packed({"a": one, "b": two}) == packed({"b": two, "a": one})


def test_arrays_start_at_multiples_of_64() -> None:
    data = packed({"a": np.arange(3, dtype=np.uint8), "b": np.arange(3, dtype=np.uint64)})
    assert data.index(np.arange(3, dtype=np.uint64).tobytes()) % 64 == 0


def test_another_file_is_refused() -> None:
    with pytest.raises(IndexDamaged, match="at its start"):
        unpacked(memoryview(b"PK\x03\x04 and so on"))


@given(st.integers(0, 400))
def test_a_cut_file_is_refused_or_reads_alike(length: int) -> None:
    whole = packed({"a": np.arange(50, dtype=np.uint32)})
    if length >= len(whole):
        return
    with pytest.raises(IndexDamaged):
        unpacked(memoryview(whole[:length]))
