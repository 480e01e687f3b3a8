"""The rules that manifests and collections are held to: each finds what breaks it, there and nowhere else."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mappings.iiif import collection
from mappings.iiif.presentation import CONTEXT
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
    ("context /@context", lambda d: d.update({"@context": [CONTEXT, OTHER]})),
    ("context /items/0/@context", lambda d: first_canvas(d).update({"@context": CONTEXT})),
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
    ("foreign /logo", lambda d: d.update(logo=[{"id": "https://example.org/l.png", "type": "Image"}])),
    ("foreign /attribution", lambda d: d.update(attribution="S")),
    ("foreign /items/0/viewingDirection", lambda d: first_canvas(d).update(viewingDirection="left-to-right")),
    ("lists /seeAlso", lambda d: d.update(seeAlso=d["seeAlso"][0]["id"])),
    ("lists /homepage", lambda d: d.update(homepage=d["homepage"][0])),
    ("lists /behavior", lambda d: d.update(behavior="paged")),
    ("lists /items/0/thumbnail", lambda d: first_canvas(d).update(thumbnail=["https://example.org/1.jpg"])),
    ("language_maps /label", lambda d: d.update(label="T")),
    ("language_maps /label", lambda d: d.update(label={"en": "T"})),
    ("language_maps /label", lambda d: d.update(label={"english language": ["T"]})),
    ("language_maps /label", lambda d: d.update(label={"en": [{"@value": "T"}]})),
    ("language_maps /label", lambda d: d.update(label={"xx-q": ["T"]})),
    ("language_maps /summary", lambda d: d.update(summary={"@none": ["T"]})),
    ("language_maps /requiredStatement/value", lambda d: d["requiredStatement"].update(value=["S"])),
    ("one_language /metadata/0/value", lambda d: d["metadata"][0].update(value={"en": ["T"], "ko": ["T"]})),
    ("html_in_labels /label", lambda d: d.update(label={"en": ["<i>T</i>"]})),
    ("html_in_labels /items/0/label", lambda d: first_canvas(d).update(label={"none": ["<T>"]})),
    ("html_in_labels /metadata/0/label", lambda d: d["metadata"][0].update(label={"en": ["<b>T</b>"]})),
    ("html_in_labels /partOf/0/label", lambda d: d["partOf"][0].update(label={"none": ["<p>T</p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<script>alert(1)</script>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p>A.<br></p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p onclick='x()'>A.</p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p><!-- A. --></p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p><![CDATA[A.]]></p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<?x?><p>A.</p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p>A.</p><p>B.</p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p><img src='data:image/png;base64,AA'/></p>"]})),
    ("html /summary", lambda d: d.update(summary={"en": ["<p><a href='https://example.org/a b'>A.</a></p>"]})),
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
    ("addresses /seeAlso/0/id", lambda d: d["seeAlso"][0].update(id="https://archive.example.org/ü.xml")),
    ("addresses /seeAlso/0/id", lambda d: d["seeAlso"][0].update(id="https://archive.example.org/[1].xml")),
    ("addresses /seeAlso/0/id", lambda d: d["seeAlso"][0].update(id="https://archive.example.org/100%.xml")),
    ("addresses /homepage/0/id", lambda d: d["homepage"][0].update(id="ftp://example.org/")),
    ("addresses /provider/0/id", lambda d: d["provider"][0].update(id="the archive")),
    (f"addresses {PAINTING}/body/service/0/@id", lambda d: served(d, "https://example.org/a b")),
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
    ("ranges /structures/0/items/1/id", lambda d: structured(d, "https://archive.example.org/iiif/r/canvas/9")),
    ("twice /structures/1/id", lambda d: structured(d, d["items"][1]["id"], times=2)),
    ("lacking /structures/0/label", lambda d: structured(d, d["items"][1]["id"], label=None)),
]
"""A fault, and what it is found as. What the official schema passes over is here, and what it finds."""


def served(document: Document, uri: str) -> None:
    """Give an image a service of version 2."""
    painting(document)["body"]["service"] = [{"@id": uri, "@type": "ImageService2"}]


def structured(document: Document, second: str, *, times: int = 1, label: str | None = "Letter") -> None:
    """Give a manifest a range of its first canvas and another one."""
    canvases = [{"id": uri, "type": "Canvas"} for uri in (first_canvas(document)["id"], second)]
    found = {"id": "https://archive.example.org/iiif/r/range/1", "type": "Range", "items": canvases}
    document["structures"] = [found | ({"label": {"none": [label]}} if label else {})] * times


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
    """Tags with digits, HTML that viewers keep, a blank behind what is none; what is but named where it stands."""
    sound["@context"] = [OTHER, CONTEXT]
    sound["label"] = {"es-419": ["A < B > C"], "zh-Hant": ["<T> ", "a<b>"], "none": ["T"]}
    sound["summary"] = {"en": ['<p>See <a href="https://example.org/?a=1&amp;b">it</a><br/><i>now</i></p>', "<b> "]}
    sound["navDate"] = "1968-01-23T10:00:00+09:00"
    lines = {"id": f"{first_canvas(sound)['id']}/lines.json", "type": "AnnotationPage", "label": {"en": ["Lines"]}}
    first_canvas(sound)["annotations"] = [lines]
    structured(sound, sound["items"][1]["id"])
    served(sound, "https://[2001:db8::1]:8080/iiif/2/a%20b")
    assert faults(sound) == []


def test_a_collection_is_held_to_the_rules_too(
    repository: Repository, faults: Faults, stating: Callable[..., Record]
) -> None:
    """It may be empty, but no member of it may be without a name, or stand there twice."""
    members = [stating(identifier=name) for name in ("a", "b", "c")]
    references = [json.loads(collection.reference(member, repository) or b"") for member in members]
    document = json.loads(collection.top(repository, references, changing=True, searchable=False))
    assert faults(document) == faults(document | {"items": []}) == []
    without(document["items"][0], "label")
    document["items"][2]["id"] = document["items"][1]["id"]
    assert faults(document) == ["lacking /items/0/label", "twice /items/2/id"]
