"""Each class and property of Presentation 3.0: what is missing is missed, what must not be is told, what may be may."""

import json
from typing import Any

import pytest

from server.check.findings import Finding
from server.check.iiif.classes import CLASSES, LINKS
from server.check.iiif.document import Document
from server.check.iiif.tables import judged
from tests.server.check.iiif.faults import BODY, CANVAS, CONTENTS, GREETING, PAINTING, at
from tests.server.check.iiif.sound import collection, manifest

PLACES: dict[str, tuple[str | int, ...]] = {
    "Manifest": (),
    "Canvas": CANVAS,
    "AnnotationPage": (*CANVAS, "items", 0),
    "Annotation": PAINTING,
    "Range": CONTENTS,
    "AnnotationCollection": (*GREETING, "supplementary"),
    "SpecificResource": (*GREETING, "items", 1),
    "Agent": ("provider", 0),
    "thumbnail": ("thumbnail", 0),
    "homepage": ("homepage", 0),
    "logo": ("provider", 0, "logo", 0),
    "rendering": ("rendering", 0),
    "seeAlso": ("seeAlso", 0),
    "partOf": ("partOf", 0),
    "body": BODY,
}
"""Where the sound manifest has what."""

TABLE = CLASSES | LINKS
REQUIRED = [(name, each) for name in PLACES for each in TABLE[name].required]
RECOMMENDED = [(name, each) for name in PLACES if name != "AnnotationCollection" for each in TABLE[name].recommended]
FORBIDDEN = [(name, each) for name in PLACES if name in CLASSES for each in TABLE[name].forbidden]


def broken(document: dict[str, Any]) -> list[Finding]:
    """Return what is found in a document."""
    return list(judged(Document("the document", json.dumps(document).encode())))


def without(name: str, each: str) -> list[Finding]:
    """Return what is found where a property is missing."""
    document = manifest()
    del at(document, *PLACES[name])[each]
    return broken(document)


@pytest.mark.parametrize(("name", "each"), REQUIRED)
def test_what_a_class_must_have_is_missed(name: str, each: str) -> None:
    """Whatever else follows from it."""
    missed = [found.expected for found in without(name, each) if found.code == "iiif-required"]
    assert missed
    assert all(expected.startswith(f"{each}, which a") for expected in missed)


@pytest.mark.parametrize(("name", "each"), RECOMMENDED)
def test_what_a_class_should_have_is_missed(name: str, each: str) -> None:
    """As a finding that binds less."""
    codes = {found.code for found in without(name, each)}
    assert codes & {"iiif-recommended", "iiif-recommended-link"}
    assert not codes - {"iiif-recommended", "iiif-recommended-link"}


@pytest.mark.parametrize(("name", "each"), FORBIDDEN)
def test_what_a_class_must_not_have_is_told(name: str, each: str) -> None:
    """Of whatever value."""
    document = manifest()
    at(document, *PLACES[name])[each] = manifest().get(each, "x")
    assert f"no {each}, which a" in "".join(
        found.expected for found in broken(document) if found.code == "iiif-not-allowed"
    )


@pytest.mark.parametrize("each", CLASSES["Collection"].required)
def test_what_a_collection_must_have_is_missed(each: str) -> None:
    """The topmost one."""
    document = collection()
    del document[each]
    assert "iiif-required" in {found.code for found in broken(document)}


LEGAL: dict[str, tuple[tuple[str | int, ...], object]] = {
    "a context before ours": (
        ("@context",),
        ["http://iiif.io/api/extension/navplace/context.json", manifest()["@context"]],
    ),
    "a language with a region by number": (("label",), {"es-419": ["Una carta"]}),
    "a language that is rarely seen": (
        ("label",),
        {"sl-rozaj-biske-1994": ["x"], "zh-yue": ["x"], "x-ours": ["x"], "und": ["x"]},
    ),
    "no language": (("label",), {"none": ["A letter"]}),
    "less than in a label": (("label",), {"none": ["Letters < 1900 & > 1800"]}),
    "plain text like markup, with a space": (("summary",), {"en": ["<untitled, [1965]> "]}),
    "markup of every tag": (
        ("summary",),
        {
            "en": [
                '<p>a<b>b</b><br/><i>i</i><img src="https://a.org/b" alt="x"/><small>s</small><sub>1</sub><sup>2</sup>'
                ' <a href="mailto:a@b.org">m</a></p>'
            ]
        },
    ),
    "a ported licence": (("rights",), "http://creativecommons.org/licenses/by-nc/3.0/us/"),
    "the public domain mark": (("rights",), "http://creativecommons.org/publicdomain/mark/1.0/"),
    "zero": (("rights",), "http://creativecommons.org/publicdomain/zero/1.0/"),
    "a date before our era": (("navDate",), "-0044-03-15T00:00:00Z"),
    "a year without end": (("navDate",), f"{'9' * 5000}-02-28T00:00:00Z"),
    "a leap day with fractions": (("navDate",), "2024-02-29T23:59:59.999Z"),
    "a format with a parameter": (("rendering", 0, "format"), "text/plain; charset=utf-8"),
    "an older image service": (
        (*BODY, "service"),
        [{"@id": "https://a.org/i", "@type": "ImageService2", "profile": "http://iiif.io/api/image/2/level2.json"}],
    ),
    "a service whose profile has several parts": (
        (*BODY, "service"),
        [
            {
                "@id": "https://a.org/i",
                "@type": "ImageService2",
                "profile": ["http://iiif.io/api/image/2/level2.json", {"formats": ["gif"]}],
            }
        ],
    ),
    "an authentication service": (
        ("services",),
        [
            {
                "@id": "https://a.org/l",
                "@type": "AuthCookieService1",
                "profile": "http://iiif.io/api/auth/1/login",
                "label": "Log in",
                "service": [
                    {
                        "@id": "https://a.org/t",
                        "@type": "AuthTokenService1",
                        "profile": "http://iiif.io/api/auth/1/token",
                    }
                ],
            }
        ],
    ),
    "a service that is described at the top": (
        ("service",),
        [{"id": "https://a.org/s", "type": "S", "profile": "https://a.org/p"}, {"id": "https://a.org/s", "type": "S"}],
    ),
    "a search service with its context": (
        ("service",),
        [
            {
                "@context": "http://iiif.io/api/search/1/context.json",
                "@id": "https://a.org/s",
                "@type": "SearchService1",
                "profile": "http://iiif.io/api/search/1/search",
            }
        ],
    ),
    "several motivations": ((*PAINTING, "motivation"), ["painting", "https://a.org/m"]),
    "a target with its manifest": (
        (*PAINTING, "target"),
        {
            "id": f"{manifest()['items'][0]['id']}#xywh=0,0,300,400",
            "type": "Canvas",
            "partOf": [{"id": manifest()["id"], "type": "Manifest"}],
        },
    ),
    "several targets": (
        (*PAINTING, "target"),
        [f"{manifest()['items'][0]['id']}#xywh=0,0,1,1", f"{manifest()['items'][0]['id']}#xywh=1,1,1,1"],
    ),
    "a part of an image": (
        BODY,
        {
            "id": "https://a.org/part",
            "type": "SpecificResource",
            "source": manifest()["items"][0]["items"][0]["items"][0]["body"],
            "selector": {"type": "ImageApiSelector", "region": "0,0,10,10"},
        },
    ),
    "a whole canvas painted on a canvas": (BODY, manifest()["items"][1]),
    "a canvas painted on a canvas": (BODY, {"id": manifest()["items"][1]["id"], "type": "Canvas"}),
    "a page of annotations elsewhere": (
        (*CANVAS, "annotations"),
        [{"id": "https://a.org/page", "type": "AnnotationPage"}],
    ),
    "a page that is part of a transcript": (
        (*CANVAS, "items", 0, "partOf"),
        {"id": "https://a.org/t", "type": "AnnotationCollection", "label": {"en": ["All"]}},
    ),
    "a hidden page": ((*CANVAS, "annotations", 0, "behavior"), ["hidden"]),
    "a range elsewhere": (("structures",), [{"id": "https://a.org/range", "type": "Range"}]),
    "a range named by its address": (("structures", 0, "items", 0, "id"), f"{manifest()['id']}#range-2"),
    "an agent with no address on the web": (("provider", 0, "id"), "urn:isil:DE-1"),
    "whole seconds": (("items", 2, "duration"), 13),
    "a thumbnail that is no image": (
        ("thumbnail",),
        [{"id": "https://a.org/t.mp3", "type": "Sound", "format": "audio/mpeg", "duration": 3}],
    ),
}
"""What may be, and where a checker that is too strict would raise an alarm."""


@pytest.mark.parametrize(("path", "value"), LEGAL.values(), ids=LEGAL)
def test_what_may_be_raises_no_alarm(path: tuple[str | int, ...], value: object) -> None:
    """It is put in the place of what the sound manifest has."""
    document = manifest()
    at(document, *path[:-1])[path[-1]] = value
    assert broken(document) == []


ILLEGAL: dict[str, tuple[str, tuple[str | int, ...], object]] = {
    "a list where one statement stands": ("iiif-value", ("requiredStatement",), [manifest()["requiredStatement"]]),
    "an address alone": ("iiif-array", ("seeAlso",), ["https://a.org/mods.xml"]),
    "a text that is no array": ("iiif-language-map", ("summary",), {"en": "A letter"}),
    "a language of three letters": ("iiif-language-tag", ("label",), {"eng": ["A letter"]}),
    "a language with an underscore": ("iiif-language-tag", ("label",), {"en_US": ["A letter"]}),
    "the keyword for no language": ("iiif-language-tag", ("label",), {"@none": ["A letter"]}),
    "a language that is one string": ("iiif-array", ("rendering", 0, "language"), "en"),
    "a language that is none": ("iiif-language-tag", ("rendering", 0, "language"), ["English"]),
    "markup in a row's label": ("iiif-markup-place", ("metadata", 0, "label"), {"en": ["<b>Writer</b>"]}),
    "an entity of HTML": ("iiif-markup-form", ("summary",), {"en": ["<p>one&nbsp;two</p>"]}),
    "two elements": ("iiif-markup-form", ("summary",), {"en": ["<p>one</p><p>two</p>"]}),
    "a comment": ("iiif-markup-removed", ("summary",), {"en": ["<p>one<!-- two --></p>"]}),
    "a style": ("iiif-markup-removed", ("summary",), {"en": ['<p style="color:red">one</p>']}),
    "a link that runs": ("iiif-markup-removed", ("summary",), {"en": ['<a href="javascript:alert(1)">one</a>']}),
    "rights in words": ("iiif-rights", ("rights",), "In copyright"),
    "rights by the address of a page": (
        "iiif-rights",
        ("rights",),
        "https://creativecommons.org/licenses/by/4.0/deed.en",
    ),
    "rights without their slash": ("iiif-rights", ("rights",), "http://rightsstatements.org/vocab/InC/1.0"),
    "a day that does not exist in a year without end": (
        "iiif-nav-date",
        ("navDate",),
        f"{'9' * 5000}-02-30T00:00:00Z",
    ),
    "a day that does not exist": ("iiif-nav-date", ("navDate",), "2023-02-29T00:00:00Z"),
    "a time without its zone": ("iiif-nav-date", ("navDate",), "2023-02-28T00:00:00"),
    "a height of nothing": ("iiif-measure", (*CANVAS, "height"), 0),
    "a height with fractions": ("iiif-measure", (*CANVAS, "height"), 400.5),
    "a true width": ("iiif-measure", (*BODY, "width"), True),
    "a duration below nothing": (
        "iiif-measure",
        ("items", 2, "items", 0, "items", 0, "body", "items", 0, "duration"),
        -1,
    ),
    "a type in capitals": ("iiif-type", ("type",), "MANIFEST"),
    "an agent that is a person": ("iiif-type", ("provider", 0, "type"), "Person"),
    "a logo that is a document": ("iiif-type", ("provider", 0, "logo", 0, "type"), "Dataset"),
    "an empty list of languages": ("iiif-empty", ("rendering", 0, "language"), []),
    "no canvas": ("iiif-empty", ("items",), []),
    "a label that says nothing": ("iiif-empty", ("label",), {}),
    "time beyond the end": (
        "iiif-region",
        ("items", 2, "items", 0, "items", 0, "target"),
        f"{manifest()['items'][2]['id']}#t=1,14",
    ),
    "time on a page": ("iiif-region", (*PAINTING, "target"), f"{manifest()['items'][0]['id']}#t=1,14"),
    "percents beyond the edge": (
        "iiif-region",
        (*PAINTING, "target"),
        f"{manifest()['items'][0]['id']}#xywh=percent:50,0,51,10",
    ),
    "a region above the edge": (
        "iiif-region",
        (*PAINTING, "target"),
        f"{manifest()['items'][0]['id']}#xywh=-1,0,300,400",
    ),
    "a region of three numbers": (
        "iiif-region",
        (*PAINTING, "target"),
        f"{manifest()['items'][0]['id']}#xywh=0,0,300",
    ),
    "a start that selects nothing": (
        "iiif-start",
        ("start",),
        {"id": "https://a.org/s", "type": "SpecificResource", "source": manifest()["items"][0]["id"]},
    ),
    "a search of version 2 with the profile of 1": (
        "iiif-service-profile",
        ("service", 0, "profile"),
        "http://iiif.io/api/search/1/search",
    ),
    "an image service of version 2 with a word": (
        "iiif-service-profile",
        ("items", 1, "items", 0, "items", 0, "body", "service", 0, "profile"),
        ["level1"],
    ),
    "no context": ("iiif-context", ("@context",), None),
    "contexts in the wrong order": (
        "iiif-context",
        ("@context",),
        [manifest()["@context"], "http://iiif.io/api/extension/navplace/context.json"],
    ),
    "a canvas that is no address": ("iiif-id-uri", ("items", 1, "placeholderCanvas", "id"), "urn:x:1"),
    "a link that is no address": ("iiif-id-uri", ("homepage", 0, "id"), "/page.html"),
    "letters of another script": ("iiif-id-characters", ("homepage", 0, "id"), "https://a.org/письмо"),
    "the service as the image": (
        "iiif-image-service",
        BODY,
        manifest()["thumbnail"][0]
        | {
            "id": "https://a.org/i/info.json",
            "service": [{"id": "https://a.org/i", "type": "ImageService3", "profile": "level0"}],
        },
    ),
    "a misspelt property": ("iiif-unknown-property", (*CANVAS, "lable"), {"en": ["1r"]}),
    "a service without type": (
        "iiif-required",
        ("service",),
        [{"id": "https://a.org/s", "profile": "https://a.org/p"}],
    ),
    "a service without profile": ("iiif-recommended-link", ("service",), [{"id": "https://a.org/s", "type": "S"}]),
}
"""More faults, under what they are, with the code of the rule that they break."""


@pytest.mark.parametrize(("code", "path", "value"), ILLEGAL.values(), ids=ILLEGAL)
def test_what_may_not_be_raises_its_rule(code: str, path: tuple[str | int, ...], value: object) -> None:
    """Among others, where one follows from the other."""
    document = manifest()
    at(document, *path[:-1])[path[-1]] = value
    codes = {found.code for found in broken(document)}
    assert code in codes
    assert codes <= {code, "iiif-painting-target", "iiif-start", "iiif-range-canvas", "iiif-annotation-target"}
