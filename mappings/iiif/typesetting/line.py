"""A set line: its text, its box, its words."""

from typing import Literal, NamedTuple

from mappings.iiif.typesetting.characters import STEERING, WORD
from mappings.iiif.typesetting.placement import Placed, edges, placed


class Word(NamedTuple):
    """A word, or the part of it on this line; of scripts without spaces one character.

    A word of letters of both directions may have another between its parts; its box then covers that too.

    Attributes:
        text: the word with its punctuation, without soft hyphens and direction marks.
        x: pixels from the left edge of the page.
        y: pixels from its top.
        width: in pixels, at least 1.
        height: in pixels.
    """

    text: str
    x: int
    y: int
    width: int
    height: int


class Line(NamedTuple):
    """A line of a page.

    Attributes:
        units: the text, in the parts between which it might have been broken.
        x: pixels from the left edge of the page.
        y: pixels from its top.
        width: in pixels.
        height: in pixels.
        size: the font size in pixels.
        direction: that of the paragraph; rtl is set from the right margin.
        forms: which face of EAST_ASIAN draws Han.
    """

    units: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int
    size: int
    direction: Literal["ltr", "rtl"]
    forms: int

    @property
    def text(self) -> str:
        """The text as it was given, without the space at which the line was broken; soft hyphens stand in it."""
        return "".join(self.units)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words in reading order, with their boxes; worked out at each call."""
        sides = edges(self.placed, len(self.text))
        found = (self._word(match.group(), sides[match.start() : match.end()]) for match in WORD.finditer(self.text))
        return tuple(word for word in found if word.text)

    @property
    def placed(self) -> list[Placed]:
        """What is drawn of the line and where, from left to right; worked out at each call."""
        ends = self.x, self.x + self.width
        return placed(self.units, ends, self.size, self.forms, right_to_left=self.direction == "rtl")

    def _word(self, text: str, sides: list[tuple[float, float]]) -> Word:
        left = round(min(side for side, _ in sides))
        right = max(round(max(side for _, side in sides)), left + 1)
        return Word(STEERING.sub("", text), left, self.y, right - left, self.height)
