"""Stores whose clock stands still until a test moves it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy

from records.store import Store

FAKE_CLOCK = """
CREATE SEQUENCE public.seconds;
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql
    AS 'SELECT to_timestamp(last_value + 0.9) FROM public.seconds';
"""
"""A clock that every session of a PostgreSQL database reads at once, since sequences know no transactions."""


@pytest.fixture
def clock(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Give a function that sets the clock of the database, which stands still; at first at second 1000."""
    if database_url.startswith("sqlite"):

        def set_host(now: int) -> None:
            monkeypatch.setattr("records.database.seconds", lambda: now)

        set_host(1000)
        yield set_host
        return
    engine = sqlalchemy.create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(FAKE_CLOCK)
        connection.exec_driver_sql(f"ALTER DATABASE {engine.url.database} SET search_path = public, pg_catalog")

        def set_database(now: int) -> None:
            connection.exec_driver_sql(f"SELECT setval('seconds', {now})").close()

        set_database(1000)
        yield set_database
    engine.dispose()


@pytest.fixture
def store(database_url: str, clock: Callable[[int], None]) -> Iterator[Store]:  # noqa: ARG001 - it is set first
    """Give an empty store with a clock that stands still, on each kind of database in turn."""
    store = Store(database_url)
    yield store
    store.database.close()


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """Give the path of an SQLite store that was made and holds no record."""
    path = tmp_path / "made.sqlite"
    Store(f"sqlite:///{path}").database.close()
    return path
