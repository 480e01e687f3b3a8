"""What a document links to, and whether it answers as the document says (Presentation 3.0, 3.2, 4.2 and 6.3).

A check returns the places where something is wrong, or None where it had no occasion to look.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from server.check.client import Fetched
from server.check.findings import CannotCheckError, Place
from server.check.iiif.document import CLASSES, Document, Node, read, text
from server.check.iiif.words import is_size

ORIGIN = "https://viewer.example.org"
"""Where a viewer that asks would be."""

ENOUGH = 256 * 1024
"""Bytes that are read of what is no document: more than enough to see the size of an image."""

LD_JSON, JSON = "application/ld+json", "application/json"
PROFILE = 'profile="http://iiif.io/api/presentation/3/context.json"'

_READ_BY_PEOPLE = ("homepage", "seeAlso", "rendering", "partOf")
_PICTURES = ("JPEG", "PNG", "GIF", "WEBP", "TIFF")
_SMALL = 1024
"""Bytes that are not worth compressing."""

Places = list[Place] | None


class Link(NamedTuple):
    """A resource that a document links to. It holds nothing of the document, so that many can wait.

    Attributes:
        place: its place in the document.
        address: where it is.
        role: the property that holds it.
        kind: the class of IIIF that it is by its place, or Content.
        type: the type that is stated of it.
        format: the media type that is stated of it; "" where none is.
        size: the width and height that are stated of it, of whatever shape.
    """

    place: str
    address: str
    role: str
    kind: str
    type: str
    format: str
    size: tuple[object, object]

    @property
    def where(self) -> str:
        """Its place in the document, and its address."""
        return f"{self.place} ({self.address})"

    @property
    def class_named(self) -> str | None:
        """The class of IIIF that it is said to be; None if it is none, or none that has an address of its own."""
        kind = self.type if self.kind == "Content" else self.kind
        return kind if kind in CLASSES else None

    @property
    def followed(self) -> bool:
        """Whether it belongs to what is checked, so that it is judged too: what stands above it does not."""
        return self.role in {"items", "annotations", "structures", "supplementary"}


def links(document: Document) -> Iterator[Link]:
    """Yield what a document links to: first what its topmost resource does, then the rest in its order."""
    nodes = [node for node in document.nodes[1:] if _is_elsewhere(document, node)]
    for node in sorted(nodes, key=lambda node: node.parent is not document.top):
        address = node.id.partition("#")[0]
        if address.startswith(("http://", "https://")):
            size = (node.value.get("width"), node.value.get("height"))
            stated = text(node.value.get("format")).partition(";")[0].strip().lower()
            yield Link(document.place(node.where), address, node.role, node.kind, node.type, stated, size)


def _is_elsewhere(document: Document, node: Node) -> bool:
    if node.id in document.canvases or node.id in {document.top.id, *document.url}:
        return False
    if node.kind == "Content":
        return node.type not in {"TextualBody", "Choice", "Canvas", "Annotation"}
    return node.reference and node.kind in {"Collection", "Manifest", "AnnotationPage", "AnnotationCollection", "Range"}


def answer(link: Link, fetched: Fetched) -> Places:
    """It answers with status 200 (6.3)."""
    return [] if fetched.status == 200 else [Place(link.where, "HTTP status 200", str(fetched.status))]


def media_type(link: Link, fetched: Fetched) -> Places:
    """It has the media type that is stated (3.2)."""
    if not link.format or fetched.status != 200:
        return None
    found = fetched.media_type or "no Content-Type"
    return [] if found == link.format else [Place(link.where, link.format, found)]


def document(link: Link, fetched: Fetched) -> Places:
    """What is named as a resource of IIIF is one (4.2); it may be of another version (5.1)."""
    if link.class_named is None or fetched.status != 200:
        return None
    try:
        root = read(fetched.body, "it")
    except CannotCheckError:
        found = fetched.media_type or "no JSON"
    else:
        found = (text(root.get("type")) or text(root.get("@type")).removeprefix("sc:")) or "an object without type"
    former = {"AnnotationPage": "AnnotationList", "AnnotationCollection": "Layer"}.get(link.class_named)
    return [] if found in {link.class_named, former} else [Place(link.where, f"JSON of type {link.class_named}", found)]


def measure(link: Link, fetched: Fetched) -> Places:
    """An image has the height and width that are stated (3.2)."""
    if link.type != "Image" or fetched.status != 200 or not all(is_size(each) for each in link.size):
        return None
    found = image_size(fetched.body)
    if found is None or found == link.size:
        return None if found is None else []
    return [Place(link.where, f"{link.size[0]} x {link.size[1]} pixels", f"{found[0]} x {found[1]}")]


def image_size(body: bytes) -> tuple[int, int] | None:
    """Return width and height of an image, by its first bytes; None if they do not tell."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(body), formats=_PICTURES) as image:
            return image.width, image.height
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def cors(link: Link, fetched: Fetched) -> Places:
    """What viewers read themselves is open to them."""
    if fetched.status != 200 or link.kind != "Content" or link.role in _READ_BY_PEOPLE:
        return None
    return closed(link.where, fetched)


def closed(where: str, fetched: Fetched) -> list[Place]:
    """Return where an answer cannot be read by viewers of another host."""
    found = fetched.headers.get("access-control-allow-origin", "")
    if found in {"*", ORIGIN}:
        return []
    return [Place(where, "Access-Control-Allow-Origin: *", found or "no such header")]


def response_type(where: str, fetched: Fetched, profile: str = PROFILE) -> list[Place]:
    """Return where a document of IIIF does not come as one (6.3)."""
    stated = fetched.headers.get("content-type", "")
    plain = fetched.media_type == JSON
    if plain or (fetched.media_type == LD_JSON and profile in stated.replace(" ", "")):
        return []
    return [Place(where, f"{LD_JSON};{profile}, or {JSON}", stated or "no Content-Type")]


def negotiated(where: str, wanted: str, fetched: Fetched) -> list[Place]:
    """A document comes as it is wanted (6.3)."""
    found = fetched.media_type or f"HTTP status {fetched.status}"
    return [] if found == wanted else [Place(f"{where} (Accept: {wanted})", wanted, found)]


def without_body(where: str, whole: Fetched, fetched: Fetched) -> list[Place]:
    """HEAD is answered as GET is (6)."""
    right = fetched.status == whole.status and fetched.media_type == whole.media_type
    return (
        []
        if right
        else [
            Place(
                f"HEAD {where}",
                f"HTTP status {whole.status}, {whole.media_type}",
                f"{fetched.status}, {fetched.media_type}",
            )
        ]
    )


def compressed(where: str, fetched: Fetched) -> Places:
    """A document is compressed, where that was asked for (6.3)."""
    if len(fetched.body) < _SMALL:
        return None
    found = fetched.headers.get("content-encoding", "")
    return [] if found else [Place(f"{where} (Accept-Encoding: gzip)", "Content-Encoding: gzip", "none")]
