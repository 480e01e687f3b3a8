"""MODS: relatedItem and location: the original and its archive, other resources, addresses on the web."""

import re
from typing import Any

from lxml.etree import _Element

from records.readers.mods.description import spoken, title
from records.readers.mods.source import Source

_KINDS = {
    "host": "host",
    "series": "series",
    "original": "original",
    "otherVersion": "other version",
    "otherFormat": "other format",
    "references": "references",
    "preceding": "preceding",
    "succeeding": "succeeding",
}
_BY_ACCESS = {"object in context": "landing page", "preview": "preview", "raw object": "file"}
_BY_LABEL = {"Transcript": "transcript", "Finding aid": "finding aid"}
_COPY = "location/holdingSimple/copyInformation/shelfLocator"
_ANY = frozenset({"", "original", "text"})


def relations(source: Source) -> dict[str, Any]:
    """Return the archive that keeps the original, the languages of the original, and other resources."""
    found: dict[str, Any] = {"relations": [], "source": {}, "original_languages": []}
    for element in source.all("relatedItem"):
        original = element.get("type") == "original"
        if original and not found["source"] and not found["original_languages"]:
            found["source"] = _source(source, element)
            found["original_languages"] = list(spoken(source, element, _ANY))
        if relation := _relation(source, element):
            found["relations"].append(relation)
    return found


def _source(source: Source, original: _Element) -> dict[str, Any]:
    """Return where the original is; its own title, if it has one, is that of a relation."""
    citations = [note for note in source.all("note", original) if note.get("type") == "preferred citation"]
    hosts = [item for item in source.all("relatedItem", original) if item.get("type") == "host"]
    uris = (
        [identifier for identifier in source.all("identifier", original) if identifier.get("type") == "uri"]
        if not source.all("titleInfo", original)
        else []
    )
    found = {
        "citation": next((source.verbatim(note) for note in citations), None),
        "collection": next((title(source, info) for host in hosts for info in source.all("titleInfo", host)), None),
        "uri": next((source.text(identifier) for identifier in uris), None),
        "repository": source.first("location/physicalLocation", original),
        "shelfmark": source.first("location/shelfLocator", original),
    }
    return {name: text for name, text in found.items() if text}


def _relation(source: Source, element: _Element) -> dict[str, object] | None:
    named = next((text for info in source.all("titleInfo", element) if (text := title(source, info))), None)
    if named is None:
        return None
    stated = element.get("type") or ""
    if stated and stated not in _KINDS:
        source.leave(element, "type")
    return {
        "title": named,
        "kind": _KINDS.get(stated),
        "identifier": source.first("identifier", element),
        "description": source.first("abstract", element),
        "url": source.first("location/url", element),
        "label": element.get("displayLabel"),
    }


def kept_at(source: Source, related: dict[str, Any]) -> dict[str, Any]:
    """Return relations, original languages, source and links; what the top level says of a source fills its gaps.

    Args:
        source: the document.
        related: what `relations` gave.
    """
    found = dict(related["source"])
    if not found.get("repository"):
        found["repository"] = source.first("location/physicalLocation")
        found["shelfmark"] = found.get("shelfmark") or source.first("location/shelfLocator") or source.first(_COPY)
    citations = [note for note in source.all("note") if note.get("type") == "preferred citation"]
    if citations and not found.get("citation"):
        found["citation"] = source.verbatim(citations[0])
    own = list(spoken(source, source.root, frozenset({"original"})))
    return {
        "source": found,
        "original_languages": list(dict.fromkeys([*own, *related["original_languages"]])),
        "relations": related["relations"],
        "links": _links(source),
    }


def _links(source: Source) -> list[dict[str, object]]:
    """Return the links, the primary one first."""
    urls = [url for url in source.all("location/url") if "".join(url.itertext()).strip()]
    return [_link(source, url) for url in sorted(urls, key=lambda url: not url.get("usage"))]


def _link(source: Source, url: _Element) -> dict[str, object]:
    note, label = url.get("note"), url.get("displayLabel")
    kind = "landing page" if url.get("usage") else _BY_ACCESS.get(url.get("access") or "")
    if note == "iiif-manifest":
        kind = "manifest"
    named = _BY_LABEL.get(label or "") if kind is None else None
    return {
        "url": source.text(url),
        "kind": kind or named or "other",
        "label": None if named else label,
        "media_type": note if note and re.fullmatch(r"[\w.+-]+/[\w.+-]+", note) else None,
    }
