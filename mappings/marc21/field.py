"""A variable data field of MARC: its tag, its two indicators, its subfields; empty ones are never written."""

from collections.abc import Iterable
from typing import NamedTuple

from lxml.etree import SubElement, _Element

from mappings.elements import add
from mappings.namespaces import MARC

M = f"{{{MARC}}}"
_DATAFIELD = f"{M}datafield"
_SUBFIELD = f"{M}subfield"

Subfield = tuple[str, str | None]
"""A subfield code and its text; one without a text is left out."""


class Field(NamedTuple):
    """A data field (010 to 999); `indicators` are two characters, a blank for one that says nothing."""

    tag: str
    indicators: str
    subfields: tuple[Subfield, ...]


def field(tag: str, indicators: str, *subfields: Subfield) -> Field:
    """Return a field; two characters are its indicators."""
    return Field(tag, indicators, subfields)


def add_fields(record: _Element, fields: Iterable[Field]) -> None:
    """Add each field once in the order of the tags, but for those in which no subfield has a text."""
    for tag, indicators, subfields in sorted(dict.fromkeys(fields), key=lambda field: field.tag):
        stated = [(code, text) for code, text in subfields if text]
        if stated:
            attributes = {"tag": tag, "ind1": indicators[0], "ind2": indicators[1]}
            datafield = SubElement(record, _DATAFIELD, attributes)
            for code, text in stated:
                SubElement(datafield, _SUBFIELD, {"code": code}).text = text


def add_control_field(record: _Element, tag: str, text: str | None) -> None:
    """Add a control field (001 to 009), if there is a text for it."""
    if text:
        add(record, f"{M}controlfield", text, {"tag": tag})
