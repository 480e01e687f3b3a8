"""Manifests, collections and annotation pages (Presentation 3.0, 6.3), as the media type that was asked for."""

import json
from typing import NoReturn

from flask import Response, abort, request

from mappings.iiif import collection as collections
from mappings.iiif import lines as of_canvas
from mappings.iiif import parts
from mappings.iiif.parts import Span
from mappings.iiif.presentation import Document
from mappings.repository import Repository
from records.collections import ancestors
from server.current import library
from server.iiif import known
from server.iiif.conditional import conditional
from server.iiif.media_type import LINKED_DATA, media_type
from server.publishing import MANIFEST


def manifest(identifier: str) -> Response:
    """Return the manifest of a record; most are answered before they come here (`stored`)."""
    return answer(known.document(identifier, MANIFEST))


def lines(identifier: str, number: str) -> Response:
    """Return the text of a canvas, counted from 1, as annotations by line: written when it is asked for."""
    page = of_canvas.write(known.record(identifier), library().repository(), known.number(number))
    if page is None:
        abort(404, "the record has no such canvas, or no text is known of it")
    return answer(page)


def top_collection() -> Response:
    """Return the collection of the collections at the top, and of the records that stand in none."""
    repository = library().repository()
    items = [*_below("", repository), *_own("", repository)]
    changing = library().store.activities() is not None
    return answer(collections.top(repository, items, changing=changing, searchable=_searchable(None)))


def collection(spec: str) -> Response:
    """Return the collection of a set: the collections directly below it, and the records that state it."""
    spec, repository = known.spec(spec), library().repository()
    items = [*_below(spec, repository), *_own(spec, repository)]
    return answer(collections.collection(spec, repository, items, searchable=_searchable(spec)))


def _searchable(spec: str | None) -> bool:
    """Whether a set, or everything, has a text to search."""
    scope = library().store.scope(set_spec=spec)
    return scope is not None and library().store.searchable(scope)


def collection_part(spec: str, span: str) -> Response:
    """Return a part of the collection of a set."""
    return _part(known.spec(spec), span)


def top_part(span: str) -> Response:
    """Return a part of the records that stand in no set."""
    return _part("", span)


def _part(spec: str, text: str) -> Response:
    repository, places = library().repository(), library().store.places(spec)
    whole = parts.whole(places)
    span = parts.span(text, whole)
    if span is None:
        _no_part()
    properties = _reference(spec, repository, span, places)
    if span.above == whole:
        above = collections.of_set(spec, repository) if spec else collections.of_top(repository)
    else:
        above = _reference(spec, repository, span.above, places)
    return answer(collections.part(spec, repository, properties, above, _within(spec, repository, span, places)))


def _reference(spec: str, repository: Repository, span: Span, places: int) -> Document:
    found = library().store.parts(spec, span.first, span.last, span.size)
    if not found:
        _no_part()
    return collections.of_part(spec, repository, found[0], places)


def _no_part() -> NoReturn:
    abort(404, "there is no such part of the collection; begin at the collection itself")


def _below(parent: str, repository: Repository) -> list[Document]:
    """Return references to the sets that stand directly below one; below "" stand those at the top."""
    found = library().store.first_references()
    shown: dict[str, bytes | None] = {}
    for spec in sorted(found):
        for above in ancestors(spec):
            shown[above] = shown.get(above) or found[spec]
    below = sorted(spec for spec in found if spec.rpartition(":")[0] == parent)
    return [collections.of_set(spec, repository, shown[spec]) for spec in below]


def _own(spec: str, repository: Repository) -> list[Document]:
    """Return what a collection holds of its own: references to manifests or, where these are many, to parts."""
    places = library().store.places(spec)
    return _within(spec, repository, parts.whole(places), places)


def _within(spec: str, repository: Repository, span: Span, places: int) -> list[Document]:
    """Return what stands in a span of places: references to manifests, or to the parts that it is made of."""
    store, last = library().store, min(span.last, places)
    size = span.size // parts.MOST
    if size == 1:
        return [json.loads(reference) for reference in store.references(spec, span.first, last)]
    found = store.parts(spec, span.first, last, size)
    return [collections.of_part(spec, repository, each, places) for each in found]


def answer(document: bytes, linked_data: str = LINKED_DATA) -> Response:
    """Return a document as plain JSON to who prefers that, else as linked data with its profile.

    Args:
        document: JSON in UTF-8.
        linked_data: the media type with the profile.
    """
    response = conditional(document, media_type(request.headers.get("Accept", ""), linked_data))
    response.headers["Vary"] = "Accept"
    return response
