"""Writers and harvesters at once, all of them processes: what harvesters hold in the end is what the store holds.

DRAGOMAN_TEST_CHAOS_SECONDS lets it go on for longer than it takes to find a fault.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from mappings.formats import FORMATS
from records.store import Selection, Store
from tests.harvest.harvesting import ChangesHarvester, Harvester, SickleHarvester, at_work
from tests.harvest.sites import Site, settled, started

SECONDS = float(os.environ.get("DRAGOMAN_TEST_CHAOS_SECONDS", "30"))
WRITERS = 3
NAIVE = (sys.executable, "-m", "tests.harvest.naive")
BUSY = (sys.executable, "-m", "tests.harvest.busy")


@pytest.fixture
def chaos(database_url: str, tmp_path: Path) -> Site:
    """Give a site whose list pages hold five records, on each kind of database in turn."""
    return settled(tmp_path, {"DRAGOMAN_DATABASE_URL": database_url, "DRAGOMAN_PAGE_SIZE": "5"})


def _harvesters(site: Site) -> list[Harvester]:
    url = [f"{site.base_url}/oai"]
    whole = [Harvester(url, prefix) for prefix in FORMATS]
    parts = [Harvester(url, prefix, spec) for prefix, spec in (("mods", "a"), ("oai_dc", "a:b"), ("mods", "c"))]
    return [*whole, *parts, SickleHarvester(url, "oai_dc"), ChangesHarvester(site.base_url)]


def _run(site: Site, seconds: float, *how: str, seed: int = 0) -> list[str]:
    """Let writers and harvesters loose on a site for a while; return what harvesters hold wrongly."""
    program = NAIVE if how else BUSY
    assert site.run("status").returncode == 0  # makes the tables
    with started(site, program=program):
        harvesters = _harvesters(site)
        with at_work(harvesters):
            commands = [
                [sys.executable, "-m", "tests.harvest.changing", str(seed + number), str(seconds), *how]
                for number in range(WRITERS)
            ]
            folders = [site.folder / f"writer-{number}" for number in range(WRITERS)]
            for folder in folders:
                folder.mkdir(exist_ok=True)
            writers = [
                subprocess.Popen(command, env=site.environment, cwd=folder, stdout=subprocess.PIPE)
                for command, folder in zip(commands, folders, strict=True)
            ]
            said = [writer.communicate()[0] for writer in writers]
            assert [writer.returncode for writer in writers] == [0] * WRITERS
        store = Store(site.environment["DRAGOMAN_DATABASE_URL"])
        lost = [lost for harvester in harvesters for lost in harvester.lost(store)]
        windows = [store.window(Selection(name), limit=100, form="packed") for name in FORMATS]
        packed = any(len(window.rows) < len(window.parts) for window in windows)
        store.close()
    done = sum((Counter(json.loads(line)) for line in said), Counter[str]())
    told = {"harvests": sum(each.harvests for each in harvesters), "pages": sum(each.pages for each in harvesters)}
    print(f"{store.database.name}: {seconds:.0f} s, {dict(done) | told}, {len(lost)} lost")  # noqa: T201 - with -s
    assert how or packed
    assert done["load"]
    assert done["delete"]
    assert min(each.harvests for each in harvesters) > 1
    return lost


def test_no_change_is_lost_in_chaos(chaos: Site) -> None:
    """Three writers load, move, hide, delete and bring back; harvesters of all formats, and of sets, come and go."""
    assert _run(chaos, SECONDS) == []


def test_chaos_finds_what_a_careless_program_loses(chaos: Site) -> None:
    """The test before this one can fail: it does, on a server and writers without the rules."""
    ended = time.monotonic() + 120
    while not (lost := _run(chaos, 6, "naive")):
        assert time.monotonic() < ended, "nothing was lost"
    print("\n".join(lost[:5]))  # noqa: T201 - with -s
