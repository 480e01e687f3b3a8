"""ALTO 2 to 4, of any namespace: pages of text blocks, lines and strings (Library of Congress, ALTO schema)."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from records.ocr.page import Box, OCRError, Page, Token, runs_on

NAMESPACES = tuple(f"http://www.loc.gov/standards/alto/ns-v{version}#" for version in (2, 3, 4))

_BEGINS = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?alto[\s/>]")


def begins(start: bytes) -> bool:
    """Whether a file that begins so looks like ALTO, in whatever encoding."""
    return bool(_BEGINS.search(start.replace(b"\0", b"")))


def read(content: bytes, name: str) -> list[Page]:
    """Return the pages of an ALTO file.

    A word that is divided at the end of a line, and whose whole is stated (SUBS_CONTENT), stands whole where it begins,
    with the box of its first part, so that it can be found; its second part is left out. Without that it stands as on
    the page, with its hyphen.

    Args:
        content: the file.
        name: how it is called, for messages.

    Raises:
        OCRError: it is no ALTO.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OCRError(f"{name!r} is not XML ({error}); run the text recognition again") from None
    if root.getroottree().docinfo.doctype:
        raise OCRError(f"{name!r} declares a document type, which ALTO has none of; remove the line <!DOCTYPE ...>")
    if _local(root) != "alto":
        raise OCRError(f"{name!r} is {_local(root)}, not ALTO; give the text of the image as ALTO or hOCR")
    unit = next((element.text or "" for element in root.iter("{*}MeasurementUnit")), "pixel")
    return [_page(element, pixels=unit.strip().lower() == "pixel") for element in root.iter("{*}Page")]


def _page(element: _Element, *, pixels: bool) -> Page:
    width, height = _number(element, "WIDTH"), _number(element, "HEIGHT")
    frame = Box(0, 0, width, height) if width is not None and height is not None else None
    spaced = next(element.iter("{*}SP"), None) is not None
    blocks = [
        [list(_line(line, spaced=spaced)) for line in block.iter("{*}TextLine")]
        for block in element.iter("{*}TextBlock")
    ]
    return Page(_whole(blocks), frame, pixels)


class _String(NamedTuple):
    """A string of a line.

    Attributes:
        text: what stands on the page.
        box: where.
        part: which part of a divided word it is, HypPart1 or HypPart2.
        whole: that word.
        joined: whether no blank stands before it.
    """

    text: str
    box: Box | None
    part: str
    whole: str
    joined: bool


def _line(line: _Element, *, spaced: bool) -> Iterator[_String]:
    """Yield the strings of a line; a hyphen at its end belongs to the last.

    Args:
        line: the line.
        spaced: whether blanks are stated on this page (SP), so that without one there is none.
    """
    strings: list[_String] = []
    blank = False
    for element in line.iter("{*}String", "{*}HYP", "{*}SP"):
        if _local(element) == "SP":
            blank = True
            continue
        text = " ".join((element.get("CONTENT") or "").split())
        if _local(element) == "HYP":
            strings[-1:] = [last._replace(text=last.text.removesuffix(text) + text) for last in strings[-1:]]
        elif text:
            whole = " ".join((element.get("SUBS_CONTENT") or "").split())
            joined = not blank if spaced else bool(strings) and runs_on(strings[-1].text, text)
            strings.append(_String(text, _box(element), element.get("SUBS_TYPE") or "", whole, joined))
            blank = False
    yield from strings


def _whole(blocks: Sequence[Sequence[Sequence[_String]]]) -> list[list[list[Token]]]:
    """Return the words of all lines, those that are divided and whose second part follows whole."""
    strings = [string for block in blocks for line in block for string in line]
    begun = [_goes_on(string, following) for string, following in pairwise([*strings, None])]
    words = iter(
        Token(string.whole if begins else string.text, string.box, string.joined) if not ends else None
        for string, begins, ends in zip(strings, begun, [False, *begun], strict=False)
    )
    return [[[word for _string in line if (word := next(words))] for line in block] for block in blocks]


def _goes_on(string: _String | None, following: _String | None) -> bool:
    if string is None or following is None or not string.whole:
        return False
    return (string.part, following.part, following.whole) == ("HypPart1", "HypPart2", string.whole)


def _box(element: _Element) -> Box | None:
    x, y, width, height = (_number(element, name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    if x is None or y is None or width is None or height is None:
        return None
    return Box(x, y, x + width, y + height)


def _number(element: _Element, name: str) -> float | None:
    try:
        number = float(element.get(name) or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _local(element: _Element) -> str:
    return etree.QName(element).localname
