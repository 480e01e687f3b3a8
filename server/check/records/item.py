"""A record as the world reads it: what it states, its stored documents, its web page; each read once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from lxml import etree, html

from server.check import strict_xml
from server.check.findings import CannotCheckError
from server.check.iiif.document import Document
from server.check.records.formats import FORMATS, MANIFEST

Statement = dict[str, Any]
"""What a record or a collection states, as JSON."""

_DEFAULTS = ("rights", "provider", "languages", "original_languages", "funding")


def read(stated: bytes) -> Statement:
    """Return what a record states, as the store keeps it."""
    found: Statement = json.loads(stated)
    return found


def completed(stated: Statement, collections: Mapping[str, Statement]) -> Statement:
    """Return what a record states, with what its collections state where it says nothing itself.

    A record's own collections speak in their order, each before those above it.
    """
    found = dict(stated)
    for spec in stated.get("collections", ()):
        levels = str(spec).split(":")
        for size in range(len(levels), 0, -1):
            collection = collections.get(":".join(levels[:size]), {})
            for name in _DEFAULTS:
                if collection.get(name) and not found.get(name):
                    found[name] = collection[name]
    return found


@dataclass(frozen=True)
class Item:
    """A record that is shown.

    Attributes:
        identifier: its local identifier.
        stated: what it states, collection defaults applied.
        documents: its stored documents by format; the manifest is one of them.
        manifest_url: the address of its manifest, if it has one here.
        page_status: the HTTP status of its web page.
        page_body: the web page, HTML in UTF-8.
    """

    identifier: str
    stated: Statement
    documents: Mapping[str, bytes]
    manifest_url: str
    page_status: int
    page_body: bytes

    def at(self, part: str) -> str:
        """Return where something is: the identifier, which has no blank in it, and the part."""
        return f"{self.identifier} in {part}"

    @property
    def native(self) -> str | None:
        """The format that the record arrived in, which is served as it arrived."""
        return (self.stated.get("native") or {}).get("format")

    @property
    def rights(self) -> Statement:
        """What is stated of rights."""
        return self.stated.get("rights") or {}

    @property
    def acknowledgments(self) -> list[str]:
        """The acknowledgments that are owed, each once."""
        owed = (funding.get("acknowledgment") for funding in self.stated.get("funding", ()))
        return list(dict.fromkeys(filter(None, owed)))

    @cached_property
    def parsed(self) -> dict[str, etree._Element | str]:
        """The root element of each document, or why there is none. Entities are not expanded, nothing else is read."""
        return {name: strict_xml.parsed(body) for name, body in self.documents.items() if name in FORMATS}

    @property
    def roots(self) -> dict[str, etree._Element]:
        """The root elements of the documents that are well-formed."""
        return {name: root for name, root in self.parsed.items() if not isinstance(root, str)}

    @cached_property
    def manifest(self) -> Statement | str | None:
        """The manifest; a text that says why it cannot be read; None where the record has none here."""
        if self.manifest_document is None:
            return None
        try:
            return dict(self.manifest_document.root)
        except CannotCheckError as error:
            return str(error)

    @cached_property
    def manifest_document(self) -> Document | None:
        """The manifest as a document of IIIF; None where the record has none here."""
        body = self.documents.get(MANIFEST)
        return None if body is None else Document(self.manifest_url, body, (self.manifest_url,))

    @cached_property
    def required_statements(self) -> list[str]:
        """The paragraphs of the manifest's requiredStatement, as a viewer shows them (Presentation 3.0, 3.1)."""
        stated = self.manifest.get("requiredStatement") if isinstance(self.manifest, dict) else None
        values = stated.get("value") if isinstance(stated, dict) else None
        texts = [each for found in values.values() for each in found] if isinstance(values, dict) else []
        return [paragraph for each in texts for paragraph in paragraphs(str(each))]

    @cached_property
    def page_texts(self) -> frozenset[str]:
        """The texts on the web page, each element's by itself, and the addresses that it links to.

        A carriage return reaches no reader but as a reference (HTML, 13.2.3.5).
        """
        body = self.page_body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode()
        main = html.fromstring(body).find(".//main")
        return frozenset(_texts(main)) if main is not None else frozenset()


def _texts(main: etree._Element) -> Iterator[str]:
    for element in main.iter(etree.Element):
        if not len(element):
            yield element.text or ""
        if element.tag == "a":
            yield element.get("href", "")


def paragraphs(value: str) -> list[str]:
    """Return the paragraphs of a value that may be HTML (Presentation 3.0, 4.5): plain text is one of them."""
    if not (value.startswith("<") and value.endswith(">")):
        return [value]
    reader = _Paragraphs()
    reader.feed(value)
    reader.close()
    return reader.found


class _Paragraphs(HTMLParser):
    """Reads paragraphs as a browser would, line breaks as such."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        """Begin a paragraph, or a line of it."""
        if tag == "br" and self.found:
            self.found[-1] += "\n"
        elif tag == "p":
            self.found.append("")

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self.found:
            self.found.append("")
        self.found[-1] += data
