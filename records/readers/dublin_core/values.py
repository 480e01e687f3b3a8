"""The values of a document in Dublin Core, one by one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from records.readers.dublin_core import document
from records.readers.gathering import Gathering
from records.written import languages

_DIVIDED = frozenset({"contributor", "coverage", "creator", "language", "spatial", "subject", "temporal", "type"})
"""Terms whose element holds one value, so that several in one are a list."""

_REFERENCE = re.compile(r"&#?\w+$")
_DCSV = re.compile(r"\s*[A-Za-z.]+\s*=")
_BRACKETS = {"(": ")", "[": "]"}
_LOCAL = frozenset({"title", "alternative", "abstract", "description", "tableOfContents"})
"""Terms whose language a record keeps."""


class Value(NamedTuple):
    """A value.

    Attributes:
        name: its element, under the usual prefix.
        term: the term of Dublin Core; empty for what is none.
        text: the text, without blanks around it.
        language: the language that it is in, if stated.
        scheme: its encoding scheme, if stated.
    """

    name: str
    term: str
    text: str
    language: str | None = None
    scheme: str | None = None

    @property
    def line(self) -> str:
        """The text in one line."""
        return " ".join(self.text.split())


def values(root: _Element, gathering: Gathering, *, attributes: bool) -> Iterator[Value]:
    """Yield the values of a document.

    Args:
        root: its root.
        gathering: is told how many elements there are, and which values were divided.
        attributes: whether attributes that a record has no field for are to be gathered too.
    """
    if attributes and (loose := " ".join(text for text in root.xpath("text()") if text.strip())):
        gathering.keep("text", loose.strip())
    for element in root.iterdescendants(etree.Element):
        if text := _own_text(element):
            gathering.elements += 1
            yield from _divided(_value(element, text, gathering), gathering)
        if attributes:
            _keep_attributes(element, gathering)


def _own_text(element: _Element) -> str:
    """Return the text of an element; of one that holds others, what stands between them."""
    holds = next(element.iterchildren(etree.Element), None) is not None
    return (" ".join(element.xpath("text()")) if holds else document.text_of(element)).strip()


def _value(element: _Element, text: str, gathering: Gathering) -> Value:
    name = etree.QName(element)
    known = f"{{{name.namespace}}}" in {document.DC, document.DCTERMS} and element.getparent() is not None
    language = languages.read(stated) if (stated := element.get(document.LANG, "")) else None
    if stated and not language:
        problem = f"is said to be in {stated!r}, which is no language that we know; correct xml:lang"
        gathering.note(document.prefixed(element), problem, text)
    term = name.localname if known else ""
    return Value(document.prefixed(element), term, text, language, document.encoding(element))


def _keep_attributes(element: _Element, gathering: Gathering) -> None:
    """Keep the attributes of a document that is not kept: those that the record has no place for."""
    for name, text in element.attrib.items():
        local = etree.QName(str(name)).localname
        kept = name == document.LANG and etree.QName(element).localname in _LOCAL
        if text and not kept:
            gathering.keep(f"{document.prefixed(element)} {local}", str(text))


def _divided(value: Value, gathering: Gathering) -> Iterator[Value]:
    parts = divided(value.text) if value.term in _DIVIDED else [value.text]
    if len(parts) > 1:
        gathering.mend(value.name, f"holds {len(parts)} values, divided by ';'; they were taken one by one", value.line)
    yield from (value._replace(text=part) for part in parts)


def divided(text: str) -> list[str]:
    """Return the values in a text that are divided by semicolons, if it is sure that these divide.

    Args:
        text: "Maps; Letters", say; a text in which a semicolon may be something else is one value.
    """
    pieces = re.split(r";\s+|;$", text)
    parts = [piece.strip() for piece in pieces if piece.strip()]
    unsure = any(_REFERENCE.search(piece) or _DCSV.match(piece) or _open(piece) for piece in pieces)
    return [text] if unsure or not parts else list(dict.fromkeys(parts))


def _open(text: str) -> bool:
    """Whether a bracket is not closed in a text, or closed and not opened."""
    return any(text.count(opening) != text.count(closing) for opening, closing in _BRACKETS.items())
