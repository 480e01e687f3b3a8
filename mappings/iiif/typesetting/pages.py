"""From a text to pages: where lines break, and where pages do."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, groupby, repeat
from typing import Literal, NamedTuple

from mappings.iiif.typesetting import bidi, characters
from mappings.iiif.typesetting.advances import EM
from mappings.iiif.typesetting.characters import CLUSTER, RIGHT_TO_LEFT, SOFT_HYPHEN, TALL
from mappings.iiif.typesetting.faces import east_asian_forms
from mappings.iiif.typesetting.line import Line
from mappings.iiif.typesetting.measure import width, widths

PAGE_WIDTH = 1200
PAGE_HEIGHT = 1600
MARGIN = 120
FOOT = 150
"""Pixels at the foot of a page that no line enters: they hold its number and what it is."""

ROOM = PAGE_HEIGHT - FOOT - MARGIN
"""Pixels from the first line of a page to its foot."""

PARAGRAPH_GAP = 20
"""Pixels between paragraphs."""

HEADING_GAP = 40
"""Pixels between the heading and the text."""

INDENT = 42
"""Pixels by which what is broken off a line of several begins further in."""

_FEWEST_LINES = 2
"""How many lines of a longer paragraph stand together on a page."""


class Style(NamedTuple):
    """How lines are set.

    Attributes:
        size: the font size in pixels.
        height: pixels of a line's box.
        tall_height: the same of a line with a script whose marks stand higher and lower.
    """

    size: int
    height: int
    tall_height: int


BODY = Style(size=28, height=42, tall_height=54)
HEADING = Style(size=42, height=58, tall_height=78)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page.

    Attributes:
        lines: its lines from top to bottom.
        part: which part of the text they are of, counted from 0.
    """

    lines: tuple[Line, ...]
    part: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A text set in pages.

    Attributes:
        width: pixels of each page.
        height: likewise.
        pages: at least one.
        name: what the text is called, in Latin letters; "" if nothing is said.
    """

    width: int
    height: int
    pages: tuple[PageLayout, ...]
    name: str = ""


def layout(
    *parts: str,
    language: str | None = None,
    heading: str | None = None,
    name: str = "",
    least: Sequence[int] = (),
) -> Layout:
    """Return a text set in pages: the same for the same arguments and fonts.

    Single line breaks are kept, blank lines part paragraphs, more than one space counts as one.

    Args:
        parts: the text, any strings; each begins a page.
        language: its BCP 47 tag, which chooses the forms of Han characters.
        heading: set large above the text on the first page.
        name: what the text is called, set at the head of each page.
        least: pixels that the heading, then each paragraph, takes at least; none if it is not said.
    """
    forms = east_asian_forms(language)
    default = _starts_right_to_left("\n".join(parts), default=False)
    pages: list[PageLayout] = []
    above = list(_rows(heading or "", HEADING, forms))
    gap = HEADING_GAP + max(0, (least[0] if least else 0) - _height(above))
    wanted = chain(least[1:], repeat(0))
    for number, part in enumerate(parts):
        blocks = zip(_paragraphs(_rows(part, BODY, forms, gap=gap, default=default)), wanted, strict=False)
        headed = chain([(above, 0)], blocks) if above and not pages else blocks
        pages += [PageLayout(tuple(lines), number) for lines in _pages(headed, forms)]
    return Layout(PAGE_WIDTH, PAGE_HEIGHT, tuple(pages), name)


def title_page(*lines: str, language: str | None = None, heading: str) -> Layout:
    """Return a page with a heading and a few lines, centred; what it does not hold is cut off.

    Args:
        lines: any strings, each a paragraph.
        language: the BCP 47 tag of the heading, which chooses the forms of Han characters.
        heading: set large above the lines.
    """
    whole = layout("\n\n".join(lines), language=language, heading=heading)
    first = whole.pages[0].lines
    top = (PAGE_HEIGHT - FOOT - first[-1].y - first[-1].height) // 3 if first else 0
    centred = (line._replace(x=(PAGE_WIDTH - line.width) // 2, y=line.y + top) for line in first)
    return replace(whole, pages=(PageLayout(tuple(centred), 0),))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which blank lines part.

    Args:
        text: any string.
    """
    found = groupby(characters.lines(text), key=bool)
    return ["\n".join(lines) for is_text, lines in found if is_text]


def height(text: str, style: Style, forms: int) -> int:
    """Return how many pixels the lines of a paragraph are high together.

    Args:
        text: the paragraph.
        style: how it is set.
        forms: which face of EAST_ASIAN draws Han.
    """
    return _height(_rows(text, style, forms))


class _Row(NamedTuple):
    """A broken line, still without a place.

    Attributes:
        units: its text.
        width: in pixels.
        height: in pixels.
        size: the font size in pixels.
        right_to_left: the direction of its paragraph.
        indent: pixels by which it begins further in than its paragraph.
        gap: pixels that it wants above it.
    """

    units: tuple[str, ...]
    width: int
    height: int
    size: int
    right_to_left: bool
    indent: int
    gap: int


def _pages(paragraphs: Iterable[tuple[list[_Row], int]], forms: int) -> Iterator[list[Line]]:
    """Give the lines of each page; a paragraph leaves no single line of it behind, and sends none ahead.

    Args:
        paragraphs: the rows of each, and the pixels that they take at least.
        forms: which face of EAST_ASIAN draws Han.
    """
    page: list[Line] = []
    top = MARGIN
    for paragraph, least in paragraphs:
        start = 0
        while start < len(paragraph):
            gap = paragraph[start].gap if page else 0
            end = _end(paragraph, start, PAGE_HEIGHT - FOOT - top - gap, fresh=not page)
            for row in paragraph[start:end]:
                page.append(_line(row, top + gap, forms))
                top, gap = top + gap + row.height, 0
            start = end
            if start < len(paragraph):
                yield page
                page, top = [], MARGIN
        top += max(0, least - _height(paragraph)) if least else 0
    yield page


def _height(rows: Iterable[_Row]) -> int:
    return sum(row.height for row in rows)


def _paragraphs(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Give the rows between two gaps."""
    paragraph: list[_Row] = []
    for row in rows:
        if row.gap and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield paragraph


def _end(paragraph: list[_Row], start: int, room: int, *, fresh: bool) -> int:
    """Return where the rows of a paragraph end that go on a page; at least one goes on a page that is fresh."""
    end = start
    while end < len(paragraph) and (room := room - paragraph[end].height) >= 0:
        end += 1
    if end == len(paragraph):
        return end
    kept = end - 1 if end == len(paragraph) - 1 else end
    if kept - start >= _FEWEST_LINES:
        return kept
    return max(end, start + 1) if fresh else start


def _line(row: _Row, top: int, forms: int) -> Line:
    left = PAGE_WIDTH - MARGIN - row.indent - row.width if row.right_to_left else MARGIN + row.indent
    direction: Literal["ltr", "rtl"] = "rtl" if row.right_to_left else "ltr"
    return Line(row.units, left, top, row.width, row.height, row.size, direction, forms)


def _rows(text: str, style: Style, forms: int, *, gap: int = 0, default: bool | None = None) -> Iterator[_Row]:
    """Give the broken lines of a text; the first one wants a gap in pixels above it.

    What has no direction of its own runs from right to left by default, or as the text does if that is not said.

    Where a paragraph has several lines of its own, what is broken off one of them is indented, as in verse: so a line
    that the text ends is told from one that the page ends.
    """
    tall = not text.isascii() and TALL.search(text) is not None
    default = tall and _starts_right_to_left(text, default=False) if default is None else default
    limit = (PAGE_WIDTH - 2 * MARGIN) * EM // style.size
    lines = ["", *characters.lines(text), ""]
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if not line:
            gap = max(gap, PARAGRAPH_GAP)
            continue
        height = style.tall_height if tall and TALL.search(line) else style.height
        right_to_left = (tall or default) and _starts_right_to_left(line, default=default)
        hanging = INDENT if before or after else 0
        indent = 0
        for units, advance in _broken(line, limit, hanging * EM // style.size, forms):
            yield _Row(units, -(-advance * style.size // EM), height, style.size, right_to_left, indent, gap)
            gap, indent = 0, hanging


def _starts_right_to_left(text: str, *, default: bool) -> bool:
    """Return the direction of a text, the default if none of its characters has one."""
    if not default and not RIGHT_TO_LEFT.search(text):
        return False
    own = bidi.starts_right_to_left(text)
    return default if own is None else own


def _broken(line: str, limit: int, hanging: int, forms: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Give the units of each line that a text fills, with their advance.

    Args:
        line: the text.
        limit: how wide its first line may be, in thousandths of the font size.
        hanging: by how much less the others may.
        forms: which face of EAST_ASIAN draws Han.
    """
    units, ends = _measured(line, limit, hanging, forms)
    space, start = width(" ", forms), 0
    while start < len(units):
        reach = ends[start] + limit
        end = max(bisect_right(ends, reach + space) - 1, start + 1)
        while end > start + 1 and units[end - 1][-1] != " " and ends[end] + _at_end(units[end - 1], forms) > reach:
            end -= 1
        last = units[end - 1]
        yield (*units[start : end - 1], last.rstrip(" ")), ends[end] - ends[start] + _at_end(last, forms)
        limit, hanging, start = limit - hanging, 0, end


def _measured(line: str, limit: int, hanging: int, forms: int) -> tuple[list[str], list[int]]:
    """Return a line's units, none longer than a line, and where each begins; the last number is the end."""
    units = characters.units(line)
    advances = widths(units, forms)
    if max(advances, default=0) > limit - hanging:
        limit -= hanging if sum(advances) > limit else 0
        long_ones = zip(units, advances, strict=True)
        units = [part for unit, own in long_ones for part in (_parts(unit, limit, forms) if own > limit else (unit,))]
        advances = widths(units, forms)
    return units, [0, *accumulate(advances)]


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
