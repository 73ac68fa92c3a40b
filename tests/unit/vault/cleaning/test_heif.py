"""A phone's photograph keeps each bit of its picture and loses all that is said about it.

AVIF stands for HEIC too: both lie in the same boxes, and a free encoder is here for AVIF only.
"""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, features
from tests.unit.vault.cleaning import canaries

from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.results import CannotClean, Staying, Why

pytestmark = pytest.mark.skipif(
    not features.check("avif"), reason="this build of Pillow writes no AVIF"
)


def avif(orientation: int = 1, **more: object) -> bytes:
    out = BytesIO()
    image = canaries.picture(size=(64, 32)).convert(str(more.pop("mode", "RGB")))
    exif = canaries.exif(orientation)
    image.save(out, "AVIF", quality=95, exif=exif, xmp=canaries.WORD.encode(), **more)
    return out.getvalue()


def shown(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_each_bit_of_the_picture_is_kept_and_no_word_about_it(mode: str) -> None:
    data = avif(mode=mode)
    assert canaries.holds(data)
    copy = clean(data)
    assert copy.kind == "avif"
    assert copy.staying == (Staying.PICTURE_NOT_READ,)
    assert not canaries.holds(copy.data)
    assert len(copy.data) == len(data)
    assert shown(copy.data).tobytes() == shown(data).tobytes()
    assert not {"exif", "xmp"} & set(shown(copy.data).info)


def test_the_copy_stands_as_the_camera_meant_it() -> None:
    # Pillow shows the property that turns a picture as if it were EXIF.
    turned = ImageOps.exif_transpose(shown(clean(avif(6)).data))
    assert turned.size == (32, 64)
    red = turned.getpixel((31, 0))
    assert isinstance(red, tuple)
    assert red[0] > 200 > red[2]


def test_a_devices_profile_goes_and_it_is_said() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = avif(icc_profile=profile)
    assert profile in data
    copy = clean(data)
    assert copy.staying == (Staying.COLOURS_MAY_DIFFER, Staying.PICTURE_NOT_READ)
    assert profile not in copy.data
    assert shown(copy.data).size == (64, 32)


def test_boxes_of_others_and_bytes_that_no_picture_names_become_noughts() -> None:
    word = canaries.WORD.encode()
    box = (8 + 16 + len(word)).to_bytes(4, "big") + b"uuid" + bytes(16) + word
    behind = (8 + len(word)).to_bytes(4, "big") + b"mdat" + word
    copy = clean(avif() + box + behind)
    assert not canaries.holds(copy.data)
    assert shown(copy.data).size == (64, 32)


def test_moving_pictures_and_a_file_without_a_picture_are_refused() -> None:
    moving = avif() + (8).to_bytes(4, "big") + b"moov"
    with pytest.raises(CannotClean) as caught:
        clean(moving)
    assert caught.value.why is Why.ANIMATED
    for wrong in (avif()[:32], avif()[:60], b"\0\0\0\x14ftypheic" + bytes(8)):
        with pytest.raises(CannotClean):
            clean(wrong)
    with pytest.raises(CannotClean) as caught:
        clean(avif().replace(b"av01\0", b"Exif\0", 1).replace(b"infe\2\0\0\0\0\1\0\0av01", b"", 1))
    assert caught.value.why is Why.DAMAGED


@settings(deadline=None)
@given(st.integers(0, 2_000), st.integers(1, 255))
def test_a_damaged_file_is_refused_or_copied_and_nothing_else(at: int, change: int) -> None:
    data = bytearray(SMALL)
    data[at % len(data)] ^= change
    try:
        copy = clean(bytes(data))
    except CannotClean:
        return
    assert len(copy.data) == len(data) or copy.kind != "avif"


@settings(deadline=None)
@given(st.integers(0, 2_000))
def test_a_cut_file_is_refused_or_says_nothing(at: int) -> None:
    try:
        copy = clean(SMALL[: at % len(SMALL)])
    except CannotClean:
        return
    assert not canaries.holds(copy.data)


SMALL = avif() if features.check("avif") else b""
