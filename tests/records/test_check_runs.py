"""What checks of the records came to: the newest whole, earlier ones as counts, on both databases."""

from records import check_runs
from records.check_runs import KEPT, Newest, Run
from records.database import Database
from records.store import Store
from records.tables import check_findings
from records.tables import check_runs as table

RUN = Run(time=1000, sequence=7, program="0.1.0", records=3, must=1, should=20, advice=2_000_000_000_000)


def _stored(database: Database) -> tuple[int, int]:
    """Return how many reports and how many rules' findings are stored."""
    reports = database.rows(f"SELECT count(report) FROM {table.name}", {})
    return reports[0][0], database.rows(f"SELECT count(*) FROM {check_findings.name}", {})[0][0]


def test_without_a_run_there_is_nothing(store: Store) -> None:
    """No run, no history."""
    assert check_runs.newest(store.database) is None
    assert check_runs.history(store.database) == []


def test_the_newest_run_has_all_that_it_found(store: Store) -> None:
    """Of the one before only the counts stay, and what it found is not taken for what the newest found."""
    check_runs.put(store.database, RUN, b"first", {"a": b"of the first", "b": b"too"})
    later = RUN._replace(time=2000, must=0)
    check_runs.put(store.database, later, b"second", {"a": b"of the second"})
    assert check_runs.newest(store.database) == Newest(2, b"second", later)
    assert check_runs.history(store.database) == [later, RUN]
    found = [check_runs.findings(store.database, number, code) for number in (1, 2) for code in ("a", "b")]
    assert found == [None, None, b"of the second", None]
    assert _stored(store.database) == (1, 1)


def test_a_run_may_have_found_nothing(store: Store) -> None:
    """Then it has a report all the same."""
    check_runs.put(store.database, RUN, b"first", {})
    assert check_runs.newest(store.database) == Newest(1, b"first", RUN)


def test_the_history_does_not_grow_for_ever(store: Store) -> None:
    """The oldest counts go."""
    for number in range(KEPT + 3):
        check_runs.put(store.database, RUN._replace(time=number), b"report", {})
    times = [run.time for run in check_runs.history(store.database)]
    assert times == list(range(KEPT + 2, 2, -1))


def test_a_run_takes_no_stamp(store: Store) -> None:
    """Harvesters are not told of it."""
    before = store.state()
    check_runs.put(store.database, RUN, b"report", {"a": b"1"})
    assert store.state() == before
