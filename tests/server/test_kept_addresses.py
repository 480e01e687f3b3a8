"""What a record brings stays: with its own landing page, OAI identifier, DOI, ARK and manifest we mint none.

Held against everything that is published: each format as it is stored, OAI-PMH, and the formats as exports.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree

from mappings.formats import FORMATS
from records.model import Collection, Record
from server.exporting.export import Export
from server.library import Library
from server.publishing import MANIFEST

PAGE = "https://library.example.org/items/17"
OAI = "oai:library.example.org:item/17"
DOI = "10.12345/item.17"
ARK = "ark:/12345/item17"
THEIRS = "https://library.example.org/iiif/17/manifest.json"

BROUGHT: dict[str, Any] = {
    "identifier": "item-17",
    "oai_identifier": OAI,
    "identifiers": [{"value": DOI, "kind": "doi"}, {"value": ARK, "kind": "ark"}],
    "titles": [{"text": "Letter to a friend", "language": "en"}],
    "agents": [{"name": "Kraus, Anna", "roles": ["cre"]}],
    "dates": [{"edtf": "1965", "kind": "issued"}],
    "types": ["text"],
    "languages": ["en"],
    "rights": {"uri": "http://rightsstatements.org/vocab/InC/1.0/"},
    "collections": ["letters"],
    "texts": [{"content": "Dear friend,"}],
    "links": [{"url": PAGE, "kind": "landing page"}, {"url": THEIRS, "kind": "manifest"}],
}

COLLECTION = Collection.model_validate(
    {
        "spec": "letters",
        "title": "Letters",
        "provider": {"name": "Town Archive"},
        "aggregator": {"name": "Hub"},
        "intermediate_provider": {"name": "Region"},
    }
)


@pytest.fixture
def documents(library: Library, publish: Callable[..., object]) -> dict[str, str]:
    """Publish the record, and give its documents by format."""
    publish(Record.model_validate(BROUGHT), collections=[COLLECTION])
    found = {name: library.store.documents(["item-17"], name) for name in (*FORMATS, MANIFEST)}
    return {name: each["item-17"].decode() for name, each in found.items() if each}


def test_all_formats_carry_what_the_record_brings(documents: dict[str, str]) -> None:
    """It has all of them, and no manifest of ours beside its own; DataCite leaves the page to the DOI."""
    assert sorted(documents) == sorted(FORMATS)
    for name, document in documents.items():
        assert DOI in document, name
        assert ARK.removeprefix("ark:/") in document, name
        assert PAGE in document or name == "oai_datacite", name


def test_no_address_of_ours_stands_for_the_record(documents: dict[str, str], library: Library) -> None:
    """Neither a page, nor a manifest, nor an OAI identifier; its text is with us, and RDF has names for its parts."""
    base, namespace = library.config.base_url, library.config.repository_identifier
    for name, document in documents.items():
        ours = re.findall(rf"{re.escape(base)}[^\s\"<]*|oai:{re.escape(namespace)}[^\s\"<]*", document)
        assert [each for each in ours if re.search(r"item-17(?!/text/|#)", each)] == [], name


def test_its_manifest_is_the_one_that_formats_name(documents: dict[str, str]) -> None:
    """EDM names one with an image only."""
    assert {name for name, document in documents.items() if THEIRS not in document} == {"edm"}


def test_harvesters_ask_for_it_by_its_own_identifier(
    documents: dict[str, str], client: FlaskClient, checked: Callable[[bytes], etree._Element]
) -> None:
    """In each format, and under no other."""
    for prefix in documents:
        query = {"verb": "GetRecord", "metadataPrefix": prefix, "identifier": OAI}
        root = checked(client.get("/oai", query_string=query).data)
        assert root.findtext(".//{*}header/{*}identifier") == OAI
    minted = query | {"identifier": "oai:archive.example.org:item-17"}
    assert b"idDoesNotExist" in client.get("/oai", query_string=minted).data


@pytest.mark.usefixtures("documents")
def test_no_manifest_of_ours_is_served(client: FlaskClient) -> None:
    """The page of the record leads to its own."""
    assert client.get("/iiif/item-17/manifest.json").status_code == 404
    assert THEIRS in client.get("/records/item-17").text


@pytest.mark.usefixtures("documents")
def test_they_go_out_and_come_in_again(library: Library, tmp_path: Path) -> None:
    """As they were stated."""
    Export(library, "json").to_folder(tmp_path / "out")
    found = Record.model_validate_json((tmp_path / "out" / "item-17.json").read_bytes())
    assert found == Record.model_validate(BROUGHT)
