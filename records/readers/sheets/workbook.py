"""Rows of XLSX (ECMA-376), by openpyxl: the first visible sheet that holds anything, each cell as what it shows."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import ParseError

import openpyxl
from lxml.etree import LxmlError
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from records.errors import Fault
from records.readers.sheets.cut import LONGEST, Cut, SheetError
from records.values import XML_ILLEGAL

LARGEST = 2 * 1024 * 1024 * 1024
"""Bytes that a workbook may unfold to."""

LARGEST_TABLE = 128 * 1024 * 1024
"""Bytes that all but its sheets may unfold to: the texts that cells share, which are held in memory."""

LAST_ROW = 1_048_576
"""The last row that the format knows."""

AT_ONCE = 200
_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    LxmlError,
    ParseError,
    EOFError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    OverflowError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile and openpyxl raise at files that are no workbooks, or broken ones."""

_Cell = ReadOnlyCell | EmptyCell


def rows(path: Path, _known: Callable[[str], bool]) -> Iterator[Cut]:
    """Yield each row of a workbook's first visible sheet that holds anything.

    The row of headings carries what is to be told of the file: sheets that are not read, merged cells.

    Args:
        path: the file.

    Raises:
        SheetError: it is no workbook, a broken one, or one that unfolds to too much.
    """
    number = 0
    try:
        _check_archive(path)
        with _Book(path) as book:
            for cut in book.rows():
                number = cut.number
                yield cut
    except _ERRORS as error:
        what = " ".join(str(error).split())[:100]
        raise SheetError(
            f"is no workbook that can be read ({type(error).__name__}: {what}); open it in a spreadsheet program and "
            f"save it again as .xlsx, without a password",
            f"after row {number}" if number else "",
        ) from None


def _check_archive(path: Path) -> None:
    """Refuse what would fill the memory, and XML that declares entities.

    Raises:
        SheetError: says what was found.
    """
    whole = table = 0
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if not part.filename.lower().endswith((".xml", ".rels")):
                continue
            with archive.open(part) as file:
                start = file.read(4096)
            if b"<!DOCTYPE" in start:
                raise SheetError(
                    "declares a document type in its XML, which no spreadsheet program writes; save it again as .xlsx"
                )
            whole += part.file_size
            table += part.file_size if b"<sst" in start or not part.filename.startswith("xl/worksheets/") else 0
    if whole > LARGEST or table > LARGEST_TABLE:
        raise SheetError(
            f"unfolds to {whole // 1024 // 1024:,} MB, {table // 1024 // 1024:,} MB of them texts that several cells "
            f"may share, more than we read; save the sheet as CSV UTF-8, which has no such limit"
        )


class _Book:
    """A workbook, open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = ExitStack()

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._opened.close()

    def rows(self) -> Iterator[Cut]:
        """Yield the rows of the sheet that is read."""
        book = self._open(values=True)
        sheets = _sheets(book)
        read = next((sheet for sheet in sheets if sheet.sheet_state == "visible" and _filled(sheet)), None)
        if read is None:
            raise SheetError("has no visible sheet that holds anything; write the records into its first one")
        notes = [*_unread(sheets, read)]
        merged, formulas = self._scanned(read)
        notes += _merged(merged)
        formula_rows = self._formulas(sheets.index(read)) if formulas else None
        yield from _cut(_cells(read), formula_rows, tuple(notes))

    def _open(self, *, values: bool) -> Workbook:
        file = self._opened.enter_context(self._path.open("rb"))  # openpyxl would leave it open where it fails
        with _quiet():
            book = openpyxl.load_workbook(file, read_only=True, data_only=values, keep_links=False)
        self._opened.callback(book.close)
        return book

    def _formulas(self, place: int) -> Iterator[tuple[_Cell, ...]]:
        """Return the same rows once more, with formulas as they are written."""
        book = self._open(values=False)
        return _cells(_sheets(book)[place])

    def _scanned(self, sheet: ReadOnlyWorksheet) -> tuple[list[str], bool]:
        """Return which cells of a sheet are merged, and whether it holds formulas; openpyxl does not tell."""
        merged: list[str] = []
        formulas = False
        name = str(vars(sheet)["_worksheet_path"])
        with zipfile.ZipFile(self._path) as archive, archive.open(name) as file:
            before = b""
            while chunk := file.read(1 << 20):
                text = before + chunk
                formulas = formulas or bool(re.search(rb"<f[\s>/]", text))
                cut = text.rfind(b"<")
                merged += [found.decode("ascii", "replace") for found in _MERGED.findall(text[:cut])]
                before = text[cut:][-1000:]
                del merged[10_000:]
        return merged, formulas


_MERGED = re.compile(rb"<mergeCell\s[^>]*?ref=[\"']([A-Z0-9:]{1,30})[\"']")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what openpyxl warns of to itself: it is about what it does not read, none of which we need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _sheets(book: Workbook) -> list[ReadOnlyWorksheet]:
    return [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]


def _cells(sheet: ReadOnlyWorksheet) -> Iterator[tuple[_Cell, ...]]:
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    found: Iterator[tuple[_Cell, ...]] = cast(Any, sheet).iter_rows()
    while True:
        with _quiet():
            some = list(islice(found, AT_ONCE))
        if not some:
            return
        yield from some


def _filled(sheet: ReadOnlyWorksheet) -> bool:
    return any(cell.value is not None for row in islice(_cells(sheet), LAST_ROW) for cell in row)


def _unread(sheets: Sequence[ReadOnlyWorksheet], read: ReadOnlyWorksheet) -> Iterator[Fault]:
    for sheet in sheets:
        if sheet is not read and _filled(sheet):
            kind = "the sheet" if sheet.sheet_state == "visible" else "the hidden sheet"
            yield Fault(
                "",
                f"{kind} {sheet.title!r} is not read, only {read.title!r} is; save it as a file of its own if it "
                f"holds records",
                str(sheet.title),
            )


def _merged(ranges: list[str]) -> Iterator[Fault]:
    if ranges:
        shown = ", ".join(ranges[:5]) + (f" and {len(ranges) - 5} more" if len(ranges) > 5 else "")
        problem = (
            f"cells are merged ({shown}): only the first of them has the value, the others count as blank; unmerge "
            f"them and write the value into each"
        )
        yield Fault("", problem, shown)


def _cut(
    found: Iterator[tuple[_Cell, ...]], formulas: Iterator[tuple[_Cell, ...]] | None, notes: tuple[Fault, ...]
) -> Iterator[Cut]:
    width = 0
    for number, row in enumerate(found, start=1):
        if number > LAST_ROW:
            raise SheetError(f"has more rows than a workbook can have; divide it, {LAST_ROW:,} are the most")
        written = next(formulas, ()) if formulas else ()
        cells = [_shown(cell) for cell in row]
        faulty = dict(_faulty(row, written))
        for place in faulty:
            cells[place] = str(written[place].value)
        while cells and not cells[-1].strip():
            cells.pop()
        if sum(map(len, cells)) > LONGEST:
            raise SheetError(
                f"a row of more than {LONGEST // 1024 // 1024} million characters; divide it", f"row {number}"
            )
        cells += [""] * (width - len(cells))
        cut = Cut(number, tuple(cells), tuple(faulty.items()), notes)
        if not width and not (cut.blank or cells[0].lstrip().startswith("#")):
            width, notes = len(cells), ()
        yield cut


def _faulty(row: tuple[_Cell, ...], written: tuple[_Cell, ...]) -> Iterator[tuple[int, str]]:
    for place, cell in enumerate(row):
        formula = written[place] if place < len(written) else None
        if cell.value is None and formula is not None and formula.value is not None:
            yield (
                place,
                f"holds the formula {str(formula.value)[:60]!r} without a value; open the file in a spreadsheet "
                f"program, let it calculate, and save it",
            )


# What a cell shows.


def _shown(cell: _Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        plain = unescape(value) if "_x" in value else value
        return value if XML_ILLEGAL.search(plain) else plain
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime, date)):
        return _day(value, str(cell.number_format or ""))
    return str(value)


def _day(value: datetime | date, shown_as: str) -> str:
    """Return a date as precise as the cell shows it: one that shows as "1965" is kept as a day by the program alone."""
    text = value.isoformat()
    if isinstance(value, datetime) and value.time() != time():
        return text
    letters = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", shown_as.partition(";")[0]).lower()
    day = text[:10]
    if "d" in letters or "y" not in letters:
        return day
    return day[:7] if "m" in letters else day[:4]
