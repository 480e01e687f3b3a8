"""Manifests: what a reader must see is there word for word, and what the specification asks holds for any record."""

import json
from collections.abc import Callable
from typing import Any

import iiif_prezi3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mappings.formats import FORMATS
from mappings.iiif import manifest, uris
from mappings.namespaces import DCTERMS
from mappings.repository import Repository
from records.model import Institution, Record
from tests.mappings.iiif.rules import says

Document = dict[str, Any]
Stating = Callable[..., Record]
Written = Callable[[Record], Document]
Faults = Callable[[Document], list[str]]
Paragraphs = Callable[[str], list[str]]
Golden = Callable[[str, bytes | None], None]

BASE = "https://archive.example.org"


def row(document: Document, label: str) -> list[dict[str, list[str]]]:
    """Return the values of the metadata pairs of a label."""
    return [pair["value"] for pair in document["metadata"] if pair["label"] == {"en": [label]}]


def marked(text: str) -> str:
    """Return a text as it stands in a label: one that looks like HTML has a blank behind it (4.5)."""
    return f"{text} " if text[0] == "<" and text[-1] == ">" else text


# Whole manifests


def test_the_seed_record_is_the_golden_manifest(
    seed_record: Record, repository: Repository, written: Written, faults: Faults, golden_json: Golden
) -> None:
    """The telegram's manifest, whole."""
    assert faults(written(seed_record)) == []
    golden_json("telegram/manifest.json", manifest.write(seed_record, repository))


def test_a_record_with_every_field_is_the_golden_manifest(
    maximal_record: Record, repository: Repository, written: Written, faults: Faults, golden_json: Golden
) -> None:
    """Every field that a reader should see, whole; but for the manifest that it states, we would write none."""
    links = tuple(link for link in maximal_record.links if link.kind != "manifest")
    shown = maximal_record.model_copy(update={"links": links})
    assert manifest.write(maximal_record, repository) is None
    assert faults(written(shown)) == []
    golden_json("maximal/manifest.json", manifest.write(shown, repository))


@given(data=st.data())
def test_any_manifest_keeps_to_the_specification(
    data: st.DataObject,
    records_strategy: SearchStrategy[Record],
    repository: Repository,
    faults: Faults,
    paragraphs: Paragraphs,
) -> None:
    """Whatever a record states, its manifest is sound, and rights and acknowledgments are in it word for word."""
    record = data.draw(records_strategy)
    document = manifest.write(record, repository)
    assert (document is None) == (not record.presentable or record.link("manifest") is not None)
    if document is None:
        return
    found = json.loads(document)
    assert faults(found) == []
    iiif_prezi3.Manifest(**json.loads(document.decode().replace('"es-419":', '"es":')))
    thanks = list(dict.fromkeys(funding.acknowledgment for funding in record.funding if funding.acknowledgment))
    statement = [record.rights.statement] if record.rights and record.rights.statement else []
    if thanks or statement:
        (shown,) = found["requiredStatement"]["value"]["none"]
        assert paragraphs(shown)[: len(thanks + statement)] == thanks + statement
    funded = [value for values in row(found, "Funding") for value in values["none"]]
    assert list(map(says, funded, thanks)) == [True] * len(thanks) == [True] * len(funded)
    if statement:
        assert says(row(found, "Rights")[0]["none"][0], statement[0])


# Texts


def test_nothing_stated_is_nothing_said(stating: Stating, written: Written) -> None:
    """Without rights, funder, date, institution there is no property and no row for them."""
    document = written(stating())
    absent = {"requiredStatement", "rights", "navDate", "viewingDirection", "behavior", "rendering"}
    assert absent & set(document) == set()
    assert [pair["label"]["en"] for pair in document["metadata"]] == [["Provided by"], ["Record identifier"]]


def test_languages_are_keys(stating: Stating, written: Written) -> None:
    """Titles and summaries in several languages are one label and one summary; es-419 has digits."""
    record = stating(
        titles=[
            {"text": "Carta", "language": "es-419"},
            {"text": "信", "language": "zh-Hant", "kind": "translated"},
            {"text": "Other", "language": "en", "kind": "alternative"},
        ],
        abstracts=[{"text": "Eins.", "language": "de"}, {"text": "Zwei."}, {"text": "Drei.", "language": "de"}],
    )
    document = written(record)
    assert document["label"] == {"es-419": ["Carta"], "zh-Hant": ["信"]}
    assert document["summary"] == {"de": ["Eins.", "Drei."], "none": ["Zwei."]}


def test_each_language_has_a_row_of_its_own(stating: Stating, written: Written) -> None:
    """Values in several languages of one row would count as translations of each other (4.4)."""
    notes = [
        {"text": "A", "language": "en"},
        {"text": "Б", "language": "ru"},
        {"text": "C", "language": "en"},
        {"text": "D"},
    ]
    assert row(written(stating(notes=notes)), "Note") == [{"en": ["A", "C"]}, {"ru": ["Б"]}, {"none": ["D"]}]


@pytest.mark.parametrize("text", ["at 2020-01-01T00:00:00+00:00", "<b>x</b>", "A < B > C & D", "<i>", " <i> ", "&lt;"])
def test_text_stays_as_it_is(stating: Stating, written: Written, text: str) -> None:
    """A time in a text is not rewritten, and text that looks like HTML is not taken for it, in labels either (4.5)."""
    page = {"image": "https://example.org/1.jpg", "width": 9, "height": 9, "label": text}
    fields: Document = {"titles": [{"text": text}], "abstracts": [{"text": text}], "extents": [text], "pages": [page]}
    document = written(stating(provider={"name": text, "homepage": "https://example.org/"}, **fields))
    assert document["label"] == document["items"][0]["label"] == {"none": [marked(text)]}
    assert document["provider"][0]["label"] == document["provider"][0]["homepage"][0]["label"] == document["label"]
    assert document["homepage"][0]["label"] == document["label"]
    assert document["summary"]["none"] == row(document, "Extent")[0]["none"]
    assert says(document["summary"]["none"][0], text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A < B > C & D", "A < B > C & D"),
        ("< 3 >", "< 3 > "),
        ("<Letter>", "<span>&lt;Letter&gt;</span>"),
        ("To <i>Nature</i>\n& co.", "<span>To &lt;i&gt;Nature&lt;/i&gt;<br/>&amp; co.</span>"),
        ("R&amp;D", "<span>R&amp;amp;D</span>"),
        ("&copy 1965", "<span>&amp;copy 1965</span>"),
    ],
)
def test_text_that_viewers_would_take_for_html_is_html(
    stating: Stating, written: Written, text: str, shown: str
) -> None:
    """Mirador takes all values for HTML, whatever stands at their ends; so tags in a text are written as text (4.5)."""
    document = written(stating(abstracts=[{"text": text}], notes=[{"text": text}]))
    assert document["summary"] == row(document, "Note")[0] == {"none": [shown]}


@given(data=st.data())
def test_any_value_reads_as_it_was_stated(
    data: st.DataObject, texts_strategy: SearchStrategy[str], stating: Stating, written: Written, faults: Faults
) -> None:
    """To who tells HTML by both ends, and to who takes all for HTML."""
    text = data.draw(texts_strategy)
    document = written(stating(abstracts=[{"text": text}], notes=[{"text": text}]))
    assert faults(document) == []
    assert says(document["summary"]["none"][0], text)


def test_a_value_with_an_address_links_there(stating: Stating, written: Written, faults: Faults) -> None:
    """Its text is as stated, markup and line breaks included; an address that no browser follows is not linked."""
    genres = [
        {"text": "Tele'gram\n<i>", "uri": "https://example.org/?a=1&b='2'"},
        {"text": "Letter", "uri": "urn:example:letter"},
    ]
    document = written(stating(genres=genres))
    assert faults(document) == []
    assert row(document, "Genre") == [
        {
            "none": [
                '<a href="https://example.org/?a=1&amp;b=&#x27;2&#x27;">Tele\'gram<br/>&lt;i&gt;</a>',
                "Letter",
            ]
        }
    ]


# Dates, institutions, links


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([{"edtf": "1965-03-02"}], "1965-03-02T00:00:00Z"),
        ([{"edtf": "1965-03-02", "text": "March 2, 1965"}], "1965-03-02T00:00:00Z"),
        ([{"text": "in March"}, {"edtf": "1965-03-02"}], "1965-03-02T00:00:00Z"),
        ([{"edtf": "1970-01-01", "kind": "issued"}, {"edtf": "1965-03-02"}], "1965-03-02T00:00:00Z"),
        ([{"edtf": "1970-01-01", "kind": "issued"}], "1970-01-01T00:00:00Z"),
        ([{"edtf": "1970-01-01", "kind": "issued"}, {"edtf": "1965"}], None),
        ([{"edtf": "2012-01-01", "kind": "captured"}, {"edtf": "2013-01-01", "kind": "uploaded"}], None),
        ([{"edtf": "1965-03"}], None),
        ([{"edtf": "1965-21"}], None),
        ([{"edtf": "1965-03-02?"}], None),
        ([{"edtf": "1965-03-02~"}], None),
        ([{"edtf": "1965-03-0X"}], None),
        ([{"edtf": "1965-03-02/1965-03-03"}], None),
        ([{"text": "March 2, 1965"}], None),
        ([{"edtf": "0000-01-01"}], None),
    ],
)
def test_a_date_is_given_to_viewers_if_its_day_is_known(
    stating: Stating, written: Written, dates: list[Document], expected: str | None
) -> None:
    """NavDate is the one certain day that the document is of, or absent (3.1)."""
    assert written(stating(dates=dates)).get("navDate") == expected


def test_a_provider_is_an_agent(faults: Faults, stating: Stating, written: Written) -> None:
    """It has the stated URI, else its homepage as its name (3.1, provider)."""
    full = Institution(
        name="Archive", homepage="https://example.org/", logo="https://example.org/l.png", uri="urn:isil:XX-1"
    )
    page = {"id": "https://example.org/", "type": "Text", "label": {"none": ["Archive"]}, "format": "text/html"}
    agent = {
        "id": "urn:isil:XX-1",
        "type": "Agent",
        "label": {"none": ["Archive"]},
        "homepage": [page],
        "logo": [{"id": "https://example.org/l.png", "type": "Image"}],
    }
    document = written(stating(provider=full))
    assert faults(document) == []
    assert document["provider"] == [agent]
    assert manifest.provider(Institution(name="Archive", homepage="https://example.org/")) == [
        {"id": "https://example.org/", "type": "Agent", "label": {"none": ["Archive"]}, "homepage": [page]}
    ]


def test_a_page_of_record_and_provider_is_named_once(faults: Faults, stating: Stating, written: Written) -> None:
    """A record whose web page is that of the institution too (3.2, id)."""
    page = "https://example.org/"
    document = written(
        stating(provider={"name": "Archive", "homepage": page}, links=[{"url": page, "kind": "landing page"}])
    )
    assert faults(document) == []
    assert document["homepage"][0]["id"] == page
    assert document["provider"] == [{"id": page, "type": "Agent", "label": {"none": ["Archive"]}}]


def test_addresses_that_a_record_states_become_uris(stating: Stating, written: Written) -> None:
    """What is not ASCII is encoded, what is encoded stays, and the address itself is in no other way changed (6.1)."""
    stated, encoded = "http://example.org/ü/中?q=%20&r=1#f", "http://example.org/%C3%BC/%E4%B8%AD?q=%20&r=1#f"
    service = {
        "service": f"{stated}/image",
        "service_type": "ImageService3",
        "service_profile": "level1",
        "width": 9,
        "height": 9,
    }
    document = written(
        stating(
            provider={"name": "Archive", "homepage": stated, "logo": f"{stated}.png", "uri": f"{stated}/us"},
            links=[{"url": f"{stated}/page", "kind": "landing page"}],
            pages=[service, {"image": f"{stated}.jpg", "width": 9, "height": 9}],
        )
    )
    (agent,) = document["provider"]
    assert document["homepage"][0]["id"] == f"{encoded}/page"
    assert (agent["id"], agent["homepage"][0]["id"], agent["logo"][0]["id"]) == (
        f"{encoded}/us",
        encoded,
        f"{encoded}.png",
    )
    first, second = (canvas["items"][0]["items"][0]["body"] for canvas in document["items"])
    assert first["service"][0]["id"] == f"{encoded}/image"
    assert second["id"] == f"{encoded}.jpg"


def test_a_provider_needs_an_address(stating: Stating, written: Written) -> None:
    """One without is named in the metadata alone; the publishing institution does not take its place."""
    document = written(stating(provider={"name": "Other", "logo": "https://example.org/l.png"}))
    assert "provider" not in document
    assert row(document, "Provided by") == [{"none": ["Other"]}]
    assert manifest.provider(None) == []


def test_links_lead_to_the_record_in_every_form(stating: Stating, written: Written, repository: Repository) -> None:
    """homepage, seeAlso with the registered profile, rendering of each text, partOf each collection (3.2)."""
    record = stating(
        collections=["telegrams", "maps", "telegrams"],
        texts=[{"language": "ru", "content": "Слово."}, {"kind": "translation", "content": "Word."}],
        links=[{"url": "https://example.org/letter", "kind": "landing page"}],
    )
    document, ours = written(record), f"{BASE}/records/r"

    def text(uri: str, label: str, form: str, **more: list[str]) -> Document:
        return {"id": uri, "type": "Text", "label": {"en": [label]}, "format": form, **more}

    def dataset(uri: str, label: str, form: str, **more: str) -> Document:
        return {"id": uri, "type": "Dataset", "label": {"en": [label]}, "format": form, **more}

    assert document["homepage"] == [
        {"id": "https://example.org/letter", "type": "Text", "label": {"none": ["T"]}, "format": "text/html"}
    ]
    assert document["rendering"] == [
        text(f"{ours}/text/1.txt", "Transcript in Russian, plain text", "text/plain", language=["ru"]),
        text(f"{ours}/text/2.txt", "Translation, plain text", "text/plain"),
        text(ours, "Web page", "text/html"),
    ]
    filled = [prefix for prefix, form in FORMATS.items() if form.fills(record, repository)]
    by_protocol = [uris.get_record(repository, record, prefix) for prefix in filled]
    assert document["seeAlso"] == [
        dataset(f"{ours}/oai_dc.xml", "Dublin Core", "application/xml"),
        dataset(f"{ours}/mods.xml", "MODS 3.8", "application/xml", profile="http://www.loc.gov/mods/v3"),
        dataset(f"{ours}/oai_dcterms.xml", "Qualified Dublin Core", "application/xml", profile=DCTERMS),
        dataset(f"{ours}/marc21.xml", "MARCXML", "application/xml", profile="http://www.loc.gov/standards/marcxml"),
        dataset(by_protocol[0], "OAI-PMH record (Dublin Core)", "text/xml"),
        dataset(by_protocol[1], "OAI-PMH record (MODS 3.8)", "text/xml"),
        dataset(by_protocol[2], "OAI-PMH record (Qualified Dublin Core)", "text/xml"),
        dataset(by_protocol[3], "OAI-PMH record (MARCXML)", "text/xml"),
    ]
    assert document["partOf"] == [
        {"id": f"{BASE}/iiif/collection/telegrams.json", "type": "Collection", "label": {"none": ["Telegrams"]}},
        {"id": f"{BASE}/iiif/collection/maps.json", "type": "Collection", "label": {"none": ["maps"]}},
    ]
    assert row(document, "Collection") == [{"none": ["Telegrams", "maps"]}]


def test_a_record_without_links_and_collections_leads_to_ours(stating: Stating, written: Written) -> None:
    """Its homepage is our page, which is then no rendering; it is part of the collection that holds all."""
    document = written(stating())
    assert [page["id"] for page in document["homepage"]] == [f"{BASE}/records/r"]
    assert document["partOf"] == [
        {"id": f"{BASE}/iiif/collection.json", "type": "Collection", "label": {"none": ["Example Archive"]}}
    ]


def test_viewers_learn_how_pages_are_turned(stating: Stating, written: Written) -> None:
    """Direction and behavior are as stated (3.1)."""
    document = written(stating(viewing_direction="right-to-left", behaviors=["paged"]))
    assert (document["viewingDirection"], document["behavior"]) == ("right-to-left", ["paged"])


# No manifest


@pytest.mark.parametrize(
    "fields",
    [
        {"abstracts": []},
        {"visibility": "deleted"},
        {"links": [{"url": "https://example.org/manifest", "kind": "manifest"}]},
    ],
)
def test_no_manifest_where_there_is_nothing_to_show(repository: Repository, stating: Stating, fields: Document) -> None:
    """A record without text and images, a deletion, and one whose manifest exists elsewhere have none of ours."""
    assert manifest.write(stating(**fields), repository) is None
