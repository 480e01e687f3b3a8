"""The stream of changes over HTTP: what it tells, what may be kept of it, and that a consumer ends as the store is."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIServer

import pytest
from flask.testing import FlaskClient

import records.activities
from records.model import Record
from server import publishing
from server.application import create_app
from server.check.checking import Choice, report_on
from server.config import Config
from server.iiif.discovery import FOR_EVER, LINKED_DATA
from server.library import Library
from tests.consumer import Answer, Consumer
from tests.server.check.conftest import Quiet, listening

Make = Callable[..., Record]
Publish = Callable[..., object]

BASE = "http://127.0.0.1:8000"
TOP = "/iiif/activity/collection.json"
CONTEXT = "http://iiif.io/api/discovery/1/context.json"
TEXT = [{"content": "Dear friend"}]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page hold two activities."""
    monkeypatch.setattr(records.activities, "SIZE", 2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Give a function that sets the clock of the store."""

    def set_clock(now: int) -> None:
        monkeypatch.setattr("records.database.seconds", lambda: now)

    set_clock(1_800_000_000)
    return set_clock


def _page(number: int) -> dict[str, str]:
    return {"id": f"{BASE}/iiif/activity/page/{number}.json", "type": "OrderedCollectionPage"}


def _activity(kind: str, name: str, time: str) -> dict[str, object]:
    mods = {
        "id": f"{BASE}/records/{name}/mods.xml",
        "type": "Dataset",
        "format": "application/xml",
        "profile": "http://www.loc.gov/mods/v3",
    }
    named = {"id": f"{BASE}/iiif/{name}/manifest.json", "type": "Manifest"}
    return {"type": kind, "object": named if kind == "Delete" else named | {"seeAlso": [mods]}, "endTime": time}


def test_the_collection_names_its_ends(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """And how many activities there are; OAI-PMH describes the records behind it (3.1)."""
    publish(*(make_record(name, texts=TEXT) for name in "abc"))
    answer = client.get(TOP)
    assert (answer.status_code, answer.content_type) == (200, LINKED_DATA)
    assert next(iter(json.loads(answer.data))) == "@context"
    assert answer.get_json() == {
        "@context": CONTEXT,
        "id": f"{BASE}{TOP}",
        "type": "OrderedCollection",
        "totalItems": 3,
        "seeAlso": [
            {
                "id": f"{BASE}/oai?verb=Identify",
                "type": "Dataset",
                "label": {"en": ["The repository, as OAI-PMH describes it"]},
                "format": "text/xml",
                "profile": "http://www.openarchives.org/OAI/2.0/",
            }
        ],
        "first": _page(1),
        "last": _page(2),
    }


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (None, None),
        ("https://creativecommons.org/publicdomain/zero/1.0", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/licence", None),
    ],
)
def test_the_licence_of_the_metadata_is_told_where_the_property_takes_it(
    config: Config, make_record: Make, stated: str | None, told: str | None
) -> None:
    """It takes Creative Commons and RightsStatements.org alone (3.1, rights)."""
    app = create_app(config.model_copy(update={"metadata_rights": stated}))
    library: Library = app.extensions["dragoman"]
    made = publishing.publication(make_record("a", texts=TEXT), library.repository(), publishing.today())
    library.store.publish([made])
    assert app.test_client().get(TOP).get_json().get("rights") == told
    library.store.close()


def test_pages_tell_what_happened_in_its_order(
    client: FlaskClient, publish: Publish, make_record: Make, clock: Callable[[int], None], remove: Callable[..., None]
) -> None:
    """Each leads to those beside it; what was withdrawn has no description any more (3.2, 3.3)."""
    publish(make_record("a", texts=TEXT), make_record("b", texts=TEXT))
    clock(1_800_000_060)
    publish(make_record("a", texts=TEXT, notes=[{"text": "New"}]))
    remove("b")
    publish(make_record("c", texts=TEXT))
    first, second = "2027-01-15T08:00:00Z", "2027-01-15T08:01:00Z"
    part = {"@context": CONTEXT, "partOf": {"id": f"{BASE}{TOP}", "type": "OrderedCollection"}}
    assert [client.get(f"/iiif/activity/page/{number}.json").get_json() for number in (1, 2, 3)] == [
        {
            **part,
            **_page(1),
            "startIndex": 0,
            "next": _page(2),
            "orderedItems": [_activity("Create", "a", first), _activity("Create", "b", first)],
        },
        {
            **part,
            **_page(2),
            "startIndex": 2,
            "prev": _page(1),
            "next": _page(3),
            "orderedItems": [_activity("Update", "a", second), _activity("Delete", "b", second)],
        },
        {**part, **_page(3), "startIndex": 4, "prev": _page(2), "orderedItems": [_activity("Create", "c", second)]},
    ]


def test_a_page_may_be_kept_for_ever_once_another_follows_it(
    client: FlaskClient, publish: Publish, make_record: Make
) -> None:
    """The last one is asked for again, even when it is full: it has no next one yet."""
    addresses = [f"/iiif/activity/page/{number}.json" for number in (1, 2)]
    publish(make_record("a", texts=TEXT), make_record("b", texts=TEXT))
    full = client.get(addresses[0])
    publish(make_record("c", texts=TEXT))
    followed, last = map(client.get, addresses)
    caching = [answer.headers["Cache-Control"] for answer in (full, followed, last)]
    assert caching == ["no-cache", FOR_EVER, "no-cache"]
    assert followed.data != full.data
    publish(make_record("d", texts=TEXT), make_record("a", texts=TEXT, visibility="deleted"))
    assert client.get(addresses[0]).data == followed.data
    assert client.get(addresses[1]).data != last.data


@pytest.mark.parametrize("address", [TOP, "/iiif/activity/page/1.json"])
def test_what_has_not_changed_is_not_sent_again(
    client: FlaskClient, publish: Publish, make_record: Make, address: str
) -> None:
    """A consumer that names the entity tag gets 304; and plain JSON, if it prefers that (4.1)."""
    publish(make_record("a", texts=TEXT))
    answer = client.get(address)
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    plain = client.get(address, headers={"Accept": "application/json"})
    assert (plain.content_type, plain.data) == ("application/json", answer.data)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.head(address).content_type == LINKED_DATA
    publish(make_record("b", texts=TEXT))
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


def test_there_is_no_stream_until_there_is_a_manifest(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """It must have a page, and that an activity (3.1, 3.2): until then nothing refers to it."""
    publish(make_record("a"))
    answer = client.get(TOP)
    assert (answer.status_code, answer.get_json()) == (
        404,
        {"error": "no manifest was published here yet, so that there is no change to tell"},
    )
    assert "seeAlso" not in client.get("/iiif/collection.json").get_json()
    publish(make_record("a", texts=TEXT))
    (named,) = client.get("/iiif/collection.json").get_json()["seeAlso"]
    assert client.get(urlsplit(named["id"]).path).content_type == f'{named["format"]};profile="{named["profile"]}"'


@pytest.mark.parametrize("number", ["0", "2", "01", "x", "-1", "1.0", "9" * 15, "9" * 40])
def test_a_page_that_is_not_there_is_not_found(
    client: FlaskClient, publish: Publish, make_record: Make, number: str
) -> None:
    """The answer says where to begin."""
    publish(make_record("a", texts=TEXT))
    answer = client.get(f"/iiif/activity/page/{number}.json")
    assert answer.status_code == 404
    assert answer.get_json()["error"].endswith("begin at /iiif/activity/collection.json")


def test_a_manifest_that_is_elsewhere_is_told_where_it_is(
    client: FlaskClient, publish: Publish, make_record: Make
) -> None:
    """When that changes is not known here; a record that gets one loses ours."""
    elsewhere = [{"url": "https://example.org/manifest", "kind": "manifest"}]
    publish(make_record("a", links=elsewhere), make_record("b", texts=TEXT))
    publish(make_record("b", texts=TEXT, links=elsewhere))
    items = client.get("/iiif/activity/page/1.json").get_json()["orderedItems"]
    assert [(item["type"], item["object"]["id"]) for item in items] == [
        ("Create", f"{BASE}/iiif/b/manifest.json"),
        ("Delete", f"{BASE}/iiif/b/manifest.json"),
    ]
    assert client.get("/iiif/b/manifest.json").status_code == 410


def test_the_end_of_an_embargo_is_a_creation(
    client: FlaskClient, library: Library, publish: Publish, make_record: Make, clock: Callable[[int], None]
) -> None:
    """Until then the record is not told of."""
    today = publishing.today()
    publish(make_record("a", texts=TEXT, embargoed_until=str(today + timedelta(days=1))))
    assert client.get(TOP).status_code == 404
    clock(4_000_000_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "today", lambda: today + timedelta(days=2))
        assert publishing.release(library.store, library.repository()) == 1
    items = client.get("/iiif/activity/page/1.json").get_json()["orderedItems"]
    assert items == [_activity("Create", "a", "2096-10-02T07:06:40Z")]


def _fetching(client: FlaskClient) -> Callable[[str], Answer]:
    def fetch(address: str) -> Answer:
        answer = client.get(urlsplit(address).path)
        assert answer.status_code in {200, 404, 410}
        found = answer.get_json() if answer.status_code == 200 else None
        return Answer(found, for_ever="immutable" in answer.headers.get("Cache-Control", ""))

    return fetch


@pytest.mark.parametrize("seed", range(3))
def test_a_consumer_ends_with_the_manifests_of_the_store(
    client: FlaskClient, library: Library, publish: Publish, make_record: Make, clock: Callable[[int], None], seed: int
) -> None:
    """One that begins with nothing, and one that came again and again."""
    dice, names = random.Random(seed), [f"r{number}" for number in range(9)]
    returning = Consumer(f"{BASE}{TOP}", _fetching(client))
    for step in range(20):
        clock(1_800_000_000 + step // 2)
        publish(*(_any_record(make_record, dice, name) for name in dice.sample(names, 3)))
        if dice.random() < 0.1:
            library.store.restamp()
        if dice.random() < 0.4:
            returning.crawl()
    there = {}
    for name in names:
        row = library.store.document(name, "manifest")
        if row and row.document:
            there[f"{BASE}/iiif/{name}/manifest.json"] = json.loads(row.document)
    new = Consumer(f"{BASE}{TOP}", _fetching(client))
    for consumer in (returning, new):
        consumer.crawl()
        assert consumer.held == there
    assert new.kept


def _any_record(make: Make, dice: random.Random, name: str) -> Record:
    text = dice.choice([[], [{"content": str(dice.random())}]])
    return make(name, texts=text, visibility=dice.choice(["public", "public", "hidden", "deleted"]))


def test_the_checker_finds_the_stream_sound(config: Config, make_record: Make) -> None:
    """Every rule of Change Discovery is tried, and none is broken."""
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        app = create_app(config.model_copy(update={"base_url": url}))
        library: Library = app.extensions["dragoman"]
        for name in "abcde":
            made = publishing.publication(make_record(name, texts=TEXT), library.repository(), publishing.today())
            library.store.publish([made])
        publishing.delete(library.store, library.repository(), "ab")
        server.set_app(app)
        with listening(server):
            report = report_on(
                f"{url}{TOP}",
                Choice("oai_dc", None, None, None, None),
                most=100,
                pause=0,
                progress=lambda _count: None,
                allow_private=True,
            )
        library.store.close()
    assert (report.findings, report.unchecked) == ([], [])
    assert report.records == 1 + 4
