"""Documents that records arrived as, read and served again: valid, untouched, with what they lack."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import etree
from lxml.etree import _Element

from mappings.formats import FORMATS
from mappings.native import squeezed
from mappings.repository import Repository
from records.errors import RecordError
from records.model import Record
from records.readers.found import Options, Taken
from records.readers.xml import find
from tests.records.leaves import lost

Valid = Callable[[str, bytes | None], _Element]
Again = Callable[[bytes], Taken]

URI = "http://rightsstatements.org/vocab/InC/1.0/"
STATED = {
    "rights": {"statement": "Ask the harbour office.", "uri": URI},
    "funding": [{"acknowledgment": "Paid for by the Quay Fund."}],
}
"""What a collection states for its records."""

LEADING_ON = " :;,=/"
"""Punctuation that falls away at the end of a title in MARC."""

DC_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
DOCUMENTS = {
    "oai_dc": f'<o:dc xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" {DC_NAMESPACES}>\n'
    "<dc:identifier>7</dc:identifier><!-- first --><dc:title>Harbour</dc:title>"
    "<dc:description>A quay.</dc:description></o:dc>",
    "oai_dcterms": f'<q:qualifieddc xmlns:q="http://dspace.org/qualifieddc/" {DC_NAMESPACES}>\n'
    '<dc:identifier>7</dc:identifier><dcterms:issued xsi:type="dcterms:W3CDTF">1931</dcterms:issued>'
    '<dc:title xml:lang="en">Harbour</dc:title><dcterms:abstract>A quay.</dcterms:abstract></q:qualifieddc>',
    "marc21": '<m:record xmlns:m="http://www.loc.gov/MARC21/slim"><m:leader>00000nam a2200000 a 4500</m:leader>'
    '<m:controlfield tag="001">7</m:controlfield><m:datafield tag="245" ind1="0" ind2="0">'
    '<m:subfield code="a">Harbour /</m:subfield></m:datafield><m:datafield tag="100" ind1="1" ind2=" ">'
    '<m:subfield code="a">Roe, Ann,</m:subfield></m:datafield><m:datafield tag="520" ind1=" " ind2=" ">'
    '<m:subfield code="a">A quay.</m:subfield></m:datafield></m:record>',
}


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Again:
    """Give a function that reads a document with one record."""
    path = tmp_path_factory.mktemp("again") / "document.xml"

    def read(document: bytes) -> Taken:
        path.write_bytes(document)
        (found,) = find(path, Options())
        taken = found if isinstance(found, RecordError) else found.read()
        assert isinstance(taken, Taken), str(taken)
        return taken

    return read


def _texts(root: _Element) -> list[str]:
    return [element.text or "" for element in root.iter(etree.Element) if not len(element)]


@pytest.mark.parametrize("prefix", DOCUMENTS)
def test_a_document_is_served_as_it_came_with_what_it_lacks(
    prefix: str, again: Again, repository: Repository, valid: Valid
) -> None:
    """Its elements first, in their order; then rights, acknowledgment and address, each once."""
    record = Record.model_validate({**again(DOCUMENTS[prefix].encode()).record.model_dump(), **STATED})
    root = valid(prefix, FORMATS[prefix].write(record, repository))
    said = _texts(etree.fromstring(DOCUMENTS[prefix]))
    assert _texts(root)[: len(said)] == said
    added = _texts(root)[len(said) :]
    for text in ("Ask the harbour office.", URI, "Paid for by the Quay Fund."):
        assert added.count(text) == 1
    assert "https://archive.example.org/records/7" in added
    served = again(etree.tostring(root)).record
    twice = Record.model_validate({**served.model_dump(), "identifier": record.identifier, **STATED})
    assert _texts(valid(prefix, FORMATS[prefix].write(twice, repository))) == _texts(root)


@pytest.mark.parametrize("prefix", DOCUMENTS)
@given(data=st.data())
def test_what_we_write_of_any_record_is_read_again(
    prefix: str,
    data: st.DataObject,
    records_strategy: SearchStrategy[Record],
    again: Again,
    repository: Repository,
    valid: Valid,
) -> None:
    """Nothing of it is lost; title, rights and acknowledgments are what they were; served again it is the same."""
    record = data.draw(records_strategy)
    document = FORMATS[prefix].write(record, repository)
    assert document is not None
    taken = again(document)
    assert lost(etree.fromstring(document), taken) == []
    assert taken.record.title.text.rstrip(LEADING_ON) == squeezed(record.title.text).rstrip(LEADING_ON)
    assert taken.record.native
    valid(prefix, FORMATS[prefix].write(taken.record, repository))
    said = {squeezed(text) for text in _told(taken.record)}
    stated = record.rights.statement if record.rights else None
    thanks = [funding.acknowledgment for funding in record.funding]
    assert {squeezed(text) for text in (stated, *thanks) if text} <= said


def _told(record: Record) -> list[str | None]:
    rights = record.rights
    texts = [rights.statement, rights.uri] if rights else []
    notes = [*(note.text for note in record.notes), *(abstract.text for abstract in record.abstracts)]
    return [*texts, *notes, *(funding.acknowledgment for funding in record.funding)]


def test_the_golden_documents_come_back(again: Again) -> None:
    """Those of a record with every field, in each format that is read: nothing of them is lost."""
    for prefix in DOCUMENTS:
        path = Path(__file__).parents[1] / "golden" / "maximal" / f"{prefix}.xml"
        taken = again(path.read_bytes())
        assert lost(etree.parse(path).getroot(), taken) == []
