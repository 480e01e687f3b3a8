"""Rendering on all cores: the same as on one, in order; nothing newer is undone; nothing outlives its parent."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from records import stated
from records.model import Record
from records.publish import Publication, Published
from records.stated import UnreadableError
from records.store import Store
from server import publishing, rendering
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
    monkeypatch.setattr(rendering, "PROCESSES", 2)
    elsewhere = list(rendering.publications(batches(make_record), library.repository()))
    monkeypatch.setattr(rendering, "PROCESSES", 1)
    assert elsewhere == list(rendering.publications(batches(make_record), library.repository()))
    assert [[made.identifier for made in batch] for batch in elsewhere] == [
        ["r0", "r1"],
        ["r2", "r3"],
        ["r4", "r5"],
        ["r6"],
    ]


def test_an_error_in_a_process_reaches_us(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read is not passed over."""
    monkeypatch.setattr(rendering, "PROCESSES", 2)
    with pytest.raises(UnreadableError, match=r"the record old .*cannot read it"):
        list(rendering.publications([[b'{"identifier": "old"}'], [b"{}"]], library.repository()))


WAITING_PARENT = """
import sys
from server.config import Config
from server.rendering import publications

def endless():
    yield [b'{"identifier":"a","titles":[{"text":"A"}]}']
    while True:
        yield []

if __name__ == "__main__":
    for batch in publications(endless(), Config().repository({})):
        print("rendered", flush=True)
        sys.stdin.read()
"""


def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """They hold no lock and wait for nobody."""
    script = tmp_path / "parent.py"
    script.write_text(WAITING_PARENT)
    house = Path(rendering.__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": str(house)}
    parent = subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=tmp_path
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"rendered\n"
    children = psutil.Process(parent.pid).children(recursive=True)
    assert children
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    _gone, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []


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
