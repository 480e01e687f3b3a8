"""The schema of a store: made where there is none, recognised where there is one, migrated when it is older."""

from sqlalchemy import Connection, insert, inspect, select

from records.database import Database, StoreError
from records.tables import SCHEMA, clock, facts, metadata, schema_version

_FIRST = "0001"
"""The schema of a store that says nothing of its schema."""


def version(database: Database) -> str | None:
    """Return the schema of a database's tables, None if there are none; waits for no writer."""
    with database.explained(), database.engine.connect() as connection:
        return _version(connection)


def make(database: Database) -> str:
    """Make the tables, unless another process was quicker; return their schema."""
    with database.preparing() as (connection, now):
        found = _version(connection)
        if found is None:
            metadata.create_all(connection)
            connection.execute(insert(schema_version), [{"version_num": SCHEMA}])
            connection.execute(insert(clock), [{"id": 1, "stamp": now, "sequence": 0, "record_id": 0}])
        return found or SCHEMA


def migrate(database: Database) -> str | None:
    """Bring the tables up to the schema of this program, in one transaction.

    Returns:
        The schema that they had; None if there were none, and they were made.

    Raises:
        StoreError: the tables are of a later schema than this program knows.
    """
    from records import migrations  # noqa: PLC0415 - alembic is loaded where it is needed

    database.make_place()
    found = version(database)
    if found is None:
        make(database)
    elif found > SCHEMA:
        raise StoreError(difference(found, database.name))
    elif found < SCHEMA:
        with database.preparing() as (connection, _now):
            migrations.upgrade(connection)
    return found


def difference(found: str, name: str) -> str:
    """Return what to do about a store whose schema is not that of this program."""
    if found > SCHEMA:
        return (
            f"the database {name} was made by a later Dragoman (schema {found}, this program knows {SCHEMA}); "
            f"use that program, or a later one"
        )
    return (
        f"the database {name} was made by an earlier Dragoman (schema {found}, this program needs {SCHEMA}); "
        f"stop the servers, make a copy of it, and run 'dragoman migrate'"
    )


def _version(connection: Connection) -> str | None:
    """Return the schema; the table that all have is looked for first, since another process may be making them."""
    tables = inspect(connection)
    if not tables.has_table(facts.name):
        return None
    if not tables.has_table(schema_version.name):
        return _FIRST
    return connection.execute(select(schema_version.c.version_num)).scalar()
