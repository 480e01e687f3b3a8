"""The other verbs: whole answers."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import etree

from records.model import Collection, Record
from records.publish import Publication
from records.store import Store
from server.application import create_app
from server.config import Config

Ask = Callable[..., etree._Element]
Publish = Callable[..., object]
Errors = Callable[[etree._Element], list[tuple[str, str]]]

OAI = "{http://www.openarchives.org/OAI/2.0/}"


def element(root: etree._Element, name: str) -> str:
    """Return an element of an answer as text, without the namespaces that it inherits."""
    found = root.find(f".//{OAI}{name}")
    assert found is not None
    text = etree.tostring(found, encoding="unicode", with_tail=False)
    for declaration in ("http://www.openarchives.org/OAI/2.0/", "http://www.w3.org/2001/XMLSchema-instance"):
        text = re.sub(rf' xmlns(:xsi)?="{declaration}"', "", text, count=1)
    return text


def test_identify(ask: Ask, publish: Publish, make_record: Callable[..., Record]) -> None:
    """Identify says what we are and can do (4.2)."""
    publish(make_record("letter-1"))
    root = ask("Identify")
    stamp = root.findtext(f".//{OAI}earliestDatestamp")
    listed = ask("ListIdentifiers", metadataPrefix="oai_dc").findtext(f".//{OAI}datestamp")
    assert stamp == listed
    assert element(root, "Identify") == (
        "<Identify><repositoryName>Dragoman example repository</repositoryName>"
        "<baseURL>http://127.0.0.1:8000/oai</baseURL><protocolVersion>2.0</protocolVersion>"
        f"<adminEmail>admin@example.org</adminEmail><earliestDatestamp>{stamp}</earliestDatestamp>"
        "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity>"
        "<compression>gzip</compression><description>"
        '<oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="'
        "http://www.openarchives.org/OAI/2.0/oai-identifier "
        'http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"><scheme>oai</scheme>'
        "<repositoryIdentifier>archive.example.org</repositoryIdentifier><delimiter>:</delimiter>"
        "<sampleIdentifier>oai:archive.example.org:letter-1</sampleIdentifier></oai-identifier></description>"
        "</Identify>"
    )


def test_identify_of_an_empty_store(ask: Ask) -> None:
    """Before the first record, nothing is earlier than now, and an example stands for an identifier."""
    root = ask("Identify")
    assert root.findtext(f".//{OAI}earliestDatestamp") <= root.findtext(f"{OAI}responseDate")  # type: ignore[operator]
    assert "oai:archive.example.org:record-1" in element(root, "Identify")


def test_identify_with_several_addresses(config: Config, checked: Callable[[bytes], etree._Element]) -> None:
    """Each e-mail address has its own element, and names may hold any character."""
    config = config.model_copy(
        update={"admin_email": "a@example.org, b@example.org", "repository_name": 'Briefe & "Karten" <1965>'}
    )
    root = checked(create_app(config).test_client().get("/oai?verb=Identify").data)
    assert [found.text for found in root.iter(f"{OAI}adminEmail")] == ["a@example.org", "b@example.org"]
    assert root.findtext(f".//{OAI}repositoryName") == 'Briefe & "Karten" <1965>'


def test_list_sets(ask: Ask, publish: Publish, make_record: Callable[..., Record]) -> None:
    """Sets come with the title and description that are stated, those above before those below (4.6)."""
    letters = Collection(spec="letters", title="Letters & cards", description="Letters <of> a family")
    publish(make_record("r", collections=["letters:1965", "maps"]), collections=[letters])
    assert element(ask("ListSets"), "ListSets") == (
        "<ListSets><set><setSpec>letters</setSpec><setName>Letters &amp; cards</setName><setDescription>"
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ '
        'http://www.openarchives.org/OAI/2.0/oai_dc.xsd"><dc:description>Letters &lt;of&gt; a family</dc:description>'
        "</oai_dc:dc></setDescription></set>"
        "<set><setSpec>letters:1965</setSpec><setName>letters:1965</setName></set>"
        "<set><setSpec>maps</setSpec><setName>maps</setName></set></ListSets>"
    )


def test_list_sets_without_sets_or_with_a_token(
    ask: Ask, publish: Publish, make_record: Callable[..., Record], errors: Errors
) -> None:
    """No sets are noSetHierarchy; a token is never ours, since the list is served whole."""
    assert errors(ask("ListSets")) == [("noSetHierarchy", "this repository holds no sets yet")]
    publish(make_record("r", collections=["a"]))
    assert errors(ask("ListSets", resumptionToken="x")) == [
        ("badResumptionToken", "resumptionToken: ListSets gives none out; ask without one")
    ]


FORMATS = (
    "<metadataFormat><metadataPrefix>oai_dc</metadataPrefix>"
    "<schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema>"
    "<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat>"
    "<metadataFormat><metadataPrefix>mods</metadataPrefix>"
    "<schema>http://www.loc.gov/standards/mods/v3/mods-3-8.xsd</schema>"
    "<metadataNamespace>http://www.loc.gov/mods/v3</metadataNamespace></metadataFormat>"
    "<metadataFormat><metadataPrefix>oai_dcterms</metadataPrefix>"
    "<schema>http://127.0.0.1:8000/schemas/qualifieddc.xsd</schema>"
    "<metadataNamespace>http://worldcat.org/xmlschemas/qdc-1.0/</metadataNamespace></metadataFormat>"
    "<metadataFormat><metadataPrefix>edm</metadataPrefix>"
    "<schema>http://www.europeana.eu/schemas/edm/EDM.xsd</schema>"
    "<metadataNamespace>http://www.w3.org/1999/02/22-rdf-syntax-ns#</metadataNamespace></metadataFormat>"
    "<metadataFormat><metadataPrefix>marc21</metadataPrefix>"
    "<schema>http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd</schema>"
    "<metadataNamespace>http://www.loc.gov/MARC21/slim</metadataNamespace></metadataFormat>"
    "<metadataFormat><metadataPrefix>oai_datacite</metadataPrefix>"
    "<schema>http://schema.datacite.org/meta/kernel-4/metadata.xsd</schema>"
    "<metadataNamespace>http://datacite.org/schema/kernel-4</metadataNamespace></metadataFormat>"
)


def test_list_metadata_formats(
    ask: Ask, european: Callable[..., None], remove: Callable[..., None], errors: Errors
) -> None:
    """The formats of the repository, and of an item, which a deletion does not take away (4.4)."""
    european("r")
    expected = f"<ListMetadataFormats>{FORMATS}</ListMetadataFormats>"
    assert element(ask("ListMetadataFormats"), "ListMetadataFormats") == expected
    of_item = {"identifier": "oai:archive.example.org:r"}
    assert element(ask("ListMetadataFormats", **of_item), "ListMetadataFormats") == expected
    remove("r")
    assert element(ask("ListMetadataFormats", **of_item), "ListMetadataFormats") == expected
    assert errors(ask("ListMetadataFormats", identifier="oai:archive.example.org:s")) == [
        ("idDoesNotExist", "identifier: 'oai:archive.example.org:s' is not known here")
    ]


def test_get_record(
    ask: Ask,
    client: FlaskClient,
    publish: Publish,
    remove: Callable[..., None],
    make_record: Callable[..., Record],
    errors: Errors,
) -> None:
    """A record is its header and the document that its own address gives; deleted, the header alone (4.1)."""
    publish(make_record("r", collections=["a:b"], rights={"statement": "Ask  us.\n\nTwice & <often>."}))
    asked = {"identifier": "oai:archive.example.org:r", "metadataPrefix": "mods"}
    found = ask("GetRecord", **asked).find(f".//{OAI}metadata/*")
    alone = etree.fromstring(client.get("/records/r/mods.xml").data)
    assert found is not None
    assert etree.tostring(found, method="c14n2") == etree.tostring(alone, method="c14n2")
    remove("r")
    root = ask("GetRecord", **asked)
    stamp = root.findtext(f".//{OAI}datestamp")
    assert element(root, "GetRecord") == (
        '<GetRecord><record><header status="deleted"><identifier>oai:archive.example.org:r</identifier>'
        f"<datestamp>{stamp}</datestamp><setSpec>a:b</setSpec></header></record></GetRecord>"
    )
    assert errors(ask("GetRecord", **(asked | {"identifier": "oai:archive.example.org:s"}))) == [
        ("idDoesNotExist", "identifier: 'oai:archive.example.org:s' is not known here")
    ]


def test_a_format_that_a_record_cannot_fill(
    ask: Ask, store: Store, make_publication: Callable[..., Publication], errors: Errors
) -> None:
    """Such a record is asked for in vain in that format, and in that one alone (3.6)."""
    documents = {"oai_dc": b"<dc/>", "mods": None}
    store.publish([make_publication("r", documents=documents)])
    assert errors(ask("GetRecord", identifier="oai:archive.example.org:r", metadataPrefix="mods")) == [
        ("cannotDisseminateFormat", "this record cannot be given as mods")
    ]


@pytest.mark.parametrize("identifier", ["oai:a b", "http://[", "a%zz", "ü", "a\nb", "<a>"])
def test_an_identifier_that_is_no_uri(ask: Ask, errors: Errors, identifier: str) -> None:
    """Identifiers are URIs (2.4); what is none could not be echoed validly."""
    assert errors(ask("GetRecord", identifier=identifier, metadataPrefix="oai_dc")) == [
        ("badArgument", f"identifier: {identifier!a} is no URI")
    ]


def test_list_identifiers_gives_headers_alone(ask: Ask, publish: Publish, make_record: Callable[..., Record]) -> None:
    """The same list as ListRecords, without the documents (4.3)."""
    publish(make_record("r1", collections=["a"]), make_record("r2"))
    root = ask("ListIdentifiers", metadataPrefix="oai_dc")
    first, second = (found.text for found in root.iter(f"{OAI}datestamp"))
    assert element(root, "ListIdentifiers") == (
        f"<ListIdentifiers><header><identifier>oai:archive.example.org:r1</identifier><datestamp>{first}</datestamp>"
        "<setSpec>a</setSpec></header><header><identifier>oai:archive.example.org:r2</identifier>"
        f"<datestamp>{second}</datestamp></header></ListIdentifiers>"
    )
