"""Files with a marked word wherever a format has room for one, and a search that unpacks."""

import zlib
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pikepdf
from PIL import Image, PngImagePlugin

WORD = "kanarienvogel"


def spellings() -> tuple[bytes, ...]:
    """The word as bytes in the ways in which formats write texts."""
    return (
        WORD.encode(),
        WORD.encode("utf-16-le"),
        WORD.encode("utf-16-be"),
        WORD.encode().hex().encode(),
    )


def holds(data: bytes) -> bool:
    """Is the word in the bytes, in any part of an archive, or in any stream of a PDF?"""
    lowered = data.lower()
    if any(word in lowered for word in spellings()):
        return True
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as archive:
            return any(
                holds(archive.read(one)) or holds(one.filename.encode())
                for one in archive.infolist()
            )
    if data.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(data)) as pdf:
            return any(
                any(word in text.lower() for word in spellings())
                for one in pdf.objects
                for text in _texts(one)
            )
    return False


def _texts(found: pikepdf.Object) -> list[bytes]:
    if not isinstance(found, pikepdf.Stream):
        return [found.unparse(resolved=True)]
    texts = [found.read_raw_bytes()]
    for key, value in found.items():
        direct = isinstance(value, pikepdf.Object) and not value.is_indirect
        texts += [key.encode(), value.unparse() if direct else str(value).encode()]
    try:
        texts.append(found.read_bytes())
    except pikepdf.PdfError:
        texts.append(b"")
    return texts


def picture(kind: str = "JPEG", size: tuple[int, int] = (8, 4)) -> Image.Image:
    """A picture whose left upper corner alone is red."""
    image = Image.new("RGB", size, (0, 0, 255))
    for x in range(size[0] // 2):
        for y in range(size[1] // 2):
            image.putpixel((x, y), (255, 0, 0))
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """A camera's words, with an orientation."""
    made = Image.Exif()
    made[0x0112] = orientation
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        made[tag] = WORD
    made.get_ifd(0x8825)[29] = WORD
    made.get_ifd(0x8769)[0x9286] = WORD.encode()
    return made


def jpeg(orientation: int = 1) -> bytes:
    """A JPEG with EXIF, XMP, a comment, a profile's name, and more behind its end."""
    out = BytesIO()
    picture(size=(64, 32)).save(
        out,
        "JPEG",
        exif=exif(orientation),
        comment=WORD.encode(),
        xmp=f"<x:xmpmeta>{WORD}</x:xmpmeta>".encode(),
        quality=95,
    )
    data = out.getvalue()
    iptc = b"Photoshop 3.0\0" + WORD.encode()
    segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    return data[:2] + segment + data[2:] + WORD.encode()


def png(orientation: int = 1) -> bytes:
    """A PNG with texts of all three kinds, EXIF, and more behind its end."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", WORD)
    texts.add_text("Author", WORD, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", WORD)
    out = BytesIO()
    picture().save(out, "PNG", pnginfo=texts, exif=exif(orientation))
    return out.getvalue() + WORD.encode()


def webp(orientation: int = 1) -> bytes:
    """A WebP with EXIF and XMP."""
    out = BytesIO()
    picture().save(out, "WEBP", lossless=True, exif=exif(orientation), xmp=WORD.encode())
    return out.getvalue()


def tiff(orientation: int = 1) -> bytes:
    """Two pages of TIFF with their tags."""
    out = BytesIO()
    pages = [picture(), picture()]
    pages[0].save(
        out,
        "TIFF",
        save_all=True,
        append_images=pages[1:],
        tiffinfo={270: WORD, 305: WORD, 315: WORD, 33432: WORD, 274: orientation},
    )
    return out.getvalue() + WORD.encode()


def gif() -> bytes:
    """One picture and a comment."""
    out = BytesIO()
    picture().save(out, "GIF", comment=WORD.encode())
    return out.getvalue()


def deflated(data: bytes) -> bytes:
    """As a PDF deflates it."""
    return zlib.compress(data)
