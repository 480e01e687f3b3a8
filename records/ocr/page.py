"""A page as OCR has it, in its own measure, and how it comes to lie on the page image."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from records.model import Word

LARGEST = 64 << 20
"""Bytes that a file of recognised text may have."""

SAME_SHAPE = 0.02
"""How much the proportions of a page and its image may differ: OCR software counts in whole millimetres, or crops."""


class OCRError(Exception):
    """Recognised text cannot be taken; says why, and the remedy."""


_Edges: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


class Box(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float


class Token(NamedTuple):
    """A word as it is to be read.

    Attributes:
        text: the word.
        box: where it stands, if that is stated.
        joined: whether it follows the word before it in its line without a blank.
    """

    text: str
    box: Box | None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        blocks: its paragraphs, each as lines of words.
        frame: the page's own rectangle, None if it is not stated.
        pixels: whether boxes without a frame are in pixels of the image.
    """

    blocks: Sequence[Sequence[Sequence[Token]]]
    frame: Box | None
    pixels: bool = True


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a page image.

    Attributes:
        content: the text, lines as on the page, a blank line between blocks; empty if there is none.
        words: the words that have boxes, in the order of the content.
        noted: what could not be taken over, each with a remedy or reason.
    """

    content: str
    words: tuple[Word, ...]
    noted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """A page image.

    Attributes:
        width: in pixels.
        height: in pixels.
        frame: its place in its file, counted from 1.
        frames: how many pages its file holds.
    """

    width: int
    height: int
    frame: int = 1
    frames: int = 1

    def of(self, pages: Sequence[Page], name: str) -> Recognised:
        """Return the text of this image.

        Args:
            pages: what a file holds.
            name: the file, for messages.

        Raises:
            OCRError: it holds another number of pages than the image's file.
        """
        if len(pages) != self.frames:
            raise OCRError(
                f"{name!r} holds the text of {len(pages)} pages, the image {self.frames}; give one file for each page"
            )
        return self._placed(pages[self.frame - 1], name)

    def _placed(self, page: Page, name: str) -> Recognised:
        blocks = [[_text(line) for line in block if line] for block in page.blocks]
        content = "\n\n".join("\n".join(block) for block in blocks if block)
        tokens = [token for block in page.blocks for line in block for token in line]
        scale, problem = self._scale(page)
        if scale is None:
            return Recognised(content, (), (f"{name!r} {problem}",) if tokens else ())
        drawn = [(token.text, _drawn(token.box, page.frame, scale)) for token in tokens]
        cut = [(text, box, box and self._cut(box)) for text, box in drawn]
        words = tuple(
            Word(text=text, x=left, y=top, width=right - left, height=bottom - top)
            for text, _box, inside in cut
            if inside
            for left, top, right, bottom in [inside]
        )
        clipped = sum(bool(inside) and inside != box for _text, box, inside in cut)
        without = len(cut) - len(words)
        return Recognised(content, words, tuple(_noted(name, clipped, without)))

    def _scale(self, page: Page) -> tuple[tuple[float, float] | None, str]:
        """Return what boxes are multiplied by, across and down; None if it cannot be known, and why."""
        if page.frame is None:
            return (
                ((1, 1), "")
                if page.pixels
                else (
                    None,
                    "does not say how large its page is; its words have no boxes, since it does not count in pixels",
                )
            )
        width, height = page.frame.right - page.frame.left, page.frame.bottom - page.frame.top
        if width <= 0 or height <= 0:
            return None, "has a page without size; its words have no boxes"
        across, down = self.width / width, self.height / height
        if abs(across / down - 1) > SAME_SHAPE:
            return None, (
                f"has a page of {width:g} by {height:g}, which is not the shape of the image ({self.width} by "
                f"{self.height}); its words have no boxes, give the text of this image"
            )
        return (across, down), ""

    def _cut(self, box: _Edges) -> _Edges | None:
        """Return what of a box lies in the image; None if nothing does."""
        left, right = (max(0, min(self.width, edge)) for edge in (box[0], box[2]))
        top, bottom = (max(0, min(self.height, edge)) for edge in (box[1], box[3]))
        return (left, top, right, bottom) if right > left and bottom > top else None


def runs_on(before: str, after: str) -> bool:
    """Whether two words of a line are written without a blank between them, as far as their script tells.

    So it is between Chinese characters, kana and their punctuation, each of which OCR software may take for a word.
    """
    return all(
        unicodedata.east_asian_width(sign) in {"W", "F"} and not _HANGUL.match(sign) for sign in (before[-1], after[0])
    )


_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def _text(line: Sequence[Token]) -> str:
    return "".join(f"{'' if token.joined else ' '}{token.text}" for token in line).removeprefix(" ")


def _drawn(box: Box | None, frame: Box | None, scale: tuple[float, float]) -> _Edges | None:
    """Return the edges of a box in pixels of the image; None if there is none, or it is not finite."""
    if box is None:
        return None
    left, top = (frame.left, frame.top) if frame else (0.0, 0.0)
    across, down = scale
    edges = (
        (box.left - left) * across,
        (box.top - top) * down,
        (box.right - left) * across,
        (box.bottom - top) * down,
    )
    if not all(map(math.isfinite, edges)):
        return None
    x, y, right, bottom = map(round, edges)
    return x, y, right, bottom


def _noted(name: str, clipped: int, without: int) -> Iterator[str]:
    if clipped:
        yield f"{name!r} has boxes that reach over the edge of the image ({clipped}); they were cut there"
    if without:
        yield f"{name!r} has words without a box in the image ({without}); they stand in the text alone"
