"""Reading: what is done with each record of an input before it is published, by many processes at once.

What depends on the order of the records, or changes anything, is left to `loading`.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mappings.iiif import leaves
from mappings.repository import Repository
from records import stated
from records.collections import with_defaults
from records.errors import RecordError
from records.identifiers import origins
from records.model import Record, parts
from records.publish import Publication
from records.readers import rights_toml
from records.readers.found import Told
from server import merging, natives, places, recognised, structures
from server.inputs import Input
from server.library import Library
from server.media import Media
from server.publishing import publication


class Read(NamedTuple):
    """A record that was read.

    Attributes:
        path: the file that it stands in, or the address of an endpoint.
        number: its number there, counted from 1.
        identifier: its local identifier; empty if it could not be read.
        problem: what is wrong with it or its page images; None if it can be taken.
        with_images: the record as it was read, if there are page images or PDFs to be copied.
        publication: the record, ready to be published; None if the store has it as it is stated.
        filled: what it takes from its collections, each as the spec of the collection and the field.
        unmapped: names of values that have no field here.
        undrawn: characters that no font here can draw.
        told: what its reader tells of it.
        approved: whether it takes the URI of its rights from `rights.toml`.
        unvalidated: the format of its document, if no schema was at hand to hold it to.
        fields: the fields that it states.
        origins: identifiers that its local one was made of.
        merged: what staff should know of its merger with the record of the store.
    """

    path: Path | str
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
    unvalidated: str = ""
    fields: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()

    @property
    def is_harvested(self) -> bool:
        """Whether it came from an endpoint."""
        return isinstance(self.path, str)

    @property
    def place(self) -> str:
        """Where in its input it stands: of what was harvested, the OAI identifier, which may come again."""
        return self.told.position or f"record {self.number}"


class _Found(NamedTuple):
    """A record that was read, what the store is to take of it (None if nothing), and what it has."""

    read: Read
    record: Record | None = None
    known: bytes | None = None


def checked(batch: Sequence[Input], *, library: Library, rights: Mapping[str, str], merge: bool) -> list[Read]:
    """Return what was read, without publications.

    Args:
        batch: what stands in the input.
        library: the store and the media folder.
        rights: URIs that staff approved, by rights statement.
        merge: whether records are laid over those of the store.
    """
    return [found.read for found in _met(batch, library, rights, merge=merge)]


def prepared(
    batch: Sequence[Input],
    *,
    library: Library,
    repository: Repository,
    rights: Mapping[str, str],
    day: date,
    settled: bool,
    merge: bool,
) -> list[Read]:
    """Return what was read, ready to be published.

    Args:
        batch: what stands in the input.
        library: the store and the media folder.
        repository: what the mappings need to know.
        rights: URIs that staff approved, by rights statement.
        day: today.
        settled: whether what the store has as it is stated here need not be rendered again.
        merge: whether records are laid over those of the store.
    """
    return [
        _prepared(found, found.record, repository, day, settled=settled, merge=merge) if found.record else found.read
        for found in _met(batch, library, rights, merge=merge)
    ]


def _met(batch: Sequence[Input], library: Library, rights: Mapping[str, str], *, merge: bool) -> list[_Found]:
    """Return what was read, held against what the store has."""
    checked = [_checked(given, library.media, rights, merge=merge) for given in batch]
    known = library.store.stated([found.record.identifier for found in checked if found.record])
    return [
        _placed(found.read, found.record, known.get(found.record.identifier), merge=merge) if found.record else found
        for found in checked
    ]


def _placed(read: Read, record: Record, known: bytes | None, *, merge: bool) -> _Found:
    met = merging.meet(record, known, merge=merge)
    problems = (met.problem,) if met.problem else places.stated(structures.faults(met.record), read.path)
    if not problems:
        return _Found(read._replace(merged=met.notes), met.record, known)
    return _Found(read._replace(problem=RecordError(str(read.path), read.place, record.identifier, problems)))


def _checked(given: Input, media: Media, rights: Mapping[str, str], *, merge: bool) -> _Found:
    """Return what is to be told of a record, and the record with its page images measured, if it can be taken."""
    with parts() if merge else nullcontext():
        found = given.found if isinstance(given.found, RecordError) else given.found.read()
    if isinstance(found, RecordError):
        return _Found(Read(given.path, given.number, problem=found))
    invalid = natives.faults(found.record.native) if found.record.native else ()
    if invalid:
        problems = places.stated(invalid, given.path)
        error = RecordError(str(given.path), found.told.position, found.record.identifier, problems)
        return _Found(Read(given.path, given.number, found.record.identifier, error))
    taken = recognised.take(media, found.record, Path(given.path))
    if isinstance(taken, RecordError):
        problems = places.stated(taken.faults, given.path)
        placed = replace(taken, position=found.told.position, faults=problems)
        return _Found(Read(given.path, given.number, found.record.identifier, placed))
    record, noted = taken
    approved = rights_toml.with_uri(record, rights)
    read = Read(
        given.path,
        given.number,
        record.identifier,
        with_images=found.record if record.downloads or any(page.file for page in record.pages) else None,
        told=found.told._replace(noted=(*found.told.noted, *places.stated(noted, given.path))),
        approved=approved is not None,
        unvalidated=found.record.native.format if found.record.native and invalid is None else "",
        origins=origins(record) - {record.identifier},
    )
    return _Found(read, approved or record)


def _prepared(found: _Found, record: Record, repository: Repository, day: date, *, settled: bool, merge: bool) -> Read:
    """Return what was read with its publication, unless the store has it so.

    A record that was harvested may come once more in the same harvest, so that what the store has now does not count;
    one that was deleted before it ever came is nothing to be told.
    """
    read, known = found.read, found.known
    if read.is_harvested and record.visibility == "deleted" and known is None:
        return read
    shown, filled = with_defaults(record, repository.collections)
    comparable = known is not None and settled and not read.is_harvested and not record.embargoed_until
    as_known = comparable and known == stated.write(record)
    made = None if as_known else publication(record, repository, day)
    return read._replace(
        publication=replace(made, rendered_from=known) if made and merge else made,
        filled=tuple((spec, field) for field, spec in filled.items()),
        unmapped=tuple(record.unmapped),
        undrawn=leaves.missing(shown),
        fields=tuple(record.model_fields_set),
    )
