"""PDFs, as pdfium reads them: their pages with size and label, and their outline. Pages are counted from 1.

Pdfium works for one thread at a time: a load has one for each process, and nothing else opens PDFs.
"""

import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw

from records.model import DEEPEST, Range
from records.values import XML_ILLEGAL

ENDING = ".pdf"

LONGEST_SIDE = 14_400
"""Points that a side of a page may have: what ISO 32000-1 (Annex C.2) says that readers take, 200 inches."""

VERSION = str(pypdfium2.PDFIUM_INFO)
"""Which pdfium draws."""


_BROKEN = "cannot be read as a PDF; save it again as PDF, or give its pages as images"
_UNOPENED = {
    raw.FPDF_ERR_FILE: "cannot be read; give this user the right to",
    raw.FPDF_ERR_PASSWORD: "is protected by a password; save it without one",
    raw.FPDF_ERR_SECURITY: "is encrypted in a way that cannot be read here; save it without encryption",
}
"""What is wrong with a file that pdfium does not open, by its error."""


class PDFError(Exception):
    """A PDF cannot be taken; says why, and the remedy."""


class _Entry(NamedTuple):
    """An entry of an outline: how deep it stands, what it says, the page that it leads to if it leads to one."""

    depth: int
    title: str
    page: int | None


class PDF:
    """A PDF that is open; it is a context manager that closes it.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            PDFError: it is no PDF, is encrypted, or has no pages.
        """
        self.path = path
        opened = raw.FPDF_LoadDocument(os.fsencode(path), None)
        if not opened:
            raise PDFError(f"{path.name!r} {_UNOPENED.get(raw.FPDF_GetLastError(), _BROKEN)}")
        self._document = PdfDocument(opened)
        if not len(self):
            self._document.close()
            raise PDFError(f"{path.name!r} has no pages; save it again from the program that made it")
        self._document.init_forms()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page in points, as it is shown: cut to its crop box, and rotated.

        Raises:
            PDFError: the page cannot be read, has no size, or is too large.
        """
        with self._explained(number):
            width, height = self._document.get_page_size(number - 1)
        if not (math.isfinite(width) and math.isfinite(height)) or min(width, height) <= 0:
            raise PDFError(f"page {number} of {self.path.name!r} has no size; save it again with a page size")
        if max(width, height) > LONGEST_SIDE:
            raise PDFError(
                f"page {number} of {self.path.name!r} is {width:.0f} by {height:.0f} points, and a side may have "
                f"{LONGEST_SIDE:,} (5 metres); save it again with smaller pages, or give its pages as images"
            )
        return width, height

    def label(self, number: int) -> str | None:
        """Return what the PDF calls a page, such as "iv"; None if it has no word for it (ISO 32000-1, 12.4.2)."""
        with self._explained(number):
            return XML_ILLEGAL.sub("", self._document.get_page_label(number - 1) or "").strip() or None

    @contextmanager
    def page(self, number: int) -> Iterator[PdfPage]:
        """Give a page to be drawn or read, and close it: what it needed is free then.

        Raises:
            PDFError: pdfium cannot read the page.
        """
        with self._explained(number):
            page = self._document.get_page(number - 1)
            try:
                yield page
            finally:
                page.close()

    def outline(self) -> tuple[Range, ...]:
        """Return the outline as a table of contents (ISO 32000-1, 12.3.3).

        An entry holds the pages from the one that it leads to until the one before that of the next entry. One without
        a title is left out, not so those below it; one that leads nowhere in this file is there for those below it.
        """
        entries = list(self._entries())
        led = [entry.page for entry in entries if entry.page] + [len(self) + 1]
        ends = iter([max(begin, end - 1) for begin, end in pairwise(led)])
        pages = [tuple(range(entry.page, next(ends) + 1)) if entry.page else () for entry in entries]
        return _nested(list(zip(entries, pages, strict=True)))

    def _entries(self) -> Iterator[_Entry]:
        for bookmark in self._document.get_toc(max_depth=DEEPEST):
            destination = bookmark.get_dest()
            place = destination.get_index() if destination else None
            known = place if place is not None and 0 <= place < len(self) else None
            title = " ".join(XML_ILLEGAL.sub(" ", bookmark.get_title()).split())
            yield _Entry(bookmark.level, title, None if known is None or not title else known + 1)

    @contextmanager
    def _explained(self, number: int) -> Iterator[None]:
        try:
            yield
        except PdfiumError as error:
            raise PDFError(
                f"page {number} of {self.path.name!r} cannot be read ({str(error).rstrip('.')}); save it again as PDF, "
                f"or give its pages as images"
            ) from None


def _nested(entries: Sequence[tuple[_Entry, tuple[int, ...]]]) -> tuple[Range, ...]:
    """Return entries, those that stand deeper within the one before them."""
    found: list[Range] = []
    begin = 0
    while begin < len(entries):
        entry, pages = entries[begin]
        end = begin + 1
        while end < len(entries) and entries[end][0].depth > entry.depth:
            end += 1
        below = _nested(entries[begin + 1 : end])
        if not entry.title:
            found += below
        elif pages or below:
            found.append(Range(label=entry.title, pages=pages, ranges=below))
        begin = end
    return tuple(found)
