"""What a running server does beside answering."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from records.database import Database
from records.model import Record
from records.store import Store
from records.tables import clock
from server import housekeeping, publishing
from server.config import Config
from server.library import Library


def _stamp(store: Store) -> int:
    with store.database.reading() as (connection, _now):
        return int(connection.execute(select(clock.c.stamp)).scalar_one())


def test_an_embargo_ends_while_the_server_runs(
    library: Library, store: Store, make_record: Callable[..., Record]
) -> None:
    """What is due is shown after the next step, what is not stays hidden."""
    records = [make_record("due", embargoed_until="2020-01-01"), make_record("not-due", embargoed_until="9999-12-31")]
    store.publish([publishing.publication(record, library.repository(), date(2019, 12, 31)) for record in records])
    assert store.counts() == {"shown": 0, "hidden": 2, "withdrawn": 0}
    housekeeping.step(library)
    assert store.counts() == {"shown": 1, "hidden": 1, "withdrawn": 0}


def test_the_stamp_moves_on_where_a_standby_waits_for_it(postgresql_url: str) -> None:
    """Else readers of an idle repository would be told the time of its last change for ever."""
    store = Store(postgresql_url)
    with store.database.writing() as (connection, _now):
        connection.execute(clock.update().values(stamp=1000))
    housekeeping.step(Library(Config(database_url=postgresql_url), store))
    assert _stamp(store) == 1000
    housekeeping.step(Library(Config(database_url=postgresql_url, read_database_url=postgresql_url), store))
    assert _stamp(store) > 1000
    store.close()


def test_a_store_that_cannot_be_written_stops_nothing(
    app: Flask, library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Housekeeping says once that it waits, and goes on when the store does."""
    real, url = library.store.database, "postgresql://nobody@127.0.0.1:1/nothing"
    turns = iter([None, None, StopIteration])

    def pause(_seconds: float) -> None:
        if next(turns):
            raise StopIteration

    monkeypatch.setattr(housekeeping, "sleep", pause)
    monkeypatch.setattr(library.store, "database", Database(url))
    with pytest.raises(StopIteration):
        housekeeping._keep(library, app.extensions["dragoman_watch"])
    library.store.database.engine.dispose()
    monkeypatch.setattr(library.store, "database", real)
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith(f"housekeeping waits: the database {url} does not answer; start the server")
