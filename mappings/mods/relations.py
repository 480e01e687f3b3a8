"""MODS: relatedItem, which holds the original in its archive, the collections and other related resources.

The archive that keeps the original, its shelfmark, the languages of the original and how it asks to be cited stand
inside relatedItem type="original": at the top, hubs would read the archive as the provider and the languages as those
of the text.
"""

from collections.abc import Iterator

from mappings.elements import around, element
from mappings.mods.description import languages
from mappings.repository import Repository
from records.model import Record, Relation, Source

_TYPES = {"other version": "otherVersion", "other format": "otherFormat"}


def related_items(record: Record, repository: Repository) -> Iterator[str]:
    """Yield the original, the collections of the record and its other relations."""
    if record.source or record.original_languages:
        parts = (*languages(record.original_languages), *(_source(record.source) if record.source else ()))
        yield around("relatedItem", parts, {"type": "original"})
    for spec in record.collections:
        title = _title(repository.collection_title(spec))
        yield around("relatedItem", [title], {"type": "host", "displayLabel": "Collection"})
    yield from map(_relation, record.relations)


def _source(source: Source) -> Iterator[str]:
    yield element("note", source.citation, {"type": "preferred citation"})
    if source.collection:
        yield around("relatedItem", [_title(source.collection)], {"type": "host"})
    yield element("identifier", source.uri, {"type": "uri"})
    if source.repository or source.shelfmark:
        place = (element("physicalLocation", source.repository), element("shelfLocator", source.shelfmark))
        yield around("location", place)


def _relation(relation: Relation) -> str:
    kind = _TYPES.get(relation.kind, relation.kind) if relation.kind else None
    parts = (
        _title(relation.title),
        element("abstract", relation.description),
        element("identifier", relation.identifier),
        around("location", [element("url", relation.url)]) if relation.url else "",
    )
    return around("relatedItem", parts, {"type": kind, "displayLabel": relation.label})


def _title(title: str) -> str:
    return around("titleInfo", [element("title", title)])
