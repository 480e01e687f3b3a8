"""MODS: subject, one for each thing that the document is about, the coordinates of a place beside it."""

from collections.abc import Iterator
from decimal import Decimal

from mappings.elements import around, element
from mappings.mods.names import NAME_TYPES
from mappings.mods.terms import authority
from records.model import Record, Subject

_ELEMENTS = {
    "topic": "topic",
    "place": "geographic",
    "time": "temporal",
    "genre": "genre",
    "occupation": "occupation",
}


def subjects(record: Record) -> Iterator[str]:
    """Yield a subject for each subject; the authority is that of the term inside it.

    Coordinates are a pair: a latitude or a longitude alone is no place and is not written.
    """
    for subject in record.subjects:
        yield around("subject", (_term(subject), *_coordinates(subject)))


def _term(subject: Subject) -> str:
    attributes = authority(subject)
    if subject.kind in NAME_TYPES:
        part = element("namePart", subject.text)
        return around("name", [part], {"type": NAME_TYPES[subject.kind], **attributes})
    if subject.kind == "title":
        return around("titleInfo", [element("title", subject.text)], attributes)
    return element(_ELEMENTS[subject.kind], subject.text, attributes)


def _coordinates(subject: Subject) -> Iterator[str]:
    if subject.latitude is not None and subject.longitude is not None:
        pair = f"{_decimal(subject.latitude)}, {_decimal(subject.longitude)}"
        yield around("cartographics", [element("coordinates", pair)])


def _decimal(degrees: float) -> str:
    """Return decimal degrees with the digits that were stated, never with an exponent."""
    return format(Decimal(repr(degrees)), "f")
