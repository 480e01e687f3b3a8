"""Publishing: datestamps move when bytes, sets or deletion change, and only then; deletion leaves a trace."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from records.header import header
from records.publish import Publication, Published, publish
from records.store import Row, Selection, Store
from records.tables import changes, listings, representations
from tests.told import told

Make = Callable[..., Publication]
Clock = Callable[[int], None]
FORMATS = ("edm", "mods", "oai_dc")


def _documents(version: str = "1", **others: bytes | None) -> dict[str, bytes | None]:
    return {name: f"<{name}>{version}</{name}>".encode() for name in FORMATS} | others


def _stamps(store: Store, oai_identifier: str = "oai:archive.example.org:a") -> dict[str, int]:
    rows = {name: store.representation(oai_identifier, name)[0] for name in FORMATS}
    return {name: told(row).datestamp for name, row in rows.items() if row}


def _lists(store: Store) -> dict[tuple[str, str | None], list[tuple[str, bool]]]:
    """Return every list that is not empty: the records and whether they are tombstones."""
    specs = [None, *(row.spec for row in store.sets())]
    found = {}
    for name in FORMATS:
        for spec in specs:
            rows = store.window(Selection(name, spec), limit=100, documents=False).rows
            if rows:
                found[name, spec] = [(row.oai_identifier.rpartition(":")[2], row.deleted) for row in map(told, rows)]
    return found


def _everything(store: Store) -> list[list[Any]]:
    """Return the content of every table that harvesters see."""
    with store.database.reading() as (connection, _now):
        tables = (representations, listings, changes)
        return [sorted(map(tuple, connection.execute(select(table)))) for table in tables]


def test_a_new_record_is_created_in_every_format_that_it_fills(store: Store, make_publication: Make) -> None:
    """What is None was never there: no row, no tombstone."""
    published = store.publish([make_publication("a", sets=("x:y",), documents=_documents(edm=None))])
    assert published == [Published("a", "created", ("mods", "oai_dc"))]
    assert _lists(store) == {
        ("mods", None): [("a", False)],
        ("mods", "x"): [("a", False)],
        ("mods", "x:y"): [("a", False)],
        ("oai_dc", None): [("a", False)],
        ("oai_dc", "x"): [("a", False)],
        ("oai_dc", "x:y"): [("a", False)],
    }


def test_what_was_published_is_read_back(store: Store, make_publication: Make) -> None:
    """Bytes, sets and datestamp come back as they went in."""
    document = "<title>Теле\r\nграмма 电报 \U0001f4dc</title>".encode()
    store.publish([make_publication("a", sets=("z", "x:y"), documents={"oai_dc": document})])
    row = Row(1, header("oai:archive.example.org:a", 1000, "x:y z", deleted=False), document)
    assert store.representation("oai:archive.example.org:a", "oai_dc") == (row, 1000)
    assert store.document("a", "oai_dc") == row
    assert list(store.window(Selection("oai_dc"), limit=2).rows) == [row]
    assert list(store.window(Selection("oai_dc"), limit=2, documents=False).rows) == [row._replace(document=None)]


def test_loading_the_same_twice_changes_nothing(store: Store, clock: Clock, make_publication: Make) -> None:
    """The order and repetition of sets does not matter either."""
    store.publish([make_publication("a", sets=("x", "y"), documents=_documents())])
    before = _everything(store)
    clock(1010)
    again = [make_publication("a", sets=("y", "x", "y"), documents=_documents())]
    assert store.publish(again) == [Published("a", "unchanged")]
    assert _everything(store) == before


def test_one_format_changed_moves_that_format_alone(store: Store, clock: Clock, make_publication: Make) -> None:
    """A mapping that was edited does not make harvesters of other formats fetch again."""
    store.publish([make_publication("a", documents=_documents())])
    clock(1001)
    changed = make_publication("a", documents=_documents(mods=b"<mods>2</mods>"))
    assert store.publish([changed]) == [Published("a", "updated", ("mods",))]
    assert _stamps(store) == {"edm": 1000, "mods": 1001, "oai_dc": 1000}


def test_only_what_is_stated_changed_moves_nothing(store: Store, clock: Clock, make_publication: Make) -> None:
    """A field that no format shows is kept, without a word to harvesters."""
    store.publish([make_publication("a", documents=_documents())])
    clock(1001)
    assert store.publish([make_publication("a", documents=_documents(), stated=b'{"b":1}')]) == [
        Published("a", "unchanged")
    ]
    assert (_stamps(store)["mods"], store.stated(["a"])) == (1000, {"a": b'{"b":1}'})


def test_other_sets_move_all_formats(store: Store, clock: Clock, make_publication: Make) -> None:
    """The header carries the sets, so that every format's record changes; the old set lists it no more."""
    store.publish([make_publication("a", sets=("x",), documents=_documents())])
    clock(1001)
    moved = store.publish([make_publication("a", sets=("y",), documents=_documents())])
    assert moved == [Published("a", "updated", FORMATS)]
    assert _stamps(store) == dict.fromkeys(FORMATS, 1001)
    assert _lists(store) == {(name, spec): [("a", False)] for name in FORMATS for spec in (None, "y")}


@pytest.mark.parametrize("status", ["deleted", "hidden"])
def test_a_withdrawn_record_leaves_tombstones_where_it_stood(
    store: Store, clock: Clock, make_publication: Make, status: str
) -> None:
    """Deleted or hidden, in the sets that it stood in, even if the deletion names others or none."""
    store.publish([make_publication("a", sets=("x:y",), documents=_documents(edm=None))])
    clock(1001)
    gone = store.publish([make_publication("a", sets=("z",), status=status, documents=_documents())])
    assert gone == [Published("a", "deleted", ("mods", "oai_dc"))]
    assert _lists(store) == {(name, spec): [("a", True)] for name in ("mods", "oai_dc") for spec in (None, "x", "x:y")}
    row = Row(2, header("oai:archive.example.org:a", 1001, "x:y", deleted=True))
    assert store.representation("oai:archive.example.org:a", "mods") == (row, 1001)


def test_a_tombstone_stays_as_it_is(store: Store, clock: Clock, make_publication: Make) -> None:
    """Deleting twice, or hiding what was deleted, moves no datestamp."""
    store.publish([make_publication("a", sets=("x",))])
    store.publish([make_publication("a", status="deleted")])
    before = _everything(store)
    clock(1001)
    for status in ("deleted", "hidden"):
        assert store.publish([make_publication("a", sets=("y",), status=status)]) == [Published("a", "unchanged")]
    assert _everything(store) == before


def test_a_format_that_a_record_no_longer_fills_is_deleted_alone(
    store: Store, clock: Clock, make_publication: Make
) -> None:
    """The tombstone stands in that format's lists; the others do not move."""
    store.publish([make_publication("a", sets=("x",), documents=_documents())])
    clock(1001)
    less = make_publication("a", sets=("x",), documents=_documents(edm=None))
    assert store.publish([less]) == [Published("a", "updated", ("edm",))]
    assert _stamps(store) == {"edm": 1001, "mods": 1000, "oai_dc": 1000}
    assert _lists(store)["edm", "x"] == [("a", True)]
    assert _lists(store)["mods", "x"] == [("a", False)]
    assert store.publish([less]) == [Published("a", "unchanged")]


def test_a_format_that_is_filled_again_comes_back(store: Store, clock: Clock, make_publication: Make) -> None:
    """A tombstone in one format is no end."""
    store.publish([make_publication("a", documents=_documents())])
    store.publish([make_publication("a", documents=_documents(edm=None))])
    clock(1001)
    assert store.publish([make_publication("a", documents=_documents())]) == [Published("a", "updated", ("edm",))]
    assert _lists(store)["edm", None] == [("a", False)]


def test_loading_a_deleted_record_brings_it_back(store: Store, clock: Clock, make_publication: Make) -> None:
    """Everywhere, under new datestamps, in its new sets."""
    store.publish([make_publication("a", sets=("x",), documents=_documents())])
    store.publish([make_publication("a", status="deleted")])
    clock(1001)
    back = store.publish([make_publication("a", sets=("y",), documents=_documents())])
    assert back == [Published("a", "created", FORMATS)]
    assert _stamps(store) == dict.fromkeys(FORMATS, 1001)
    assert _lists(store) == {(name, spec): [("a", False)] for name in FORMATS for spec in (None, "y")}


@pytest.mark.parametrize("then", ["hidden", "deleted"])
def test_a_record_that_was_never_shown_leaves_no_trace(store: Store, make_publication: Make, then: str) -> None:
    """Neither in lists, nor in sets, nor in the log, whatever becomes of it."""
    before = _everything(store)
    hidden = make_publication("a", sets=("secret",), status="hidden", documents=_documents())
    assert store.publish([hidden]) == [Published("a", "hidden")]
    assert store.publish([make_publication("a", sets=("secret",), status=then)]) == [Published("a", "hidden")]
    assert (_everything(store), store.sets(), store.shown("a")) == (before, [], None)
    assert store.stated(["a"]) == {"a": b'{"identifier":"a"}'}


def test_a_hidden_record_that_is_shown_is_created(store: Store, make_publication: Make) -> None:
    """An embargo that ends looks like a new record."""
    store.publish([make_publication("a", status="hidden")])
    assert store.publish([make_publication("a")]) == [Published("a", "created", ("mods", "oai_dc"))]


def test_a_record_that_arrives_deleted_is_a_tombstone_in_every_format(store: Store, make_publication: Make) -> None:
    """What another repository has deleted is deleted here too."""
    arrived = make_publication("a", sets=("x",), status="deleted", documents=_documents())
    assert store.publish([arrived]) == [Published("a", "deleted", FORMATS)]
    assert _lists(store) == {(name, spec): [("a", True)] for name in FORMATS for spec in (None, "x")}


def test_an_oai_identifier_has_one_record(store: Store, make_publication: Make) -> None:
    """The second record that claims it is refused, before and within a batch; the others are published."""
    taken = "oai:elsewhere.org:1"
    store.publish([make_publication("a", oai_identifier=taken)])
    batch = [
        make_publication("b", oai_identifier=taken, sets=("y",)),
        make_publication("c", oai_identifier="oai:elsewhere.org:2"),
        make_publication("d", oai_identifier="oai:elsewhere.org:2"),
    ]
    assert store.publish(batch) == [
        Published("b", "refused", (), "the OAI identifier oai:elsewhere.org:1 belongs to the record a already"),
        Published("c", "created", ("mods", "oai_dc")),
        Published("d", "refused", (), "the OAI identifier oai:elsewhere.org:2 belongs to the record c already"),
    ]
    assert (store.counts(), store.sets()) == ({"shown": 2, "hidden": 0, "withdrawn": 0}, [])


@pytest.mark.parametrize("meanwhile", ["public", "deleted"])
def test_a_published_oai_identifier_does_not_change(store: Store, make_publication: Make, meanwhile: str) -> None:
    """The old one would vanish without a trace."""
    store.publish([make_publication("a")])
    store.publish([make_publication("a", status=meanwhile)])
    before = _everything(store)
    problem = (
        "harvesters know it as oai:archive.example.org:a, so its OAI identifier cannot become oai:new.org:a; delete "
        "it and load it under another identifier, or load all records into a new database"
    )
    changed = make_publication("a", oai_identifier="oai:new.org:a")
    assert store.publish([changed]) == [Published("a", "refused", (), problem)]
    assert _everything(store) == before


def test_a_hidden_record_may_change_its_oai_identifier(store: Store, make_publication: Make) -> None:
    """Nobody has seen the old one."""
    store.publish([make_publication("a", status="hidden")])
    assert store.publish([make_publication("a", status="hidden", oai_identifier="oai:new.org:a")]) == [
        Published("a", "hidden")
    ]
    assert store.publish([make_publication("b", oai_identifier="oai:new.org:a")])[0].outcome == "refused"


def test_datestamps_never_go_back(store: Store, clock: Clock, make_publication: Make) -> None:
    """A clock that was set back makes no stamp, and no responseDate, that is older than the last one."""
    store.publish([make_publication("a")])
    clock(400)
    store.publish([make_publication("b")])
    rows = store.window(Selection("mods"), limit=9)
    assert ([told(row).datestamp for row in rows.rows], rows.time, store.time()) == ([1000, 1000], 1000, 1000)


def test_a_stamp_that_was_passed_is_kept(store: Store, make_publication: Make) -> None:
    """The time that a writer names is the datestamp, unless a newer one was given already."""
    with store.database.writing() as (connection, _now):
        publish(connection, 5000, [make_publication("a")])
        publish(connection, 3000, [make_publication("b")])
    assert [told(row).datestamp for row in store.window(Selection("mods"), limit=9).rows] == [5000, 5000]


def test_the_log_tells_what_happened(store: Store, clock: Clock, make_publication: Make) -> None:
    """Creation, change, deletion and return of a record, each with its formats, in order."""
    store.publish([make_publication("a", documents=_documents())])
    store.publish([make_publication("a", documents=_documents(mods=b"2"))])
    clock(1001)
    store.publish([make_publication("b", status="hidden")])
    store.publish([make_publication("a", status="deleted")])
    store.publish([make_publication("a", documents=_documents(edm=None))])
    with store.database.reading() as (connection, _now):
        log = [tuple(row) for row in connection.execute(select(changes).order_by(changes.c.sequence))]
    assert log == [
        (1, 1000, 1, "create", "edm mods oai_dc"),
        (2, 1000, 1, "update", "mods"),
        (3, 1001, 1, "delete", "edm mods oai_dc"),
        (4, 1001, 1, "create", "mods oai_dc"),
    ]


def test_every_representation_stands_in_its_lists_once(store: Store, clock: Clock, make_publication: Make) -> None:
    """After many changes the lists hold exactly the whole and each set with those above it."""
    for step in range(30):
        sets = [("x:y", "z"), ("x",), (), ("x:y:w", "x:y")][step % 4]
        status = ["public", "public", "deleted", "hidden", "public"][step % 5]
        name = "abc"[step % 3]
        store.publish([make_publication(name, sets=sets, status=status, documents=_documents(str(step % 7)))])
        clock(1000 + step // 2)
    with store.database.reading() as (connection, _now):
        stand = sorted(map(tuple, connection.execute(select(listings))))
        ids = {"": 0} | {row.spec: row.id for row in connection.execute(text("SELECT spec, id FROM sets"))}
        expected = [
            (row.format, ids[spec], row.sequence, row.record_id)
            for row in connection.execute(select(representations))
            for spec in {""}
            | {":".join(s.split(":")[: n + 1]) for s in row.sets.split() for n in range(s.count(":") + 1)}
        ]
    assert stand == sorted(expected)


def test_a_large_batch_is_taken_whole(store: Store, make_publication: Make) -> None:
    """More records than a database takes parameters of one statement."""
    many = [make_publication(f"r{number}", documents={"mods": b"m"}) for number in range(1100)]
    assert {result.outcome for result in store.publish(many)} == {"created"}
    assert {result.outcome for result in store.publish(many)} == {"unchanged"}
    assert len(store.stated([item.identifier for item in many])) == 1100
