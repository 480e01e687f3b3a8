"""Members: who stands in which set of those that collections show, and in which place."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import records.members
from records.backup import back_up
from records.members import Part
from records.publish import Publication
from records.restore import restore
from records.store import Store

Make = Callable[..., Publication]


@pytest.fixture(scope="session")
def referred(make_publication: Make) -> Make:
    """Give a function that makes a publication to which collections refer, by its identifier in brackets."""

    def make(name: str, *sets: str, **how: object) -> Publication:
        return replace(make_publication(name, sets=sets, **how), reference=f"[{name}]".encode())

    return make


def _in(store: Store, spec: str) -> list[str]:
    return [reference.decode()[1:-1] for reference in store.references(spec, 1, 10**6)]


def test_a_record_stands_in_each_set_that_it_states_and_in_none_above(store: Store, referred: Make) -> None:
    """In the order in which they came; those without a set stand together."""
    store.publish([referred("a", "x"), referred("b", "x:y", "z"), referred("c"), referred("d", "x")])
    found = {spec: _in(store, spec) for spec in ("x", "x:y", "z", "", "none")}
    assert found == {"x": ["a", "d"], "x:y": ["b"], "z": ["b"], "": ["c"], "none": []}
    store.publish([referred("b", "z")])
    assert store.first_references() == {"x": b"[a]", "x:y": None, "z": b"[b]"}


def test_a_record_that_changes_keeps_its_place(store: Store, referred: Make) -> None:
    """What is told of it is new; a record that nothing refers to has no place."""
    store.publish([referred("a", "x"), referred("b", "x"), replace(referred("c", "x"), reference=None)])
    changed = referred("a", "x", documents={"mods": b"<new/>"})
    store.publish([replace(changed, reference=b"[new]")])
    assert store.references("x", 1, 9) == [b"[new]", b"[b]"]
    assert (store.references("x", 1, 1), store.references("x", 2, 2), store.places("x")) == ([b"[new]"], [b"[b]"], 2)


def test_references_are_given_of_records_that_are_shown(store: Store, make_publication: Make) -> None:
    """A search needs them, which must name nothing that was hidden or withdrawn meanwhile."""
    made = [replace(make_publication(name), reference=f"[{name}]".encode()) for name in "abc"]
    hidden = replace(make_publication("d", status="hidden"), reference=b"[d]")
    store.publish([*made, hidden, make_publication("e")])
    store.publish([replace(make_publication("b", status="deleted"), reference=b"[b]")])
    assert store.shown_references(["a", "b", "c", "d", "e", "f"]) == {"a": b"[a]", "c": b"[c]"}


def test_a_reference_that_alone_has_changed_moves_no_datestamp(store: Store, clock: Callable[[int], None]) -> None:
    """It is no document that anybody harvests."""
    made = Publication("a", "oai:x:a", b"{}", (), "public", {"mods": b"<mods/>"}, reference=b"[old]")
    store.publish([made])
    clock(2000)
    (result,) = store.publish([replace(made, reference=b"[new]")])
    assert (result.outcome, store.references("", 1, 9)) == ("unchanged", [b"[new]"])


@pytest.mark.parametrize("status", ["deleted", "hidden"])
def test_a_record_that_is_withdrawn_leaves_its_place_empty(store: Store, referred: Make, status: str) -> None:
    """The others keep theirs; when it comes back it stands behind them."""
    store.publish([referred(name, "x") for name in "abc"])
    store.publish([referred("b", "x", status=status)])
    assert (_in(store, "x"), store.references("x", 3, 3)) == (["a", "c"], [b"[c]"])
    store.publish([referred("b", "x")])
    assert (_in(store, "x"), store.places("x")) == (["a", "c", "b"], 4)


def test_a_record_moves_from_set_to_set(store: Store, referred: Make) -> None:
    """It leaves those that it states no more, and keeps its place in those that it still states."""
    store.publish([referred("a", "x", "y"), referred("b", "x", "y")])
    store.publish([referred("a", "y", "z")])
    assert {spec: _in(store, spec) for spec in ("x", "y", "z")} == {"x": ["b"], "y": ["a", "b"], "z": ["a"]}
    store.publish([referred("a")])
    assert {spec: _in(store, spec) for spec in ("y", "z", "")} == {"y": ["b"], "z": [], "": ["a"]}


def test_parts_are_spans_of_places_that_hold_anybody(store: Store, referred: Make) -> None:
    """Each with its first and last member; one that all have left is no part."""
    store.publish([referred(name, "x") for name in "abcdefg"])
    store.publish([referred(name, "x", status="deleted") for name in "acd"])
    assert store.parts("x", 1, 7, 2) == [
        Part(1, 2, (b"[b]", b"[b]")),
        Part(5, 6, (b"[e]", b"[f]")),
        Part(7, 8, (b"[g]", b"[g]")),
    ]
    assert store.parts("x", 5, 7, 100) == [Part(5, 104, (b"[e]", b"[g]"))]
    assert store.parts("none", 1, 7, 2) == store.parts("x", 8, 9, 2) == []


def test_members_go_with_a_backup(store: Store, tmp_path: Path, referred: Make) -> None:
    """Those that are gone after it are withdrawn, and stand nowhere."""
    store.publish([referred("a", "x"), referred("b", "x"), referred("c")])
    store.publish([referred("a", "x", status="deleted")])
    back_up(store.database, tmp_path / "backup", force=False, progress=lambda _count: None)
    store.publish([referred("new", "x"), referred("b")])
    restore(store.database, tmp_path / "backup", force=True, progress=lambda _count: None)
    assert (_in(store, "x"), _in(store, ""), store.references("x", 2, 2)) == (["b"], ["c"], [b"[b]"])


Step = tuple[str, tuple[str, ...], str, bool]
_RUNS = count()
_STEPS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from("abcde"),
            st.sampled_from([(), ("x",), ("x:y",), ("x", "z")]),
            st.sampled_from(["public", "public", "deleted", "hidden"]),
            st.booleans(),
        ),
        max_size=4,
        unique_by=lambda step: step[0],
    ),
    max_size=8,
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=60)
@given(history=_STEPS)
def test_whatever_happens_each_record_stands_where_it_states(
    store: Store, make_publication: Make, history: Sequence[Sequence[Step]]
) -> None:
    """In each of its sets once, and nobody changes places."""
    run = f"-{next(_RUNS)}"  # records of their own, in one store
    stated: dict[str, tuple[str, ...]] = {}
    for batch in history:
        made = [
            replace(
                make_publication(f"{name}{run}", sets=sets, status=status),
                reference=f"[{name}{run}]".encode() if shown else None,
            )
            for name, sets, status, shown in batch
        ]
        before = {spec: _in(store, spec) for spec in ("x", "x:y", "z", "")}
        store.publish(made)
        stated |= {
            f"{name}{run}": (sets or ("",)) if status == "public" and shown else ()
            for name, sets, status, shown in batch
        }
        for spec, members in before.items():
            now = [name for name in _in(store, spec) if name.endswith(run)]
            assert sorted(now) == sorted(name for name, sets in stated.items() if spec in sets)
            stayed = [name for name in members if name in now]
            assert now[: len(stayed)] == stayed


def test_what_a_collection_shows_is_found_without_reading_the_rest(sqlite_url: str) -> None:
    """Whatever a set holds, the database looks up places, and then records."""
    store = Store(sqlite_url)
    asked = (records.members._PARTS, records.members._FIRST, records.members._REFERENCES, records.members._LAST)
    values = {"in_set": 1, "first": 1, "last": 400, "size": 200}
    plans = [store.database.rows(f"EXPLAIN QUERY PLAN {statement}", values) for statement in asked]
    scanned = {row[3] for plan in plans for row in plan if row[3].startswith("SCAN")}
    assert scanned == {"SCAN CONSTANT ROW", "SCAN spans", "SCAN sets"}
    store.close()
