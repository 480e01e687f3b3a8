"""Collections: one for each set and one that holds them all, with references that viewers can show."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import iiif_prezi3
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mappings.iiif import collection, uris
from mappings.iiif.leaves import first_thumbnail, leaves
from mappings.repository import Repository
from records.model import Collection, Institution, Record

Document = dict[str, Any]
Stating = Callable[..., Record]
Faults = Callable[[Document], list[str]]

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
BASE = "https://archive.example.org"


def references(repository: Repository, *members: Record) -> list[Document]:
    """Return how the manifests of records are referred to, read again; none for those that have none."""
    found = [collection.reference(record, repository) for record in members]
    return [json.loads(reference) for reference in found if reference]


def of_set(
    spec: str, repository: Repository, *, children: tuple[str, ...] = (), members: tuple[Record, ...] = ()
) -> Document:
    """Return the collection of a set, read again."""
    below = [collection.of_set(child, repository) for child in children]
    items = [*below, *references(repository, *members)]
    document: Document = json.loads(collection.collection(spec, repository, items, searchable=False))
    return document


def set_reference(spec: str, title: str) -> Document:
    """Return how a collection is referred to."""
    return {"id": f"{BASE}/iiif/collection/{spec}.json", "type": "Collection", "label": {"none": [title]}}


def manifest_reference(identifier: str, thumbnail: Document) -> Document:
    """Return how the manifest of a record is referred to."""
    return {
        "id": f"{BASE}/iiif/{identifier}/manifest.json",
        "type": "Manifest",
        "label": {"none": ["T"]},
        "thumbnail": [thumbnail],
    }


def small_image(uri: str, width: int, height: int) -> Document:
    """Return a thumbnail, a JPEG image."""
    return {"id": uri, "type": "Image", "format": "image/jpeg", "height": height, "width": width}


def test_the_top_collection_holds_sets_and_what_stands_in_none(
    repository: Repository, stating: Stating, faults: Faults
) -> None:
    """The collections at the top come first, then the records without one that have something to show (5.1)."""
    members = [stating(identifier="loose"), stating(identifier="nothing", abstracts=[])]
    inner = [collection.of_set(spec, repository) for spec in ("maps", "telegrams")]
    items = [*inner, *references(repository, *members)]
    document = json.loads(collection.top(repository, items, changing=True, searchable=False))
    assert faults(document) == []
    name = {"none": ["Example Archive"]}
    homepage = {"id": "https://www.example.org/", "type": "Text", "label": name, "format": "text/html"}
    assert document == {
        "@context": CONTEXT,
        "id": f"{BASE}/iiif/collection.json",
        "type": "Collection",
        "label": name,
        "provider": [{"id": "https://www.example.org/", "type": "Agent", "label": name, "homepage": [homepage]}],
        "seeAlso": [
            {
                "id": f"{BASE}/iiif/activity/collection.json",
                "type": "Dataset",
                "label": {"en": ["Changes of all manifests (IIIF Change Discovery)"]},
                "format": "application/ld+json",
                "profile": "http://iiif.io/api/discovery/1/context.json",
            }
        ],
        "thumbnail": [small_image(f"{BASE}/iiif/loose/page/1/thumbnail.jpg", 300, 400)],
        "items": [
            set_reference("maps", "maps"),
            set_reference("telegrams", "Telegrams"),
            manifest_reference("loose", small_image(f"{BASE}/iiif/loose/page/1/thumbnail.jpg", 300, 400)),
        ],
    }


def test_a_set_says_what_is_stated_of_it(repository: Repository, stating: Stating, faults: Faults) -> None:
    """Title, description and provider are its own; it holds the sets below it, then its records."""
    stated = Collection(
        spec="telegrams",
        title="Telegrams",
        description="<Telegrams>",
        provider=Institution(name="Ministry", uri="https://ror.org/1"),
    )
    described = replace(repository, collections={"telegrams": stated})
    document = of_set("telegrams", described, children=("telegrams:1965",), members=(stating(),))
    assert faults(document) == []
    assert document == {
        "@context": CONTEXT,
        "id": f"{BASE}/iiif/collection/telegrams.json",
        "type": "Collection",
        "label": {"none": ["Telegrams"]},
        "summary": {"none": ["<span>&lt;Telegrams&gt;</span>"]},
        "provider": [{"id": "https://ror.org/1", "type": "Agent", "label": {"none": ["Ministry"]}}],
        "homepage": [
            {
                "id": f"{BASE}/collections/telegrams",
                "type": "Text",
                "label": {"none": ["Telegrams"]},
                "format": "text/html",
            }
        ],
        "partOf": [
            {"id": f"{BASE}/iiif/collection.json", "type": "Collection", "label": {"none": ["Example Archive"]}}
        ],
        "thumbnail": [small_image(f"{BASE}/iiif/r/page/1/thumbnail.jpg", 300, 400)],
        "items": [
            set_reference("telegrams:1965", "telegrams:1965"),
            manifest_reference("r", small_image(f"{BASE}/iiif/r/page/1/thumbnail.jpg", 300, 400)),
        ],
    }


def test_a_nested_set_is_part_of_the_one_above(repository: Repository, faults: Faults) -> None:
    """A set names the one directly above it, which may be without a title of its own."""
    titled, untitled = of_set("telegrams:1965", repository), of_set("letters-0058:inner-0059", repository)
    assert faults(titled) == faults(untitled) == []
    assert titled["partOf"] == [set_reference("telegrams", "Telegrams")]
    assert untitled["label"] == {"none": ["Inner letters 0117"]}
    assert untitled["partOf"] == [set_reference("letters-0058", "letters-0058")]
    assert of_set("a:b:c", repository)["partOf"] == [set_reference("a:b", "a:b")]


def test_members_have_sized_thumbnails(repository: Repository, stating: Stating, faults: Faults) -> None:
    """The first page is shown, wherever its image is."""
    members = (
        stating(identifier="file", pages=[{"file": "1.jpg", "width": 1000, "height": 800}]),
        stating(identifier="web", pages=[{"image": "https://example.org/1", "width": 40, "height": 50}]),
        stating(identifier="service", pages=[{"service": "https://example.org/i", "width": 600, "height": 800}]),
        stating(identifier="text", texts=[{"content": "Text."}]),
    )
    document = of_set("telegrams", repository, members=members)
    assert faults(document) == []
    assert document["items"] == [
        manifest_reference("file", small_image(f"{BASE}/iiif/file/page/1/thumbnail.jpg", 300, 240)),
        manifest_reference("web", {"id": "https://example.org/1", "type": "Image", "height": 50, "width": 40}),
        manifest_reference("service", small_image("https://example.org/i/full/300,400/0/default.jpg", 300, 400)),
        manifest_reference("text", small_image(f"{BASE}/iiif/text/page/1/thumbnail.jpg", 300, 400)),
    ]


def test_a_manifest_that_exists_elsewhere_is_a_member(repository: Repository, stating: Stating) -> None:
    """A record with a manifest of its own is referred to by that one, even where we have nothing to show of it."""
    links = [{"url": "https://example.org/manifest", "kind": "manifest"}]
    document = of_set("telegrams", repository, members=(stating(links=links, abstracts=[]),))
    assert document["items"] == [{"id": "https://example.org/manifest", "type": "Manifest", "label": {"none": ["T"]}}]
    described = of_set("telegrams", repository, members=(stating(links=links),))
    assert [item["id"] for item in described["items"]] == ["https://example.org/manifest"]


def test_an_empty_set_is_an_empty_collection(repository: Repository, faults: Faults) -> None:
    """Nothing to show is allowed, and said as it is (5.1)."""
    for document in (
        of_set("maps", repository),
        json.loads(collection.top(replace(repository, institution=None), [], changing=False, searchable=False)),
    ):
        assert faults(document) == []
        assert document["items"] == []


def test_a_spec_stands_in_the_address_as_it_is(repository: Repository, faults: Faults) -> None:
    """Every character that a setSpec may have may stand in a path (RFC 3986, 3.3)."""
    document = of_set("a-_.!~*'():B9", repository)
    assert faults(document) == []
    assert document["id"] == f"{BASE}/iiif/collection/a-_.!~*'():B9.json"
    assert document["homepage"][0]["id"] == f"{BASE}/collections/a-_.!~*'():B9"


@given(data=st.data())
def test_any_members_make_a_sound_collection(
    data: st.DataObject, records_strategy: SearchStrategy[Record], repository: Repository, faults: Faults
) -> None:
    """Whatever the records state, each that has a manifest is referred to once, in their order."""
    drawn = [data.draw(records_strategy) for _each in range(data.draw(st.integers(0, 3)))]
    members = list({uris.manifest(repository, record): record for record in drawn}.values())
    items = [collection.of_set("telegrams:1965", repository), *references(repository, *members)]
    document = collection.collection("telegrams", repository, items, searchable=False)
    found = json.loads(document)
    assert faults(found) == []
    iiif_prezi3.Collection(**json.loads(document.decode().replace('"es-419":', '"es":')))
    below, *members_shown = found["items"]
    assert below == set_reference("telegrams:1965", "telegrams:1965")
    shown = [record for record in members if uris.manifest(repository, record)]
    assert [(reference["id"], "thumbnail" in reference) for reference in members_shown] == [
        (uris.manifest(repository, record), record.presentable) for record in shown
    ]


def test_a_small_image_is_known_without_setting_the_text(repository: Repository, stating: Stating) -> None:
    """It is that of the first leaf, whatever the record shows."""
    shown: list[Document] = [
        {"texts": [{"content": "Long. " * 3000, "language": "ko"}]},
        {"abstracts": [{"text": "T"}]},
        {"pages": [{"file": "1.jpg", "width": 1000, "height": 800}]},
        {"pages": [{"service": "https://example.org/i", "width": 600, "height": 800}], "texts": [{"content": "T"}]},
    ]
    for fields in shown:
        record = stating(**fields)
        assert first_thumbnail(record, repository) == next(leaves(record, repository)).thumbnail
