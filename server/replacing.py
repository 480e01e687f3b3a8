"""`--replace SET`: an input that is the whole of a set, so that what is missing in it leaves the set."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from mappings.repository import Repository
from records import stated
from records.collections import ancestors
from records.errors import RecordError
from records.identifiers import local
from records.publish import Publication
from records.store import Store
from records.values import IDENTIFIER
from server import publishing
from server.seen import explained

FEW = 20
"""Records of a set up to which any number may leave it without a question."""

SHARE = 10
"""Of more, a tenth may."""


class Leaving(NamedTuple):
    """A record that leaves a set: how it is to be published, and what becomes of it, in words."""

    publication: Publication
    said: str


class Standing:
    """The records of a set that an input did not show yet, in a temporary file that vanishes by itself.

    Args:
        store: the store.
        spec: the set; those below it are parts of it.

    Raises:
        StoreError: the store cannot be read, or the temporary file not be written.
    """

    def __init__(self, store: Store, spec: str) -> None:
        self.spec = spec
        self.unnamed = ""
        self._store = store
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("CREATE TABLE standing (identifier TEXT PRIMARY KEY) WITHOUT ROWID")
        for rows in store.all_stated(publishing.BATCH):
            there = [(row.identifier,) for row in rows if self._holds(row.stated)]
            with explained():
                self._table.executemany("INSERT OR IGNORE INTO standing VALUES (?)", there)
        self._total = self.missing

    @property
    def missing(self) -> int:
        """How many records the input did not show."""
        return int(self._table.execute("SELECT count(*) FROM standing").fetchone()[0])

    def met(self, identifier: str) -> None:
        """Take note of a record that the input shows."""
        with explained():
            self._table.execute("DELETE FROM standing WHERE identifier = ?", (identifier,))

    def faulty(self, error: RecordError) -> None:
        """Take note of what could not be read: it counts as shown; what does not tell its identifier could be any."""
        wrong = any(fault.field == "identifier" for fault in error.faults)
        if error.identifier and (IDENTIFIER.fullmatch(error.identifier) or not wrong):
            self.met(error.identifier)
            self.met(local(error.identifier))
        else:
            self.unnamed = self.unnamed or str(error).splitlines()[0].partition(": ")[0]

    def refusal(self, *, sure: bool) -> str:
        """Return why nothing is to leave the set; empty if nothing speaks against it.

        Args:
            sure: whether more than a tenth may.
        """
        missing = self.missing
        if missing and self.unnamed:
            return (
                f"set {self.spec}: {missing} of {self._total} records are not in the input, but {self.unnamed} could "
                f"be any of them, since its identifier cannot be read; nothing was deleted; correct it and load again"
            )
        if not sure and self._total > FEW and missing * SHARE > self._total:
            return (
                f"set {self.spec}: {missing} of {self._total} records are not in the input, more than a tenth; nothing "
                f"was deleted; add --yes if they are to go"
            )
        return ""

    def leaving(self, repository: Repository) -> Iterator[list[Leaving]]:
        """Yield, in batches, the records that the input did not show, as they are to be published.

        Args:
            repository: what the mappings need to know.
        """
        after = ""
        query = "SELECT identifier FROM standing WHERE identifier > ? ORDER BY identifier LIMIT ?"
        while found := [row[0] for row in self._table.execute(query, (after, publishing.BATCH))]:
            after = found[-1]
            kept = self._store.stated(found)
            yield [self._leaving(kept[identifier], repository) for identifier in found if self._holds(kept[identifier])]

    def _leaving(self, kept: bytes, repository: Repository) -> Leaving:
        record = stated.read(kept)
        others = tuple(spec for spec in record.collections if self.spec not in ancestors(spec))
        if others:
            return Leaving(publishing.again(kept, repository, collections=others), f"taken out of {self.spec}")
        return Leaving(publishing.again(kept, repository, visibility="deleted"), "deleted")

    def _holds(self, kept: bytes) -> bool:
        if self.spec.encode() not in kept:
            return False
        record = stated.read(kept)
        inside = any(self.spec in ancestors(spec) for spec in record.collections)
        return inside and record.visibility != "deleted"
