"""The text of a page image, with the box of each word: ALTO and hOCR beside the image, or the text layer of a PDF."""

from collections.abc import Sequence
from pathlib import Path

from records import pdf
from records.ocr import alto, hocr
from records.ocr.page import LARGEST, OCRError, Page
from records.ocr.text_layer import TextLayer

ENDINGS = (".alto.xml", ".xml", ".hocr", ".html", ".hocr.html")
"""What the name of an image ends in, instead of its own ending, where its text stands; the first is taken."""

BEGINNING = 1 << 16
"""Bytes by which a file is recognised."""

_SURE = frozenset({".alto.xml", ".hocr"})
"""Endings that nothing else has: a file without what they promise is wrong, not something else."""


def beside(image: Path) -> Path | None:
    """Return the file that holds the recognised text of an image, None if there is none beside it.

    A file with another kind of content (a record in XML, a web page) is not one.
    """
    for ending in ENDINGS:
        path = image.with_name(f"{image.stem}{ending}")
        if path.is_file() and (ending in _SURE or is_ocr(path)):
            return path
    return None


def is_ocr(path: Path) -> bool:
    """Whether a file looks like ALTO or hOCR, by its beginning."""
    try:
        with path.open("rb") as file:
            return alto.begins(start := file.read(BEGINNING)) or hocr.begins(start)
    except OSError:
        return False


def pages(path: Path) -> Sequence[Page]:
    """Return the pages that a file holds; `Scan.of` lays one of them on its image.

    Args:
        path: a file of ALTO 2 to 4, or hOCR; or a PDF.

    Raises:
        OCRError: the file cannot be read; says why, and what to do.
    """
    if path.suffix.lower() == pdf.ENDING:
        return TextLayer(path)
    try:
        if path.stat().st_size > LARGEST:
            raise OCRError(f"{path.name!r} is larger than {LARGEST >> 20} MB; give one file for each page")
        content = path.read_bytes()
    except OSError as error:
        raise OCRError(f"{path.name!r} cannot be read ({error.strerror}); give this user the right to") from None
    return alto.read(content, path.name) if alto.begins(content[:BEGINNING]) else hocr.read(content, path.name)
