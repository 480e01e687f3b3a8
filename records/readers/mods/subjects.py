"""MODS: subject, a term or a heading of several, with the coordinates of a place."""

import re
from typing import Any

from lxml import etree
from lxml.etree import _Element

from records.readers.mods import names
from records.readers.mods.description import title
from records.readers.mods.source import Source

_KINDS = {
    "topic": "topic",
    "geographic": "place",
    "hierarchicalGeographic": "place",
    "temporal": "time",
    "name": "person",
    "titleInfo": "title",
    "genre": "genre",
    "occupation": "occupation",
}

_COORDINATES = re.compile(r"([+-]?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)")
"""Latitude and longitude in decimal degrees."""


def subjects(source: Source) -> list[dict[str, Any]]:
    """Return the subjects; the terms of one heading are joined by `--`, as the Library of Congress prints them."""
    return [found for element in source.all("subject") if (found := _subject(source, element))]


def _subject(source: Source, element: _Element) -> dict[str, Any] | None:
    parts = [(part, etree.QName(part).localname) for part in element.iterchildren("*")]
    terms = [(part, text) for part, name in parts if name in _KINDS and (text := _text(source, part, name))]
    place = _place(source, element, named=bool(terms))
    if not terms:
        return {**place, "kind": "place"} if place.get("text") else None
    first = terms[0][0]
    uri = source.value(element, "valueURI")
    authority = element.get("authority")
    if len(terms) == 1:
        uri = uri or source.value(first, "valueURI")
        authority = first.get("authority") or authority
    return {
        "text": "--".join(text for _part, text in terms),
        "kind": _kind(first),
        "uri": uri,
        "authority": authority,
        **place,
    }


def _kind(term: _Element) -> str:
    if etree.QName(term).localname == "name":
        return names.KINDS.get(term.get("type") or "", "topic")
    return _KINDS[etree.QName(term).localname]


def _text(source: Source, term: _Element, name: str) -> str:
    if name == "name":
        return names.full_name(source, term)
    if name == "titleInfo":
        return title(source, term)
    if name == "hierarchicalGeographic":
        return "--".join(text for part in term.iterchildren("*") if (text := source.text(part)))
    return source.text(term)


def _place(source: Source, element: _Element, *, named: bool) -> dict[str, Any]:
    """Return the coordinates of a place; if nothing names it, they are its text too."""
    for stated in source.all("cartographics/coordinates", element)[:1]:
        text = " ".join("".join(stated.itertext()).split())
        found = _COORDINATES.fullmatch(text)
        if found and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180:
            source.text(stated)
            return {"latitude": float(found[1]), "longitude": float(found[2])} | ({} if named else {"text": text})
        source.note(stated, "is no pair of decimal degrees; write latitude and longitude, such as '39.0338, -125.7543'")
    return {}
