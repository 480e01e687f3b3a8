"""Page images of typeset pages: the same bytes for the same layout, fonts and imaging library."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from mappings.iiif.typesetting.characters import STEERING
from mappings.iiif.typesetting.faces import ARABIC, EAST_ASIAN, SERIF, font
from mappings.iiif.typesetting.font_tables import EM
from mappings.iiif.typesetting.line import Line
from mappings.iiif.typesetting.measure import ADDITIVE, FRAME_MARGIN, FRAMED, code_point
from mappings.iiif.typesetting.pages import Layout
from mappings.iiif.typesetting.placement import Placed

NOTE = "Typeset text, not an image of the original"
"""What every page says of itself at its foot."""

_BLACK, _GREY, _WHITE = 0, 96, 255
_NOTE_SIZE = 20
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
    """Return a short string that changes when pages may: with a font file, the imaging library, the rules in here."""
    fonts = [face.path for face in (SERIF, ARABIC, EAST_ASIAN[0])]
    rules = sorted(Path(__file__).parent.glob("*.py"))
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (*fonts, *rules)]
    return hashlib.sha256("\n".join([version("pillow"), *contents]).encode()).hexdigest()[:16]


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
    _draw_foot(pen, layout, f"{number} / {len(layout.pages)}")
    return image


def _draw_foot(pen: ImageDraw.ImageDraw, layout: Layout, number: str) -> None:
    face = font(SERIF, _NOTE_SIZE)
    for text, height in ((number, _NUMBER_LINE), (NOTE, _NOTE_LINE)):
        pen.text((layout.width // 2, layout.height - height), text, fill=_GREY, font=face, anchor="ms")


def _draw_line(pen: ImageDraw.ImageDraw, line: Line) -> None:
    baseline = line.y + round(line.height * _BASELINE)
    for piece in line.placed:
        if piece.face:
            _draw_piece(pen, piece, baseline, line.size)
        else:
            _draw_code_point(pen, piece, baseline, line.size)


def _draw_piece(pen: ImageDraw.ImageDraw, piece: Placed, baseline: int, size: int) -> None:
    text = STEERING.sub("", piece.text)
    if not text or not piece.face:
        return
    direction = "rtl" if piece.right_to_left else "ltr"
    style = font(piece.face, size)
    pen.text((piece.left, baseline), text, fill=_BLACK, font=style, anchor="ls", direction=direction, features=ADDITIVE)


def _draw_code_point(pen: ImageDraw.ImageDraw, piece: Placed, baseline: int, size: int) -> None:
    """Draw the code point of a character that no font has, in a frame (never an empty box)."""
    style = font(SERIF, size * FRAMED // EM)
    margin = FRAME_MARGIN * size // EM
    pen.text((piece.left + margin, baseline), code_point(piece.text), fill=_BLACK, font=style, anchor="ls")
    frame = (piece.left + 1, baseline - size * 6 // 10, piece.right - 1, baseline + size * 2 // 10)
    pen.rectangle(frame, outline=_BLACK)
