"""Collections over HTTP: they mirror the sets, and list the manifests of what is shown."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from records.model import Collection, Record
from server.iiif import presentation
from server.iiif.media_type import LINKED_DATA

Make = Callable[..., Record]
Publish = Callable[..., object]

TEXT = [{"content": "Dear friend"}]
BASE = "http://127.0.0.1:8000/iiif"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the store be read two records at a time, so that joints are tried."""
    monkeypatch.setattr(presentation, "MANY", 2)


def _items(client: FlaskClient, address: str) -> list[tuple[str, str]]:
    """Return type and id of what a collection lists."""
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, LINKED_DATA)
    document = response.get_json()
    assert (document["id"], document["type"]) == (f"http://127.0.0.1:8000{address}", "Collection")
    return [(item["type"], item["id"]) for item in document["items"]]


def test_the_top_collection_lists_the_collections_at_the_top(
    client: FlaskClient, publish: Publish, make_record: Make
) -> None:
    """A viewer walks down from here to every record."""
    collections = [Collection(spec="b", title="Second"), Collection(spec="a", title="First")]
    publish(make_record("x", collections=["a:inner"], texts=TEXT), collections=collections)
    assert _items(client, "/iiif/collection.json") == [
        ("Collection", f"{BASE}/collection/a.json"),
        ("Collection", f"{BASE}/collection/b.json"),
    ]


def test_without_collections_the_top_one_lists_the_records(
    client: FlaskClient, publish: Publish, make_record: Make
) -> None:
    """A store of loose records is browsed all the same."""
    publish(*(make_record(name, texts=TEXT) for name in "xyz"))
    assert _items(client, "/iiif/collection.json") == [("Manifest", f"{BASE}/{name}/manifest.json") for name in "xyz"]


def test_a_collection_lists_what_is_directly_in_it(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """The collections below it, and its own records that have something to show; what is below stands there."""
    records = [make_record(f"own-{number}", collections=["a"], texts=TEXT) for number in range(5)]
    inner = make_record("inner", collections=["a:b"], texts=TEXT)
    blank = make_record("blank", collections=["a"])
    hidden = make_record("hidden", collections=["a"], texts=TEXT, visibility="hidden")
    publish(*records, inner, blank, hidden)
    assert _items(client, "/iiif/collection/a.json") == [
        ("Collection", f"{BASE}/collection/a:b.json"),
        *[("Manifest", f"{BASE}/own-{number}/manifest.json") for number in range(5)],
    ]
    assert _items(client, "/iiif/collection/a:b.json") == [("Manifest", f"{BASE}/inner/manifest.json")]


def test_a_withdrawn_record_leaves_its_collection(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """What answers 410 is not listed."""
    publish(make_record("x", collections=["a"], texts=TEXT), make_record("y", collections=["a"], texts=TEXT))
    publish(make_record("x", collections=["a"], texts=TEXT, visibility="hidden"))
    assert _items(client, "/iiif/collection/a.json") == [("Manifest", f"{BASE}/y/manifest.json")]


def test_an_unchanged_collection_is_not_sent_again(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """A client that names the entity tag gets 304, until the collection has changed."""
    publish(make_record("x", collections=["a"], texts=TEXT))
    tag = {"If-None-Match": client.get("/iiif/collection/a.json").headers["ETag"]}
    assert client.get("/iiif/collection/a.json", headers=tag).status_code == 304
    publish(make_record("y", collections=["a"], texts=TEXT))
    assert client.get("/iiif/collection/a.json", headers=tag).status_code == 200


@pytest.mark.parametrize("spec", ["nothing", "a:b:c", "a%2Fb", "a b"])
def test_a_collection_that_is_not_there_is_not_found(client: FlaskClient, spec: str) -> None:
    """The answer is JSON, as all of IIIF."""
    response = client.get(f"/iiif/collection/{spec}.json")
    assert (response.status_code, list(response.get_json())) == (404, ["error"])
