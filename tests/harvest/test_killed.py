"""Loaders and servers that are killed: nothing half-written stays, no lock is held, and harvests go on."""

import json
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from records.store import Store
from tests.harvest.harvesting import Harvester
from tests.harvest.invariants import faults
from tests.harvest.sites import DRAGOMAN, Site, settled, started

MANY = 1200
"""Records of a load: several batches."""


def _write(path: Path, count: int, revision: str) -> Path:
    records = [
        {
            "identifier": f"k{number}",
            "titles": [{"text": f"Revision {revision} of {number}"}],
            "collections": [f"part:{number % 3}"],
            "abstracts": [{"text": "Something to read."}],
            "funding": [{"acknowledgment": "With thanks.", "funder": "A funder"}],
        }
        for number in range(count)
    ]
    path.write_text("\n".join(json.dumps(record) for record in records))
    return path


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Give an empty store, on each kind of database in turn."""
    store = Store(database_url)
    yield store
    store.close()


@pytest.fixture
def site(database_url: str, store: Store, tmp_path: Path) -> Site:
    """Give a site whose list pages hold fifty records; its store has tables."""
    assert store.counts()
    return settled(tmp_path, {"DRAGOMAN_DATABASE_URL": database_url, "DRAGOMAN_PAGE_SIZE": "50"})


def _kill_a_load(site: Site, path: Path, store: Store, chance: random.Random) -> int:
    """Kill a load soon after its first batch; returns how many records the store has then."""
    before = store.state().change_sequence
    load = subprocess.Popen([str(DRAGOMAN), "load", str(path)], env=site.environment, cwd=site.folder)
    while store.state().change_sequence == before and load.poll() is None:
        time.sleep(0.01)
    time.sleep(chance.random() * 0.2)
    load.kill()
    load.wait()
    return store.state().change_sequence - before


def test_a_load_that_is_killed_leaves_whole_batches(site: Site, store: Store, tmp_path: Path) -> None:
    """At any moment; the next load goes on at once and completes, and harvesters end with what the store holds."""
    chance = random.Random(1)
    with started(site):
        harvester = Harvester([f"{site.base_url}/oai"], "mods")
        for revision in range(3):
            path = _write(tmp_path / "many.jsonl", MANY, str(revision))
            loaded = _kill_a_load(site, path, store, chance)
            assert loaded % 200 == 0
            assert faults(store) == []
            harvester.harvest()
        assert site.run("load", str(path)).returncode == 0
        assert faults(store) == []
        harvester.harvest()
        assert harvester.lost(store) == []
        assert len(harvester.held) == MANY


def test_a_load_goes_on_while_the_server_keeps_house(site: Site, tmp_path: Path) -> None:
    """The processes that answer hold no lock that a writer needs."""
    with started(site, workers=3):
        for revision in range(3):
            path = _write(tmp_path / "few.jsonl", 5, str(revision))
            assert site.run("load", str(path)).returncode == 0
            assert site.run("delete", "k1").returncode == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_harvest_goes_on_from_server_to_server(site: Site, store: Store, tmp_path: Path) -> None:
    """Page by page in turn, while one is killed and started again and all is rendered anew with other settings."""
    path = _write(tmp_path / "some.jsonl", 600, "0")
    assert site.run("load", str(path)).returncode == 0
    other = settled(tmp_path, {**site.environment, "DRAGOMAN_FUNDER_NAMES_IN_MODS": "false"})
    other.environment["DRAGOMAN_BASE_URL"] = site.base_url
    harvester = Harvester([f"{site.base_url}/oai", f"{other.base_url}/oai"], "mods")
    with started(site), started(other) as second:
        answers = harvester.answers()
        pages = [next(answers) for _page in range(3)]
        second.kill()
        with started(other):
            pages += [next(answers) for _page in range(3)]
            assert other.run("render").returncode == 0
            pages += list(answers)
            harvester.keep(pages)
            assert harvester.lost(store) == []
            assert faults(store) == []
    headers = [header for page in pages for header in page.iter("{http://www.openarchives.org/OAI/2.0/}identifier")]
    assert len(headers) == 300 + 600  # what was served before the render, and all that it changed


def test_what_a_killed_server_counted_in_is_removed_by_the_next(sqlite_url: str, tmp_path: Path) -> None:
    """Once no process counts there: those that answer outlive their first process, if it alone is killed."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (temporary / "dragoman-metrics-file").touch()
    settings = {"DRAGOMAN_DATABASE_URL": sqlite_url, "TMPDIR": str(temporary)}

    def folders() -> set[Path]:
        return {path for path in temporary.glob("dragoman-metrics-*") if path.is_dir()}

    with started(settled(tmp_path, settings)) as server:
        (left,) = folders()
        answering = psutil.Process(server.process.pid).children(recursive=True)
        server.process.kill()
        server.process.wait()
    try:
        with started(settled(tmp_path, settings)):
            assert folders() > {left}
        assert folders() == {left}
    finally:
        for process in answering:
            process.kill()
        psutil.wait_procs(answering, timeout=10)
    with started(settled(tmp_path, settings)):
        assert len(folders()) == 1
        assert left not in folders()
    assert folders() == set()
