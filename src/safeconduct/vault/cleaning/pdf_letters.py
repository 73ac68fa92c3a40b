"""How a PDF's letters are read by programs: the tables of numbers alone, written anew.

Such a table is a small program with a name, remarks and texts; of these nothing is kept.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Stream

_BLOCK = re.compile(rb"begin(codespacerange|bfchar|bfrange)\b(.*?)\bend\1", re.DOTALL)
_PIECE = re.compile(rb"<[0-9A-Fa-f\s]{0,16}>|[\[\]]")
_ANY = re.compile(rb"<[^>]*>|[\[\]]|[^\s<>\[\]]+")
_HEAD = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
"""
_END = b"endcmap CMapName currentdict /CMap defineresource pop end end\n"


def plain_letters(table: bytes) -> bytes:
    """A table from letters to text → the same with nothing but its numbers.

    A letter stands for a few signs: a block in which one stands for more is left out.
    """
    out = bytearray(_HEAD)
    for block in _BLOCK.finditer(re.sub(rb"%[^\r\n]*", b"", table)):
        kind, inside = block[1], block[2]
        pieces = _ANY.findall(inside)
        if not pieces or not all(_PIECE.fullmatch(one) for one in pieces):
            continue
        whole = [one for one in pieces if one not in b"[]"]
        step = 2 if kind != b"bfrange" else 3
        count = len(whole) // step if b"[" not in pieces else inside.count(b"[")
        out += b"%d begin%b\n%b\nend%b\n" % (max(count, 1), kind, b" ".join(pieces), kind)
    return bytes(out + _END)


def rewrite_letters(stream: "Stream") -> None:
    """Rewrites a font's table in place."""
    stream.write(plain_letters(stream.read_bytes()))
