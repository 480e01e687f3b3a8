"""What staff see of harvesters on a real server with two processes, on each kind of database."""

import os
import re
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import requests
from sickle import Sickle

if TYPE_CHECKING:
    from tests.harvest.sites import Site


def _until(true: Callable[[], bool]) -> bool:
    """Wait until something is true, for as long as several turns of housekeeping take."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not true():
        time.sleep(0.2)
    return true()


def _metric(site: "Site", name: str) -> float:
    """Return the sum of a metric's samples with a beginning; whichever process answers."""
    text = requests.get(f"{site.base_url}/metrics", timeout=10).text
    return sum(float(value) for value in re.findall(rf"^{re.escape(name)}.* ([0-9.e+-]+)$", text, re.MULTILINE))


def test_a_harvest_over_several_processes_is_one_harvest(site: "Site") -> None:
    """Its pages add up; the closing token tells how many records it brought; an idle one is complete, too."""
    name = {"User-Agent": "Harvester <b>/1"}
    sickle = Sickle(f"{site.base_url}/oai", headers=name)
    found = list(sickle.ListRecords(metadataPrefix="mods", ignore_deleted=False))
    requests.get(f"{site.base_url}/oai?verb=ListRecords&metadataPrefix=marc", headers=name, timeout=10)
    nothing = f"{site.base_url}/oai?verb=ListIdentifiers&metadataPrefix=mods&set=telegrams&from=2999-01-01"
    requests.get(nothing, headers=name, timeout=10)
    heading = "harvester  Harvester <b>/1 from 127.0.0.0/24: "
    pages = -(-len(found) // 4)
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
    expected = [
        rf"{re.escape(heading)}ListRecords mods\n +last complete {moment}: {len(found)} records, the whole list\n"
        rf" +{pages} requests, {len(found)} records, 0 errors, 0 told to come later \(503\), last seen {moment}\n",
        rf"{re.escape(heading)}ListRecords\n +1 request, 0 records, 1 error, ",
        rf"{re.escape(heading)}ListIdentifiers mods, set telegrams\n +last complete {moment}: 0 records, "
        r"from 2999-01-01T00:00:00Z\n +1 request, 0 records, 0 errors, ",
    ]
    assert _until(lambda: all(re.search(line, site.run("status").stdout) for line in expected)), site.run(
        "status"
    ).stdout


def test_staff_alone_see_who_harvests(site: "Site") -> None:
    """The page of harvesters wants the password, and shows what a harvester calls itself as text."""
    from tests.harvest.conftest import STAFF_PASSWORD

    address = f"{site.base_url}/harvesters"
    requests.get(f"{site.base_url}/oai?verb=Identify", headers={"User-Agent": "<script>alert(1)</script>"}, timeout=10)
    assert requests.get(address, timeout=10).status_code == 401
    assert requests.get(address, auth=("", "wrong horse!"), timeout=10).status_code == 401

    def shown() -> bool:
        page = requests.get(address, auth=("staff", STAFF_PASSWORD), timeout=10)
        assert page.status_code == 200
        assert "<script" not in page.text
        return "&lt;script&gt;alert(1)&lt;/script&gt; from 127.0.0.0/24" in page.text

    assert _until(shown)


def test_metrics_of_all_processes_add_up(site: "Site") -> None:
    """Each process tells the same sums; they go on when a process is killed and another takes its place."""
    ok = 'dragoman_oai_requests_total{outcome="ok",verb="GetRecord"}'
    before, records = _metric(site, ok), _metric(site, "dragoman_oai_records_total")
    address = f"{site.base_url}/oai?verb=GetRecord&metadataPrefix=mods&identifier="
    for turn in range(40):
        requests.get(f"{address}oai:archive.example.org:telegram-1965-03-02", timeout=10)
        requests.get(f"{address}oai:archive.example.org:none-{turn}", timeout=10)
    assert [_metric(site, ok) - before for _scrape in range(20)] == [40] * 20
    assert _metric(site, "dragoman_oai_records_total") - records == 40
    workers = re.findall(r"Spawning worker-\d+ with PID: (\d+)", site.log.read_text())
    os.kill(int(workers[0]), signal.SIGKILL)
    assert _until(lambda: site.log.read_text().count("Spawning worker") > len(workers))
    assert _until(lambda: requests.get(f"{site.base_url}/healthz", timeout=10).ok)
    assert {_metric(site, ok) - before for _scrape in range(20)} == {40}
    assert _metric(site, "dragoman_oai_lists_in_progress") == 0
    assert time.time() - _metric(site, "dragoman_housekeeping_last_success_seconds") < 60
    assert _metric(site, "dragoman_store_up") == 1
