"""Activities: what happens to manifests, numbered in the order of change, on pages that never change once full.

Consumers that go back through the pages end with the manifests of the store, whatever writers do meanwhile.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import Connection, select, text

import records.activities
import records.restamp
from mappings.iiif import activities as rendered
from mappings.iiif import uris
from mappings.repository import Repository
from records.activities import MANIFEST
from records.backup import back_up
from records.publish import Publication, publish
from records.restore import restore
from records.store import Selection, Store
from records.tables import activities, metadata
from records.tables import clock as clock_table
from tests.consumer import Answer, Consumer

Clock = Callable[[int], None]
Make = Callable[..., Publication]

BASE = "https://a.org"
REPOSITORY = Repository(BASE, "An archive", "a.org")
TOP = uris.activities(REPOSITORY)


def nothing(_count: int) -> None:
    """Show no progress."""


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page hold two activities."""
    monkeypatch.setattr(records.activities, "SIZE", 2)


def _shown(make: Make, name: str, *, manifest: bytes | None = b"{}", **how: object) -> Publication:
    """Return a publication of a record that has a manifest, or none."""
    return make(name, documents={"mods": b"<mods/>", MANIFEST: manifest}, **how)


def _told(store: Store) -> list[tuple[str, str, int]]:
    """Return what the whole stream tells, the first activity first."""
    stream = store.activities()
    pages = [store.activity_page(number) for number in stream.pages] if stream else []
    return [tuple(activity) for page in pages if page for activity in page.activities]  # type: ignore[misc]


def test_what_moves_a_manifest_is_told(store: Store, clock: Clock, make_publication: Make) -> None:
    """Created, changed, withdrawn, brought back; a change that does not move it is not, nor a record without one."""
    for second, publication in enumerate(
        (
            _shown(make_publication, "a"),
            make_publication("other", documents={"mods": b"<mods/>", MANIFEST: None}),
            _shown(make_publication, "a", manifest=b'{"id":1}'),
            make_publication("a", documents={"mods": b"<other/>", MANIFEST: b'{"id":1}'}),
            _shown(make_publication, "a", status="deleted"),
            _shown(make_publication, "a", status="deleted"),
            _shown(make_publication, "a"),
            _shown(make_publication, "a", status="hidden"),
        )
    ):
        clock(1000 + second)
        store.publish([publication])
    assert _told(store) == [
        ("create", "a", 1000),
        ("update", "a", 1002),
        ("delete", "a", 1004),
        ("create", "a", 1006),
        ("delete", "a", 1007),
    ]


def test_a_record_that_gains_a_manifest_creates_it_and_one_that_loses_it_deletes_it(
    store: Store, make_publication: Make
) -> None:
    """The record itself lives on."""
    for manifest in (None, b"{}", None, None, b"{}"):
        store.publish([_shown(make_publication, "a", manifest=manifest)])
    assert [kind for kind, _name, _time in _told(store)] == ["create", "delete", "create"]
    assert store.counts()["shown"] == 1


def test_what_never_was_shown_is_not_told(store: Store, make_publication: Make) -> None:
    """Hidden records, and those that arrive as deleted, until they are shown; the end of an embargo creates."""
    store.publish(
        [_shown(make_publication, "hidden", status="hidden"), _shown(make_publication, "x", status="deleted")]
    )
    assert store.activities() is None
    assert store.activity_page(1) is None
    store.publish([_shown(make_publication, "hidden")])
    assert _told(store) == [("create", "hidden", 1000)]


def _fail(store: Store, publication: Publication) -> None:
    """Write a record, and fail before the commit."""
    with store.database.writing() as (connection, now):
        publish(connection, now, [publication])
        raise OSError("no more input")


def test_a_dry_run_and_a_failure_tell_nothing(store: Store, make_publication: Make) -> None:
    """Activities are written with what they tell of, or not at all, and no number is lost."""
    store.publish([_shown(make_publication, "a")], dry_run=True)
    assert store.activities() is None
    store.publish([_shown(make_publication, "a")])
    with pytest.raises(OSError, match="no more input"):
        _fail(store, _shown(make_publication, "b"))
    store.publish([_shown(make_publication, "c")])
    assert store.activities() == (1, 2)


def test_pages_follow_one_another_without_a_gap(store: Store, make_publication: Make) -> None:
    """Each knows how many activities stand before it; there are no others."""
    store.publish([_shown(make_publication, name) for name in "abcde"])
    pages = [store.activity_page(number) for number in range(5)]
    found = [page and (page.start, [activity.identifier for activity in page.activities]) for page in pages]
    assert found == [None, (0, ["a", "b"]), (2, ["c", "d"]), (4, ["e"]), None]


def test_a_stream_may_begin_in_the_middle_of_a_page(store: Store, make_publication: Make) -> None:
    """Numbers go on from those of the changes where there was nothing to tell."""
    store.publish([make_publication(name) for name in "xyz"])
    store.publish([_shown(make_publication, name) for name in "abc"])
    assert store.activities() == (4, 6)
    found = [(page.start, len(page.activities)) for number in (2, 3) if (page := store.activity_page(number))]
    assert found == [(0, 1), (1, 2)]


def test_a_page_is_found_without_reading_those_before_it(sqlite_url: str) -> None:
    """The database looks up a span of the primary key, and its ends."""
    store = Store(sqlite_url)
    page = {"before": 1, "last": 3}
    with store.database.reading() as (connection, _now):
        plans = [
            [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"), parameters)]
            for statement, parameters in ((records.activities._PAGE, page), (records.activities.STREAM, {}))
        ]
    assert plans[0][0] == "SEARCH a USING PRIMARY KEY (number>? AND number<?)"
    assert [step for step in plans[1] if "activities" in step] == ["SEARCH activities USING PRIMARY KEY"] * 2
    store.close()


# Restamped and restored


def test_a_restamp_begins_the_stream_anew(store: Store, clock: Clock, make_publication: Make) -> None:
    """All that is there is told once more, under numbers that were never given, in the order of the change log."""
    store.publish([_shown(make_publication, name) for name in ("a", "b", "c")])
    store.publish([_shown(make_publication, "b", status="deleted"), make_publication("none")])
    clock(2000)
    store.restamp()
    base = 2000 * records.restamp.CHANGES_A_SECOND
    assert _told(store) == [("update", "a", 2000), ("delete", "b", 2000), ("update", "c", 2000)]
    assert store.activities() == (base + 1, base + 3)
    store.publish([_shown(make_publication, "d")])
    assert store.activities() == (base + 1, base + 4)


def test_a_restored_store_tells_of_what_is_gone(
    store: Store, clock: Clock, tmp_path: Path, make_publication: Make
) -> None:
    """What was first shown after the backup is told as deleted; pages of the time before are not there."""
    store.publish([_shown(make_publication, "a"), _shown(make_publication, "b")])
    back_up(store.database, tmp_path / "backup", force=False, progress=nothing)
    store.publish([_shown(make_publication, "new"), _shown(make_publication, "b", status="deleted")])
    clock(2000)
    restore(store.database, tmp_path / "backup", force=True, progress=nothing)
    assert _told(store) == [("update", "a", 2000), ("update", "b", 2000), ("delete", "new", 2000)]
    assert store.activity_page(1) is None


# Whatever happens, and in which order


@st.composite
def _changes(draw: st.DrawFn) -> list[Publication]:
    """Draw a batch: records of few names, so that they are often changed, withdrawn and brought back."""
    names = draw(st.lists(st.sampled_from("vwxyz"), min_size=1, max_size=4, unique=True))
    return [draw(_publication(name)) for name in names]


def _publication(name: str) -> st.SearchStrategy[Publication]:
    manifests = st.sampled_from([None, b"1", b"2", b"3"])
    documents = st.fixed_dictionaries({"mods": st.sampled_from([b"1", b"2"]), MANIFEST: manifests})
    status = st.sampled_from(["public", "public", "public", "deleted", "hidden"])
    return st.builds(
        Publication, st.just(name), st.just(f"oai:x:{name}"), st.just(b"{}"), st.just(()), status, documents
    )


def _fetch(store: Store) -> Callable[[str], Answer]:
    """Return what answers out of a store as the server does."""

    def fetch(address: str) -> Answer:
        if address == TOP:
            stream = store.activities()
            return Answer(stream and json.loads(rendered.ordered_collection(REPOSITORY, stream)))
        if "/page/" in address:
            page = store.activity_page(int(address.rpartition("/")[2].removesuffix(".json")))
            if page is None:
                return Answer(None)
            return Answer(json.loads(rendered.page(REPOSITORY, page)), for_ever=not rendered.is_last(page))
        found = store.digested(address.split("/")[-2], MANIFEST)
        return Answer(found and found[0])

    return fetch


class History(RuleBasedStateMachine):
    """Writers and consumers of one store in any order; a writer may stand between its stamp and its commit."""

    def __init__(self, store: Store, clock: Clock, folder: Path) -> None:
        super().__init__()
        self.store, self.clock, self.backup, self.now = store, clock, folder / "backup", 1000
        self.writer: AbstractContextManager[tuple[Connection, int]] | None = None
        self.consumers = [Consumer(TOP, _fetch(store)) for _each in range(3)]
        self.reading = [consumer.steps() for consumer in self.consumers]
        self.backup.unlink(missing_ok=True)
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

    @precondition(lambda self: self.writer is None)
    @rule()
    def restamp(self) -> None:
        """Stamp all anew."""
        self.store.restamp()

    @precondition(lambda self: self.writer is None)
    @rule()
    def back_up(self) -> None:
        """Keep the store as it is."""
        back_up(self.store.database, self.backup, force=True, progress=nothing)

    @precondition(lambda self: self.writer is None and self.backup.exists())
    @rule()
    def restore(self) -> None:
        """Let the store go back."""
        restore(self.store.database, self.backup, force=True, progress=nothing)

    @rule(index=st.integers(0, 2))
    def ask(self, index: int) -> None:
        """Let one consumer ask for its next document; behind its end it begins again."""
        if next(self.reading[index], None) is None:
            self.reading[index] = self.consumers[index].steps()

    def teardown(self) -> None:
        """Let all come to an end, and compare; a new consumer, too, ends with what the store has."""
        self.commit()
        rows = {uris.manifest_of(BASE, name): self.store.document(name, MANIFEST) for name in "vwxyz"}
        there = {address: row.document for address, row in rows.items() if row and row.document}
        for steps in self.reading:
            for _asked in steps:
                pass
        for consumer in (*self.consumers, Consumer(TOP, _fetch(self.store))):
            consumer.crawl()
            assert consumer.held == there
            self._compare(consumer)

    def _compare(self, consumer: Consumer) -> None:
        """Hold the pages that were kept for ever against what is answered now, where it is answered still."""
        for address, page in consumer.kept.items():
            now = consumer.fetch(address)
            assert now.document is None or now == (page, True)


def _empty(store: Store) -> None:
    with store.database.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name not in {"facts", "clock"}:
                connection.execute(table.delete())
        connection.execute(text("UPDATE clock SET stamp = 0, sequence = 0, record_id = 0"))


def _check(store: Store, clock: Clock, folder: Path, **how: object) -> None:
    class OfThisStore(History):
        def __init__(self) -> None:
            super().__init__(store, clock, folder)

    run_state_machine_as_test(OfThisStore, settings=settings(stateful_step_count=40, **how))  # type: ignore[arg-type]


def test_no_order_of_events_loses_a_change(store: Store, clock: Clock, tmp_path: Path) -> None:
    """Whatever writers, restores and consumers do, and in which order: each consumer ends as the store is."""
    _check(store, clock, tmp_path)


SEARCH = {"max_examples": 2000, "phases": [Phase.generate], "derandomize": True, "database": None}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_pages_that_are_told_again_under_their_numbers_are_found(
    store: Store, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test before can fail: it does where a restamp gives numbers again that were given."""
    honest = records.activities.tell_anew
    monkeypatch.setattr(records.restamp, "tell_anew", lambda connection, _base, stamp: honest(connection, 0, stamp))
    with pytest.raises(AssertionError):
        _check(store, clock, tmp_path, **SEARCH)


def test_a_page_that_is_kept_before_it_is_full_loses_what_comes(
    store: Store, make_publication: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the last page may not be kept, even if it is full: it has no next one yet."""
    monkeypatch.setattr(rendered, "is_last", lambda _page: False)
    consumer = Consumer(TOP, _fetch(store))
    for name in "ab":
        store.publish([_shown(make_publication, name)])
        consumer.crawl()
    assert list(consumer.held) == [uris.manifest_of(BASE, "a")]


def test_numbers_never_run_ahead_of_changes(store: Store, make_publication: Make) -> None:
    """So that the change sequence is always a number after which none was given."""
    store.publish([_shown(make_publication, "a"), make_publication("b")])
    store.restamp()
    store.publish([_shown(make_publication, "c")])
    with store.database.reading() as (connection, _now):
        sequence = connection.execute(select(clock_table.c.sequence)).scalar_one()
        numbers = connection.execute(select(activities.c.number)).scalars().all()
    assert max(numbers) <= sequence
    assert store.window(Selection(MANIFEST), limit=9).count == len(numbers)
