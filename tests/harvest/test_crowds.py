"""Many harvesters at once, and slow ones: nobody is dropped, and nobody keeps others waiting."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests
from oaipmh_scythe import RetryConfig, Scythe
from oaipmh_scythe.models import Header
from sickle import Sickle

if TYPE_CHECKING:
    from tests.harvest.sites import Site

LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
SINGLE = "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:long-1"
OTHERS = (SINGLE, "/oai?verb=Identify", "/iiif/long-0/manifest.json", "/records/long-1", "/healthz")


def _statuses(site: "Site", path: str, times: int) -> Iterator[tuple[int, str | None]]:
    """Ask as many times at once; yield each status, and when to come again."""
    with ThreadPoolExecutor(times) as pool:
        for answer in pool.map(lambda _turn: requests.get(f"{site.base_url}{path}", timeout=60), range(times)):
            yield answer.status_code, answer.headers.get("Retry-After")


def test_a_crowd_is_asked_to_come_later(crowded: "Site") -> None:
    """Beyond the limit a list request gets 503 with Retry-After; one is always answered; no connection is dropped."""
    seen: list[tuple[int, str | None]] = []
    for _burst in range(20):
        seen += _statuses(crowded, LIST, 16)
        if {status for status, _seconds in seen} == {200, 503}:
            break
    assert {status for status, _seconds in seen} == {200, 503}
    assert all((status == 503) == (seconds in set("234567")) for status, seconds in seen)


def test_harvesters_come_through_a_crowd(crowded: "Site") -> None:
    """Sickle and oaipmh-scythe, told to retry, obey Retry-After and get every record while others crowd."""
    base = f"{crowded.base_url}/oai"

    def sickle() -> list[str]:
        harvester = Sickle(base, max_retries=50)
        return [header.identifier for header in harvester.ListIdentifiers(metadataPrefix="oai_dc")]

    def scythe() -> list[str]:
        with Scythe(base, retry_config=RetryConfig(max_retries=50)) as harvester:
            found = harvester.list_identifiers(metadata_prefix="oai_dc")
            return [str(header.identifier) for header in found if isinstance(header, Header)]

    with ThreadPoolExecutor(12) as pool:
        crowd = [pool.submit(_turned_away_or_served, crowded) for _ in range(6)]
        harvests = [pool.submit(harvest) for harvest in (sickle, scythe) * 3]
        assert all(len(set(harvest.result())) == len(harvest.result()) == 8 for harvest in harvests)
        assert all(one.result() for one in crowd)


def _turned_away_or_served(site: "Site") -> bool:
    answers = [requests.get(f"{site.base_url}{LIST}", timeout=60).status_code for _ in range(10)]
    return set(answers) <= {200, 503}


@pytest.mark.parametrize("path", [LIST, "/iiif/long-0/page/1.png"])
def test_slow_readers_keep_nobody_waiting(crowded: "Site", path: str) -> None:
    """Twice as many clients as there are threads read a large answer by the byte; all others are answered."""
    with ExitStack() as stack:
        slow = [stack.enter_context(_asking(crowded, path)) for _ in range(16)]
        for one in slow:
            assert one.recv(12) == b"HTTP/1.1 200"
        answered = [requests.get(f"{crowded.base_url}{other}", timeout=10).status_code for other in (*OTHERS, LIST)]
        assert answered == [200] * len(answered)
        assert all(len(one.recv(1)) == 1 for one in slow)


def _asking(site: "Site", path: str) -> socket.socket:
    """Return a connection with little room to receive, on which a request was sent; lists wait for their turn."""
    host = urlsplit(site.base_url)
    for _turn in range(100):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(30)
        client.connect((host.hostname, host.port))
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: {host.netloc}\r\n\r\n".encode())
        if client.recv(12, socket.MSG_PEEK) == b"HTTP/1.1 200":
            return client
        client.close()
        time.sleep(0.05)
    pytest.fail("no place in a hundred turns")
