"""How a text and its translation stand side by side: the same paragraphs on facing pages, at the same height."""

from collections.abc import Sequence
from typing import NamedTuple

from mappings.iiif.typesetting.faces import east_asian_forms
from mappings.iiif.typesetting.pages import BODY, HEADING, HEADING_GAP, PARAGRAPH_GAP, ROOM, height


class Side(NamedTuple):
    """One of the texts.

    Attributes:
        paragraphs: its paragraphs; each side has as many.
        language: its BCP 47 tag, None if it is not stated.
        heading: what is set large above it.
    """

    paragraphs: Sequence[str]
    language: str | None
    heading: str


class SharedPages(NamedTuple):
    """What both texts are set by.

    Attributes:
        starts: the paragraphs that begin a page, counted from 0.
        least: pixels that the heading, then each paragraph, takes at least.
    """

    starts: list[int]
    least: list[int]


def shared_pages(*sides: Side) -> SharedPages:
    """Return how texts of as many paragraphs are set so that each begins beside its counterpart.

    As many go on a page as it holds on every side. A paragraph that no page holds has pages of its own.
    """
    forms = [east_asian_forms(side.language) for side in sides]
    heading = max(height(side.heading, HEADING, form) for side, form in zip(sides, forms, strict=True))
    measured = (
        [height(paragraph, BODY, form) for paragraph in side.paragraphs]
        for side, form in zip(sides, forms, strict=True)
    )
    least = [max(heights) for heights in zip(*measured, strict=True)]
    starts, used = [0], heading + HEADING_GAP
    for place, needed in enumerate(least):
        gap = PARAGRAPH_GAP if place > starts[-1] else 0
        used += gap + needed
        if gap and used > ROOM:
            starts.append(place)
            used = needed
    return SharedPages(starts, [heading, *least])
