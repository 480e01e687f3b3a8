"""A row that is read: its cells become a record, the rows of its pages the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from records.errors import Fault, RecordError
from records.model import Record, parts_allowed
from records.readers import salvage
from records.readers.found import Taken, Told
from records.readers.sheets import agents, putting
from records.readers.sheets.columns import Column
from records.readers.sheets.cut import Cut
from records.readers.sheets.draft import Draft, RefusedError, Value
from records.readers.sheets.families import Whole
from records.readers.sheets.fields import FIELDS
from records.values import legal_text

CUT_BY_EXCEL = 32_767
"""Characters that a cell of Excel can hold; what is longer was cut there without a word."""

ORDER = {field: place for place, field in enumerate(FIELDS)}
_OF_A_PAGE = frozenset({"title", "file", "abstract", "image description", "transcript", "translation"})
"""What the row of a page can state; all else there is kept as `unmapped` of the record."""
_QUIET = frozenset({"", "identifier", "other identifier", "visibility", "preview", "model", "kept as it is"})
"""What may be kept of a page's row without a word."""

_DECIDING = frozenset({"identifier", "title", "visibility", "embargo"})
"""Fields without whose value a record cannot be taken, if a cell has one."""

_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""What spreadsheet programs show where a formula has no result."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spreadsheet.

    Attributes:
        path: the file.
        columns: its columns.
        separator: what divides several values in a cell.
        parent: the place of the column that names the parent of a row; -1 if there is none.
    """

    path: Path
    columns: tuple[Column, ...]
    separator: str
    parent: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is a record, not read yet.

    Attributes:
        sheet: where it stands.
        cut: its cells.
        pages: the rows of its pages, in their order.
        whole: what it is part of.
        notes: what is to be told once of the file.
    """

    sheet: Sheet
    cut: Cut
    pages: tuple[Cut, ...] = ()
    whole: Whole | None = None
    notes: tuple[Fault, ...] = ()

    def read(self) -> Taken | RecordError:
        """Return the record, or everything that is wrong with it."""
        draft = Draft(noted=list(self.notes))
        refused = list(self._fill(draft))
        if not refused:
            try:
                record, apart = salvage.record(draft.form)
            except salvage.RefusedError as error:
                refused = list(error.faults)
            else:
                return self._taken(record, draft, apart)
        identifier = str(draft.form.get("identifier", ""))
        return RecordError(str(self.sheet.path), self.cut.position, identifier, (*refused, *self.notes))

    def _taken(self, record: Record, draft: Draft, apart: list[Fault]) -> Taken:
        elements = sum(bool(cell.strip()) for cut in (self.cut, *self.pages) for cell in cut.cells)
        told = Told(self.cut.position, tuple(draft.mended), (*draft.noted, *apart), elements)
        return Taken(record, told)

    def _fill(self, draft: Draft) -> Iterator[Fault]:
        """Put together the record; yield why it cannot be."""
        stated = set()
        for field, value, problem in self._values(self.cut):
            stated.add(field)
            try:
                _put(draft, field, value, problem, self.sheet.separator)
            except RefusedError as error:
                yield error.fault
        headings = {column.field: column.heading for column in self.sheet.columns}
        yield from _missing(draft, stated, headings)
        putting.place_found(draft, headings)
        putting.funding_found(draft)
        putting.alt_text_found(draft)
        yield from self._add_whole(draft)
        yield from self._add_pages(draft)

    def _values(self, cut: Cut) -> Iterator[tuple[str, Value, str]]:
        """Yield the cells that hold something, each with its field and what is wrong with it, field by field."""
        faulty = dict(cut.faulty)
        found = [
            (column.field, Value(column.heading, text, column.language), faulty.get(place, "") or _error(text))
            for place, (column, cell) in enumerate(zip(self.sheet.columns, cut.cells, strict=False))
            if place != self.sheet.parent and (text := cell.strip())
        ]
        yield from sorted(found, key=lambda item: ORDER.get(item[0], len(ORDER)))

    def _add_whole(self, draft: Draft) -> Iterator[Fault]:
        """Say what the record is part of; what no row here describes is kept as it is written."""
        if self.whole is None:
            return
        value = Value(self.sheet.columns[self.sheet.parent].heading, self.whole.identifier)
        if problem := _illegal(value.text) or _illegal(self.whole.title or ""):
            yield draft.fault(value, problem)
        elif self.whole.title:
            draft.add("relations", {"title": self.whole.title, "identifier": value.text, "kind": "host"})
        else:
            draft.keep(
                value,
                f"{value.quoted} is kept and shown nowhere, since no row with that identifier has a title; name the "
                f"set of the record in a column 'collection'",
            )

    def _add_pages(self, draft: Draft) -> Iterator[Fault]:
        """Add the pages that rows of their own describe."""
        stated = {(value.heading, value.text) for _field, value, _problem in self._values(self.cut)}
        told: set[str] = set()
        for cut in self.pages:
            page = Draft(row=f"{cut.position}, a page of this record: ")
            for field, value, problem in self._values(cut):
                if field == "order":
                    continue  # it has done its work
                if field not in _OF_A_PAGE and (value.heading, value.text) in stated:
                    continue  # the record states it, for all of its pages
                try:
                    if field in _OF_A_PAGE:
                        _put(page, field, value, problem, self.sheet.separator)
                    else:
                        _put_apart(page, field, value, told)
                except RefusedError as error:
                    yield error.fault
            _join(draft, page, self.sheet)


def _error(text: str) -> str:
    return f"shows the error {text!r}; correct the formula, or write the value" if text in _ERRORS else ""


def _illegal(text: str) -> str:
    """Return why no format can carry a text; empty if each can."""
    try:
        legal_text(text)
    except ValueError as error:
        return str(error)
    return ""


def _put(draft: Draft, field: str, value: Value, problem: str, separator: str) -> None:
    """Put what a cell holds where it belongs.

    Raises:
        RefusedError: the record cannot be taken with it.
    """
    if illegal := _illegal(value.text):
        raise RefusedError(draft.fault(value, illegal))
    if problem and field in _DECIDING:
        raise RefusedError(draft.fault(value, problem))
    if problem or not field:
        draft.keep(value, problem)
        return
    if len(value.text) == CUT_BY_EXCEL:
        draft.note(
            value,
            f"has {CUT_BY_EXCEL:,} characters, the most that a cell of Excel holds; look whether its end is there",
        )
    if field.startswith("agent:"):
        put, many = agents.agent(field.removeprefix("agent:")), True
    else:
        put, many = FIELDS[field].put, FIELDS[field].many
    for part in value.text.split(separator) if many else [value.text]:
        if stripped := part.strip():
            put(draft, value._replace(text=stripped))


def _put_apart(page: Draft, field: str, value: Value, told: set[str]) -> None:
    """Keep what the row of a page states and a page has no place for; say so once for each column.

    Raises:
        RefusedError: the page is not for everybody, and no page can be hidden by itself.
    """
    if field == "embargo" or (field == "visibility" and not putting.is_public(value.text)):
        problem = "would hide this page alone; hide the record in its own row, or take the page out of the sheet"
        raise RefusedError(page.fault(value, f"{value.quoted} {problem}"))
    _put(page, "", value, "", "")
    if field not in _QUIET and value.heading not in told:
        told.add(value.heading)
        page.note(
            value,
            f"{value.quoted} is kept and shown nowhere, for pages have no such field; state it of the record",
        )


def _missing(draft: Draft, stated: set[str], headings: dict[str, str]) -> Iterator[Fault]:
    """Yield what every record must state and this one does not."""
    if "identifier" not in stated:
        problem = "is blank; write an identifier that stays the record's own, such as 'letter-1'"
        yield Fault(headings["identifier"], problem)
    if draft.form.get("visibility") != "deleted" and "title" not in stated and not parts_allowed():
        yield Fault(headings.get("title", "title"), "is blank; write a title")


def _join(draft: Draft, page: Draft, sheet: Sheet) -> None:
    """Add a page to a record, and what its row states beside it."""
    putting.alt_text_found(page)
    form = page.form
    images = form.pop("pages", [])
    first = len(draft.form.get("pages", [])) + 1
    title, *more = [item["text"] for item in form.pop("titles", [])] or [None]
    about = [item["text"] for item in form.pop("abstracts", [])]
    if images and about and "description" not in images[0]:
        images[0]["description"] = "\n".join(about)
        about = []
    for image in images:
        draft.add("pages", {**image, "label": title})
    left = [("title", text) for text in ([title] if title and not images else []) + more]
    left += [("abstract", text) for text in about]
    for name, text in left:
        heading = next(column.heading for column in sheet.columns if column.field == name)
        page.keep(Value(heading, text))
    for text in form.pop("texts", []):
        if images:
            _add_text(draft, text, first)
        else:
            draft.add("texts", {**text, "label": title})
    for link in form.pop("links", []):
        draft.add("links", {**link, "label": title})
    for heading, values in form.pop("unmapped", {}).items():
        draft.form.setdefault("unmapped", {}).setdefault(heading, []).extend(values)
    draft.noted += page.noted
    draft.mended += page.mended


def _add_text(draft: Draft, text: dict[str, object], number: int) -> None:
    """Add the text of a page to the text of the record that is of its kind and language."""
    item = {"page": number, "content": text["content"]}
    same = (text["kind"], text["language"])
    for other in draft.form.get("texts", []):
        if "pages" in other and (other["kind"], other["language"]) == same:
            other["pages"].append(item)
            return
    draft.add("texts", {"kind": text["kind"], "language": text["language"], "pages": [item]})
