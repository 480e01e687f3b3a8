"""Rows that are pages of a record: they may stand anywhere in a sheet, and wait on disk for the row of their record."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from records.database import StoreError
from records.readers.sheets.cut import Cut

MOST_PAGES = 20_000
"""Pages that one record can have; all are in memory at once."""


class Families:
    """The rows of pages, in a temporary file that vanishes by itself.

    Attributes:
        parent: the place of the column that names the record of a page; -1 if there is none.
        order: the place of the column that orders the pages; -1 if there is none.
        identifier: the place of the column of identifiers.
    """

    def __init__(self, parent: int, identifier: int, order: int) -> None:
        self.parent = parent
        self.identifier = identifier
        self.order = order
        self._table = sqlite3.connect("", isolation_level=None)
        with _explained():
            self._table.execute("PRAGMA journal_mode = OFF")
            self._table.execute(
                "CREATE TABLE page (parent TEXT, identifier TEXT, weight REAL, row INTEGER PRIMARY KEY, cut TEXT, "
                "taken INTEGER DEFAULT 0)"
            )
            self._table.execute("CREATE INDEX of_parent ON page (parent, weight, row)")
            self._table.execute("CREATE INDEX of_identifier ON page (identifier)")

    def __enter__(self) -> "Families":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._table.close()

    def holds(self, cut: Cut) -> bool:
        """Whether a row is a page of another row's record."""
        return self.parent >= 0 and bool(cut.cells[self.parent].strip())

    def collect(self, rows: Iterable[Cut]) -> None:
        """Remember the rows that are pages.

        Args:
            rows: all rows of the sheet.

        Raises:
            StoreError: there is no room for temporary files.
        """
        with _explained():
            self._table.executemany(
                "INSERT INTO page (parent, identifier, weight, row, cut) VALUES (?, ?, ?, ?, ?)",
                (self._remembered(cut) for cut in rows if self.holds(cut)),
            )

    def _remembered(self, cut: Cut) -> tuple[str, str, float, int, str]:
        return (
            cut.cells[self.parent].strip(),
            cut.cells[self.identifier].strip(),
            _weight(cut.cells[self.order]) if self.order >= 0 else 0.0,
            cut.number,
            json.dumps([cut.cells, cut.faulty]),
        )

    def children(self, cut: Cut) -> tuple[Cut, ...]:
        """Return the pages of a row's record, which are then no more.

        Raises:
            StoreError: the temporary file cannot be read.
        """
        identifier = cut.cells[self.identifier].strip()
        if self.parent < 0 or not identifier:
            return ()
        with _explained():
            found = self._table.execute(
                "SELECT row, cut FROM page WHERE parent = ? AND NOT taken ORDER BY weight, row LIMIT ?",
                (identifier, MOST_PAGES),
            ).fetchall()
            self._table.executemany("UPDATE page SET taken = 1 WHERE row = ?", ((row,) for row, _cut in found))
        return tuple(_restored(row, cut) for row, cut in found)

    def orphans(self) -> Iterator[tuple[Cut, str]]:
        """Yield the pages that no record took, each with the reason.

        Raises:
            StoreError: the temporary file cannot be read.
        """
        with _explained():
            for row, cut, parent, above in self._table.execute(
                "SELECT row, cut, parent, (SELECT min(row) FROM page AS other WHERE other.identifier = page.parent) "
                "FROM page WHERE NOT taken ORDER BY row"
            ):
                yield _restored(row, cut), _problem(parent, above)


def _problem(parent: str, above: int | None) -> str:
    if above:
        return (
            f"is {parent!r}, which is a page itself (row {above}), and pages have no pages; write the identifier of "
            f"the record"
        )
    return (
        f"is {parent!r}, which no row has as its identifier; write the identifier of the record that this is a page of"
    )


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
