"""Photographs without metadata: the same pixels, and nothing that is said about them."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from safeconduct.casefile.pictures import MOST_BYTES, PictureUnreadable, bare_picture

CANARY = "KANARIENVOGEL"


def picture(size: tuple[int, int] = (120, 160)) -> Image.Image:
    made = Image.new("RGB", size)
    made.putdata([(i * 7 % 256, i * 3 % 256, i % 256) for i in range(size[0] * size[1])])
    return made


def jpeg(*, orientation: int = 1, **how: object) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = CANARY
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = CANARY
    out = io.BytesIO()
    options: dict[str, object] = {"exif": exif, "comment": CANARY.encode(), "dpi": (300, 300)}
    picture().save(out, "JPEG", **{**options, **how})
    return out.getvalue()


def png() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", CANARY)
    said.add_itxt("Comment", CANARY)
    out = io.BytesIO()
    picture().save(out, "PNG", pnginfo=said, exif=Image.Exif(), dpi=(300, 300))
    return out.getvalue()


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize("data", [jpeg(), jpeg(progressive=True), png()], ids=["j", "p", "png"])
def test_the_pixels_stay_and_nothing_is_said_about_them(data: bytes) -> None:
    assert CANARY.encode() in data
    found = bare_picture(data)
    assert (found.width, found.height) == (120, 160)
    assert pixels(found.data) == pixels(data)
    assert CANARY.encode() not in found.data
    again = Image.open(io.BytesIO(found.data))
    assert not again.getexif()
    assert not {"comment", "Author", "dpi", "exif"} & set(again.info)
    assert bare_picture(found.data) == found


def test_what_stands_behind_the_end_is_gone() -> None:
    for data in (jpeg(), png()):
        assert CANARY.encode() not in bare_picture(data + b"\xff" + CANARY.encode()).data


def test_one_that_lies_on_its_side_is_refused() -> None:
    with pytest.raises(PictureUnreadable, match="upright"):
        bare_picture(jpeg(orientation=6))


def test_colours_for_print_are_refused() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (120, 120)).save(out, "JPEG")
    with pytest.raises(PictureUnreadable, match="RGB or grey"):
        bare_picture(out.getvalue())


@pytest.mark.parametrize("size", [(99, 200), (200, 4001)])
def test_too_small_and_too_large_are_refused(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("L", size).save(out, "PNG")
    with pytest.raises(PictureUnreadable, match="pixels on each side"):
        bare_picture(out.getvalue())
    with pytest.raises(PictureUnreadable, match="at most"):
        bare_picture(b"\xff\xd8" + bytes(MOST_BYTES))


@given(st.integers(0, len(png()) - 1), st.integers(1, 255))
def test_a_changed_png_is_refused_or_shows_the_same(place: int, by: int) -> None:
    data = bytearray(png())
    data[place] ^= by
    try:
        found = bare_picture(bytes(data))
    except PictureUnreadable:
        return
    assert pixels(found.data) == pixels(png())


@given(st.integers(0, 3000), st.binary(max_size=20))
def test_a_cut_or_hostile_file_is_refused_and_never_hangs(end: int, more: bytes) -> None:
    for data in (jpeg()[:end] + more, png()[:end] + more, more):
        with suppress(PictureUnreadable):
            assert bare_picture(data).data


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.7", b"\xff\xd8", b"\xff\xd8\xff\xd9"])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        bare_picture(data)
