"""The store: records, sets, finished representations, tombstones, and the lists that harvesters read."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, case, func, insert, select, update

from records import schema
from records.activities import STREAM, ActivityPage, Stream, read_page, stream
from records.database import Database, StoreError
from records.members import Part, read_first_references, read_last_place, read_parts, read_references, set_id_of
from records.model import Collection
from records.publish import HIDDEN, SHOWN, Publication, Published, publish
from records.restamp import restamp
from records.rows import raw_rows
from records.search import results as searching
from records.search.passages import PLACES
from records.search.query import Query
from records.search.results import Position, Results, Scope, Term
from records.standing import pieces, set_ids
from records.stretches import Form, Stretch, pack, unpacked
from records.tables import SCHEMA, changes, clock, entries, facts, listings, passages, records, representations, sets
from records.window import (
    BY_IDENTIFIER,
    BY_OAI_IDENTIFIER,
    BY_SEQUENCE,
    DIGEST,
    DOCUMENT,
    Row,
    Selection,
    Window,
    bounds,
    first,
    read_set_sizes,
    read_window,
)

__all__ = ["Member", "Row", "Selection", "SetRow", "Shown", "State", "Store", "Stretch", "Window"]


class SetRow(NamedTuple):
    """A set, and what is stated of it, by its collection or by a record that names it."""

    spec: str
    collection: Collection | None


class Shown(NamedTuple):
    """A record as it stands in the store: its stated JSON, and whether it may be shown or was withdrawn."""

    identifier: str
    stated: bytes
    withdrawn: bool


class Member(NamedTuple):
    """A record of a set, as pages list it.

    Attributes:
        sequence: the change sequence of its representation.
        identifier: its local identifier.
        reference: how IIIF collections refer to it, JSON in UTF-8; None if they do not.
        stated: its stated JSON, of one that they do not refer to.
    """

    sequence: int
    identifier: str
    reference: bytes | None
    stated: bytes | None


class State(NamedTuple):
    """What a store can tell of itself at once, however large it is.

    `records` counts all that it holds, hidden and withdrawn ones too; `embargoed_records` wait for the day of their
    release; `newest_datestamp_seconds` is the time of the last change, since 1970 UTC, 0 before the first.
    """

    records: int
    embargoed_records: int
    change_sequence: int
    newest_datestamp_seconds: int


class Store:
    """A Dragoman store.

    Args:
        url: its database URL; the database's tables are made on first use.
        read_url: the database that lists are read from: a hot standby of the first one, which may lag behind it.
            None for the first one itself.

    Raises:
        StoreError: the database cannot be reached, or its tables are of another schema.
    """

    def __init__(self, url: str, read_url: str | None = None) -> None:
        self.database = Database(url)
        self._standby = Database(read_url) if read_url else None
        try:
            self._prepare()
        except StoreError:
            self.close()
            raise

    def __reduce__(self) -> tuple[type["Store"], tuple[str, str | None]]:
        """Return what another process opens the store by."""
        return Store, (self.database.url, self._standby.url if self._standby else None)

    def _prepare(self) -> None:
        self.database.make_place()
        found = schema.version(self.database) or schema.make(self.database)
        if found != SCHEMA:
            raise StoreError(schema.difference(found, self.database.name))

    @property
    def lists(self) -> Database:
        """The database that lists are read from."""
        return self._standby or self.database

    # What writers do.

    def publish(self, publications: Sequence[Publication], *, dry_run: bool = False) -> list[Published]:
        """Write a batch in one transaction, whole or not at all, and return what became of each record.

        Args:
            publications: finished records, no identifier twice.
            dry_run: find out what would happen, and write nothing.
        """
        with self.database.writing() as (connection, now):
            results = publish(connection, now, publications)
            if dry_run:
                connection.rollback()
        return results

    def publish_all(self, batches: Iterable[Sequence[Publication]], *, dry_run: bool = False) -> Iterator[Published]:
        """Write several batches in one transaction, and yield what became of each record.

        Once all were yielded, all is written, or nothing if a record was refused.

        Args:
            batches: finished records, in batches of which none has an identifier twice.
            dry_run: find out what would happen, and write nothing.
        """
        refused = False
        with self.database.writing() as (connection, now):
            for batch in batches:
                results = publish(connection, now, batch)
                refused = refused or any(result.outcome == "refused" for result in results)
                yield from results
            if dry_run or refused:
                connection.rollback()

    def put_collections(self, collections: Iterable[Collection], *, dry_run: bool = False) -> list[str]:
        """Store what is stated of collections; returns the specs of those whose statement is new or has changed.

        Args:
            collections: what is stated.
            dry_run: find out what would change, and write nothing.
        """
        stated = {
            collection.spec: collection.model_dump_json(exclude_defaults=True).encode() for collection in collections
        }
        with self.database.writing() as (connection, _now):
            set_ids(connection, stated)
            known = {row.spec: row.statement for row in connection.execute(select(sets))}
            changed = [spec for spec, statement in stated.items() if known[spec] != statement]
            for spec in changed:
                connection.execute(update(sets).where(sets.c.spec == spec).values(statement=stated[spec]))
            if dry_run:
                connection.rollback()
        return changed

    def beat(self) -> None:
        """Move the newest stamp on to now, so that a standby's readers are told a later time though nothing changed."""
        with self.database.writing() as (connection, now):
            connection.execute(update(clock).where(clock.c.stamp < now).values(stamp=now))

    def pack(self, formats: Iterable[str]) -> bool:
        """Pack the next stretch of the list of each format; returns whether there was anything to pack."""
        with self.database.reading() as (connection, _now):
            waiting = unpacked(connection, formats)
        if waiting:
            with self.database.writing() as (connection, _now):
                pack(connection, waiting)
        return bool(waiting)

    def restamp(self) -> int:
        """Stamp everything anew, so that harvesters come for it again; return how many records were stamped."""
        with self.database.writing() as (connection, now):
            return restamp(connection, now)

    def close(self) -> None:
        """Close all connections."""
        self.database.close()
        self.lists.close()

    def put_fact(self, name: str, value: str) -> None:
        """Remember something that holds for the whole store."""
        with self.database.writing() as (connection, _now):
            if not connection.execute(update(facts).where(facts.c.name == name).values(value=value)).rowcount:
                connection.execute(insert(facts), [{"name": name, "value": value}])

    # What harvesters read.

    def window(
        self,
        selection: Selection,
        *,
        after: int = 0,
        limit: int,
        documents: bool = True,
        count: bool = False,
        form: Form | None = None,
    ) -> Window:
        """Return the slice of a list that follows a change sequence.

        Args:
            selection: which list.
            after: the sequence of the last row that was read; 0 for the beginning.
            limit: rows at most.
            documents: whether the rows carry their documents.
            count: whether to count the whole list.
            form: how stretches may be read where there are some, for a list with documents; None for rows only.
        """
        with self.lists.snapshot() as (rows, now):
            return read_window(
                rows, now, selection, after=after, limit=limit, documents=documents, count=count, form=form
            )

    def set_sizes(self, name: str) -> dict[str, int]:
        """Return how many records, deleted ones included, each set has in a format; none for an empty one."""
        with self.lists.reading() as (connection, _now):
            return read_set_sizes(connection, name)

    def served_last(self, name: str, sequence: int, *, documents: bool) -> Row | None:
        """Return, as it stands now, the record that a change sequence was given to; None if there is none.

        A standby may not know the sequence yet that another server gave out: the first database always does.

        Args:
            name: the format.
            sequence: the change sequence.
            documents: whether the row carries its document.
        """
        row = first(self.database.rows(BY_SEQUENCE, {"format": name, "key": sequence}))
        return row if documents or row is None else row._replace(document=None, about=None)

    def representation(self, oai_identifier: str, name: str) -> tuple[Row | None, int]:
        """Return a record in a format by its OAI identifier (None if it has none there), and the time."""
        with self.database.snapshot() as (rows, now):
            return first(rows(BY_OAI_IDENTIFIER, {"format": name, "key": oai_identifier})), now

    def document(self, identifier: str, name: str) -> Row | None:
        """Return a record in a format by its local identifier."""
        return first(self.database.rows(BY_IDENTIFIER, {"format": name, "key": identifier}))

    def digested(self, identifier: str, name: str) -> tuple[bytes | None, bytes] | None:
        """Return a record's document in a format (None if withdrawn) and its digest (BLAKE2b, 16 bytes), if any."""
        found = self.database.rows(DOCUMENT, {"format": name, "key": identifier})
        return (found[0][0], found[0][1]) if found else None

    def digest(self, identifier: str, name: str) -> bytes | None:
        """Return the digest alone of a record's document in a format; None if there is none, or it was withdrawn."""
        found = self.database.rows(DIGEST, {"format": name, "key": identifier})
        return found[0][0] if found else None

    def documents(self, identifiers: Sequence[str], name: str) -> dict[str, bytes]:
        """Return the documents of records in a format by identifier; those that have none there are absent.

        Args:
            identifiers: local identifiers.
            name: the format.
        """
        query = (
            select(records.c.identifier, entries.c.document)
            .join(representations, (representations.c.record_id == records.c.id) & (representations.c.format == name))
            .join(entries, (entries.c.format == name) & (entries.c.sequence == representations.c.sequence))
            .where(entries.c.document.is_not(None))
        )
        with self.database.reading() as (connection, _now):
            return {
                row.identifier: row.document
                for piece in pieces(identifiers)
                for row in connection.execute(query.where(records.c.identifier.in_(piece)))
            }

    def formats(self, oai_identifier: str) -> list[str]:
        """Return the formats that a record has a representation or a tombstone in; none if it is not known."""
        query = select(representations.c.format).join(records, records.c.id == representations.c.record_id)
        with self.database.reading() as (connection, _now):
            return list(connection.execute(query.where(records.c.oai_identifier == oai_identifier)).scalars())

    def earliest(self) -> int:
        """Return the earliest datestamp in the store; now if it is empty."""
        with self.database.reading() as (connection, now):
            found = connection.execute(select(changes.c.datestamp).order_by(changes.c.sequence).limit(1)).scalar()
            return now if found is None else int(found)

    def time(self) -> int:
        """Return the time that is safe as a responseDate."""
        with self.database.snapshot() as (_rows, now):
            return now

    # What people and viewers read.

    def sets(self) -> list[SetRow]:
        """Return all sets, those above before those below."""
        found = self.database.rows("SELECT spec, statement, title FROM sets", {})
        stated = ((spec, _collection(spec, statement, title)) for spec, statement, title in found)
        return [SetRow(*each) for each in sorted(stated, key=itemgetter(0))]

    def set_specs(self) -> list[str]:
        """Return the specs of all sets."""
        return [spec for (spec,) in self.database.rows("SELECT spec FROM sets", {})]

    def collections(self) -> dict[str, Collection]:
        """Return what is stated of collections, by set spec."""
        return {row.spec: row.collection for row in self.sets() if row.collection}

    def shown(self, identifier: str) -> Shown | None:
        """Return a record that is shown or was withdrawn; None if it is not known or never was shown."""
        return self._shown(records.c.identifier == identifier)

    def shown_item(self, oai_identifier: str) -> Shown | None:
        """Return the same by its OAI identifier."""
        return self._shown(records.c.oai_identifier == oai_identifier)

    def _shown(self, named: ColumnElement[bool]) -> Shown | None:
        query = select(records).where(named, records.c.status != HIDDEN)
        with self.database.reading() as (connection, _now):
            row = connection.execute(query).first()
        return Shown(row.identifier, row.stated, row.status != SHOWN) if row else None

    def stated(self, identifiers: Sequence[str]) -> dict[str, bytes]:
        """Return the stated JSON of records, whatever their status, by identifier."""
        return dict(self._by_identifier(identifiers, records.c.stated))

    def shown_items(self, identifiers: Sequence[str]) -> dict[str, str]:
        """Return the OAI identifiers of those records that are shown, by identifier."""
        rows = self._by_identifier(identifiers, records.c.oai_identifier, records.c.status)
        return {identifier: item for identifier, item, status in rows if status == SHOWN}

    def shown_references(self, identifiers: Sequence[str]) -> dict[str, bytes]:
        """Return how collections refer to the manifests of those records that are shown, by identifier."""
        rows = self._by_identifier(identifiers, records.c.reference, records.c.status)
        return {identifier: document for identifier, document, status in rows if status == SHOWN and document}

    def _by_identifier(self, identifiers: Sequence[str], *columns: Column[Any]) -> list[tuple[Any, ...]]:
        """Return rows of records by nothing but their identifiers, for which databases use their index."""
        query = select(records.c.identifier, *columns)
        with self.database.reading() as (connection, _now):
            return [
                tuple(row)
                for piece in pieces(identifiers)
                for row in connection.execute(query.where(records.c.identifier.in_(piece)))
            ]

    def due(self, limit: int) -> list[Shown]:
        """Return records whose day of release has come, the earliest first."""
        with self.database.reading() as (connection, now):
            query = select(records).where(records.c.release <= now).order_by(records.c.release).limit(limit)
            rows = connection.execute(query).all()
        return [Shown(row.identifier, row.stated, row.status not in {HIDDEN, SHOWN}) for row in rows]

    def all_stated(self, batch: int) -> Iterator[list[Shown]]:
        """Yield every record as stated, in batches, in the order of their first loading."""
        after = 0
        query = select(records).order_by(records.c.id).limit(batch)
        while True:
            with self.database.reading() as (connection, _now):
                rows = connection.execute(query.where(records.c.id > after)).all()
            if not rows:
                return
            after = rows[-1].id
            yield [Shown(row.identifier, row.stated, row.status not in {HIDDEN, SHOWN}) for row in rows]

    def members(self, set_spec: str | None, name: str, *, after: int = 0, limit: int) -> list[Member]:
        """Return the shown records of a set that have a format.

        Args:
            set_spec: the set; None for all records.
            name: the format.
            after: the change sequence that they follow.
            limit: how many at most.
        """
        unreferred = case((records.c.reference.is_(None), records.c.stated))
        with self.database.reading() as (connection, _now):
            found = bounds(partial(raw_rows, connection), Selection(name, set_spec))
            if found is None:
                return []
            query = (
                select(listings.c.sequence, records.c.identifier, records.c.reference, unreferred)
                .join(records, records.c.id == listings.c.record_id)
                .join(
                    representations, (representations.c.record_id == records.c.id) & (representations.c.format == name)
                )
                .where(listings.c.format == name, listings.c.set_id == found["set_id"], listings.c.sequence > after)
                .where(~representations.c.deleted)
                .order_by(listings.c.sequence)
                .limit(limit)
            )
            return [Member(*row) for row in connection.execute(query)]

    def places(self, set_spec: str) -> int:
        """Return the last place of a set's members; of those that stand in no set if the spec is empty."""
        return read_last_place(self.database, set_id_of(self.database, set_spec))

    def references(self, set_spec: str, first: int, last: int) -> list[bytes]:
        """Return how collections refer to the members of a set, from one place to another, JSON in UTF-8."""
        return read_references(self.database, set_id_of(self.database, set_spec), first, last)

    def parts(self, set_spec: str, first: int, last: int, size: int) -> list[Part]:
        """Return the parts of a set that hold members, each of as many places, from one place to another."""
        return read_parts(self.database, set_id_of(self.database, set_spec), first, last, size)

    def first_references(self) -> dict[str, bytes | None]:
        """Return how collections refer to the first member of each set by its spec; None for a set that has none."""
        return read_first_references(self.database)

    # What consumers of changes read.

    def activities(self) -> Stream | None:
        """Return the stream of what happened to manifests; None if nothing did yet."""
        return stream(self.lists.rows(STREAM, {}))

    def activity_page(self, number: int) -> ActivityPage | None:
        """Return a page of that stream; None if there is none.

        A standby may not know a page yet that another server named: the first database always does.
        """
        for database in dict.fromkeys((self.lists, self.database)):
            with database.reading() as (connection, _now):
                if found := read_page(connection, number):
                    return found
        return None

    # What is remembered of the whole store.

    def scope(self, *, identifier: str | None = None, set_spec: str | None = None) -> Scope | None:
        """Return where to search: a record that is shown, a set with all below it, or everything.

        Args:
            identifier: the record's local identifier.
            set_spec: the set.

        Returns:
            None if there is no such record or set.
        """
        if identifier is None and set_spec is None:
            return Scope()
        if identifier is not None:
            named = {"key": identifier, "shown": SHOWN}
            found = self.database.rows("SELECT id FROM records WHERE identifier = :key AND status = :shown", named)
            return Scope(record_id=found[0][0]) if found else None
        found = self.database.rows("SELECT id FROM sets WHERE spec = :key", {"key": set_spec})
        return Scope(set_id=found[0][0]) if found else None

    def search(self, query: Query, scope: Scope, start: Position, size: int) -> Results:
        """Return a page of hits; see `records.search.results`."""
        return searching.search(self.database, query, scope, start, size)

    def terms(self, start: str, scope: Scope, *, least: int, most: int) -> list[Term]:
        """Return the words and phrases that begin with some words; see `records.search.results`."""
        return searching.terms(self.database, start, scope, least=least, most=most)

    def searchable(self, scope: Scope) -> bool:
        """Whether there is anything to search."""
        return searching.searchable(self.database, scope)

    def found_lines(self, keys: Sequence[int]) -> dict[int, tuple[str, bytes | None]]:
        """Return passages of records that are shown by their keys: the record's identifier, and what was kept of lines.

        Args:
            keys: keys of passages that a search found.
        """
        query = select(passages.c.id, records.c.identifier, passages.c.lines)
        query = query.join(records, (records.c.id == passages.c.id // PLACES) & (records.c.status == SHOWN))
        with self.database.reading() as (connection, _now):
            return {
                row.id: (row.identifier, row.lines)
                for piece in pieces(keys)
                for row in connection.execute(query.where(passages.c.id.in_(piece)))
            }

    def facts(self) -> dict[str, str]:
        """Return what is remembered of the whole store."""
        with self.database.reading() as (connection, _now):
            return {row.name: row.value for row in connection.execute(select(facts))}

    def state(self) -> State:
        """Return what can be told of the whole store without reading all of it."""
        newest = select(changes.c.datestamp).order_by(changes.c.sequence.desc()).limit(1).scalar_subquery()
        waiting = select(func.count()).select_from(records).where(records.c.release.is_not(None)).scalar_subquery()
        with self.database.reading() as (connection, _now):
            row = connection.execute(
                select(clock.c.record_id, waiting, clock.c.sequence, func.coalesce(newest, 0))
            ).one()
        return State(*row)

    def counts(self) -> dict[str, int]:
        """Return how many records are shown, hidden and withdrawn."""
        query = select(records.c.status, func.count()).group_by(records.c.status)
        with self.database.reading() as (connection, _now):
            found = {int(row[0]): int(row[1]) for row in connection.execute(query)}
        return {"shown": found.get(SHOWN, 0), "hidden": found.get(HIDDEN, 0), "withdrawn": found.get(2, 0)}


@lru_cache(maxsize=8192)
def _collection(spec: str, statement: bytes | None, title: str | None) -> Collection | None:
    """Return what is stated of a set; a page reads all sets, so that each statement is read but once."""
    if statement:
        return Collection.model_validate_json(statement)
    return Collection(spec=spec, title=title) if title else None
