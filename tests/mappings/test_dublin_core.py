"""oai_dc: what a record says in unqualified Dublin Core."""

from collections.abc import Callable

import pytest
from lxml.etree import _Element

from mappings import dublin_core
from mappings.namespaces import DC, OAI_DC
from mappings.repository import Repository
from records.model import Record

Valid = Callable[[str, bytes | None], _Element]


def _values(root: _Element, name: str) -> list[str | None]:
    return [element.text for element in root.iterchildren(f"{{{DC}}}{name}")]


def _record(**statements: object) -> Record:
    return Record.model_validate({"identifier": "letter-1", "titles": [{"text": "A letter"}], **statements})


def test_the_least_record_says_title_and_address(repository: Repository, valid: Valid) -> None:
    """A record of an identifier and a title gives nothing but these and the institution."""
    root = valid("oai_dc", dublin_core.write(_record(), repository))
    assert [(element.tag, element.text) for element in root] == [
        (f"{{{DC}}}title", "A letter"),
        (f"{{{DC}}}publisher", "Example Archive"),
        (f"{{{DC}}}identifier", "https://archive.example.org/records/letter-1"),
    ]


@pytest.mark.parametrize(
    ("stated", "term"),
    [
        ("text", "Text"),
        ("cartographic", "Image"),
        ("notated music", "Text"),
        ("sound recording-nonmusical", "Sound"),
        ("three dimensional object", "PhysicalObject"),
        ("mixed material", "mixed material"),
        ("Dataset", "Dataset"),
    ],
)
def test_a_stated_type_is_its_dcmi_term(stated: str, term: str, repository: Repository, valid: Valid) -> None:
    """A MODS type becomes the DCMI term that the Library of Congress gives it; one without a term stays as it is."""
    root = valid("oai_dc", dublin_core.write(_record(types=[stated]), repository))
    assert _values(root, "type") == [term]


def test_a_contact_that_the_statement_names_is_not_said_twice(repository: Repository, valid: Valid) -> None:
    """A contact inside the rights statement stays there; only one beside it gets an element."""
    rights = {"statement": "Ask rights@example.org.", "contact": "rights@example.org"}
    root = valid("oai_dc", dublin_core.write(_record(rights=rights), repository))
    assert _values(root, "rights") == ["Ask rights@example.org."]


def test_native_dublin_core_is_served_with_what_it_lacks(repository: Repository, valid: Valid) -> None:
    """A document that arrived as oai_dc keeps its elements in their order; our links and lost statements follow."""
    native = (
        f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}">'
        "<dc:rights>\n Ask für mich.</dc:rights><dc:title>Native</dc:title></oai_dc:dc>"
    )
    record = _record(
        native={"format": "oai_dc", "document": native},
        rights={"statement": "Ask für mich."},
        funding=[{"acknowledgment": "Thanks."}],
        abstracts=[{"text": "Something to show."}],
    )
    root = valid("oai_dc", dublin_core.write(record, repository))
    assert [element.text for element in root] == [
        "\n Ask für mich.",
        "Native",
        "Thanks.",
        "https://archive.example.org/records/letter-1",
        "https://archive.example.org/iiif/letter-1/manifest.json",
    ]


@pytest.mark.parametrize(
    "document",
    [
        "<not-well-formed",
        "<other/>",
        f'<!DOCTYPE d [<!ENTITY e "x">]><d:dc xmlns:d="{OAI_DC}"><title xmlns="{DC}">&e;</title></d:dc>',
    ],
)
def test_a_native_document_that_is_no_dublin_core_is_written_from_the_fields(
    document: str, repository: Repository
) -> None:
    """What cannot be served as one safe document is written from the record's fields instead."""
    native = {"format": "oai_dc", "document": document}
    assert dublin_core.write(_record(native=native), repository) == dublin_core.write(_record(), repository)
