"""Dates as archives write them, into EDTF (ISO 8601-2:2019, annex A).

A date is read only where its words have one meaning, and never more exactly than they are. What EDTF is to say:

- "c. 1920" is `1920~`, "1920?" and "probably 1920" are `1920?`, both together `1920%`. A word before a range ("about
  1918-1920") is of both ends, a mark behind it ("1918-1920?") of the end that it follows.
- "1918-1920" and "between 1918 and 1920" are the interval `1918/1920`: words do not say whether all of it is meant or
  a day in it. "1965 or 1966" does say so: `[1965,1966]`, one of them; "1965, 1967" is `{1965,1967}`, all of them.
- "before 1950" is `../1950`, an open beginning. `/1950` would say that the beginning is unknown.
- "1890s" is `189X`, "19th century" `18XX`; an "early" or "late" of it has no sign, and stays in the words.
- "[1905]", supplied by an archivist, is `1905`. The time of day and the day of the week stay in the words, too.
- EDTF itself is kept, so "1910-11" is November 1910. Not so its numbers for parts of a year above 12, where they could
  be a later year: "1927-29" is `1927/1929`, and "1918-21", spring there and a range in everybody's hand, is reported.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from records import dates
from records.written.date_parts import CENTURY, DoubtError, Part, together
from records.written.date_words import AFTER, BEFORE, SEASONS, UNDATED

LONGEST = 100
"""Characters that the words of a date may have."""


class Written(NamedTuple):
    """A date as it was read.

    Attributes:
        edtf: the date; None if the words state none ("undated"), or one that cannot be told.
        problem: why it cannot be told and, after the last semicolon, what to write; empty if nothing is wrong.
    """

    edtf: str | None
    problem: str = ""


@lru_cache(maxsize=4096)
def read(text: str) -> Written:
    """Return what the words of a date say.

    Args:
        text: the date as its source has it. One that is declared to be EDTF is for `records.dates.parse`.
    """
    try:
        edtf = _edtf(text.strip())
    except DoubtError as doubt:
        return Written(None, f"{_quoted(text)} {doubt}")
    if not edtf:
        return Written(None, "" if _is_undated(text) else f"{_quoted(text)} {_NOT_READ}")
    try:
        dates.parse(edtf)
    except ValueError as error:
        return Written(None, str(error) if edtf == text.strip() else f"{_quoted(text)}, read as {error}")
    return Written(edtf)


_NOT_READ = (
    "is no date that can be read with certainty; write it in EDTF, for example '1965-03-02', '1965-03', '1920~' "
    "(about 1920), '1927?' (uncertain), '1927/1929' (a range) or '../1950' (before)"
)


def _quoted(text: str) -> str:
    return repr(text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}...")


def _is_undated(text: str) -> bool:
    return not text.strip() or " ".join(re.sub(r"[\[\]().,\s]+", " ", text.casefold()).split()) in UNDATED


_GROUPING_OR_RANGE = re.compile(r"(\d\d)(\d\d)-(\d\d)", re.ASCII)
_TIMED = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)


def _edtf(text: str) -> str | None:
    """Return the date in EDTF, perhaps one that is impossible; None if these words are none.

    Raises:
        DoubtError: there is more than one reading.
    """
    if (found := _GROUPING_OR_RANGE.fullmatch(text)) and found[3] > max("12", found[2]):
        return _years(*found.groups())
    if found := _TIMED.fullmatch(text):
        return found[1]
    if _is_edtf(text):
        return text
    if found := _BASIC.fullmatch(text):
        return "-".join(found.groups())
    return _words(text) if len(text) <= LONGEST else None


def _years(century: str, year: str, last: str) -> str:
    """Return the range of "1927-29", which EDTF would read as a part of a year, if nobody can mean a season."""
    if season := next((name for name, number in SEASONS.items() if number == int(last)), None):
        raise DoubtError(
            f"may be the years {century}{year} to {century}{last} or, in EDTF, {season} of {century}{year}; write "
            f"'{century}{year}/{century}{last}' or '{season.capitalize()} {century}{year}'"
        )
    return f"{century}{year}/{century}{last}"


_SIGNS = re.compile(r"[0-9XYETZSu~?%./,:+^{}\[\]-]+")
"""The signs of EDTF: words need not be tried, the library takes its time."""


def _is_edtf(text: str) -> bool:
    if not _SIGNS.fullmatch(text):
        return False
    try:
        dates.parse(text)
    except ValueError:
        return False
    return True


_BETWEEN = re.compile(r"(?:between|from|zwischen|entre) (.+?) (?:and|to|until|through|und|et|y) (.+)")
_BEFORE = re.compile(rf"(?:{'|'.join(BEFORE)}) (.+)")
_AFTER = re.compile(rf"(?:{'|'.join(AFTER)}) (.+)")
_ONGOING = re.compile(r"(?:from )?(.+?)(?: ?[-–] ?| to )(?:present|date|today|ongoing|9999)")
_BESIDE = re.compile(r"^(?:©|copyright|\(c\)|(?:undated|n\. ?d\.),?) ?(?=\S)|,? \(?bulk .*$")
"""What may stand beside a date and does not change it: "n.d. [c. 1920]", "1890-1945 (bulk 1917-1923)"."""

_GLUED = re.compile(r"(?<=[^\W\d_])\.(?=\d)")
_SEVERAL = {" or ": "[{}]", ", ": "{{{}}}", "; ": "{{{}}}", " and ": "{{{}}}", " & ": "{{{}}}"}


def _words(text: str) -> str | None:
    """Return the date that words state: open, one of several, a range, a point."""
    text = re.sub(r"[\[\]]", "", text.casefold().replace("(?)", "?"))
    text = _BESIDE.sub("", _GLUED.sub(". ", " ".join(text.rstrip(" .").split())))
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if (found := _BETWEEN.fullmatch(text)) and (between := _range(found[1], found[2])):
        return between
    return _open(text) or _point(text) or _divided(text) or _several(text)


def _open(text: str) -> str | None:
    """Return a range with one end; a decade or a century is none, since "before" it and with it are too far apart."""
    for pattern, form in ((_BEFORE, "../{}"), (_AFTER, "{}/.."), (_ONGOING, "{}/..")):
        if (found := pattern.fullmatch(text)) and (end := _point(found[1])):
            return None if "X" in end else form.format(end)
    return None


def _several(text: str) -> str | None:
    for word, form in _SEVERAL.items():
        parts = text.split(word)
        members = [_point(part) or (_divided(part) or "").replace("/", "..") for part in parts]
        if len(members) > 1 and all(members):
            return form.format(",".join(map(str, members)))
    return None


_DIVIDERS = (r" ?[–—] ?", r" - ", r" (?:to|until|through|bis) ", r" ?- ?", r" ?/ ?")


def _divided(text: str) -> str | None:
    """Return a range, told by the first divider that makes two dates of the text."""
    for divider in _DIVIDERS:
        sides = re.split(divider, text)
        if len(sides) == 2 and (found := _range(*sides)):
            return found
    return None


_SHORT_YEAR = re.compile(r"\d\d\??", re.ASCII)
_BARECENTURY = re.compile(r"\d{1,2}(?:st|nd|rd|th)", re.ASCII)


def _range(first: str, last: str) -> str | None:
    """Return the range between two dates; each may lend the other its year and month ("March 6-8, 1906")."""
    if _BARECENTURY.fullmatch(first) and CENTURY.fullmatch(last):
        first = f"{first} century"
    start, end = Part.of(first), Part.of(last)
    if start is None or end is None:
        return None
    if start.worded:
        end = end._replace(mark=together(start.mark, end.mark))
    if start.year and start.year.isdecimal() and start.only_year and _SHORT_YEAR.fullmatch(last):
        end = _short_year(end, start.year)
    elif not (_meets(end, start, _LAST_NUMBER.search(first)) and _meets(start, end, _FIRST_NUMBER.match(last))):
        return None
    start, end = start.lent(end), end.lent(start)
    return f"{start.edtf}/{end.edtf}" if start.edtf and end.edtf else None


def _short_year(end: Part, year: str) -> Part:
    """Return the year of two figures at the end of a range; no date if it is not the later one."""
    later = end.day is not None and end.day > int(year[2:])
    return end._replace(day=None, year=f"{year[:2]}{end.day:02}" if later else None)


_LAST_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th|er|\.)?$", re.ASCII)
_FIRST_NUMBER = re.compile(r"(\d+)", re.ASCII)


def _meets(bare: Part, other: Part, beside: re.Match[str] | None) -> bool:
    """Whether a day alone stands beside the other end's day: "6-8 March", "1906 March 6-8"; not so in "May 1700-01"."""
    if bare.day is None or bare.month is not None or bare.year is not None:
        return True
    return beside is not None and int(beside[1]) == other.day


def _point(text: str) -> str | None:
    part = Part.of(text)
    return part.edtf if part else None
