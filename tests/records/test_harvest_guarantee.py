"""The harvest guarantee: who asks again from the last responseDate ends with what the store holds.

Harvesters page through lists and begin again at the time of the last page that they read, at a granularity of
seconds, whatever writers do meanwhile. The same tests run against two doubles that stamp as most providers do, and
must find that harvesters lose changes: else they would prove nothing.
"""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import Connection, text

import records.database
from records.database import Database
from records.publish import Publication, publish
from records.store import Selection, Store
from records.stretches import Form
from records.tables import metadata
from tests.told import all_told, told

Clock = Callable[[int], None]
Make = Callable[..., Publication]

FORMATS = ("mods", "edm")
SETS = ((), ("a",), ("a:b",), ("c",), ("a:b", "c"))
LISTS = [(name, spec) for name in FORMATS for spec in (None, "a", "a:b", "c")]


@contextmanager
def _behaving(store: Store, double: Database) -> Iterator[None]:
    """Let a store work with a double of its database."""
    real, store.database = store.database, double
    yield
    store.database = real
    double.close()


class Harvester:
    """A harvester of one list: keeps what it was told, and remembers when it was told last."""

    def __init__(self, store: Store, name: str, spec: str | None, size: int, form: Form | None = None) -> None:
        self.store, self.name, self.spec, self.size, self.form = store, name, spec, size, form
        self.held: dict[str, bytes | None] = {}
        self.start: int | None = None
        self.after = 0

    def page(self) -> bool:
        """Read the next page of the list; returns whether the list goes on."""
        wanted = Selection(self.name, self.spec, self.start)
        window = self.store.window(wanted, after=self.after, limit=self.size, form=self.form)
        self.held.update({each.oai_identifier: each.document for each in all_told(window, self.form)})
        self.after = window.last if window.more else 0
        if not window.more:
            self.start = window.time
        return window.more

    def finish(self) -> None:
        """End the list that is being read, and harvest once more."""
        for _list in range(2):
            while self.page():
                pass

    def lost(self) -> list[str]:
        """Return the records that it holds otherwise than the store, which is at rest.

        A record that left a set and lives on elsewhere is no loss: the protocol has no word for that.
        """
        rows = self.store.window(Selection(self.name, self.spec), limit=100_000).rows
        there = {told(row).oai_identifier: row.document for row in rows}
        wrong = {identifier for identifier, document in there.items() if self.held.get(identifier, b"") != document}
        if self.spec is None:
            wrong |= self.held.keys() - there.keys()
        return sorted(f"{identifier} in {self.name} of {self.spec}" for identifier in wrong)


class PlainReading(Database):
    """A double: the responseDate is the time of day, whatever a writer is about to commit."""

    def _begin_reading(self, connection: Any) -> int:  # noqa: ANN401 - a driver's connection
        """Read as always, and say what time it is."""
        super()._begin_reading(connection)
        if self.is_sqlite:
            return records.database.seconds()
        return int(connection.execute("SELECT floor(extract(epoch FROM clock_timestamp()))").fetchone()[0])


class EarlyStamp(Database):
    """A double: the writer takes its stamp, and then waits for its turn."""

    meanwhile: Callable[[], None] = staticmethod(lambda: None)

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, int]]:
        """Take the time before the lock."""
        with super().writing() as (_connection, now):
            pass
        self.meanwhile()
        with super().writing() as (connection, _now):
            yield connection, now


# What may happen, one step at a time


@st.composite
def _changes(draw: st.DrawFn) -> list[Publication]:
    """Draw a batch: records of few names, so that they are often changed, moved, deleted and brought back."""
    names = draw(st.lists(st.sampled_from("vwxyz"), min_size=1, max_size=3, unique=True))
    return [draw(_publication(name)) for name in names]


def _publication(name: str) -> st.SearchStrategy[Publication]:
    documents = st.fixed_dictionaries(
        {"mods": st.sampled_from([b"1", b"2", b"3"]), "edm": st.sampled_from([None, b"1", b"2"])}
    )
    status = st.sampled_from(["public", "public", "public", "deleted", "hidden"])
    return st.builds(
        Publication, st.just(name), st.just(f"oai:x:{name}"), st.just(b"{}"), st.sampled_from(SETS), status, documents
    )


class History(RuleBasedStateMachine):
    """Writers and harvesters of one store, in any order; a writer may stand between its stamp and its commit."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__()
        self.store, self.clock, self.now = store, clock, 1000
        self.writer: AbstractContextManager[tuple[Connection, int]] | None = None
        self.harvesters = [
            Harvester(store, "mods", None, 2),
            Harvester(store, "mods", "a", 1),
            Harvester(store, "edm", None, 1),
            Harvester(store, "edm", "a:b", 2),
            Harvester(store, "mods", None, 4, "plain"),
            Harvester(store, "edm", None, 2, "packed"),
        ]
        clock(self.now)
        _empty(store)

    @rule(by=st.integers(1, 2))
    def time_passes(self, by: int) -> None:
        """Move the clock."""
        self.now += by
        self.clock(self.now)

    @precondition(lambda self: self.writer is None)
    @rule(changes=_changes())
    def stamp_and_write(self, changes: list[Publication]) -> None:
        """Let a writer do all but commit."""
        self.writer = self.store.database.writing()
        connection, now = self.writer.__enter__()
        publish(connection, now, changes)

    @precondition(lambda self: self.writer is not None)
    @rule()
    def commit(self) -> None:
        """Let the writer commit."""
        if self.writer:
            self.writer.__exit__(None, None, None)
            self.writer = None

    @precondition(lambda self: self.writer is not None)
    @rule()
    def fail(self) -> None:
        """Let the writer fail, and its transaction with it."""
        if self.writer:
            assert not self.writer.__exit__(OSError, OSError("no more input"), None)
            self.writer = None

    @precondition(lambda self: self.writer is None)
    @rule()
    def pack(self) -> None:
        """Let housekeeping pack a stretch of each list."""
        self.store.pack(FORMATS)

    @rule(index=st.integers(0, 5))
    def read_a_page(self, index: int) -> None:
        """Let one harvester read its next page."""
        self.harvesters[index].page()

    @rule()
    def all_read_a_page(self) -> None:
        """Let each harvester read its next page."""
        for harvester in self.harvesters:
            harvester.page()

    def teardown(self) -> None:
        """Let all come to an end, and compare."""
        self.commit()
        for harvester in self.harvesters:
            harvester.finish()
        assert [lost for harvester in self.harvesters for lost in harvester.lost()] == []


def _empty(store: Store) -> None:
    with store.database.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name not in {"facts", "clock"}:
                connection.execute(table.delete())
        connection.execute(text("UPDATE clock SET stamp = 0, sequence = 0, record_id = 0"))


def _check(store: Store, clock: Clock, **how: Any) -> None:  # noqa: ANN401 - as settings takes it
    """Try many histories of a store."""

    class OfThisStore(History):
        def __init__(self) -> None:
            super().__init__(store, clock)

    run_state_machine_as_test(OfThisStore, settings=settings(stateful_step_count=30, **how))


def test_no_order_of_events_loses_a_change(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever writers, housekeeping and harvesters do, and in which order: each list ends as the store has it."""
    monkeypatch.setattr("records.stretches.SIZE", 2)
    _check(store, clock)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_some_order_of_events_loses_a_change_where_readers_tell_the_plain_time(
    store: Store, clock: Clock, database_url: str
) -> None:
    """The test before this one can fail: it does on a provider without the reader's rule."""
    search = {"max_examples": 2000, "phases": [Phase.generate], "derandomize": True, "database": None}
    with _behaving(store, PlainReading(database_url)), pytest.raises(AssertionError, match="in mods of"):
        _check(store, clock, **search)


# The two races, step by step


def _read_while_a_writer_stands_before_its_commit(store: Store, clock: Clock, make: Make) -> list[str]:
    harvester = Harvester(store, "mods", None, 10)
    with store.database.writing() as (connection, now):
        publish(connection, now, [make("late")])
        clock(1002)
        harvester.page()
    harvester.finish()
    return harvester.lost()


def test_a_reader_that_meets_a_writer_tells_a_time_before_its_stamp(
    store: Store, clock: Clock, make_publication: Make
) -> None:
    """Stamped at 1000, committed at 1002, and read in between: it comes with the next harvest."""
    assert _read_while_a_writer_stands_before_its_commit(store, clock, make_publication) == []


def test_the_plain_time_loses_what_is_not_committed_yet(
    store: Store, clock: Clock, make_publication: Make, database_url: str
) -> None:
    """The race that the reader's rule closes."""
    with _behaving(store, PlainReading(database_url)):
        lost = _read_while_a_writer_stands_before_its_commit(store, clock, make_publication)
    assert lost == ["oai:archive.example.org:late in mods of None"]


def test_a_stamp_before_the_lock_loses_what_waits_for_it(
    store: Store, clock: Clock, make_publication: Make, database_url: str
) -> None:
    """The race that the writer's rule closes: stamp under the lock, never before it."""
    harvester = Harvester(store, "mods", None, 10)

    def meanwhile() -> None:
        clock(1002)
        harvester.page()

    early = EarlyStamp(database_url)
    early.meanwhile = meanwhile
    with _behaving(store, early):
        store.publish([make_publication("late")])
    harvester.finish()
    assert harvester.lost() == ["oai:archive.example.org:late in mods of None"]


def test_a_change_of_the_second_that_was_told_is_told_again(store: Store, clock: Clock, make_publication: Make) -> None:
    """Both ends of a span are included, so that a change after the answer, in its second, is not lost."""
    clock(1001)
    harvester = Harvester(store, "mods", None, 10)
    store.publish([make_publication("first")])
    harvester.page()
    store.publish([make_publication("second")])
    assert harvester.start == 1001
    harvester.page()
    assert harvester.lost() == []


def test_a_snapshot_shows_nothing_of_what_is_committed_later(
    store: Store, clock: Clock, make_publication: Make
) -> None:
    """All statements of one answer see one state, and the time belongs to that state."""
    clock(1001)
    count = text("SELECT count(*) FROM records")
    with store.database.reading() as (connection, now):
        store.publish([make_publication("a")])
        seen = connection.execute(count).scalar_one()
    assert (seen, now, store.counts()["shown"]) == (0, 1001, 1)


# The same with real time and many at once


class Slow(Database):
    """The real thing, with a wide gap between stamp and commit."""

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, int]]:
        """Write as always, but dawdle."""
        with super().writing() as found:
            yield found
            time.sleep(0.3)


class Naive(PlainReading, EarlyStamp, Slow):
    """Both faults at once, with the same gap."""


def _opened(url: str, kind: type[Database]) -> Store:
    store = Store(url)
    store.database.close()
    store.database = kind(url)
    return store


def _write(store: Store, seed: int, steps: int) -> None:
    chance = random.Random(seed)
    for step in range(steps):
        names = chance.sample([*(f"r{number}" for number in range(20)), f"new{seed}-{step}"], 4)
        store.publish([_any_publication(chance, name) for name in names])


def _any_publication(chance: random.Random, name: str) -> Publication:
    status: Literal["public", "deleted"] = chance.choice(("public", "public", "public", "deleted"))
    documents = {name: str(chance.random()).encode() for name in FORMATS} if status == "public" else {}
    return Publication(name, f"oai:x:{name}", b"{}", chance.choice(SETS), status, documents or dict.fromkeys(FORMATS))


def _harvest(harvesters: list[Harvester], ended: threading.Event) -> None:
    while not ended.wait(0.01):
        for harvester in harvesters:
            harvester.page()


def _storm(url: str, kind: type[Database], seed: int, steps: int) -> list[str]:
    """Let three writers and three harvesters of each list loose on a store; returns what harvesters lost."""
    stores = [_opened(url, kind) for _each in range(6)]
    harvesters = [[Harvester(store, name, spec, 3) for name, spec in LISTS] for store in stores[3:]]
    ended = threading.Event()
    writing = [threading.Thread(target=_write, args=(store, seed + n, steps)) for n, store in enumerate(stores[:3])]
    reading = [threading.Thread(target=_harvest, args=(some, ended)) for some in harvesters]
    for thread in writing + reading:
        thread.start()
    for thread in writing:
        thread.join()
    ended.set()
    for thread in reading:
        thread.join()
    everyone = [harvester for some in harvesters for harvester in some]
    for harvester in everyone:
        harvester.finish()
    lost = [lost for harvester in everyone for lost in harvester.lost()]
    for store in stores:
        store.database.close()
    return lost


def test_harvesters_lose_nothing_among_many_writers(database_url: str) -> None:
    """Three writers, each with its own connection, and twenty-four harvesters, in real time."""
    assert _storm(database_url, Slow, seed=1, steps=3) == []


def test_harvesters_lose_changes_among_many_naive_writers(database_url: str) -> None:
    """The test before this one can fail: it does, soon, on a provider without the rules."""
    assert any(_storm(database_url, Naive, seed, steps=2) for seed in range(1, 100, 10))


DYING_WRITER = """
import sys, time
from records.publish import Publication, publish
from records.store import Store
with Store(sys.argv[1]).database.writing() as (connection, now):
    publish(connection, now, [Publication("dead", "oai:x:dead", b"{}", ("a",), "public", {"mods": b"1"})])
    print("stamped", flush=True)
    time.sleep(600)
"""


def test_a_writer_that_is_killed_leaves_nothing_behind(database_url: str, make_publication: Make) -> None:
    """Neither half of its batch nor its lock; harvesters read on, before and after."""
    store = Store(database_url)
    store.publish([make_publication("alive")])
    harvester = Harvester(store, "mods", None, 10)
    house = Path(records.database.__file__).parents[1]
    program = [sys.executable, "-c", DYING_WRITER, database_url]
    with subprocess.Popen(program, cwd=house, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"stamped\n"
        harvester.page()
        writer.send_signal(signal.SIGKILL)
    harvester.page()
    store.publish([make_publication("next")])
    harvester.finish()
    assert (sorted(harvester.held), harvester.lost()) == (
        ["oai:archive.example.org:alive", "oai:archive.example.org:next"],
        [],
    )
    assert (store.sets(), store.counts()) == ([], {"shown": 2, "hidden": 0, "withdrawn": 0})
    store.database.close()
