"""The page of a record: the document, everything that is stated, rights and funder verbatim, nothing that is not."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from mappings.formats import FORMATS
from records.model import Collection, Record
from server.config import Config
from server.library import Library
from server.pages.content_state import Target, at_canvas, target
from server.pages.downloads import size

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
    assert page.xpath("//h2/text()") == ["Description", "Cite and share", "Downloads and other forms"]
    assert page.xpath("//section[@class='document']") == []
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
    assert page.xpath("//body//a/@href") == [
        "#main",
        "/",
        "/collections/letters",
        "/collections/letters:1965",
        "#text-1",
        f"{base}/records/letter-1",
        "/iiif/letter-1/manifest.json",
        "/records/letter-1/text/1.txt",
        *(
            address
            for prefix in EVERY
            for address in (
                f"/records/letter-1/{prefix}.xml",
                f"/oai?verb=GetRecord&metadataPrefix={prefix}&identifier={item}",
            )
        ),
        "/iiif/letter-1/manifest.json",
        f"/explore?verb=GetRecord&metadataPrefix=oai_dc&identifier={item}",
        f"https://projectmirador.org/embed/?iiif-content={manifest}",
        f"https://universalviewer.dev/#?iiif-content={manifest}",
        f"https://samvera-labs.github.io/clover-iiif/docs/viewer/demo?iiif-content={manifest}",
        "/oai?verb=Identify",
        "/iiif/collection.json",
        "mailto:admin@example.org",
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
    assert page.xpath("//script/text()") == []
    assert page.xpath("//a[starts-with(@href, 'javascript')]") == []
    assert page.findtext(".//h1") == evil


# The document on the page

BASE = "http://127.0.0.1:8000"
OURS = f"{BASE}/iiif/letter-1"
MANIFEST = f"{OURS}/manifest.json"
SCAN = {"width": 600, "height": 800, "media_type": "image/jpeg"}
SCANS = [{"file": "1.jpg", "label": "Recto", **SCAN}, {"file": "2.jpg", "description": "A seal", **SCAN}]


@pytest.fixture
def mirador(config: Config) -> None:
    """Install a viewer."""
    config.viewer_file.write_text("")


def _query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


@pytest.mark.usefixtures("mirador")
def test_the_viewer_stands_in_a_frame_with_a_name(client: FlaskClient, letter: Letter) -> None:
    """Loaded beside the page, which does not wait for it; one click gives it the whole window."""
    letter()
    page = _page(client)
    (frame,) = page.xpath("//iframe")
    assert (frame.get("title"), frame.get("loading"), frame.get("allow")) == (
        "Viewer of the pages",
        "lazy",
        "fullscreen",
    )
    assert _query(frame.get("src")) == {"iiif-content": [MANIFEST], "framed": ["1"]}
    assert _query(page.xpath("//a[@id='full-size']/@href")[0]) == {"iiif-content": [MANIFEST]}
    assert client.get(frame.get("src")).status_code == 200


@pytest.mark.usefixtures("mirador")
def test_a_typeset_page_is_no_image_of_the_page_since_the_text_stands_there(
    client: FlaskClient, letter: Letter
) -> None:
    """Neither with a viewer nor, in its place, without scripts."""
    letter()
    assert _page(client).xpath("//img | //noscript") == []


@pytest.mark.usefixtures("mirador")
def test_without_scripts_the_page_image_stands_where_the_viewer_would(client: FlaskClient, letter: Letter) -> None:
    """In full, with the pages before and after by links; all pages in a list."""
    letter(pages=SCANS)
    page = _page(client)
    assert page.xpath("//noscript//img/@src") == ["/iiif/letter-1/page/1.jpg"]
    assert page.xpath("//noscript//img/@alt") == ["Recto"]
    assert page.xpath("//noscript//a/text()") == ["Page after"]
    assert [each.text_content().strip() for each in page.xpath("//ol[@class='images']/li")] == ["Recto", "Page 2"]
    assert page.xpath("//ol[@class='images']//img/@alt") == ["", "A seal"]


def test_without_a_viewer_the_page_image_stands_in_its_place(client: FlaskClient, letter: Letter) -> None:
    """The links of the list of pages open each of them on this page, by a content state."""
    letter(pages=SCANS)
    page = _page(client)
    assert page.xpath("//iframe | //noscript | //a[starts-with(@href, '/view')]") == []
    links = page.xpath("//ol[@class='images']//a/@href")
    assert [target(_query(link)["iiif-content"][0]) for link in links] == [
        Target(MANIFEST, f"{OURS}/canvas/{number}") for number in (1, 2)
    ]
    second = _page(client, links[1])
    assert second.xpath("//figure[@class='leaf']/img/@src") == ["/iiif/letter-1/page/2.jpg"]
    assert second.xpath("//nav[@aria-label='Pages before and after']//a/text()") == ["Page before"]
    assert second.xpath("//ol[@class='images']//a[@aria-current='true']/@href") == [links[1]]


@pytest.mark.usefixtures("mirador")
def test_a_content_state_opens_the_viewer_at_its_canvas(client: FlaskClient, letter: Letter) -> None:
    """In the frame and at full size."""
    letter(pages=SCANS)
    state = at_canvas(MANIFEST, f"{OURS}/canvas/2")
    page = _page(client, f"/records/letter-1?iiif-content={state}")
    for address in (*page.xpath("//iframe/@src"), *page.xpath("//a[@id='full-size']/@href")):
        assert _query(address)["iiif-content"] == [state]
    assert page.xpath("//input[@id='share']/@value") == [f"{BASE}/records/letter-1?iiif-content={state}"]


def test_a_page_that_is_not_there_opens_the_beginning_and_says_so(client: FlaskClient, letter: Letter) -> None:
    """A link that was shared outlives the pages that a document had."""
    letter(pages=SCANS)
    page = _page(client, f"/records/letter-1?iiif-content={at_canvas(MANIFEST, f'{OURS}/canvas/3')}")
    assert page.findtext(".//p[@class='remark']") == (
        "The link names a page that this document does not have; it is opened at its beginning."
    )
    assert page.xpath("//figure[@class='leaf']/img/@alt") == ["Recto"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("eyJ", "iiif-content must be the web address of a manifest, http or https"),
        (
            "https://iiif.example.org/1/manifest",
            "iiif-content names a manifest that is not this record's; /view opens those of others",
        ),
    ],
)
def test_what_is_no_page_of_the_record_is_refused(
    client: FlaskClient, letter: Letter, content: str, sentence: str
) -> None:
    """With a sentence that says what would be one."""
    letter()
    response = client.get("/records/letter-1", query_string={"iiif-content": content})
    page = html.document_fromstring(response.data)
    assert (response.status_code, page.findtext(".//main/p")) == (400, sentence)


@pytest.mark.usefixtures("mirador")
def test_a_manifest_that_is_elsewhere_is_opened_by_a_click_alone(client: FlaskClient, letter: Letter) -> None:
    """The reader's browser asks no other host unasked. Page images that are here lead to themselves."""
    manifest = "https://iiif.example.org/1/manifest"
    letter(links=[{"url": manifest, "kind": "manifest"}], pages=SCANS)
    page = _page(client)
    assert page.xpath("//iframe") == []
    assert _query(page.xpath("//a[@id='full-size']/@href")[0]) == {"iiif-content": [manifest]}
    assert page.xpath("//ol[@class='images']//a/@href") == ["/iiif/letter-1/page/1.jpg", "/iiif/letter-1/page/2.jpg"]


def test_texts_by_pages_lead_to_their_page_images(client: FlaskClient, letter: Letter) -> None:
    """As far as there are any."""
    parts = [{"page": number, "content": f"Page {number}"} for number in (2, 3)]
    letter(pages=SCANS, texts=[{"pages": parts}])
    headings = _page(client).xpath("//section[@class='text']/h3")
    assert [(each.text_content(), len(each.xpath("a"))) for each in headings] == [("Page 2", 1), ("Page 3", 0)]


def test_pages_run_in_the_viewing_direction(client: FlaskClient, letter: Letter) -> None:
    """The list of pages too begins at the right where the document does."""
    letter(pages=SCANS, viewing_direction="right-to-left")
    assert _page(client).xpath("//ol[@class='images']/@dir") == ["rtl"]


# Citing and taking away


def test_the_citation_is_that_of_the_archive(client: FlaskClient, letter: Letter) -> None:
    """Verbatim, and nothing is said of it."""
    letter(source={"citation": "An archive,\n  109 <2>"})
    page = _page(client)
    (shown,) = page.xpath("//*[@id='citation']")
    assert (shown.text_content(), shown.get("class")) == ("An archive,\n  109 <2>", "verbatim")
    assert page.xpath("//section[@class='citing']//*[@class='remark']") == []


def test_a_citation_of_ours_says_that_it_is(client: FlaskClient, letter: Letter) -> None:
    """It is made of what is stated."""
    letter()
    page = _page(client)
    (shown,) = page.xpath("//*[@id='citation']")
    assert shown.text_content() == f"A letter. {BASE}/records/letter-1"
    assert shown.xpath("bdi/text()") == ["A letter.", f"{BASE}/records/letter-1"]
    assert page.xpath("//section[@class='citing']//*[@class='remark']/text()") == [
        "Put together from what is stated here: the record brings no citation of its own."
    ]


def test_downloads_say_what_they_are_and_how_long(client: FlaskClient, library: Library, letter: Letter) -> None:
    """Each is as long as its answer."""
    file = library.config.media_folder / "letter-1" / "1.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x" * 34_000)
    letter(pages=SCANS, texts=[{"content": "Liebe Freundin, ade.", "language": "de"}])
    lists = _page(client).xpath("//section[@aria-labelledby='forms']//li")
    told = [" ".join(each.text_content().split()) for each in lists if not each.xpath(".//li")]
    assert told[:2] == [
        "Transcript in German, plain text (20 bytes)",
        f"Dublin Core (XML, {size(len(client.get('/records/letter-1/oai_dc.xml').data))}), by OAI-PMH",
    ]
    assert told[-4:] == [
        f"IIIF manifest (JSON-LD, {size(len(client.get('/iiif/letter-1/manifest.json').data))})",
        "Recto (JPEG, 34 kB)",
        "Page 2 (JPEG)",
        "What harvesters see of it",
    ]


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (12_340_000, "12.3 MB"),
    ],
)
def test_sizes_are_told_in_few_figures(count: int, told: str) -> None:
    """Decimal, as browsers and desktops tell them."""
    assert size(count) == told


def test_bookmarks_and_social_media_are_told_what_is_stated(client: FlaskClient, letter: Letter) -> None:
    """A typeset page is not the document's picture."""
    letter()
    properties = _page(client).xpath("//meta[starts-with(@property, 'og:')]/@property")
    assert properties == ["og:site_name", "og:title", "og:url"]
    letter(pages=SCANS, links=[{"url": "https://www.example.org/1", "kind": "landing page"}])
    page = _page(client)
    assert page.xpath("//meta[@property='og:url' or @property='og:image']/@content") == [
        "https://www.example.org/1",
        f"{OURS}/page/1/thumbnail.jpg",
    ]


def test_a_record_that_was_withdrawn_is_gone(client: FlaskClient, letter: Letter, remove: Callable[..., None]) -> None:
    """With any content state; the page says so, and leads to what is here."""
    letter()
    remove("letter-1")
    for address in ("/records/letter-1", f"/records/letter-1?iiif-content={MANIFEST}"):
        response = client.get(address)
        page = html.document_fromstring(response.data)
        assert (response.status_code, page.findtext(".//main/p")) == (410, "this was withdrawn")
        assert page.xpath("//main//a/@href") == ["/"]


def test_pdfs_are_offered(client: FlaskClient, library: Library, letter: Letter) -> None:
    """By their labels, first of the downloads; with their size, if they are there."""
    file = library.config.media_folder / "letter-1" / "1.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x" * 34_000)
    letter(downloads=[{"file": "1.pdf", "label": "The <diary>"}, {"file": "2.pdf"}])
    items = _page(client).xpath("//section[@aria-labelledby='forms']//li")[:2]
    assert [" ".join(item.text_content().split()) for item in items] == ["The <diary> (PDF, 34 kB)", "Document 2, PDF"]
    assert [item.xpath("string(a/@href)") for item in items] == [
        f"/records/letter-1/download/{place}.pdf" for place in (1, 2)
    ]
