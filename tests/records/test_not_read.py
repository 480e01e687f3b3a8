"""Documents of other kinds: said to be what they are, with what to do instead."""

from pathlib import Path

import pytest

from records.errors import RecordError
from records.readers.found import Options, Taken
from records.readers.xml import WE_READ, find

OAI = "http://www.openarchives.org/OAI/2.0/"


@pytest.mark.parametrize(
    ("root", "message"),
    [
        (
            '<m:mets xmlns:m="http://www.loc.gov/METS/"><m:dmdSec/></m:mets>',
            f"is METS ({WE_READ}); take the description out of it, as a rule MODS or Dublin Core, into a file "
            "of its own",
        ),
        (
            '<ead xmlns="urn:isbn:1-931666-22-9"/>',
            f"is a finding aid in EAD ({WE_READ}); export the records of its items as one of these",
        ),
        (
            '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"/>',
            "is a text with word boxes (ALTO), no record; put it beside the page image that it is of, and load the "
            "record",
        ),
        (
            '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
            f"is a text in TEI ({WE_READ}); state its transcript in a record of our JSON",
        ),
        (
            '<lidoWrap xmlns="http://www.lido-schema.org"/>',
            f"is a museum object in LIDO ({WE_READ}); export it as one of these",
        ),
        (
            '<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
            f"is RDF/XML ({WE_READ}); export the records as one of these",
        ),
    ],
)
def test_other_kinds_of_documents_are_named(tmp_path: Path, root: str, message: str) -> None:
    """As a file, and as the metadata of an OAI-PMH response."""
    path = tmp_path / "other.xml"
    path.write_text(root, encoding="utf-8")
    assert [str(error) for error in find(path, Options())] == [f"{path}, line 1: {message}"]
    record = f"<record><header><identifier>oai:a:1</identifier></header><metadata>{root}</metadata></record>"
    path.write_text(f'<OAI-PMH xmlns="{OAI}">{record}</OAI-PMH>', encoding="utf-8")
    (error,) = find(path, Options())
    assert isinstance(error, RecordError)
    assert error.faults[0].problem == message


def test_a_prefix_that_nobody_declared_costs_its_record(tmp_path: Path) -> None:
    """The parser lets it pass in a stream, and no other does."""
    path = tmp_path / "records.xml"
    dc = '<o:dc xmlns:o="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:d="http://purl.org/dc/elements/1.1/">{}</o:dc>'
    bad = dc.format('<d:title x:type="a">T</d:title><d:identifier>1</d:identifier>')
    good = dc.format("<d:title>T</d:title><d:identifier>2</d:identifier>")
    path.write_text(f"<all>{bad}{good}</all>", encoding="utf-8")
    found = [each if isinstance(each, RecordError) else each.read() for each in find(path, Options())]
    assert [each.record.identifier for each in found if isinstance(each, Taken)] == ["2"]
    assert str(found[0]).startswith(f"{path}, record 1 (line 1): is not XML (Namespace prefix x for type on title")


def test_an_element_whose_prefix_nobody_declared_is_named(tmp_path: Path) -> None:
    """As the root of a document, and as the metadata of a response."""
    path = tmp_path / "records.xml"
    path.write_text("<oai_dc:dc><dc:title>T</dc:title></oai_dc:dc>", encoding="utf-8")
    said = "oai_dc:dc, whose prefix is not declared; declare its namespace (xmlns:...)"
    assert [str(error) for error in find(path, Options())] == [f"{path}, line 1: begins with {said}"]
    header = "<header><identifier>oai:a:1</identifier></header>"
    response = f"<record>{header}<metadata><oai_dc:dc/></metadata></record>"
    path.write_text(f"<OAI-PMH>{response}</OAI-PMH>", encoding="utf-8")
    assert str(next(iter(find(path, Options())))) == f"{path}, record 1 (line 1), oai:a:1: is {said}"


@pytest.mark.parametrize(
    "document", ["<dc: a='b'></dc:>", "<:dc/>", "<{a}dc/>", '<dc="a"/>', "<d\x00c/>", "<d\uffffc/>"]
)
def test_a_document_that_begins_with_no_name_is_no_xml(tmp_path: Path, document: str) -> None:
    """A prefix alone, say."""
    path = tmp_path / "records.xml"
    path.write_text(document, encoding="utf-8")
    (error,) = find(path, Options())
    assert str(error) == f"{path}, line 1: ends within a tag; save or fetch the file again"
