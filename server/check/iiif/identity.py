"""Identifiers (Presentation 3.0, 3.2 and 6.1). Yields where one is not as it must be."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from server.check.findings import Place
from server.check.iiif.document import CLASSES, Document, Node

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S.*", re.DOTALL)
_HTTP = re.compile(r"https?://[^/?#\s]+.*", re.DOTALL)
_UNENCODED = re.compile(r"""[^\x21-\x7e]|["<>\\^`{|}]""")
_ANY_URI = ("Range", "AnnotationCollection")
"""Classes whose id should begin with http, and need not (5.4, 5.8)."""


def uris(document: Document) -> Iterator[Place]:
    """Each id is a URI, and begins with http where it must (3.2)."""
    for node in document.nodes:
        if node.kind == "Service" or not isinstance(node.value.get("id"), str):
            continue
        http = node.kind in CLASSES and node.kind not in _ANY_URI
        if not (_HTTP if http else _URI).fullmatch(node.id):
            expected = "an address that begins with http:// or https://" if http else "a URI"
            yield Place(document.place(node.at("id")), expected, ascii(node.id)[1:-1])


def characters(document: Document) -> Iterator[Place]:
    """Special characters are encoded (6.1)."""
    for node in document.nodes:
        if (found := _UNENCODED.search(node.id)) and _URI.fullmatch(node.id):
            yield Place(document.place(node.at("id")), f"{found[0]!a} encoded by %", ascii(node.id)[1:-1])


def unique(document: Document) -> Iterator[Place]:
    """What is described in the document has an id of its own (3.2)."""
    first: dict[str, Node] = {}
    for node in document.nodes:
        if node.kind not in CLASSES or node.reference or not node.id or _is_painted_whole(node):
            continue
        if node.id in first:
            yield Place(document.place(node.where), f"another id than that of {first[node.id].where}", node.id)
        first.setdefault(node.id, node)


def _is_painted_whole(node: Node) -> bool:
    """Whether it is, or stands in, a canvas that is painted on another, and may be described here once more (5.7)."""
    step: Node | None = node
    while step is not None and step.role not in {"body", "source"}:
        step = step.parent
    return step is not None


def fragments(document: Document) -> Iterator[Place]:
    """The id of a canvas has no fragment; what names a part of one may have it (5.3)."""
    for node in document.canvases.values():
        if "#" in node.id:
            yield Place(document.place(node.at("id")), "an id without #", node.id)


def address(document: Document) -> Iterator[Place]:
    """The id of the document is the address that it was fetched from (3.2)."""
    if document.url and document.top.id and document.top.id not in document.url:
        yield Place(document.place(document.top.at("id")), " or ".join(dict.fromkeys(document.url)), document.top.id)


def https(document: Document) -> Iterator[Place]:
    """The id of the document begins with https, unless it is of this machine (6.1)."""
    parts = urlsplit(document.top.id) if _HTTP.fullmatch(document.top.id) else None
    if parts and parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        yield Place(document.place(document.top.at("id")), "an address that begins with https://", document.top.id)


def query(document: Document) -> Iterator[Place]:
    """The id of the document has neither query nor fragment (6.1)."""
    if document.top.kind in {"Collection", "Manifest"} and re.search(r"[?#]", document.top.id):
        yield Place(document.place(document.top.at("id")), "an address without ? and #", document.top.id)
