"""One date as it is written, or what of it stands at one end of a range: year, month and day, and how sure it is."""

import re
from typing import NamedTuple

from records.written.date_words import ABOUT, FILLERS, MONTHS, PERHAPS, SEASONS, WEEKDAYS


class DoubtError(Exception):
    """The words have more than one meaning; the message says which, and what to write."""


_ABOUT = re.compile(rf"(?:{'|'.join(ABOUT)})(?:\.| ) ?(?=\S)")
_ABOUT_BEHIND = re.compile(r"[ ,]*\(?(?:approximate(?:ly)?|approx\.?|circa|ca\.?)\)?$")
_PERHAPS = re.compile(rf"(?:(?:{'|'.join(PERHAPS)})(?:\.| ) ?|\?\s*)(?=\S)")
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_DECADE = re.compile(r"(?:(?:the|early|mid|late)[ -])*(\d{3})0(?:['’]?s|er(?: jahren?)?|-е(?: годы)?)", re.ASCII)
_BLANK_DECADE = re.compile(r"(\d{3})[-ux]|(\d\d)(?:--|uu|xx)", re.ASCII)
_EARLY = r"(?:(?:the|early|mid|late)[ -])*"
CENTURY = re.compile(
    rf"{_EARLY}(\d{{1,2}})(?:(?:st|nd|rd|th) (?:century|centuries|cent\.?|c\.?)|\. ?(?:jahrhundert|jh\.?))", re.ASCII
)
_ISO = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?|(\d{4})([/.])(\d{1,2})\5(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.-]) ?(\d{1,2})\2 ?(\d{4})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})", re.ASCII)
_YEAR_SLASH = re.compile(r"(\d{4})/(\d\d)", re.ASCII)
_DASHED = re.compile(r"([0-9]{1,2})[-/]([^\W\d_]+)\.?[-/]([0-9]{4})")
_COPYRIGHT_OR_ABOUT = re.compile(r"c(\d{4})", re.ASCII)


def together(one: str, other: str) -> str:
    """Return what two signs of EDTF for how sure a date is say together; either may be empty."""
    return other if not one or one == other else one if not other else "%"


class Part(NamedTuple):
    """One date, or what of it stands at one end of a range.

    Attributes:
        year: four characters, perhaps X at the end.
        month: the month or the season.
        day: the day.
        mark: the sign of EDTF for how sure it is.
        worded: whether a word before the date says so.
    """

    year: str | None = None
    month: int | None = None
    day: int | None = None
    mark: str = ""
    worded: bool = False

    @property
    def only_year(self) -> bool:
        """Whether neither a month nor a day is stated."""
        return self.month is None and self.day is None

    @property
    def edtf(self) -> str | None:
        """The date; None if EDTF has none for it: no year, a day of no month, a season that is not certain."""
        if self.year is None or (self.day is not None and self.month is None):
            return None
        if self.mark and self.month in SEASONS.values():
            return None
        rest = "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)
        return f"{self.year}{rest}{self.mark}"

    def lent(self, other: "Part") -> "Part":
        """Return this end with the month and the year that only the other one states, if that one is as exact."""
        month, others = self.month, other.month
        if self.day is not None and other.day is not None:
            month, others = month or others, others or month
        year = other.year if self.year is None and month is not None and others is not None else self.year
        return self._replace(month=month, year=year)

    @staticmethod
    def of(text: str) -> "Part | None":
        """Return what a text states; None if it is no date.

        Raises:
            DoubtError: it has more than one reading.
        """
        if found := _COPYRIGHT_OR_ABOUT.fullmatch(text):
            raise DoubtError(f"may be about {found[1]} or copyright {found[1]}; write '{found[1]}~' or '{found[1]}'")
        mark, worded, text = _marks(text)
        part = _century_or_decade(text) or _numbers(text) or _named(text)
        return part._replace(mark=mark, worded=worded) if part else None


def _marks(text: str) -> tuple[str, bool, str]:
    """Return the sign for how sure a date is, whether a word before it says so, and the rest."""
    mark, rest = "", text
    while found := _ABOUT.match(rest) or _PERHAPS.match(rest):
        mark = together(mark, "~" if _ABOUT.match(rest) else "?")
        rest = rest[found.end() :]
    worded = rest != text
    if rest.endswith("?"):
        mark, rest = together(mark, "?"), rest.rstrip("? ")
    if found := _ABOUT_BEHIND.search(rest):
        mark, rest = together(mark, "~"), rest[: found.start()]
    return mark, worded, rest.strip(" ,")


def _century_or_decade(text: str) -> Part | None:
    if found := CENTURY.fullmatch(text):
        number = int(found[1])
        return Part(f"{number - 1:02}XX") if number else None
    if found := _BLANK_DECADE.fullmatch(text):
        return Part(f"{found[1]}X" if found[1] else f"{found[2]}XX")
    if not (found := _DECADE.fullmatch(text)):
        return None
    decade = found[1]
    if decade.endswith("0"):
        raise DoubtError(
            f"may be the years {decade}0 to {decade}9 or the whole century; write '{decade}X' or '{decade[:2]}XX'"
        )
    return Part(f"{decade}X")


def _numbers(text: str) -> Part | None:
    """Return a date of figures alone."""
    if found := _YEAR.fullmatch(text):
        return Part(found[1])
    if found := _ISO.fullmatch(text):
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[4], found[6], found[7])
        return Part(year, int(month), int(day) if day else None)
    if found := _NUMBERS.fullmatch(text):
        return _ordered(int(found[1]), int(found[3]), found[4])
    if found := _MONTH_YEAR.fullmatch(text):
        return Part(found[2], int(found[1])) if 1 <= int(found[1]) <= 12 else None
    if found := _YEAR_SLASH.fullmatch(text):
        return _year_slash(found[1], int(found[2]))
    return None


def _ordered(one: int, other: int, year: str) -> Part | None:
    """Return the day of two numbers and a year, if only one of them can be the month."""
    if one > 12:
        return Part(year, other, one) if 1 <= other <= 12 else None
    if other > 12 or one == other:
        return Part(year, one, other)
    first, second = f"{year}-{other:02}-{one:02}", f"{year}-{one:02}-{other:02}"
    raise DoubtError(f"may be day {one} of month {other} or day {other} of month {one}; write '{first}' or '{second}'")


def _year_slash(year: str, number: int) -> Part | None:
    """Return the month of "1965/03"; "1965/66" is a range, and "1910/11" may be either."""
    if not 1 <= number <= 12:
        return None
    if number > int(year[2:]):
        last = f"{year[:2]}{number:02}"
        raise DoubtError(
            f"may be the years {year} to {last} or month {number} of {year}; write '{year}/{last}' or "
            f"'{year}-{number:02}'"
        )
    return Part(year, number)


_TOKEN = re.compile(r"([0-9]{4})|([0-9]{1,2})(?:st|nd|rd|th|er|\.)?|([^\W\d_]+)\.?")


def _named(text: str) -> Part | None:
    """Return a date whose month or season has its name, in any order; or a day, or a month alone."""
    if found := _DASHED.fullmatch(text):
        text = " ".join(found.groups())
    tokens = [_TOKEN.fullmatch(token) for token in re.split(r"[\s,]+", text)]
    groups = [token.groups() if token else ("", "", "") for token in tokens]
    years = [year for year, _day, _word in groups if year]
    days = [int(day) for _year, day, _word in groups if day]
    words = [word for year, day, word in groups if not (year or day or word in WEEKDAYS | FILLERS)]
    if not all(word in MONTHS or word in SEASONS for word in words):
        return None
    months = [MONTHS.get(word) or SEASONS[word] for word in words]
    if max(len(years), len(days), len(months)) != 1 or (days and months and months[0] > 12):
        return None
    return Part(next(iter(years), None), next(iter(months), None), next(iter(days), None))
