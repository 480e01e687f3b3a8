"""IIIF collections (Presentation 3.0, 5.1): one for each set, and one that holds them all.

What a collection holds of its own is either manifests or, where these are many, parts that hold them.
"""

import json
from collections.abc import Iterable, Sequence

import iiif_prezi3
import orjson

from mappings.iiif import activities, parts, uris
from mappings.iiif.leaves import first_thumbnail
from mappings.iiif.manifest import label, provider
from mappings.iiif.parts import Span
from mappings.iiif.presentation import CONTEXT, Document, finished, name_map, present, readable
from mappings.iiif.search import contexts, services
from mappings.repository import Repository
from records.members import Part
from records.model import Institution, Record, Title


def reference(record: Record, repository: Repository) -> bytes | None:
    """Return how collections refer to a record's manifest, ours or one that exists elsewhere, JSON in UTF-8.

    Args:
        record: the record with what its collections state; its page images are measured.
        repository: who publishes it.

    Returns:
        None if there is no manifest.
    """
    manifest = uris.manifest(repository, record)
    if manifest is None or record.visibility == "deleted":
        return None
    small = first_thumbnail(record, repository)
    document = {
        "id": uris.encoded(manifest),
        "type": "Manifest",
        "label": label(record),
        "thumbnail": [small.resource()] if small else [],
    }
    return orjson.dumps(present(document))


def title(reference: bytes) -> Title:
    """Return the main title of a record, as it stands in what collections refer to it by.

    Args:
        reference: what `reference` returned.
    """
    language, texts = next(iter(json.loads(reference)["label"].items()))
    return Title(text=texts[0], language=None if language == "none" else language)


def top(repository: Repository, items: Sequence[Document], *, changing: bool, searchable: bool) -> bytes:
    """Return the collection that holds all others, JSON in UTF-8.

    Args:
        repository: who publishes it.
        items: the collections at the top, then what stands in none.
        changing: whether there is a stream of changes, to be referred to.
        searchable: whether any record has a text to search.
    """
    searching = services(uris.searched(repository.base_url)) if searchable else []
    optional = {
        "provider": provider(repository.institution),
        "service": searching,
        "seeAlso": [activities.see_also(repository)] if changing else [],
    }
    return _finished({"@context": contexts(searching), **of_top(repository)} | present(optional), items)


def collection(spec: str, repository: Repository, items: Sequence[Document], *, searchable: bool) -> bytes:
    """Return the collection of a set, JSON in UTF-8.

    Args:
        spec: the set.
        repository: who publishes it, and what is stated of its collections.
        items: the collections directly below it, then what states this very set.
        searchable: whether any record of the set, or of those below it, has a text to search.
    """
    stated = repository.collections.get(spec)
    searching = services(uris.searched(repository.base_url, spec=spec)) if searchable else []
    properties = {"@context": contexts(searching), **of_set(spec, repository)}
    page = {
        "id": uris.collection_page(repository, spec),
        "type": "Text",
        "label": properties["label"],
        "format": "text/html",
    }
    above = spec.rpartition(":")[0]
    optional = {
        "summary": {"none": [readable(stated.description)]} if stated and stated.description else {},
        "provider": provider(_provider(spec, repository)),
        "homepage": [page],
        "partOf": [of_set(above, repository) if above else of_top(repository)],
        "service": searching,
    }
    return _finished(properties | present(optional), items)


def part(spec: str, repository: Repository, properties: Document, above: Document, items: Sequence[Document]) -> bytes:
    """Return a part of a collection, JSON in UTF-8.

    Args:
        spec: the set; empty for the top collection.
        repository: who publishes it.
        properties: the part as it is referred to.
        above: the part or collection that holds it.
        items: its manifests, or the parts of it.
    """
    optional = {"provider": provider(_provider(spec, repository)), "partOf": [above]}
    return _finished({"@context": CONTEXT} | properties | present(optional), items)


def of_top(repository: Repository) -> Document:
    """Return a reference to the collection that holds all others."""
    return {"id": uris.top_collection(repository), "type": "Collection", "label": name_map(repository.name)}


def of_set(spec: str, repository: Repository, first: bytes | None = None) -> Document:
    """Return a reference to the collection of a set.

    Args:
        spec: the set.
        repository: what is stated of it.
        first: the reference to the first manifest in it, whose small image it shows.
    """
    properties = {
        "id": uris.collection(repository, spec),
        "type": "Collection",
        "label": name_map(repository.collection_title(spec)),
    }
    return properties | _thumbnail([json.loads(first)] if first else [])


def of_part(spec: str, repository: Repository, found: Part, places: int) -> Document:
    """Return a reference to a part of a collection.

    Args:
        spec: the set; empty for the top collection.
        repository: who publishes it.
        found: the part.
        places: the last place of the whole collection.
    """
    properties = {
        "id": uris.collection_part(repository, spec, str(Span(found.first, found.last))),
        "type": "Collection",
        "label": name_map(parts.label(found, places)),
    }
    return properties | _thumbnail([json.loads(found.references[0])])


def _provider(spec: str, repository: Repository) -> Institution | None:
    """Return who provides what is in a set: what is stated of it, else the institution."""
    stated = repository.collections.get(spec)
    return (stated and stated.provider) or repository.institution


def _finished(properties: Document, items: Sequence[Document]) -> bytes:
    return finished(properties | _thumbnail(items) | {"items": list(items)}, iiif_prezi3.Collection)


def _thumbnail(items: Iterable[Document]) -> Document:
    """Return the small image of the first item that has one, as a property."""
    return next(({"thumbnail": item["thumbnail"]} for item in items if "thumbnail" in item), {})
