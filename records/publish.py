"""Publishing: what a writer does with a batch of records, in one transaction.

A record's representation in a format moves (gets a new change sequence and datestamp) when, and only when, its bytes
in that format, its sets or its deletion change. That it was harvested again, and came as before, is no change.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Table, select, update
from sqlalchemy.dialects import sqlite

from records import activities as activity
from records.collections import ancestors
from records.header import header
from records.members import memberships, wanted_sets, write_members
from records.rows import insert_rows, write_rows
from records.search.passages import Passage
from records.search.passages import rows as passage_rows
from records.search.passages import write as write_passages
from records.standing import LOOSE, WHOLE, Stored, known_records, set_ids, stored_representations, taken_identifiers
from records.stretches import break_stretches
from records.tables import activities, changes, clock, entries, listings, records, representations

HIDDEN, SHOWN, WITHDRAWN = 0, 1, 2
"""The status of a record: not shown and never was, shown, withdrawn after it was shown."""

Outcome = Literal["created", "updated", "unchanged", "deleted", "hidden", "refused", "overtaken"]
"""What becomes of a publication; one is overtaken where its record was stated anew since it was rendered."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A record, ready to be published.

    Attributes:
        identifier: its local identifier.
        oai_identifier: its unique identifier in OAI-PMH.
        stated: the record as stated, JSON in UTF-8.
        sets: the set specs that it states.
        status: what it is to be; "deleted" leaves a tombstone.
        documents: format to finished bytes, None where the record cannot fill the format; every format is named.
        abouts: format to what is said about its document, finished, for those of which there is something to say.
        titles: titles of sets that no collection states, for those that are new.
        reference: how IIIF collections refer to it, finished JSON; None if it has no manifest to show.
        passages: what can be searched of it, in the order of reading; none of a record that is not shown.
        release: when it is to be shown, in seconds since 1970 UTC; None if no day is set.
        rendered_from: what the store must still have as stated, so that nothing newer is undone; None for a record
            that is stated anew.
    """

    identifier: str
    oai_identifier: str
    stated: bytes
    sets: tuple[str, ...]
    status: Literal["public", "hidden", "deleted"]
    documents: Mapping[str, bytes | None]
    abouts: Mapping[str, bytes] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    reference: bytes | None = None
    passages: Sequence[Passage] = ()
    release: int | None = None
    rendered_from: bytes | None = None

    @property
    def specs(self) -> str:
        """Its sets as the store keeps them: each once, in order, divided by blanks."""
        return " ".join(sorted(set(self.sets)))


class Published(NamedTuple):
    """What became of a publication, and in which formats its datestamp moved."""

    identifier: str
    outcome: Outcome
    moved: tuple[str, ...] = ()
    problem: str = ""


@dataclass
class _Batch:
    """What a transaction is about to write, kind by kind; records above the last known id are new."""

    connection: Connection
    stamp: int
    sequence: int
    known_id: int
    record_id: int
    activity: int
    set_ids: dict[str, int]
    records: list[dict[str, Any]] = field(default_factory=list)
    representations: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    entered: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)
    members_left: list[dict[str, Any]] = field(default_factory=list)
    members_entered: list[dict[str, Any]] = field(default_factory=list)
    passages: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    _lists: dict[str, list[int]] = field(default_factory=dict)

    def lists(self, specs: str) -> list[int]:
        """Return the ids of the lists that a representation stands in; many of a batch stand in the same sets."""
        if specs not in self._lists:
            self._lists[specs] = list_ids(self.set_ids, specs)
        return self._lists[specs]


def publish(connection: Connection, now: int, publications: Sequence[Publication]) -> list[Published]:
    """Write a batch and return what became of each record, in its order.

    Args:
        connection: a writer's transaction (Database.writing).
        now: the database's time, in seconds.
        publications: records, no identifier twice.
    """
    known = known_records(connection, [item.identifier for item in publications])
    taken = taken_identifiers(connection, [item.oai_identifier for item in publications])
    unplaced = _overtaken(publications, known) | _refused(publications, known, taken)
    batch = _batch(connection, now, [item for item in publications if item.identifier not in unplaced], known)
    ids = [row.id for row in known.values()]
    stored, member_of = stored_representations(connection, ids), memberships(connection, ids)
    results = []
    for publication in publications:
        row = known.get(publication.identifier)
        results.append(
            unplaced.get(publication.identifier) or _place(batch, publication, row, *_stood(row, stored, member_of))
        )
    _write(batch)
    write_passages(connection, batch.passages, [row.id for row in known.values() if row.id in batch.passages])
    return results


def _stood(
    row: Any,  # noqa: ANN401 - a row
    stored: Mapping[int, Mapping[str, Stored]],
    member_of: Mapping[int, frozenset[int]],
) -> tuple[Mapping[str, Stored], frozenset[int]]:
    """Return the representations of a record as they stood, and the ids of the sets whose member it was."""
    return (stored.get(row.id, {}), member_of.get(row.id, frozenset())) if row else ({}, frozenset())


def _overtaken(publications: Sequence[Publication], known: Mapping[str, Any]) -> dict[str, Published]:
    """Return those whose record is stated otherwise by now than it was when they were rendered."""
    stated = {identifier: row.stated for identifier, row in known.items()}
    return {
        item.identifier: Published(item.identifier, "overtaken")
        for item in publications
        if item.rendered_from is not None and stated.get(item.identifier) != item.rendered_from
    }


def _refused(
    publications: Sequence[Publication], known: Mapping[str, Any], taken: dict[str, str]
) -> dict[str, Published]:
    """Return why records are refused: their OAI identifier is another's, or would change.

    A harvester never forgets an identifier, so one that was published cannot give way to another without a trace.
    """
    problems = {}
    for publication in publications:
        wanted = publication.oai_identifier
        holder = taken.setdefault(wanted, publication.identifier)
        row = known.get(publication.identifier)
        if holder != publication.identifier:
            problems[publication.identifier] = f"the OAI identifier {wanted} belongs to the record {holder} already"
        elif row is not None and row.status != HIDDEN and row.oai_identifier != wanted:
            problems[publication.identifier] = (
                f"harvesters know it as {row.oai_identifier}, so its OAI identifier cannot become {wanted}; delete it "
                f"and load it under another identifier, or load all records into a new database"
            )
    return {identifier: Published(identifier, "refused", (), problem) for identifier, problem in problems.items()}


def _batch(connection: Connection, now: int, publications: Sequence[Publication], known: Mapping[str, Any]) -> _Batch:
    """Begin a batch; sets that only hidden records name stay unknown."""
    last = connection.execute(select(clock)).one()
    placed = [item for item in publications if item.status == "public" or item.identifier not in known]
    shown = [item for item in placed if item.status != "hidden"]
    specs = {spec for item in shown for spec in item.sets}
    titles = {spec: title for item in shown for spec, title in item.titles.items()}
    ids = set_ids(connection, specs, titles)
    return _Batch(
        connection,
        stamp=max(now, last.stamp),
        sequence=last.sequence,
        known_id=last.record_id,
        record_id=last.record_id,
        activity=activity.last_number(connection),
        set_ids=ids,
    )


def _place(
    batch: _Batch,
    publication: Publication,
    row: Any,  # noqa: ANN401 - a row
    stored: Mapping[str, Stored],
    member_of: frozenset[int],
) -> Published:
    """Decide what changes for one record, and put it into the batch."""
    status = _status(publication, row)
    moved = {
        name: document
        for name, document in _wanted(publication, status, stored, known=row is not None).items()
        if name not in stored or not _same(stored[name], document, publication.abouts.get(name), publication.specs)
    }
    if row is None:
        batch.record_id += 1
    record_id = batch.record_id if row is None else row.id
    reference = publication.reference if status == SHOWN else None
    stated = (publication.oai_identifier, status, publication.stated, publication.release, reference)
    if row is None or (row.oai_identifier, row.status, row.stated, row.release, row.reference) != stated:
        batch.records.append(
            {
                "id": record_id,
                "identifier": publication.identifier,
                "oai_identifier": publication.oai_identifier,
                "status": status,
                "stated": publication.stated,
                "release": publication.release,
                "reference": reference,
            }
        )
    _place_in_sets(
        batch, record_id, member_of, wanted_sets(batch.set_ids, publication.sets) if reference else frozenset()
    )
    batch.passages[record_id] = _passages(batch, record_id, publication) if status == SHOWN else []
    if moved:
        kind = "delete" if status == WITHDRAWN else "create" if not row or row.status != SHOWN else "update"
        _move(batch, record_id, publication, moved, stored)
        batch.changes.append(_change(batch, record_id, kind, moved))
    return Published(publication.identifier, _outcome(row, status, moved), tuple(sorted(moved)))


def _place_in_sets(batch: _Batch, record_id: int, before: frozenset[int], now: frozenset[int]) -> None:
    """Let a record leave sets, and enter others, as collections show them."""
    batch.members_left += [{"in_set": set_id, "record": record_id} for set_id in sorted(before - now)]
    batch.members_entered += [{"in_set": set_id, "record": record_id} for set_id in sorted(now - before)]


def _status(publication: Publication, row: Any) -> int:  # noqa: ANN401 - a row
    """Return what the record is to be; one that was never shown leaves no trace when it is hidden or deleted."""
    if publication.status == "public":
        return SHOWN
    if row is None:
        return WITHDRAWN if publication.status == "deleted" else HIDDEN
    return HIDDEN if row.status == HIDDEN else WITHDRAWN


def _wanted(
    publication: Publication, status: int, stored: Mapping[str, Stored], *, known: bool
) -> dict[str, bytes | None]:
    """Return what each format should hold: bytes, or None for a tombstone; a format not named has no row.

    A tombstone stands where the record stood; a record that arrives deleted stands in every format.
    """
    if status == HIDDEN:
        return {}
    if status == WITHDRAWN:
        return dict.fromkeys(stored if known else publication.documents)
    return {
        name: document for name, document in publication.documents.items() if document is not None or name in stored
    }


def _same(stored: Stored, document: bytes | None, about: bytes | None, specs: str) -> bool:
    if document is None:
        return stored.deleted  # a tombstone keeps its place, whatever sets the record has now
    return not stored.deleted and stored.sets == specs and stored.digest == _digest(document, about)


def _outcome(row: Any, status: int, moved: Mapping[str, object]) -> Outcome:  # noqa: ANN401 - a row
    if status == HIDDEN:
        return "hidden"
    if not moved:
        return "unchanged"
    if status == WITHDRAWN:
        return "deleted"
    return "updated" if row is not None and row.status == SHOWN else "created"


def _move(
    batch: _Batch,
    record_id: int,
    publication: Publication,
    moved: Mapping[str, bytes | None],
    stored: Mapping[str, Stored],
) -> None:
    """Take representations out of the lists where they stand, and put them at the end of those where they belong."""
    batch.sequence += 1
    if kind := activity.kind(moved, stored):
        batch.activity += 1
        batch.activities.append(
            {"number": batch.activity, "datestamp": batch.stamp, "kind": kind, "record_id": record_id}
        )
    specs = publication.specs
    for name, document in moved.items():
        about = publication.abouts.get(name)
        old = stored.get(name)
        place = old.sets if old and document is None else specs
        if old:
            batch.left += [{"of": name, "in_set": set_id, "at": old.sequence} for set_id in batch.lists(old.sets)]
        batch.entered += [
            {"format": name, "set_id": set_id, "sequence": batch.sequence, "record_id": record_id}
            for set_id in batch.lists(place)
        ]
        batch.representations.append(
            {
                "record_id": record_id,
                "format": name,
                "sequence": batch.sequence,
                "datestamp": batch.stamp,
                "deleted": document is None,
                "sets": place,
                "digest": b"" if document is None else _digest(document, about),
            }
        )
        batch.entries.append(
            {
                "format": name,
                "sequence": batch.sequence,
                "header": header(publication.oai_identifier, batch.stamp, place, deleted=document is None),
                "document": document,
                "about": None if document is None else about,
            }
        )


def list_ids(ids: Mapping[str, int], specs: str) -> list[int]:
    """Return the ids of the lists that a representation stands in.

    Args:
        ids: set ids by spec (set_ids).
        specs: its sets, divided by blanks.
    """
    return [WHOLE, *sorted({ids[above] for spec in specs.split() for above in ancestors(spec)} or {LOOSE})]


def _passages(batch: _Batch, record_id: int, publication: Publication) -> list[dict[str, Any]]:
    """Return what the index is to hold of a record that is shown."""
    set_ids = [each for each in batch.lists(publication.specs) if each > WHOLE]
    return passage_rows(record_id, publication.passages, set_ids)


def _change(batch: _Batch, record_id: int, kind: str, moved: Mapping[str, object]) -> dict[str, Any]:
    formats = " ".join(sorted(moved))
    return {
        "sequence": batch.sequence,
        "datestamp": batch.stamp,
        "record_id": record_id,
        "kind": kind,
        "formats": formats,
    }


_NAMED = sqlite.dialect(paramstyle="named")
_LEAVE_LIST = "DELETE FROM listings WHERE format = :of AND set_id = :in_set AND sequence = :at"
_GROW = (
    "INSERT INTO list_sizes (format, set_id, size) VALUES (:format, :set_id, :size) "
    "ON CONFLICT (format, set_id) DO UPDATE SET size = list_sizes.size + excluded.size"
)
LEAVE = "DELETE FROM entries WHERE format = :of AND sequence = :at"


def _write(batch: _Batch) -> None:
    connection = batch.connection
    for table, rows, key in ((records, batch.records, "id"), (representations, batch.representations, "record_id")):
        insert_rows(connection, table, [row for row in rows if row[key] > batch.known_id])
        upsert(connection, table, [row for row in rows if row[key] <= batch.known_id])
    write_rows(connection, _LEAVE_LIST, batch.left)
    left = [place for place in batch.left if place["in_set"] == WHOLE]
    write_rows(connection, LEAVE, left)
    break_stretches(connection, left)
    inserted = (
        (entries, batch.entries),
        (listings, batch.entered),
        (changes, batch.changes),
        (activities, batch.activities),
    )
    for table, rows in inserted:
        insert_rows(connection, table, rows)
    write_rows(connection, _GROW, _grown(batch))
    write_members(connection, batch.members_left, batch.members_entered)
    if batch.records or batch.changes:
        values = {"stamp": batch.stamp, "sequence": batch.sequence, "record_id": batch.record_id}
        connection.execute(update(clock).values(values))


def _grown(batch: _Batch) -> list[dict[str, Any]]:
    """Return by how much lists grow or shrink."""
    grown = Counter((row["format"], row["set_id"]) for row in batch.entered)
    grown.subtract((row["of"], row["in_set"]) for row in batch.left)
    return [{"format": name, "set_id": set_id, "size": by} for (name, set_id), by in grown.items() if by]


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, all columns named, or write them over those with the same key."""
    write_rows(connection, _replacing(table), rows)


@lru_cache
def _replacing(table: Table) -> str:
    statement = sqlite.insert(table)  # PostgreSQL says it in the same words
    keys = [column.name for column in table.primary_key]
    new = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    return str(statement.on_conflict_do_update(index_elements=keys, set_=new).compile(dialect=_NAMED))


_HARVESTED = re.compile(rb' harvestDate="[^"]*"')


def _digest(document: bytes, about: bytes | None) -> bytes:
    """Return the digest of a document and what is said about it; when it was harvested does not count."""
    whole = document if about is None else document + _HARVESTED.sub(b"", about)
    return blake2b(whole, digest_size=16).digest()
