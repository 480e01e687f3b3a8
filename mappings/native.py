"""The document that a record arrived as, read safely, to be served again with our links added."""

from collections.abc import Iterable

from lxml import etree
from lxml.etree import _Element

from mappings.elements import Attributes, around
from mappings.namespaces import XSI
from records.model import Record


def squeezed(text: str | None) -> str:
    """Return a text with its white space squeezed: what two texts are compared by, since layout is not meaning here."""
    return " ".join((text or "").split())


def root(record: Record, form: str, tag: str) -> _Element | None:
    """Return the root of the document that a record arrived as, or None if there is none of that form.

    None too if it cannot be served as one document of the format: not well-formed, another root element, a document
    type declaration (whose entities we neither resolve nor pass on). The record is then written from its fields.

    Args:
        record: the record.
        form: the format asked for, such as `mods` or `oai_dc`.
        tag: the root element of that format, `{namespace}name`.
    """
    if record.native is None or record.native.format != form:
        return None
    parser = etree.XMLParser(encoding="UTF-8", resolve_entities=False, no_network=True, huge_tree=False)
    try:
        found = etree.fromstring(record.native.document.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    declared = found.getroottree().docinfo.doctype
    return found if found.tag == tag and not declared else None


def append(root: _Element, elements: Iterable[str], namespaces: Attributes) -> None:
    """Append elements that we wrote, under the prefixes that the document has for their namespaces.

    Args:
        root: the root of the document.
        elements: the elements as text.
        namespaces: `xmlns:prefix` to namespace, for each prefix that they bear.
    """
    for element in etree.fromstring(around("added", elements, namespaces), etree.XMLParser(huge_tree=True)):
        _copy(element, root)


def _copy(element: _Element, parent: _Element) -> None:
    copy = etree.SubElement(parent, element.tag)
    copy.text = element.text
    for name, value in element.attrib.items():
        copy.set(name, value)
    for child in element:
        _copy(child, copy)


def locate(root: _Element, location: str) -> None:
    """Say where the schema of a document is, if it does not say so itself (OAI-PMH 2.0, 3.4).

    Args:
        root: the root of the document.
        location: its namespace and the address of the schema.
    """
    if f"{{{XSI}}}schemaLocation" not in root.attrib:
        root.set(f"{{{XSI}}}schemaLocation", location)


def document(root: _Element) -> bytes:
    """Return a document in UTF-8 without an XML declaration.

    A carriage return inside a text is written as a character reference, so that it survives line-end normalisation
    (XML 1.0, 2.11).
    """
    return etree.tostring(root, encoding="UTF-8", xml_declaration=False, with_tail=False)
