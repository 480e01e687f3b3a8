"""The document that a record arrived as, read safely, to be served again with our links added."""

from lxml import etree
from lxml.etree import _Element

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
        form: the format asked for, `mods` or `oai_dc`.
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
