"""A careless program: it answers with the time of day, whatever is about to be committed, and is slow to commit.

`python -m tests.harvest.naive serve ...` is the command `dragoman` without the rules that keep changes from being lost.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from records.database import Database, seconds

DAWDLES = 1.2
"""Seconds between a stamp and its commit; changes are stamped by the second."""

_begin, _writing = Database._begin_reading, Database.writing


def _begin_by_the_clock(database: Database, connection: Any) -> int:  # noqa: ANN401 - a driver's connection
    _begin(database, connection)
    return seconds()


@contextmanager
def _writing_slowly(database: Database) -> Iterator[tuple[Connection, int]]:
    with _writing(database) as found:
        yield found
        time.sleep(DAWDLES)


def behave() -> None:
    """Put both faults into this process, and into those that it forks."""
    Database._begin_reading = _begin_by_the_clock  # type: ignore[method-assign,assignment]
    Database.writing = _writing_slowly  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    from server.cli import main

    behave()
    main()
