"""What `collections.csv` states of collections, beside the records: one row for each, for who works in spreadsheets."""

import csv
import difflib
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from records.errors import Fault, RecordError, faults
from records.model import FUNDERS, Collection

NAME = "collections.csv"

_FORM = "write the headings 'spec' and 'title' into the first row, and a row for each collection below it"
_DELIMITERS = ",;\t"
_SEPARATOR = "|"

COLUMNS: dict[str, tuple[str, ...]] = {
    "spec": ("spec",),
    "title": ("title",),
    "description": ("description",),
    "rights statement": ("rights", "statement"),
    "rights uri": ("rights", "uri"),
    "rights holder": ("rights", "holder"),
    "rights contact": ("rights", "contact"),
    "access": ("rights", "access"),
    "classification": ("rights", "classification"),
    "provider": ("provider", "name"),
    "provider homepage": ("provider", "homepage"),
    "provider logo": ("provider", "logo"),
    "provider uri": ("provider", "uri"),
    "intermediate provider": ("intermediate_provider", "name"),
    "intermediate provider uri": ("intermediate_provider", "uri"),
    "aggregator": ("aggregator", "name"),
    "aggregator uri": ("aggregator", "uri"),
    "languages": ("languages",),
    "original languages": ("original_languages",),
    "funder": ("funding", "funder"),
    "funding acknowledgment": ("funding", "acknowledgment"),
    "funder identifier": ("funding", "identifier"),
    "award": ("funding", "award"),
    "funder slug": ("funding", "slug"),
}
"""The heading of a column to the place of its value in a collection."""

_ALSO = {
    "set": "spec",
    "set spec": "spec",
    "rights": "rights statement",
    "language": "languages",
    "original language": "original languages",
    "data provider": "provider",
    "acknowledgment": "funding acknowledgment",
    "acknowledgement": "funding acknowledgment",
    "funding acknowledgement": "funding acknowledgment",
}
"""Other headings that are understood."""

_LISTS = {"languages", "original languages"}


class _BrokenError(Exception):
    """The file cannot be read; the position names the place, the message is for people."""

    def __init__(self, problem: str, position: str = "", field: str = "") -> None:
        super().__init__(problem)
        self.position = position
        self.fault = Fault(field, problem)


def read(path: Path) -> tuple[list[Collection], list[RecordError]]:
    """Return the collections that a file states, and what is wrong with the others.

    Args:
        path: a CSV file in UTF-8; commas, semicolons or tabs divide its cells. Blank rows pass, and those that begin
            with `#`.
    """
    try:
        return _collections(path, list(_rows(path)))
    except _BrokenError as error:
        return [], [RecordError(str(path), error.position, "", (error.fault,))]


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, with their numbers as a spreadsheet program counts them."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise _BrokenError(f"byte 0x{byte:02X} is not UTF-8; save the file as CSV UTF-8") from None
    except OSError as error:
        raise _BrokenError(f"cannot be read ({error.strerror}); give this user the right to") from None
    heading = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=heading.count), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                yield number, cells
    except csv.Error as error:
        raise _BrokenError(f"cannot be read on ({error}); correct the quotation marks", f"row {number + 1}") from None


def _collections(path: Path, rows: Sequence[tuple[int, list[str]]]) -> tuple[list[Collection], list[RecordError]]:
    if not rows:
        raise _BrokenError(f"is empty; {_FORM}")
    columns = _columns(*rows[0])
    found: dict[str, Collection] = {}
    errors = []
    for number, cells in rows[1:]:
        collection, wrong = _collection(columns, cells)
        if collection and (problem := _problem(collection.spec, found)):
            wrong = [Fault(columns[[_known(column) for column in columns].index("spec")], problem, collection.spec)]
        if wrong:
            errors.append(RecordError(str(path), f"row {number}", "", tuple(wrong)))
        elif collection:
            found[collection.spec] = collection
    return list(found.values()), errors


def _columns(number: int, headings: Sequence[str]) -> list[str]:
    """Return the headings as written, blank ones at the end left out."""
    columns = [heading.strip() for heading in headings]
    while columns and not columns[-1]:
        columns.pop()
    known = [_known(column) for column in columns]
    for column, name in zip(columns, known, strict=True):
        if name not in COLUMNS:
            raise _BrokenError(f"is no column of ours; {_nearest(name)}", f"row {number}", column or "a blank heading")
        if known.count(name) > 1:
            raise _BrokenError("stands over several columns; keep one of them", f"row {number}", column)
    if missing := [name for name in ("spec", "title") if name not in known]:
        raise _BrokenError(f"has no column {missing[0]!r}; {_FORM}", f"row {number}")
    return columns


def _known(heading: str) -> str:
    plain = re.sub(r"[\s_-]+", " ", heading.casefold()).strip()
    return _ALSO.get(plain, plain)


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, [*COLUMNS, *_ALSO], n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(COLUMNS)}"


def _collection(columns: Sequence[str], cells: Sequence[str]) -> tuple[Collection | None, list[Fault]]:
    """Return what a row states, or what is wrong with it, column by column."""
    values = [cell.strip() for cell in cells]
    if extra := [value for value in values[len(columns) :] if value]:
        problem = (
            f"has {len(cells)} cells, the headings are {len(columns)}; put a text with commas into quotation marks"
        )
        return None, [Fault("", problem, extra[0])]
    stated: dict[str, Any] = {}
    for column, value in zip(columns, values, strict=False):
        if value:
            _put(stated, _known(column), value)
    uri = stated.get("rights", {}).get("statement", "")
    if _URI.fullmatch(uri):
        at = next(column for column in columns if _known(column) == "rights statement")
        return None, [Fault(at, f"is a URI, {uri!r}; put it into a column 'rights uri'", uri)]
    try:
        return Collection.model_validate(
            stated | {"funding": [stated["funding"]]} if "funding" in stated else stated
        ), []
    except ValidationError as error:
        return None, [_in_column(fault, columns, values) for fault in faults(error, Collection)]


def _put(stated: dict[str, Any], name: str, value: str) -> None:
    first, *rest = COLUMNS[name]
    if rest:
        stated.setdefault(first, {})[rest[0]] = value
    elif name in _LISTS:
        stated[first] = [part.strip() for part in value.split(_SEPARATOR)]
    else:
        stated[first] = value


_URI = re.compile(r"https?://\S+")


def _in_column(fault: Fault, columns: Sequence[str], values: Sequence[str]) -> Fault:
    """Return a fault with the heading of its column, and what stands there."""
    path = tuple(part for part in fault.field.split(".") if not part.isdigit())
    name = next((name for name, place in COLUMNS.items() if place == path), fault.field)
    written = dict(zip(map(_known, columns), columns, strict=True)).get(name, name)
    value = dict(zip(columns, values, strict=False)).get(written, "")
    if not value and len(path) > 1:
        return Fault(written, "is missing, and other cells of the row need it; fill it in, or clear those")
    return Fault(written, fault.problem, value)


def _problem(spec: str, found: dict[str, Collection]) -> str | None:
    if spec in found:
        return "is stated by a row further up already; put both into one"
    if spec.partition(":")[0] == FUNDERS:
        return f"{spec!r}: '{FUNDERS}' is reserved for the sets of funders; name the collection otherwise"
    return None
