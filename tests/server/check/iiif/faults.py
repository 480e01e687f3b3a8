"""Each fault of a document, under the code of the rule that it breaks: it must raise that, and no other."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.server.check.iiif.sound import collection, manifest

Edit = Callable[[dict[str, Any]], object]


class Fault(NamedTuple):
    """What is wrong with the sound manifest, or collection: what is edited in it, and in its bytes."""

    edit: Edit = lambda _document: None
    of: Callable[[], dict[str, Any]] = manifest
    written: Callable[[bytes], bytes] = lambda body: body

    @property
    def body(self) -> bytes:
        """The document with the fault."""
        document = self.of()
        self.edit(document)
        return self.written(json.dumps(document, ensure_ascii=False).encode())


def at(document: Any, *steps: str | int) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what stands at the end of a path."""
    for step in steps:
        document = document[step]
    return document


CANVAS = ("items", 0)
PAINTING = (*CANVAS, "items", 0, "items", 0)
BODY = (*PAINTING, "body")
LINE = (*CANVAS, "annotations", 0, "items", 0)
CONTENTS = ("structures", 0)
GREETING = (*CONTENTS, "items", 0)


def put(value: object, *path: str | int) -> Fault:
    """Return the fault that something else stands at the end of a path."""

    def edit(document: dict[str, Any]) -> None:
        at(document, *path[:-1])[path[-1]] = value

    return Fault(edit)


def lose(*path: str | int) -> Fault:
    """Return the fault that nothing stands at the end of a path."""

    def edit(document: dict[str, Any]) -> None:
        del at(document, *path[:-1])[path[-1]]

    return Fault(edit)


def said(markup: str) -> Fault:
    """Return the fault that the summary is this."""
    return put([markup], "summary", "en")


def _last(document: dict[str, Any]) -> None:
    document["@context"] = document.pop("@context")


def _same_id(document: dict[str, Any]) -> None:
    at(document, *PAINTING)["id"] = at(document, "items", 1, "items", 0, "items", 0)["id"]


def _with_fragment(document: dict[str, Any]) -> None:
    """The id of the cover, and what paints it; the target is taken for a part of the canvas."""
    cover = at(document, "items", 1, "placeholderCanvas")
    cover["id"] += "#1"


def _without_extent(document: dict[str, Any]) -> None:
    cover = at(document, "items", 1, "placeholderCanvas")
    del cover["height"], cover["width"]


def _embedded(document: dict[str, Any]) -> None:
    document["items"][0]["items"] = manifest()["items"][:1]


def _inner_services(document: dict[str, Any]) -> None:
    document["items"][1]["services"] = [{"id": "https://a.org/x", "type": "X", "profile": "https://a.org/"}]


def _service(**more: str) -> dict[str, str]:
    return {"id": "https://archive.example.org/service", "type": "SomeService", "profile": "https://a.org/", **more}


def _image_service(document: dict[str, Any]) -> None:
    body = at(document, *BODY)
    body["service"] = [{"id": body["id"], "type": "ImageService3", "profile": "level1"}]


def _nested_sequence(document: dict[str, Any]) -> None:
    at(document, *GREETING)["behavior"] = ["sequence"]


FAULTS: dict[str, Fault] = {
    "iiif-utf-8": Fault(written=lambda body: b"\xef\xbb\xbf" + body),
    "iiif-duplicate-name": Fault(written=lambda body: body.replace(b'"rights":', b'"rights": "x", "rights":')),
    "iiif-context": put("https://iiif.io/api/presentation/3/context.json", "@context"),
    "iiif-context-first": Fault(_last),
    "iiif-context-inside": put("http://iiif.io/api/presentation/3/context.json", *CANVAS, "@context"),
    "iiif-context-service": put([{"@context": "http://iiif.io/api/image/2/context.json", **_service()}], "service"),
    "iiif-graph": put([], "@graph"),
    "iiif-keyword": put("sc:Canvas", *CANVAS, "@type"),
    "iiif-required": lose("label"),
    "iiif-recommended": lose("summary"),
    "iiif-recommended-link": lose("seeAlso", 0, "profile"),
    "iiif-not-allowed": put("1965-03-02T00:00:00Z", *PAINTING, "navDate"),
    "iiif-unknown-property": put("Thanks", "attribution"),
    "iiif-type": put("canvas", *CANVAS, "type"),
    "iiif-array": put(manifest()["thumbnail"][0], "thumbnail"),
    "iiif-value": put([manifest()["rights"]], "rights"),
    "iiif-empty": put([], "metadata"),
    "iiif-empty-collection": Fault(lambda document: at(document, "items", 1).update(items=[]), collection),
    "iiif-empty-canvas": put([], *CANVAS, "items", 0, "items"),
    "iiif-id-uri": put("painting", *CANVAS, "items", 0, "id"),
    "iiif-id-characters": put("https://archive.example.org/a b.jpg", *BODY, "id"),
    "iiif-id-unique": Fault(_same_id),
    "iiif-id-fragment": Fault(_with_fragment),
    "iiif-id-https": Fault(
        lambda document: document.update(id="http://archive.example.org/iiif/letters.json"), collection
    ),
    "iiif-id-query": Fault(
        lambda document: document.update(id="https://archive.example.org/iiif?id=letters"), collection
    ),
    "iiif-language-map": put("A letter", "label"),
    "iiif-language-tag": put(["A letter"], "label", "english"),
    "iiif-blank": put([" "], "label", "none"),
    "iiif-label-value": lose("metadata", 0, "value"),
    "iiif-markup-place": put(["<i>A letter</i>"], "label", "en"),
    "iiif-markup-form": said("<p>two<p>"),
    "iiif-markup-space": said("\n<p>two</p>"),
    "iiif-markup-bare": said("A <b>short</b> letter"),
    "iiif-markup-removed": said("<p>two<script>alert(1)</script></p>"),
    "iiif-markup-tags": said("<p>two <strong>pages</strong></p>"),
    "iiif-rights": put("https://rightsstatements.org/page/InC-EDU/1.0/", "rights"),
    "iiif-rights-known": put("https://archive.example.org/rights", "rights"),
    "iiif-nav-date": put("1965-03-02", "navDate"),
    "iiif-nav-date-utc": put("1965-03-02T09:00:00+09:00", "navDate"),
    "iiif-format": put("jpg", *BODY, "format"),
    "iiif-content-type": put("PDF", "rendering", 0, "type"),
    "iiif-profile": put("MODS", "seeAlso", 0, "profile"),
    "iiif-service-profile": put("http://iiif.io/api/image/3/level1.json", *BODY, "service", 0, "profile"),
    "iiif-measure": put("400", *BODY, "height"),
    "iiif-content-size": lose("thumbnail", 0, "width"),
    "iiif-viewing-direction": put("ltr", "viewingDirection"),
    "iiif-behavior": put(["paged", "sideways"], "behavior"),
    "iiif-behavior-class": put(["together"], "behavior"),
    "iiif-behavior-disjoint": put(["paged", "individuals"], "behavior"),
    "iiif-behavior-measure": put(["auto-advance"], *CANVAS, "behavior"),
    "iiif-time-mode": put("once", "items", 2, "items", 0, "items", 0, "timeMode"),
    "iiif-collection-manifest": Fault(_embedded, collection),
    "iiif-services-top": Fault(_inner_services, collection),
    "iiif-canvas-pair": lose("placeholderCanvas", "width"),
    "iiif-canvas-extent": Fault(_without_extent),
    "iiif-canvas-within": put(
        {"id": "https://archive.example.org/c", "type": "Canvas"}, "placeholderCanvas", "accompanyingCanvas"
    ),
    "iiif-painting": put("commenting", *PAINTING, "motivation"),
    "iiif-painting-elsewhere": put("painting", "annotations", 0, "items", 0, "motivation"),
    "iiif-painting-target": put("https://archive.example.org/iiif/letter-1/canvas/2", *PAINTING, "target"),
    "iiif-annotation-target": put("https://archive.example.org/iiif/letter-1/canvas/2", *LINE, "target"),
    "iiif-painting-body": lose(*BODY),
    "iiif-painting-text": put({"type": "TextualBody", "value": "Dear friend", "format": "text/plain"}, *BODY),
    "iiif-painting-measure": put(manifest()["items"][2]["items"][0]["items"][0]["body"], *BODY),
    "iiif-region": put("https://archive.example.org/iiif/letter-1/canvas/1#xywh=10,20,300,380", *LINE, "target"),
    "iiif-image-service": Fault(_image_service),
    "iiif-start": put("https://archive.example.org/iiif/letter-1/canvas/9", "start", "id"),
    "iiif-range-canvas": put("https://archive.example.org/iiif/letter-1/canvas/9", *GREETING, "items", 0, "id"),
    "iiif-range-sequence": Fault(_nested_sequence),
    "iiif-range-thumbnail": put(["thumbnail-nav"], *CONTENTS, "behavior"),
}
