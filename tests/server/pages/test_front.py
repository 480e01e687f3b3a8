"""The front page and the pages of collections."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from records.model import Collection, Record
from server import publishing
from server.library import Library
from server.pages import front

Make = Callable[..., Record]
Publish = Callable[..., object]


def _page(client: FlaskClient, address: str) -> etree._Element:
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    return html.document_fromstring(response.data)


def _links(page: etree._Element, section: str) -> list[tuple[str, str]]:
    found = page.xpath(f"//section[@aria-labelledby='{section}']//a")
    return [(link.text or "", link.get("href") or "") for link in found]


def test_an_empty_store_has_a_front_page(client: FlaskClient) -> None:
    """It says that nothing is here yet, and how to harvest."""
    page = _page(client, "/")
    assert page.xpath("//h2/text()") == ["For harvesters and viewers"]
    assert page.xpath("//main/p")[0].text_content().startswith("0 records, ")


def test_the_front_page_says_what_is_here(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """How many records, which collections at the top, a few records, and where to harvest."""
    collections = [Collection(spec="korea", title="Korea"), Collection(spec="korea:1965", title="The year 1965")]
    publish(
        make_record("a", collections=["korea:1965"]),
        make_record("b", visibility="hidden"),
        make_record("c", collections=["other"]),
        collections=collections,
    )
    page = _page(client, "/")
    assert page.xpath("//main/p")[0].text_content().startswith("2 records, ")
    assert _links(page, "collections") == [("Korea", "/collections/korea"), ("other", "/collections/other")]
    assert _links(page, "records") == [("Title of a", "/records/a"), ("Title of c", "/records/c")]
    assert _links(page, "harvest") == [
        ("What harvesters see", "/explore"),
        ("Identify", "/oai?verb=Identify"),
        ("ListMetadataFormats", "/oai?verb=ListMetadataFormats"),
        ("ListSets", "/oai?verb=ListSets"),
        ("ListRecords in Dublin Core", "/oai?verb=ListRecords&metadataPrefix=oai_dc"),
        ("ListRecords in MODS 3.8", "/oai?verb=ListRecords&metadataPrefix=mods"),
        ("ListRecords in Qualified Dublin Core", "/oai?verb=ListRecords&metadataPrefix=oai_dcterms"),
        ("ListRecords in Europeana Data Model", "/oai?verb=ListRecords&metadataPrefix=edm"),
        ("ListRecords in MARCXML", "/oai?verb=ListRecords&metadataPrefix=marc21"),
        ("ListRecords in DataCite 4", "/oai?verb=ListRecords&metadataPrefix=oai_datacite"),
        ("", "/iiif/collection.json"),
        ("Whether our records are in order", "/conformance"),
        ("Open a manifest", "/view"),
    ]


def test_a_collection_shows_what_is_in_it(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """Title, description, the collections above and below, records of itself and of those below."""
    collections = [
        Collection(spec="a", title="All"),
        Collection(spec="a:b", title="Letters", description="What was\nwritten."),
        Collection(spec="a:b:c", title="Drafts"),
    ]
    publish(make_record("x", collections=["a:b"]), make_record("y", collections=["a:b:c"]), collections=collections)
    publish(make_record("z", collections=["a"]))
    page = _page(client, "/collections/a:b")
    assert page.findtext(".//h1") == "Letters"
    assert page.xpath("//main/p[@class='verbatim']/text()") == ["What was\nwritten."]
    assert page.xpath("//ol[@class='trail']//a/@href") == ["/collections/a"]
    assert _links(page, "below") == [("Drafts", "/collections/a:b:c")]
    assert _links(page, "records") == [("Title of x", "/records/x"), ("Title of y", "/records/y")]
    assert _links(page, "forms") == [
        ("IIIF collection", "/iiif/collection/a:b.json"),
        ("OAI-PMH: ListRecords of this set in MODS", "/oai?verb=ListRecords&metadataPrefix=mods&set=a%3Ab"),
    ]


def test_titles_in_lists_need_no_whole_record(client: FlaskClient, library: Library, make_record: Make) -> None:
    """What collections refer to it by has the main title, with its language; a book is not read for that."""
    titles = [{"text": "Letter", "kind": "translated"}, {"text": "信", "language": "zh"}]
    books = [
        make_record("a", titles=titles, texts=[{"content": "Dear friend"}], collections=["all"]),
        make_record("b", texts=[{"content": "Dear friend"}], collections=["all"]),
        make_record("c", titles=titles, collections=["all"]),
    ]
    made = [publishing.publication(book, library.repository(), publishing.today()) for book in books]
    library.store.publish([replace(each, stated=b"a book") if each.reference else each for each in made])
    for address in ("/", "/collections/all"):
        links = _page(client, address).xpath("//ul[@class='entries']//a")
        assert [(link.get("href"), link.get("lang"), link.text) for link in links] == [
            ("/records/a", "zh", "信"),
            ("/records/b", None, "Title of b"),
            ("/records/c", "zh", "信"),
        ]


@pytest.mark.parametrize("count", [1, 4, 5, 8])
def test_the_pages_of_a_collection_join_to_the_whole(
    client: FlaskClient, publish: Publish, make_record: Make, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Who follows the links sees every record once, and no page is empty."""
    monkeypatch.setattr(front, "MANY", 4)
    publish(*(make_record(f"r{number}", collections=["all"]) for number in range(count)))
    found, following = [], ["/collections/all"]
    while following:
        page = _page(client, following[0])
        titles = page.xpath("//ul[@class='entries']//a/text()")
        assert titles
        found += titles
        following = [f"/collections/all{link}" for link in page.xpath("//a[@rel='next']/@href")]
    assert found == [f"Title of r{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/collections/nothing", 404),
        ("/collections/%00", 404),
        ("/collections/all?after=x", 400),
        ("/collections/all?after=-1", 400),
        ("/collections/all?after=" + "9" * 5000, 400),
        ("/no/such/page", 404),
    ],
)
def test_an_address_of_nothing_is_answered_by_a_page(
    client: FlaskClient, publish: Publish, make_record: Make, address: str, status: int
) -> None:
    """It says what is wrong, and leads home."""
    publish(make_record("a", collections=["all"]))
    response = client.get(address)
    assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8")
    assert html.document_fromstring(response.data).xpath("//main//a/@href") == ["/"]


def test_the_front_page_names_the_stream_of_changes(client: FlaskClient, publish: Publish, make_record: Make) -> None:
    """As soon as there is one."""
    publish(make_record("a", texts=[{"content": "Dear friend"}]))
    page = _page(client, "/")
    assert ("", "/iiif/activity/collection.json") in _links(page, "harvest")
    assert page.xpath("//link[@rel='alternate']/@href") == [
        "http://127.0.0.1:8000/iiif/collection.json",
        "http://127.0.0.1:8000/iiif/activity/collection.json",
    ]
