"""Restoring: harvesters that were ahead of the backup end with what the restored store holds.

The same tests run with a restore that leaves the stamps, the sequences or the places as they are, and must find losses.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

import records.restamp
import records.restore
from records.backup import back_up
from records.database import StoreError
from records.publish import Publication
from records.restore import Restored, restore
from records.search.passages import Passage
from records.search.query import asked
from records.search.results import BEGINNING
from records.store import Selection, Store
from records.tables import changes, metadata
from tests.told import told

Clock = Callable[[int], None]
Make = Callable[..., Publication]

SETS = ((), ("a",), ("a:b",), ("c",), ("a:b", "c"))
LISTS = (("mods", None, 2), ("mods", "a", 1), ("edm", None, 1), ("edm", "a:b", 2))


def nothing(_count: int) -> None:
    """Show no progress."""


class Harvester:
    """A harvester of one list: keeps what it was told, and goes on from its token or its last responseDate."""

    def __init__(self, store: Store, name: str, spec: str | None, size: int) -> None:
        self.store, self.name, self.spec, self.size = store, name, spec, size
        self.held: dict[str, bytes | None] = {}
        self.start: int | None = None
        self.after = 0

    def page(self) -> bool:
        """Read the next page of the list; returns whether the list goes on."""
        window = self.store.window(Selection(self.name, self.spec, self.start), after=self.after, limit=self.size)
        self.held.update({told(row).oai_identifier: row.document for row in window.rows})
        self.after = window.rows[-1].sequence if window.more else 0
        if not window.more:
            self.start = window.time
        return window.more

    def finish(self) -> None:
        """End the list that is being read, and harvest once more."""
        for _list in range(2):
            while self.page():
                pass

    def there(self) -> dict[str, bytes | None]:
        """Return what the store holds in this list."""
        rows = self.store.window(Selection(self.name, self.spec), limit=100_000).rows
        return {told(row).oai_identifier: row.document for row in rows}

    def lost(self) -> list[str]:
        """Return the records of the list that it holds otherwise than the store."""
        return sorted(name for name, document in self.there().items() if self.held.get(name, b"") != document)

    def ghosts(self) -> set[str]:
        """Return the records that it holds, not as deleted, and the store's list does not have."""
        held = {name for name, document in self.held.items() if document is not None}
        return set() if self.spec else held - self.there().keys()


def _publication(name: str) -> st.SearchStrategy[Publication]:
    documents = st.fixed_dictionaries(
        {"mods": st.sampled_from([b"1", b"2", b"3"]), "edm": st.sampled_from([None, b"1", b"2"])}
    )
    status = st.sampled_from(["public", "public", "public", "deleted", "hidden"])
    return st.builds(
        Publication, st.just(name), st.just(f"oai:x:{name}"), st.just(b"{}"), st.sampled_from(SETS), status, documents
    )


@st.composite
def _steps(draw: st.DrawFn) -> list[tuple[list[Publication], int, list[int]]]:
    """Draw a history: batches, each followed by seconds that pass and harvesters that read a page."""
    steps = []
    for _step in range(draw(st.integers(0, 5))):
        names = draw(st.lists(st.sampled_from("vwxyz"), max_size=3, unique=True))
        readers = draw(st.lists(st.integers(0, len(LISTS) - 1), max_size=8))
        steps.append(([draw(_publication(name)) for name in names], draw(st.integers(0, 2)), readers))
    return steps


def empty(store: Store) -> None:
    """Make a store as one that is new."""
    with store.database.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name not in {"schema_version", "clock"}:
                connection.execute(table.delete())
        connection.execute(text("UPDATE clock SET stamp = 0, sequence = 0, record_id = 0"))


class History:
    """A store, its harvesters, and what happens to them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock, self.now = store, clock, 1000
        clock(self.now)
        empty(store)
        self.harvesters = [Harvester(store, *of) for of in LISTS]

    def go_on(self, steps: list[tuple[list[Publication], int, list[int]]]) -> None:
        """Let writers write, time pass and harvesters read."""
        for batch, seconds, readers in steps:
            self.store.publish(batch)
            self.now += seconds
            self.clock(self.now)
            for index in readers:
                self.harvesters[index].page()

    def lost(self) -> list[list[str]]:
        """Let all harvesters end their lists, harvest once more, and tell what they lost."""
        for harvester in self.harvesters:
            harvester.finish()
        return [harvester.lost() for harvester in self.harvesters if harvester.lost()]


def _check(store: Store, clock: Clock, path: Path, *, survives: bool, **how: Any) -> None:  # noqa: ANN401
    """Try many histories of a store that goes back to its backup, itself at hand or lost."""

    @settings(suppress_health_check=list(HealthCheck), **how)
    @given(before=_steps(), ahead=_steps(), after=_steps())
    def try_one(before: Any, ahead: Any, after: Any) -> None:  # noqa: ANN401 - three histories
        history = History(store, clock)
        history.go_on(before)
        back_up(store.database, path, force=True, progress=nothing)
        known = {harvester: harvester.there().keys() for harvester in history.harvesters}
        history.go_on(ahead)
        if not survives:
            empty(store)
        restore(store.database, path, force=True, progress=nothing)
        history.go_on(after)
        assert history.lost() == []
        for harvester in history.harvesters:
            assert not harvester.ghosts() & (harvester.held.keys() if survives else known[harvester])

    try_one()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a backup."""
    return tmp_path / "store.backup"


@pytest.mark.parametrize("survives", [True, False], ids=["replaced", "lost"])
def test_no_harvester_that_was_ahead_of_a_backup_misses_a_change(
    store: Store, clock: Clock, path: Path, survives: bool
) -> None:
    """Each list ends as the store has it; no ghost stays where the store is replaced, else none that it knew."""
    _check(store, clock, path, survives=survives)


SEARCH = {"max_examples": 1000, "phases": [Phase.generate], "derandomize": True, "database": None}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_harvesters_lose_changes_where_stamps_stay_as_they_were(
    store: Store, clock: Clock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test before can fail: it does where nothing is restamped."""
    monkeypatch.setattr(records.restore, "restamp", lambda _connection, _now: 0)
    with pytest.raises(AssertionError):
        _check(store, clock, path, survives=False, **SEARCH)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_harvesters_with_a_token_lose_changes_where_sequences_are_given_again(
    store: Store, clock: Clock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does, too, where the stamps are new and the sequences go on from those of the backup."""
    monkeypatch.setattr(records.restamp, "CHANGES_A_SECOND", 0)
    with pytest.raises(AssertionError):
        _check(store, clock, path, survives=False, **SEARCH)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_harvesters_keep_ghosts_where_no_tombstones_are_left(
    store: Store, clock: Clock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where the store that is replaced is not asked what it has shown."""
    monkeypatch.setattr(records.restore, "_keep_told", lambda _connection: None)
    with pytest.raises(AssertionError):
        _check(store, clock, path, survives=True, **SEARCH)


# Step by step


@pytest.fixture
def back(store: Store, path: Path) -> Callable[[], Restored]:
    """Give a function that restores the store from its backup."""
    return lambda: restore(store.database, path, force=True, progress=nothing)


def test_what_was_changed_deleted_and_brought_back_after_the_backup_comes_as_it_was(
    store: Store, clock: Clock, path: Path, make_publication: Make, back: Callable[[], Restored]
) -> None:
    """An older version, a deletion undone, and a deletion that was undone later, in a second that was never told."""
    store.publish([make_publication(name) for name in "abc"])
    store.publish([make_publication("c", status="deleted")])
    back_up(store.database, path, force=False, progress=nothing)
    clock(2000)
    store.publish([make_publication("a", documents={"mods": b"2"}), make_publication("b", status="deleted")])
    store.publish([make_publication("c")])
    assert back().stamped == 3
    rows = store.window(Selection("mods", start=2000), limit=9).rows
    assert [(row.oai_identifier[-1], row.datestamp, row.document) for row in map(told, rows)] == [
        ("a", 2000, b"<mods>a</mods>"),
        ("b", 2000, b"<mods>b</mods>"),
        ("c", 2000, None),
    ]
    assert store.earliest() == 1000


def test_what_was_first_shown_after_the_backup_is_deleted(
    store: Store, path: Path, make_publication: Make, back: Callable[[], Restored]
) -> None:
    """A new record, one that was hidden, a new format, and the set of one that is deleted in the backup."""
    store.publish([make_publication("hidden", status="hidden"), make_publication("edm", documents={"mods": b"1"})])
    store.publish([make_publication("moved", sets=("a",))])
    store.publish([make_publication("moved", status="deleted")])
    back_up(store.database, path, force=False, progress=nothing)
    store.publish([make_publication("new", sets=("x:y",)), make_publication("hidden")])
    store.publish([make_publication("edm", documents={"mods": b"1", "edm": b"1"})])
    store.publish([make_publication("moved", sets=("c",))])
    assert back().withdrawn == 2
    listed = {
        of: {(row.oai_identifier[24:], row.deleted) for row in map(told, store.window(Selection(*of), limit=9).rows)}
        for of in (("mods", None), ("edm", None), ("mods", "x"), ("mods", "a"), ("mods", "c"))
    }
    assert listed == {
        ("mods", None): {("new", True), ("hidden", True), ("moved", True), ("edm", False)},
        ("edm", None): {("edm", True)},
        ("mods", "x"): {("new", True)},
        ("mods", "a"): {("moved", True)},
        ("mods", "c"): {("moved", True)},
    }
    assert store.stated(["new"]) == {"new": b'{"identifier":"new","visibility":"deleted"}'}
    store.publish([make_publication("new"), make_publication("moved")])
    assert store.counts() == {"shown": 3, "hidden": 0, "withdrawn": 1}


def test_a_clock_that_lags_does_not_take_stamps_back(
    store: Store, clock: Clock, path: Path, make_publication: Make, back: Callable[[], Restored]
) -> None:
    """The newest stamp of the store that is replaced, and of the backup, are the least that is told."""
    store.publish([make_publication("a")])
    back_up(store.database, path, force=False, progress=nothing)
    clock(3000)
    store.publish([make_publication("b")])
    clock(500)
    back()
    assert {told(row).datestamp for row in store.window(Selection("mods"), limit=9).rows} == {3000}
    empty(store)
    back()
    assert {told(row).datestamp for row in store.window(Selection("mods"), limit=9).rows} == {1000}


def test_the_change_log_goes_on(store: Store, clock: Clock, make_publication: Make) -> None:
    """One change a record, with all its formats, in sequences that were never given out; hidden records have none."""
    store.publish([make_publication("a"), make_publication("b", status="hidden"), make_publication("c")])
    store.publish([make_publication("c", status="deleted")])
    clock(2000)
    assert store.restamp() == 2
    store.publish([make_publication("d")])
    base = 2000 * records.restamp.CHANGES_A_SECOND
    with store.database.reading() as (connection, _now):
        log = [tuple(row) for row in connection.execute(select(changes).order_by(changes.c.sequence))]
    assert log[3:] == [
        (base + 1, 2000, 1, "update", "mods oai_dc"),
        (base + 3, 2000, 3, "delete", "mods oai_dc"),
        (base + 4, 2000, 4, "create", "mods oai_dc"),
    ]
    assert store.restamp() == 3
    assert [row.sequence - base for row in store.window(Selection("mods"), limit=9).rows] == [5, 7, 8]


def test_the_backup_of_another_store_does_not_take_identifiers_away(
    store: Store, path: Path, make_publication: Make, back: Callable[[], Restored]
) -> None:
    """Harvesters would keep the old name for ever, so the store stays as it is."""
    store.publish([make_publication("a", oai_identifier="oai:new.org:a")])
    back_up(store.database, path, force=False, progress=nothing)
    empty(store)
    store.publish([make_publication("a", oai_identifier="oai:old.org:a")])
    with pytest.raises(StoreError) as raised:
        back()
    assert str(raised.value) == (
        f"harvesters know the record a as oai:old.org:a, but {path} has a as oai:new.org:a: it is the backup of "
        f"another store; restore it into an empty database"
    )
    assert store.representation("oai:old.org:a", "mods")[0] is not None


def test_a_store_that_holds_records_is_replaced_by_force_alone(
    store: Store, path: Path, make_publication: Make
) -> None:
    """The message names the database and what to do."""
    store.publish([make_publication("a")])
    back_up(store.database, path, force=False, progress=nothing)
    with pytest.raises(StoreError) as raised:
        restore(store.database, path, force=False, progress=nothing)
    assert str(raised.value) == (
        f"the database {store.database.name} holds records; restore into an empty one, or replace them with --force"
    )


@contextmanager
def _opened(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()


@pytest.mark.parametrize("kinds", [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_backup_moves_a_store_from_one_kind_of_database_to_the_other(
    kinds: tuple[str, str], path: Path, make_publication: Make, request: pytest.FixtureRequest
) -> None:
    """Records, documents, sets, tombstones and facts are the same there; bytes that are no UTF-8 too."""
    source, target = (request.getfixturevalue(f"{kind}_url") for kind in kinds)
    with _opened(source) as old, _opened(target) as new:
        documents = {"mods": "Ünïcödé 中文 \u2028".encode(), "edm": b"\xff\x00\xfe\n"}
        old.publish([make_publication("a", sets=("x:y",), documents=documents), make_publication("b", status="hidden")])
        old.publish([make_publication("c")])
        old.publish([make_publication("c", status="deleted")])
        old.put_fact("base_url", "http://a")
        back_up(old.database, path, force=False, progress=nothing)
        restore(new.database, path, force=False, progress=nothing)
        held = [
            (
                [told(row)[1::2] for row in store.window(Selection("mods"), limit=9).rows],
                [store.document("a", name)[2] for name in documents],  # type: ignore[index]
                (store.counts(), store.facts(), store.sets(), list(store.all_stated(9))),
            )
            for store in (old, new)
        ]
    assert held[0] == held[1]


def test_what_can_be_searched_comes_back(store: Store, make_publication: Make, tmp_path: Path) -> None:
    """And what was loaded since is found no more."""

    def found(word: str) -> list[int]:
        scope = store.scope()
        assert scope
        return [each.record_id for each in store.search(asked(word), scope, BEGINNING, 9).found]

    store.publish([replace(make_publication("a"), passages=[Passage("bird", b"\x00\xff\n")])])
    back_up(store.database, tmp_path / "backup", force=False, progress=nothing)
    store.publish([replace(make_publication(name), passages=[Passage("fish")]) for name in "ab"])
    restore(store.database, tmp_path / "backup", force=True, progress=nothing)
    assert (found("bird"), found("fish")) == ([1], [])
    assert store.found_lines([2**20]) == {2**20: ("a", b"\x00\xff\n")}
