"""A variable data field of MARC: its tag, its two indicators, its subfields; empty ones are never written."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from records.xml import escaped

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


def written(fields: Iterable[Field]) -> Iterator[str]:
    """Yield each field once as XML, in the order of the tags, but for those in which no subfield has a text."""
    for tag, indicators, subfields in sorted(dict.fromkeys(fields), key=itemgetter(0)):
        stated = [f'<subfield code="{code}">{escaped(text)}</subfield>' for code, text in subfields if text]
        if stated:
            opening = f'<datafield tag="{tag}" ind1="{indicators[0]}" ind2="{indicators[1]}">'
            yield f"{opening}{''.join(stated)}</datafield>"


def control_field(tag: str, text: str | None) -> str:
    """Return a control field (001 to 009) as XML; nothing if there is no text for it."""
    return f'<controlfield tag="{tag}">{escaped(text)}</controlfield>' if text else ""
