"""Which identifiers a load has met already, and where: on disk, since those of millions would fill the memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from records.database import StoreError


class Seen:
    """Identifiers with the place where each stood first, in a temporary file that vanishes by itself."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("CREATE TABLE seen (identifier TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def first(self, identifier: str, place: str) -> str | None:
        """Return where an identifier stood before; None, and remember its place, if nowhere.

        Raises:
            StoreError: the temporary file cannot be written.
        """
        with explained():
            new = self._table.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (identifier, place)).rowcount
            if new:
                return None
            return str(self._table.execute("SELECT place FROM seen WHERE identifier = ?", (identifier,)).fetchone()[0])


@contextmanager
def explained() -> Iterator[None]:
    """Turn what SQLite says of a temporary file into a StoreError with the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"the folder of temporary files cannot hold the identifiers of this load ({error}); make room there, "
            f"or name another one by TMPDIR"
        ) from error
