"""The page of a record: everything that is stated, rights and funder verbatim, nothing that is not."""

from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import etree, html

from mappings.formats import FORMATS
from records.model import Collection, Record

Letter = Callable[..., Record]

RIGHTS = "Some  rights <reserved> & retained.\n\nWrite to “the archive”\tfor the rest."
ACKNOWLEDGMENT = "Made possible with support from\nthe <Example> Foundation & friends"

EVERY = [prefix for prefix in FORMATS if prefix not in {"edm", "oai_datacite"}]
"""The formats that every record has."""


def _page(client: FlaskClient, address: str = "/records/letter-1") -> etree._Element:
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    return html.document_fromstring(response.data)


def _rows(page: etree._Element) -> dict[str, list[str]]:
    """Return the rows of the description: label to values."""
    return {
        row.findtext("dt") or "": [value.text_content() for value in row.findall("dd")]
        for row in page.xpath("//section[@aria-labelledby='description']//dl/div")
    }


def test_rights_statement_and_acknowledgment_are_carried_verbatim(client: FlaskClient, letter: Letter) -> None:
    """Character for character, line breaks included, in elements that keep them."""
    letter(rights={"statement": RIGHTS}, funding=[{"acknowledgment": ACKNOWLEDGMENT}])
    shown = _page(client).xpath("//section[@aria-labelledby='rights']/p[contains(@class, 'verbatim')]")
    assert [element.text_content() for element in shown] == [RIGHTS, ACKNOWLEDGMENT]


def test_what_a_collection_states_for_its_records_is_shown(
    client: FlaskClient, publish: Callable[..., object], make_record: Callable[..., Record]
) -> None:
    """A record without rights of its own shows those of its collection."""
    collection = Collection.model_validate(
        {"spec": "letters", "title": "Letters", "rights": {"statement": RIGHTS, "uri": NKC}}
    )
    publish(make_record("letter-1", collections=["letters"]), collections=[collection])
    page = _page(client)
    paragraphs = page.xpath("//section[@aria-labelledby='rights']/p")
    assert [paragraph.text_content() for paragraph in paragraphs] == [RIGHTS, "No Known Copyright"]
    assert page.xpath("//a[@rel='license']/@href") == [NKC]


NKC = "http://rightsstatements.org/vocab/NKC/1.0/"


def test_nothing_is_shown_that_is_not_stated(client: FlaskClient, letter: Letter) -> None:
    """A record with a title alone has no rights, no funder, no date, no viewer: only its identifier is ours."""
    letter(texts=[])
    page = _page(client)
    assert page.xpath("//h2/text()") == ["Description", "This record in other forms"]
    assert _rows(page) == {"Record identifier": ["oai:archive.example.org:letter-1"]}
    assert page.xpath("//a[contains(@href, '/view')]") == []


def test_every_field_is_a_row_in_the_readers_words(client: FlaskClient, letter: Letter) -> None:
    """Label and values as stated; codes are spelt out."""
    letter(
        titles=[{"text": "A letter", "language": "en"}, {"text": "Письмо", "language": "ru", "kind": "translated"}],
        agents=[{"name": "Kraus, Charles", "roles": ["trl"]}, {"name": "An office"}],
        dates=[{"edtf": "1965-03-02", "text": "March 2, 1965"}, {"edtf": "2011", "kind": "uploaded"}],
        types=["text"],
        genres=[{"text": "Telegrams"}],
        languages=["en"],
        original_languages=["zh"],
        subjects=[{"text": "Korea", "kind": "place", "latitude": 39.0, "longitude": 125.7}, {"text": "Trade"}],
        source={"repository": "An archive", "shelfmark": "109-02833-03", "citation": "An archive, 109"},
        extents=["3 pages"],
        notes=[{"text": "Torn at the edge."}],
        rights={"holder": "An heir", "access": "Open", "classification": "Secret"},
        funding=[{"funder": "A foundation", "award": "A-1"}],
        identifiers=[{"value": "10.1000/1", "kind": "DOI"}],
        relations=[{"title": "A series", "kind": "series"}],
        provider={"name": "An institution"},
    )
    assert _rows(_page(client)) == {
        "Translated title": ["Письмо"],
        "Translator": ["Kraus, Charles"],
        "Name": ["An office"],
        "Date": ["March 2, 1965"],
        "Date uploaded": ["2011"],
        "Type": ["Text"],
        "Genre": ["Telegrams"],
        "Language": ["English"],
        "Language of the original": ["Chinese"],
        "Extent": ["3 pages"],
        "Note": ["Torn at the edge."],
        "Place": ["Korea (39.0, 125.7)"],
        "Subject": ["Trade"],
        "Archive": ["An archive"],
        "Shelfmark": ["109-02833-03"],
        "Citation": ["An archive, 109"],
        "Series": ["A series"],
        "Rights holder": ["An heir"],
        "Access": ["Open"],
        "Classification of the original": ["Secret"],
        "Funder": ["A foundation"],
        "Award": ["A-1"],
        "Provided by": ["An institution"],
        "DOI": ["10.1000/1"],
        "Record identifier": ["oai:archive.example.org:letter-1"],
    }


def test_text_bears_its_language_and_direction(client: FlaskClient, letter: Letter) -> None:
    """What is stated in Arabic is marked as such; where no language is stated the browser looks at the letters."""
    letter(
        titles=[{"text": "رسالة", "language": "ar"}],
        texts=[
            {"content": "صديقي\nوداعا", "language": "ar"},
            {"kind": "translation", "pages": [{"page": 1, "content": "Dear friend"}]},
        ],
    )
    page = _page(client)
    shown = [*page.xpath("//h1"), *page.xpath("//section[@class='text']/div")]
    assert [(found.text, found.get("lang"), found.get("dir")) for found in shown] == [
        ("رسالة", "ar", "rtl"),
        ("صديقي\nوداعا", "ar", "rtl"),
        ("Dear friend", None, "auto"),
    ]


def test_the_page_links_to_the_record_in_every_other_form(client: FlaskClient, letter: Letter) -> None:
    """Machines find them in the head, people at the end of the page, by addresses that work under every host name."""
    letter(collections=["letters:1965"])
    page = _page(client)
    base, item = "http://127.0.0.1:8000", "oai%3Aarchive.example.org%3Aletter-1"
    assert page.xpath("//link[@rel='canonical' or @rel='alternate']/@href") == [
        f"{base}/records/letter-1",
        f"{base}/iiif/letter-1/manifest.json",
        *(f"{base}/records/letter-1/{prefix}.xml" for prefix in EVERY),
    ]
    manifest = "http%3A%2F%2F127.0.0.1%3A8000%2Fiiif%2Fletter-1%2Fmanifest.json"
    assert page.xpath("//body//a/@href")[:-3] == [
        "#main",
        "/",
        "/collections/letters",
        "/collections/letters:1965",
        f"/view?iiif-content={manifest}",
        "/iiif/letter-1/manifest.json",
        *(
            address
            for prefix in EVERY
            for address in (
                f"/records/letter-1/{prefix}.xml",
                f"/oai?verb=GetRecord&metadataPrefix={prefix}&identifier={item}",
            )
        ),
        f"/explore?verb=GetRecord&metadataPrefix=oai_dc&identifier={item}",
        "/records/letter-1/text/1.txt",
        f"https://projectmirador.org/embed/?iiif-content={manifest}",
        f"https://universalviewer.dev/#?iiif-content={manifest}",
        f"https://samvera-labs.github.io/clover-iiif/docs/viewer/demo?iiif-content={manifest}",
    ]


def test_a_manifest_that_exists_elsewhere_is_the_one_that_is_linked(client: FlaskClient, letter: Letter) -> None:
    """We mint none where there is one, and ours is not offered beside it."""
    manifest, page = "https://iiif.example.org/1/manifest", "https://www.example.org/1"
    letter(links=[{"url": manifest, "kind": "manifest"}, {"url": page, "kind": "landing page"}])
    found = _page(client)
    assert found.xpath("//link[@rel='canonical' or @title='IIIF manifest']/@href") == [page, manifest]


def test_what_a_record_states_is_never_markup(client: FlaskClient, letter: Letter) -> None:
    """Text is text, and an address that is no web address is no link."""
    evil = "<script>alert(1)</script>"
    letter(
        titles=[{"text": evil}],
        agents=[{"name": evil, "uri": "javascript:alert(1)"}],
        texts=[{"content": evil, "label": evil}],
        abstracts=[{"text": evil}],
    )
    page = _page(client)
    assert page.xpath("//script") == []
    assert page.xpath("//a[starts-with(@href, 'javascript')]") == []
    assert page.findtext(".//h1") == evil
