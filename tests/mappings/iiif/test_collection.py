"""Collections: one for each set and one that holds them all, with references that viewers can show."""

import json
from collections.abc import Callable
from typing import Any

from mappings.iiif import collection
from mappings.repository import Repository
from records.model import Record

Document = dict[str, Any]
Faults = Callable[[Document], list[str]]

BASE = "https://archive.example.org"


def record(identifier: str, **fields: Any) -> Record:  # noqa: ANN401 - any field of a record
    """Return a record with something to show."""
    stated = {"identifier": identifier, "titles": [{"text": identifier}], "abstracts": [{"text": "A."}], **fields}
    return Record.model_validate(stated)


def test_the_top_collection_holds_sets_and_what_stands_in_none(repository: Repository, faults: Faults) -> None:
    """The collections at the top come first, then the records without one (5.1)."""
    members = [record("loose"), record("nothing", abstracts=[])]
    document = json.loads(collection.top(repository, children=["maps", "telegrams"], members=members))
    assert faults(document) == []
    assert document == {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": f"{BASE}/iiif/collection.json",
        "type": "Collection",
        "label": {"none": ["Example Archive"]},
        "provider": document["provider"],
        "items": [
            {"id": f"{BASE}/iiif/collection/maps.json", "type": "Collection", "label": {"none": ["maps"]}},
            {"id": f"{BASE}/iiif/collection/telegrams.json", "type": "Collection", "label": {"none": ["Telegrams"]}},
            {
                "id": f"{BASE}/iiif/loose/manifest.json",
                "type": "Manifest",
                "label": {"none": ["loose"]},
                "thumbnail": [
                    {
                        "id": f"{BASE}/iiif/loose/page/1/thumbnail.jpg",
                        "type": "Image",
                        "format": "image/jpeg",
                        "height": 400,
                        "width": 300,
                    }
                ],
            },
        ],
    }


def test_a_set_is_part_of_the_one_above(repository: Repository, faults: Faults) -> None:
    """A nested set names the set above it, one at the top the collection of all."""
    inner = json.loads(collection.collection("telegrams:cold-war", repository, children=[], members=[record("r")]))
    outer = json.loads(collection.collection("telegrams", repository, children=["telegrams:cold-war"], members=[]))
    assert faults(inner) == faults(outer) == []
    assert [above["id"] for above in inner["partOf"]] == [f"{BASE}/iiif/collection/telegrams.json"]
    assert [above["id"] for above in outer["partOf"]] == [f"{BASE}/iiif/collection.json"]
    assert [item["id"] for item in outer["items"]] == [f"{BASE}/iiif/collection/telegrams:cold-war.json"]
    assert outer["homepage"][0]["id"] == f"{BASE}/collections/telegrams"


def test_a_manifest_that_exists_elsewhere_is_a_member(repository: Repository) -> None:
    """A record with a manifest of its own is referred to by that one."""
    elsewhere = record("r", links=[{"url": "https://example.org/manifest", "kind": "manifest"}])
    document = json.loads(collection.collection("maps", repository, children=[], members=[elsewhere]))
    assert [item["id"] for item in document["items"]] == ["https://example.org/manifest"]


def test_an_empty_set_is_an_empty_collection(repository: Repository, faults: Faults) -> None:
    """Nothing to show is allowed, and said as it is (5.1)."""
    document = json.loads(collection.collection("maps", repository, children=[], members=[]))
    assert faults(document) == []
    assert document["items"] == []
