"""How many bytes the points of a PDF's picture have; what stands behind them is cut off."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object, Stream

_COLOURS = {
    "/DeviceGray": 1,
    "/CalGray": 1,
    "/G": 1,
    "/Indexed": 1,
    "/I": 1,
    "/Separation": 1,
    "/DeviceRGB": 3,
    "/CalRGB": 3,
    "/RGB": 3,
    "/Lab": 3,
    "/DeviceCMYK": 4,
    "/CMYK": 4,
}
_MOST_COLOURS = 32


def cut_behind_picture(stream: "Stream") -> None:
    """Cuts the bytes off that no point of the picture is made of, in place."""
    wide, high = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    is_stencil = bool(stream.get("/ImageMask", False))
    bits = 1 if is_stencil else int(stream.get("/BitsPerComponent", 8))
    colours = 1 if is_stencil else colour_count(stream.get("/ColorSpace"))
    points = (wide * bits * colours + 7) // 8 * high
    data = stream.read_bytes()
    if len(data) > points:
        stream.write(data[:points])


def colour_count(space: "Object | None") -> int:
    """How many numbers one point has; the most that there may be where it is not known."""
    from pikepdf import Array, Name

    if isinstance(space, Name):
        return _COLOURS.get(str(space), _MOST_COLOURS)
    if not isinstance(space, Array) or not len(space):
        return _MOST_COLOURS
    kind = str(space[0])
    if kind == "/ICCBased":
        return int(space[1].get("/N", _MOST_COLOURS))
    return len(space[1]) if kind == "/DeviceN" else _COLOURS.get(kind, _MOST_COLOURS)
