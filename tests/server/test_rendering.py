"""Rendering on all cores: the same as on one, in order; nothing newer is undone."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from records import stated
from records.model import Record
from records.publish import Publication, Published
from records.store import Store
from server import processes, publishing, rendering
from server.library import Library

Make = Callable[..., Record]


def batches(make_record: Make) -> Iterator[list[bytes]]:
    """Yield what seven records state, in batches of two."""
    records = [stated.write(make_record(f"r{number}", abstracts=[{"text": "To read."}])) for number in range(7)]
    return (records[start : start + 2] for start in range(0, 7, 2))


def test_many_processes_make_what_one_makes(
    library: Library, make_record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batch by batch, in the order in which they came."""
    monkeypatch.setattr(processes, "PROCESSES", 2)
    elsewhere = list(rendering.publications(batches(make_record), library.repository()))
    monkeypatch.setattr(processes, "PROCESSES", 1)
    assert elsewhere == list(rendering.publications(batches(make_record), library.repository()))
    assert [[made.identifier for made in batch] for batch in elsewhere] == [
        ["r0", "r1"],
        ["r2", "r3"],
        ["r4", "r5"],
        ["r6"],
    ]


class Overtaken(Store):
    """A store that takes something else just before the next publication."""

    first: Sequence[Publication] = ()

    def publish(self, publications: Sequence[Publication], *, dry_run: bool = False) -> list[Published]:
        """Publish what comes first, once, then what was asked for."""
        first, self.first = self.first, ()
        if first:
            super().publish(first)
        return super().publish(publications, dry_run=dry_run)


@pytest.fixture
def busy(library: Library, make_record: Make) -> Iterator[Overtaken]:
    """Give a store in which the record r is stated anew just before whatever is published next."""
    busy = Overtaken(library.config.database_url)
    repository, day = library.repository(), publishing.today()
    busy.publish([publishing.publication(make_record(name), repository, day) for name in ("r", "s")])
    busy.first = [publishing.publication(make_record("r", notes=[{"text": "Newer."}]), repository, day)]
    yield busy
    busy.close()


def test_rendering_undoes_nothing_newer(library: Library, busy: Overtaken) -> None:
    """A record that was loaded while it was rendered is rendered once more, as it is stated now."""
    results = list(rendering.render(busy, library.repository()))
    assert [(result.identifier, result.outcome) for result in results] == [("s", "unchanged"), ("r", "unchanged")]
    row = busy.document("r", "oai_dc")
    assert row is not None
    assert b"Newer." in (row.document or b"")


def test_a_deletion_that_was_overtaken_is_done(library: Library, busy: Overtaken) -> None:
    """Who deletes after a load deletes what was loaded."""
    results, unknown = publishing.delete(busy, library.repository(), ["r", "x"])
    assert [(result.identifier, result.outcome) for result in results] == [("r", "deleted")]
    assert unknown == ["x"]
    assert b"Newer." in busy.stated(["r"])["r"]
