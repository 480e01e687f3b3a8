"""MODS as hubs of the Digital Public Library of America read it: Tennessee, Massachusetts and Plains to Peaks.

Each reader here finds what that hub's mapping finds, by the same elements and attributes. Massachusetts takes the
provider from a physical location at the top, which we do not state: the records are copies, and the archive that keeps
the original must not be taken for their provider. Plains to Peaks takes the address only from a usage that MODS 3.8
deprecates, and the rights URI from an element's text.
"""

from collections.abc import Callable

import pytest
from lxml.etree import _Element

from mappings import mods
from mappings.namespaces import MODS, XLINK
from mappings.repository import Repository
from records.model import Record

Valid = Callable[[str, bytes | None], _Element]
M = f"{{{MODS}}}"
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


def _texts(root: _Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces={"m": MODS, "xlink": XLINK})
    return [item if isinstance(item, str) else "".join(item.itertext()) for item in found]


def _joined_role(name: _Element) -> str:
    return "".join(_texts(name, "m:role/m:roleTerm"))


def _tennessee(root: _Element) -> dict[str, list[str]]:
    return {
        "creator": [
            "".join(_texts(name, "m:namePart")) for name in root.iter(f"{M}name") if _joined_role(name) == "creator"
        ],
        "rights": _texts(root, "m:accessCondition[@type='use and reproduction']/@xlink:href"),
        "shown at": _texts(root, "m:location/m:url[starts-with(@usage,'primary') and @access='object in context']"),
        "provider": _texts(root, "m:recordInfo/m:recordContentSource"),
        "collection": _texts(root, "m:relatedItem[@displayLabel='Collection']/m:titleInfo/m:title"),
        "language": _texts(root, "m:language/m:languageTerm[@type='code' and @authority='iso639-2b']"),
        "preview": _texts(root, "m:location/m:url[@access='preview']"),
    }


def _massachusetts(root: _Element) -> dict[str, list[str]]:
    return {
        "title": _texts(root, "m:titleInfo[@usage='primary']/m:title"),
        "date": _texts(root, "m:originInfo/m:dateCreated[@keyDate='yes' and @encoding='w3cdtf']"),
        "rights": _texts(root, "m:accessCondition[@type='use and reproduction']/@xlink:href"),
        "shown at": _texts(root, "m:location/m:url[@usage='primary' and @access='object in context']"),
        "provider": _texts(root, "m:location/m:physicalLocation"),
        "manifest": _texts(root, "m:location/m:url[@note='iiif-manifest']"),
        "preview": _texts(root, "m:location/m:url[@access='preview']"),
        "collection": _texts(root, "m:relatedItem[@type='host']/m:titleInfo/m:title"),
    }


def _plains_to_peaks(root: _Element) -> dict[str, list[str]]:
    return {
        "creator": [
            "".join(_texts(name, "m:namePart")) for name in root.iter(f"{M}name") if _joined_role(name) == "creator"
        ],
        "provider": _texts(root, "m:note[@type='ownership']"),
        "preview": _texts(root, "m:location/m:url[@access='preview']"),
    }


@pytest.fixture
def hub_document(repository: Repository, valid: Valid) -> _Element:
    """Give the document of a scanned telegram as hubs would harvest it."""
    record = Record.model_validate(STATEMENTS)
    return valid("mods", mods.write(record, repository))


def test_tennessee_finds_all_it_reads(hub_document: _Element) -> None:
    """Creator, rights URI, address, provider, collection, the text's language and preview, as that hub reads them."""
    assert _tennessee(hub_document) == {
        "creator": ["Chinese Embassy"],
        "rights": ["http://rightsstatements.org/vocab/InC/1.0/"],
        "shown at": ["https://archive.example.org/records/letter-1"],
        "provider": ["Example Archive"],
        "collection": ["Telegrams"],
        "language": ["eng"],
        "preview": ["https://archive.example.org/iiif/letter-1/page/1/thumbnail.jpg"],
    }


def test_massachusetts_finds_all_it_reads_and_no_foreign_provider(hub_document: _Element) -> None:
    """Title, key date, rights URI, address, manifest, preview and collection; the source archive is no provider."""
    assert _massachusetts(hub_document) == {
        "title": ["A letter"],
        "date": ["1965-03-02"],
        "rights": ["http://rightsstatements.org/vocab/InC/1.0/"],
        "shown at": ["https://archive.example.org/records/letter-1"],
        "provider": [],
        "manifest": ["https://archive.example.org/iiif/letter-1/manifest.json"],
        "preview": ["https://archive.example.org/iiif/letter-1/page/1/thumbnail.jpg"],
        "collection": ["Telegrams"],
    }


def test_plains_to_peaks_finds_creator_provider_and_preview(hub_document: _Element) -> None:
    """Creator, provider and preview, each as that hub reads it."""
    assert _plains_to_peaks(hub_document) == {
        "creator": ["Chinese Embassy"],
        "provider": ["Example Archive"],
        "preview": ["https://archive.example.org/iiif/letter-1/page/1/thumbnail.jpg"],
    }
