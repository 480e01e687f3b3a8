"""The store: records, sets, finished representations, tombstones, and the lists that harvesters read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, text, update

from records.database import Database, StoreError
from records.model import Collection
from records.publish import HIDDEN, SHOWN, WHOLE, Publication, Published, publish, set_ids
from records.tables import SCHEMA_VERSION, changes, clock, facts, listings, metadata, records, representations, sets


class Row(NamedTuple):
    """One representation in a list: what a harvester is told of a record in a format.

    `datestamp` is in seconds since 1970 UTC; `sets` are set specs divided by blanks; `document` is None for a
    tombstone, and where documents were not asked for.
    """

    sequence: int
    oai_identifier: str
    datestamp: int
    sets: str
    deleted: bool
    document: bytes | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What a list is made of: a format, a set or all, and the first and last second of change (both included)."""

    format: str
    set_spec: str | None = None
    start: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A slice of a list in the order of change.

    Attributes:
        rows: the slice.
        more: whether the list goes on behind it.
        time: the responseDate that is safe for what the slice shows, in seconds since 1970 UTC.
        size: how many there are in all, if that was asked.
    """

    rows: Sequence[Row]
    more: bool
    time: int
    size: int | None = None


class SetRow(NamedTuple):
    """A set, and what is stated of it."""

    spec: str
    collection: Collection | None


class Shown(NamedTuple):
    """A record as it stands in the store: its stated JSON, and whether it may be shown or was withdrawn."""

    identifier: str
    stated: bytes
    withdrawn: bool


_LIST = """
SELECT l.sequence, r.oai_identifier, p.datestamp, p.sets, p.deleted{document}
FROM listings AS l
JOIN representations AS p ON p.record_id = l.record_id AND p.format = l.format
JOIN records AS r ON r.id = l.record_id
WHERE l.format = :format AND l.set_id = :set_id AND l.sequence > :after AND l.sequence <= :last
ORDER BY l.sequence LIMIT :limit
"""
_HEADERS = text(_LIST.format(document=""))
_DOCUMENTS = text(_LIST.format(document=", p.document"))
_ENDLESS = 2**62


class Store:
    """A Dragoman store.

    Args:
        url: its database URL; the database's tables are made on first use.

    Raises:
        StoreError: the database cannot be reached, or holds tables of another version.
    """

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self._prepare()

    def _prepare(self) -> None:
        self.database.make_place()
        with self.database.preparing() as connection:
            metadata.create_all(connection)
            version = connection.execute(select(facts.c.value).where(facts.c.name == "schema")).scalar()
            if version is None:
                connection.execute(insert(facts), [{"name": "schema", "value": SCHEMA_VERSION}])
                connection.execute(insert(clock), [{"id": 1, "stamp": 0, "sequence": 0, "record_id": 0}])
            elif version != SCHEMA_VERSION:
                raise StoreError(
                    f"the database {self.database.name} holds tables of version {version}, this program needs "
                    f"{SCHEMA_VERSION}; use the program that made it, or load the records into a new database"
                )

    # What writers do.

    def publish(self, publications: Sequence[Publication], *, dry_run: bool = False) -> list[Published]:
        """Write a batch in one transaction, whole or not at all, and return what became of each record.

        Args:
            publications: finished records, no identifier twice.
            dry_run: find out what would happen, and write nothing.
        """
        return self.publish_all([publications], dry_run=dry_run)

    def publish_all(self, batches: Iterable[Sequence[Publication]], *, dry_run: bool = False) -> list[Published]:
        """Write several batches in one transaction, all or none; otherwise as `publish`."""
        with self.database.writing() as (connection, now):
            results = [result for batch in batches for result in publish(connection, now, batch)]
            if dry_run:
                connection.rollback()
        return results

    def put_collections(self, collections: Iterable[Collection]) -> list[str]:
        """Store what is stated of collections; returns the specs of those whose statement is new or has changed."""
        stated = {
            collection.spec: collection.model_dump_json(exclude_defaults=True).encode() for collection in collections
        }
        with self.database.writing() as (connection, _now):
            set_ids(connection, stated)
            known = {row.spec: row.statement for row in connection.execute(select(sets))}
            changed = [spec for spec, statement in stated.items() if known[spec] != statement]
            for spec in changed:
                connection.execute(update(sets).where(sets.c.spec == spec).values(statement=stated[spec]))
        return changed

    def put_fact(self, name: str, value: str) -> None:
        """Remember something that holds for the whole store."""
        with self.database.writing() as (connection, _now):
            if not connection.execute(update(facts).where(facts.c.name == name).values(value=value)).rowcount:
                connection.execute(insert(facts), [{"name": name, "value": value}])

    # What harvesters read.

    def window(
        self, selection: Selection, *, after: int = 0, limit: int, documents: bool = True, count: bool = False
    ) -> Window:
        """Return the slice of a list that follows a change sequence.

        Args:
            selection: which list.
            after: the sequence of the last row that was read; 0 for the beginning.
            limit: rows at most.
            documents: whether the rows carry their documents.
            count: whether to count the whole list.
        """
        with self.database.reading() as (connection, now):
            bounds = _bounds(connection, selection)
            if bounds is None:
                return Window((), more=False, time=now, size=0 if count else None)
            first = dict(bounds, after=max(after, bounds["after"]), limit=limit + 1)
            found = [Row(*row) for row in connection.execute(_DOCUMENTS if documents else _HEADERS, first)]
            size = _count(connection, bounds) if count else None
            return Window(found[:limit], more=len(found) > limit, time=now, size=size)

    def representation(self, oai_identifier: str, name: str) -> tuple[Row | None, int]:
        """Return a record in a format by its OAI identifier (None if it has none there), and the time."""
        where = records.c.oai_identifier == oai_identifier
        with self.database.reading() as (connection, now):
            return _one(connection, where, name), now

    def document(self, identifier: str, name: str) -> Row | None:
        """Return a record in a format by its local identifier."""
        with self.database.reading() as (connection, _now):
            return _one(connection, records.c.identifier == identifier, name)

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
        with self.database.reading() as (_connection, now):
            return now

    # What people and viewers read.

    def sets(self) -> list[SetRow]:
        """Return all sets, those above before those below."""
        with self.database.reading() as (connection, _now):
            found = connection.execute(select(sets.c.spec, sets.c.statement).order_by(sets.c.spec)).all()
        return [
            SetRow(row.spec, Collection.model_validate_json(row.statement) if row.statement else None) for row in found
        ]

    def collections(self) -> dict[str, Collection]:
        """Return what is stated of collections, by set spec."""
        return {row.spec: row.collection for row in self.sets() if row.collection}

    def shown(self, identifier: str) -> Shown | None:
        """Return a record that is shown or was withdrawn; None if it is not known or never was shown."""
        query = select(records).where(records.c.identifier == identifier, records.c.status != HIDDEN)
        with self.database.reading() as (connection, _now):
            row = connection.execute(query).first()
        return Shown(row.identifier, row.stated, row.status != SHOWN) if row else None

    def stated(self, identifiers: Sequence[str]) -> dict[str, bytes]:
        """Return the stated JSON of records, whatever their status, by identifier."""
        query = select(records.c.identifier, records.c.stated).where(records.c.identifier.in_(identifiers))
        with self.database.reading() as (connection, _now):
            return {row.identifier: row.stated for row in connection.execute(query)}

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

    def members(self, set_spec: str | None, name: str, *, after: int = 0, limit: int) -> list[tuple[int, str, bytes]]:
        """Return sequence, identifier and stated JSON of the shown records of a set that have a format."""
        with self.database.reading() as (connection, _now):
            bounds = _bounds(connection, Selection(name, set_spec))
            if bounds is None:
                return []
            query = (
                select(listings.c.sequence, records.c.identifier, records.c.stated)
                .join(records, records.c.id == listings.c.record_id)
                .where(listings.c.format == name, listings.c.set_id == bounds["set_id"], listings.c.sequence > after)
                .where(records.c.status == SHOWN)
                .order_by(listings.c.sequence)
                .limit(limit)
            )
            return [tuple(row) for row in connection.execute(query)]

    def facts(self) -> dict[str, str]:
        """Return what is remembered of the whole store."""
        with self.database.reading() as (connection, _now):
            return {row.name: row.value for row in connection.execute(select(facts))}

    def counts(self) -> dict[str, int]:
        """Return how many records are shown, hidden and withdrawn."""
        query = select(records.c.status, func.count()).group_by(records.c.status)
        with self.database.reading() as (connection, _now):
            found = {int(row[0]): int(row[1]) for row in connection.execute(query)}
        return {"shown": found.get(SHOWN, 0), "hidden": found.get(HIDDEN, 0), "withdrawn": found.get(2, 0)}


def _bounds(connection: Connection, selection: Selection) -> dict[str, Any] | None:
    """Return the list's key and the change sequences that it lies between; None if there is no such list.

    Stamps never go back along the change sequence, so that a span of time is a span of sequences.
    """
    bounds = {"format": selection.format, "set_id": WHOLE, "after": 0, "last": _ENDLESS}
    if selection.set_spec is not None:
        found = connection.execute(select(sets.c.id).where(sets.c.spec == selection.set_spec)).scalar()
        if found is None:
            return None
        bounds["set_id"] = found
    by_time = select(changes.c.sequence).limit(1)
    if selection.start is not None:
        first = by_time.where(changes.c.datestamp >= selection.start).order_by(changes.c.datestamp, changes.c.sequence)
        bounds["after"] = (connection.execute(first).scalar() or _ENDLESS) - 1
    if selection.until is not None:
        last = by_time.where(changes.c.datestamp <= selection.until)
        last = last.order_by(changes.c.datestamp.desc(), changes.c.sequence.desc())
        bounds["last"] = connection.execute(last).scalar() or 0
    return bounds


def _count(connection: Connection, bounds: dict[str, Any]) -> int:
    row = listings.c
    query = select(func.count()).select_from(listings).where(row.format == bounds["format"])
    query = query.where(row.set_id == bounds["set_id"], row.sequence > bounds["after"], row.sequence <= bounds["last"])
    return int(connection.execute(query).scalar_one())


def _one(connection: Connection, where: Any, name: str) -> Row | None:  # noqa: ANN401 - an SQL condition
    p = representations.c
    query = (
        select(p.sequence, records.c.oai_identifier, p.datestamp, p.sets, p.deleted, p.document)
        .join(records, records.c.id == p.record_id)
        .where(where, p.format == name)
    )
    row = connection.execute(query).first()
    return Row(*row) if row else None
