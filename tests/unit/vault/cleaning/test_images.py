"""A picture's copy shows the same, the right way up, and says nothing."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from tests.unit.vault.cleaning import canaries

from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.jpeg import bare_jpeg
from safeconduct.vault.cleaning.results import CannotClean, Limits, Staying, Why

MADE: dict[str, Callable[[int], bytes]] = {
    "jpeg": canaries.jpeg,
    "png": canaries.png,
    "webp": canaries.webp,
    "tiff": canaries.tiff,
}


def shown(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("kind", MADE)
def test_nothing_that_is_said_about_a_picture_is_in_its_copy(kind: str) -> None:
    data = MADE[kind](1)
    assert canaries.holds(data)
    copy = clean(data)
    assert copy.kind == kind
    assert not canaries.holds(copy.data)
    assert copy.is_clean
    assert copy.original != copy.sha256
    again = Image.open(BytesIO(copy.data))
    # Those below are how a TIFF says its own size and form.
    assert not [tag for tag in again.getexif() if tag not in range(254, 347) or tag == 270]
    assert not {"comment", "xmp", "exif", "icc_profile", "photoshop"} & set(again.info)


@pytest.mark.parametrize("kind", ["png", "webp", "tiff"])
def test_every_pixel_is_kept(kind: str) -> None:
    data = MADE[kind](1)
    assert shown(clean(data).data).tobytes() == shown(data).tobytes()


@pytest.mark.parametrize("kind", MADE)
def test_the_copy_stands_as_the_camera_meant_it(kind: str) -> None:
    turned = shown(clean(MADE[kind](6)).data)
    straight = shown(MADE[kind](1))
    assert turned.size == straight.size[::-1]
    # Turned by a quarter to the right: the red corner is now the upper right one.
    red = turned.getpixel((turned.width - 1, 0))
    assert isinstance(red, tuple)
    assert red[0] > 200 > red[2]


def test_all_pages_of_a_tiff_are_kept() -> None:
    copy = Image.open(BytesIO(clean(canaries.tiff()).data))
    assert getattr(copy, "n_frames", 1) == 2


def test_a_single_gif_is_cleaned_and_a_moving_one_is_refused() -> None:
    copy = clean(canaries.gif())
    assert not canaries.holds(copy.data)
    out = BytesIO()
    frames = [canaries.picture(), Image.new("RGB", (8, 4))]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(CannotClean) as caught:
        clean(out.getvalue())
    assert caught.value.why is Why.ANIMATED


def test_a_devices_colours_become_common_ones_and_its_profile_goes() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = BytesIO()
    canaries.picture().save(out, "PNG", icc_profile=profile)
    copy = clean(out.getvalue())
    assert "icc_profile" not in Image.open(BytesIO(copy.data)).info
    assert copy.is_clean
    out = BytesIO()
    canaries.picture().save(out, "PNG", icc_profile=canaries.WORD.encode() * 20)
    copy = clean(out.getvalue())
    assert copy.staying == (Staying.COLOURS_MAY_DIFFER,)
    assert not canaries.holds(copy.data)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_other_kinds_of_pixels_are_cleaned(mode: str) -> None:
    image = canaries.picture().convert("L").convert(mode) if mode == "I;16" else None
    image = image or canaries.picture().convert(mode)
    out = BytesIO()
    image.save(out, "TIFF" if mode == "CMYK" else "PNG")
    copy = Image.open(BytesIO(clean(out.getvalue()).data))
    assert copy.size == (8, 4)
    if mode in ("1", "L", "LA", "RGBA", "I;16"):
        assert copy.tobytes() == image.tobytes()


def test_what_shines_through_stays_so() -> None:
    image = Image.new("P", (8, 4), 1)
    image.putpalette([0, 0, 0, 9, 9, 9])
    out = BytesIO()
    image.save(out, "PNG", transparency=1)
    copy = Image.open(BytesIO(clean(out.getvalue()).data))
    assert copy.mode == "RGBA"
    assert copy.getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_pixel_bomb_is_refused_before_it_is_decoded() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    with pytest.raises(CannotClean, match="limit") as caught:
        clean(bomb)
    assert caught.value.why is Why.TOO_MANY_PIXELS


def test_pages_count_together_against_the_limit() -> None:
    limits = Limits(pixels=40)
    assert clean(canaries.png(), limits=limits).kind == "png"
    with pytest.raises(CannotClean) as caught:
        clean(canaries.tiff(), limits=limits)
    assert caught.value.why is Why.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Why.UNKNOWN_FORMAT),
        (b"plain text", Why.UNKNOWN_FORMAT),
        (b"\0\0\0\x18ftypheic" + bytes(40), Why.DAMAGED),
        (b"\xff\xd8\xff\xe0" + bytes(40), Why.UNKNOWN_FORMAT),
        (b"x" * 2_000, Why.TOO_LARGE),
    ],
)
def test_what_cannot_be_cleaned_is_said(data: bytes, why: Why) -> None:
    with pytest.raises(CannotClean) as caught:
        clean(data, limits=Limits(file_bytes=1_000))
    assert caught.value.why is why


@settings(deadline=None)
@given(st.integers(0, 2_000))
def test_a_cut_picture_is_refused_or_cleaned_and_never_passes_a_word_on(at: int) -> None:
    for make in MADE.values():
        data = make(1)
        try:
            copy = clean(data[: at % len(data)])
        except CannotClean:
            continue
        assert not canaries.holds(copy.data)


def test_a_jpeg_within_a_file_keeps_its_scan_bit_for_bit() -> None:
    data = canaries.jpeg()
    bare = bare_jpeg(data)
    assert not canaries.holds(bare)
    assert shown(bare).tobytes() == shown(data).tobytes()
    out = BytesIO()
    canaries.picture(size=(64, 64)).save(out, "JPEG", progressive=True, restart_marker_rows=1)
    assert shown(bare_jpeg(out.getvalue())).tobytes() == shown(out.getvalue()).tobytes()
    for wrong in (b"", b"\xff\xd8\0", b"\xff\xd8\xff\xe0\0\1", data[:30]):
        with pytest.raises(CannotClean):
            bare_jpeg(wrong)


def test_colours_under_points_that_nobody_sees_go() -> None:
    image = Image.new("RGBA", (4, 1), (9, 8, 7, 255))
    image.putpixel((1, 0), (65, 66, 67, 0))
    image.putpixel((2, 0), (65, 66, 67, 1))
    for kind in ("PNG", "WEBP", "TIFF"):
        out = BytesIO()
        image.save(out, kind, **({"lossless": True, "exact": True} if kind == "WEBP" else {}))
        copy = Image.open(BytesIO(clean(out.getvalue()).data)).convert("RGBA")
        assert [copy.getpixel((x, 0)) for x in range(3)] == [
            (9, 8, 7, 255),
            (0, 0, 0, 0),
            (65, 66, 67, 1),
        ]
