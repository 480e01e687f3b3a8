"""MODS: titles, types, languages, the physical description, texts about the document, identifiers.

Elements: titleInfo, typeOfResource, genre, language, physicalDescription, abstract, tableOfContents, note, identifier.
"""

from collections.abc import Iterable, Iterator

from mappings import types
from mappings.elements import LANG, around, element
from mappings.languages import iso639_2b
from mappings.mods.terms import HREF, authority
from mappings.repository import Repository
from records.model import Record, Title


def titles(record: Record) -> Iterator[str]:
    """Yield a titleInfo for each title; the main one is marked primary and comes first."""
    main = record.title
    yield _title(main, primary=True)
    for title in record.titles:
        if title is not main:
            yield _title(title, primary=False)


def _title(title: Title, *, primary: bool) -> str:
    attributes = {
        "usage": "primary" if primary else None,
        "type": None if title.kind == "main" else title.kind,
        LANG: title.language,
    }
    return around("titleInfo", [element("title", title.text)], attributes)


def types_and_genres(record: Record) -> Iterator[str]:
    """Yield typeOfResource and genre; a stated DCMI term is a genre of authority dct (Dublin Core to MODS, Type)."""
    for name in types.mods(record):
        yield element("typeOfResource", name)
    for genre in record.genres:
        yield element("genre", genre.text, authority(genre))
    for name in types.stated_dcmi(record):
        yield element("genre", name, {"authority": "dct", "valueURI": f"{types.DCMI}{name}"})


def languages(tags: Iterable[str], name: str = "language") -> Iterator[str]:
    """Yield a language for each tag: its ISO 639-2/B code, and the tag itself where it differs from that."""
    for tag in tags:
        code = iso639_2b(tag)
        terms = (
            element("languageTerm", code, {"type": "code", "authority": "iso639-2b"}),
            element("languageTerm", tag, {"type": "code", "authority": "rfc5646"}) if tag != code else "",
        )
        yield around(name, terms)


def physical_description(record: Record) -> Iterator[str]:
    """Yield the physicalDescription, if anything is stated for it."""
    if record.extents or record.media_types or record.digital_origin:
        parts = (
            *(element("internetMediaType", media_type) for media_type in record.media_types),
            *(element("extent", extent) for extent in record.extents),
            element("digitalOrigin", record.digital_origin),
        )
        yield around("physicalDescription", parts)


def texts(record: Record) -> Iterator[str]:
    """Yield abstracts, tables of contents and notes."""
    for abstract in record.abstracts:
        yield element("abstract", abstract.text, {LANG: abstract.language})
    for contents in record.contents:
        yield element("tableOfContents", contents.text, {LANG: contents.language})
    for note in record.notes:
        yield element("note", note.text, {"type": note.kind, LANG: note.language})


def ownership(record: Record, repository: Repository) -> str:
    """Return the institution that provides the record as an ownership note, which links to its home page."""
    provider = repository.provider(record)
    return element("note", provider.name, {"type": "ownership", HREF: provider.homepage}) if provider else ""


def identifiers(record: Record) -> Iterator[str]:
    """Yield the local identifier, a stated OAI identifier, and the others with their kind where one is stated."""
    yield element("identifier", record.identifier, {"type": "local"})
    yield element("identifier", record.oai_identifier, {"type": "oai"})
    for identifier in record.identifiers:
        yield element("identifier", identifier.value, {"type": identifier.kind})
