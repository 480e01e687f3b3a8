"""From a text to pages: where lines break, and where pages do."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from typing import Literal, NamedTuple

from mappings.iiif.typesetting import bidi, characters
from mappings.iiif.typesetting.characters import CLUSTER, RIGHT_TO_LEFT, SOFT_HYPHEN
from mappings.iiif.typesetting.faces import east_asian_forms
from mappings.iiif.typesetting.font_tables import EM
from mappings.iiif.typesetting.line import Line
from mappings.iiif.typesetting.measure import width

PAGE_WIDTH = 1200
PAGE_HEIGHT = 1600
MARGIN = 120
FOOT = 150
"""Pixels at the foot of a page that no line enters: they hold its number and what it is."""

PARAGRAPH_GAP = 20
"""Pixels between paragraphs."""

HEADING_GAP = 40
"""Pixels between the heading and the text."""


class Style(NamedTuple):
    """How lines are set.

    Attributes:
        size: the font size in pixels.
        height: pixels of a line's box.
        arabic_height: the same of a line with a script from the right, whose marks stand higher and lower.
    """

    size: int
    height: int
    arabic_height: int


BODY = Style(size=28, height=42, arabic_height=54)
HEADING = Style(size=42, height=58, arabic_height=78)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page.

    Attributes:
        lines: its lines from top to bottom.
    """

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A text set in pages.

    Attributes:
        width: pixels of each page.
        height: likewise.
        pages: at least one.
    """

    width: int
    height: int
    pages: tuple[PageLayout, ...]


def layout(text: str, *, language: str | None = None, heading: str | None = None) -> Layout:
    """Return a text set in pages: the same for the same arguments and fonts.

    Single line breaks are kept, blank lines part paragraphs, more than one space counts as one.

    Args:
        text: any string.
        language: its BCP 47 tag, which chooses the forms of Han characters.
        heading: set large above the text on the first page.
    """
    forms = east_asian_forms(language)
    rows = chain(_rows(heading or "", HEADING, forms, gap=0), _rows(text, BODY, forms, gap=HEADING_GAP))
    return Layout(PAGE_WIDTH, PAGE_HEIGHT, tuple(PageLayout(tuple(lines)) for lines in _pages(rows, forms)))


class _Row(NamedTuple):
    """A broken line, still without a place: its units, its width and height in pixels, the gap that it wants above."""

    units: tuple[str, ...]
    width: int
    height: int
    size: int
    right_to_left: bool
    gap: int


def _pages(rows: Iterable[_Row], forms: int) -> Iterator[list[Line]]:
    page: list[Line] = []
    top = MARGIN
    for row in rows:
        top += row.gap if page else 0
        if top + row.height > PAGE_HEIGHT - FOOT:
            yield page
            page, top = [], MARGIN
        page.append(_line(row, top, forms))
        top += row.height
    yield page


def _line(row: _Row, top: int, forms: int) -> Line:
    left = PAGE_WIDTH - MARGIN - row.width if row.right_to_left else MARGIN
    direction: Literal["ltr", "rtl"] = "rtl" if row.right_to_left else "ltr"
    return Line(row.units, left, top, row.width, row.height, row.size, direction, forms)


def _rows(text: str, style: Style, forms: int, *, gap: int) -> Iterator[_Row]:
    """Give the broken lines of a text; the first one wants a gap in pixels above it."""
    default = _starts_right_to_left(text, default=False)
    limit = (PAGE_WIDTH - 2 * MARGIN) * EM // style.size
    for line in characters.lines(text):
        if not line:
            gap = max(gap, PARAGRAPH_GAP)
            continue
        height = style.arabic_height if _from_the_right(line) else style.height
        right_to_left = _starts_right_to_left(line, default=default)
        for units, advance in _broken(line, limit, forms):
            yield _Row(units, -(-advance * style.size // EM), height, style.size, right_to_left, gap)
            gap = 0


def _starts_right_to_left(text: str, *, default: bool) -> bool:
    """Return the direction of a text, the default if none of its characters has one."""
    if not default and not _from_the_right(text):
        return False
    own = bidi.starts_right_to_left(text)
    return default if own is None else own


def _from_the_right(text: str) -> bool:
    """Return whether there is anything in a text that is written from right to left."""
    return not text.isascii() and RIGHT_TO_LEFT.search(text) is not None


def _broken(line: str, limit: int, forms: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Give the units of each line that a text fills, with their advance; a limit is in thousandths like that."""
    units, ends = _measured(line, limit, forms)
    with_space = limit + width(" ", forms)
    start = 0
    while start < len(units):
        end = max(bisect_right(ends, ends[start] + with_space, start) - 1, start + 1)
        while end > start + 1 and ends[end] - ends[start] + _at_end(units[end - 1], forms) > limit:
            end -= 1
        last = units[end - 1]
        yield (*units[start : end - 1], last.rstrip(" ")), ends[end] - ends[start] + _at_end(last, forms)
        start = end


def _measured(line: str, limit: int, forms: int) -> tuple[list[str], list[int]]:
    """Return a line's units, none longer than the limit, and where each begins; the last number is the end."""
    units = characters.units(line)
    widths = list(map(width, units, repeat(forms)))
    if max(widths, default=0) > limit:
        long_ones = zip(units, widths, strict=True)
        units = [part for unit, own in long_ones for part in (_parts(unit, limit, forms) if own > limit else (unit,))]
        widths = list(map(width, units, repeat(forms)))
    return units, [0, *accumulate(widths)]


def _at_end(unit: str, forms: int) -> int:
    """Return by how much a unit's advance changes at the end of a line: its space goes, its hyphen appears."""
    if unit.endswith(" "):
        return -width(" ", forms)
    return width("-", forms) if unit.endswith(SOFT_HYPHEN) else 0


def _parts(unit: str, limit: int, forms: int) -> Iterator[str]:
    """Give a unit in parts that fit a line; letters keep their marks unless these alone are too wide."""
    clusters = CLUSTER.findall(unit)
    texts = [text for cluster in clusters for text in (cluster if width(cluster, forms) > limit else (cluster,))]
    start = 0
    while start < len(texts):
        end = _reach(texts, start, limit, forms)
        yield "".join(texts[start:end])
        start = end


def _reach(texts: list[str], start: int, limit: int, forms: int) -> int:
    """Return where the part ends that begins at a start: at least one text, as many as fit, a last space for nothing.

    Punctuation is wider in the face of its neighbours than alone: so the part is measured once more as a whole.
    """
    end, advance = start, 0
    while end < len(texts) and (end == start or texts[end] == " " or advance + width(texts[end], forms) <= limit):
        advance += width(texts[end], forms)
        end += 1
    while end > start + 1 and width("".join(texts[start:end]).rstrip(" "), forms) > limit:
        end -= 1
    return end
