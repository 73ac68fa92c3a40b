"""Pictures: the pixels alone are written anew, turned as the camera meant them.

EXIF, XMP, IPTC, comments, thumbnails, profiles, further pictures and bytes behind the end have no
way into the copy. The pixels themselves are kept: a sensor's noise and a watermark stay.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from safeconduct.vault.cleaning.results import Bare, CannotClean, Limits, Staying, Why

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")
# Each as near to the original as the format can be.
_SAVED: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 95, "subsampling": "4:4:4"},
    "PNG": {},
    "WEBP": {"lossless": True, "exact": True},
    "TIFF": {"compression": "tiff_adobe_deflate"},
    "GIF": {},
    "BMP": {},
}
_PLAIN = ("1", "L", "LA", "RGB", "RGBA", "I;16", "I", "F")
_OPAQUE = ("JPEG", "BMP")


def clean_image(data: bytes, limits: Limits) -> Bare:
    """A JPEG, PNG, WebP, TIFF, GIF or BMP → the same format with nothing but its pixels.

    Raises CannotClean: too many pixels (asked before any is decoded), moving, damaged, unknown.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # The limit is ours; Pillow warns at another.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                return _cleaned(image, limits)
    except UnidentifiedImageError:
        raise CannotClean(Why.UNKNOWN_FORMAT) from None
    except Image.DecompressionBombError:
        raise CannotClean(Why.TOO_MANY_PIXELS, f"limit {limits.pixels}") from None
    except CannotClean:
        raise
    except Exception as error:  # a hostile file makes Pillow raise nearly anything
        raise CannotClean(Why.DAMAGED, type(error).__name__) from None


def _cleaned(image: "Image", limits: Limits) -> Bare:
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    _within(image, limits)
    staying: set[Staying] = set()
    pages = [_bare(page, kind, staying) for page in _pages(image, kind, limits)]
    out = BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(out, format=kind, **{**_SAVED[kind], **more})
    return Bare(
        kind=kind.lower(),
        data=out.getvalue(),
        removed=frozenset({"metadata"}),
        staying=frozenset(staying),
    )


def _pages(image: "Image", kind: str, limits: Limits) -> Iterator["Image"]:
    count = getattr(image, "n_frames", 1)
    if count > 1 and kind in ("PNG", "WEBP", "GIF"):
        raise CannotClean(Why.ANIMATED, f"{count} pictures")
    left = limits.pixels
    # A photograph's second picture (MPO) is the camera's own: depth, a thumbnail, another eye.
    for number in range(count if kind == "TIFF" else 1):
        image.seek(number)
        left -= image.width * image.height
        if left < 0:
            raise CannotClean(Why.TOO_MANY_PIXELS, f"limit {limits.pixels}")
        yield image


def _within(image: "Image", limits: Limits) -> None:
    if image.width * image.height > limits.pixels:
        raise CannotClean(Why.TOO_MANY_PIXELS, f"limit {limits.pixels}")


def _bare(page: "Image", kind: str, staying: set[Staying]) -> "Image":
    """A new picture that has got only the pixels."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(page)
    if "transparency" in turned.info and kind not in _OPAQUE:
        turned = turned.convert("RGBA")
    elif turned.mode.startswith("I;16") and turned.mode not in _PLAIN:
        turned = turned.convert("I")
    elif turned.mode not in _PLAIN and turned.mode != "CMYK":
        turned = turned.convert("RGBA" if turned.mode in ("PA", "La", "RGBa") else "RGB")
    turned = _without_hidden(_in_common_colours(turned, page.info.get("icc_profile"), staying))
    return Image.frombytes(turned.mode, turned.size, turned.tobytes())


def _without_hidden(image: "Image") -> "Image":
    """The picture without the colours of points that nobody sees, where one could be hidden."""
    from PIL import Image

    if image.mode not in ("RGBA", "LA"):
        return image
    seen = image.getchannel("A").point(lambda alpha: 255 if alpha else 0)
    return Image.composite(image, Image.new(image.mode, image.size, 0), seen)


def _in_common_colours(image: "Image", profile: object, staying: set[Staying]) -> "Image":
    """The picture in sRGB, since its own profile names the device and does not go along."""
    from PIL import ImageCms

    if isinstance(profile, bytes) and profile and image.mode in ("RGB", "CMYK"):
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            staying.add(Staying.COLOURS_MAY_DIFFER)
        else:
            return turned or image.convert("RGB")
    elif profile:
        staying.add(Staying.COLOURS_MAY_DIFFER)
    return image.convert("RGB") if image.mode == "CMYK" else image
