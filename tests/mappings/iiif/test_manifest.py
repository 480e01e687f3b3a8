"""Manifests: what a reader must see is there word for word, and what the specification asks holds for any record."""

import json
from collections.abc import Callable
from typing import Any

import iiif_prezi3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mappings.iiif import leaves, manifest, uris
from mappings.repository import Repository
from records.model import Institution, Record

Document = dict[str, Any]
Faults = Callable[[Document], list[str]]
Paragraphs = Callable[[str], list[str]]


def written(record: Record, repository: Repository) -> Document:
    """Return the manifest of a record, read again."""
    document = manifest.write(record, repository)
    assert document is not None
    found: Document = json.loads(document)
    return found


def stating(**fields: Any) -> Record:  # noqa: ANN401 - any field of a record
    """Return a record with a title, an abstract and what else is stated."""
    given_fields = {"identifier": "r", "titles": [{"text": "T"}], "abstracts": [{"text": "A."}], **fields}
    return Record.model_validate(given_fields)


def row(document: Document, label: str) -> list[dict[str, list[str]]]:
    """Return the values of the metadata pairs of a label."""
    return [pair["value"] for pair in document["metadata"] if pair["label"] == {"en": [label]}]


def test_the_seed_record_is_the_golden_manifest(
    seed_record: Record, repository: Repository, faults: Faults, golden_json: Callable[..., None]
) -> None:
    """The telegram's manifest, whole."""
    assert faults(written(seed_record, repository)) == []
    golden_json("telegram/manifest.json", manifest.write(seed_record, repository))


def test_a_record_with_every_field_is_the_golden_manifest(
    maximal_record: Record, repository: Repository, faults: Faults, golden_json: Callable[..., None]
) -> None:
    """Every field that a reader should see, whole."""
    shown = maximal_record.model_copy(
        update={
            "links": tuple(link for link in maximal_record.links if link.kind != "manifest"),
            "visibility": "public",
        }
    )
    assert faults(written(shown, repository)) == []
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
    assert (document is None) == (
        not record.presentable or record.visibility == "deleted" or record.link("manifest") is not None
    )
    if document is None:
        return
    found = json.loads(document)
    assert faults(found) == []
    iiif_prezi3.Manifest(**json.loads(document.decode().replace('"es-419"', '"es"')))
    owed = {*(f.acknowledgment for f in record.funding), record.rights.statement if record.rights else None} - {None}
    if owed:
        (statement,) = found["requiredStatement"]["value"]["none"]
        assert owed <= set(paragraphs(statement))
        rows = [text for name in ("Rights", "Funding") for value in row(found, name) for text in value["none"]]
        assert owed <= {text.removesuffix(" ") if text.endswith("> ") else text for text in rows}


def test_rights_and_thanks_are_one_statement(repository: Repository) -> None:
    """Viewers show one value of one language: acknowledgment, statement and the name of the rights URI are in it."""
    record = stating(
        rights={"statement": "Ask <us>.\n\nTwice.", "uri": "http://rightsstatements.org/vocab/NoC-US/1.0/"},
        funding=[{"acknowledgment": "Thanks & more"}, {"acknowledgment": "And thanks"}],
    )
    document = written(record, repository)
    assert document["requiredStatement"] == {
        "label": {"en": ["Acknowledgment and rights"]},
        "value": {
            "none": [
                "<p>Thanks &amp; more</p><p>And thanks</p><p>Ask &lt;us&gt;.<br/><br/>Twice.</p>"
                "<p>No Copyright - United States</p>"
            ]
        },
    }
    assert document["rights"] == "http://rightsstatements.org/vocab/NoC-US/1.0/"


def test_a_rights_uri_of_another_publisher_stays_out_of_rights(repository: Repository) -> None:
    """The property `rights` takes two publishers; another URI is shown, and not put there (3.1)."""
    document = written(stating(rights={"uri": "https://example.org/our-rights"}), repository)
    assert "rights" not in document
    assert document["requiredStatement"]["value"]["none"] == ["<p>https://example.org/our-rights</p>"]


def test_nothing_stated_is_nothing_required(repository: Repository) -> None:
    """Without rights and funder there is no statement, no rights, no row."""
    document = written(stating(), repository)
    assert {"requiredStatement", "rights"} & set(document) == set()
    assert row(document, "Rights") == row(document, "Funding") == []


def test_languages_are_keys(repository: Repository) -> None:
    """Titles and summaries in several languages are one label and one summary; es-419 has digits."""
    record = stating(
        titles=[
            {"text": "Carta", "language": "es-419"},
            {"text": "信", "language": "zh-Hant", "kind": "translated"},
            {"text": "Other", "language": "en", "kind": "alternative"},
        ],
        abstracts=[{"text": "Eins.", "language": "de"}, {"text": "Zwei."}],
    )
    document = written(record, repository)
    assert document["label"] == {"es-419": ["Carta"], "zh-Hant": ["信"]}
    assert document["summary"] == {"de": ["Eins."], "none": ["Zwei."]}
    assert row(document, "Alternative title") == [{"en": ["Other"]}]


def test_text_stays_as_it_is(repository: Repository) -> None:
    """A time in a text is not rewritten, and text that looks like HTML says that it is none (4.5)."""
    record = stating(abstracts=[{"text": "at 2020-01-01T00:00:00+00:00"}], extents=["<b>2 leaves</b>"])
    document = written(record, repository)
    assert document["summary"] == {"none": ["at 2020-01-01T00:00:00+00:00"]}
    assert row(document, "Extent") == [{"none": ["<b>2 leaves</b> "]}]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([{"edtf": "1965-03-02"}], "1965-03-02T00:00:00Z"),
        ([{"edtf": "1970-01-01", "kind": "issued"}, {"edtf": "1965-03-02"}], "1965-03-02T00:00:00Z"),
        ([{"edtf": "1965-03"}], None),
        ([{"edtf": "1965-03-02?"}], None),
        ([{"edtf": "1965-03-02/1965-03-03"}], None),
        ([{"text": "March 2, 1965"}], None),
        ([{"edtf": "0000-01-01"}], None),
    ],
)
def test_a_date_is_given_to_viewers_if_its_day_is_known(
    repository: Repository, dates: list[Document], expected: str | None
) -> None:
    """NavDate is one day for certain, or absent (3.1)."""
    assert written(stating(dates=dates), repository).get("navDate") == expected


def test_a_provider_needs_an_address(repository: Repository) -> None:
    """An agent is an institution with a URI or a homepage; another is named in the metadata alone (3.1)."""
    full = Institution(
        name="Archive", homepage="https://example.org/", logo="https://example.org/l.png", uri="https://ror.org/1"
    )
    assert manifest.provider(full) == [
        {
            "id": "https://ror.org/1",
            "type": "Agent",
            "label": {"none": ["Archive"]},
            "homepage": [
                {
                    "id": "https://example.org/",
                    "type": "Text",
                    "label": {"none": ["Archive"]},
                    "format": "text/html",
                }
            ],
            "logo": [{"id": "https://example.org/l.png", "type": "Image"}],
        }
    ]
    assert manifest.provider(Institution(name="Archive")) == manifest.provider(None) == []
    named = written(stating(provider={"name": "Other"}), repository)
    assert "provider" not in named
    assert row(named, "Provided by") == [{"none": ["Other"]}]


def test_page_images_become_canvases(repository: Repository, faults: Faults) -> None:
    """Files are served by us, images and image services stay where they are; each canvas has a sized thumbnail."""
    record = stating(
        pages=[
            {"file": "1.png", "width": 3000, "height": 4000, "media_type": "image/png", "label": "f. 1r"},
            {"image": "https://example.org/2.jpg", "width": 100, "height": 50},
            {"service": "https://example.org/iiif/3", "width": 600, "height": 400},
            {
                "service": "https://example.org/iiif/4",
                "service_type": "ImageService3",
                "service_profile": "level1",
                "width": 600,
                "height": 400,
            },
            {
                "service": "https://example.org/iiif/5",
                "service_type": "ImageService2",
                "service_profile": "http://iiif.io/api/image/2/level1.json",
                "width": 600,
                "height": 400,
            },
        ],
        viewing_direction="right-to-left",
        behaviors=["paged"],
    )
    document = written(record, repository)
    base = "https://archive.example.org/iiif/r"
    assert faults(document) == []
    assert (document["viewingDirection"], document["behavior"]) == ("right-to-left", ["paged"])
    shown = [
        (canvas["label"], canvas["items"][0]["items"][0]["body"], canvas["thumbnail"][0])
        for canvas in document["items"]
    ]
    assert shown[0] == (
        {"none": ["f. 1r"]},
        {"id": f"{base}/page/1.png", "type": "Image", "format": "image/png", "height": 4000, "width": 3000},
        {"id": f"{base}/page/1/thumbnail.jpg", "type": "Image", "format": "image/jpeg", "height": 400, "width": 300},
    )
    elsewhere = {"id": "https://example.org/2.jpg", "type": "Image", "height": 50, "width": 100}
    assert shown[1] == ({"en": ["Page 2"]}, elsewhere, elsewhere)
    assert [body["id"] for _, body, _ in shown[2:]] == [
        f"https://example.org/iiif/{number}/full/max/0/default.jpg" for number in (3, 4, 5)
    ]
    assert [small["id"] for _, _, small in shown[2:]] == [
        f"https://example.org/iiif/{number}/full/300,200/0/default.jpg" for number in (3, 4, 5)
    ]
    assert [body.get("service") for _, body, _ in shown[2:]] == [
        None,
        [{"id": "https://example.org/iiif/4", "type": "ImageService3", "profile": "level1"}],
        [
            {
                "@id": "https://example.org/iiif/5",
                "@type": "ImageService2",
                "profile": "http://iiif.io/api/image/2/level1.json",
            }
        ],
    ]


def test_texts_are_set_as_pages_that_say_so(repository: Repository) -> None:
    """The transcript comes first, then the translation; the abstract only where there is no text."""
    record = stating(
        texts=[
            {"kind": "translation", "language": "en", "content": "Word. " * 3000},
            {"kind": "transcript", "language": "ru", "content": "Слово."},
        ]
    )
    labels = [canvas["label"]["en"][0] for canvas in written(record, repository)["items"]]
    count = len(labels) - 1
    assert count > 1
    assert labels[0] == "Typeset transcript in Russian, page 1 of 1"
    assert labels[1:] == [f"Typeset translation in English, page {page} of {count}" for page in range(1, count + 1)]
    described = written(stating(), repository)
    assert [canvas["label"]["en"] for canvas in described["items"]] == [["Typeset description, page 1 of 1"]]


@given(lengths=st.lists(st.integers(1, 2000), min_size=1, max_size=3))
def test_every_typeset_leaf_has_its_page(repository: Repository, lengths: list[int]) -> None:
    """The server draws just the pages that the manifest names."""
    record = stating(texts=[{"kind": "transcript", "content": "Word. " * length} for length in lengths])
    found = list(leaves.leaves(record, repository))
    for leaf in found:
        layout, number = leaves.layout_of(record, leaf.number)
        assert (layout.width, layout.height) == (leaf.image.width, leaf.image.height)
        assert 1 <= number <= len(layout.pages)
    for number in (0, len(found) + 1):
        with pytest.raises(LookupError):
            leaves.layout_of(record, number)


@pytest.mark.parametrize(
    "fields",
    [
        {"abstracts": []},
        {"visibility": "deleted"},
        {"links": [{"url": "https://example.org/manifest", "kind": "manifest"}]},
    ],
)
def test_no_manifest_where_there_is_nothing_to_show(repository: Repository, fields: Document) -> None:
    """A record without text and images, a deletion, and one whose manifest exists elsewhere have none of ours."""
    assert manifest.write(stating(**fields), repository) is None


def test_links_lead_to_the_record_in_every_form(repository: Repository) -> None:
    """homepage, seeAlso with the registered profile, rendering of each text, partOf each collection (3.2)."""
    record = stating(
        collections=["telegrams"],
        texts=[{"kind": "transcript", "language": "ru", "content": "Слово."}],
        links=[{"url": "https://example.org/letter", "kind": "landing page"}],
    )
    document = written(record, repository)
    base = "https://archive.example.org"
    assert [page["id"] for page in document["homepage"]] == ["https://example.org/letter"]
    assert [(found["id"], found["format"], found.get("profile")) for found in document["seeAlso"][:2]] == [
        (f"{base}/records/r/oai_dc.xml", "application/xml", None),
        (f"{base}/records/r/mods.xml", "application/xml", "http://www.loc.gov/mods/v3"),
    ]
    assert [found["id"] for found in document["seeAlso"][2:]] == [
        uris.get_record(repository, record, prefix) for prefix in ("oai_dc", "mods")
    ]
    assert document["rendering"] == [
        {
            "id": f"{base}/records/r/text/1.txt",
            "type": "Text",
            "label": {"en": ["Transcript in Russian, plain text"]},
            "format": "text/plain",
            "language": ["ru"],
        },
        {"id": f"{base}/records/r", "type": "Text", "label": {"en": ["Web page"]}, "format": "text/html"},
    ]
    assert document["partOf"] == [
        {"id": f"{base}/iiif/collection/telegrams.json", "type": "Collection", "label": {"none": ["Telegrams"]}}
    ]


MUTANTS: dict[str, Callable[[Document], object]] = {
    "@context is not first": lambda d: d.update({"@context": d.pop("@context")}),
    "no canvas": lambda d: d.update(items=[]),
    "rights is no canonical URI": lambda d: d.update(rights="https://rightsstatements.org/page/NoC-US/1.0/"),
    "navDate is no moment": lambda d: d.update(navDate="1968-01-23"),
    "/summary is empty": lambda d: d.update(summary={}),
    "/items/0/@context is inside": lambda d: d["items"][0].update({"@context": "x"}),
    "/label is no language map": lambda d: d.update(label="T"),
    "/homepage/0 has no label": lambda d: d["homepage"][0].pop("label"),
    "https://archive.example.org/iiif/r/canvas/1 shows nothing": lambda d: d["items"][0].update(
        items=[{"id": "x", "items": []}]
    ),
    "https://archive.example.org/iiif/r/canvas/1/painting/1 paints no image on its canvas": lambda d: d["items"][0][
        "items"
    ][0]["items"][0].update(target="x"),
}


@pytest.mark.parametrize("fault", MUTANTS)
def test_the_rules_find_what_is_wrong(repository: Repository, faults: Faults, fault: str) -> None:
    """Each rule that manifests are held to finds a manifest that breaks it."""
    document = written(stating(), repository)
    assert faults(document) == []
    MUTANTS[fault](document)
    assert fault in faults(document)
