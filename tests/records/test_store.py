"""The store: lists and their pages, sets and collections, facts, and what people read of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from records.database import StoreError
from records.header import header
from records.model import Collection, Rights
from records.publish import Publication, Published
from records.store import Member, Row, Selection, SetRow, Shown, Store, Window
from tests.told import told

Make = Callable[..., Publication]
Clock = Callable[[int], None]


def _names(rows: Sequence[Row]) -> list[str]:
    return [told(row).oai_identifier.rpartition(":")[2] for row in rows]


def _pages(store: Store, selection: Selection, size: int, **how: Any) -> Iterator[Window]:  # noqa: ANN401
    after = 0
    while True:
        window = store.window(selection, after=after, limit=size, **how)
        yield window
        if not window.more:
            return
        after = window.rows[-1].sequence


# Lists


def _fill(store: Store, clock: Clock, make: Make) -> None:
    """Put 20 records into the store, two each second from 1000 on, every third in the set a:b, every fourth in c."""
    for number in range(20):
        clock(1000 + number // 2)
        sets = (*(("a:b",) if number % 3 == 0 else ()), *(("c",) if number % 4 == 0 else ()))
        store.publish([make(f"r{number}", sets=sets)])
    store.publish(
        [make("r6", status="deleted"), make("r2", documents={"mods": b"2", "oai_dc": b"<oai_dc>r2</oai_dc>"})]
    )


def test_pages_of_any_size_join_to_the_whole_list(store: Store, clock: Clock, make_publication: Make) -> None:
    """Nothing is lost and nothing comes twice, whatever is selected; every page but the last is full."""
    _fill(store, clock, make_publication)
    seconds = st.none() | st.integers(998, 1012)
    specs = st.sampled_from([None, "a", "a:b", "c", "none"])

    @given(st.integers(1, 25), st.sampled_from(["mods", "oai_dc", "none"]), specs, seconds, seconds)
    def pages_join(size: int, name: str, spec: str | None, start: int | None, until: int | None) -> None:
        selection = Selection(name, spec, start, until)
        whole = store.window(selection, limit=1000, count=True)
        pages = list(_pages(store, selection, size))
        assert [row for page in pages for row in page.rows] == list(whole.rows)
        assert (whole.size, whole.more) == (len(whole.rows), False)
        assert {len(page.rows) for page in pages[:-1]} <= {size}

    pages_join()


def test_a_list_is_in_the_order_of_change(store: Store, clock: Clock, make_publication: Make) -> None:
    """What changed last stands last, tombstones too."""
    _fill(store, clock, make_publication)
    whole = store.window(Selection("mods"), limit=100)
    assert _names(whole.rows) == [*(f"r{n}" for n in range(20) if n not in {2, 6}), "r6", "r2"]
    assert [told(row).deleted for row in whole.rows] == [False] * 18 + [True, False]


@pytest.mark.parametrize(
    ("start", "until", "found"),
    [
        (None, 1000, ["r0", "r1"]),
        (1009, None, ["r18", "r19", "r6"]),
        (1004, 1005, ["r8", "r9", "r10", "r11"]),
        (1004, 1004, ["r8", "r9"]),
        (1001, 1001, ["r2", "r3"]),
        (1010, None, []),
        (None, 999, []),
        (1005, 1004, []),
    ],
)
def test_from_and_until_are_included(
    store: Store, clock: Clock, make_publication: Make, start: int | None, until: int | None, found: list[str]
) -> None:
    """A span of time holds what changed last within it, at both ends too (OAI-PMH 2.0, 2.7.1)."""
    _fill(store, clock, make_publication)
    window = store.window(Selection("oai_dc", None, start, until), limit=100, count=True)
    assert (_names(window.rows), window.size) == (found, len(found))


def test_a_set_holds_what_stands_below_it(store: Store, clock: Clock, make_publication: Make) -> None:
    """`a` finds `a:b`, and no list finds what is in neither (OAI-PMH 2.0, 2.6)."""
    _fill(store, clock, make_publication)
    lists = {spec: _names(store.window(Selection("oai_dc", spec), limit=100).rows) for spec in ("a", "a:b", "c", "b")}
    below = ["r0", "r3", "r9", "r12", "r15", "r18", "r6"]
    assert lists == {"a": below, "a:b": below, "c": ["r0", "r4", "r8", "r12", "r16"], "b": []}


def test_a_window_tells_whether_there_is_more(store: Store, make_publication: Make) -> None:
    """An exact multiple of the page size ends with a full page, and no empty one follows."""
    store.publish([make_publication(name) for name in "abcd"])
    pages = list(_pages(store, Selection("mods"), 2))
    assert [(_names(page.rows), page.more) for page in pages] == [(["a", "b"], True), (["c", "d"], False)]


def test_a_count_is_of_the_whole_list(store: Store, make_publication: Make) -> None:
    """Whatever page is asked for; it costs nothing where nobody asks."""
    store.publish([make_publication(name, sets=("x",)) for name in "abcde"])
    sizes = [
        store.window(Selection("mods", spec), after=2, limit=1, count=True, documents=False).size
        for spec in (None, "x", "y")
    ]
    assert (sizes, store.window(Selection("mods"), limit=1).size) == ([5, 5, 0], None)


def test_set_sizes_are_those_of_the_lists(store: Store, clock: Clock, make_publication: Make) -> None:
    """Counted at once: sets above count what stands below them, deleted records count, an empty set is left out."""
    _fill(store, clock, make_publication)
    store.publish([make_publication("r0", sets=("c",), status="deleted"), make_publication("loose")])
    store.put_collections([Collection(spec="empty", title="Empty")])
    sizes = {spec: store.window(Selection("mods", spec), limit=1, count=True).size for spec in ("a", "a:b", "c")}
    assert store.set_sizes("mods") == sizes == {"a": 7, "a:b": 7, "c": 5}
    assert store.set_sizes("none") == {}


def test_an_unknown_set_is_an_empty_list(store: Store) -> None:
    """With the time, as every list."""
    assert store.window(Selection("mods", "none"), limit=5, count=True) == Window((), more=False, time=1000, size=0)


def test_a_record_that_changes_during_a_harvest_comes_at_its_end(store: Store, make_publication: Make) -> None:
    """Nothing slips in behind the place that a harvester has reached."""
    store.publish([make_publication(name) for name in "abcd"])
    first = store.window(Selection("mods"), limit=2)
    store.publish([make_publication("a", documents={"mods": b"2"}), make_publication("d", status="deleted")])
    rest = store.window(Selection("mods"), after=first.rows[-1].sequence, limit=9)
    left = [(row.oai_identifier[-1], row.deleted) for row in map(told, rest.rows)]
    assert left == [
        ("c", False),
        ("a", False),
        ("d", True),
    ]


# One record


def test_a_representation_is_found_by_either_identifier(store: Store, make_publication: Make) -> None:
    """And is None where the record is unknown or has no such format."""
    store.publish([make_publication("a", oai_identifier="oai:elsewhere.org:9", documents={"mods": b"1"})])
    row = Row(1, header("oai:elsewhere.org:9", 1000, "", deleted=False), b"1")
    assert store.representation("oai:elsewhere.org:9", "mods") == (row, 1000)
    assert store.representation("oai:elsewhere.org:9", "edm") == (None, 1000)
    assert store.representation("oai:elsewhere.org:8", "mods") == (None, 1000)
    assert (store.document("a", "mods"), store.document("b", "mods")) == (row, None)


def test_formats_of_a_record_are_those_that_it_has_or_had(store: Store, make_publication: Make) -> None:
    """A tombstone counts, a format that it never filled does not."""
    store.publish([make_publication("a", documents={"mods": b"1", "edm": b"1", "oai_dc": None})])
    store.publish([make_publication("a", documents={"mods": b"1", "edm": None, "oai_dc": None})])
    assert sorted(store.formats("oai:archive.example.org:a")) == ["edm", "mods"]
    assert store.formats("oai:archive.example.org:b") == []


def test_a_record_is_shown_as_it_was_stated(store: Store, make_publication: Make) -> None:
    """Withdrawn ones say so; unknown and hidden ones are not told apart."""
    store.publish([make_publication("a"), make_publication("b", status="hidden"), make_publication("c")])
    store.publish([make_publication("c", status="deleted", stated=b"{}")])
    assert [store.shown(name) for name in "abcd"] == [
        Shown("a", b'{"identifier":"a"}', False),
        None,
        Shown("c", b"{}", True),
        None,
    ]
    for name in "abcd":
        assert store.shown_item(f"oai:archive.example.org:{name}") == store.shown(name)
    assert store.shown_items(["a", "b", "c", "d"]) == {"a": "oai:archive.example.org:a"}
    assert store.counts() == {"shown": 1, "hidden": 1, "withdrawn": 1}


def test_what_was_served_last_is_found_as_it_stands_now(store: Store, make_publication: Make) -> None:
    """The record that a change sequence was given to, wherever in the list it has moved."""
    store.publish([make_publication("a"), make_publication("b")])
    store.publish([make_publication("a", documents={"mods": b"2"})])
    row = Row(3, header("oai:archive.example.org:a", 1000, "", deleted=False), b"2")
    assert store.served_last("mods", 1, documents=True) == row
    assert store.served_last("mods", 1, documents=False) == row._replace(document=None)
    assert (store.served_last("edm", 1, documents=True), store.served_last("mods", 9, documents=True)) == (None, None)


# All records


def test_all_records_come_in_the_order_of_their_first_loading(store: Store, make_publication: Make) -> None:
    """In batches, hidden and withdrawn ones too."""
    for name in "bdac":
        store.publish([make_publication(name, stated=name.encode())])
    store.publish([make_publication("d", status="deleted", stated=b"d"), make_publication("e", status="hidden")])
    assert list(store.all_stated(2)) == [
        [Shown("b", b"b", False), Shown("d", b"d", True)],
        [Shown("a", b"a", False), Shown("c", b"c", False)],
        [Shown("e", b'{"identifier":"e"}', False)],
    ]


def test_members_of_a_set_are_its_shown_records_in_a_format(store: Store, make_publication: Make) -> None:
    """Neither tombstones nor records that have lost the format, page by page."""
    store.publish([make_publication(name, sets=("x:y",), documents={"manifest": b"m"}) for name in "abcde"])
    store.publish([make_publication("b", sets=("x:y",), documents={"manifest": None})])
    store.publish([make_publication("d", status="deleted")])
    stated = {name: f'{{"identifier":"{name}"}}'.encode() for name in "ace"}
    members = [Member(1, "a", None, stated["a"]), Member(3, "c", None, stated["c"]), Member(5, "e", None, stated["e"])]
    assert store.members("x", "manifest", limit=2) == members[:2]
    assert store.members("x:y", "manifest", after=3, limit=2) == members[2:]
    assert store.members(None, "manifest", limit=9) == members
    assert store.members("none", "manifest", limit=9) == []
    store.publish([replace(make_publication("a", documents={"manifest": b"n"}), reference=b"{}")])
    assert store.members(None, "manifest", limit=9)[-1] == Member(8, "a", b"{}", None)


# What holds for the whole store


def test_the_earliest_datestamp_is_the_oldest_change(store: Store, clock: Clock, make_publication: Make) -> None:
    """And the time while nothing was ever shown (OAI-PMH 2.0, 4.2: a lower limit for all datestamps)."""
    clock(1002)
    store.publish([make_publication("a", status="hidden")])
    assert store.earliest() == 1002
    store.publish([make_publication("a")])
    clock(1005)
    store.publish([make_publication("a", status="deleted")])
    assert (store.earliest(), store.time()) == (1002, 1005)


def test_facts_are_remembered(store: Store) -> None:
    """A new value takes the place of the old one."""
    store.put_fact("base_url", "http://a.example.org")
    store.put_fact("base_url", "http://b.example.org")
    assert store.facts() == {"base_url": "http://b.example.org"}


def test_collections_are_stored_as_stated(store: Store, make_publication: Make) -> None:
    """Only new and changed statements are told; sets that nobody stated anything of are sets too."""
    letters = Collection(spec="b:letters", title="Letters", rights=Rights(statement="Ask us.\nThen wait."))
    assert store.put_collections([letters, Collection(spec="a", title="A")]) == ["b:letters", "a"]
    assert store.put_collections([letters, Collection(spec="a", title="Å")]) == ["a"]
    store.publish([make_publication("r", sets=("c:d", "a"))])
    assert store.sets() == [
        SetRow("a", Collection(spec="a", title="Å")),
        SetRow("b", None),
        SetRow("b:letters", letters),
        SetRow("c", None),
        SetRow("c:d", None),
    ]
    assert store.collections() == {"a": Collection(spec="a", title="Å"), "b:letters": letters}


def test_a_dry_run_of_collections_tells_the_same_and_writes_nothing(store: Store) -> None:
    """Neither a statement nor a set."""
    stated = [Collection(spec="a:b", title="B")]
    assert store.put_collections(stated, dry_run=True) == ["a:b"]
    assert store.sets() == []
    assert store.put_collections(stated) == ["a:b"]
    assert sorted(store.set_specs()) == ["a", "a:b"]


def test_sets_stand_in_the_order_of_their_bytes(store: Store, make_publication: Make) -> None:
    """On every database alike, whatever its collation; a set before those below it."""
    specs = ["b", "B", "a-b", "a:b", "a", "a.b", "é".encode().hex()]
    store.publish([make_publication("r", sets=tuple(specs))])
    assert [row.spec for row in store.sets()] == sorted(specs)


# Writing


def test_a_dry_run_tells_the_same_and_writes_nothing(store: Store, clock: Clock, make_publication: Make) -> None:
    """What it reports is what the real run reports then."""
    store.publish([make_publication("a", sets=("x",)), make_publication("b")])
    clock(1001)
    batches = [
        [make_publication("a", sets=("y",)), make_publication("b", status="deleted")],
        [make_publication("c")],
    ]
    before = _state(store)
    dry = list(store.publish_all(batches, dry_run=True))
    assert _state(store) == before
    assert dry == list(store.publish_all(batches))
    assert [result.outcome for result in dry] == ["updated", "deleted", "created"]
    assert _state(store) != before


def test_a_refused_record_stops_all_batches(store: Store, make_publication: Make) -> None:
    """A record that is refused costs the others of its batches too, where all or none was asked for."""
    taken = make_publication("c2", oai_identifier="oai:archive.example.org:c")
    before = _state(store)
    outcomes = [result.outcome for result in store.publish_all([[make_publication("c")], [taken]])]
    assert outcomes == ["created", "refused"]
    assert _state(store) == before
    store.publish([make_publication("c"), taken])
    assert _state(store) != before


def _state(store: Store) -> tuple[list[Row], list[SetRow], dict[str, int], list[Any]]:
    with store.database.reading() as (connection, _now):
        clock = [tuple(row) for row in connection.execute(text("SELECT * FROM clock"))]
    return list(store.window(Selection("mods"), limit=99).rows), store.sets(), store.counts(), clock


def test_all_batches_are_written_or_none(store: Store, make_publication: Make) -> None:
    """What an input that breaks off has given is not kept."""
    before = _state(store)

    def batches() -> Iterator[list[Publication]]:
        yield [make_publication("a", sets=("x",))]
        raise OSError("the input broke off")

    with pytest.raises(OSError, match="the input broke off"):
        list(store.publish_all(batches()))
    assert _state(store) == before


def test_a_later_batch_sees_the_ones_before_it(store: Store, make_publication: Make) -> None:
    """A record may come twice in one transaction, in two batches."""
    first, second = make_publication("a"), make_publication("a", documents={"mods": b"2"})
    assert list(store.publish_all([[first], [second]])) == [
        Published("a", "created", ("mods", "oai_dc")),
        Published("a", "updated", ("mods",)),
    ]


def test_a_batch_that_fails_leaves_nothing(store: Store, make_publication: Make) -> None:
    """A batch that names a record twice is refused by the database, whole."""
    before = _state(store)
    with pytest.raises(StoreError):
        store.publish([make_publication("z"), make_publication("a"), make_publication("a")])
    assert _state(store) == before


def test_nothing_to_do_is_no_fault(store: Store) -> None:
    """An empty batch, no batch, no collection, no identifier."""
    assert (store.publish([]), store.put_collections([]), store.stated([])) == ([], [], {})
    assert list(store.publish_all([])) == []


def test_a_store_opens_again_as_it_was(database_url: str, make_publication: Make) -> None:
    """Another process sees the same."""
    first = Store(database_url)
    first.publish([make_publication("a", sets=("x",))])
    second = Store(database_url)
    assert _state(first) == _state(second)
    for store in (first, second):
        store.database.close()


def test_a_store_opens_while_a_writer_is_at_work(store: Store, database_url: str) -> None:
    """A server may start, or start again, during a long load."""
    with store.database.writing():
        second = Store(database_url)
        assert second.counts() == {"shown": 0, "hidden": 0, "withdrawn": 0}
    second.database.close()


def test_the_digest_of_a_document_is_found_without_the_document(store: Store, make_publication: Make) -> None:
    """It is that of the document's bytes; none is known of what was withdrawn or never was there."""
    store.publish([make_publication("a")])
    document, digest = store.digested("a", "oai_dc") or (None, b"")
    assert document is not None
    assert store.digest("a", "oai_dc") == digest == blake2b(document, digest_size=16).digest()
    store.publish([make_publication("a", status="deleted")])
    assert store.digest("a", "oai_dc") is None
    assert store.digest("b", "oai_dc") is None
