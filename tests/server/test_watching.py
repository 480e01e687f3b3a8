"""Counting requests: who asked, what became of it, and that no answer suffers from being counted."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import Gauge

from records import visits
from records.database import Database, StoreError
from records.model import Record
from records.store import Store
from records.visits import OF_A_NETWORK, OTHERS, Asked, Tally
from server.oai_pmh.exchange import Exchange
from server.watching import Watch
from server.watching import visits as in_memory
from server.watching.crowd import Crowd
from server.watching.harvester import LONGEST, agent, network

LIST = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
STRANGER = {"User-Agent": "x", "X-Forwarded-For": "203.0.113.7"}


@pytest.fixture
def watch(app: Flask) -> Watch:
    """Give what the application knows of its requests."""
    found: Watch = app.extensions["dragoman_watch"]
    return found


@pytest.fixture
def seen(watch: Watch, store: Store) -> Callable[[], dict[Asked, Tally]]:
    """Give a function that writes down what was counted and returns the table, without the times."""

    def read() -> dict[Asked, Tally]:
        watch.write(store.database)
        found = visits.read(store.database)
        for tally in found.values():
            assert tally.seen > 1_700_000_000
            tally.seen = 0
            tally.begun, tally.completed = tally.begun and 1, tally.completed and 1
        return found

    return read


@pytest.mark.parametrize(
    ("address", "forwarded", "expected"),
    [
        ("192.0.2.77", "", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "", "192.0.2.0/24"),
        ("127.0.0.1", "192.0.2.77", "192.0.2.0/24"),
        ("172.18.0.5", "198.51.100.1, 203.0.113.9", "203.0.113.0/24"),
        ("::1", "2001:db8:1:2::3", "2001:db8:1::/48"),
        ("8.8.8.8", "192.0.2.77", "8.8.8.0/24"),
        ("127.0.0.1", "unknown", ""),
        ("", "", ""),
    ],
)
def test_a_network_is_never_a_whole_address(address: str, forwarded: str, expected: str) -> None:
    """It is /24 or /48; a web server before us is believed, a stranger is not."""
    assert network(address, forwarded) == expected


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=300))
def test_a_name_is_printable_and_short(name: str) -> None:
    """Whatever a harvester calls itself can be shown on a terminal."""
    found = agent(name)
    assert found.isascii()
    assert found.isprintable()
    assert len(found) <= LONGEST


def test_requests_are_counted_by_what_became_of_them(
    client: FlaskClient,
    seen: Callable[[], dict[Asked, Tally]],
    publish: Callable[..., object],
    make_record: Callable[..., Record],
) -> None:
    """Errors have the format only if there is such a one; a token counts for the list that it goes on with."""
    publish(*(make_record(f"r{number}") for number in range(4)))
    first = client.get(LIST, headers=STRANGER)
    token = first.text.partition("<resumptionToken")[2].partition(">")[2].partition("<")[0]
    where = {"agent": "x", "network": "203.0.113.0/24"}
    page = Asked(verb="ListRecords", prefix="oai_dc", set_spec="", **where)
    assert seen() == {page: Tally(answers=1, records=3, begun=1)}
    client.get(f"/oai?verb=ListRecords&resumptionToken={token}", headers=STRANGER)
    for query in ("verb=Nothing", "verb=ListRecords&metadataPrefix=marc", "verb=ListRecords&resumptionToken=1.a.b"):
        client.get(f"/oai?{query}", headers=STRANGER)
    client.get("/oai?verb=ListIdentifiers&metadataPrefix=mods&set=none", headers=STRANGER)
    client.get("/", headers=STRANGER)
    assert seen() == {
        page: Tally(answers=2, records=4, begun=1, completed=1, harvested=4),
        Asked(verb="", prefix="", set_spec="", **where): Tally(answers=1, errors=1),
        Asked(verb="ListRecords", prefix="", set_spec="", **where): Tally(answers=2, errors=2),
        Asked(verb="ListIdentifiers", prefix="mods", set_spec=OTHERS, **where): Tally(answers=1, errors=1),
    }


def test_beyond_the_limit_only_lists_are_sent_away(
    client: FlaskClient, watch: Watch, seen: Callable[[], dict[Asked, Tally]], letter: Callable[..., Record]
) -> None:
    """503, when to come again, and nothing else is refused; a place that is free again is given again."""
    letter()
    with watch.crowd.place(), watch.crowd.place(), watch.crowd.place(), watch.crowd.place(), watch.crowd.place():
        assert client.get(LIST).status_code == 200
        with watch.crowd.place():
            answers = [
                client.get(f"/oai?verb={verb}&metadataPrefix=oai_dc") for verb in ("ListRecords", "ListIdentifiers")
            ]
            answers.append(client.get("/oai?verb=ListSets"))
            assert [(answer.status_code, answer.headers["Retry-After"]) for answer in answers] == [
                (503, "2"),
                (503, "5"),
                (503, "3"),
            ]
            assert answers[0].text == "The repository answers many harvesters now; ask again in 2 seconds.\n"
            for verb in ("Identify", "ListMetadataFormats"):
                assert client.get(f"/oai?verb={verb}").status_code == 200
            single = "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:letter-1"
            assert client.get(single).status_code == 200
            assert client.get("/oai?verb=ListRecords").status_code == 200  # an error of the protocol needs no place
    assert client.get(LIST).status_code == 200
    assert sum(tally.refused for tally in seen().values()) == 3


def test_statistics_that_cannot_be_written_wait(watch: Watch, store: Store, client: FlaskClient) -> None:
    """A store that fails delays them; they are neither lost nor counted twice."""
    client.get("/oai?verb=Identify")
    with pytest.raises(StoreError):
        watch.write(Database("postgresql://nobody@127.0.0.1:1/nothing"))
    client.get("/oai?verb=Identify")
    watch.write(store.database)
    watch.write(store.database)
    assert [tally.answers for tally in visits.read(store.database).values()] == [2]


def test_memory_has_a_bound(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    """Names and networks without number are counted together, before they are written as well as after."""
    monkeypatch.setattr(in_memory, "MOST", 100)
    found = in_memory.Visits()
    for number in range(1000):
        found.count(f"agent {number}", "192.0.2.0/24", Exchange(verb="Identify", outcome="ok"), 1)
        found.count("x", f"192.1.{number}.0/24", Exchange(verb="Identify", outcome="ok"), 1)
    assert len(found._tallies) <= 102
    assert len([asked for asked in found._tallies if asked.network == "192.0.2.0/24"]) <= OF_A_NETWORK + 1
    found.write(store.database)
    assert sum(tally.answers for tally in visits.read(store.database).values()) == 2000


def test_the_page_of_harvesters_is_closed_without_a_password(client: FlaskClient) -> None:
    """It names networks, so that it must not be public by accident; the answer says how to open it."""
    answer = client.get("/harvesters")
    assert answer.status_code == 403
    assert "Set DRAGOMAN_STAFF_PASSWORD to open it, or run &#39;dragoman status&#39;." in answer.text


def test_metrics_tell_of_the_store(client: FlaskClient, letter: Callable[..., Record]) -> None:
    """Records, the last change, and whether the store answers; labels are verbs and codes alone."""
    letter()
    client.get("/oai?verb=Nonsense")
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain; version=")
    lines = answer.text.splitlines()
    assert "dragoman_store_up 1.0" in lines
    assert "dragoman_store_records 1.0" in lines
    assert "dragoman_store_change_sequence 1.0" in lines
    assert "dragoman_store_embargoed_records 0.0" in lines
    assert 'dragoman_oai_requests_total{outcome="badVerb",verb="none"} 1.0' in lines


def test_metrics_are_told_while_the_store_fails(
    client: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then they say so, and a list request counts as failed."""
    real = store.database
    monkeypatch.setattr(store, "database", Database("postgresql://nobody@127.0.0.1:1/nothing"))
    assert client.get(LIST).status_code == 503
    lines = client.get("/metrics").text.splitlines()
    store.database.close()
    monkeypatch.setattr(store, "database", real)
    assert "dragoman_store_up 0.0" in lines
    assert 'dragoman_oai_requests_total{outcome="failed",verb="ListRecords"} 1.0' in lines


def test_whoever_waits_comes_to_a_turn_while_turns_come_quickly() -> None:
    """A viewer asks for dozens of tiles at once, and not again for one that it did not get."""
    crowd = Crowd("image requests", 2, Gauge("drawn", "Pictures", registry=None), waiting=1)

    def draw(tile: int) -> int:
        with crowd.place(patience=30):
            time.sleep(0.05)
        return tile

    with ThreadPoolExecutor(40) as viewer:
        assert list(viewer.map(draw, range(80))) == list(range(80))
