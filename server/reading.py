"""Reading: what is done with each record of an input before it is published, by many processes at once.

What depends on the order of the records, or changes anything, is left to `loading`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mappings.iiif import leaves
from mappings.repository import Repository
from records import stated
from records.collections import with_defaults
from records.errors import RecordError
from records.model import Record
from records.publish import Publication
from records.readers import rights_toml
from records.readers.found import Told
from server.inputs import Input
from server.library import Library
from server.media import Media
from server.publishing import publication


class Read(NamedTuple):
    """A record that was read.

    Attributes:
        path: the file that it stands in.
        number: its number there, counted from 1.
        identifier: its local identifier; empty if it could not be read.
        problem: what is wrong with it or its page images; None if it can be taken.
        with_images: the record as it was read, if there are page images to be copied.
        publication: the record, ready to be published; None if the store has it as it is stated.
        filled: what it takes from its collections, each as the spec of the collection and the field.
        unmapped: names of values that have no field here.
        undrawn: characters that no font here can draw.
        told: what its reader tells of it.
        approved: whether it takes the URI of its rights from `rights.toml`.
        fields: the fields that it states.
    """

    path: Path
    number: int
    identifier: str = ""
    problem: RecordError | None = None
    with_images: Record | None = None
    publication: Publication | None = None
    filled: tuple[tuple[str, str], ...] = ()
    unmapped: tuple[str, ...] = ()
    undrawn: str = ""
    told: Told = Told()
    approved: bool = False
    fields: tuple[str, ...] = ()


def checked(batch: Sequence[Input], *, media: Media, rights: Mapping[str, str]) -> list[Read]:
    """Return what was read, without publications.

    Args:
        batch: what stands in the input.
        media: where page images will be kept.
        rights: URIs that staff approved, by rights statement.
    """
    return [_checked(given, media, rights)[0] for given in batch]


def prepared(
    batch: Sequence[Input],
    *,
    library: Library,
    repository: Repository,
    rights: Mapping[str, str],
    day: date,
    settled: bool,
) -> list[Read]:
    """Return what was read, ready to be published.

    Args:
        batch: what stands in the input.
        library: the store and the media folder.
        repository: what the mappings need to know.
        rights: URIs that staff approved, by rights statement.
        day: today.
        settled: whether what the store has as it is stated here need not be rendered again.
    """
    found = [_checked(given, library.media, rights) for given in batch]
    taken = [record.identifier for _read, record in found if record]
    known = library.store.stated(taken) if settled else {}
    return [
        _prepared(read, record, known.get(record.identifier), repository, day) if record else read
        for read, record in found
    ]


def _checked(given: Input, media: Media, rights: Mapping[str, str]) -> tuple[Read, Record | None]:
    """Return what is to be told of a record, and the record with its page images measured, if it can be taken."""
    found = given.found if isinstance(given.found, RecordError) else given.found.read()
    if isinstance(found, RecordError):
        return Read(given.path, given.number, problem=found), None
    record = media.take(found.record, given.path, copy=False)
    if isinstance(record, RecordError):
        return Read(
            given.path, given.number, found.record.identifier, replace(record, position=found.told.position)
        ), None
    approved = rights_toml.with_uri(record, rights)
    return Read(
        given.path,
        given.number,
        record.identifier,
        with_images=found.record if any(page.file for page in record.pages) else None,
        told=found.told,
        approved=approved is not None,
    ), approved or record


def _prepared(read: Read, record: Record, known: bytes | None, repository: Repository, day: date) -> Read:
    shown, filled = with_defaults(record, repository.collections)
    new = known is None or record.embargoed_until or known != stated.write(record)
    return read._replace(
        publication=publication(record, repository, day) if new else None,
        filled=tuple((spec, field) for field, spec in filled.items()),
        unmapped=tuple(record.unmapped),
        undrawn=leaves.missing(shown),
        fields=tuple(record.model_fields_set),
    )
