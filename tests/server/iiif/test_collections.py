"""Collections over HTTP: they mirror the sets, and list the manifests of what is shown."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from mappings.iiif import parts
from records.identifiers import local
from records.model import Collection, Record
from server.check.iiif.document import Document
from server.check.iiif.tables import judged
from server.iiif.media_type import LINKED_DATA

Make = Callable[..., Record]
Publish = Callable[..., object]

TEXT = [{"content": "Dear friend"}]
BASE = "http://127.0.0.1:8000/iiif"


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


# Large ones


@pytest.fixture
def threes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a collection hold three manifests, or three parts."""
    monkeypatch.setattr(parts, "MOST", 3)


@pytest.mark.usefixtures("threes")
@pytest.mark.parametrize(("sets", "above"), [([], "/collection"), (["a:b"], "/collection/a:b")])
def test_a_large_collection_is_split_into_parts(
    client: FlaskClient, publish: Publish, make_record: Make, sets: list[str], above: str
) -> None:
    """Parts of parts, down to the manifests; each leads to what is above it, and shows its first small image."""
    names = [f"r{number}" for number in range(1, 12)]
    publish(*(make_record(name, collections=sets, texts=TEXT) for name in names))
    whole = f"/iiif{above}.json"
    first, second = f"{above}/part/1-9.json", f"{above}/part/10-18.json"
    assert _items(client, whole) == [("Collection", f"{BASE}{address}") for address in (first, second)]
    inner = [f"{above}/part/{span}.json" for span in ("1-3", "4-6", "7-9")]
    assert _items(client, f"/iiif{first}") == [("Collection", f"{BASE}{address}") for address in inner]
    assert _items(client, f"/iiif{inner[1]}") == [
        ("Manifest", f"{BASE}/{name}/manifest.json") for name in ("r4", "r5", "r6")
    ]
    small, large = client.get(f"/iiif{inner[1]}").get_json(), client.get(f"/iiif{first}").get_json()
    outer = client.get(whole).get_json()
    assert small["label"] == {"none": ["4–6: Title of r4 – Title of r6"]}
    assert large["label"] == {"none": ["1–9: Title of r1 – Title of r9"]}
    assert [(item["id"], item["label"]) for item in small["partOf"]] == [(large["id"], large["label"])]
    assert [(item["id"], item["label"]) for item in large["partOf"]] == [(outer["id"], outer["label"])]
    assert [small["thumbnail"][0]["id"], large["items"][1]["thumbnail"][0]["id"]] == [
        f"{BASE}/r4/page/1/thumbnail.jpg"
    ] * 2
    (last,) = client.get(f"/iiif{second}").get_json()["items"]
    assert (last["id"], last["label"]) == (
        f"{BASE}{above}/part/10-12.json",
        {"none": ["10–11: Title of r10 – Title of r11"]},
    )


@pytest.mark.usefixtures("threes")
def test_parts_stay_when_records_come_and_go(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """A part changes only by what is in it; one that all have left is not there any more."""
    publish(*(make_record(f"r{number}", texts=TEXT) for number in range(1, 9)))
    address = "/iiif/collection/part/1-3.json"
    before = client.get(address)
    publish(make_record("r9", texts=TEXT), make_record("r5", texts=TEXT, visibility="hidden"))
    again = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 304
    names = [name for _type, name in _items(client, "/iiif/collection/part/4-6.json")]
    assert names == [f"{BASE}/r4/manifest.json", f"{BASE}/r6/manifest.json"]
    publish(*(make_record(f"r{number}", texts=TEXT, visibility="deleted") for number in (4, 6)))
    assert client.get("/iiif/collection/part/4-6.json").status_code == 404
    ids = [name for _type, name in _items(client, "/iiif/collection.json")]
    assert ids == [f"{BASE}/collection/part/{span}.json" for span in ("1-3", "7-9")]


@pytest.mark.usefixtures("threes")
def test_every_document_of_a_large_collection_is_small_and_sound(
    client: FlaskClient, publish: Publish, make_record: Make
) -> None:
    """From the top one each manifest is met once, and each document says what it is, and is what it was said to be."""
    publish(*(make_record(f"r{number}", texts=TEXT, collections=["a"] * (number % 2)) for number in range(60)))
    seen: list[str] = []
    waiting: list[dict[str, object]] = [{"id": f"{BASE}/collection.json"}]
    while waiting:
        named = waiting.pop()
        document = client.get(urlsplit(str(named["id"])).path).get_json()
        assert {name: document[name] for name in named} == named
        codes = {finding.code for finding in judged(Document("it", json.dumps(document).encode()))}
        assert codes <= {"iiif-recommended"}
        assert len(document["items"]) <= 4
        seen += [item["id"] for item in document["items"] if item["type"] == "Manifest"]
        waiting += [item for item in document["items"] if item["type"] == "Collection"]
    assert sorted(seen) == sorted(f"{BASE}/r{number}/manifest.json" for number in range(60))


@pytest.mark.parametrize(
    "address",
    [
        "part/1-200.json",
        "part/2-201.json",
        "part/x.json",
        "a/part/1-200.json",
        "a/part/1-40000.json",
        "b/part/1-2.json",
    ],
)
def test_a_part_that_is_not_there_is_not_found(
    client: FlaskClient, publish: Publish, make_record: Make, address: str
) -> None:
    """A collection that is small has none."""
    publish(make_record("x", collections=["a"], texts=TEXT), make_record("y", texts=TEXT))
    answer = client.get(f"/iiif/collection/{address}")
    assert (answer.status_code, list(answer.get_json())) == (404, ["error"])


def test_a_set_shows_the_first_small_image_of_what_is_below_it(
    client: FlaskClient, publish: Publish, make_record: Make
) -> None:
    """Its own first, else that of a set below; none where there is nothing to show."""
    publish(
        make_record("blank", collections=["empty"]),
        make_record("deep", collections=["a:b:c"], texts=TEXT),
        make_record("own", collections=["x"], texts=TEXT),
        make_record("inner", collections=["x:y"], texts=TEXT),
    )
    items = client.get("/iiif/collection.json").get_json()["items"]
    shown = {item["id"].rpartition("/")[2]: item.get("thumbnail") for item in items}
    small = {"type": "Image", "format": "image/jpeg", "height": 400, "width": 300}
    assert shown == {
        "a.json": [{"id": f"{BASE}/deep/page/1/thumbnail.jpg", **small}],
        "empty.json": None,
        "x.json": [{"id": f"{BASE}/own/page/1/thumbnail.jpg", **small}],
    }


@pytest.mark.parametrize("spec", ["manifest", "collection", "part", "page", "activity", "search"])
def test_words_of_our_addresses_may_be_sets(
    client: FlaskClient, publish: Publish, make_record: Make, spec: str
) -> None:
    """A record may not be called by them, so that no two things ever have one address."""
    publish(make_record("x", collections=[spec], texts=TEXT))
    assert _items(client, f"/iiif/collection/{spec}.json") == [("Manifest", f"{BASE}/x/manifest.json")]


@pytest.mark.parametrize("word", ["collection", "activity"])
def test_no_record_has_the_address_of_a_collection(make_record: Make, word: str) -> None:
    """It is refused at load; a foreign identifier of that name becomes another."""
    with pytest.raises(ValueError, match="is a word that our URLs need for themselves"):
        make_record(word)
    assert local(word) == f"{word}-1"
