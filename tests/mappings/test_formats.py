"""What holds for every format that can be harvested: valid, nothing empty, nothing invented, what is owed verbatim."""

import copy
import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml.etree import _Element
from pydantic import ValidationError

from mappings.formats import FORMATS
from mappings.repository import Repository
from records.model import Record

Valid = Callable[[str, bytes | None], _Element]
Golden = Callable[[str, bytes | None], None]

GOLDEN = pathlib.Path(__file__).parents[1] / "golden"

SUFFICIENT = {
    "identifier": "letter-1",
    "titles": [{"text": "A letter"}],
    "types": ["text"],
    "languages": ["en"],
    "dates": [{"edtf": "1965-03-02", "kind": "issued"}],
    "identifiers": [{"value": "10.12345/letter-1", "kind": "doi"}],
    "agents": [{"name": "A writer", "roles": ["aut"]}],
    "rights": {"uri": "http://rightsstatements.org/vocab/InC/1.0/"},
    "texts": [{"content": "Dear friend"}],
}
"""A record that states what any format asks for."""

pytestmark = pytest.mark.parametrize("prefix", FORMATS)


@pytest.mark.parametrize("name", ["telegram", "maximal"])
def test_the_golden_documents(
    prefix: str, name: str, request: pytest.FixtureRequest, repository: Repository, valid: Valid, golden: Golden
) -> None:
    """The seed record and one with every field become the whole documents that were read in review."""
    record = request.getfixturevalue({"telegram": "seed_record", "maximal": "maximal_record"}[name])
    document = FORMATS[prefix].write(record, repository)
    if document is None:
        assert not (GOLDEN / name / f"{prefix}.xml").exists()
    else:
        valid(prefix, document)
        golden(f"{name}/{prefix}.xml", document)


def test_a_deletion_has_no_document(prefix: str, repository: Repository) -> None:
    """A record that is only a deletion cannot fill the format."""
    assert FORMATS[prefix].write(Record(identifier="gone", visibility="deleted"), repository) is None


def test_a_sufficient_record_fills_every_format(prefix: str, repository: Repository, valid: Valid) -> None:
    """A record that states what any format asks for has a valid document in each."""
    valid(prefix, FORMATS[prefix].write(Record.model_validate(SUFFICIENT), repository))


@pytest.mark.parametrize(
    "edtf",
    [
        *("1920~", "1905?", "1905%", "18XX", "189X", "186X?", "1965-21", "[1965,1966]", "{1965,1967}", "../1950~"),
        *("1950/..", "1918~/1920~", "192X/193X", "1900~/194X~", "1906-03-06/1906-03-08", "1965-03-02/1966"),
    ],
)
def test_a_date_of_every_form_leaves_each_format_valid(
    prefix: str, edtf: str, repository: Repository, valid: Valid
) -> None:
    """All that words become (`records.written.dates`) goes out; DataCite, which asks for a year, may have none."""
    stated = Record.model_validate({**SUFFICIENT, "dates": [{"edtf": edtf, "text": "in words"}]})
    document = FORMATS[prefix].write(stated, repository)
    if document is not None or prefix != "oai_datacite":
        valid(prefix, document)


@given(data=st.data())
def test_every_document_is_valid_and_says_nothing_empty(
    prefix: str, data: st.DataObject, records_strategy: SearchStrategy[Record], repository: Repository, valid: Valid
) -> None:
    """Whatever a record states, its document, if it has one, is valid and has no empty element or attribute."""
    document = FORMATS[prefix].write(data.draw(records_strategy), repository)
    if document is not None:
        valid(prefix, document)


@given(data=st.data())
def test_whatever_else_a_sufficient_record_states_it_fills_every_format(
    prefix: str,
    data: st.DataObject,
    filled_records_strategy: SearchStrategy[Record],
    repository: Repository,
    valid: Valid,
) -> None:
    """It has a document in each, which is valid and says nothing empty."""
    valid(prefix, FORMATS[prefix].write(data.draw(filled_records_strategy), repository))


@given(data=st.data())
def test_rights_and_acknowledgment_come_back_character_for_character(
    prefix: str, data: st.DataObject, texts_strategy: SearchStrategy[str], repository: Repository, valid: Valid
) -> None:
    """The rights statement and the acknowledgment are elements of their own, unchanged for any Unicode text."""
    statement, acknowledgment = data.draw(texts_strategy), data.draw(texts_strategy)
    rights = {"statement": statement, "uri": "http://rightsstatements.org/vocab/InC/1.0/"}
    funding = [{"acknowledgment": acknowledgment, "funder": "A funder", "award": "1"}]
    record = Record.model_validate({**SUFFICIENT, "rights": rights, "funding": funding})
    root = valid(prefix, FORMATS[prefix].write(record, repository))
    assert {statement, acknowledgment} <= {element.text for element in root.iter()}


Path = tuple[str | int, ...]


def _paths(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the place of every statement inside statements."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield (*path, key)
        yield from _paths(item, (*path, key))


def _without(statements: dict[str, Any], path: Path) -> tuple[dict[str, Any], object]:
    """Return statements without the one at a place, and that one."""
    left = copy.deepcopy(statements)
    holder: Any = left
    for key in path[:-1]:
        holder = holder[key]
    return left, holder.pop(path[-1])


def test_a_dropped_statement_leaves_no_trace(
    prefix: str,
    maximal_statements: dict[str, Any],
    repository: Repository,
    valid: Valid,
    unique_texts: Callable[[object], set[str]],
) -> None:
    """Each statement dropped by itself: the document, if there still is one, is valid and says nothing of it."""
    tried = 0
    for path in _paths(maximal_statements):
        left, dropped = _without(maximal_statements, path)
        try:
            record = Record.model_validate(left)
        except ValidationError:
            continue
        tried += 1
        if (document := FORMATS[prefix].write(record, repository)) is not None:
            said = set(valid(prefix, document).xpath(".//text() | .//@*"))
            assert not unique_texts(dropped) & said, path
    assert tried > 200
