"""What harvesters asked: tallies add up in the table, from any number of processes, and cannot fill it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from records import visits
from records.model import Collection
from records.store import Store
from records.visits import OF_A_NETWORK, OTHERS, Asked, Tally

HARVESTER = Asked("Sickle/0.7", "192.0.2.0/24", "ListRecords", "oai_dc", "")


def test_tallies_add_up(store: Store) -> None:
    """Numbers are added, of times the latest counts, and what belongs to a harvest goes with its end."""
    first = Tally(answers=2, records=6, seen=100, begun=90, completed=100, harvested=6)
    second = Tally(answers=1, errors=1, refused=1, seen=95, begun=95)
    later = Tally(answers=1, records=1, seen=200, begun=200, completed=200, harvested=1, since=90)
    late = Tally(answers=1, records=3, seen=99, completed=99, harvested=3)
    for tally in (first, second, later, late):
        visits.put(store.database, {HARVESTER: tally})
    expected = Tally(
        answers=5, records=10, errors=1, refused=1, seen=200, begun=200, completed=200, harvested=1, since=90
    )
    assert visits.read(store.database) == {HARVESTER: expected}


def test_a_tally_adds_as_the_table_does(store: Store) -> None:
    """What a process adds up before it writes comes to the same as writing each by itself."""
    parts = [
        Tally(answers=1, seen=5, begun=5),
        Tally(answers=1, records=2, seen=9, completed=9, harvested=2, since=3),
        Tally(answers=1, records=4, seen=7, begun=7, completed=7, harvested=4),
        Tally(answers=1, records=4, seen=9, begun=9, completed=9, harvested=4),
    ]
    added = Tally()
    for part in parts:
        added.add(part)
        visits.put(store.database, {HARVESTER: part})
    assert visits.read(store.database)[HARVESTER] == added


def test_processes_write_at_once(store: Store) -> None:
    """Tallies of many processes, in any order of their keys, are all counted, and none waits for ever."""
    names = [HARVESTER._replace(agent=f"agent {number}") for number in range(20)]

    def write(turn: int) -> None:
        with closing(Store(store.database.url)) as own:
            for _ in range(5):
                visits.put(own.database, {name: Tally(answers=1) for name in names[turn:] + names[:turn]})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert [tally.answers for tally in visits.read(store.database).values()] == [20] * 20


def test_a_network_cannot_take_the_place_of_others(store: Store) -> None:
    """Beyond its share of rows the agents of a network are counted together; what it has goes on."""
    attack = {HARVESTER._replace(agent=f"agent {number}"): Tally(answers=1) for number in range(500)}
    visits.put(store.database, attack)
    visits.put(store.database, attack)
    visits.put(store.database, {HARVESTER._replace(network="198.51.100.0/24"): Tally(answers=1)})
    found = visits.read(store.database)
    assert len(found) == OF_A_NETWORK + 2
    assert found[Asked(OTHERS, HARVESTER.network, "ListRecords", "", "")].answers == 900


def test_the_table_has_a_bound(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest rows give way; a harvester that came to an end once outlives those that never did."""
    monkeypatch.setattr(visits, "KEPT", 3)
    for number in range(6):
        asked = HARVESTER._replace(network=f"192.0.{number}.0/24")
        visits.put(store.database, {asked: Tally(answers=1, seen=number, completed=number if number == 1 else None)})
    assert [asked.network for asked in visits.read(store.database)] == ["192.0.5.0/24", "192.0.4.0/24", "192.0.1.0/24"]


def test_sets_that_do_not_exist_are_counted_together(store: Store) -> None:
    """Whoever asks for sets of his own invention gets one row for all."""
    store.put_collections([Collection(spec="letters", title="Letters")])
    asked = {HARVESTER._replace(set_spec=spec): Tally(answers=1) for spec in ("letters", "x", "y")}
    visits.put(store.database, asked)
    found = {asked.set_spec: tally.answers for asked, tally in visits.read(store.database).items()}
    assert found == {"letters": 1, OTHERS: 2}


def test_a_loader_holds_up_no_tally_on_postgresql(postgresql_url: str) -> None:
    """There a tally is written while a load holds the writers' lock."""
    with closing(Store(postgresql_url)) as store, closing(Store(postgresql_url)) as other, store.database.writing():
        visits.put(other.database, {HARVESTER: Tally(answers=1)})
        assert len(visits.read(other.database)) == 1
