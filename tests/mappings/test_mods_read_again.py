"""What we write as MODS is read again as the same record, wherever MODS carries it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import etree
from lxml.etree import _Element

from mappings import mods, rights
from mappings.repository import Repository
from records.model import Funding, Record
from records.readers import mods as reader
from records.readers.found import Taken
from records.readers.place import Place

Valid = Callable[[str, bytes | None], _Element]


def _again(document: bytes) -> Taken:
    taken = reader.read(etree.fromstring(document), Place(Path("written.xml"), "record 1 (line 1)"))
    assert isinstance(taken, Taken), taken
    return taken


def _written(record: Record, repository: Repository) -> bytes:
    document = mods.write(record, repository)
    assert document is not None
    return document


def test_a_record_of_every_field_is_read_again(maximal_statements: dict[str, Any], repository: Repository) -> None:
    """Read again, it has the same values in the fields that MODS carries as they are."""
    record = Record.model_validate(maximal_statements)
    taken = _again(_written(record, repository))
    again = taken.record
    assert again.identifier == record.identifier
    assert again.oai_identifier == record.oai_identifier
    for name in (
        "identifiers",
        "genres",
        "places_of_origin",
        "edition",
        "languages",
        "original_languages",
        "abstracts",
        "contents",
        "notes",
        "subjects",
        "source",
        "extents",
        "media_types",
        "digital_origin",
        "rights",
        "cataloguing",
    ):
        assert getattr(again, name) == getattr(record, name), name
    assert set(again.titles) == set(record.titles)
    assert set(record.dates) == set(again.dates)
    assert set(record.types) <= set(again.types)
    assert set(record.relations) <= set(again.relations)
    assert set(record.agents) <= set(again.agents)
    assert rights.acknowledgments(again) == rights.acknowledgments(record)
    assert taken.told.native_only == ()
    assert taken.told.mended == ()
    assert {fault.value for fault in taken.told.noted} <= {"undated words 0023"}


@given(data=st.data())
def test_what_is_read_again_is_served_as_valid_mods_and_states_the_same(
    data: st.DataObject, records_strategy: SearchStrategy[Record], repository: Repository, valid: Valid
) -> None:
    """Whatever a record states: its MODS, read, keeps rights, acknowledgments and titles, and is valid as served."""
    record = data.draw(records_strategy)
    again = _again(_written(record, repository)).record
    assert again.titles[0].kind == "main"
    assert len(again.titles) == len(record.titles)
    assert len(again.agents) >= len(record.agents)
    assert rights.acknowledgments(again) == rights.acknowledgments(record)
    assert rights.statement(again) == rights.statement(record)
    assert rights.uri(again) == rights.uri(record)
    valid("mods", mods.write(again, repository))


SHORT = (
    '<mods xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink">'
    "<titleInfo><title>A letter</title></titleInfo><identifier>letter-1</identifier>"
)


def test_a_document_is_served_with_what_it_lacks_and_not_twice_what_it_has(
    repository: Repository, valid: Valid
) -> None:
    """A rights URI in another form, a statement, a primary url are there already; an acknowledgment is added."""
    document = (
        f"{SHORT}<accessCondition xlink:href='https://rightsstatements.org/page/InC/1.0/'>In Copyright"
        "</accessCondition><accessCondition>Ask us.</accessCondition><classification>942</classification>"
        "<location><url usage='primary'>https://a.example.org/1</url></location></mods>"
    )
    record = _again(document.encode()).record
    gained = record.model_copy(update={"funding": (Funding(acknowledgment="Paid by the Vale Fund."),)})
    root = valid("mods", mods.write(gained, repository))
    names = [etree.QName(child).localname for child in root]
    assert names == [
        "titleInfo",
        "identifier",
        "accessCondition",
        "accessCondition",
        "classification",
        "location",
        "note",
    ]
    assert root[-1].text == "Paid by the Vale Fund."
