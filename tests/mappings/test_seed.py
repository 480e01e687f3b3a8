"""The record that the project began with: its page's facts, verbatim where that is owed, and nothing that is blank."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from mappings.formats import FORMATS
from mappings.iiif import manifest
from mappings.repository import Repository
from records.model import Record

SAMPLE = Path(__file__).parents[2] / "records" / "samples" / "telegram-1965-03-02.json"


@pytest.fixture(scope="module")
def sample() -> Record:
    """Give the shipped record."""
    return Record.model_validate_json(SAMPLE.read_bytes())


@pytest.fixture(scope="module")
def bare() -> Repository:
    """Give a repository without an institution, so that all that is said comes from the record."""
    return Repository("http://127.0.0.1:8000", "Dragoman example repository", "archive.example.org")


@pytest.fixture(scope="module")
def from_page(seed_page: str) -> Record:
    """Build the record from the page by its structure; a heading without a value leaves its field blank."""
    head, _, rest = seed_page.partition("Document Information\n")
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    source, *rights, uploaded, identifier, donor = re.split(r"\n\n+", rest.strip())
    citation = source.strip()
    shelfmark, _, translator = citation.partition(". Translated by ")
    return Record.model_validate(
        {
            "identifier": "telegram-1965-03-02",
            "titles": [{"text": lines[2]}],
            "agents": [{"name": translator.rstrip("."), "roles": ["trl"]}],
            "dates": [
                {"edtf": "1965-03-02", "text": lines[1]},
                {"text": uploaded.removeprefix("Original Uploaded Date"), "kind": "uploaded"},
            ],
            "identifiers": [{"value": identifier.removeprefix("Record ID")}],
            "source": {"shelfmark": shelfmark, "citation": citation},
            "rights": {"statement": "\n\n".join(rights)},
            "funding": [{"acknowledgment": lines[3], "funder": donor}],
        }
    )


def test_the_sample_states_what_the_page_states(sample: Record, from_page: Record) -> None:
    """Title, date, source, rights statement, acknowledgment and donor are the page's, character for character."""
    for field in ("identifier", "titles", "dates", "identifiers", "source", "rights", "funding"):
        assert getattr(sample, field) == getattr(from_page, field)
    assert from_page.agents[0].name in [agent.name for agent in sample.agents if "trl" in agent.roles]


def test_what_the_page_leaves_blank_is_blank(sample: Record) -> None:
    """No language, no rights URI, no upload date, no record id, no provider, no type."""
    stated = sample.model_dump(exclude_defaults=True)
    assert set(stated) == {
        "identifier",
        "titles",
        "agents",
        "dates",
        "abstracts",
        "source",
        "collections",
        "rights",
        "funding",
        "texts",
    }
    assert set(stated["rights"]) == {"statement"}
    assert set(stated["funding"][0]) == {"acknowledgment", "funder"}
    assert all("language" not in text for text in (*stated["titles"], *stated["abstracts"], *stated["texts"]))


def test_no_format_says_more(sample: Record, bare: Repository) -> None:
    """What is blank leaves no trace in any format, nor in the manifest."""
    absent = {
        "oai_dc": {"language", "publisher", "type", "format", "coverage", "subject"},
        "mods": {"language", "typeOfResource", "genre", "subject", "recordContentSource", "dateOther", "languageTerm"},
        "oai_dcterms": {"language", "publisher", "type", "format", "spatial", "temporal", "subject", "dateSubmitted"},
        "marc21": {"005", "024", "040", "041", "300", "347", "500", "506", "542", "650", "651", "653", "655"},
    }
    assert {prefix for prefix, form in FORMATS.items() if not form.fills(sample, bare)} == {
        "edm",
        "oai_datacite",
    }
    for prefix, missing in absent.items():
        root = etree.fromstring(FORMATS[prefix].write(sample, bare) or b"")
        names = {element.get("tag") or etree.QName(element).localname for element in root.iter()}
        assert names & missing == set()
        attributes = {name for element in root.iter() for name in element.attrib}
        assert "{http://www.w3.org/XML/1998/namespace}lang" not in attributes
        assert "{http://www.w3.org/1999/xlink}href" not in attributes
    shown = json.loads(manifest.write(sample, bare) or b"")
    assert {"rights", "provider"} & set(shown) == set()
    labels = {label for pair in shown["metadata"] for label in pair["label"]["en"]}
    assert labels & {"Language", "Language of the original", "Type", "Date uploaded", "Provided by"} == set()


def test_rights_and_acknowledgment_are_in_every_format(sample: Record, bare: Repository, from_page: Record) -> None:
    """Both are carried word for word."""
    owed = {str(from_page.rights and from_page.rights.statement), str(from_page.funding[0].acknowledgment)}
    for form in FORMATS.values():
        if not form.fills(sample, bare):
            continue
        root = etree.fromstring(form.write(sample, bare) or b"")
        assert owed <= {element.text for element in root.iter()}
    shown = json.loads(manifest.write(sample, bare) or b"")
    assert owed <= {text for pair in shown["metadata"] for text in pair["value"].get("none", [])}


def test_abstract_and_text_are_our_own_words(sample: Record, seed_page: str, from_page: Record) -> None:
    """No eight words in a row are the page's, but for what is owed."""
    owed = f"{from_page.title.text} {from_page.rights} {from_page.funding}"
    theirs = _runs(seed_page) - _runs(owed)
    ours = " . ".join([sample.abstracts[0].text, *(text.whole for text in sample.texts)])
    assert _runs(ours) & theirs == set()


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}
