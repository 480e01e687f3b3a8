"""What can be read on each canvas: the lines of a text and its words, with their boxes.

Typeset pages and recognised pages give the same thing, so that annotations and search need not tell them apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from mappings.iiif.openings import sheet, sheets
from mappings.iiif.typesetting import STEERING
from mappings.iiif.typesetting import Line as TypesetLine
from records.model import Record, TextPage


class Word(NamedTuple):
    """A word on a canvas; of typeset scripts without spaces a character.

    Attributes:
        text: the word with its punctuation.
        start: where it begins in the text of its line, in characters.
        x: pixels from the left edge of the canvas.
        y: pixels from its top.
        width: in pixels.
        height: in pixels.
    """

    text: str
    start: int
    x: int
    y: int
    width: int
    height: int


class Line(NamedTuple):
    """A line of a text.

    Attributes:
        text: the line as it is read.
        words: those of its words that have a box, in reading order.
    """

    text: str
    words: tuple[Word, ...]

    @property
    def box(self) -> tuple[int, int, int, int] | None:
        """Left edge, top, width and height in pixels of what holds its words; None if no box is known."""
        if not self.words:
            return None
        left, top = min(word.x for word in self.words), min(word.y for word in self.words)
        right = max(word.x + word.width for word in self.words)
        bottom = max(word.y + word.height for word in self.words)
        return left, top, right - left, bottom - top


@dataclass(frozen=True, slots=True)
class CanvasText:
    """A text, or the part of it, that stands on one canvas.

    Attributes:
        number: the canvas, counted from 1.
        kind: transcript, translation, paraphrase or description.
        language: its BCP 47 tag, if it is stated.
        lines: from top to bottom; none of them is empty.
    """

    number: int
    kind: str
    language: str | None
    lines: tuple[Line, ...]


class _Boxed(Protocol):
    """A word with its box, of a typeset line or of a record."""

    @property
    def text(self) -> str: ...
    @property
    def x(self) -> int: ...
    @property
    def y(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


def canvas_texts(record: Record, number: int | None = None) -> Iterator[CanvasText]:
    """Yield what can be read on the canvases of a record, canvas by canvas within each text.

    Title pages, and titles above typeset texts, are not part of them. A text that is stated as a whole beside page
    images stands on no canvas, since nobody knows on which.

    Args:
        record: the record with what its collections state; its page images are measured.
        number: the one canvas that is asked for, counted from 1; None for all.
    """
    yield from _recognised(record, number) if record.pages else _typeset(record, number)


def _typeset(record: Record, asked: int | None) -> Iterator[CanvasText]:
    found = enumerate(sheets(record), start=1) if asked is None else [(asked, sheet(record, asked))]
    for number, each in found:
        if each and each.text and each.lines:
            yield CanvasText(number, each.text.kind, each.text.language, tuple(map(typeset_line, each.lines)))


def typeset_line(line: TypesetLine) -> Line:
    """Return a typeset line with the boxes of its words, which take longer to work out than the line itself."""
    return _line(STEERING.sub("", line.text), line.words)


def _recognised(record: Record, asked: int | None) -> Iterator[CanvasText]:
    for text in record.texts:
        for page in text.pages:
            if page.page <= len(record.pages) and asked in {None, page.page}:
                yield CanvasText(page.page, text.kind, text.language, tuple(_lines(page)))


def _lines(page: TextPage) -> Iterator[Line]:
    """Yield the lines of a recognised page; its words are in the order of its text.

    A word that does not stand in the text is taken for one of the line that was read last.
    """
    lines = [line for line in map(str.strip, page.content.split("\n")) if line]
    held: list[list[_Boxed]] = [[] for _ in lines]
    place, cursor = 0, 0
    for word in page.words:
        for later in range(place, len(lines)):
            found = lines[later].find(word.text, cursor if later == place else 0)
            if found >= 0:
                place, cursor = later, found + len(word.text)
                break
        held[place].append(word)
    yield from (_line(line, words) for line, words in zip(lines, held, strict=True))


def _line(text: str, words: Iterable[_Boxed]) -> Line:
    """Return a line, each of its words with its place in the text."""
    found, cursor = [], 0
    for word in words:
        start = text.find(word.text, cursor)
        start = cursor if start < 0 else start
        found.append(Word(word.text, start, word.x, word.y, word.width, word.height))
        cursor = start + len(word.text)
    return Line(text, tuple(found))
