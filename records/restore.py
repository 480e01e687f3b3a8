"""Restoring a backup, so that harvesters that were ahead of it end with what the restored store holds.

Everything is restamped. What harvesters may hold and the backup does not know can be told only by the store that is
replaced: there it leaves tombstones. Where that store is lost, it cannot be known.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from records.backup import BATCH, TABLES, Backup, Progress, opened
from records.database import Database, StoreError
from records.header import header
from records.publish import HIDDEN, LEAVE, WITHDRAWN, list_ids, upsert
from records.restamp import restamp
from records.rows import write_rows
from records.standing import set_ids
from records.tables import clock, entries, list_sizes, listings, records, representations

_metadata = MetaData()
_told = Table(
    "told",
    _metadata,
    Column("identifier", Text, primary_key=True),
    Column("oai_identifier", Text, nullable=False),
    Column("stated", LargeBinary, nullable=False),
    prefixes=["TEMPORARY"],
)
"""The records of the store that is replaced, as far as harvesters were told of them."""
_places = Table(
    "told_places",
    _metadata,
    Column("identifier", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    Column("sets", Text, nullable=False),
    prefixes=["TEMPORARY"],
)
"""The formats and sets in which they were told."""


class Restored(NamedTuple):
    """What was restored: the backup's heading, how many records were stamped, and how many only left tombstones."""

    heading: dict[str, Any]
    stamped: int
    withdrawn: int


def restore(database: Database, path: Path, *, force: bool, progress: Progress) -> Restored:
    """Put a backup in the place of what a store holds, in one transaction: all or nothing.

    Args:
        database: the store's, with its tables.
        path: the backup's file.
        force: replace records that are there.
        progress: told how many records were read.

    Raises:
        StoreError: the file is no whole backup of this schema, the store holds records and `force` is not given, or
            the two know a record under different OAI identifiers.
    """
    with opened(path) as backup, database.writing() as (connection, now):
        if not force and connection.execute(select(records.c.id).limit(1)).first():
            raise StoreError(
                f"the database {database.name} holds records; restore into an empty one, or replace them with --force"
            )
        _metadata.create_all(connection, checkfirst=False)
        _keep_told(connection)
        before = connection.execute(select(clock)).one()
        _replace(connection, backup, progress)
        _check_same(connection, path)
        _move_clock(connection, before)
        withdrawn = _withdraw(connection)
        _leave_tombstones(connection)
        _count_lists(connection)
        _metadata.drop_all(connection, checkfirst=False)
        return Restored(backup.heading, restamp(connection, now), withdrawn)


def _keep_told(connection: Connection) -> None:
    names = ["identifier", "oai_identifier", "stated"]
    shown = select(*(records.c[name] for name in names)).where(records.c.status != HIDDEN)
    connection.execute(insert(_told).from_select(names, shown))
    places = select(records.c.identifier, representations.c.format, representations.c.sets)
    places = places.join(representations, representations.c.record_id == records.c.id)
    connection.execute(insert(_places).from_select(["identifier", "format", "sets"], places))


def _replace(connection: Connection, backup: Backup, progress: Progress) -> None:
    for table in TABLES:
        connection.execute(delete(table))
    for table, rows in backup.batches():
        if rows:
            connection.execute(insert(table), rows)
        if table is records:
            progress(len(rows))


def _check_same(connection: Connection, path: Path) -> None:
    """Hold the identifiers that harvesters know against those of the backup."""
    renamed = (_told.c.identifier == records.c.identifier) & (records.c.status != HIDDEN)
    taken = _told.c.oai_identifier == records.c.oai_identifier
    query = select(_told, records.c.identifier.label("other"), records.c.oai_identifier.label("new")).join(
        records,
        or_(
            renamed & (_told.c.oai_identifier != records.c.oai_identifier),
            taken & (_told.c.identifier != records.c.identifier),
        ),
    )
    if row := connection.execute(query.limit(1)).first():
        raise StoreError(
            f"harvesters know the record {row.identifier} as {row.oai_identifier}, but {path} has {row.other} as "
            f"{row.new}: it is the backup of another store; restore it into an empty database"
        )


def _move_clock(connection: Connection, before: Any) -> None:  # noqa: ANN401 - a row
    """Let nothing that was given out by either store be given out again."""
    restored = connection.execute(select(clock)).one()
    values = {name: max(getattr(before, name), getattr(restored, name)) for name in ("stamp", "sequence", "record_id")}
    connection.execute(update(clock).values(values))


def _withdraw(connection: Connection) -> int:
    """Withdraw the records that harvesters were told of and that the backup does not show; return how many."""
    name = select(_told.c.oai_identifier).where(_told.c.identifier == records.c.identifier).scalar_subquery()
    hidden = (records.c.status == HIDDEN) & records.c.identifier.in_(select(_told.c.identifier))
    count = connection.execute(update(records).where(hidden).values(status=WITHDRAWN, oai_identifier=name)).rowcount
    last = connection.execute(select(clock.c.record_id)).scalar_one()
    for rows in _unknown(connection):
        connection.execute(insert(records), [_tombstone(row, last + place) for place, row in enumerate(rows, 1)])
        last += len(rows)
        count += len(rows)
    connection.execute(update(clock).values(record_id=last))
    return count


def _unknown(connection: Connection) -> Iterator[list[Row[Any]]]:
    after = ""
    query = select(_told).outerjoin(records, records.c.identifier == _told.c.identifier).where(records.c.id.is_(None))
    query = query.order_by(_told.c.identifier).limit(BATCH)
    while rows := list(connection.execute(query.where(_told.c.identifier > after))):
        yield rows
        after = rows[-1].identifier


def _tombstone(row: Any, record_id: int) -> dict[str, Any]:  # noqa: ANN401 - a row
    stated = json.loads(row.stated) | {"visibility": "deleted"}  # else it would come back when all is rendered
    return {
        "id": record_id,
        "identifier": row.identifier,
        "oai_identifier": row.oai_identifier,
        "status": WITHDRAWN,
        "stated": json.dumps(stated, ensure_ascii=False, separators=(",", ":")).encode(),
        "release": None,
    }


_UNLIST = "DELETE FROM listings WHERE format = :of AND sequence = :at AND record_id = :record"


def _leave_tombstones(connection: Connection) -> None:
    """Leave a tombstone wherever harvesters were told of a record that is not there in that format."""
    for rows in _left(connection):
        places = [(row, sorted({*row.sets.split(), *(row.kept or "").split()})) for row in rows]
        ids = set_ids(connection, [spec for _row, specs in places for spec in specs])
        upsert(connection, representations, [_deleted(row, " ".join(specs)) for row, specs in places])
        gone = [{"of": row.format, "at": row.sequence, "record": row.record_id} for row in rows]
        write_rows(connection, LEAVE, gone)
        write_rows(connection, _UNLIST, gone)
        connection.execute(insert(entries), [_entry(row, " ".join(specs)) for row, specs in places])
        entered = [
            {"format": row.format, "set_id": set_id, "sequence": -row.record_id, "record_id": row.record_id}
            for row, specs in places
            for set_id in list_ids(ids, " ".join(specs))
        ]  # below all others, until all are restamped
        connection.execute(insert(listings), entered)


def _count_lists(connection: Connection) -> None:
    connection.execute(delete(list_sizes))
    key = (listings.c.format, listings.c.set_id)
    counted = select(*key, func.count()).group_by(*key)
    connection.execute(insert(list_sizes).from_select(["format", "set_id", "size"], counted))


def _left(connection: Connection) -> Iterator[list[Row[Any]]]:
    """Yield places where harvesters were told of a record, and the restored store tells them nothing."""
    kept = representations.c
    query = (
        select(
            records.c.id.label("record_id"), records.c.oai_identifier, _places, kept.sets.label("kept"), kept.sequence
        )
        .join(records, records.c.identifier == _places.c.identifier)
        .outerjoin(representations, (kept.record_id == records.c.id) & (kept.format == _places.c.format))
        .where(or_(kept.record_id.is_(None), kept.deleted & (kept.sets != _places.c.sets)))
        .order_by(_places.c.identifier, _places.c.format)
        .limit(BATCH)
    )
    key, after = tuple_(_places.c.identifier, _places.c.format), ("", "")
    while rows := list(connection.execute(query.where(key > after))):
        yield rows
        after = (rows[-1].identifier, rows[-1].format)


def _deleted(row: Any, specs: str) -> dict[str, Any]:  # noqa: ANN401 - a row
    return {
        "record_id": row.record_id,
        "format": row.format,
        "sequence": -row.record_id,
        "datestamp": 0,
        "deleted": True,
        "sets": specs,
        "digest": b"",
    }


def _entry(row: Any, specs: str) -> dict[str, Any]:  # noqa: ANN401 - a row
    told = header(row.oai_identifier, 0, specs, deleted=True)
    return {"format": row.format, "sequence": -row.record_id, "header": told, "document": None}
