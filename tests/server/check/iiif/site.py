"""A small archive on the web: the sound manifest and collection, and all that they link to. Faults change its pages."""

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image
from werkzeug.wrappers import Request, Response

from tests.server.check.iiif.sound import CONTEXT, collection, manifest

MANIFEST, COLLECTION = "/iiif/letter-1/manifest.json", "/iiif/letters.json"
JSON = "application/json"
LD_JSON = f'application/ld+json;profile="{CONTEXT}"'
IMAGES = {"page-1": (300, 400), "page-2": (300, 400), "thumbnail": (30, 40), "logo": (60, 40)}


@dataclass
class Page:
    """What stands at an address."""

    body: bytes
    media_type: str
    status: int = 200
    cors: str | None = "*"
    compresses: bool = True
    location: str | None = None
    negotiates: bool = True
    heads: bool = True

    @property
    def content(self) -> Any:  # noqa: ANN401 - any JSON
        """Its JSON."""
        return json.loads(self.body)

    def edit(self, change: Callable[[Any], object]) -> None:
        """Change its JSON."""
        content = self.content
        change(content)
        self.body = json.dumps(content).encode()


def picture(width: int, height: int) -> bytes:
    """Return a JPEG."""
    file = BytesIO()
    Image.new("RGB", (width, height), "white").save(file, "JPEG")
    return file.getvalue()


def document(content: object) -> Page:
    """Return a page that holds a document of IIIF."""
    return Page(json.dumps(content).encode(), LD_JSON)


@dataclass
class Site:
    """A WSGI application (PEP 3333); `asked` has the addresses that were asked."""

    host: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def renew(self) -> None:
        """Be sound again, as if nothing had been asked before."""
        self.asked = []
        base = f"{self.host}/iiif/letter-1"
        transcript = {
            "@context": CONTEXT,
            "id": f"{base}/transcript",
            "type": "AnnotationCollection",
            "label": {"en": ["x"]},
        }
        self.pages = {
            MANIFEST: document(manifest(self.host)),
            COLLECTION: document(collection(self.host)),
            "/iiif/letter-1/transcript": document(transcript),
            "/page.html": Page(b"<!DOCTYPE html><title>A letter</title>", "text/html; charset=utf-8", cors=None),
            "/about.json": Page(b"{}", "application/json", cors=None),
            "/letter.xml": Page(b"<mods/>", "application/xml", cors=None),
            "/letter.txt": Page(b"Dear friend", "text/plain; charset=utf-8"),
            "/letter.mp3": Page(b"ID3", "audio/mpeg"),
            "/letter.ogg": Page(b"OggS", "audio/ogg"),
            **stream(self.host),
            **_services(self.host, manifest(self.host)["items"][0]["annotations"][0]["items"]),
            **{f"/images/{name}.jpg": Page(picture(*size), "image/jpeg") for name, size in IMAGES.items()},
        }

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer."""
        request = Request(environ)
        self.asked.append(request.full_path.rstrip("?"))
        page = self.pages.get(self.asked[-1]) or self.pages.get(request.path) or Page(b"Not here", "text/plain", 404)
        plain = page.negotiates and page.media_type == LD_JSON and request.headers.get("Accept") == JSON
        headers = {"Content-Type": JSON if plain else page.media_type}
        if page.cors:
            headers["Access-Control-Allow-Origin"] = page.cors
        if page.location:
            headers["Location"] = page.location
        if request.method == "HEAD" and not page.heads:
            return Response("No", 405)(environ, start_response)
        body = page.body
        if page.compresses and request.path.endswith(".json") and "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        return Response(body, page.status, headers)(environ, start_response)


def _services(host: str, lines: list[Any]) -> dict[str, Page]:
    """Return the answers of the services of the manifest."""
    size = {"width": 30, "height": 40}
    described: dict[str, Any] = {"protocol": "http://iiif.io/api/image", "width": 300, "height": 400}
    image_3 = {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": f"{host}/image/3",
        "type": "ImageService3",
        **described,
        "profile": "level0",
        "maxWidth": 300,
        "maxHeight": 400,
        "sizes": [size, {"width": 150, "height": 200}],
        "tiles": [{"width": 100, "scaleFactors": [1, 2]}],
        "extraFormats": ["webp"],
        "preferredFormats": ["webp", "jpg"],
    }
    image_2 = {
        "@context": "http://iiif.io/api/image/2/context.json",
        "@id": f"{host}/image/2",
        **described,
        "profile": ["http://iiif.io/api/image/2/level1.json", {"formats": ["gif"], "maxWidth": 300, "maxHeight": 400}],
    }
    found_2 = {
        "@context": "http://iiif.io/api/search/2/context.json",
        "id": f"{host}/search/2?q=Dear",
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{host}/search/2?q=Dear",
            "type": "AnnotationCollection",
            "first": {"id": f"{host}/search/2?q=Dear", "type": "AnnotationPage"},
        },
        "next": {"id": f"{host}/search/2?page=2&q=Dear", "type": "AnnotationPage"},
        "ignored": ["user"],
        "items": lines,
        "annotations": [{"type": "AnnotationPage", "items": [_context(line["id"]) for line in lines]}],
    }
    found_1 = {
        "@context": ["http://iiif.io/api/presentation/2/context.json", "http://iiif.io/api/search/1/context.json"],
        "@id": f"{host}/search/1?q=Dear",
        "@type": "sc:AnnotationList",
        "within": {"@type": "sc:Layer", "ignored": ["user"]},
        "resources": [{"@id": "x", "@type": "oa:Annotation", "motivation": "sc:painting", "resource": {}, "on": "y"}],
        "hits": [{"@type": "search:Hit", "annotations": ["x"], "before": "My "}],
    }
    terms = [{"match": "dear", "url": f"{host}/search/1?q=dear", "count": 1}]
    term_page = {
        "@context": "http://iiif.io/api/search/2/context.json",
        "id": f"{host}/complete/2?q=De",
        "type": "TermPage",
        "items": [{"value": "dear", "total": 1}],
    }
    return {
        "/image/3/info.json": Page(json.dumps(image_3).encode(), JSON),
        "/image/2/info.json": Page(json.dumps(image_2).encode(), JSON),
        "/image/3/full/30,40/0/default.jpg": Page(picture(30, 40), "image/jpeg"),
        "/image/2/full/100,/0/default.jpg": Page(picture(100, 133), "image/jpeg"),
        "/search/2": document(found_2),
        "/search/1": Page(json.dumps(found_1).encode(), JSON),
        "/complete/2": Page(json.dumps(term_page).encode(), JSON),
        "/complete/1": Page(json.dumps({"@type": "search:TermList", "terms": terms}).encode(), JSON),
    }


def _context(source: str) -> dict[str, Any]:
    """Return what stands around a hit."""
    selector = {"type": "TextQuoteSelector", "exact": "Dear", "suffix": " friend"}
    target = {"type": "SpecificResource", "source": source, "selector": [selector]}
    return {"id": f"{source}/context", "type": "Annotation", "motivation": "contextualizing", "target": target}


def stream(host: str) -> dict[str, Page]:
    """Return a stream of changes on two pages."""

    def named(path: str, kind: str = "OrderedCollectionPage") -> dict[str, str]:
        return {"id": f"{host}/activity/{path}.json", "type": kind}

    def activity(kind: str, time: str) -> dict[str, object]:
        return {"type": kind, "object": {"id": f"{host}{MANIFEST}", "type": "Manifest"}, "endTime": time}

    context = {"@context": "http://iiif.io/api/discovery/1/context.json"}
    whole = {**context, **named("all", "OrderedCollection"), "totalItems": 3, "first": named("0"), "last": named("1")}
    part_of = named("all", "OrderedCollection")
    first = {
        **context,
        **named("0"),
        "partOf": part_of,
        "next": named("1"),
        "orderedItems": [activity("Create", "2026-01-01T00:00:00Z"), activity("Update", "2026-01-02T00:00:00Z")],
    }
    last = {
        **context,
        **named("1"),
        "partOf": part_of,
        "prev": named("0"),
        "orderedItems": [activity("Delete", "2026-01-02T00:00:00.5Z")],
    }
    return {
        f"/activity/{name}.json": Page(json.dumps(each).encode(), JSON)
        for name, each in (("all", whole), ("0", first), ("1", last))
    }
