"""Manifests and collections (Presentation 3.0, 6.3), as the media type that was asked for."""

from collections.abc import Iterator

from flask import Response, request

from mappings.iiif import collection as collections
from mappings.repository import Repository
from records.collections import set_specs
from records.model import Record
from server.iiif import known
from server.iiif.conditional import conditional
from server.iiif.media_type import media_type
from server.library import library, read_record
from server.publishing import MANIFEST

EVERY = "oai_dc"
"""A format that every record has: the manifest of a record may be elsewhere."""

MANY = 500
"""Records that are read from the store at once."""


def manifest(identifier: str) -> Response:
    """Return the manifest of a record; most are answered before they come here (`stored`)."""
    return _answer(known.document(identifier, MANIFEST))


def top_collection() -> Response:
    """Return the collection of the collections at the top, and of the records that stand in none."""
    repository = library().repository()
    return _answer(collections.top(repository, children=_below(""), members=_members("", repository)))


def collection(spec: str) -> Response:
    """Return the collection of a set: the collections directly below it, and the records that state it."""
    spec, repository = known.spec(spec), library().repository()
    members = _members(spec, repository)
    return _answer(collections.collection(spec, repository, children=_below(spec), members=members))


def _below(parent: str) -> list[str]:
    """Return the specs of the sets that stand directly below one; below "" stand those at the top."""
    return [spec for spec in sorted(library().store.set_specs()) if spec.rpartition(":")[0] == parent]


def _members(spec: str, repository: Repository) -> Iterator[Record]:
    """Yield the records that state a set, or that state none if the spec is empty, batch by batch.

    A record that states only a set below it is found there.
    """
    after = 0
    while found := library().store.members(spec, EVERY, after=after, limit=MANY):
        after = found[-1][0]
        records = (read_record(stated, repository) for _sequence, _identifier, stated in found)
        yield from (record for record in records if not spec or spec in set_specs(record))


def _answer(document: bytes) -> Response:
    """Return a document as plain JSON to who prefers that, else as linked data with its profile."""
    response = conditional(document, media_type(request.headers.get("Accept", "")))
    response.headers["Vary"] = "Accept"
    return response
