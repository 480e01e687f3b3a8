"""MODS: titles, types, languages, the physical description, texts about the document, identifiers.

Elements: titleInfo, typeOfResource, genre, language, physicalDescription, abstract, tableOfContents, note, identifier.
"""

from collections.abc import Iterable

from lxml.etree import _Element

from mappings import types
from mappings.elements import LANG, add
from mappings.languages import iso639_2b
from mappings.mods.terms import HREF, M, authority
from mappings.repository import Repository
from records.model import Record, Title


def add_titles(root: _Element, record: Record) -> None:
    """Add a titleInfo for each title; the main one is marked primary and comes first."""
    main = record.title
    _add_title(root, main, primary=True)
    for title in record.titles:
        if title is not main:
            _add_title(root, title, primary=False)


def _add_title(root: _Element, title: Title, *, primary: bool) -> None:
    attributes = {
        "usage": "primary" if primary else None,
        "type": None if title.kind == "main" else title.kind,
        LANG: title.language,
    }
    add(add(root, f"{M}titleInfo", None, attributes), f"{M}title", title.text)


def add_types(root: _Element, record: Record) -> None:
    """Add typeOfResource and genre; a stated DCMI term is a genre of authority dct (Dublin Core to MODS, Type)."""
    for name in types.mods(record):
        add(root, f"{M}typeOfResource", name)
    for genre in record.genres:
        add(root, f"{M}genre", genre.text, authority(genre))
    for name in types.stated_dcmi(record):
        add(root, f"{M}genre", name, {"authority": "dct", "valueURI": f"{types.DCMI}{name}"})


def add_languages(parent: _Element, tags: Iterable[str], element: str = f"{M}language") -> None:
    """Add a language for each tag: its ISO 639-2/B code, and the tag itself where it differs from that."""
    for tag in tags:
        language = add(parent, element)
        code = iso639_2b(tag)
        if code:
            add(language, f"{M}languageTerm", code, {"type": "code", "authority": "iso639-2b"})
        if tag != code:
            add(language, f"{M}languageTerm", tag, {"type": "code", "authority": "rfc5646"})


def add_physical_description(root: _Element, record: Record) -> None:
    """Add the physicalDescription, if anything is stated for it."""
    if not (record.extents or record.media_types or record.digital_origin):
        return
    described = add(root, f"{M}physicalDescription")
    for media_type in record.media_types:
        add(described, f"{M}internetMediaType", media_type)
    for extent in record.extents:
        add(described, f"{M}extent", extent)
    if record.digital_origin:
        add(described, f"{M}digitalOrigin", record.digital_origin)


def add_texts(root: _Element, record: Record) -> None:
    """Add abstracts, tables of contents and notes."""
    for abstract in record.abstracts:
        add(root, f"{M}abstract", abstract.text, {LANG: abstract.language})
    for contents in record.contents:
        add(root, f"{M}tableOfContents", contents.text, {LANG: contents.language})
    for note in record.notes:
        add(root, f"{M}note", note.text, {"type": note.kind, LANG: note.language})


def add_ownership(root: _Element, record: Record, repository: Repository) -> None:
    """Add the institution that provides the record as an ownership note, which links to its home page."""
    if provider := repository.provider(record):
        add(root, f"{M}note", provider.name, {"type": "ownership", HREF: provider.homepage})


def add_identifiers(root: _Element, record: Record) -> None:
    """Add the local identifier, a stated OAI identifier, and the others with their kind where one is stated."""
    add(root, f"{M}identifier", record.identifier, {"type": "local"})
    if record.oai_identifier:
        add(root, f"{M}identifier", record.oai_identifier, {"type": "oai"})
    for identifier in record.identifiers:
        add(root, f"{M}identifier", identifier.value, {"type": identifier.kind})
