"""MODS: relatedItem, which holds the original in its archive, the collections and other related resources.

The archive that keeps the original, its shelfmark, the languages of the original and how it asks to be cited stand
inside relatedItem type="original": at the top, hubs would read the archive as the provider and the languages as those
of the text.
"""

from lxml.etree import _Element

from mappings.elements import add
from mappings.mods.description import add_languages
from mappings.mods.terms import M
from mappings.repository import Repository
from records.model import Record, Relation, Source

_TYPES = {"other version": "otherVersion", "other format": "otherFormat"}


def add_related_items(root: _Element, record: Record, repository: Repository) -> None:
    """Add the original, the collections of the record and its other relations."""
    if record.source or record.original_languages:
        _add_original(root, record)
    for spec in record.collections:
        collection = add(root, f"{M}relatedItem", None, {"type": "host", "displayLabel": "Collection"})
        _add_title(collection, repository.collection_title(spec))
    for relation in record.relations:
        _add_relation(root, relation)


def _add_original(root: _Element, record: Record) -> None:
    original = add(root, f"{M}relatedItem", None, {"type": "original"})
    add_languages(original, record.original_languages)
    if source := record.source:
        if source.citation:
            add(original, f"{M}note", source.citation, {"type": "preferred citation"})
        if source.collection:
            _add_title(add(original, f"{M}relatedItem", None, {"type": "host"}), source.collection)
        if source.uri:
            add(original, f"{M}identifier", source.uri, {"type": "uri"})
        _add_place(original, source)


def _add_place(original: _Element, source: Source) -> None:
    if source.repository or source.shelfmark:
        location = add(original, f"{M}location")
        if source.repository:
            add(location, f"{M}physicalLocation", source.repository)
        if source.shelfmark:
            add(location, f"{M}shelfLocator", source.shelfmark)


def _add_relation(root: _Element, relation: Relation) -> None:
    kind = _TYPES.get(relation.kind, relation.kind) if relation.kind else None
    related = add(root, f"{M}relatedItem", None, {"type": kind, "displayLabel": relation.label})
    _add_title(related, relation.title)
    if relation.description:
        add(related, f"{M}abstract", relation.description)
    if relation.identifier:
        add(related, f"{M}identifier", relation.identifier)
    if relation.url:
        add(add(related, f"{M}location"), f"{M}url", relation.url)


def _add_title(item: _Element, title: str) -> None:
    add(add(item, f"{M}titleInfo"), f"{M}title", title)
