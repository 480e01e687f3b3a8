"""Dates in a record's MODS, by the encoding that each says it has. Yields where they are not as they must be."""

import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from functools import lru_cache
from io import StringIO

from edtf import EDTFParseException, parse_edtf
from lxml import etree

from mappings.namespaces import MODS
from server.check.findings import Place
from server.check.records.formats import text
from server.check.records.item import Item

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})"
_W3CDTF = re.compile(rf"[0-9]{{4}}(-(0[1-9]|1[0-2])(-[0-9]{{2}}({_TIME})?)?)?")
_PLAIN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_OPEN = frozenset({"", ".."})
_HAPPENED = frozenset({"dateCreated", "dateIssued", "dateCaptured", "dateModified"})
"""Dates of what is over; a copyright or a validity may be announced."""


def form(item: Item) -> Iterator[Place]:
    """Each date is written in the encoding that it says it has, and is in the calendar."""
    for where, element in _dates(item):
        encoding, value = str(element.get("encoding")), text(element).strip()
        if encoding in _READERS and not _READERS[encoding](value):
            yield Place(where, f"a date in {encoding.upper()}", value or "nothing")


def order(item: Item) -> Iterator[Place]:
    """A span begins before it ends."""
    for where, element in _dates(item):
        begin, slash, end = text(element).strip().partition("/")
        if slash and _PLAIN.fullmatch(begin) and _PLAIN.fullmatch(end):
            common = min(len(begin), len(end))
            if begin[:common] > end[:common]:
                yield Place(where, "a span that begins before it ends", f"{begin}/{end}")


def future(item: Item) -> Iterator[Place]:
    """What is over has no date that is to come; of a span, its beginning counts."""
    today = datetime.now(UTC).date().isoformat()
    for where, element in _dates(item):
        begin = text(element).strip().partition("/")[0].rstrip("~?%")
        if etree.QName(element).localname in _HAPPENED and _PLAIN.fullmatch(begin) and _is_later(begin, today):
            yield Place(where, f"a date until {today}", begin)


def _dates(item: Item) -> Iterator[tuple[str, etree._Element]]:
    """Yield each date of which an encoding is stated, and where it stands."""
    root = item.roots.get("mods")
    for element in () if root is None else root.iterfind(f"{{{MODS}}}originInfo/*[@encoding]"):
        yield item.at(f"mods, {etree.QName(element).localname}"), element


def _is_later(begin: str, today: str) -> bool:
    """Whether a date is to come; a season (1965-21) is compared by its year."""
    known = begin if begin[5:7] <= "12" else begin[:4]
    return known > today[: len(known)]


def _is_w3cdtf(value: str) -> bool:
    return _W3CDTF.fullmatch(value) is not None and _in_calendar(value[:10])


@lru_cache(maxsize=65_536)
def _is_edtf(value: str) -> bool:
    """Whether the library knows it, one end of a span at a time; it lets days pass that are in no calendar."""
    ends = value.split("/")
    return len(ends) < 3 and any(end not in _OPEN for end in ends) and all(_is_end(end, len(ends)) for end in ends)


def _is_end(end: str, ends: int) -> bool:
    if end in _OPEN:
        return ends == 2
    if not _in_calendar(end.rstrip("~?%")):
        return False
    try:
        with redirect_stdout(StringIO()):  # it prints what it stumbles over
            parse_edtf(end)
    except (EDTFParseException, TypeError, AttributeError):
        return False
    return True


def _in_calendar(value: str) -> bool:
    """Whether a value is a day that exists, or not written as a day at all."""
    found = _DAY.fullmatch(value)
    if not found:
        return True
    try:
        date(int(found[1]) or 4, int(found[2]), int(found[3]))  # 0000 is a leap year, which Python has not
    except ValueError:
        return False
    return True


_READERS: dict[str, Callable[[str], bool]] = {"w3cdtf": _is_w3cdtf, "edtf": _is_edtf}
"""The encodings that are looked at, and what knows a date of them."""
