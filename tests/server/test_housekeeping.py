"""What a running server does beside answering."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from records.database import Database, StoreError
from records.model import Record
from records.publish import Publication
from records.store import Selection, Store
from records.stretches import Stretch
from records.tables import clock, stretches
from server import housekeeping, publishing
from server.config import Config
from server.library import Library
from server.watching import Watch


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


def test_lists_are_packed_while_the_server_runs(
    library: Library, store: Store, make_record: Callable[..., Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that there is to pack is packed in one step, in each format that harvesters ask for."""
    monkeypatch.setattr("records.stretches.SIZE", 2)
    records = [make_record(f"r{number}") for number in range(5)]
    store.publish([publishing.publication(record, library.repository(), date(2026, 1, 1)) for record in records])
    housekeeping.step(library)
    for name in ("oai_dc", "mods", "marc21"):
        window = store.window(Selection(name), limit=4, form="packed")
        assert [part.size for part in window.parts if isinstance(part, Stretch)] == [2, 2]
    with store.database.reading() as (connection, _now):
        assert "manifest" not in connection.execute(select(stretches.c.format)).scalars().all()


def test_nothing_is_written_where_there_is_nothing_to_do(library: Library, store: Store) -> None:
    """A step waits for no writer then, and a store that may not be written serves on in peace."""
    with store.database.writing():
        housekeeping.step(library)


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


def test_a_failure_that_nobody_foresaw_is_told_and_tried_again(
    app: Flask,
    library: Library,
    make_record: Callable[..., Record],
    make_publication: Callable[..., Publication],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A record that is due, and that is not even JSON: the traceback is logged once, and the thread goes on."""
    unreadable = make_publication("due", status="hidden", stated=b"{")
    mended = publishing.publication(
        make_record("due", embargoed_until="2020-01-01"), library.repository(), date(2019, 12, 31)
    )
    library.store.publish([replace(unreadable, release=0)])
    turns = iter(range(3))

    def pause(_seconds: float) -> None:
        if (turn := next(turns)) == 1:
            library.store.publish([mended])
        if turn == 2:
            raise StopIteration

    monkeypatch.setattr(housekeeping, "sleep", pause)
    watch: Watch = app.extensions["dragoman_watch"]
    with pytest.raises(StopIteration):
        housekeeping._keep(library, watch)
    (told,) = caplog.records
    assert told.getMessage() == "housekeeping failed, which is a fault of Dragoman; it is tried again every 5 s"
    assert told.exc_info
    assert "Expecting property name" in str(told.exc_info[1])
    assert library.store.counts() == {"shown": 1, "hidden": 0, "withdrawn": 0}


def test_a_record_that_cannot_be_read_any_more_holds_up_no_other(
    library: Library, make_record: Callable[..., Record], make_publication: Callable[..., Publication]
) -> None:
    """It is named, with the remedy; what else is due is released."""
    repository = library.repository()
    due = publishing.publication(make_record("due", embargoed_until="2020-01-01"), repository, date(2019, 12, 31))
    old = make_publication("old", status="hidden", stated=b'{"identifier": "old", "titles": []}')
    library.store.publish([replace(old, release=0), due])
    with pytest.raises(StoreError) as raised:
        housekeeping.step(library)
    assert str(raised.value) == (
        "the record old stands in the store as an earlier Dragoman took it, and this one cannot read it (a record "
        'needs a main title: "titles": [{"text": "..."}]); mend it, and load it again'
    )
    assert library.store.counts() == {"shown": 1, "hidden": 1, "withdrawn": 0}


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
    library.store.database.close()
    monkeypatch.setattr(library.store, "database", real)
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith(f"housekeeping waits: the database {url} does not answer; start the server")
