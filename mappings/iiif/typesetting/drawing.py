"""Page images of typeset pages: the same bytes for the same layout, fonts and imaging library.

Each character is drawn by itself, where its box is, so that a host's shaping library has no part in it. That is asked
only for what is more than one character to a font: words of scripts whose letters change with their neighbours, old
Hangul, letters with marks that have no composed form.
"""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from mappings.iiif.typesetting.advances import EM
from mappings.iiif.typesetting.bidi import MIRRORED
from mappings.iiif.typesetting.characters import UNSEEN
from mappings.iiif.typesetting.faces import ARABIC, EAST_ASIAN, OTHERS, SERIF, can_shape, font
from mappings.iiif.typesetting.line import Line
from mappings.iiif.typesetting.measure import FRAME_MARGIN, FRAMED, code_point, width
from mappings.iiif.typesetting.pages import Layout
from mappings.iiif.typesetting.placement import Placed, standing

NOTE = "Typeset text, not an image of the original"
"""What every page says of itself at its foot."""

_BLACK, _GREY, _WHITE = 0, 96, 255
_NOTE_SIZE = 20
_HEAD_LINE = 80
"""How far the line at the head stands below the top edge, in pixels."""

_NUMBER_LINE, _NOTE_LINE = 96, 60
"""How far the lines at the foot stand above the bottom edge, in pixels."""

_BASELINE = 0.70
"""Where letters stand in a line's box, from its top."""

_THUMBNAIL_SCALE = 4


def draw(layout: Layout, number: int) -> bytes:
    """Return a page as a grey JPEG.

    Args:
        layout: the text set in pages.
        number: the page, counted from 1.

    Raises:
        IndexError: there is no such page.
    """
    return _jpeg(_page(layout, number))


def thumbnail_size(layout: Layout) -> tuple[int, int]:
    """Return the width and height of a thumbnail in pixels; it fits into 300 x 400.

    Args:
        layout: the text set in pages.
    """
    return layout.width // _THUMBNAIL_SCALE, layout.height // _THUMBNAIL_SCALE


def thumbnail(layout: Layout, number: int) -> bytes:
    """Return a page as a small grey JPEG of the thumbnail's size.

    Args:
        layout: the text set in pages.
        number: the page, counted from 1.

    Raises:
        IndexError: there is no such page.
    """
    return _jpeg(_page(layout, number).reduce(_THUMBNAIL_SCALE))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return a short string that changes when pages may: with fonts, imaging library, shaping, the rules in here."""
    fonts = [face.path for face in (SERIF, ARABIC, EAST_ASIAN[0], *OTHERS)]
    rules = sorted(Path(__file__).parent.glob("*.py"))
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (*fonts, *rules)]
    return hashlib.sha256(
        "\n".join([version("pillow"), version("uharfbuzz"), str(can_shape()), *contents]).encode()
    ).hexdigest()[:16]


def _jpeg(image: Image.Image) -> bytes:
    output = BytesIO()
    image.save(output, "JPEG", quality=85)
    return output.getvalue()


def _page(layout: Layout, number: int) -> Image.Image:
    if not 1 <= number <= len(layout.pages):
        raise IndexError(f"there is no page {number} of {len(layout.pages)}")
    image = Image.new("L", (layout.width, layout.height), _WHITE)
    pen = ImageDraw.Draw(image)
    for line in layout.pages[number - 1].lines:
        _draw_line(pen, line)
    count = len(layout.pages)
    _draw_centred(pen, layout, layout.name, _HEAD_LINE)
    _draw_centred(pen, layout, f"{number} / {count}" if count > 1 else "", layout.height - _NUMBER_LINE)
    _draw_centred(pen, layout, NOTE, layout.height - _NOTE_LINE)
    return image


def _draw_centred(pen: ImageDraw.ImageDraw, layout: Layout, text: str, baseline: int) -> None:
    left = (layout.width - width(text, 0) * _NOTE_SIZE / EM) / 2
    _draw_note(pen, text, (left, baseline), _NOTE_SIZE, _GREY)


def _draw_note(pen: ImageDraw.ImageDraw, text: str, place: tuple[float, int], size: int, fill: int) -> None:
    """Draw a text of the serif face from its left end on the baseline."""
    left, baseline = place
    right = left + width(text, 0) * size / EM
    _draw_piece(pen, Placed(text, SERIF, 0, left, right, right_to_left=False), baseline, size, fill)


def _draw_line(pen: ImageDraw.ImageDraw, line: Line) -> None:
    baseline = line.y + round(line.height * _BASELINE)
    for piece in line.placed:
        if piece.face:
            _draw_piece(pen, piece, baseline, line.size, _BLACK)
        else:
            _draw_code_point(pen, piece, baseline, line.size)


def _draw_piece(pen: ImageDraw.ImageDraw, piece: Placed, baseline: int, size: int, fill: int) -> None:
    """Draw the signs of a piece, each in its place."""
    face = piece.face or SERIF
    direction = "rtl" if piece.right_to_left else "ltr"
    for sign, (left, _) in standing(piece):
        if len(sign.drawn) > 1 and can_shape():
            style = font(face, size, ImageFont.Layout.RAQM)
            pen.text((left, baseline), sign.drawn, fill=fill, font=style, anchor="ls", direction=direction)
        else:
            drawn = sign.drawn.translate(MIRRORED) if piece.right_to_left else sign.drawn
            _draw_characters(pen, drawn, (left, baseline), font(face, size), fill)


def _draw_characters(
    pen: ImageDraw.ImageDraw, text: str, place: tuple[float, int], style: ImageFont.FreeTypeFont, fill: int
) -> None:
    """Draw a character and, if marks follow it that cannot be placed, each of these where the font puts it."""
    left, baseline = place
    for character in UNSEEN.sub("", text).strip():
        pen.text((left, baseline), character, fill=fill, font=style, anchor="ls")
        left += style.getlength(character)


def _draw_code_point(pen: ImageDraw.ImageDraw, piece: Placed, baseline: int, size: int) -> None:
    """Draw the code point of a character that we cannot draw, in a frame (never an empty box)."""
    margin = FRAME_MARGIN * size / EM
    _draw_note(pen, code_point(piece.text), (piece.left + margin, baseline), size * FRAMED // EM, _BLACK)
    frame = (piece.left + 1, baseline - size * 6 // 10, piece.right - 1, baseline + size * 2 // 10)
    pen.rectangle(frame, outline=_BLACK)
