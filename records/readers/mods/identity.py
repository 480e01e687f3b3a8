"""MODS: what identifies a record. The OAI-PMH header decides, else the document itself."""

from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element

from records import identifiers
from records.errors import Fault
from records.readers import place as places
from records.readers import salvage
from records.readers.mods.source import Source
from records.values import OAI_IDENTIFIER

_NONE = Fault(
    "identifier",
    'there is none, and no primary url; add <identifier type="local">...</identifier> to the record',
)


def identity(source: Source, place: places.Place) -> dict[str, Any]:
    """Return the identifiers of a record, and its sets.

    Without a header the local identifier is made of the recordIdentifier, else of an identifier of type local, else of
    the first one, else of the primary url, by `identifiers.local`; the original is kept beside it.

    Raises:
        RefusedError: there is nothing to make one of.
    """
    stated = [element for element in source.all("identifier") if element.get("invalid") != "yes"]
    found: dict[str, Any] = {**places.identity(place)} or _own(source, stated)
    known = {found["identifier"], found.get("oai_identifier"), *(each["value"] for each in found["identifiers"])}
    for element in source.all("recordInfo/recordIdentifier"):
        if _plain(element) in known or _plain(element) in map(_plain, stated):
            source.text(element)
    for element in stated:
        value, kind = source.text(element), element.get("type")
        if kind == "oai" and not found.get("oai_identifier") and OAI_IDENTIFIER.fullmatch(value):
            found["oai_identifier"] = value
        elif value not in known:
            found["identifiers"].append({"value": value, "kind": kind})
    return found


def _own(source: Source, stated: list[_Element]) -> dict[str, Any]:
    foreign = next((text for text in _candidates(source, stated) if identifiers.local(text)), None)
    if foreign is None:
        raise salvage.RefusedError((_NONE,))
    local = identifiers.local(foreign)
    kept = foreign != local and foreign not in {_plain(element) for element in stated}
    return {"identifier": local, "identifiers": [{"value": foreign}] if kept else []}


def _candidates(source: Source, stated: list[_Element]) -> Iterator[str]:
    yield from (_plain(element) for element in source.all("recordInfo/recordIdentifier"))
    yield from (_plain(element) for element in stated if element.get("type") == "local")
    yield from map(_plain, stated)
    yield from (_plain(url) for url in source.all("location/url") if url.get("usage"))


def _plain(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())
