"""The document as JSON and linked data (Presentation 3.0, 4 and 6.3). Yields where that is not as it must be."""

import codecs
import json
from collections.abc import Iterator

from server.check.findings import Place
from server.check.iiif.document import CONTEXT, Document, contexts

LONGEST = 80
"""Characters of a value that are shown, where it is no string."""

_OWN_CONTEXT = ("SearchService", "AutoCompleteService")
"""Services whose specification wants a @context in their description (Content Search 2.0, 3.1)."""


def utf_8(document: Document) -> Iterator[Place]:
    """It is in UTF-8, without a byte order mark (RFC 8259, 8.1)."""
    for mark, name in (
        (codecs.BOM_UTF8, "a byte order mark"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"),
    ):  # fmt: skip
        if document.body.startswith(mark):
            yield Place(document.place("its first bytes"), "UTF-8", name)
            return
    if b"\x00" in document.body:
        yield Place(document.place("its bytes"), "UTF-8", "another encoding of Unicode")


def duplicate_names(document: Document) -> Iterator[Place]:
    """No name comes twice in an object (RFC 8259, 4)."""
    _read = document.root
    for name in dict.fromkeys(document.repeated):
        yield Place(document.place(document.top.where), f"{name} once in each object", "it comes twice in one")


def context(document: Document) -> Iterator[Place]:
    """The @context is that of Presentation 3.0, or ends with it (4.6)."""
    found = document.root.get("@context")
    if found != CONTEXT and (not isinstance(found, list) or found[-1:] != [CONTEXT] or found.count(CONTEXT) > 1):
        yield Place(
            document.place(f"{document.top.where}.@context"), f"{CONTEXT}, or an array that ends with it", shown(found)
        )


def context_first(document: Document) -> Iterator[Place]:
    """The @context is the first property (4.6)."""
    first = next(iter(document.root), "")
    if "@context" in document.root and first != "@context":
        yield Place(document.place(document.top.where), "@context as the first property", first)


def context_inside(document: Document) -> Iterator[Place]:
    """No resource inside has a @context (4.6)."""
    for node in document.nodes[1:]:
        if node.kind != "Service" and "@context" in node.value:
            yield Place(document.place(node.where), "no @context", shown(node.value["@context"]))


def context_service(document: Document) -> Iterator[Place]:
    """No service has a @context (3.3.1)."""
    for node in document.of("Service"):
        own = any("/api/search/" in each for each in contexts(node.value)) or node.type.startswith(_OWN_CONTEXT)
        if "@context" in node.value and not own:
            yield Place(document.place(node.where), "no @context", shown(node.value["@context"]))


def graph(document: Document) -> Iterator[Place]:
    """There is no @graph at the top (4.6)."""
    if "@graph" in document.root:
        yield Place(document.place(document.top.where), "no @graph", "a @graph")


def keywords(document: Document) -> Iterator[Place]:
    """No name begins with @ except @context (4.8)."""
    for node in document.nodes:
        for name in node.value if node.kind != "Service" else ():
            if name.startswith("@") and name not in {"@context", "@graph"}:
                yield Place(document.place(node.where), name[1:], name)


def shown(value: object) -> str:
    """Return a value as a person reads it in a sentence."""
    return value if isinstance(value, str) else "nothing" if value is None else _json(value)


def _json(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= LONGEST else f"{written[:LONGEST]}..."
