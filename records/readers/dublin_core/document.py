"""The document that Dublin Core arrived as: whether it is valid, so that it can be served again.

Valid is what the schemas of OAI-PMH (oai_dc.xsd) and of DCMI (qualifieddc.xsd, 2008-02-11) allow: terms of Dublin Core
in any order, which hold text alone, a language or an encoding scheme, and a value that the scheme allows.
"""

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element

from records import dates
from records.model import DCMI_TYPES
from records.readers.gathering import Gathering
from records.values import URI_FORM

DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
OAI_DC = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
QUALIFIED = "{http://worldcat.org/xmlschemas/qdc-1.0/}qualifieddc"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TYPE = f"{XSI}type"

ELEMENTS = frozenset(
    {
        *("contributor", "coverage", "creator", "date", "description", "format", "identifier", "language"),
        *("publisher", "relation", "rights", "source", "subject", "title", "type"),
    }
)
"""The fifteen elements (DCMES 1.1)."""

REFINEMENTS = frozenset(
    {
        *("abstract", "accessRights", "accrualMethod", "accrualPeriodicity", "accrualPolicy", "alternative"),
        *("audience", "available", "bibliographicCitation", "conformsTo", "created", "dateAccepted"),
        *("dateCopyrighted", "dateSubmitted", "educationLevel", "extent", "hasFormat", "hasPart", "hasVersion"),
        *("instructionalMethod", "isFormatOf", "isPartOf", "isReferencedBy", "isReplacedBy", "isRequiredBy"),
        *("isVersionOf", "issued", "license", "mediator", "medium", "modified", "provenance", "references"),
        *("replaces", "requires", "rightsHolder", "spatial", "tableOfContents", "temporal", "valid"),
    }
)
"""What the schema of 2008 has beside them."""

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
_TIME = r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?"
_ZONE = r"Z|[+-](?:0\d|1[0-3]):[0-5]\d"
_W3CDTF = re.compile(rf"(\d{{4}}(?:-\d\d)?|\d{{4}}-\d\d-\d\d(?:{_TIME})?)(?:{_ZONE})?", re.ASCII)
_FREE = frozenset(
    {
        *("LCSH", "MESH", "DDC", "LCC", "UDC", "TGN"),
        *("Period", "Point", "Box", "IMT", "ISO639-2", "ISO639-3", "ISO3166"),
    }
)
"""Encoding schemes whose values the schema does not look into."""

_TAGS = frozenset({"RFC1766", "RFC3066", "RFC4646"})


def kept(root: _Element, gathering: Gathering) -> dict[str, str] | None:
    """Return the native document of a record, or None if it cannot be served again.

    Elements that are empty are removed from the root.

    Args:
        root: the root of the document.
        gathering: is told what was put right, and why the document is not kept.
    """
    _drop_empty(root, gathering)
    simple = next(_problems(root, frozenset({DC})), None)
    if root.tag == OAI_DC and not simple:
        return {"format": "oai_dc", "document": _text(root)}
    if problem := next(_problems(root, frozenset({DC, DCTERMS})), None):
        name, found = problem
        gathering.note(name, f"{found}; correct it, so that the document can be served again as it came", "")
        return None
    if root.tag != QUALIFIED:
        named = etree.QName(root).text
        gathering.mend("", f"stands in the root element {named}; it is served in that of our oai_dcterms", named)
        root = _wrapped(root)
    return {"format": "oai_dcterms", "document": _text(root)}


def _drop_empty(root: _Element, gathering: Gathering) -> None:
    for child in list(root.iterchildren(etree.Element)):
        if not len(child) and not (child.text or "").strip():
            gathering.mend(prefixed(child), "is empty; it was left out")
            child.tail = None
            root.remove(child)


def _problems(root: _Element, namespaces: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield why a document is not valid: the element, and what is wrong with it."""
    if set(root.attrib) - {f"{XSI}schemaLocation"}:
        yield "", "has attributes at its root that Dublin Core does not know"
    if (root.text or "").strip() or any((child.tail or "").strip() for child in root):
        yield "", "has text between its elements"
    for child in root.iterchildren(etree.Element):
        yield from ((prefixed(child), fault) for fault in _faults(child, namespaces))


def _faults(child: _Element, namespaces: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with an element."""
    name = etree.QName(child)
    known = ELEMENTS if name.namespace == DC[1:-1] else ELEMENTS | REFINEMENTS
    if f"{{{name.namespace}}}" not in namespaces or name.localname not in known:
        yield "is no term of Dublin Core"
    if next(child.iterchildren(etree.Element), None) is not None:
        yield "holds elements, where Dublin Core has text alone"
    if not _LANGUAGE.fullmatch(child.get(LANG, "en")):
        yield f"is in the language {child.get(LANG)!r}, which is no language tag"
    if set(child.attrib) - {LANG, _TYPE}:
        yield "has attributes that Dublin Core does not know"
    if (stated := child.get(_TYPE)) is not None:
        if DCTERMS not in namespaces or LANG in child.attrib:
            yield "has an encoding scheme where there can be none"
        if not _allows(encoding(child), text_of(child).strip()):
            yield f"is not of the encoding scheme {stated!r}, as it says"


def encoding(child: _Element) -> str | None:
    """Return the encoding scheme of an element by its name in dcterms.xsd; None if it states none of these."""
    prefix, _, local = child.get(_TYPE, "").strip().rpartition(":")
    return local if local and child.nsmap.get(prefix or None) == DCTERMS[1:-1] else None


def _allows(scheme: str | None, text: str) -> bool:
    if scheme in _TAGS:
        return bool(_LANGUAGE.fullmatch(text))
    if scheme == "W3CDTF":
        found = _W3CDTF.fullmatch(text)
        return bool(found) and not text.startswith("0000") and _in_calendar(found[1][:10] if found else "")
    if scheme == "URI":
        return bool(URI_FORM.fullmatch(text))
    return text in DCMI_TYPES if scheme == "DCMIType" else scheme in _FREE


def _in_calendar(date: str) -> bool:
    try:
        return dates.parse(date).start == date
    except ValueError:
        return False


def text_of(element: _Element) -> str:
    """Return all text inside an element."""
    return str(element.xpath("string()"))


def prefixed(element: _Element) -> str:
    """Return the name of an element under its usual prefix: `dc:title`, `dcterms:issued`."""
    name = etree.QName(element)
    usual = {DC[1:-1]: "dc", DCTERMS[1:-1]: "dcterms"}
    prefix = usual.get(name.namespace or "", element.prefix)
    return f"{prefix}:{name.localname}" if prefix else name.localname


def _wrapped(root: _Element) -> _Element:
    """Return the elements of a document under the root element of our oai_dcterms."""
    wrapper = etree.Element(QUALIFIED, nsmap={**root.nsmap, "qdc": QUALIFIED[1:].partition("}")[0]})
    wrapper.text = root.text
    wrapper.extend(deepcopy(list(root)))
    return wrapper


def _text(root: _Element) -> str:
    return etree.tostring(root, encoding="unicode", with_tail=False)
