"""Stretches: what is read of them is what stands in the entries, whatever moves out of them."""

import random
import re
from collections.abc import Callable, Iterator
from itertools import groupby

import pytest

from records import stretches, window
from records.publish import Publication
from records.store import Selection, Store, Window
from records.stretches import Form, Stretch
from tests.harvest.invariants import faults
from tests.told import Told, all_told

Make = Callable[..., Publication]

FORMS: tuple[Form, ...] = ("plain", "packed")
ALL = Selection("mods")


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stretch have three records."""
    monkeypatch.setattr("records.stretches.SIZE", 3)


@pytest.fixture
def fill(store: Store, make_publication: Make) -> Callable[..., None]:
    """Give a function that publishes records r0, r1 ... anew, and packs what there is to pack."""

    def run(*numbers: int, **fields: object) -> None:
        store.publish([make_publication(f"r{number}", **fields) for number in numbers])

    return run


def pack(store: Store) -> int:
    """Pack all that there is to pack; returns in how many steps, and sees to it that the store is sound."""
    steps = 0
    while store.pack(["mods", "oai_dc"]):
        steps += 1
    assert faults(store) == []
    return steps


def pages(store: Store, form: Form | None, limit: int, selection: Selection = ALL) -> Iterator[Window]:
    """Yield the slices of a list to its end."""
    after = 0
    while True:
        window = store.window(selection, after=after, limit=limit, form=form)
        yield window
        if not window.more:
            return
        after = window.last


def listed(store: Store, form: Form | None, limit: int, selection: Selection = ALL) -> list[Told]:
    """Return what a list tells, without sequences."""
    windows = list(pages(store, form, limit, selection))
    assert all(0 < window.count <= limit for window in windows)
    return [each._replace(sequence=0) for window in windows for each in all_told(window, form)]


def shapes(store: Store, limit: int = 6) -> list[tuple[int, ...]]:
    """Return how pages are made: sizes of stretches and, negative, how many rows lie between them."""
    return [_shape(window) for window in pages(store, "packed", limit)]


def _shape(window: Window) -> tuple[int, ...]:
    runs = groupby(window.parts, key=lambda part: part.size if isinstance(part, Stretch) else -1)
    return tuple(part for size, run in runs for part in ([size] * len(list(run)) if size > 0 else [-len(list(run))]))


def test_a_page_is_made_of_stretches_and_the_end_of_rows(store: Store, fill: Callable[..., None]) -> None:
    """Eight records are two stretches of three and two rows; formats are packed each by itself."""
    fill(*range(8))
    assert shapes(store) == [(-6,), (-2,)]
    assert pack(store) == 2
    assert shapes(store) == [(3, 3), (-2,)]
    assert shapes(store, limit=5) == [(3, -2), (-3,)]
    assert shapes(store, limit=2) == [(-2,), (-2,), (-2,), (-2,)]
    assert not store.pack(["mods", "oai_dc"])


@pytest.mark.parametrize("form", FORMS)
def test_what_moves_out_of_a_stretch_breaks_it_until_it_is_packed_again(
    store: Store, fill: Callable[..., None], form: Form
) -> None:
    """A changed and a deleted record leave the stretch, the rest is read by rows; then it is packed with its next."""
    fill(*range(9))
    pack(store)
    fill(1, documents={"mods": b"<new/>", "oai_dc": b"<new/>"})
    fill(4, status="deleted")
    assert faults(store) == []
    assert shapes(store, limit=9) == [(-4, 3, -2)]
    assert shapes(store) == [(-6,), (-3,)]
    rows = listed(store, None, 100)
    assert listed(store, form, 6) == rows
    pack(store)
    assert shapes(store, limit=9) == [(2, 2, 3, -2)]
    assert shapes(store) == [(2, 2, -2), (-3,)]
    assert listed(store, form, 6) == rows
    fill(0, 3, documents={"mods": b"<new/>", "oai_dc": b"<new/>"})
    pack(store)
    assert shapes(store, limit=9) == [(2, 3, 3, -1)]
    assert listed(store, form, 6) == listed(store, None, 100)


def test_a_stretch_of_which_nothing_is_left_gives_its_place_to_the_next(
    store: Store, fill: Callable[..., None]
) -> None:
    """No gap stays where a whole stretch has moved away, at the beginning or at the end."""
    fill(*range(9))
    pack(store)
    fill(0, 1, 2, documents={"mods": b"<new/>", "oai_dc": b"<new/>"})
    assert shapes(store) == [(3, 3), (-3,)]
    pack(store)
    assert shapes(store, limit=9) == [(3, 3, 3)]
    fill(0, 1, 2, documents={"mods": b"<newer/>", "oai_dc": b"<newer/>"})
    assert shapes(store, limit=9) == [(3, 3, -3)]
    pack(store)
    assert shapes(store, limit=9) == [(3, 3, 3)]


def test_a_token_from_within_a_stretch_goes_on_by_rows(store: Store, fill: Callable[..., None]) -> None:
    """Pages that began before a list was packed end at the next stretch, and go on with it."""
    fill(*range(7))
    first = store.window(ALL, limit=1, form="plain")
    pack(store)
    second = store.window(ALL, after=first.last, limit=6, form="plain")
    assert (_shape(second), second.more) == ((-2, 3, -1), False)


def test_pages_are_the_same_whatever_is_packed(store: Store, fill: Callable[..., None]) -> None:
    """A token that is sent again gets the records that it got (OAI-PMH 2.0, 3.5), while housekeeping packs."""
    fill(*range(17))
    fill(2, 8, documents={"mods": b"<new/>", "oai_dc": b"<new/>"})
    before = [[each.oai_identifier for each in all_told(window)] for window in pages(store, None, 4)]
    waiting = True
    while waiting:
        waiting = store.pack(["mods"])
        for form in FORMS:
            told = [[each.oai_identifier for each in all_told(page, form)] for page in pages(store, form, 4)]
            assert told == before


@pytest.mark.parametrize("form", FORMS)
def test_a_span_of_time_ends_within_a_stretch(
    store: Store, fill: Callable[..., None], clock: Callable[[int], None], form: Form
) -> None:
    """`from` and `until` are true to the second, whatever is packed; sets are read by rows."""
    for number in range(10):
        clock(1000 + number)
        fill(number, sets=("a",))
    pack(store)
    for selection in (
        Selection("mods", None, 1001, 1007),
        Selection("mods", None, 1003, None),
        Selection("mods", None, None, 1004),
        Selection("mods", "a"),
    ):
        assert listed(store, form, 3, selection) == listed(store, None, 100, selection)
    assert store.window(Selection("mods", "unknown"), limit=3, form=form).count == 0
    assert [each.datestamp for each in listed(store, form, 3, Selection("mods", None, 1001, 1007))] == [
        *range(1001, 1008)
    ]


def test_the_size_of_a_list_is_told_with_stretches_too(store: Store, fill: Callable[..., None]) -> None:
    """A first page says how many there are in all."""
    fill(*range(7))
    pack(store)
    window = store.window(Selection("mods"), limit=6, form="packed", count=True)
    assert (window.count, window.size, window.more) == (6, 7, True)


def test_headers_alone_need_no_stretch(store: Store, fill: Callable[..., None]) -> None:
    """Who asks for no form gets rows."""
    fill(*range(6))
    pack(store)
    assert len(store.window(Selection("mods"), limit=6, documents=False).rows) == 6


def test_a_restamp_gives_all_stretches_up(store: Store, fill: Callable[..., None]) -> None:
    """Every header is another one then."""
    fill(*range(6))
    pack(store)
    store.restamp()
    assert shapes(store) == [(-6,)]
    pack(store)
    assert shapes(store) == [(3, 3)]


@pytest.mark.parametrize("seed", range(5))
def test_any_history_leaves_copies_of_what_there_is(store: Store, fill: Callable[..., None], seed: int) -> None:
    """Writers and housekeeping in any order; every form of a list tells the same."""
    chance = random.Random(seed)
    for _step in range(40):
        document = str(chance.random()).encode()
        status = chance.choice(("public", "public", "deleted"))
        numbers = chance.sample(range(20), chance.randint(1, 4))
        fill(*numbers, status=status, documents={"mods": document, "oai_dc": chance.choice((document, None))})
        for _each in range(chance.randint(0, 3)):
            store.pack(["mods", "oai_dc"])
        assert faults(store) == []
    for name in ("mods", "oai_dc"):
        rows = listed(store, None, 1000, Selection(name))
        assert [listed(store, form, 7, Selection(name)) for form in FORMS] == [rows, rows]


MANY = {
    "entries": "SELECT 'mods', n, repeat('h', 300)::bytea, repeat('d', 2000)::bytea FROM generate_series(1, 20000) n",
    "listings": "SELECT 'mods', 1, n, n FROM generate_series(1, 20000) AS n",
    "stretches": "SELECT 'mods', n, n + 1, 1, 1, 1, 'p', 'p' FROM generate_series(1, 20000) AS n",
}
"""Rows of tables, as a load has written them when their statistics are not taken yet."""


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (window._ALL, {"document": "document, about"}),
        (window._OF_SET, {"document": "document, about"}),
        (stretches._ROWS, {}),
        (stretches._ENOUGH, {}),
        (stretches._READ, {"form": "packed"}),
    ],
)
def test_postgresql_needs_no_statistics_to_find_the_beginning(
    postgresql_url: str, statement: str, what: dict[str, str]
) -> None:
    """Until it has some, it would sort all of a list for every page: the index has it in that order already."""
    database = Store(postgresql_url).database
    with database.aside() as connection:
        for table, rows in MANY.items():
            connection.exec_driver_sql(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
            connection.exec_driver_sql(f"INSERT INTO {table} {rows}")
    asked = statement.format(**what).replace(":format", "'mods'").replace(":set_id", "1").replace(":after", "5")
    asked = asked.replace(":last", str(2**62)).replace(":limit", "500").replace(":most", "5")
    asked = asked.replace(":endless", str(2**62)).replace(":others", "99")
    plan = "\n".join(row[0] for row in database.rows(f"EXPLAIN {asked}", {}))
    assert "Index" in plan
    assert not re.search("Sort|Bitmap|Seq Scan", plan), plan
    database.close()
