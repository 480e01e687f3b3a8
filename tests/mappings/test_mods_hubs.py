"""MODS as hubs of the Digital Public Library of America read it: Tennessee, Massachusetts and Plains to Peaks.

`check` reads as those hubs do, by the same elements and attributes. Massachusetts takes the provider from a physical
location at the top, which we do not state: the records are copies, and the archive that keeps the original must not be
taken for their provider. Plains to Peaks takes the address only from a usage that MODS 3.8 deprecates, and the rights
URI from an element's text.
"""

from collections.abc import Callable

import pytest
from lxml.etree import _Element

from mappings import mods
from mappings.repository import Repository
from records.model import Record
from server.check.records.readings import MASSACHUSETTS, PLAINS_TO_PEAKS, TENNESSEE, Reading

Valid = Callable[[str, bytes | None], _Element]
STATEMENTS = {
    "identifier": "letter-1",
    "titles": [{"text": "A letter"}],
    "agents": [
        {"name": "Chinese Embassy", "kind": "organization", "roles": ["cre"]},
        {"name": "Ministry", "kind": "organization", "roles": ["rcp"]},
    ],
    "dates": [{"edtf": "1965-03-02", "text": "March 2, 1965"}],
    "languages": ["en"],
    "original_languages": ["zh"],
    "source": {"repository": "Foreign Ministry Archive", "shelfmark": "109-02833-03"},
    "collections": ["telegrams"],
    "rights": {"statement": "Ask us.", "uri": "http://rightsstatements.org/vocab/InC/1.0/"},
    "funding": [{"acknowledgment": "Thanks.", "funder": "Foundation", "identifier": "https://ror.org/abc"}],
    "pages": [{"file": "1.jpg"}],
}


@pytest.fixture
def hub_document(repository: Repository, valid: Valid) -> _Element:
    """Give the document of a scanned telegram as hubs would harvest it."""
    record = Record.model_validate(STATEMENTS)
    return valid("mods", mods.write(record, repository))


def _assert_found(reading: Reading, document: _Element, expected: dict[str, list[str]]) -> None:
    found = reading.found(document)
    assert {field: found[field] for field in expected} == expected


def test_tennessee_finds_all_it_reads(hub_document: _Element) -> None:
    """Creator, rights URI, address, provider, collection, the text's language and preview, as that hub reads them."""
    expected = {
        "creator": ["Chinese Embassy"],
        "rights URI": ["http://rightsstatements.org/vocab/InC/1.0/"],
        "address": ["https://archive.example.org/records/letter-1"],
        "data provider": ["Example Archive"],
        "collection": ["Telegrams"],
        "language": ["eng"],
        "preview": ["https://archive.example.org/iiif/letter-1/page/1/thumbnail.jpg"],
    }
    _assert_found(TENNESSEE, hub_document, expected)


def test_massachusetts_finds_all_it_reads_and_no_foreign_provider(hub_document: _Element) -> None:
    """Title, key date, rights URI, address, manifest, preview and collection; the source archive is no provider."""
    expected = {
        "title": ["A letter"],
        "date": ["1965-03-02"],
        "rights URI": ["http://rightsstatements.org/vocab/InC/1.0/"],
        "address": ["https://archive.example.org/records/letter-1"],
        "data provider": [],
        "manifest": ["https://archive.example.org/iiif/letter-1/manifest.json"],
        "preview": ["https://archive.example.org/iiif/letter-1/page/1/thumbnail.jpg"],
        "collection": ["Telegrams"],
    }
    _assert_found(MASSACHUSETTS, hub_document, expected)


def test_plains_to_peaks_finds_creator_provider_and_preview(hub_document: _Element) -> None:
    """Creator, provider and preview, each as that hub reads it."""
    expected = {
        "creator": ["Chinese Embassy"],
        "data provider": ["Example Archive"],
        "preview": ["https://archive.example.org/iiif/letter-1/page/1/thumbnail.jpg"],
    }
    _assert_found(PLAINS_TO_PEAKS, hub_document, expected)
