"""Writing XML elements: text and attributes only where there is something to say, and the finished bytes."""

from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element

from mappings.namespaces import XML, XSI

LANG = f"{{{XML}}}lang"
SCHEMA_LOCATION = f"{{{XSI}}}schemaLocation"

Attributes = Mapping[str, str | None]
"""Attributes by name (`{namespace}name` where it has one); those that are None or empty are left out."""

_NONE: Attributes = {}


def add(parent: _Element, tag: str, text: str | None = None, attributes: Attributes = _NONE) -> _Element:
    """Append a child to an element and return it.

    Args:
        parent: the element that it is put into, as its last child.
        tag: its name, `{namespace}name`.
        text: its text, character for character; None for an element that gets children instead.
        attributes: its attributes.
    """
    child = etree.SubElement(parent, tag)
    if text is not None:
        child.text = text
    for name, value in attributes.items():
        if value:
            child.set(name, value)
    return child


def document(root: _Element) -> bytes:
    """Return an element as a document in UTF-8 without an XML declaration.

    A carriage return inside a text is written as a character reference, so that it survives line-end normalisation
    (XML 1.0, 2.11).
    """
    return etree.tostring(root, encoding="UTF-8", xml_declaration=False, with_tail=False)
