"""Rows in and out of the database, as its driver gives and takes them: to compile each would cost as much again.

Statements are SQL with parameters written as `:name`, and no other colons.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_T = TypeVar("_T")

Rows = Callable[[str, Mapping[str, object]], list[tuple[Any, ...]]]
"""Returns what a statement finds in one transaction, by the values of its parameters: see `raw_rows`."""


def raw_rows(connection: Connection, statement: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Return rows as the driver gives them, PostgreSQL's by its binary protocol: a list is mostly documents.

    Args:
        connection: a transaction of ours.
        statement: the statement.
        parameters: the values of its parameters.
    """
    return taken(connection.connection.driver_connection, statement, parameters)


def write_rows(connection: Connection, statement: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Run a statement for each row.

    Args:
        connection: a writer's transaction.
        statement: the statement.
        rows: the values of its parameters.
    """
    if rows:
        sqlite = connection.dialect.name == "sqlite"
        connection.exec_driver_sql(statement if sqlite else _for_postgresql(statement), list(rows))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, all columns named; PostgreSQL takes them in one stream, which costs far less than a statement each.

    Args:
        connection: a writer's transaction.
        table: the table; none of the rows may be in it.
        rows: their values.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_inserting(table), list(rows))
        return
    statement, names, types = _copying(table)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as stream:
        stream.set_types(types)
        for row in rows:
            stream.write_row([row[name] for name in names])


@lru_cache
def _inserting(table: Table) -> str:
    return str(sqlite.insert(table).compile(dialect=sqlite.dialect(paramstyle="named")))


@lru_cache
def _copying(table: Table) -> tuple[str, list[str], list[str]]:
    """Return the statement that takes rows of a table, the names of its columns, and their types."""
    names = [column.name for column in table.columns]
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    types = [column.type.compile(dialect).lower() for column in table.columns]
    return f"COPY {table.name} ({', '.join(names)}) FROM STDIN (FORMAT BINARY)", names, types


def taken(driver: Any, statement: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Return the same as `raw_rows`, by a connection of the driver."""
    return walked(driver, statement, parameters, list)


def walked(
    driver: Any,  # noqa: ANN401
    statement: str,
    parameters: Mapping[str, object],
    take: Callable[[Iterable[tuple[Any, ...]]], _T],
) -> _T:
    """Return what is made of the rows that a statement finds.

    Args:
        driver: a connection of the driver.
        statement: the statement.
        parameters: the values of its parameters.
        take: what makes something of the rows, of which it need not read all.
    """
    if isinstance(driver, sqlite3.Connection):
        with closing(driver.execute(statement, parameters)) as cursor:
            return take(cursor)
    with driver.cursor(binary=True) as cursor:
        cursor.execute(_for_postgresql(statement), parameters)
        return take(cursor)


@lru_cache
def _for_postgresql(statement: str) -> str:
    return re.sub(r":(\w+)", r"%(\1)s", statement)
