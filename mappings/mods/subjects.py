"""MODS: subject, one for each thing that the document is about, the coordinates of a place beside it."""

from decimal import Decimal

from lxml.etree import _Element

from mappings.elements import add
from mappings.mods.names import NAME_TYPES
from mappings.mods.terms import M, authority
from records.model import Record, Subject

_ELEMENTS = {
    "topic": "topic",
    "place": "geographic",
    "time": "temporal",
    "genre": "genre",
    "occupation": "occupation",
}


def add_subjects(root: _Element, record: Record) -> None:
    """Add a subject for each subject; the authority is that of the term inside it.

    Coordinates are a pair: a latitude or a longitude alone is no place and is not written.
    """
    for subject in record.subjects:
        about = add(root, f"{M}subject")
        _add_term(about, subject)
        if subject.latitude is not None and subject.longitude is not None:
            pair = f"{_decimal(subject.latitude)}, {_decimal(subject.longitude)}"
            add(add(about, f"{M}cartographics"), f"{M}coordinates", pair)


def _add_term(about: _Element, subject: Subject) -> None:
    attributes = authority(subject)
    if subject.kind in NAME_TYPES:
        name = add(about, f"{M}name", None, {"type": NAME_TYPES[subject.kind], **attributes})
        add(name, f"{M}namePart", subject.text)
    elif subject.kind == "title":
        add(add(about, f"{M}titleInfo", None, attributes), f"{M}title", subject.text)
    else:
        add(about, f"{M}{_ELEMENTS[subject.kind]}", subject.text, attributes)


def _decimal(degrees: float) -> str:
    """Return decimal degrees with the digits that were stated, never with an exponent."""
    return format(Decimal(repr(degrees)), "f")
