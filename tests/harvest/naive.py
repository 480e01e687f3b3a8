"""A careless program: it answers with the time of day, whatever is about to be committed, and is slow to commit.

`python -m tests.harvest.naive serve ...` is the command `dragoman` without the rules that keep changes from being lost.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from records.database import Database, seconds

DAWDLES = 1.2
"""Seconds between a stamp and its commit; changes are stamped by the second."""

_reading, _writing = Database.reading, Database.writing


@contextmanager
def _reading_by_the_clock(database: Database) -> Iterator[tuple[Connection, int]]:
    with _reading(database) as (connection, _safe):
        yield connection, seconds()


@contextmanager
def _writing_slowly(database: Database) -> Iterator[tuple[Connection, int]]:
    with _writing(database) as found:
        yield found
        time.sleep(DAWDLES)


def behave() -> None:
    """Put both faults into this process, and into those that it forks."""
    Database.reading = _reading_by_the_clock  # type: ignore[method-assign,assignment]
    Database.writing = _writing_slowly  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    from server.cli import main

    behave()
    main()
