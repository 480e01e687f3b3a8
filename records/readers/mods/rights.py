"""MODS: accessCondition, and the notes of type funding."""

from typing import Any

from lxml.etree import _Element

from records.readers.mods.source import HREF, Source
from records.rights_uris import canonical_rights_uri, rights_label


def rights(source: Source, holder: str | None) -> tuple[dict[str, object], dict[str, list[str]]]:
    """Return what is stated of rights, and statements beyond the first of a kind, by the name of the element.

    Args:
        source: the document.
        holder: who holds the rights.
    """
    found: dict[str, object] = {"holder": holder}
    more: list[str] = []
    for element in source.all("accessCondition"):
        uri = _uri(source, element)
        if uri and "uri" not in found:
            found["uri"] = uri
        elif uri and uri != found["uri"]:
            more.append(uri)
        text = source.verbatim(element)
        if not text.strip() or (uri and _says_only(text.strip(), uri)):
            continue
        field = _field(element)
        if field not in found:
            found[field] = text
        elif found[field] != text:
            more.append(text)
            source.note(element, f"is a second statement on {_NAMES[field]}; write one, which holds for all formats")
    return found, {"accessCondition": more} if more else {}


_NAMES = {
    "statement": "use and reproduction",
    "access": "access",
    "contact": "whom to ask",
    "classification": "the classification",
}


def _uri(source: Source, element: _Element) -> str | None:
    """Return the URI of a rights statement: that of the link or the value, or a text that is one of a publisher."""
    for name in (HREF, "valueURI"):
        uri = (element.get(name) or "").strip()
        known = canonical_rights_uri(uri)
        if known or (uri and _kind(element) in _OF_USE):
            source.value(element, HREF)
            source.value(element, "valueURI")
            return known or uri
    return canonical_rights_uri("".join(element.itertext()))


_OF_USE = frozenset({"", "useandreproduction", "rightsstatement", "rights", "license"})
"""Types of conditions that link to a rights statement, and not to a logo, say."""


def _kind(element: _Element) -> str:
    return "".join((element.get("type") or "").casefold().split())


def _says_only(text: str, uri: str) -> bool:
    """Whether a text is only the name of a rights statement, or its URI in any form."""
    return text in {uri, rights_label(uri)} or canonical_rights_uri(text) == uri


def _field(element: _Element) -> str:
    label = (element.get("displayLabel") or "").casefold()
    if _kind(element).startswith("restriction"):
        return "access"
    if label in {"contact", "classification"}:
        return label
    return "statement"


def funding(source: Source, funders: list[dict[str, object]]) -> list[dict[str, Any]]:
    """Return what is stated of funding: one whole where there is one of each kind at most, else each by itself.

    Args:
        source: the document.
        funders: the names whose role is to fund.
    """
    notes = [note for note in source.all("note") if note.get("type") == "funding"]
    parts: dict[str, list[dict[str, Any]]] = {"acknowledgment": [], "funder": list(funders), "award": []}
    for note in notes:
        label = note.get("displayLabel")
        if label == "Award":
            parts["award"].append({"award": source.text(note)})
        elif label == "Funder":
            parts["funder"].append(_funder(source, note))
        else:
            parts["acknowledgment"].append({"acknowledgment": source.verbatim(note)})
    each = [part for kind in parts.values() for part in kind]
    if all(len(kind) < 2 for kind in parts.values()):
        return [{name: value for part in each for name, value in part.items()}] if each else []
    return each


def _funder(source: Source, note: _Element) -> dict[str, object]:
    name, identifier = source.text(note), source.value(note, HREF)
    return {"funder": None if name == identifier else name, "identifier": identifier}
