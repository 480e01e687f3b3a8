"""How far characters and words advance in a font, as HarfBuzz has it, which comes in a package."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import uharfbuzz

EM = 1000
"""Advances are given in thousandths of the font size."""

Direction = Literal["ltr", "rtl"]


def characters(path: Path, index: int) -> dict[str, int]:
    """Return the advance of every character that a font has.

    Args:
        path: a font file (.ttf, .otf) or a collection of fonts (.ttc).
        index: the font's place in a collection, from 0; 0 for a single font.

    Returns:
        the characters with their horizontal advance in thousandths of the font size, of a variable font's default.
    """
    font = _font(path, index)
    return {
        chr(code): _in_thousandths(font.get_glyph_h_advance(font.get_nominal_glyph(code)), font)
        for code in font.face.unicodes
    }


def word(path: Path, index: int, text: str, direction: Direction) -> int:
    """Return the advance of a text whose letters change with their neighbours, in thousandths of the font size.

    Args:
        path: a font file, or a collection of fonts.
        index: the font's place in a collection, from 0.
        text: characters of one script, with punctuation; nothing advances by nothing.
        direction: how it runs.
    """
    font, buffer = _font(path, index), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = direction
    uharfbuzz.shape(font, buffer)
    glyphs = buffer.glyph_positions or ()  # None where there are none
    return _in_thousandths(sum(glyph.x_advance for glyph in glyphs), font)


@lru_cache(maxsize=32)
def _font(path: Path, index: int) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index))


def _in_thousandths(advance: int, font: uharfbuzz.Font) -> int:
    units: int = font.face.upem
    return round(advance * EM / units)
