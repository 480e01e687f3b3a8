"""The configuration of nginx, before two real servers: replicas share the work, one may die, and crowds are limited."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest
import requests

from records.store import Store
from tests.docker.nginx import running
from tests.harvest.harvesting import Harvester
from tests.harvest.sites import Site, free_port, settled, started

LIMIT = "limit_conn lists 24;"


@pytest.fixture
def replicas(tmp_path: Path, postgresql_url: str) -> tuple[Site, Site]:
    """Give two sites on one PostgreSQL that holds a hundred records; list pages hold five."""
    first = settled(tmp_path, {"DRAGOMAN_DATABASE_URL": postgresql_url, "DRAGOMAN_PAGE_SIZE": "5"})
    second = settled(tmp_path, first.environment)
    second.environment["DRAGOMAN_BASE_URL"] = first.base_url
    records = [f'{{"identifier": "r{number}", "titles": [{{"text": "R"}}]}}' for number in range(100)]
    (tmp_path / "records.jsonl").write_text("\n".join(records))
    assert first.run("load", "records.jsonl").returncode == 0
    return first, second


@pytest.fixture
def proxy(tmp_path: Path, replicas: tuple[Site, Site], need: Callable[[str], NoReturn]) -> Iterator[str]:
    """Give the address of nginx before both, as docker/nginx.conf has it but for names, ports and the limit."""
    port = free_port()
    servers = [site.base_url.removeprefix("http://") for site in replicas]
    with running(tmp_path, need, port, servers, {LIMIT: "limit_conn lists 2;"}) as url:
        yield url


def test_a_harvest_goes_on_though_a_replica_dies(replicas: tuple[Site, Site], proxy: str, postgresql_url: str) -> None:
    """No error reaches the harvester, and nothing is lost."""
    first, second = replicas
    harvester = Harvester([f"{proxy}/oai"], "oai_dc")
    with started(first), started(second) as dying:
        answers = harvester.answers()
        pages = [next(answers) for _page in range(6)]
        dying.kill()
        pages += list(answers)
    harvester.keep(pages)
    store = Store(postgresql_url)
    assert harvester.lost(store) == []
    assert len(harvester.held) == 100
    store.close()


def test_a_crowd_is_asked_to_come_later_by_nginx(replicas: tuple[Site, Site], proxy: str) -> None:
    """Beyond the limit over all replicas a list request gets 503 with Retry-After; other requests are not counted."""
    first, second = replicas
    slow = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
    with started(first), started(second), ThreadPoolExecutor(24) as pool:
        seen = set()
        for _burst in range(20):
            answers = list(pool.map(lambda _turn: requests.get(f"{proxy}{slow}", timeout=30), range(24)))
            seen |= {(answer.status_code, answer.headers.get("Retry-After")) for answer in answers}
            if len(seen) > 1:
                break
        assert seen == {(200, None), (503, "5")}
        others = list(pool.map(lambda _turn: requests.get(f"{proxy}/oai?verb=Identify", timeout=30), range(24)))
    assert {answer.status_code for answer in others} == {200}
