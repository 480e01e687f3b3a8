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
            **{f"/images/{name}.jpg": Page(picture(*size), "image/jpeg") for name, size in IMAGES.items()},
        }

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer."""
        request = Request(environ)
        self.asked.append(request.full_path.rstrip("?"))
        page = self.pages.get(self.asked[-1]) or self.pages.get(request.path) or Page(b"Not here", "text/plain", 404)
        headers = {"Content-Type": page.media_type}
        if page.cors:
            headers["Access-Control-Allow-Origin"] = page.cors
        if page.location:
            headers["Location"] = page.location
        body = page.body
        if page.compresses and request.path.endswith(".json") and "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        return Response(body, page.status, headers)(environ, start_response)
