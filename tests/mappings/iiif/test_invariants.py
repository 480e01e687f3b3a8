"""The rules that manifests and collections are held to: each finds what breaks it, there and nowhere else."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mappings.iiif import collection
from mappings.repository import Repository
from records.model import Record

Document = dict[str, Any]
Faults = Callable[[Document], list[str]]
Mutation = Callable[[Document], object]

PAINTING = "/items/0/items/0/items/0"


def painting(document: Document) -> Document:
    """Return the annotation that paints the first canvas."""
    found: Document = document["items"][0]["items"][0]["items"][0]
    return found


def first_canvas(document: Document) -> Document:
    """Return the first canvas."""
    found: Document = document["items"][0]
    return found


def without(place: Document, name: str) -> None:
    """Take a property away."""
    del place[name]


def moved_to_the_end(document: Document, name: str) -> None:
    """Make a property the last one."""
    document[name] = document.pop(name)


OTHER = "http://www.w3.org/ns/anno.jsonld"

MUTANTS: list[tuple[str, Mutation]] = [
    ("context /@context", lambda d: moved_to_the_end(d, "@context")),
    ("context /@context", lambda d: without(d, "@context")),
    ("context /@context", lambda d: d.update({"@context": "http://iiif.io/api/presentation/2/context.json"})),
    ("context /@context", lambda d: d.update({"@context": [d["@context"], OTHER]})),
    ("context /items/0/@context", lambda d: first_canvas(d).update({"@context": d["@context"]})),
    ("empty /items", lambda d: d.update(items=[])),
    ("empty /items/0/items", lambda d: first_canvas(d).update(items=[])),
    ("empty /items/0/items/0/items", lambda d: first_canvas(d)["items"][0].update(items=[])),
    ("empty /label", lambda d: d.update(label={})),
    ("empty /label/en", lambda d: d.update(label={"en": []})),
    ("empty /label/en/0", lambda d: d.update(label={"en": [" "]})),
    ("empty /rendering", lambda d: d.update(rendering=[])),
    ("empty /homepage/0/format", lambda d: d["homepage"][0].update(format=None)),
    ("lacking /label", lambda d: without(d, "label")),
    ("lacking /items", lambda d: without(d, "items")),
    ("lacking /items/0/items", lambda d: without(first_canvas(d), "items")),
    ("lacking /items/0/thumbnail", lambda d: without(first_canvas(d), "thumbnail")),
    ("lacking /provider/0/label", lambda d: without(d["provider"][0], "label")),
    ("lacking /provider/0/id", lambda d: without(d["provider"][0], "id")),
    ("lacking /rendering/0/label", lambda d: without(d["rendering"][0], "label")),
    ("lacking /homepage/0/format", lambda d: without(d["homepage"][0], "format")),
    ("language_maps /label", lambda d: d.update(label="T")),
    ("language_maps /label", lambda d: d.update(label={"en": "T"})),
    ("language_maps /label", lambda d: d.update(label={"english language": ["T"]})),
    ("language_maps /label", lambda d: d.update(label={"en": [{"@value": "T"}]})),
    ("language_maps /requiredStatement/value", lambda d: d["requiredStatement"].update(value=["S"])),
    ("one_language /metadata/0/value", lambda d: d["metadata"][0].update(value={"en": ["T"], "ko": ["T"]})),
    ("html_in_labels /label", lambda d: d.update(label={"en": ["<i>T</i>"]})),
    ("html_in_labels /items/0/label", lambda d: first_canvas(d).update(label={"none": ["<span>1</span>r"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<script>alert(1)</script>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p>A.<br></p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p onclick='x()'>A.</p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p><!-- A. --></p>"]})),
    ("html /metadata/0/value", lambda d: d["metadata"][0].update(value={"en": ["<a href='javascript:x()'>T</a>"]})),
    ("html /requiredStatement/value", lambda d: d["requiredStatement"].update(value={"en": ["<p>A & B</p>"]})),
    ("nav_date /navDate", lambda d: d.update(navDate="1968-01-23")),
    ("nav_date /navDate", lambda d: d.update(navDate="1968-01-23T00:00:00")),
    ("nav_date /navDate", lambda d: d.update(navDate="1968-02-30T00:00:00Z")),
    ("rights_form /rights", lambda d: d.update(rights="https://rightsstatements.org/vocab/NoC-US/1.0/")),
    ("rights_form /rights", lambda d: d.update(rights="http://rightsstatements.org/page/NoC-US/1.0/")),
    ("rights_form /rights", lambda d: d.update(rights="http://creativecommons.org/licenses/by/4.0")),
    ("rights_form /rights", lambda d: d.update(rights="All rights reserved")),
    ("rights_form /rights", lambda d: d.update(rights=["http://creativecommons.org/licenses/by/4.0/"])),
    ("addresses /items/0/id", lambda d: renamed(d, first_canvas(d)["id"] + "#xywh=0,0,1,1")),
    ("addresses /homepage/0/id", lambda d: d["homepage"][0].update(id="www.example.org")),
    ("addresses /seeAlso/0/id", lambda d: d["seeAlso"][0].update(id="https://archive.example.org/a b.xml")),
    ("base /items/0/id", lambda d: renamed(d, "https://other.example.org/iiif/r/canvas/1")),
    ("base /seeAlso/0/id", lambda d: d["seeAlso"][0].update(id="https://archive.example.organization/r.xml")),
    ("twice /items/1/id", lambda d: renamed(d, first_canvas(d)["id"], canvas=1)),
    ("twice /rendering/0/id", lambda d: d["rendering"][0].update(id=d["homepage"][0]["id"])),
    (f"twice {PAINTING}/id", lambda d: painting(d).update(id=first_canvas(d)["items"][0]["id"])),
    (f"paintings {PAINTING}", lambda d: painting(d).update(target=d["items"][1]["id"])),
    (f"paintings {PAINTING}", lambda d: painting(d).update(motivation="commenting")),
    (f"paintings {PAINTING}/body", lambda d: painting(d).update(body={"type": "TextualBody", "value": {"en": ["T"]}})),
    ("sizes /items/0", lambda d: without(first_canvas(d), "height")),
    ("sizes /items/0", lambda d: first_canvas(d).update(height=0)),
    ("sizes /items/0", lambda d: first_canvas(d).update(width=-5)),
    ("sizes /items/0", lambda d: first_canvas(d).update(width=10.5)),
    ("sizes /items/0/thumbnail/0", lambda d: without(first_canvas(d)["thumbnail"][0], "height")),
    (f"sizes {PAINTING}/body", lambda d: painting(d)["body"].update(height="900")),
]


def renamed(document: Document, uri: str, *, canvas: int = 0) -> None:
    """Name a canvas otherwise, and have it painted under that name."""
    document["items"][canvas]["id"] = document["items"][canvas]["items"][0]["items"][0]["target"] = uri


@pytest.fixture
def sound(stating: Callable[..., Record], written: Callable[[Record], Document]) -> Document:
    """Give a manifest that has whatever a rule looks at."""
    record = stating(
        dates=[{"edtf": "1965-03-02"}],
        abstracts=[{"text": "A.", "language": "en"}],
        rights={"statement": "S", "uri": "http://rightsstatements.org/vocab/NoC-US/1.0/"},
        texts=[{"content": "Text."}],
        pages=[{"image": f"https://example.org/{number}.jpg", "width": 600, "height": 900} for number in (1, 2)],
    )
    return written(record)


@pytest.mark.parametrize(
    ("fault", "mutation"), MUTANTS, ids=[f"{number} {fault}" for number, (fault, _) in enumerate(MUTANTS)]
)
def test_a_rule_finds_just_what_breaks_it(sound: Document, faults: Faults, fault: str, mutation: Mutation) -> None:
    """A sound manifest breaks no rule; a fault in it is found by one rule, at its place."""
    assert faults(sound) == []
    mutation(sound)
    assert faults(sound) == [fault]


def test_every_rule_is_tried(rules: list[str]) -> None:
    """No rule is without a manifest that breaks it."""
    assert {fault.partition(" ")[0] for fault, _ in MUTANTS} == set(rules)


def test_what_the_specification_allows_is_no_fault(sound: Document, faults: Faults) -> None:
    """A list of contexts, tags with digits, HTML that viewers keep, a blank behind text in angle brackets."""
    sound["@context"] = [OTHER, sound["@context"]]
    sound["label"] = {"es-419": ["A < B > C"], "zh-Hant": ["<T>"], "none": ["T"]}
    sound["summary"] = {"en": ['<p>See <a href="https://example.org/?a=1&amp;b">it</a><br/><i>now</i></p>', "<b> "]}
    sound["navDate"] = "1968-01-23T10:00:00+09:00"
    assert faults(sound) == []


def test_a_collection_is_held_to_the_rules_too(
    repository: Repository, faults: Faults, stating: Callable[..., Record]
) -> None:
    """It may be empty, but no member of it may be without a name, or stand there twice."""
    members = [stating(identifier=name) for name in ("a", "b", "c")]
    document = json.loads(collection.top(repository, children=[], members=members))
    assert faults(document) == faults(document | {"items": []}) == []
    without(document["items"][0], "label")
    document["items"][2]["id"] = document["items"][1]["id"]
    assert faults(document) == ["lacking /items/0/label", "twice /items/2/id"]
