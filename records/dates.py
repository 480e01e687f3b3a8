"""Dates as archives write them, in EDTF: known, approximate, uncertain, ranges, open.

EDTF is ISO 8601-2:2019, annex A; the edtf library decides what is valid. Plain dates and ranges of them, which most
records hold, are recognised here first, since the library takes milliseconds for each.
"""

import re
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO

from edtf import EDTFParseException, parse_edtf

_PLAIN_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
"""The form of a year, a month or a day of the years 0000 to 9999; a season (1965-21) and no date at all have it too."""

_BLANK = re.compile(r"(?<!,)\s|\s$")
"""A blank, which no date has in it but behind a comma; the library reads over all of them."""

OPEN = frozenset({"", ".."})
"""An end of a range that is unknown or open; a range of two of them states nothing."""

MARKS = {"~": "approximate", "?": "questionable", "%": "approximate and questionable"}


@dataclass(frozen=True, slots=True)
class Span:
    """What an EDTF value says, as far as other standards can carry it.

    Attributes:
        start: first plain date (YYYY, YYYY-MM or YYYY-MM-DD, what W3CDTF and MODS encoding="w3cdtf" can carry), or None
            if open, unknown or not plain, as a season is not.
        end: last plain date of a range; the same as start for a single date; None as above.
        is_range: whether it is an interval.
        approximate: whether it is marked `~` or `%`.
        questionable: whether it is marked `?` or `%`.
    """

    start: str | None
    end: str | None
    is_range: bool = False
    approximate: bool = False
    questionable: bool = False

    @property
    def plain(self) -> str | None:
        """The single unqualified date, or None."""
        return None if self.is_range or self.approximate or self.questionable else self.start

    @property
    def day(self) -> str | None:
        """The day as YYYY-MM-DD if one certain day is stated, else None."""
        return self.plain if self.plain and len(self.plain) == 10 else None


@lru_cache(maxsize=4096)
def parse(value: str) -> Span:
    """Read an EDTF value.

    Args:
        value: an EDTF string of level 0, 1 or 2.

    Raises:
        ValueError: it is not EDTF; says what would be.
    """
    ends = value.split("/")
    if any(map(_impossible, ends)):
        raise ValueError(f"{value!r} names a day that no calendar has; correct it")
    if _BLANK.search(value) or all(end in OPEN for end in ends):
        raise _no_date(value)
    if len(ends) > 2 or not all(_known(end, within_range=len(ends) == 2) or _is_edtf(end) for end in ends):
        raise _no_date(value)
    first, last = _end(ends[0]), _end(ends[-1])
    span = Span(
        start=first.start,
        end=last.start,
        is_range=len(ends) == 2,
        approximate=first.approximate or last.approximate,
        questionable=first.questionable or last.questionable,
    )
    if span.is_range and span.start and span.end and span.start[: len(span.end)] > span.end[: len(span.start)]:
        raise ValueError(f"{value!r} ends before it begins; write the earlier date first")
    return span


def _impossible(end: str) -> bool:
    """Whether one end looks like a day, and is in no calendar: the library lets 1965-02-30 pass."""
    body = end[:-1] if end[-1:] in MARKS else end
    return bool(_PLAIN_FORM.fullmatch(body)) and len(body) == 10 and not _known(body, within_range=False)


def _known(end: str, *, within_range: bool) -> bool:
    """Whether one end is of a form that needs no library: a real plain date, perhaps qualified; or an open end."""
    if within_range and end in OPEN:
        return True
    found = _PLAIN_FORM.fullmatch(end[:-1] if end[-1:] in MARKS else end)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year or 4, month, day)
    except ValueError:
        return False
    return True


def _end(end: str) -> Span:
    mark = end[-1:] if end[-1:] in MARKS else ""
    body = end.removesuffix(mark)
    plain = body if _PLAIN_FORM.fullmatch(body) and _known(body, within_range=False) else None
    return Span(plain, plain, approximate=mark in set("~%"), questionable=mark in set("?%"))


@lru_cache(maxsize=4096)
def _is_edtf(value: str) -> bool:
    """Whether the library knows a date; one end at a time, since its reading of some ranges fails."""
    parser: Callable[[str], object] = parse_edtf
    try:
        with redirect_stdout(StringIO()):  # it prints what it stumbles over
            parser(value)
    except (EDTFParseException, TypeError, AttributeError):  # it stumbles over some of what it should refuse
        return False
    return True


def _no_date(value: str) -> ValueError:
    return ValueError(
        f"{value!r} is not a date in EDTF; write for example '1965-03-02', '1965-03', '1920~' (about 1920), "
        f"'1927?' (uncertain), '1927/1929' (a range) or '../1950' (before), and put words such as 'undated' into "
        f"'text'"
    )
