"""The samples: each file reads without a fault, and together they show every feature."""

import json
import re
from collections.abc import Callable, Sequence

import pytest
from PIL import Image

from records.collections import ancestors, with_defaults
from records.errors import RecordError
from records.model import Collection, Record
from records.readers import collections_toml
from tests.samples import SAMPLES
from tests.samples import samples as stated_samples


@pytest.fixture(scope="module")
def samples() -> list[Record]:
    """Give the sample records; a file with a fault fails here."""
    found = stated_samples()
    assert [str(record) for record in found if isinstance(record, RecordError)] == []
    return [record for record in found if isinstance(record, Record)]


@pytest.fixture(scope="module")
def collections() -> dict[str, Collection]:
    """Give what collections.toml states; a fault in it fails here."""
    found, errors = collections_toml.read(SAMPLES / collections_toml.NAME)
    assert errors == []
    return {collection.spec: collection for collection in found}


def _languages(record: Record) -> set[str]:
    return {title.language for title in record.titles if title.language}


def _script(pattern: str) -> Callable[[Record], bool]:
    return lambda record: any(re.search(pattern, text.whole) for text in record.texts)


FEATURES: dict[str, Callable[[Record], bool]] = {
    "a title in two languages": lambda record: len(_languages(record)) > 1,
    "a transcript and its translation": lambda record: {"transcript", "translation"} <= {t.kind for t in record.texts},
    "a paraphrase that says so": lambda record: any(t.kind == "paraphrase" and t.label for t in record.texts),
    "a text page by page": lambda record: any(len(text.pages) > 1 for text in record.texts),
    "a transcript with line breaks": lambda record: any(
        "\n" in t.whole for t in record.texts if t.kind == "transcript"
    ),
    "Cyrillic": _script("[а-я]"),
    "Han": _script("[一-鿿]"),
    "Hangul": _script("[가-힣]"),
    "Arabic": _script("[ء-ي]"),
    "a day": lambda record: any(date.edtf and len(date.edtf) == 10 for date in record.dates),
    "a range": lambda record: any(date.span and date.span.is_range for date in record.dates),
    "an uncertain date": lambda record: any(date.span and date.span.approximate for date in record.dates),
    "a date in words alone": lambda record: bool(record.dates) and not any(date.edtf for date in record.dates),
    "a stated rights URI": lambda record: bool(record.rights and record.rights.uri),
    "no rights at all": lambda record: not record.rights,
    "two acknowledgments": lambda record: len([f for f in record.funding if f.acknowledgment]) == 2,
    "two funders": lambda record: len([funding for funding in record.funding if funding.funder]) > 1,
    "a funder with ROR and award": lambda record: any(
        funding.award and (funding.identifier or "").startswith("https://ror.org/") for funding in record.funding
    ),
    "no funder": lambda record: not record.funding,
    "a deletion": lambda record: record.visibility == "deleted",
    "a hidden record": lambda record: record.visibility == "hidden",
    "page images": lambda record: len([page for page in record.pages if page.file]) > 1,
    "nothing to show": lambda record: record.visibility == "public" and not record.presentable,
    "no collection": lambda record: not record.collections,
    "a nested collection": lambda record: any(":" in spec for spec in record.collections),
    "a place and a time": lambda record: {"place", "time"} <= {subject.kind for subject in record.subjects},
    "a place with coordinates": lambda record: any(
        subject.latitude is not None and subject.longitude is not None for subject in record.subjects
    ),
    "an agent with an authority": lambda record: any(agent.uri and agent.authority for agent in record.agents),
    "a subject with an authority": lambda record: any(subject.uri and subject.authority for subject in record.subjects),
    "a genre with an authority": lambda record: any(genre.uri and genre.authority for genre in record.genres),
    "a note": lambda record: bool(record.notes),
    "a related resource": lambda record: bool(record.relations),
    "an identifier from elsewhere": lambda record: any(identifier.kind for identifier in record.identifiers),
    "a landing page elsewhere": lambda record: bool(record.link("landing page")),
    "a manifest elsewhere": lambda record: bool(record.link("manifest")),
    "a value without a field": lambda record: bool(record.unmapped),
    "a shelfmark": lambda record: bool(record.source and record.source.shelfmark),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_is_shown(samples: Sequence[Record], feature: str) -> None:
    """Whoever looks for an example of a feature finds one."""
    assert any(FEATURES[feature](record) for record in samples)


def test_each_form_of_json_is_shown() -> None:
    """There is a file of one record, one of a list, and one of JSON Lines."""
    documents = [json.loads(path.read_bytes()) for path in SAMPLES.rglob("*.json")]
    assert {type(document) for document in documents} == {dict, list}
    lines = [line for path in SAMPLES.rglob("*.jsonl") for line in path.read_bytes().splitlines()]
    assert len(lines) > 1
    assert all(isinstance(json.loads(line), dict) for line in lines)


def test_identifiers_are_unique(samples: Sequence[Record]) -> None:
    """No sample replaces another."""
    identifiers = [record.identifier for record in samples]
    assert len(identifiers) == len(set(identifiers)) >= 12


def test_every_set_is_described(samples: Sequence[Record], collections: dict[str, Collection]) -> None:
    """Each set that a record states, and each above it, is one of three collections with a description."""
    stated = {above for record in samples for spec in record.collections for above in ancestors(spec)}
    assert stated == set(collections) == {"telegrams", "telegrams:cold-war", "manuscripts"}
    assert all(collection.description for collection in collections.values())


def test_a_collection_speaks_for_its_records(samples: Sequence[Record], collections: dict[str, Collection]) -> None:
    """A statement of a collection holds for the records that state none themselves, and for no others."""
    filled = {record.identifier for record in samples if "rights" in with_defaults(record, collections)[1]}
    assert filled == {
        record.identifier
        for record in samples
        if not record.rights and any(spec.startswith("telegrams") for spec in record.collections)
    }


def test_page_images_are_there(samples: Sequence[Record]) -> None:
    """Each image that a record names can be opened, and the record says that it is a drawing."""
    for record in samples:
        for page in record.pages:
            with Image.open(SAMPLES / str(page.file)) as image:
                assert image.width > image.height
            assert "drawings made for this sample" in record.notes[0].text


def test_images_are_small() -> None:
    """The samples travel with the software, so that their images weigh little."""
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*.png")) < 150_000
