"""edm: what Europeana's rules ask of a document beyond its schema, and its pattern for IIIF."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml.etree import _Element

from mappings import edm
from mappings.repository import Repository
from records.model import Institution, Record

Valid = Callable[[str, bytes | None], _Element]

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "edm": "http://www.europeana.eu/schemas/edm/",
    "ore": "http://www.openarchives.org/ore/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "svcs": "http://rdfs.org/sioc/services#",
    "doap": "http://usefulinc.com/ns/doap#",
}
STATED = {
    "identifier": "map-1",
    "titles": [{"text": "A map"}],
    "types": ["cartographic"],
    "rights": {"uri": "http://creativecommons.org/publicdomain/mark/1.0/"},
}
SERVICE = "https://images.example.org/iiif/map-1"


def _record(**statements: object) -> Record:
    return Record.model_validate(STATED | statements)


def _said(root: _Element, path: str) -> list[str]:
    return [str(found) for found in root.xpath(path, namespaces=NAMES)]


@pytest.mark.parametrize(
    "statements",
    [
        {"rights": {"statement": "Ask us."}},
        {"rights": {"uri": "https://example.org/terms"}},
        {"types": []},
        {"types": ["Collection"]},
        {"types": ["three dimensional object"]},
        {"types": ["text"]},
        {"visibility": "deleted"},
    ],
)
def test_what_is_missing_is_not_made_up(repository: Repository, statements: dict[str, object]) -> None:
    """Without a known rights URI, a type, or a language of a text, there is no EDM."""
    assert edm.write(_record(), repository) is not None
    assert edm.write(_record(**statements), repository) is None


def test_without_a_provider_there_is_none(repository: Repository) -> None:
    """Who gives the records must be stated or configured, and so must who passes them on."""
    alone = replace(repository, institution=None)
    stated = _record(provider={"name": "An Archive"})
    assert edm.write(stated, alone) is None
    assert edm.write(_record(), replace(alone, aggregator=Institution(name="An Aggregator"))) is None
    assert edm.write(stated, replace(alone, aggregator=Institution(name="An Aggregator"))) is not None


def test_providers_are_told_apart(repository: Repository, valid: Valid) -> None:
    """Data provider, intermediate provider and aggregator; an institution without an aggregator delivers itself."""
    hub, aggregator = Institution(name="A Hub"), Institution(name="An Aggregator")
    served = replace(repository, intermediate_provider=hub, aggregator=aggregator)
    root = valid("edm", edm.write(_record(provider={"name": "An Archive"}), served))
    names = ("dataProvider", "intermediateProvider", "provider")
    assert [_said(root, f"ore:Aggregation/edm:{name}/text()") for name in names] == [
        ["An Archive"],
        ["A Hub"],
        ["An Aggregator"],
    ]
    root = valid("edm", edm.write(_record(), repository))
    assert _said(root, "ore:Aggregation/edm:provider/text()") == ["Example Archive"]


def test_images_follow_the_pattern_for_iiif(repository: Repository, valid: Valid) -> None:
    """The first image is shown, the others are views; each refers to the manifest and its service."""
    page = {"width": 300, "height": 400}
    pages = [
        page | {"service": SERVICE, "service_type": "ImageService3", "service_profile": "level2"},
        page | {"image": "https://images.example.org/2.jpg"},
    ]
    root = valid("edm", edm.write(_record(pages=pages), repository))
    first, second = f"{SERVICE}/full/max/0/default.jpg", "https://images.example.org/2.jpg"
    manifest = "https://archive.example.org/iiif/map-1/manifest.json"
    assert _said(root, "edm:WebResource/@rdf:about") == [first, second]
    assert _said(root, "edm:WebResource/dcterms:isReferencedBy/@rdf:resource") == [manifest, manifest]
    assert _said(root, "edm:WebResource/svcs:has_service/@rdf:resource") == [SERVICE]
    assert _said(root, "svcs:Service/dcterms:conformsTo/@rdf:resource") == ["http://iiif.io/api/image"]
    assert _said(root, "svcs:Service/doap:implements/@rdf:resource") == ["http://iiif.io/api/image/3/level2.json"]
    assert _said(root, "ore:Aggregation/edm:isShownBy/@rdf:resource") == [first]
    assert _said(root, "ore:Aggregation/edm:hasView/@rdf:resource") == [second]


@pytest.mark.parametrize(
    ("version", "stated", "said"),
    [
        ("ImageService2", "level1", "http://iiif.io/api/image/2/level1.json"),
        ("ImageService3", "level1", "http://iiif.io/api/image/3/level1.json"),
        ("ImageService2", "http://iiif.io/api/image/2/level0.json", "http://iiif.io/api/image/2/level0.json"),
    ],
)
def test_a_service_implements_what_its_profile_says(
    repository: Repository, valid: Valid, version: str, stated: str, said: str
) -> None:
    """A compliance level by its URI, which names the version; a URI as it is stated."""
    page = {"service": SERVICE, "service_type": version, "service_profile": stated, "width": 3, "height": 4}
    root = valid("edm", edm.write(_record(pages=[page]), repository))
    assert _said(root, "svcs:Service/doap:implements/@rdf:resource") == [said]


def test_a_typeset_page_is_not_the_object(repository: Repository, valid: Valid) -> None:
    """A text without scans has neither image nor preview, but a web page that shows it."""
    record = _record(types=["text"], languages=["en"], texts=[{"content": "Dear friend"}])
    root = valid("edm", edm.write(record, repository))
    assert _said(root, "edm:WebResource/@rdf:about | //edm:isShownBy/@rdf:resource | //edm:object/@rdf:resource") == []
    assert _said(root, "//edm:isShownAt/@rdf:resource") == ["https://archive.example.org/records/map-1"]


@given(data=st.data())
def test_any_document_keeps_europeanas_rules(
    data: st.DataObject, filled_records_strategy: SearchStrategy[Record], repository: Repository, valid: Valid
) -> None:
    """The assertions of the external profile on edm:ProvidedCHO and ore:Aggregation."""
    root = valid("edm", edm.write(data.draw(filled_records_strategy), repository))
    cho = "edm:ProvidedCHO/"
    assert _said(root, f"{cho}dc:title/text() | {cho}dc:description/text()")
    assert _said(root, f"{cho}dc:type/text()")
    (kind,) = _said(root, f"{cho}edm:type/text()")
    assert kind in {"TEXT", "IMAGE", "SOUND", "VIDEO", "3D"}
    assert _said(root, f"{cho}dc:language/text()")
    aggregation = "ore:Aggregation/edm:"
    assert _said(root, f"{aggregation}isShownAt/@rdf:resource")
    assert _said(root, f"{aggregation}dataProvider/text()")
    assert _said(root, f"{aggregation}aggregatedCHO/@rdf:resource") == _said(root, "edm:ProvidedCHO/@rdf:about")
