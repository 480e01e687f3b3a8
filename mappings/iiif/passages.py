"""Passages: what a search reads on each canvas, and where it stands there.

Lines are kept with what the index holds, so that no record is read again: of recognised pages with the boxes of words,
of typeset ones as they are set, from which boxes are worked out for those in which something is found. A text that is
stated as a whole beside page images is searched too: nobody knows on which page its words stand, so that what is found
there is said of the first canvas, all of it, and the reader sees the words around it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import orjson
from isal import isal_zlib

from mappings.iiif.canvas_text import CanvasText, Line, Word, canvas_texts, typeset_line
from mappings.iiif.openings import sheets, texts
from mappings.iiif.typesetting import STEERING
from mappings.iiif.typesetting import Line as TypesetLine
from mappings.iiif.typesetting.characters import SOFT_HYPHEN
from records.model import Page, Record
from records.search import passages as index
from records.search.tokens import has_words, words

MOST_CHARACTERS = 10_000
"""Characters of a passage, or one line of a page: each that something is found in is read again, and whole."""

_PIECE = re.compile(rf"\S.{{0,{MOST_CHARACTERS - 1}}}(?!\S)|\S.{{{MOST_CHARACTERS - 1}}}")
"""A line, or as much of it as a passage takes, to the end of a word if there is one."""

_COMPRESSION = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, or the part of it, that stands on one canvas.

    Attributes:
        number: the canvas, counted from 1.
        language: its BCP 47 tag, if it is stated.
        lines: its lines, from top to bottom.
        words: the words of a line (counted from 0) that have a box.
        size: width and height of the canvas in pixels, where words may have no box.
    """

    number: int
    language: str | None
    lines: tuple[str, ...]
    words: Callable[[int], Sequence[Word]]
    size: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """Its lines, divided by line feeds."""
        return "\n".join(self.lines)


def passages(record: Record) -> list[Passage]:
    """Return the passages of a record in the order of reading: what stands on one canvas, and then on the next.

    Args:
        record: the record with what its collections state.
    """
    if not record.pages:
        return [_typeset(*of_page) for of_page in _sheets(record)]
    read = [*canvas_texts(record), *_whole(record)]
    parts = (part for text in sorted(read, key=lambda text: text.number) for part in _parts(text))
    return [_passage(part.number, part.language, _size(record.pages[part.number - 1]), part.lines) for part in parts]


def _size(page: Page) -> tuple[int, int]:
    return page.width or 1, page.height or 1


def searchable(record: Record) -> bool:
    """Whether there is anything on the canvases of a record that a search could find."""
    return any(map(has_words, _contents(record)))


def _contents(record: Record) -> Iterator[str]:
    if not record.pages:
        yield from (part for text in texts(record) for part in text.parts)
        return
    for text in record.texts:
        yield text.content or ""
        yield from (page.content for page in text.pages if page.page <= len(record.pages))


def indexed(record: Record) -> list[index.Passage]:
    """Return the passages of a record as the index is to hold them.

    Args:
        record: the record with what its collections state.
    """
    if not record.pages:
        return [
            index.Passage(
                words("\n".join(map(_read, lines))),
                _packed(number, language, [tuple(line) for line in lines]),
            )
            for number, language, lines in _sheets(record)
        ]
    return [index.Passage(words(passage.text), _packed(*_boxed(passage))) for passage in passages(record)]


def kept(lines: bytes) -> Passage:
    """Return a passage from what the index kept of it."""
    number, language, found, size = orjson.loads(isal_zlib.decompress(lines))
    if size is None:
        return _typeset(number, language, [TypesetLine(tuple(units), *rest) for units, *rest in found])
    written = tuple(text for text, _boxes in found)
    return Passage(number, language, written, lambda line: _words(*found[line]), (size[0], size[1]))


def _words(text: str, boxes: Sequence[Sequence[int]]) -> list[Word]:
    return [Word(text[start : start + length], start, *box) for start, length, *box in boxes]


def _boxed(passage: Passage) -> tuple[object, ...]:
    lines = [
        (line, [(word.start, len(word.text), *word[2:]) for word in passage.words(number)])
        for number, line in enumerate(passage.lines)
    ]
    return passage.number, passage.language, lines, passage.size


def _packed(number: object, language: object, lines: object, size: object = None) -> bytes:
    """Return what the index is to keep; a passage without a size is a typeset one."""
    return isal_zlib.compress(orjson.dumps((number, language, lines, size)), _COMPRESSION)


def _passage(number: int, language: str | None, size: tuple[int, int], lines: Sequence[Line]) -> Passage:
    return Passage(number, language, tuple(line.text for line in lines), lambda line: lines[line].words, size)


def _sheets(record: Record) -> Iterator[tuple[int, str | None, Sequence[TypesetLine]]]:
    """Yield number, language and lines of each typeset page; a title page has no lines."""
    for number, sheet in enumerate(sheets(record), start=1):
        yield number, sheet.text.language if sheet.text else None, sheet.lines


def _typeset(number: int, language: str | None, lines: Sequence[TypesetLine]) -> Passage:
    return Passage(number, language, tuple(map(_read, lines)), lambda line: typeset_line(lines[line]).words)


def _read(line: TypesetLine) -> str:
    """Return what is read of a typeset line; a soft hyphen at its end tells that its last word goes on."""
    return STEERING.sub("", line.text) + (SOFT_HYPHEN if line.text.endswith(SOFT_HYPHEN) else "")


def _whole(record: Record) -> Iterator[CanvasText]:
    for text in record.texts:
        lines = tuple(Line(line.strip(), ()) for line in _PIECE.findall(text.content or ""))
        if lines:
            yield CanvasText(1, text.kind, text.language, lines)


def _parts(text: CanvasText) -> Iterator[CanvasText]:
    """Yield a text in parts that an index takes."""
    part: list[Line] = []
    size = 0
    for line in text.lines:
        if part and size + len(line.text) > MOST_CHARACTERS:
            yield CanvasText(text.number, text.kind, text.language, tuple(part))
            part, size = [], 0
        part.append(line)
        size += len(line.text)
    yield CanvasText(text.number, text.kind, text.language, tuple(part))
