"""The pages of a PDF, drawn as page images into the media folder.

A drawn image says in its comment what it was drawn from, so that a load that is repeated draws nothing again.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import file_digest
from itertools import groupby
from pathlib import Path

from PIL import Image, UnidentifiedImageError
from pypdfium2 import PdfBitmap, raw

from records import pdf
from records.model import Page, Range
from records.ocr.page import Scan
from records.pdf import PDF, PDFError
from server.arrivals import Arrival

RESOLUTION = 300
"""Dots per inch of a drawn page."""

LARGEST = 4000
"""Pixels of its longer side; a page larger than A4 is drawn with fewer dots per inch."""

QUALITY = 85
"""Of the JPEG: letters are sharp, and a page of text takes a megabyte."""


def take(path: Path, stated: Page, before: int, kept: Arrival | None) -> Iterator[tuple[Page, Scan]]:
    """Yield each page of a PDF with its size in pixels, one after the other.

    A page is labelled by what the PDF calls it; where it has no word for it, the label that is stated for the file is
    that of its only page.

    Args:
        path: the PDF.
        stated: what is stated of it; holds for each page.
        before: how many pages the record has before it.
        kept: takes what is drawn, as 1.jpg, 2.jpg and so on; None if they are only measured.

    Raises:
        PDFError: the PDF or a page of it cannot be read or drawn; says why, and the remedy.
    """
    with PDF(path) as document:
        for number in range(1, len(document) + 1):
            width, height = _size(document, number)
            name = f"{before + number}.jpg"
            if kept:
                _draw(document, number, kept, name, (width, height))
            changed = {
                "file": name,
                "ocr": None,
                "width": width,
                "height": height,
                "media_type": "image/jpeg",
                "label": document.label(number) or (stated.label if len(document) == 1 else None),
            }
            yield stated.model_copy(update=changed), Scan(width, height, number, len(document))


def check(path: Path) -> None:
    """Look whether a file can be offered as a PDF.

    Raises:
        PDFError: it cannot be opened; says why, and the remedy.
    """
    with PDF(path):
        pass


def structures(paths: Sequence[Path | None]) -> tuple[Range, ...]:
    """Return the table of contents that the outlines of PDFs give.

    Args:
        paths: the file that each page of the record comes from.

    Raises:
        PDFError: a PDF cannot be read.
    """
    found: list[Range] = []
    before = 0
    for path, group in groupby(paths):
        if path and path.suffix.lower() == pdf.ENDING:
            with PDF(path) as document:
                found += [_moved(entry, before) for entry in document.outline()]
        before += len(list(group))
    return tuple(found)


def _moved(entry: Range, before: int) -> Range:
    """Return an entry whose pages stand behind others."""
    pages = tuple(page + before for page in entry.pages)
    return entry.model_copy(update={"pages": pages, "ranges": tuple(_moved(inner, before) for inner in entry.ranges)})


def _size(document: PDF, number: int) -> tuple[int, int]:
    width, height = document.size(number)
    scale = min(RESOLUTION / 72, LARGEST / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _draw(document: PDF, number: int, kept: Arrival, name: str, size: tuple[int, int]) -> None:
    """Draw a page as JPEG, whole or not at all, unless it is there as it would be drawn."""
    drawn_from = f"{_digest(document.path)} page {number}, {size[0]}x{size[1]}, pdfium {pdf.VERSION}".encode()
    if _comment(kept.folder / name) == drawn_from:
        return
    try:
        with kept.file(name) as made:
            _drawn(document, number, size).save(made, "JPEG", quality=QUALITY, comment=drawn_from)
    except OSError as error:
        raise PDFError(
            f"page {number} of {document.path.name!r} cannot be drawn into {kept.folder} ({error}); make room, or "
            f"give the right to"
        ) from None


def _drawn(document: PDF, number: int, size: tuple[int, int]) -> Image.Image:
    """Return a page on white, with its annotations and what stands in its forms."""
    area = (0, 0, *size)
    with document.page(number) as page:
        bitmap = PdfBitmap.new_native(*size, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), *area)
        raw.FPDF_RenderPageBitmap(bitmap, page, *area, 0, raw.FPDF_ANNOT)
        if page.formenv:
            raw.FPDF_FFLDraw(page.formenv, bitmap, page, *area, 0, raw.FPDF_ANNOT)
    image: Image.Image = bitmap.to_pil()
    bitmap.close()
    return image


def _comment(path: Path) -> object:
    """Return the comment of an image file; None if there is no such file, or it is no image."""
    try:
        with Image.open(path) as image:
            return image.info.get("comment")
    except (OSError, UnidentifiedImageError):
        return None


def _digest(path: Path) -> str:
    status = path.stat()
    return _digested(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=1)
def _digested(path: Path, _changed: int, _size: int) -> str:
    """Return the digest of a file, made once for all its pages."""
    with path.open("rb") as file:
        return file_digest(file, "blake2b").hexdigest()[:32]
