"""What checks of the records came to: the newest with all that it found, earlier ones with their counts.

It is for staff, and no part of what the store guarantees: nothing here takes the lock of the harvest guarantee.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from records.database import Database
from records.tables import check_findings, check_runs

KEPT = 30
"""Runs whose counts are kept."""


class Run(NamedTuple):
    """One check of the records.

    Attributes:
        time: its end, in seconds since 1970 UTC.
        sequence: the number of the last change before it began.
        program: the version of the program.
        records: how many records were looked at.
        must: in how many places a rule is broken that must be kept,
        should: that should be kept,
        advice: that is advice.
    """

    time: int
    sequence: int
    program: str
    records: int
    must: int
    should: int
    advice: int


class Newest(NamedTuple):
    """The newest run: its number, what else it came to, and its counts."""

    number: int
    report: bytes
    run: Run


_COLUMNS = [check_runs.c[name] for name in Run._fields]


def put(database: Database, run: Run, report: bytes, findings: Mapping[str, bytes]) -> None:
    """Keep a run; of the one before only the counts stay.

    Args:
        database: the store's.
        run: its counts.
        report: what else it came to.
        findings: what it found, by the code of the rule.

    Raises:
        StoreError: the tables cannot be written now; nothing was kept.
    """
    with database.aside() as connection:
        last = _last(connection) or 0
        connection.execute(delete(check_findings))
        connection.execute(update(check_runs).values(report=None))
        connection.execute(insert(check_runs), [{"id": last + 1, "report": report, **run._asdict()}])
        rows = [{"run_id": last + 1, "code": code, "findings": found} for code, found in findings.items()]
        if rows:
            connection.execute(insert(check_findings), rows)
        connection.execute(delete(check_runs).where(check_runs.c.id <= last + 1 - KEPT))


def history(database: Database) -> list[Run]:
    """Return the runs, the newest first.

    Raises:
        StoreError: the database does not answer.
    """
    with database.reading() as (connection, _now):
        return [Run._make(row) for row in connection.execute(select(*_COLUMNS).order_by(check_runs.c.id.desc()))]


def newest(database: Database) -> Newest | None:
    """Return the newest run; None if there was none.

    Raises:
        StoreError: the database does not answer.
    """
    query = select(check_runs.c.id, check_runs.c.report, *_COLUMNS).order_by(check_runs.c.id.desc())
    with database.reading() as (connection, _now):
        row = connection.execute(query.limit(1)).first()
    return Newest(row[0], row[1], Run._make(row[2:])) if row else None


def findings(database: Database, number: int, code: str) -> bytes | None:
    """Return what a run found by a rule; None if it found nothing, or is not the newest any more.

    Raises:
        StoreError: the database does not answer.
    """
    query = select(check_findings.c.findings).where(check_findings.c.run_id == number, check_findings.c.code == code)
    with database.reading() as (connection, _now):
        found: bytes | None = connection.execute(query).scalar()
    return found


def _last(connection: Connection) -> int | None:
    last: int | None = connection.execute(select(func.max(check_runs.c.id))).scalar()
    return last
