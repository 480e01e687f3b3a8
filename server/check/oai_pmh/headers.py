"""The headers of a list, kept on disk, since those of millions of records would fill the memory."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from server.check.findings import CannotCheckError
from server.check.oai_pmh.answer import Header

_BETWEEN = "\x1f"
"""What stands between the sets of a header; XML knows no such character."""

_COLUMNS = "identifier, datestamp, sets, deleted"


class Headers:
    """Headers in their order, in a temporary file that vanishes by itself."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute(
            "CREATE TABLE headers (number INTEGER PRIMARY KEY, identifier TEXT, datestamp TEXT, sets TEXT, deleted INT)"
        )
        self._table.execute("CREATE INDEX by_identifier ON headers (identifier)")

    def add(self, headers: Iterable[Header]) -> None:
        """Append headers.

        Raises:
            CannotCheckError: the temporary file cannot be written.
        """
        rows = [(*header[:2], _BETWEEN.join(header.sets), header.deleted) for header in headers]
        try:
            self._table.execute("BEGIN")
            self._table.executemany(f"INSERT INTO headers ({_COLUMNS}) VALUES (?, ?, ?, ?)", rows)  # noqa: S608
            self._table.execute("COMMIT")
        except sqlite3.Error as error:
            raise CannotCheckError(
                f"the folder of temporary files cannot hold the headers of this list ({error}); make room there, or "
                "name another one by TMPDIR"
            ) from None

    def __iter__(self) -> Iterator[Header]:
        """Yield all, in their order."""
        return self._found("ORDER BY number")

    def __contains__(self, identifier: str) -> bool:
        """Whether there is a header of a record."""
        return self._one("SELECT EXISTS (SELECT 1 FROM headers WHERE identifier = ?)", identifier) == 1

    def distinct(self) -> Iterator[Header]:
        """Yield those that differ."""
        return self._found(f"GROUP BY {_COLUMNS}")

    def repeated(self) -> Iterator[Header]:
        """Yield those that stand there more than once."""
        return self._found(f"GROUP BY {_COLUMNS} HAVING count(*) > 1")

    @property
    def live(self) -> Header | None:
        """The first one that is not deleted."""
        return next(self._found("WHERE NOT deleted ORDER BY number LIMIT 1"), None)

    @property
    def records(self) -> int:
        """How many records they are of."""
        return self._one("SELECT count(DISTINCT identifier) FROM headers")

    @property
    def deleted(self) -> bool:
        """Whether a record is deleted."""
        return self._one("SELECT EXISTS (SELECT 1 FROM headers WHERE deleted)") == 1

    def _found(self, which: str) -> Iterator[Header]:
        for identifier, datestamp, sets, deleted in self._table.execute(f"SELECT {_COLUMNS} FROM headers {which}"):  # noqa: S608
            yield Header(identifier, datestamp, tuple(sets.split(_BETWEEN)) if sets else (), bool(deleted))

    def _one(self, query: str, *values: Any) -> int:  # noqa: ANN401 - what SQLite takes
        return int(self._table.execute(query, values).fetchone()[0])
