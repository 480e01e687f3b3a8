"""What an OpenType font file says of its characters: which it has, and how far each advances (OpenType 1.9).

Read once for each font, so that a line can be measured by adding numbers up instead of asking a shaping engine.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

EM = 1000
"""Advances are given in thousandths of the font size."""

_MISSING_GLYPH = 0


def advances(path: Path, index: int) -> dict[str, int]:
    """Return the advance of every character that a font has.

    Args:
        path: a font file (.ttf, .otf) or a collection of fonts (.ttc).
        index: the font's place in a collection, from 0; 0 for a single font.

    Returns:
        the characters with their horizontal advance in thousandths of the font size, of a variable font's default.

    Raises:
        ValueError: the font has no cmap subtable of format 12 (all of Unicode).
    """
    data = path.read_bytes()
    tables = _tables(data, index)
    (units,) = struct.unpack_from(">H", data, tables["head"] + 18)
    widths = _glyph_widths(data, tables)
    return {
        chr(code): round(widths[min(glyph, len(widths) - 1)] * EM / units)
        for code, glyph in _glyphs(data, _full_subtable(data, tables["cmap"]))
        if glyph != _MISSING_GLYPH
    }


def _tables(data: bytes, index: int) -> dict[str, int]:
    """Return the offset of each table of a font (OpenType, "Organization of an OpenType Font")."""
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data.startswith(b"ttcf") else 0
    (count,) = struct.unpack_from(">H", data, start + 4)
    entries = (struct.unpack_from(">4sIII", data, start + 12 + 16 * number) for number in range(count))
    return {tag.decode("latin-1"): offset for tag, _checksum, offset, _length in entries}


def _glyph_widths(data: bytes, tables: dict[str, int]) -> tuple[int, ...]:
    """Return the advances by glyph in font units (hmtx); all glyphs after the last one advance like it."""
    (count,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
    return struct.unpack_from(">" + "Hh" * count, data, tables["hmtx"])[::2]


def _full_subtable(data: bytes, cmap: int) -> int:
    """Return where the subtable stands that covers all of Unicode (cmap, format 12: "Segmented coverage")."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", data, cmap + 4 + 8 * number + 4)
        if struct.unpack_from(">H", data, cmap + offset) == (12,):
            return cmap + int(offset)
    raise ValueError("the font has no cmap subtable of format 12")


def _glyphs(data: bytes, subtable: int) -> Iterator[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", data, subtable + 12)
    for number in range(groups):
        first, last, glyph = struct.unpack_from(">III", data, subtable + 16 + 12 * number)
        yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)
