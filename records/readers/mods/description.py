"""MODS: titles, types, languages, the physical description, texts about the document, what is said of the description.

Elements: titleInfo, typeOfResource, genre, language, physicalDescription, abstract, tableOfContents, note, recordInfo.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element

from records.model import DCMI_TYPES, MODS_TYPES
from records.readers.mods import origin
from records.readers.mods.source import HREF, Source
from records.written import languages

_DCMI = "http://purl.org/dc/dcmitype/"
_OF_THE_TEXT = frozenset({"", "text", "translation"})
"""What a language may be of, to be a language of the record."""


def titles(source: Source) -> list[dict[str, Any]]:
    """Return the titles; one that is marked primary comes first."""
    found = [
        {"text": title(source, element), "language": source.language(element), "kind": element.get("type") or "main"}
        for element in sorted(source.all("titleInfo"), key=lambda element: element.get("usage") != "primary")
    ]
    return [each for each in found if each["text"]]


def title(source: Source, element: _Element) -> str:
    """Return a title as people show it: the leading article, the title, its rest, the part of a whole."""
    article = " ".join(source.texts("nonSort", element)).rstrip()
    found = " ".join(source.texts("title", element))
    if article and found:
        found = f"{article}{'' if article[-1] in _ELIDED else ' '}{found}"
    for name, mark in (("subTitle", ": "), ("partNumber", ". "), ("partName", ". ")):
        for text in source.texts(name, element):
            found = f"{found.removesuffix('.') if mark == '. ' else found}{mark}{text}" if found else text
    return found


_ELIDED = "'’-"
"""How an article ends that stands close to its word."""


def description(source: Source) -> dict[str, Any]:
    """Return types, genres, languages, the physical description, abstracts and contents."""
    dcmi = [element for element in source.all("genre") if _is_dcmi(element)]
    digital = source.all("physicalDescription/digitalOrigin")[:1]
    return {
        "types": [*_types(source), *(source.text(element) for element in dcmi if source.value(element, "valueURI"))],
        "genres": [source.term(element) for element in source.all("genre") if element not in dcmi],
        "languages": [*spoken(source, source.root, _OF_THE_TEXT)],
        "extents": source.texts("physicalDescription/extent"),
        "media_types": source.texts("physicalDescription/internetMediaType"),
        "digital_origin": next((source.text(element) for element in digital), None),
        "abstracts": _worded(source, "abstract"),
        "contents": _worded(source, "tableOfContents"),
    }


def _types(source: Source) -> Iterator[str]:
    for element in source.all("typeOfResource"):
        text = source.text(element)
        plain = re.sub(r"\s*-\s*", "-", text.lower())
        yield plain if plain in MODS_TYPES else text


def _is_dcmi(element: _Element) -> bool:
    name = (element.text or "").strip()
    return name in DCMI_TYPES and element.get("valueURI") == f"{_DCMI}{name}"


def _worded(source: Source, name: str) -> list[dict[str, object]]:
    return [{"text": source.verbatim(element), "language": source.language(element)} for element in source.all(name)]


def spoken(source: Source, within: _Element, parts: frozenset[str], name: str = "language") -> Iterator[str]:
    """Yield the languages that are those of certain parts of the document, each once.

    Args:
        source: the document.
        within: the element that holds them.
        parts: the parts.
        name: the name of the elements.
    """
    found: dict[str, None] = {}
    for element in source.all(name, within):
        if (element.get("objectPart") or "") in parts:
            found.update(dict.fromkeys(_tags(source, element)))
    yield from found


def _tags(source: Source, element: _Element) -> Iterator[str]:
    """Yield the tags of a language: the most exact one where several terms say the same language."""
    terms = source.all("languageTerm", element)
    known = {term: tag for term in terms if (tag := languages.read("".join(term.itertext())))}
    for term in terms:
        if term in known:
            source.text(term)
            source.value(term, "valueURI")
        elif not known:
            source.note(term, "is no language that we know; write its code, such as 'chi', or its English name")
    tags = list(dict.fromkeys(known.values()))
    yield from (tag for tag in tags if not any(other.startswith(f"{tag}-") for other in tags))


def notes(source: Source) -> list[dict[str, object]]:
    """Return the notes that nothing else was read from; to be called last."""
    left = [element for element in source.all("note") if not source.is_read(element)]
    return [
        {"text": source.verbatim(element), "kind": element.get("type"), "language": source.language(element)}
        for element in left
    ]


def record_info(source: Source) -> dict[str, Any]:
    """Return who provides the record, and what is said of its description.

    The institution that an ownership note names is the provider; where recordContentSource names it too, it is no
    source of the description, and a recordInfoNote may be (as `mappings.mods` writes them).
    """
    stated = next((note for note in source.all("note") if note.get("type") == "ownership"), None)
    provider: dict[str, object] | None = None
    if stated is not None:
        provider = {"name": source.text(stated), "homepage": source.value(stated, HREF)}
    origins = source.all("recordInfo/recordContentSource")[:1]
    content_source = source.text(origins[0]) if origins else None
    if provider and content_source == provider["name"]:
        provider["uri"] = source.value(origins[0], "valueURI")
        content_source = source.first("recordInfo/recordInfoNote")
    found = {
        "source": content_source,
        "created": _date(source, "recordCreationDate"),
        "changed": _date(source, "recordChangeDate"),
        "languages": [
            tag
            for info in source.all("recordInfo")
            for tag in spoken(source, info, _OF_THE_TEXT, "languageOfCataloging")
        ],
        "origin": source.first("recordInfo/recordOrigin"),
    }
    return {"provider": provider, "cataloguing": found}


def _date(source: Source, name: str) -> str | None:
    for element in source.all(f"recordInfo/{name}")[:1]:
        edtf, _verbatim = origin.written(source, element)
        if edtf:
            source.text(element)
        return edtf
    return None
