"""The document that MARCXML arrived as: whether it is valid, so that it can be served again (MARC21slim 1.2)."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from records.readers.gathering import Gathering
from records.readers.marcxml.field import MARC

_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_LEADER = re.compile(r"[\d ]{5}[\dA-Za-z ][\dA-Za-z][\dA-Za-z ]{3}[2 ]{2}[\d ]{5}[\dA-Za-z ]{3}(?:4500|    )", re.ASCII)
_CONTROL = re.compile(r"00[1-9A-Za-z]")
_DATA = re.compile(r"0[1-9A-Z][0-9A-Z]|0[1-9a-z][0-9a-z]|[1-9A-Z][0-9A-Z]{2}|[1-9a-z][0-9a-z]{2}")
_INDICATOR = re.compile(r"[\da-z ]", re.ASCII)
_CODE = re.compile(r"""[\dA-Za-z!"#$%&'()*+,\-./:;<=>?{}_^`~\[\]\\]""", re.ASCII)
_BLANKS = frozenset({"", "#", "\\"})
"""How a blank indicator is written by mistake: not at all, or as the documentation of MARC or its editors show it."""

_RANKS = {f"{MARC}leader": 0, f"{MARC}controlfield": 1, f"{MARC}datafield": 2}


def kept(root: _Element, gathering: Gathering) -> dict[str, str] | None:
    """Return the native document of a record, or None if it cannot be served again.

    Fields that are empty are removed, leader and control fields put first, and indicators that are missing or written
    as another sign become blanks.

    Args:
        root: the record element.
        gathering: is told what was put right, and why the document is not kept.
    """
    _drop_empty(root, gathering)
    _blank_indicators(root, gathering)
    if problem := next(_problems(root), None):
        name, found = problem
        gathering.note(name, f"{found}; correct it, so that the document can be served again as it came", "")
        return None
    ranks = [_RANKS[str(child.tag)] for child in root.iterchildren(etree.Element)]
    if ranks != sorted(ranks):
        gathering.mend("", "has its fields in another order than the schema; leader and control fields were put first")
        root[:] = sorted(root, key=lambda child: _RANKS.get(str(child.tag), -1))
    return {"format": "marc21", "document": etree.tostring(root, encoding="unicode", with_tail=False)}


def _drop_empty(root: _Element, gathering: Gathering) -> None:
    for field in list(root.iterchildren(f"{MARC}datafield", f"{MARC}controlfield")):
        tag = field.get("tag", "")
        for subfield in list(field.iterchildren(f"{MARC}subfield")):
            if not len(subfield) and not (subfield.text or "").strip():
                gathering.mend(f"{tag}${subfield.get('code', '')}", "is empty; it was left out")
                field.remove(subfield)
        if not len(field) and not (field.text or "").strip():
            gathering.mend(tag, "is empty; it was left out")
            root.remove(field)


def _blank_indicators(root: _Element, gathering: Gathering) -> None:
    for field in root.iterchildren(f"{MARC}datafield"):
        wrong = [name for name in ("ind1", "ind2") if field.get(name, "") in _BLANKS]
        for name in wrong:
            field.set(name, " ")
        if wrong:
            gathering.mend(field.get("tag", ""), "has an indicator that is not written as a blank; it is one now")


def _problems(root: _Element) -> Iterator[tuple[str, str]]:
    """Yield why a document is not valid: the field, and what is wrong with it."""
    if set(root.attrib) - {_LOCATION, "type"}:
        yield "", "has attributes at its record that MARCXML does not know"
    if root.get("type", "Bibliographic") != "Bibliographic":
        yield "", f"says to be a record of the type {root.get('type')!r}, and is a bibliographic one"
    if _loose(root):
        yield "", "has text between its fields"
    if len(list(root.iterchildren(f"{MARC}leader"))) != 1:
        yield "leader", "does not stand there once"
    for child in root.iterchildren(etree.Element):
        yield from _faults(child)


def _faults(child: _Element) -> Iterator[tuple[str, str]]:
    tag, name = child.get("tag", ""), str(child.tag).removeprefix(MARC)
    if name == "datafield":
        yield from ((tag, fault) for fault in _field_faults(child, tag))
    elif name not in {"leader", "controlfield"} or next(child.iterchildren(etree.Element), None) is not None:
        yield etree.QName(child).localname, "is no part of MARCXML"
    elif set(child.attrib) - {"tag"} or (name == "leader" and not _LEADER.fullmatch(child.text or "")):
        yield name, f"is not written as MARCXML wants it: {child.text!r}"
    elif name == "controlfield" and not _CONTROL.fullmatch(tag):
        yield name, f"has the tag {tag!r}, which no control field has"


def _field_faults(field: _Element, tag: str) -> Iterator[str]:
    if not _DATA.fullmatch(tag):
        yield f"has the tag {tag!r}, which no data field has"
    if set(field.attrib) != {"tag", "ind1", "ind2"} or not all(
        _INDICATOR.fullmatch(field.get(name, "")) for name in ("ind1", "ind2")
    ):
        yield "has indicators or attributes that MARC does not know"
    if _loose(field):
        yield "has text outside of its subfields"
    for subfield in field.iterchildren(etree.Element):
        known = subfield.tag == f"{MARC}subfield" and set(subfield.attrib) == {"code"}
        if not known or len(subfield) or not _CODE.fullmatch(subfield.get("code", "")):
            yield f"has a subfield {subfield.get('code')!r} that MARCXML does not know"


def _loose(element: _Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
