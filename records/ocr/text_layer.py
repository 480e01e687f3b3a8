"""The text layer of a PDF: what a program wrote there, or text recognition laid over its scans."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple, overload

from pypdfium2 import PdfPage, PdfPosConv, PdfTextPage, raw

from records.ocr.page import Box, OCRError, Page, Token, runs_on
from records.pdf import PDF, PDFError
from records.values import XML_ILLEGAL

_UNITS = 20
"""Parts of a point that boxes are measured in; pdfium gives whole numbers."""

_APART = 1.4
"""How many times the usual distance of two lines makes a paragraph."""


class TextLayer(Sequence[Page]):
    """The pages of a PDF, each read when it is asked for: a book's would not fit into memory.

    A word that is divided at the end of a line stands as on the page, with its hyphen.
    """

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            OCRError: it cannot be read.
        """
        try:
            self._pdf = PDF(path)
        except PDFError as error:
            raise OCRError(str(error)) from None

    def __len__(self) -> int:
        return len(self._pdf)

    @overload
    def __getitem__(self, place: int) -> Page: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Page]: ...
    def __getitem__(self, place: int | slice) -> Page | Sequence[Page]:
        """Return the text of a page, counted from 0.

        Raises:
            OCRError: the page cannot be read.
        """
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        try:
            width, height = (round(side * _UNITS) for side in self._pdf.size(place + 1))
            with self._pdf.page(place + 1) as page:
                lines = [line for line in _lines(page, (width, height)) if line]
        except PDFError as error:
            raise OCRError(str(error)) from None
        return Page(list(_blocks(lines)), Box(0, 0, width, height))


class _Sign(NamedTuple):
    """A character.

    Attributes:
        text: the character.
        box: where it stands, in the page's own space.
        ends_line: whether its line ends with it.
        invisible: whether it is a blank that is not drawn: text recognition stretches a word, with the blank behind it,
            over the word of the scan.
    """

    text: str
    box: Box
    ends_line: bool = False
    invisible: bool = False


def _lines(page: PdfPage, size: tuple[int, int]) -> Iterator[list[Token]]:
    """Yield the lines of a page as words, with boxes in parts of a point from the upper left corner."""
    place = PdfPosConv(page, (0, 0, *size, 0))
    text = page.get_textpage()
    try:
        line: list[Token] = []
        word: list[_Sign] = []
        for sign in _signs(text):
            blank = sign.text.isspace()
            if word and (blank or runs_on(word[-1].text, sign.text)):
                line.append(_token([*word, sign] if sign.invisible else word, line, place))
                word = []
            word += [] if blank else [sign]
            if sign.ends_line:
                yield [*line, _token(word, line, place)] if word else line
                line, word = [], []
        yield [*line, _token(word, line, place)] if word else line
    finally:
        text.close()


def _signs(text: PdfTextPage) -> Iterator[_Sign]:
    """Yield each character. Pdfium ends lines by CR LF, or by a hyphen that it marks."""
    edges = raw.FS_RECTF()
    upper = ""
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        hyphen = raw.FPDFText_IsHyphen(text, index) == 1
        sign = "-" if hyphen else chr(code)
        if 0xD800 <= code < 0xDC00:
            upper = sign
            continue
        if 0xDC00 <= code < 0xE000:
            sign = (upper + sign).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        upper = ""
        if not XML_ILLEGAL.search(sign):
            raw.FPDFText_GetLooseCharBox(text, index, edges)
            box = Box(edges.left, edges.top, edges.right, edges.bottom)
            yield _Sign(sign, box, hyphen or sign == "\n", sign == " " and _is_invisible(text, index))


def _is_invisible(text: PdfTextPage, index: int) -> bool:
    written = raw.FPDFText_GetTextObject(text, index)
    return bool(written) and raw.FPDFTextObj_GetTextRenderMode(written) == raw.FPDF_TEXTRENDERMODE_INVISIBLE


def _token(signs: Sequence[_Sign], line: Sequence[Token], place: PdfPosConv) -> Token:
    """Return the word that characters make; `line` is what stands before it."""
    text = "".join(sign.text for sign in signs).rstrip()
    joined = bool(line) and runs_on(line[-1].text, text)
    return Token(text, _around([sign.box for sign in signs], place), joined)


def _around(boxes: Sequence[Box], place: PdfPosConv) -> Box | None:
    """Return what holds boxes of the page's own space, in parts of a point from the upper left corner."""
    drawn = [box for box in boxes if box.right > box.left and box.top > box.bottom]
    if not drawn:
        return None
    left, bottom = min(box.left for box in drawn), min(box.bottom for box in drawn)
    right, top = max(box.right for box in drawn), max(box.top for box in drawn)
    (x, y), (across, down) = place.to_bitmap(left, top), place.to_bitmap(right, bottom)
    return Box(min(x, across), min(y, down), max(x, across), max(y, down))


def _blocks(lines: Sequence[Sequence[Token]]) -> Iterator[list[Sequence[Token]]]:
    """Yield lines by paragraph: a new one begins where a line stands lower than is usual on the page, or not below."""
    feet = [max((token.box.bottom for token in line if token.box), default=None) for line in lines]
    steps = [below - foot if foot and below else 0 for foot, below in pairwise(feet)]
    usual = median([step for step in steps if step > 0] or [0])
    block: list[Sequence[Token]] = []
    for line, step in zip(lines, [usual, *steps], strict=False):
        if block and not 0 <= step <= usual * _APART:
            yield block
            block = []
        block.append(line)
    if block:
        yield block
