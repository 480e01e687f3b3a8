"""The connection: what it says when the database cannot do what was asked, and what it is after a failure."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy

import records.database
from records.database import Database, StoreError, explanation
from records.publish import Publication
from records.rows import raw_rows
from records.store import Selection, Store

Make = Callable[..., Publication]
HOUSE = Path(records.database.__file__).parents[1]
NOBODY = 65534

HOLDER = """
import sys
from records.store import Store
with Store(sys.argv[1]).database.writing():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _held_by_another_process(url: str) -> Iterator[None]:
    """Let another process hold the writers' lock."""
    program = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(program, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.stdin.close()


@contextmanager
def _without_rights(path: Path) -> Iterator[None]:
    """Take away the right to write a folder and what is in it; from an administrator too, who needs no right."""
    user = os.geteuid()
    above = [place for place in path.parents if user == 0 and place.stat().st_uid == 0]
    before = {place: place.stat().st_mode for place in (path, *path.iterdir(), *above)}
    for place, mode in before.items():
        place.chmod(mode | 0o011 if place in above else 0o555 if place == path else 0o444)
    sqlalchemy.create_engine("sqlite://")  # loads the driver while its files may be read
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        for place, mode in before.items():
            place.chmod(mode)


def _refusal(url: str, act: Callable[[Store], object] = lambda _store: None) -> str:
    """Return what is said when a store is opened and used."""
    with pytest.raises(StoreError) as refused:
        act(Store(url))
    return str(refused.value)


# Addresses


@pytest.mark.parametrize("url", ["", "var/dragoman.sqlite", "http//x"])
def test_what_is_no_database_url_is_refused(url: str) -> None:
    """With examples of both kinds."""
    assert _refusal(url) == (
        f"{url!r} is not a database URL; write 'sqlite:///var/dragoman.sqlite' or 'postgresql://user@host/database'"
    )


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=ro&uri=true", "mysql://u@h/d", "mssql://u@h/d"]
)
def test_another_kind_of_database_is_refused(url: str) -> None:
    """One that lives in memory too: nobody else could read it."""
    assert _refusal(url) == f"{url!r}: the database must be PostgreSQL or an SQLite file"


def test_a_name_shows_no_password() -> None:
    """Messages and logs name the database, not its secret."""
    assert Database("postgresql://ann:secret@db/archive").name == "postgresql://ann:***@db/archive"
    assert Database("sqlite:////var/a.sqlite").name == "/var/a.sqlite"


# Files


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """With all above it."""
    Store(f"sqlite:///{tmp_path}/a/b/c.sqlite").database.close()
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["c.sqlite", "c.sqlite.lock"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "a").write_text("")
    for below, problem in (("a/b/c.sqlite", "Not a directory"), ("a/c.sqlite", "File exists")):
        assert _refusal(f"sqlite:///{tmp_path}/{below}") == (
            f"the database {tmp_path}/{below} could not be opened; make its folder, or correct DRAGOMAN_DATABASE_URL "
            f"({problem})"
        )


def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    """Before anything is made in it."""
    place = tmp_path / "closed"
    place.mkdir()
    with _without_rights(place):
        assert _refusal(f"sqlite:///{place}/c.sqlite") == (
            f"the database {place}/c.sqlite may not be written; give this user the right to (for an SQLite file, to "
            f"its folder too) (Permission denied)"
        )


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    """A writer says so."""
    place = tmp_path / "closed"
    Store(f"sqlite:///{place}/c.sqlite").database.close()
    with _without_rights(place):
        said = _refusal(f"sqlite:///{place}/c.sqlite", lambda store: store.publish([]))
    assert said == (
        f"the database {place}/c.sqlite may not be written; give this user the right to (for an SQLite file, to its "
        f"folder too) (attempt to write a readonly database)"
    )


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    """The driver's own words stand at the end."""
    assert _refusal(f"sqlite:///{tmp_path}") == (
        f"the database {tmp_path} could not be opened; make its folder, or correct DRAGOMAN_DATABASE_URL "
        f"(unable to open database file)"
    )


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """And is left as it was."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear archive, " * 100)
    assert _refusal(f"sqlite:///{file}") == (
        f"the database {file} is not a Dragoman store; correct DRAGOMAN_DATABASE_URL, or restore it from a backup "
        f"(file is not a database)"
    )
    assert file.read_text() == "Dear archive, " * 100


def test_a_damaged_file_is_told(sqlite_file: Path) -> None:
    """A store whose pages were overwritten."""
    content = bytearray(sqlite_file.read_bytes())
    content[1000:] = b"\xff" * (len(content) - 1000)
    sqlite_file.write_bytes(content)
    assert _refusal(f"sqlite:///{sqlite_file}", Store.facts) == (
        f"the database {sqlite_file} is not a Dragoman store; correct DRAGOMAN_DATABASE_URL, or restore it from a "
        f"backup (database disk image is malformed)"
    )


def test_a_full_disk_is_told_and_leaves_whole_batches(sqlite_file: Path, make_publication: Make) -> None:
    """What fits stays, what does not leaves nothing; with room again, the same load goes through."""
    store = Store(f"sqlite:///{sqlite_file}")
    limit = _limit_pages(store, 40)
    large = [make_publication(f"r{number}", sets=("x",), documents={"mods": bytes(20_000)}) for number in range(20)]
    store.publish([make_publication("small")])
    with pytest.raises(StoreError) as refused:
        store.publish(large)
    assert str(refused.value) == (
        f"the database {sqlite_file} could not be written, the disk may be full; make room and load again (what was "
        f"loaded is whole) (database or disk is full)"
    )
    assert (store.counts(), store.sets()) == ({"shown": 1, "hidden": 0, "withdrawn": 0}, [])
    limit(1_000_000)
    assert {result.outcome for result in store.publish(large)} == {"created"}
    assert len(store.window(Selection("mods"), limit=99).rows) == 21
    store.database.close()


def _limit_pages(store: Store, pages: int) -> Callable[[int], None]:
    """Let a store's file grow to so many pages; gives a function that sets the limit anew."""
    limit = [pages]

    def set_limit(connection: sqlalchemy.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {limit[0]}")

    sqlalchemy.event.listen(store.database.engine, "begin", set_limit, insert=True)
    return lambda pages: limit.__setitem__(0, pages)


def test_a_link_to_the_file_has_the_same_lock(sqlite_file: Path, tmp_path: Path) -> None:
    """Two ways to one file must not give two locks."""
    link = tmp_path / "link.sqlite"
    link.symlink_to(sqlite_file)
    by_link, by_name = Store(f"sqlite:///{link}"), Store(f"sqlite:///{sqlite_file}")
    stamp = by_name.time()
    with by_link.database.writing():
        assert by_name.time() == _stamp(by_name) <= stamp
    for store in (by_link, by_name):
        store.database.close()


def _stamp(store: Store) -> int:
    with store.database.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT stamp FROM clock").scalar_one())


def test_a_store_without_its_lock_file_is_read_by_its_newest_stamp(sqlite_file: Path) -> None:
    """A file that was copied here, say: what cannot be locked is not trusted."""
    store = Store(f"sqlite:///{sqlite_file}")
    (sqlite_file.parent / "made.sqlite.lock").unlink()
    assert store.time() == _stamp(store)
    store.database.close()


# Locks


def test_a_lock_that_another_process_holds_is_told(
    database_url: str, make_publication: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers wait a while, and then say so; readers do not wait; the next writer goes through."""
    monkeypatch.setattr("records.database.BUSY_SECONDS", 0.2)
    store = Store(database_url)
    problem = "database is locked" if store.database.is_sqlite else "canceling statement due to lock timeout"
    with _held_by_another_process(database_url):
        with pytest.raises(StoreError) as refused:
            store.publish([make_publication("a")])
        assert store.window(Selection("mods"), limit=5).rows == []
        assert store.time() == _stamp(store)
    assert str(refused.value) == (
        f"the database {store.database.name} is locked by another process; wait until it is done, or stop it, and try "
        f"again ({problem})"
    )
    assert store.publish([make_publication("a")])[0].outcome == "created"
    store.database.close()


def test_a_writer_whose_transaction_fails_lets_the_lock_go(store: Store, make_publication: Make) -> None:
    """The next writer and the next reader find it free."""
    with pytest.raises(ValueError, match="of no use"), store.database.writing():
        raise ValueError("of no use")
    with pytest.raises(ValueError, match="of no use"), store.database.reading():
        raise ValueError("of no use")
    store.publish([make_publication("a")])
    assert store.time() == 1000


def test_many_processes_may_make_one_store(database_url: str) -> None:
    """The first one makes the tables, the others wait for it."""
    program = "import sys; from records.store import Store; print(Store(sys.argv[1]).facts())"
    command = [sys.executable, "-c", program, database_url]
    started = [subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE) for _each in range(3)]
    assert [process.communicate()[0] for process in started] == [b"{}\n"] * 3


# PostgreSQL


def test_a_server_that_does_not_answer_is_told() -> None:
    """Nobody listens at that port."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        url = f"postgresql://ann:secret@127.0.0.1:{port}/archive"
        assert _refusal(url) == (
            f"the database postgresql://ann:***@127.0.0.1:{port}/archive does not answer; start the server, or correct "
            f'DRAGOMAN_DATABASE_URL (connection failed: connection to server at "127.0.0.1", port {port} failed: '
            f"Connection refused Is the server running on that host and accepting TCP/IP connections?)"
        )


def test_a_database_that_is_not_there_is_told(postgresql_url: str) -> None:
    """The server answers, and knows no such database."""
    url = sqlalchemy.make_url(postgresql_url).set(database="none")
    name = url.set(drivername="postgresql").render_as_string()
    said = _refusal(url.render_as_string(hide_password=False))
    assert re.sub(r'socket "[^"]*"', "socket", said) == (
        f"the database {name} lets nobody in by that name; correct DRAGOMAN_DATABASE_URL, or make the database and its "
        f'user (connection failed: connection to server on socket failed: FATAL: database "none" does not exist)'
    )


def test_a_connection_that_the_server_ended_is_opened_again(postgresql_url: str, make_publication: Make) -> None:
    """A server that was started anew costs no request."""
    store = Store(postgresql_url)
    store.publish([make_publication("a")])
    other = sqlalchemy.create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert store.counts()["shown"] == 1
    other.dispose()
    store.database.close()


def test_a_reader_in_postgresql_leaves_no_lock(postgresql_url: str) -> None:
    """The session goes back to the pool and outlives the reading, with a pool and without."""
    store = Store(postgresql_url)
    for _reading in range(3):
        store.time()
        store.counts()
    with store.database.engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").scalar_one()
    assert held == 0
    store.database.close()


def test_postgresql_keeps_what_it_has_prepared(postgresql_url: str) -> None:
    """A statement that is asked again and again is planned once, not for each page of a list."""
    prepared = "SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'FROM listings'"
    database = Store(postgresql_url).database
    for _each in range(10):
        with database.snapshot() as (rows, _now):
            rows("SELECT * FROM listings WHERE sequence = :sequence", {"sequence": 1})
        with database.reading() as (connection, _now):
            raw_rows(connection, "SELECT * FROM listings WHERE sequence = :sequence", {"sequence": 1})
    with database.snapshot() as (rows, _now):
        assert rows(prepared, {}) == [(1,)]
    with database.reading() as (connection, _now):
        assert raw_rows(connection, prepared, {}) == [(1,)]
    database.close()


def test_a_reader_in_postgresql_cannot_write(postgresql_url: str) -> None:
    """A reader's transaction is read-only, and the message says what a read-only server would say."""
    store = Store(postgresql_url)
    with pytest.raises(StoreError) as refused, store.database.reading() as (connection, _now):
        connection.exec_driver_sql("DELETE FROM facts")
    with pytest.raises(StoreError) as also, store.database.snapshot() as (rows, _now):
        rows("DELETE FROM facts RETURNING name", {})
    assert (str(refused.value), str(also.value)) == 2 * (
        f"the database {store.database.name} may not be written; give this user the right to (for an SQLite file, to "
        f"its folder too) (cannot execute DELETE in a read-only transaction)",
    )
    assert store.facts() == {}
    store.database.close()


# Words


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            'could not extend file "base/5/1":\nNo space left on device',
            "the database d could not be written, the disk may be full; make room and load again (what was loaded is "
            'whole) (could not extend file "base/5/1": No space left on device)',
        ),
        (
            'connection to server at "::1" failed: FATAL:  password authentication failed for user "ann"\n',
            "the database d lets nobody in by that name; correct DRAGOMAN_DATABASE_URL, or make the database and its "
            'user (connection to server at "::1" failed: FATAL: password authentication failed for user "ann")',
        ),
        (
            'permission denied for table "clock"',
            "the database d may not be written; give this user the right to (for an SQLite file, to its folder too) "
            '(permission denied for table "clock")',
        ),
        (
            'connection to server on socket "/run/.s.PGSQL.5432" failed: No such file or directory',
            "the database d does not answer; start the server, or correct DRAGOMAN_DATABASE_URL "
            '(connection to server on socket "/run/.s.PGSQL.5432" failed: No such file or directory)',
        ),
        ("syntax error", "the database d refused: syntax error"),
    ],
)
def test_the_words_of_drivers_are_explained(problem: str, said: str) -> None:
    """In one line: the database, what is wrong with it, what to do, and the driver's own words."""
    assert explanation(problem, "d") == said


def test_sqlite_writes_ahead_and_to_the_disk(sqlite_file: Path) -> None:
    """Readers go on while a writer writes, and a commit outlives a loss of power."""
    store = Store(f"sqlite:///{sqlite_file}")
    with store.database.engine.connect() as connection:
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    store.database.close()
    assert settings == ["wal", 2]


def test_a_connection_that_was_lost_is_forgotten(postgresql_url: str) -> None:
    """A restart of the database costs readers nothing but a new connection."""
    database = Database(postgresql_url)
    own = database.rows("SELECT pg_backend_pid()", {})
    assert database.rows("SELECT pg_backend_pid()", {}) == own
    with database.aside() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend({own[0][0]})")
    assert database.rows("SELECT pg_backend_pid()", {}) != own
    database.close()


def test_a_snapshot_outlives_what_goes_wrong_around_it(database_url: str) -> None:
    """Beside the pool too: a failure in the block lets its transaction go, and a lost connection is forgotten."""
    database = Store(database_url).database
    with pytest.raises(ValueError, match="of no use"), database.snapshot():
        raise ValueError("of no use")
    with database.snapshot() as (rows, _now), database.writing() as (connection, _too):
        connection.exec_driver_sql("DELETE FROM clock")
        assert len(rows("SELECT * FROM clock", {})) == 1
        connection.rollback()
    if not database.is_sqlite:
        with database.aside() as connection:
            connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle'")
    with database.snapshot() as (rows, _now):
        assert len(rows("SELECT * FROM clock", {})) == 1
    database.close()


def test_a_statement_that_fails_is_told_and_leaves_nothing_behind(database_url: str) -> None:
    """The next one has a connection of its own."""
    database = Database(database_url)
    database.rows("SELECT 1", {})
    with pytest.raises(StoreError, match="nowhere"):
        database.rows("SELECT * FROM nowhere", {})
    assert database.rows("SELECT 1", {}) == [(1,)]
    database.close()


def test_a_database_without_an_encoding_holds_unicode(postgresql_url: str) -> None:
    """As PostgreSQL makes one where the system has no locale: texts go in and come out as UTF-8."""
    server = sqlalchemy.create_engine(
        sqlalchemy.make_url(postgresql_url).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
        poolclass=sqlalchemy.pool.NullPool,
        connect_args={"client_encoding": "utf8"},
    )
    with server.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    try:
        database = Database(sqlalchemy.make_url(postgresql_url).set(database="plain").render_as_string(False))
        with database.aside() as connection:
            assert connection.execute(sqlalchemy.text("SELECT :word"), {"word": "電報"}).scalar_one() == "電報"
        database.close()
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql("DROP DATABASE plain WITH (FORCE)")


def test_a_writer_of_sqlite_gives_its_memory_back(sqlite_url: str) -> None:
    """A server that writes now and then would hold 16 MB for good; a transaction that fails is one too."""
    store = Store(sqlite_url)

    def kept(*, writing: bool) -> int:
        with store.database.writing() if writing else store.database.reading() as (connection, _now):
            return int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())

    assert [kept(writing=True), kept(writing=False)] == [-16384, -2048]
    with pytest.raises(KeyError), store.database.writing():
        raise KeyError
    assert kept(writing=False) == -2048
    store.close()
