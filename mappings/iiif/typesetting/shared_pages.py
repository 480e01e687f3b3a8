"""Where pages break so that a text and its translation have the same paragraphs on facing pages."""

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


def shared_pages(*sides: Side) -> list[int]:
    """Return the paragraphs that begin a page, counted from 0: as many go on a page as it holds on every side.

    A paragraph that no page holds has pages of its own.
    """
    forms = [east_asian_forms(side.language) for side in sides]
    used = [height(side.heading, HEADING, form) + HEADING_GAP for side, form in zip(sides, forms, strict=True)]
    measured = [
        [height(paragraph, BODY, form) for paragraph in side.paragraphs]
        for side, form in zip(sides, forms, strict=True)
    ]
    starts = [0]
    for place, needed in enumerate(zip(*measured, strict=True)):
        gap = PARAGRAPH_GAP if place > starts[-1] else 0
        after = [before + gap + own for before, own in zip(used, needed, strict=True)]
        if gap and max(after) > ROOM:
            starts.append(place)
            after = list(needed)
        used = after
    return starts
