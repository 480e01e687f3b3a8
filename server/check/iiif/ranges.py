"""Ranges and starts (Presentation 3.0, 3.3.2 and 5.4)."""

from collections.abc import Iterator

from server.check.findings import Place
from server.check.iiif.document import Document, Node
from server.check.iiif.parts import parts
from server.check.iiif.words import behaviors_of


def start(document: Document) -> Iterator[Place]:
    """The start is a canvas of the manifest, or a part of one that a selector selects (3.3.2)."""
    starts = [node for node in document.nodes if node.role == "start"]
    yield from _not_there(document, starts)
    for node in starts:
        if node.kind == "SpecificResource" and "selector" not in node.value:
            yield Place(document.place(node.where), "a selector, which tells the part of the canvas", "none")


def canvases(document: Document) -> Iterator[Place]:
    """Ranges name canvases of the manifest (5.4)."""
    named = [node for node in document.of("Canvas", "SpecificResource") if _in_range(node)]
    yield from _not_there(document, named)


def _in_range(node: Node) -> bool:
    return node.role == "items" and node.parent is not None and node.parent.kind == "Range"


def _not_there(document: Document, named: list[Node]) -> Iterator[Place]:
    for node in named if document.top.kind == "Manifest" else ():
        for part in parts(node.value):
            if part.id and part.id not in document.canvases:
                yield Place(document.place(node.where), "a canvas of the manifest", part.id)


def sequences(document: Document) -> Iterator[Place]:
    """A range that is an order of its own stands in structures (5.4)."""
    for node in document.of("Range"):
        if "sequence" in behaviors_of(node) and node.role == "items":
            yield Place(document.place(node.where), "a range directly in structures", "a range within another")


def thumbnails(document: Document) -> Iterator[Place]:
    """The ranges in one that is a navigation by thumbnails have them (3.2)."""
    for node in document.of("Range"):
        above = node.parent if _in_range(node) else None
        if above is not None and "thumbnail-nav" in behaviors_of(above) and "thumbnail" not in node.value:
            yield Place(document.place(node.where), "thumbnail", "none")
