"""Rows that are pages of a record: they may stand anywhere in a sheet, and wait on disk for that of their record."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from records.database import StoreError
from records.readers.sheets.columns import Columns
from records.readers.sheets.cut import Cut

MOST_PAGES = 20_000
"""Pages that one record can have; all are in memory at once."""


class Whole(NamedTuple):
    """What a record is part of, and is no page of.

    Attributes:
        identifier: as the row of the record has it.
        title: the title of the row with that identifier; None if there is no such row.
    """

    identifier: str
    title: str | None


class Families:
    """The rows that name a parent, in a temporary file that vanishes by itself.

    A row without rows below it is a page of the record that it names. Where a row that others name as their parent
    names one itself, or where the parent says that it is a collection, the parent is no document: it holds records.

    Attributes:
        parent: the place of the column that names the parent; -1 if there is none.
    """

    def __init__(self, columns: Columns) -> None:
        member_of = columns.place("member of")
        self.parent = columns.place("parent")
        self._may_be_elsewhere = self.parent < 0 <= member_of
        self.parent = member_of if self._may_be_elsewhere else self.parent
        self._identifier, self._title = columns.place("identifier"), columns.place("title")
        self._order, self._model = columns.place("order"), columns.place("model")
        self._table = sqlite3.connect("", isolation_level=None)
        with _explained():
            self._table.execute("PRAGMA journal_mode = OFF")
            self._table.execute(
                "CREATE TABLE line (row INTEGER PRIMARY KEY, identifier TEXT, title TEXT, is_collection INTEGER, "
                "parent TEXT, weight REAL, cut TEXT, is_page INTEGER, taken INTEGER DEFAULT 0)"
            )

    def __enter__(self) -> "Families":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._table.close()

    def collect(self, rows: Iterable[Cut]) -> None:
        """Learn which rows are pages.

        Args:
            rows: all rows of the sheet.

        Raises:
            StoreError: there is no room for temporary files.
        """
        with _explained():
            self._table.executemany(
                "INSERT INTO line (row, identifier, title, is_collection, parent, weight, cut) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                map(self._remembered, rows),
            )
            self._table.execute("CREATE INDEX of_identifier ON line (identifier)")
            self._table.execute("CREATE INDEX of_parent ON line (parent, weight, row)")
            self._table.execute(
                "CREATE TEMPORARY TABLE collection AS "
                "SELECT line.parent AS identifier FROM line WHERE line.parent <> line.identifier "
                "AND EXISTS (SELECT 1 FROM line AS below WHERE below.parent = line.identifier) "
                "UNION SELECT identifier FROM line WHERE is_collection"
            )
            self._table.execute(
                "UPDATE line SET is_page = parent NOT IN (SELECT identifier FROM collection) "
                "AND (NOT ? OR EXISTS (SELECT 1 FROM line AS above WHERE above.identifier = line.parent)) "
                "WHERE parent <> ''",
                (self._may_be_elsewhere,),
            )

    def _remembered(self, cut: Cut) -> tuple[int, str, str, bool, str, float, str | None]:
        parent = cut.cells[self.parent].strip()
        return (
            cut.number,
            cut.cells[self._identifier].strip(),
            cut.cells[self._title].strip() if self._title >= 0 else "",
            self._model >= 0 and cut.cells[self._model].strip().casefold() == "collection",
            parent,
            _weight(cut.cells[self._order]) if self._order >= 0 else 0.0,
            json.dumps([cut.cells, cut.faulty]) if parent else None,
        )

    def is_page(self, cut: Cut) -> bool:
        """Whether a row is a page of another row's record.

        Raises:
            StoreError: the temporary file cannot be read.
        """
        if self.parent < 0 or not cut.cells[self.parent].strip():
            return False
        with _explained():
            found = self._table.execute("SELECT is_page FROM line WHERE row = ?", (cut.number,)).fetchone()
        return bool(found and found[0])

    def whole(self, cut: Cut) -> Whole | None:
        """Return what the record of a row is part of; None if the row names nothing.

        Raises:
            StoreError: the temporary file cannot be read.
        """
        parent = cut.cells[self.parent].strip() if self.parent >= 0 else ""
        if not parent:
            return None
        with _explained():
            found = self._table.execute(
                "SELECT title FROM line WHERE identifier = ? ORDER BY row LIMIT 1", (parent,)
            ).fetchone()
        return Whole(parent, found[0] if found else None)

    def pages(self, cut: Cut) -> tuple[Cut, ...]:
        """Return the rows of the pages of a row's record, which are then no more.

        Raises:
            StoreError: the temporary file cannot be read.
        """
        identifier = cut.cells[self._identifier].strip()
        if self.parent < 0 or not identifier:
            return ()
        with _explained():
            found = self._table.execute(
                "SELECT row, cut FROM line WHERE parent = ? AND is_page AND NOT taken ORDER BY weight, row LIMIT ?",
                (identifier, MOST_PAGES),
            ).fetchall()
            self._table.executemany("UPDATE line SET taken = 1 WHERE row = ?", ((row,) for row, _cut in found))
        return tuple(_restored(row, cut) for row, cut in found)

    def orphans(self) -> Iterator[tuple[Cut, str, str]]:
        """Yield the pages that no record took, each with its identifier and the reason.

        Raises:
            StoreError: the temporary file cannot be read.
        """
        with _explained():
            for row, cut, identifier, parent, above in self._table.execute(
                "SELECT row, cut, identifier, parent, (SELECT min(row) FROM line AS other "
                "WHERE other.identifier = line.parent) FROM line WHERE is_page AND NOT taken ORDER BY row"
            ):
                yield _restored(row, cut), identifier, _problem(parent, row, above)


def _problem(parent: str, row: int, above: int | None) -> str:
    if above is None:
        return f"is {parent!r}, which no row has as its identifier; write that of the record that this is a page of"
    if above == row:
        return f"is {parent!r}, the identifier of this row itself; write that of the record that this is a page of"
    return f"is {parent!r} (row {above}), which has {MOST_PAGES:,} pages already; divide the record"


def _weight(cell: str) -> float:
    """Return the place of a page; those without any stand behind the others."""
    try:
        return float(cell)
    except ValueError:
        return float("inf")


def _restored(row: int, cut: str) -> Cut:
    cells, faulty = json.loads(cut)
    return Cut(row, tuple(cells), tuple((place, problem) for place, problem in faulty))


@contextmanager
def _explained() -> Iterator[None]:
    """Say what a failure of the temporary file means."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"the folder of temporary files cannot hold the pages of this sheet ({error}); make room there, or name "
            f"another one by TMPDIR"
        ) from error
