"""Columns: what the headings of a spreadsheet mean, as staff and the programs that they use write them."""

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from records.errors import Fault
from records.readers.sheets.cut import SheetError, address
from records.readers.sheets.fields import FIELDS
from records.relators import RELATORS
from records.values import legal_text
from records.written import languages

MOST = 1000
"""Columns that a spreadsheet can have."""

_PREFIX = re.compile(r"(?:dc|dcterms|dublin core|item type metadata|geolocation|field|mods|schema)\s*[:._]\s*")
_LANGUAGE = re.compile(r"(.*?\S)\s*(?:@\s*([^\s@\[\]]*)|\[\s*([^\[\]]*?)\s*\])\s*")


def key(heading: str) -> str:
    """Return a heading without what staff write in many ways: case, blanks, hyphens, prefixes.

    >>> key("Dublin Core:Rights Holder"), key("field_linked_agent"), key("dcterms:rights-holder")
    ('rightsholder', 'linkedagent', 'rightsholder')
    """
    plain = heading.strip().strip("\ufeff").casefold()
    while found := _PREFIX.match(plain):
        plain = plain[found.end() :]
    return re.sub(r"[\W_]+", "", plain)


NAMES = {key(name): field for field, known in FIELDS.items() for name in (field, *known.names)}
"""The key of each heading that we know to its field."""

ROLES = {
    key(label): code for code, label in RELATORS.items() if key(label) not in {*NAMES, "other", "medium", "setting"}
}
"""The key of each label of a MARC relator to its code: a column that is headed so holds agents in that role."""

IN_LANGUAGES = frozenset(
    {*(name for name in FIELDS if name.endswith("title")), "abstract", "contents", "note", "transcript", "translation"}
)
"""The fields whose texts can be in a stated language."""

_NO_LANGUAGE = "the heading states a language, which the values of this field cannot have; take it out of the heading"


class Column(NamedTuple):
    """A column.

    Attributes:
        heading: its heading as written; its letters where that is blank.
        field: the field that it fills, `agent:` and a relator code for a role; empty if it is none that we know.
        language: the language that its texts are in, if the heading says so.
        problem: what is to be told of the heading; empty if nothing is.
    """

    heading: str
    field: str = ""
    language: str | None = None
    problem: str = ""

    @staticmethod
    def of(heading: str, own: dict[str, str]) -> "Column":
        """Return what a heading means.

        Args:
            heading: as written.
            own: what the archive says of its own headings: the key of each, and the heading of ours that it stands for.
        """
        stated = heading.strip()
        if target := own.get(key(stated)):
            return Column.of(target, {})._replace(heading=stated)
        found = _LANGUAGE.fullmatch(stated)
        if not found:
            return Column(stated, _field(stated))
        name, word = found[1], found[2] or found[3] or ""
        language = languages.read(word) if word else None
        target = own.get(key(name), name)
        if word and not language:
            problem = f"{word!r} in the heading is no language that we know; write for example {name + '@zh'!r}"
            return Column(stated, _field(target), None, problem)
        field = _field(target)
        problem = "" if not language or field in IN_LANGUAGES or not field else _NO_LANGUAGE
        return Column(stated, field, language, problem)


def _field(heading: str) -> str:
    for name in (key(heading), key(heading).removesuffix("s")):
        if name in NAMES:
            return NAMES[name]
        if name in ROLES:
            return f"agent:{ROLES[name]}"
    return ""


@lru_cache(maxsize=1000)
def nearest(heading: str) -> str:
    """Return the known heading that is most like another one, in quotes; a few of them if none is like it."""
    known = {key(name): name for field, found in FIELDS.items() for name in (field, *found.names)}
    known |= {key(label): label for code, label in RELATORS.items() if ROLES.get(key(label)) == code}
    near = difflib.get_close_matches(key(heading), known, n=1, cutoff=0.7)
    return repr(known[near[0]]) if near else "one that 'dragoman template csv' shows"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a spreadsheet.

    Attributes:
        all: each of them, in order.
        faults: by the place of a column, what is to be told of it with its first value.
    """

    all: tuple[Column, ...]
    faults: tuple[tuple[int, Fault], ...]

    @staticmethod
    def of(headings: tuple[str, ...], own: dict[str, str], *, parts: bool = False) -> "Columns":
        """Return the columns that headings name.

        Args:
            headings: as written; blank ones at the end are no columns.
            own: what the archive says of its own headings.
            parts: whether the rows may be parts of records, without a title.

        Raises:
            SheetError: none of them is one that every record needs, or one holds a character that nothing can carry.
        """
        while headings and not headings[-1].strip():
            headings = headings[:-1]
        if len(headings) > MOST:
            raise SheetError(f"has {len(headings):,} columns, more than {MOST:,}; leave those out that say nothing")
        found = [_legal(Column.of(heading, own), place) for place, heading in enumerate(headings)]
        _name_identifier(found)
        _check(found, parts=parts)
        first: dict[str, int] = {}
        told = {}
        for place, column in enumerate(found):
            if fault := _fault(column, place, first.setdefault(column.heading, place)):
                told[place] = fault
        return Columns(tuple(found), tuple(told.items()))

    def place(self, field: str) -> int:
        """Return which column fills a field, counted from 0; -1 if none does."""
        return next((place for place, column in enumerate(self.all) if column.field == field), -1)

    @property
    def lists(self) -> tuple[int, ...]:
        """The columns that may hold several values in a cell."""
        return tuple(
            place
            for place, column in enumerate(self.all)
            if column.field.startswith("agent:") or (column.field in FIELDS and FIELDS[column.field].many)
        )


def _legal(column: Column, place: int) -> Column:
    try:
        legal_text(column.heading)
    except ValueError as error:
        raise SheetError(f"the heading in column {address(place)}: {error}") from None
    return column if column.heading else Column(f"column {address(place)}")


def _name_identifier(columns: list[Column]) -> None:
    """Leave one column that identifies the records; others that could are further identifiers.

    A column headed "identifier" gives way to one headed "id" or "objectid".
    """
    able = [place for place, column in enumerate(columns) if column.field == "identifier"]
    first = next((place for place in able if not key(columns[place].heading).startswith("identifier")), None)
    for place in able:
        if place != (able[0] if first is None else first):
            columns[place] = columns[place]._replace(field="other identifier")


def _check(columns: list[Column], *, parts: bool) -> None:
    shown = ", ".join(repr(column.heading) for column in columns[:12])
    fields = {column.field for column in columns}
    if fields == {""}:
        raise SheetError(
            f"has no heading that we know ({shown}); write headings such as 'identifier' and 'title' first"
        )
    if "identifier" not in fields:
        raise SheetError(f"has no column for the identifier ({shown}); add one with the heading 'identifier'")
    if not parts and not fields & {"title", "visibility"}:
        raise SheetError(f"has no column for the title ({shown}); add one with the heading 'title'")


def _fault(column: Column, place: int, first: int) -> Fault | None:
    where = address(place)
    if column.problem:
        return Fault(column.heading, column.problem, column.heading)
    if column.heading == f"column {where}" and not column.field:
        return Fault(column.heading, f"column {where} has values and no heading, they are kept; write one above it")
    if first != place and not _joins(column):
        problem = (
            f"the heading {column.heading!r} stands in columns {address(first)} and {where}, the first value of a "
            f"row is taken and others are kept; give each column a heading of its own"
        )
        return Fault(column.heading, problem, column.heading)
    if first != place:
        problem = (
            f"the heading {column.heading!r} stands in columns {address(first)} and {where}, the values of both are "
            f"taken; join the columns, or give each a heading of its own"
        )
        return Fault(column.heading, problem, column.heading)
    if not column.field:
        problem = f"{column.heading!r} is no heading that we know, its values are kept but shown nowhere; write "
        return Fault(
            column.heading,
            f"{problem}{nearest(column.heading)}, or say in a --columns file what it means",
            column.heading,
        )
    return None


def _joins(column: Column) -> bool:
    return column.field.startswith("agent:") or (column.field in FIELDS and FIELDS[column.field].joins)
