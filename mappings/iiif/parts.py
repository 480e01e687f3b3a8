"""Parts: a large collection in slices of places, and slices of slices, so that no document grows with the archive.

Presentation 3.0 has no pages of collections; a part is a collection of its own. Its span of places never moves, so that
a part holds the same records, whatever is added behind it.
"""

import json
import re
from typing import NamedTuple

from mappings.iiif.presentation import Document
from records.members import Part

MOST = 200
"""What a collection holds of one kind at most: manifests, or parts."""

_SPAN = re.compile(r"([1-9][0-9]{0,14})-([1-9][0-9]{0,14})", re.ASCII)
_LONGEST_TITLE = 40


class Span(NamedTuple):
    """Places from one to another, counted from 1, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        """Return how it stands in an address."""
        return f"{self.first}-{self.last}"

    @property
    def size(self) -> int:
        """How many places there are."""
        return self.last - self.first + 1

    @property
    def above(self) -> "Span":
        """The span of the part that holds this one."""
        size = self.size * MOST
        first = (self.first - 1) // size * size + 1
        return Span(first, first + size - 1)


def whole(places: int) -> Span:
    """Return the span of a whole collection: the shortest one of those that parts may have."""
    size = MOST
    while places > size:
        size *= MOST
    return Span(1, size)


def span(text: str, within: Span) -> Span | None:
    """Return the span of a part by its address; None where a collection has no such part.

    Args:
        text: the address's last segment, without its ending.
        within: the span of the whole collection.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    asked = Span(int(found[1]), int(found[2]))
    is_part = asked.size in _sizes(within) and asked.first % asked.size == 1 and asked.last <= within.last
    return asked if is_part else None


def _sizes(within: Span) -> list[int]:
    """Return how many places the parts of a collection may have."""
    sizes = [within.size // MOST]
    while sizes[-1] > 1:
        sizes.append(sizes[-1] // MOST)
    return sizes[:-1]


def label(part: Part, places: int) -> str:
    """Return what a part is called: its places, and what stands first and last in it.

    Args:
        part: the part.
        places: the last place of the whole collection.
    """
    titles = dict.fromkeys(_title(json.loads(reference)) for reference in part.references)
    return f"{part.first}\N{EN DASH}{min(part.last, places)}: " + " \N{EN DASH} ".join(titles)


def _title(reference: Document) -> str:
    """Return the first title that a reference gives, cut where it is long, between two words if it has any."""
    title = str(next(iter(reference["label"].values()))[0])
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title[:_LONGEST_TITLE]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;:')}\N{HORIZONTAL ELLIPSIS}"
