"""Documents of other kinds: said to be what they are, with what to do instead."""

from pathlib import Path

import pytest

from records.errors import RecordError
from records.readers.found import Options
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
