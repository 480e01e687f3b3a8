"""Links of a manifest: each that is ours answers, with the media type that the manifest states."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from records.model import Record

BASE = "http://127.0.0.1:8000"


def links(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part of a document
    """Yield every resource in a document that has an address."""
    if isinstance(node, dict):
        if "id" in node:
            yield node
        for value in node.values():
            yield from links(value)
    elif isinstance(node, list):
        for value in node:
            yield from links(value)


def test_every_link_answers_as_it_is_stated(client: FlaskClient, letter: Callable[..., Record]) -> None:
    """What a manifest refers to can be fetched, in the stated type; only canvases and annotations are mere names."""
    letter(collections=["letters:1965"], texts=[{"content": "Dear friend.", "language": "en"}])
    manifest = client.get("/iiif/letter-1/manifest.json").get_json()
    found = [link for link in links(manifest) if link["type"] not in {"Canvas", "AnnotationPage", "Annotation"}]
    services = {"SearchService2", "AutoCompleteService2"}
    assert {link["type"] for link in found} == {"Manifest", "Image", "Text", "Dataset", "Collection", *services}
    for link in found:
        assert link["id"].startswith(BASE)
        parts = urlsplit(link["id"])
        answer = client.get(f"{parts.path}?{parts.query}")
        assert answer.status_code == 200, link["id"]
        usual = "application/json" if link["type"] in services else "application/ld+json"
        assert answer.content_type.startswith(link.get("format", usual)), link["id"]
        assert link.get("format") == "text/html" or answer.headers["Access-Control-Allow-Origin"] == "*", link["id"]


def test_collections_lead_to_every_manifest(client: FlaskClient, letter: Callable[..., Record]) -> None:
    """From the top collection a viewer comes to each record, by sets inside sets."""
    letter(collections=["letters:1965"])
    seen: list[str] = []
    waiting = [f"{BASE}/iiif/collection.json"]
    while waiting:
        address = waiting.pop()
        document = client.get(urlsplit(address).path).get_json()
        assert document["id"] == address
        seen += [item["id"] for item in document["items"] if item["type"] == "Manifest"]
        waiting += [item["id"] for item in document["items"] if item["type"] == "Collection"]
    assert seen == [f"{BASE}/iiif/letter-1/manifest.json"]
