"""The connection to SQLite or PostgreSQL: transactions, the lock of the harvest guarantee, errors in plain words.

The lock. A writer holds it from before it takes its stamp until after its commit. A reader asks for it without
waiting, for the moment in which it reads the clock and fixes its snapshot. If it gets it, no writer stands between
stamp and commit, so that whatever the snapshot does not show will be stamped now or later. If it does not, the newest
stamp that the snapshot shows is as safe, since stamps never go back. So no reader ever waits for a writer.
"""

import fcntl
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from records.rows import Rows, taken, walked
from records.tables import metadata

_T = TypeVar("_T")

LOCK_KEY = 0x6472_6167
"""The advisory lock's number in PostgreSQL."""

_NEWEST = "SELECT stamp FROM clock"
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_SECONDS = "CAST(floor(extract(epoch FROM clock_timestamp())) AS bigint)"
_NOW = text(f"SELECT {_SECONDS}")
_TRY_LOCK = (  # a hot standby does not see the locks of its primary
    f"SELECT CASE WHEN pg_is_in_recovery() THEN false ELSE pg_try_advisory_lock_shared({LOCK_KEY}) END, {_SECONDS}"
)
_UNLOCK = f"SELECT stamp FROM clock, pg_advisory_unlock_shared({LOCK_KEY})"  # noqa: S608 - a number of ours
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

CONNECT_SECONDS = 10
"""How long a PostgreSQL server may take to answer the first call."""


class StoreError(Exception):
    """The store cannot do what was asked: not reachable, locked, read-only, full. Says so, and the remedy."""


class Database:
    """One database, and how to read and write it so that no harvester misses a change.

    Args:
        url: an SQLAlchemy database URL, `sqlite:///file` or `postgresql://...`.

    Raises:
        StoreError: the URL is of no database that we know.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._readers = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._idle: deque[Any] = deque()
        self._driver_error: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        shown = self.engine.url.set(drivername="postgresql")
        self.name = str(self.engine.url.database) if self.is_sqlite else shown.render_as_string()
        self._lock_path = Path(f"{Path(str(self.engine.url.database)).resolve()}.lock")  # one lock, whatever link leads

    @contextmanager
    def reading(self) -> Iterator[tuple[Connection, int]]:
        """Give a connection with one fixed snapshot, and a time that is safe as responseDate (OAI-PMH 2.0, 3.2).

        Whatever is committed after the snapshot is stamped at that time or later.
        """
        with self.explained(), self._readers.connect() as connection:
            driver: Any = connection.connection.driver_connection
            try:
                now = self._begin_reading(driver)
            except BaseException:
                connection.invalidate()  # else the pool would keep a session that may hold the lock
                raise
            yield connection, now
            driver.commit()  # by a rollback PostgreSQL's driver would forget what it has prepared

    @contextmanager
    def snapshot(self) -> Iterator[tuple[Rows, int]]:
        """Give the same beside the pool, whose work takes longer than to read a page of a list: statements alone."""
        with self.explained():
            connection, now = self._lent(self._begin_reading)
            try:
                yield partial(taken, connection), now
                connection.commit()  # as above
            except BaseException:
                connection.close()
                raise
            self._idle.append(connection)

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, int]]:
        """Give a connection in a transaction that no other writer shares, and the database's time.

        The transaction is committed at the end, or rolled back if an exception leaves the block.
        """
        with self.explained(), self._sqlite_writing() if self.is_sqlite else self._postgresql_writing() as found:
            yield found

    def rows(self, statement: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Return what one statement finds, as `raw_rows` does: cheaper than `reading` where no time is needed."""
        return self.walk(statement, parameters, list)

    def walk(
        self, statement: str, parameters: Mapping[str, object], take: Callable[[Iterable[tuple[Any, ...]]], _T]
    ) -> _T:
        """Return what is made of what one statement finds.

        It is read beside the pool, whose work takes longer than such a statement: there is nothing to roll back. A
        connection that was lost meanwhile is forgotten.

        Args:
            statement: SQL with parameters written as `:name`, and no other colons.
            parameters: their values.
            take: what makes something of the rows, of which it need not read all; called again if a connection is lost.
        """
        with self.explained():
            connection, found = self._lent(lambda lent: walked(lent, statement, parameters, take))
            self._idle.append(connection)
            return found

    def _lent(self, use: Callable[[Any], _T]) -> tuple[Any, _T]:
        """Return a driver's connection beside the pool, and what came of its first use."""
        while kept := self._kept():
            with suppress(self._driver_error):  # it was lost
                return _used(kept, use)
        return _used(self._connected(), use)  # a new one says what is wrong

    def _kept(self) -> Any:  # noqa: ANN401 - a driver's connection, or None
        with suppress(IndexError):  # there is none
            return self._idle.pop()
        return None

    def _connected(self) -> Any:  # noqa: ANN401 - a driver's connection
        pooled = self.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if not self.is_sqlite:
            connection.autocommit = True
        return connection

    def close(self) -> None:
        """Close all connections."""
        while self._idle:
            self._idle.pop().close()
        self.engine.dispose()

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """Give a connection in a transaction for what no harvester reads: it takes no stamp, and not the lock."""
        writer = self.engine.execution_options(dragoman_writes=True)
        with self.explained(), writer.begin() as connection:
            yield connection

    @contextmanager
    def preparing(self) -> Iterator[tuple[Connection, int]]:
        """Give a connection in which tables may be made, one process at a time, and the database's time."""
        with self.aside() as connection:
            if not self.is_sqlite:
                connection.execute(_LOCK, {"key": LOCK_KEY})
            yield connection, seconds() if self.is_sqlite else connection.execute(_NOW).scalar_one()

    def take_stock(self) -> None:
        """Have PostgreSQL see how much the tables hold, after much was written.

        It does so by itself in a minute or so, and until then plans for small ones. SQLite needs nothing of the kind.
        """
        if not self.is_sqlite:
            with self.aside() as connection:
                connection.execute(text(f"ANALYZE {', '.join(metadata.tables)}"))

    def make_place(self) -> None:
        """Make the folder of an SQLite file, and the lock beside it.

        Raises:
            StoreError: it cannot be made.
        """
        if not self.is_sqlite or self._lock_path.exists():
            return
        try:
            self._lock_path.parent.mkdir(parents=True, exist_ok=True)
            self._lock_path.touch()
        except OSError as error:
            raise StoreError(explanation(str(error.strerror), self.name)) from None

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what the driver says into a StoreError in plain words."""
        try:
            yield
        except DBAPIError as error:
            raise StoreError(explanation(str(error.orig), self.name)) from error
        except self._driver_error as error:
            raise StoreError(explanation(str(error), self.name)) from error

    def _begin_reading(self, connection: Any) -> int:  # noqa: ANN401 - a driver's connection
        """Begin a reader's transaction, and return the time that is safe for what it shows."""
        free, now, newest = self._in_sqlite(connection) if self.is_sqlite else _in_postgresql(connection)
        return max(now, newest) if free else newest

    def _in_sqlite(self, connection: Any) -> tuple[bool, int, int]:  # noqa: ANN401 - as above
        with self._lock_file("rb") as lock:
            free = lock is not None and _locked(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            now = seconds()
            connection.execute("BEGIN")
            newest = connection.execute(_NEWEST).fetchone()[0]  # fixes the snapshot, while the lock is held
        return free, now, newest

    @contextmanager
    def _sqlite_writing(self) -> Iterator[tuple[Connection, int]]:
        writer = self.engine.execution_options(dragoman_writes=True)
        with self._lock_file("ab") as lock, writer.begin() as connection:
            if lock is None:
                raise StoreError(explanation("readonly", self.name))
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield connection, seconds()

    @contextmanager
    def _lock_file(self, mode: str) -> Iterator[IO[bytes] | None]:
        """Open the lock file; closing it lets the lock go. None where it is missing or may not be written."""
        try:
            file = self._lock_path.open(mode)
        except OSError:
            yield None
            return
        with file:
            yield file

    @contextmanager
    def _postgresql_writing(self) -> Iterator[tuple[Connection, int]]:
        with self.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
            connection.execute(_LOCK, {"key": LOCK_KEY})
            now = connection.execute(_NOW).scalar_one()
            yield connection, now


def _in_postgresql(connection: Any) -> tuple[bool, int, int]:  # noqa: ANN401 - as above
    """Ask for the lock, and fix a snapshot that is younger: whether the lock was free, the time, and the newest stamp.

    It is a session's lock, which outlives the statement that asks for it, and is let go when the snapshot is fixed.
    """
    free, now = connection.execute(_TRY_LOCK).fetchone()
    begun = connection.execute(f"{_SNAPSHOT}; {_UNLOCK if free else _NEWEST}", prepare=False)  # one message, not two
    begun.nextset()
    return free, now, begun.fetchone()[0]


def _used(connection: Any, use: Callable[[Any], _T]) -> tuple[Any, _T]:  # noqa: ANN401 - as above
    """Return a connection, and what came of it; where something fails, it is closed."""
    try:
        return connection, use(connection)
    except BaseException:
        connection.close()
        raise


def seconds() -> int:
    """Return the time of this host: the clock of an SQLite store."""
    return int(time.time())


def _locked(file: IO[bytes], operation: int) -> bool:
    try:
        fcntl.flock(file, operation)
    except BlockingIOError:
        return False
    return True


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(
            f"{url!r} is not a database URL; write 'sqlite:///var/dragoman.sqlite' or 'postgresql://user@host/database'"
        ) from None
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "postgresql+psycopg":
        engine = create_engine(
            parsed,
            isolation_level="READ COMMITTED",  # a writer must see what the one before it wrote
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "client_encoding": "utf8"},
        )
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    if parsed.drivername != "sqlite" or not parsed.database or parsed.database.startswith((":memory:", "file:")):
        raise StoreError(f"{url!r}: the database must be PostgreSQL or an SQLite file")
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS}, pool_use_lifo=True)  # few caches are filled
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _give_back_sqlite)
    return engine


_SMALL_CACHE = "cache_size = -2048"
"""In KiB: who reads a list needs no page twice."""

_PRAGMAS = (
    "page_size = 16384",  # heeded where the file is new: documents and stretches are long
    "journal_mode = WAL",
    "synchronous = FULL",
    "mmap_size = 1073741824",
    _SMALL_CACHE,
)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection has no type here
    connection.isolation_level = None  # transactions begin where we say so, reads too: one snapshot for each
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401 - as above
    """Compile no question: that takes half a second, and an answer a few milliseconds."""
    connection.autocommit = True
    connection.execute("SET jit = off")
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("dragoman_writes"):
        connection.info["wrote"] = True
        connection.exec_driver_sql("PRAGMA cache_size = -16384")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _give_back_sqlite(connection: Any, record: Any) -> None:  # noqa: ANN401 - as above
    """Free what a writer kept in memory: a server writes now and then, and holds its connection for good."""
    if connection is not None and record.info.pop("wrote", False):  # there is none after a failure
        connection.execute(f"PRAGMA {_SMALL_CACHE}")


_EXPLANATIONS = (
    (
        r"readonly|read-only|permission denied",
        "may not be written; give this user the right to (for an SQLite file, to its folder too)",
    ),
    (
        r"database is locked|lock timeout",
        "is locked by another process; wait until it is done, or stop it, and try again",
    ),
    (
        r"is full|No space left|disk I/O",
        "could not be written, the disk may be full; make room and load again (what was loaded is whole)",
    ),
    (
        r"not a database|malformed",
        "is not a Dragoman store; correct DRAGOMAN_DATABASE_URL, or restore it from a backup",
    ),
    (
        r"authentication failed|pg_hba|(role|database) .* does not exist",
        "lets nobody in by that name; correct DRAGOMAN_DATABASE_URL, or make the database and its user",
    ),
    (
        r"connection|could not translate|server closed|starting up",
        "does not answer; start the server, or correct DRAGOMAN_DATABASE_URL",
    ),
    (
        r"unable to open|Not a directory|File exists|No such file",
        "could not be opened; make its folder, or correct DRAGOMAN_DATABASE_URL",
    ),
)


def explanation(problem: str, name: str) -> str:
    """Return a driver's message as a sentence that names the database, the problem and the remedy."""
    problem = " ".join(problem.split())
    for pattern, remedy in _EXPLANATIONS:
        if re.search(pattern, problem, re.IGNORECASE):
            return f"the database {name} {remedy} ({problem})"
    return f"the database {name} refused: {problem}"
