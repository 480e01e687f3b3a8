"""Spreadsheets: CSV and TSV in UTF-8 or UTF-16, and XLSX, with the headings that staff write.

One row is a record; rows that name another as their parent are its pages. The heading row says what the columns are,
rows that begin with # are comments, blank rows pass.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from records.errors import Fault, RecordError
from records.readers.found import Options, Unread, file_error
from records.readers.sheets import columns_toml, text, workbook
from records.readers.sheets.columns import Column, Columns
from records.readers.sheets.cut import Cut, SheetError, address
from records.readers.sheets.draft import Value
from records.readers.sheets.families import Families
from records.readers.sheets.fields import SEPARATOR
from records.readers.sheets.row import Row, Sheet


def find(path: Path, options: Options) -> Iterator[Unread | RecordError]:
    """Yield each record of a spreadsheet, still to be read, or why there is none.

    Args:
        path: a file that ends in .csv, .tsv, .tab or .xlsx.
        options: what divides values, and what own headings mean.

    Raises:
        StoreError: there is no room for temporary files.
    """
    try:
        own = columns_toml.read(options.columns) if options.columns else {}
    except SheetError as error:
        yield file_error(options.columns or path, str(error), error.position)
        return
    try:
        yield from _Reading(path, options, own).records()
    except SheetError as error:
        yield file_error(path, str(error), error.position)
    except OSError as error:
        yield file_error(path, f"cannot be read ({error.strerror}); correct its name, or give this user the right to")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One spreadsheet that is being read."""

    path: Path
    options: Options
    own: dict[str, str]

    def records(self) -> Iterator[Unread | RecordError]:
        rows = self._rows()
        heading = next(rows, None)
        if heading is None:
            raise SheetError("is empty; write headings into its first row ('dragoman template csv' shows them)")
        if isinstance(heading, RecordError):
            yield heading
            return
        columns = Columns.of(heading.cells, self.own, parts=self.options.parts)
        notes = _Notes(columns, heading.notes, look_for_lists=self.options.separator is None)
        with Families(columns) as families:
            sheet = Sheet(self.path, columns.all, self.options.separator or SEPARATOR, families.parent)
            if families.parent >= 0:
                again = islice(self._rows(), 1, None)
                families.collect(cut for cut in again if isinstance(cut, Cut) and not _misfit(cut, columns))
            yield from self._each(rows, sheet, notes, families)

    def _each(
        self, rows: Iterator[Cut | RecordError], sheet: Sheet, notes: "_Notes", families: Families
    ) -> Iterator[Unread | RecordError]:
        for cut in rows:
            if isinstance(cut, RecordError):
                yield cut
            elif problem := _misfit(cut, notes.columns):
                yield file_error(self.path, problem, cut.position)
            elif not families.is_page(cut):
                pages = families.pages(cut)
                yield Row(sheet, cut, pages, families.whole(cut), notes.of(cut, *pages))
        for cut, identifier, problem in families.orphans():
            heading = sheet.columns[sheet.parent].heading
            yield RecordError(str(self.path), cut.position, identifier, (Fault(heading, problem),))

    def _rows(self) -> Iterator[Cut | RecordError]:
        """Yield the rows that hold something, the headings first."""
        cutting = workbook.rows if self.path.suffix.lower() == ".xlsx" else text.rows
        for cut in cutting(self.path, lambda heading: bool(Column.of(heading, self.own).field)):
            if isinstance(cut, RecordError) or not (cut.blank or cut.cells[0].lstrip().startswith("#")):
                yield cut


class _Notes:
    """What is to be told once of a file, with the first record that it concerns."""

    def __init__(self, columns: Columns, of_file: tuple[Fault, ...], *, look_for_lists: bool) -> None:
        self.columns = columns
        self._of_file = of_file
        self._of_columns = dict(columns.faults)
        self._lists = set(columns.lists) if look_for_lists else set()

    def of(self, *rows: Cut) -> tuple[Fault, ...]:
        """Return what has not been told yet and concerns these rows."""
        told, self._of_file = list(self._of_file), ()
        met = [place for place in self._of_columns if any(row.cells[place].strip() for row in rows)]
        told += [self._of_columns.pop(place) for place in met]
        for place in [place for place in sorted(self._lists) if any(_is_list(row.cells[place]) for row in rows)]:
            self._lists.discard(place)
            found = next(row.cells[place] for row in rows if _is_list(row.cells[place]))
            value = Value(self.columns.all[place].heading, found)
            problem = (
                f"{value.quoted} looks like several values but is taken as one; if it is, load with --separator ';'"
            )
            told.append(Fault(value.heading, problem, value.text))
        return tuple(told)


def _is_list(cell: str) -> bool:
    return bool(cell.partition(";")[2].strip())


def _misfit(cut: Cut, columns: Columns) -> str:
    """Return what is wrong with the number of cells of a row; empty if it fits."""
    wanted, found = len(columns.all), len(cut.cells)
    if found < wanted:
        missing = columns.all[found].heading
        return (
            f"has {found} cells, the headings are {wanted}: from {missing!r} on there is none; add the cells that are "
            f"missing, blank ones too"
        )
    for place in range(wanted, found):
        if value := cut.cells[place].strip():
            return (
                f"has {found} cells, the headings are {wanted}: {value[:60]!r} in column {address(place)} is one too "
                f"many; give the column a heading, or put a text that holds the delimiter in quotation marks"
            )
    return ""
