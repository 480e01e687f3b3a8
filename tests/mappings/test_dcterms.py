"""oai_dcterms: what a record says in qualified Dublin Core, and the schema that we serve for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml.etree import _Element

from mappings import dcterms
from mappings.namespaces import DCTERMS, QUALIFIED_DC, XSI
from mappings.repository import Repository
from records.model import Record

Valid = Callable[[str, bytes | None], _Element]

SCHEMA = Path(__file__).parents[2] / "mappings" / "schemas" / "qualifieddc.xsd"

NOT_IN_DCTERMS = {
    *("Part 0142", "Chapter 0143", "whole-0144.pdf", "Download label 0145"),
    *("http://id.loc.gov/authorities/names/n0011", "naf-0012", "https://viaf.org/viaf/0015"),
    *("http://vocab.getty.edu/aat/0025", "aat-0026", "http://id.loc.gov/authorities/subjects/sh0039", "lcsh-0040"),
    *("Pyongyang origin 0028", "http://sws.geonames.org/0029", "geonames-0030", "Edition statement 0031"),
    *("about 1927 to 1929 0020", "March 2, 1965 0021", "issued words 0019", "uploaded words 0022"),
    *("note kind 0036", "Label 0063", "Related description 0122", "oai:former.example.org:stated-oai-0002"),
    *("Foundation Name 0078", "https://ror.org/0079", "foundation-0081", "https://funder.example.org/0083"),
    *("Award 0084", "https://provider.example.org/0086", "https://provider.example.org/logo-0087.png"),
    *("https://isni.org/isni/0088", "Text label 0089", "Whole text 0090", "Page text 0091", "Word 0092"),
    *("Paraphrase 0093", "page-0094.jpg", "1r 0095", "Page description 0096"),
    *("https://images.example.org/0097.jpg", "https://images.example.org/service-0098"),
    *("Landing label 0100", "https://landing.example.org/second-0101", "Manifest label 0103"),
    *("https://preview.example.org/0104", "image/x-preview-0105", "https://file.example.org/0106"),
    *("File label 0107", "application/x-0108", "https://transcript.example.org/0109"),
    *("https://aid.example.org/0110", "https://other.example.org/0111", "Other label 0112"),
    *(
        "Cataloguing source 0113",
        "Record origin 0114",
        "2009-01-02",
        "2010~",
        "value-0116",
        "2001-01-01",
        "letters-0058:inner-0059",
    ),
}


def _said(root: _Element, *terms: str) -> list[tuple[str, str | None, str | None]]:
    found = ((etree.QName(element).localname, element) for element in root)
    return [(name, element.text, element.get(f"{{{XSI}}}type")) for name, element in found if name in terms]


def _record(**statements: object) -> Record:
    return Record.model_validate({"identifier": "letter-1", "titles": [{"text": "A letter"}], **statements})


def test_what_is_left_out_is_what_the_mapping_says(
    maximal_statements: dict[str, Any],
    maximal_record: Record,
    repository: Repository,
    valid: Valid,
    unique_texts: Callable[[object], set[str]],
) -> None:
    """Every text of a record with every field stands in its document, save what dcterms has no term for."""
    root = valid("oai_dcterms", dcterms.write(maximal_record, repository))
    said = "\n".join(root.xpath(".//text()"))
    assert {text for text in unique_texts(maximal_statements) if text not in said} == NOT_IN_DCTERMS


def test_every_element_is_a_term_and_a_typed_one_has_no_language(
    maximal_record: Record, repository: Repository, valid: Valid
) -> None:
    """All is in the dcterms namespace; an encoding scheme excludes a language."""
    for element in valid("oai_dcterms", dcterms.write(maximal_record, repository)):
        assert etree.QName(element).namespace == DCTERMS
        assert len(element.attrib) <= 1


@pytest.mark.parametrize(
    ("stated", "scheme"),
    [
        ("1965", "dcterms:W3CDTF"),
        ("1965-03", "dcterms:W3CDTF"),
        ("1965-03-02", "dcterms:W3CDTF"),
        ("0000", None),
        ("1920~", None),
        ("1927/1929", None),
        ("156X", None),
        ("1965-21", None),
        ("1965-41", None),
    ],
)
def test_a_plain_date_is_typed(stated: str, scheme: str | None, repository: Repository, valid: Valid) -> None:
    """W3CDTF says a year, a month or a day; all else, a season too, stays EDTF; XML Schema knows no year 0000."""
    root = valid("oai_dcterms", dcterms.write(_record(dates=[{"edtf": stated}]), repository))
    assert _said(root, "created") == [("created", stated, scheme)]


def test_a_language_is_a_code_or_a_tag_that_says_more(repository: Repository, valid: Valid) -> None:
    """ISO 639-2 where it says all, else the tag."""
    root = valid("oai_dcterms", dcterms.write(_record(languages=["zh", "zh-Hant", "yue"]), repository))
    assert _said(root, "language") == [
        ("language", "chi", "dcterms:ISO639-2"),
        ("language", "zh-Hant", "dcterms:RFC4646"),
        ("language", "yue", "dcterms:RFC4646"),
    ]


@pytest.mark.parametrize(
    ("uri", "term"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "license"),
        ("http://rightsstatements.org/vocab/InC/1.0/", "rights"),
        ("https://example.org/terms", "rights"),
    ],
)
def test_a_licence_is_a_licence(uri: str, term: str, repository: Repository, valid: Valid) -> None:
    """A URI of Creative Commons is dcterms:license, any other one dcterms:rights."""
    root = valid("oai_dcterms", dcterms.write(_record(rights={"uri": uri}), repository))
    assert _said(root, "license", "rights") == [(term, uri, "dcterms:URI")]


def test_only_the_manifest_references_the_record(repository: Repository, valid: Valid) -> None:
    """Hubs take what stands in isReferencedBy for the manifest; without one there is none."""
    root = valid("oai_dcterms", dcterms.write(_record(abstracts=[{"text": "To read."}]), repository))
    manifest = "https://archive.example.org/iiif/letter-1/manifest.json"
    assert _said(root, "isReferencedBy") == [("isReferencedBy", manifest, "dcterms:URI")]
    assert _said(valid("oai_dcterms", dcterms.write(_record(), repository)), "isReferencedBy") == []


def test_the_schema_refuses_what_is_no_dublin_core(schema: Callable[[str], etree.XMLSchema]) -> None:
    """The schema that we serve compiles out of DCMI's and holds its rules: terms alone, dates as W3CDTF."""
    official = schema(str(SCHEMA))
    for inside in ("<x/>", '<t:created xsi:type="t:W3CDTF">1920~</t:created>'):
        names = f'xmlns="{QUALIFIED_DC}" xmlns:t="{DCTERMS}" xmlns:xsi="{XSI}"'
        assert not official.validate(etree.fromstring(f"<qualifieddc {names}>{inside}</qualifieddc>"))
