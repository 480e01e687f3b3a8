"""IIIF collections (Presentation 3.0, 5.1): one for each set, and one that holds them all."""

from collections.abc import Iterable, Sequence

import iiif_prezi3

from mappings.iiif import uris
from mappings.iiif.leaves import leaves
from mappings.iiif.manifest import label, provider
from mappings.iiif.presentation import CONTEXT, Document, finished, name_map, plain, present
from mappings.repository import Repository
from records.model import Record


def top(repository: Repository, *, children: Sequence[str], members: Iterable[Record]) -> bytes:
    """Return the collection that holds all others, JSON in UTF-8.

    Args:
        repository: who publishes it.
        children: the specs of the sets that stand in no other.
        members: the records that stand in no set, with what is to be shown of them.
    """
    properties = {
        "@context": CONTEXT,
        "id": uris.top_collection(repository),
        "type": "Collection",
        "label": name_map(repository.name),
    }
    optional = {"provider": provider(repository.institution)}
    return _finished(properties | present(optional), repository, children, members)


def collection(spec: str, repository: Repository, *, children: Sequence[str], members: Iterable[Record]) -> bytes:
    """Return the collection of a set, JSON in UTF-8.

    Args:
        spec: the set.
        repository: who publishes it, and what is stated of its collections.
        children: the specs of the sets directly below it.
        members: the records that state this very set.
    """
    stated = repository.collections.get(spec)
    properties = {
        "@context": CONTEXT,
        "id": uris.collection(repository, spec),
        "type": "Collection",
        "label": name_map(repository.collection_title(spec)),
    }
    page = {
        "id": uris.collection_page(repository, spec),
        "type": "Text",
        "label": properties["label"],
        "format": "text/html",
    }
    optional = {
        "summary": {"none": [plain(stated.description)]} if stated and stated.description else {},
        "provider": provider((stated and stated.provider) or repository.institution),
        "homepage": [page],
        "partOf": [_above(spec, repository)],
    }
    return _finished(properties | present(optional), repository, children, members)


def _finished(
    properties: Document, repository: Repository, children: Sequence[str], members: Iterable[Record]
) -> bytes:
    items = [_child(spec, repository) for spec in children]
    items += [reference for record in members if (reference := _member(record, repository))]
    return finished(properties | {"items": items}, iiif_prezi3.Collection)


def _above(spec: str, repository: Repository) -> Document:
    parent = spec.rpartition(":")[0]
    if parent:
        return _child(parent, repository)
    return {"id": uris.top_collection(repository), "type": "Collection", "label": name_map(repository.name)}


def _child(spec: str, repository: Repository) -> Document:
    return {
        "id": uris.collection(repository, spec),
        "type": "Collection",
        "label": name_map(repository.collection_title(spec)),
    }


def _member(record: Record, repository: Repository) -> Document | None:
    """Return a reference to a record's manifest, ours or one that exists elsewhere; None if there is none."""
    manifest = uris.manifest(repository, record)
    if manifest is None:
        return None
    reference = {"id": uris.encoded(manifest), "type": "Manifest", "label": label(record)}
    return reference | present({"thumbnail": _thumbnail(record, repository)})


def _thumbnail(record: Record, repository: Repository) -> list[Document]:
    first = next(leaves(record, repository), None)
    return [first.thumbnail.resource()] if first else []
