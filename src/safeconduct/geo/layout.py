"""How the shipped gazetteer's five sections are laid out, for its reader and its builder.

    places   one fixed-size record per place, sorted by GeoNames identifier
    names    the places' names, each a varint length and UTF-8
    regions  a u32 offset per region, then each as a varint length and UTF-8 text: country code,
             region code and region name, separated by tabs
    zones    pairs of least and greatest offset from UTC in minutes; the first pair is "unknown"
    keys     u32 count of blocks, then a u32 offset per block, then the blocks

A block holds up to 32 folded names in byte order, each as: bytes shared with the name before,
bytes that follow, those bytes, count of places, and the places' record numbers as differences.
All numbers are little-endian; "varint" is seven bits a byte, least first. Nothing is compressed,
so that the same input gives the same bytes with every release of a compression library.
"""

from struct import Struct

MAGIC = b"SCGAZT01"
PLACE = Struct("<IiiIIHBx")
"""id, lat and lon in 1e-5 degrees, population, where the name stands, region, zone."""
ZONE = Struct("<hh")
UNKNOWN_ZONE = (32767, 32767)
DEGREE = 100_000
BLOCK = 32


def varint(number: int) -> bytes:
    """A number from 0 up, seven bits a byte, least first."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def read_varint(data: bytes | memoryview, at: int) -> tuple[int, int]:
    """The number that stands at an offset, and the offset after it."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
        shift += 7
