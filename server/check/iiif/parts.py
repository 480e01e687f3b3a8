"""Parts of resources, as annotations, ranges and starts name them (Presentation 3.0, 5.3; Web Annotation, 4)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from server.check.iiif.document import objects, text

_NUMBER = r"(-?[0-9]+(?:\.[0-9]+)?)"
_XYWH = re.compile(rf"(?:^|&)xywh=(pixel:|percent:)?{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}(?:&|$)")
_TIME = re.compile(r"(?:^|&)t=(?:npt:)?([0-9.]*)(?:,([0-9.]+))?(?:&|$)")


class Part(NamedTuple):
    """A resource, or a part of it.

    Attributes:
        id: the id of the whole.
        fragments: what names the part, in the syntax of media fragments.
    """

    id: str
    fragments: tuple[str, ...] = ()


def parts(value: object) -> Iterator[Part]:
    """Yield each resource that a value names: an address, an object, a specific resource, or an array of these."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield _of_address(each)
        elif isinstance(each, dict) and "source" in each:
            yield from (Part(whole.id, (*whole.fragments, *_selected(each))) for whole in parts(each["source"]))
        elif isinstance(each, dict):
            yield _of_address(text(each.get("id")))


def _of_address(address: str) -> Part:
    whole, _hash, fragment = address.partition("#")
    return Part(whole, (fragment,) if fragment else ())


def _selected(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the selectors of a specific resource select, where it is a media fragment or a point in time."""
    for _step, selector in objects(value.get("selector")):
        if selector.get("type") == "FragmentSelector":
            yield text(selector.get("value"))
        elif selector.get("type") == "PointSelector" and isinstance(selector.get("t"), int | float):
            yield f"t={selector['t']}"


class Box(NamedTuple):
    """The region and the time that a media fragment names, in the measures of the whole; None where it names none.

    Attributes:
        start: where the region begins, from the left and from above.
        corner: how far to the right, and down, the region goes.
        end: when the time ends, in seconds.
    """

    start: tuple[float, float] | None = None
    corner: tuple[float, float] | None = None
    end: float | None = None


def box(fragment: str, width: float, height: float) -> Box:
    """Return what a media fragment names. Of percents, the width and height make the measures of the whole."""
    start = corner = end = None
    if found := _XYWH.search(fragment):
        x, y, w, h = (float(found[number]) for number in range(2, 6))
        across, down = (width / 100, height / 100) if found[1] == "percent:" else (1.0, 1.0)
        start, corner = (x, y), ((x + w) * across, (y + h) * down)
    if found := _TIME.search(fragment):
        end = _number(found[2] or found[1])
    return Box(start, corner, end)


def _number(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0
