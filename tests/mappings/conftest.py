"""Records to map: the seed record, one with every field filled, and any that a strategy draws; golden documents.

DRAGOMAN_TEST_UPDATE_GOLDEN=1 writes the golden documents anew; the difference is then read in review.
"""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import etree
from lxml.etree import _Element

from mappings.repository import Repository
from records.model import DCMI_TYPES, MODS_TYPES, Collection, Institution, Record
from records.relators import RELATORS
from records.values import XML_ILLEGAL
from tests.hostile import TEXTS
from tests.schemas import FORMATS

GOLDEN = Path(__file__).parent.parent / "golden"
SAMPLES = Path(__file__).parents[2] / "records" / "samples"
RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
"""What an element of RDF states, if it has no text."""

MAY_BE_BLANK = {"ind1", "ind2"}
"""Attributes in which a blank says something: the indicators of MARC."""


@pytest.fixture(scope="session")
def repository() -> Repository:
    """Give a publishing repository with two collections."""
    return Repository(
        base_url="https://archive.example.org",
        name="Example Archive",
        namespace="archive.example.org",
        institution=Institution(name="Example Archive", homepage="https://www.example.org/"),
        collections={
            spec: Collection(spec=spec, title=title)
            for spec, title in (("letters-0058:inner-0059", "Inner letters 0117"), ("telegrams", "Telegrams"))
        },
    )


@pytest.fixture(scope="session")
def maximal_statements() -> dict[str, Any]:
    """Give a record with every field filled, as its input states it; every text in it is unique."""
    statements: dict[str, Any] = json.loads((GOLDEN / "maximal" / "record.json").read_text(encoding="utf-8"))
    return statements


@pytest.fixture(scope="session")
def unique_texts() -> Callable[[object], set[str]]:
    """Give a function that finds the unique texts (those with four digits) that are stated anywhere inside a value."""

    def find(value: object) -> set[str]:
        if isinstance(value, str):
            return {value} if re.search(r"\d{4}", value) else set()
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return {text for item in inside for text in find(item)}

    return find


@pytest.fixture(scope="session")
def maximal_record(maximal_statements: dict[str, Any]) -> Record:
    """Give a record with every field filled."""
    return Record.model_validate(maximal_statements)


@pytest.fixture(scope="session")
def seed_record() -> Record:
    """Give the record that the project began with, as the samples have it."""
    return Record.model_validate_json((SAMPLES / "telegram-1965-03-02.json").read_bytes())


@pytest.fixture(scope="session")
def valid(schema: Callable[[str], etree.XMLSchema]) -> Callable[[str, bytes | None], _Element]:
    """Give a function that asserts that a document is valid in its format and says nothing empty; gives its root."""

    def check(form: str, document: bytes | None) -> _Element:
        assert document is not None
        root = etree.fromstring(document)
        official = schema(FORMATS[form])
        assert official.validate(root), str(official.error_log)
        for element in root.iter():
            assert len(element) or element.get(RESOURCE) or (element.text or "").strip(), f"empty: {element.tag!r}"
            stated = (value for name, value in element.attrib.items() if name not in MAY_BE_BLANK)
            assert all(value.strip() for value in stated), f"empty attribute: {element.tag!r}"
        return root

    return check


@pytest.fixture(scope="session")
def golden() -> Callable[[str, bytes | None], None]:
    """Give a function that asserts that a document is the golden one of that name (`folder/file.xml`), laid out."""

    def check(name: str, document: bytes | None) -> None:
        assert document is not None
        root = etree.fromstring(document)
        etree.indent(root)
        laid_out = etree.tostring(root, encoding="unicode") + "\n"
        path = GOLDEN / name
        if os.environ.get("DRAGOMAN_TEST_UPDATE_GOLDEN") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(laid_out, encoding="utf-8")
        assert laid_out == path.read_text(encoding="utf-8")

    return check


# Any record

_LEGAL = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\t\n\r\x85"
)
_ANY_TEXT = st.text(_LEGAL, min_size=1, max_size=40).filter(
    lambda text: bool(text.strip()) and not XML_ILLEGAL.search(text)
)
TEXT = _ANY_TEXT | st.integers(0, len(TEXTS) - 1).map(list(TEXTS.values()).__getitem__)
"""Any text of a record, or one of the hostile ones (told by their numbers: hypothesis minds long descriptions)."""

LANGUAGE = st.sampled_from(["en", "zh", "zh-Hant", "ru", "ko", "sr-Latn", "yue", "haw", "es-419", "und"])
URI = st.from_regex(r"\Ahttps?://[a-z]{1,8}\.org/[A-Za-z0-9/._-]{0,20}\Z")
SET_SPEC = st.from_regex(r"\A[a-z]{1,8}(:[a-z]{1,8})?\Z")
KNOWN_RIGHTS_URI = st.sampled_from(
    ["http://rightsstatements.org/vocab/NoC-US/1.0/", "http://creativecommons.org/licenses/by/4.0/"]
)
RIGHTS_URI = KNOWN_RIGHTS_URI | URI
EDTF = (
    st.dates().map(str)
    | st.sampled_from(
        [
            "1965",
            "1965-03",
            "1920~",
            "1927?",
            "1900%",
            "1927/1929",
            "1927~/1929?",
            "../1950",
            "1950/..",
            "156X",
            "1965-21",
        ]
    )
    | st.sampled_from(["18XX", "[1965,1966]", "{1965,1967}", "192X/193X", "1900~/194X~"])
)


def _without_space(text: str) -> str:
    return "".join(text.split())


def _object(required: dict[str, SearchStrategy[Any]], **optional: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.fixed_dictionaries(required, optional=optional)


def _some(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.lists(strategy, max_size=3)


def _one_of(*values: str) -> SearchStrategy[str]:
    return st.sampled_from(values)


_TERM = _object({"text": TEXT}, uri=URI, authority=TEXT)
_LOCAL_TEXT = _object({"text": TEXT}, language=LANGUAGE)
_AGENT = _object(
    {"name": TEXT},
    kind=_one_of("person", "organization", "family", "meeting"),
    roles=st.lists(st.sampled_from(sorted(RELATORS)), max_size=3, unique=True),
    uri=URI,
    authority=TEXT,
)
_DATE_KIND = _one_of("created", "issued", "captured", "copyright", "modified", "valid", "uploaded", "other")
_DATE = _object({"edtf": EDTF}, text=TEXT, kind=_DATE_KIND) | _object({"text": TEXT}, kind=_DATE_KIND)
_SUBJECT = _object(
    {"text": TEXT},
    kind=_one_of(
        "topic", "person", "organization", "family", "meeting", "place", "time", "title", "genre", "occupation"
    ),
    uri=URI,
    authority=TEXT,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
)
_SIZE = {"width": st.integers(1, 5000), "height": st.integers(1, 5000)}
_SERVICE = {
    "service": URI,
    "service_type": _one_of("ImageService2", "ImageService3"),
    "service_profile": _one_of("level0", "level1", "level2"),
}
_PLACES: list[dict[str, SearchStrategy[Any]]] = [_SERVICE, {"service": URI}, {"image": URI}, {"file": TEXT}]
_PAGE = st.one_of([_object({**place, **_SIZE}, label=TEXT, description=TEXT, media_type=TEXT) for place in _PLACES])
_TEXT_PAGES = st.lists(
    _object(
        {"page": st.integers(1, 4), "content": TEXT},
        words=_some(
            _object(
                {
                    "text": TEXT,
                    "x": st.integers(0, 5000),
                    "y": st.integers(0, 5000),
                    "width": st.integers(1, 900),
                    "height": st.integers(1, 90),
                }
            )
        ),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda page: int(page["page"]),
)
_TEXT_KIND = _one_of("transcript", "translation", "paraphrase")
_DOCUMENT_TEXT = _object({"content": TEXT}, kind=_TEXT_KIND, language=LANGUAGE, label=TEXT) | _object(
    {"pages": _TEXT_PAGES}, kind=_TEXT_KIND, language=LANGUAGE, label=TEXT
)
_PAGES = st.lists(st.integers(1, 5), min_size=1, max_size=3)
_RANGE = st.recursive(
    _object({"label": TEXT, "pages": _PAGES}, language=LANGUAGE),
    lambda inner: _object({"label": TEXT, "ranges": st.lists(inner, min_size=1, max_size=3)}, pages=_PAGES),
    max_leaves=5,
)
_LINK = _object(
    {"url": URI},
    kind=_one_of("landing page", "manifest", "preview", "file", "transcript", "finding aid", "other"),
    label=TEXT,
    media_type=TEXT,
)
_RELATION = _object(
    {"title": TEXT},
    kind=_one_of(
        "host", "series", "original", "other version", "other format", "references", "preceding", "succeeding"
    ),
    url=URI,
    label=TEXT,
    identifier=TEXT,
    description=TEXT,
)
_STATEMENTS = _object(
    {
        "identifier": st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._~-]{0,20}\Z").filter(
            lambda value: value not in {"activity", "collection"}
        ),
        "titles": st.tuples(
            _object({"text": TEXT}, language=LANGUAGE),
            _some(_object({"text": TEXT, "kind": _one_of("alternative", "translated", "uniform")}, language=LANGUAGE)),
        ).map(lambda titles: [titles[0], *titles[1]]),
    },
    identifiers=_some(_object({"value": TEXT}, kind=TEXT)),
    agents=_some(_AGENT),
    dates=_some(_DATE),
    types=_some(st.sampled_from(MODS_TYPES + DCMI_TYPES)),
    genres=_some(_TERM),
    places_of_origin=_some(_TERM),
    edition=TEXT,
    languages=_some(LANGUAGE),
    original_languages=_some(LANGUAGE),
    abstracts=_some(_LOCAL_TEXT),
    contents=_some(_LOCAL_TEXT),
    notes=_some(_object({"text": TEXT}, kind=TEXT, language=LANGUAGE)),
    subjects=_some(_SUBJECT),
    source=_object({}, repository=TEXT, collection=TEXT, shelfmark=TEXT, citation=TEXT, uri=URI),
    extents=_some(TEXT),
    media_types=_some(TEXT),
    digital_origin=_one_of("born digital", "reformatted digital"),
    collections=_some(SET_SPEC),
    relations=_some(_RELATION),
    rights=_object({}, statement=TEXT, uri=RIGHTS_URI, holder=TEXT, contact=TEXT, access=TEXT, classification=TEXT),
    funding=_some(_object({}, acknowledgment=TEXT, funder=TEXT, identifier=URI, award=TEXT)),
    provider=_object({"name": TEXT}, homepage=URI, logo=URI, uri=URI),
    texts=_some(_DOCUMENT_TEXT),
    pages=_some(_PAGE),
    structures=_some(_RANGE),
    downloads=_some(_object({"file": TEXT}, label=TEXT)),
    links=_some(_LINK),
    cataloguing=_object({}, source=TEXT, created=EDTF, changed=EDTF, languages=_some(LANGUAGE), origin=TEXT),
)


_PLAIN_DATE = st.dates().map(str) | st.from_regex(r"\A[0-9]{4}(-(0[1-9]|1[0-2]))?\Z")
_FILLING = st.fixed_dictionaries(
    {
        "types": st.lists(_one_of("text", "still image", "cartographic", "MovingImage", "Sound"), min_size=1),
        "languages": st.lists(LANGUAGE, min_size=1, max_size=2),
        "dates": st.tuples(_object({"edtf": _PLAIN_DATE, "kind": _one_of("created", "issued")}, text=TEXT)),
        "identifiers": st.tuples(
            _object(
                {
                    "value": st.builds("10.{}/{}".format, st.integers(1000, 999999999), TEXT.map(_without_space)),
                    "kind": _one_of("doi", "DOI"),
                }
            )
        ),
        "agents": st.tuples(_object({"name": TEXT, "roles": st.tuples(_one_of("aut", "cre"))})),
    }
)
"""What EDM and DataCite ask for, beside a rights URI."""


def _filled(statements: dict[str, Any], filling: dict[str, Any], uri: str) -> dict[str, Any]:
    """Return statements with what any format asks for."""
    lists = {name: [*statements.get(name, ()), *added] for name, added in filling.items()}
    return {**statements, **lists, "rights": {**statements.get("rights", {}), "uri": uri}}


@pytest.fixture(scope="session")
def filled_records_strategy() -> SearchStrategy[Record]:
    """Give a strategy that draws records of any valid content that fill every format."""
    return st.builds(_filled, _STATEMENTS, _FILLING, KNOWN_RIGHTS_URI).map(Record.model_validate)


@pytest.fixture(scope="session")
def records_strategy() -> SearchStrategy[Record]:
    """Give a strategy that draws records of any valid content, for `data.draw(records_strategy)`."""
    return _STATEMENTS.map(Record.model_validate)


@pytest.fixture(scope="session")
def texts_strategy() -> SearchStrategy[str]:
    """Give a strategy that draws texts that a record may hold: any Unicode that XML 1.0 carries, not blank."""
    return TEXT.map(lambda text: re.sub("\r\n", "\n", text))
