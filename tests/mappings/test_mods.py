"""MODS 3.8: what a record says in it, and that nothing is lost."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml.etree import _Element

from mappings import mods
from mappings.namespaces import MODS, XLINK
from mappings.repository import Repository
from records.model import Record

Valid = Callable[[str, bytes | None], _Element]
M = f"{{{MODS}}}"
HREF = f"{{{XLINK}}}href"


def _texts(root: _Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces={"m": MODS, "xlink": XLINK})
    return [item if isinstance(item, str) else "".join(item.itertext()) for item in found]


def _record(**statements: object) -> Record:
    return Record.model_validate({"identifier": "letter-1", "titles": [{"text": "A letter"}], **statements})


# Laws


@given(data=st.data())
def test_every_document_is_valid_with_one_primary_url_and_one_term_to_a_role(
    data: st.DataObject, records_strategy: SearchStrategy[Record], repository: Repository, valid: Valid
) -> None:
    """Whatever a record states: the document is valid, says nothing empty, and is as hubs expect it."""
    root = valid("mods", mods.write(data.draw(records_strategy), repository))
    assert len(root.findall(f"{M}location/{M}url[@usage='primary']")) == 1
    assert len(root.findall(f".//{M}*[@keyDate]")) <= 1
    assert all(len(location.findall(f"{M}url")) <= 1 for location in root.iter(f"{M}location"))
    for role in root.iter(f"{M}role"):
        assert [term.get("type") for term in role] == ["text"]


@given(data=st.data())
def test_rights_and_acknowledgment_come_back_character_for_character(
    data: st.DataObject, texts_strategy: SearchStrategy[str], repository: Repository, valid: Valid
) -> None:
    """The rights statement and the acknowledgment are elements of their own, unchanged for any Unicode text."""
    statement, acknowledgment = data.draw(texts_strategy), data.draw(texts_strategy)
    record = _record(rights={"statement": statement}, funding=[{"acknowledgment": acknowledgment}])
    root = valid("mods", mods.write(record, repository))
    assert _texts(root, "m:accessCondition") == [statement]
    assert _texts(root, "m:note[@type='funding']") == [acknowledgment]


NOT_IN_MODS = {
    *("Part 0142", "Chapter 0143", "whole-0144.pdf", "Download label 0145"),
    "https://provider.example.org/logo-0087.png",
    "foundation-0081",
    "letters-0058:inner-0059",
    "Whole text 0090",
    "Page text 0091",
    "Word 0092",
    "Paraphrase 0093",
    "1r 0095",
    "Page description 0096",
    "page-0094.jpg",
    "https://images.example.org/0097.jpg",
    "https://images.example.org/service-0098",
    "2001-01-01",
    "value-0116",
}
"""What MODS leaves to the manifest, the texts, the sets and the report of the load (docstring of the mapping)."""


def test_everything_that_is_stated_is_in_mods(
    maximal_statements: dict[str, Any],
    maximal_record: Record,
    repository: Repository,
    valid: Valid,
    unique_texts: Callable[[object], set[str]],
) -> None:
    """Every text of a record with every field filled stands in its MODS, save what the mapping says it leaves out."""
    root = valid("mods", mods.write(maximal_record, repository))
    said = set(root.xpath(".//text() | .//@*"))
    assert unique_texts(maximal_statements) - said == NOT_IN_MODS


def test_the_maximal_record_fills_every_field(maximal_statements: dict[str, Any]) -> None:
    """The record that the laws are tried on leaves no field out, but the document it came as and where that is from."""
    assert set(Record.model_fields) - set(maximal_statements) == {"native", "provenance"}


# Rules one by one


def test_a_typeset_page_is_no_preview(repository: Repository, valid: Valid) -> None:
    """A record with a text and no page image offers a manifest and no preview."""
    root = valid("mods", mods.write(_record(texts=[{"content": "Typed."}]), repository))
    assert _texts(root, "//m:url[@note='iiif-manifest']")
    assert not _texts(root, "//m:url[@access='preview']")


def test_a_carriage_return_survives_as_a_character_reference(repository: Repository, valid: Valid) -> None:
    """A lone carriage return inside a statement is escaped, so that no parser turns it into a line feed."""
    document = mods.write(_record(rights={"statement": "one\rtwo"}), repository)
    assert _texts(valid("mods", document), "m:accessCondition") == ["one\rtwo"]
    assert b">one&#13;two<" in (document or b"")


@pytest.mark.parametrize(
    ("tag", "terms"),
    [
        ("zh", {"iso639-2b": "chi", "rfc5646": "zh"}),
        ("de", {"iso639-2b": "ger", "rfc5646": "de"}),
        ("sr-Latn", {"iso639-2b": "srp", "rfc5646": "sr-Latn"}),
        ("haw", {"iso639-2b": "haw"}),
        ("yue", {"rfc5646": "yue"}),
    ],
)
def test_a_language_is_its_bibliographic_code_and_its_tag_where_that_says_else(
    tag: str, terms: dict[str, str], repository: Repository, valid: Valid
) -> None:
    """ISO 639-2/B where that standard knows the language, and the tag where it differs."""
    root = valid("mods", mods.write(_record(languages=[tag]), repository))
    assert {str(term.get("authority")): term.text for term in root.iter(f"{M}languageTerm")} == terms


def test_names_of_funders_can_be_left_out(repository: Repository, valid: Valid) -> None:
    """Where a hub takes every name for a creator, the funder is a note with its identifier and no name."""
    record = _record(funding=[{"funder": "Foundation", "identifier": "https://ror.org/abc"}])
    root = valid("mods", mods.write(record, dataclasses.replace(repository, funder_names=False)))
    assert not _texts(root, "m:name")
    assert _texts(root, "m:note[@type='funding']") == ["Foundation"]
    assert _texts(root, "m:note[@type='funding']/@xlink:href") == ["https://ror.org/abc"]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (["1965-03"], [("dateCreated", "1965-03", {"encoding": "w3cdtf", "keyDate": "yes"})]),
        (["1965-21"], [("dateCreated", "1965-21", {"encoding": "edtf", "keyDate": "yes"})]),
        (
            ["1965-03/1965-22"],
            [
                ("dateCreated", "1965-03/1965-22", {"encoding": "edtf"}),
                ("dateCreated", "1965-03", {"encoding": "w3cdtf", "point": "start", "keyDate": "yes"}),
            ],
        ),
        (
            ["1920~"],
            [("dateCreated", "1920~", {"encoding": "edtf", "qualifier": "approximate", "keyDate": "yes"})],
        ),
        (
            ["1927/1929?"],
            [
                ("dateCreated", "1927/1929?", {"encoding": "edtf", "qualifier": "questionable"}),
                ("dateCreated", "1927", {"encoding": "w3cdtf", "point": "start", "keyDate": "yes"}),
                ("dateCreated", "1929", {"encoding": "w3cdtf", "qualifier": "questionable", "point": "end"}),
            ],
        ),
        (
            ["../1950", "1965"],
            [
                ("dateCreated", "../1950", {"encoding": "edtf", "keyDate": "yes"}),
                ("dateCreated", "1950", {"encoding": "w3cdtf", "point": "end"}),
                ("dateCreated", "1965", {"encoding": "w3cdtf"}),
            ],
        ),
    ],
)
def test_a_date_says_what_its_edtf_says(
    stated: list[str], said: list[tuple[str, str, dict[str, str]]], repository: Repository, valid: Valid
) -> None:
    """Plain dates are W3CDTF, all others EDTF; a range gives its plain ends; one date is the key date."""
    root = valid("mods", mods.write(_record(dates=[{"edtf": edtf} for edtf in stated]), repository))
    found = [(date.tag, date.text, dict(date.attrib)) for date in root.iterfind(f"{M}originInfo/*")]
    assert found == [(f"{M}{name}", text, attributes) for name, text, attributes in said]


def test_an_upload_is_no_key_date(repository: Repository, valid: Valid) -> None:
    """A record that knows only its day of uploading has no date to sort by."""
    root = valid("mods", mods.write(_record(dates=[{"edtf": "2011-11-20", "kind": "uploaded"}]), repository))
    assert [dict(date.attrib) for date in root.iter(f"{M}dateOther")] == [{"encoding": "w3cdtf", "type": "uploaded"}]


# MODS that arrived


NATIVE = f"""<mods xmlns="{MODS}" xmlns:xlink="{XLINK}" version="3.5"><!-- kept -->
  <titleInfo><title>Native</title><subTitle>with a subtitle that the record does not hold</subTitle></titleInfo>
  <location>
    <physicalLocation>Archive</physicalLocation>
    <url usage="primary display">https://old.example.org/1</url>
  </location>
  <accessCondition type="use and reproduction">Native rights</accessCondition>
</mods>"""


def test_native_mods_is_served_with_what_it_lacks_and_no_second_primary_url(
    repository: Repository, valid: Valid
) -> None:
    """A record that arrived as MODS keeps every byte of it inside; links, rights URI and acknowledgment follow."""
    record = _record(
        native={"format": "mods", "document": NATIVE},
        rights={"statement": "Native rights", "uri": "http://creativecommons.org/licenses/by/4.0/"},
        funding=[{"acknowledgment": "Thanks."}],
        pages=[{"file": "1.jpg"}],
    )
    document = mods.write(record, repository)
    root = valid("mods", document)
    added = [
        f'<accessCondition type="use and reproduction" xlink:href="{"http://creativecommons.org/licenses/by/4.0/"}">'
        "CC BY 4.0</accessCondition>",
        '<note type="funding">Thanks.</note>',
        '<location><url access="object in context">https://archive.example.org/records/letter-1</url></location>',
        '<location><url note="iiif-manifest">https://archive.example.org/iiif/letter-1/manifest.json</url></location>',
        '<location><url access="preview">https://archive.example.org/iiif/letter-1/page/1/thumbnail.jpg</url></location>',
    ]
    assert document == NATIVE.replace("</mods>", "".join(added) + "</mods>").encode()
    assert len(root.xpath("//@usage")) == 1


def test_native_mods_without_an_address_gets_ours_as_the_primary_one(repository: Repository, valid: Valid) -> None:
    """Where no url of the native document is primary, the landing page is."""
    native = f'<mods xmlns="{MODS}"><titleInfo><title>Native</title></titleInfo></mods>'
    root = valid("mods", mods.write(_record(native={"format": "mods", "document": native}), repository))
    assert _texts(root, "//m:url[@usage='primary']") == ["https://archive.example.org/records/letter-1"]


def test_a_native_document_asks_for_nothing_outside_itself(repository: Repository) -> None:
    """A document type declaration is neither resolved nor passed on: the record is written from its fields."""
    bomb = f'<!DOCTYPE mods [<!ENTITY e SYSTEM "file:///etc/hostname">]><mods xmlns="{MODS}"><note>&e;</note></mods>'
    native = {"format": "mods", "document": bomb}
    assert mods.write(_record(native=native), repository) == mods.write(_record(), repository)
