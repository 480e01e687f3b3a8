"""The documents of a record by themselves: XML of each format, plain text, PDFs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree

from mappings.formats import FORMATS
from records.model import Record
from server.library import Library
from tests import pdfs

Letter = Callable[..., Record]


@pytest.mark.parametrize("prefix", sorted({*FORMATS} - {"edm", "oai_datacite"}))
def test_a_format_is_answered_as_an_xml_document(
    client: FlaskClient, library: Library, letter: Letter, prefix: str
) -> None:
    """The stored bytes behind an XML declaration."""
    letter()
    row = library.store.document("letter-1", prefix)
    assert row is not None
    assert row.document is not None
    response = client.get(f"/records/letter-1/{prefix}.xml")
    assert response.data == b'<?xml version="1.0" encoding="UTF-8"?>\n' + row.document
    assert response.content_type == "application/xml; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert etree.QName(etree.fromstring(response.data)).namespace == FORMATS[prefix].namespace


def test_an_unchanged_document_is_not_sent_again(client: FlaskClient, letter: Letter) -> None:
    """A client that names the entity tag gets 304."""
    letter()
    for address in ("/records/letter-1/mods.xml", "/records/letter-1/text/1.txt"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_text_is_answered_as_plain_text(client: FlaskClient, letter: Letter) -> None:
    """Whole, in UTF-8, whether it is stated whole or page by page."""
    pages = [{"page": 1, "content": "Дорогой друг,"}, {"page": 2, "content": "прощай."}]
    letter(texts=[{"content": "Dear friend,\n\nfarewell."}, {"kind": "translation", "language": "ru", "pages": pages}])
    first, second = (client.get(f"/records/letter-1/text/{number}.txt") for number in (1, 2))
    assert (first.text, second.text) == ("Dear friend,\n\nfarewell.", "Дорогой друг,\n\nпрощай.")
    assert first.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "place", ["marc.xml", ".xml", "manifest.xml", "text/0.txt", "text/2.txt", "text/x.txt", "text/1.pdf"]
)
def test_a_document_that_is_not_there_is_not_found(client: FlaskClient, letter: Letter, place: str) -> None:
    """The answer is a page for people."""
    letter()
    response = client.get(f"/records/letter-1/{place}")
    assert (response.status_code, response.content_type) == (404, "text/html; charset=utf-8")


def _keep(library: Library, identifier: str = "letter-1") -> Path:
    """Put a PDF into the media folder."""
    return pdfs.write(library.config.media_folder / identifier / "1.pdf", "Dear friend")


def test_a_pdf_is_answered_as_it_is_kept(client: FlaskClient, library: Library, letter: Letter) -> None:
    """Under the record's name, open to every host; a client that has it is told so."""
    path = _keep(library)
    letter(downloads=[{"file": "1.pdf"}])
    address = "/records/letter-1/download/1.pdf"
    response = client.get(address, buffered=True)
    assert response.data == path.read_bytes()
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == "inline; filename=letter-1.pdf"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}, buffered=True).status_code == 304
    part = client.get(address, headers={"Range": "bytes=0-3"}, buffered=True)
    assert (part.status_code, part.data) == (206, b"%PDF")


def test_several_pdfs_have_names_of_their_own(client: FlaskClient, library: Library, letter: Letter) -> None:
    """By their place."""
    _keep(library).with_name("2.pdf").write_bytes(b"%PDF-1.7")
    letter(downloads=[{"file": "1.pdf"}, {"file": "2.pdf"}])
    response = client.get("/records/letter-1/download/2.pdf", buffered=True)
    assert response.headers["Content-Disposition"] == "inline; filename=letter-1-2.pdf"


@pytest.mark.parametrize("place", ["0", "2", "x"])
def test_a_pdf_that_is_not_there_is_not_found(
    client: FlaskClient, library: Library, letter: Letter, place: str
) -> None:
    """Nor is one whose file is gone, which the log tells."""
    path = _keep(library)
    letter(downloads=[{"file": "1.pdf"}])
    assert client.get(f"/records/letter-1/download/{place}.pdf").status_code == 404
    path.unlink()
    assert client.get("/records/letter-1/download/1.pdf").status_code == 404


def test_a_pdf_of_a_record_that_was_withdrawn_is_gone(client: FlaskClient, library: Library, letter: Letter) -> None:
    """As everything else of it."""
    _keep(library)
    letter(downloads=[{"file": "1.pdf"}])
    letter(downloads=[{"file": "1.pdf"}], visibility="hidden")
    assert client.get("/records/letter-1/download/1.pdf").status_code == 410


@pytest.mark.parametrize("place", ["", "/mods.xml", "/oai_dc.xml", "/text/1.txt"])
def test_a_record_that_was_withdrawn_is_gone(client: FlaskClient, letter: Letter, place: str) -> None:
    """All its addresses answer 410; before it was shown they answer 404."""
    letter(visibility="hidden")
    assert client.get(f"/records/letter-1{place}").status_code == 404
    letter()
    assert client.get(f"/records/letter-1{place}").status_code == 200
    letter(visibility="hidden")
    assert client.get(f"/records/letter-1{place}").status_code == 410


def test_a_schema_of_ours_is_where_documents_and_the_list_of_formats_say(client: FlaskClient, letter: Letter) -> None:
    """The address in schemaLocation and in ListMetadataFormats answers with the schema, open to all hosts."""
    letter()
    document = etree.fromstring(client.get("/records/letter-1/oai_dcterms.xml").data)
    namespace, address = document.attrib["{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"].split()
    assert f"<schema>{address}</schema>" in client.get("/oai?verb=ListMetadataFormats").text
    response = client.get(address.removeprefix("http://127.0.0.1:8000"))
    assert (response.content_type, response.status_code) == ("application/xml; charset=utf-8", 200)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert etree.fromstring(response.data).get("targetNamespace") == namespace
    assert client.get("/schemas/other.xsd").status_code == 404
