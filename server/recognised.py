"""Recognised text becomes a transcript with word boxes: ALTO or hOCR that pages name or that stands beside them.

A PDF without either gives its text layer.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from records import ocr, pdf
from records.errors import Fault, RecordError
from records.model import DocumentText, Record, TextPage
from records.ocr.page import OCRError, Page, Recognised
from server.media import Media, Source


def take(media: Media, record: Record, source: Path) -> tuple[Record, list[Fault]] | RecordError:
    """Return the record with its page images measured and their recognised text, and what staff should know of that.

    A record that states a transcript keeps it, and takes none.

    Args:
        media: where page images will be kept; nothing is copied.
        record: the record as it was read.
        source: the file that it was read from.

    Returns:
        The record, or an error that names each page whose image, or the text that it names, cannot be taken.
    """
    measured = media.take(record, source)
    if isinstance(measured, RecordError):
        return measured
    taken, pages = measured
    if any(text.kind == "transcript" for text in record.texts):
        return taken, _left(pages)
    return _with_text(taken, pages, source)


def _left(pages: Sequence[Source]) -> list[Fault]:
    paths = [Path(page.page.ocr) if page.page.ocr else _beside(page) for page in pages]
    names = [path.name for path in paths if path]
    problem = "states a transcript, which is kept; the text beside its images was left ({})"
    return [Fault("texts", problem.format(", ".join(names[:3])))] if names else []


def _with_text(record: Record, pages: Sequence[Source], source: Path) -> tuple[Record, list[Fault]] | RecordError:
    pages_of = lru_cache(maxsize=1)(ocr.pages)
    found: list[TextPage] = []
    noted: list[Fault] = []
    refused: list[Fault] = []
    for number, page in enumerate(pages, start=1):
        try:
            text = _read(page, source.parent, pages_of)
        except OCRError as error:
            (refused if page.page.ocr else noted).append(Fault(f"pages.{number - 1}.ocr", str(error)))
            continue
        noted += [Fault(f"pages.{number - 1}.ocr", problem) for problem in text.noted]
        if text.content:
            found.append(TextPage(page=number, content=text.content, words=text.words))
    if refused:
        return RecordError(str(source), "", record.identifier, tuple(refused))
    texts = (*record.texts, DocumentText(kind="transcript", pages=tuple(found))) if found else record.texts
    return record.model_copy(update={"texts": texts}) if found else record, noted


def _read(page: Source, folder: Path, pages_of: Callable[[Path], Sequence[Page]]) -> Recognised:
    """Return the text of a page image; an empty one if there is none.

    Raises:
        OCRError: it cannot be read.
    """
    path = _named(page.page.ocr, folder) if page.page.ocr else _beside(page) or _within(page)
    if path is None or page.scan is None:
        return Recognised("", ())
    return page.scan.of(pages_of(path), path.name)


def _beside(page: Source) -> Path | None:
    return ocr.beside(page.path) if page.path else None


def _within(page: Source) -> Path | None:
    """Return the file that a page comes from if that has text of its own: a PDF."""
    return page.path if page.path and page.path.suffix.lower() == pdf.ENDING else None


def _named(name: str, folder: Path) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise OCRError(f"{name!r} lies outside the folder of the input; put it beside the input")
    if not path.is_file():
        raise OCRError(f"{name!r} is not in {folder}; put the file there, or correct the name")
    return path
