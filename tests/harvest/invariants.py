"""What must hold of the tables of a store at any moment, whoever was killed in the middle of what."""

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from records.header import header, record
from records.publish import HIDDEN, SHOWN, list_ids
from records.store import Store
from records.tables import changes, clock, entries, list_sizes, listings, records, representations, sets, stretches
from tests.told import inflated


def faults(store: Store) -> list[str]:
    """Return what does not hold: each representation in its lists, nothing else there, one revision a record."""
    with store.database.reading() as (connection, _now):
        ids = {row.spec: row.id for row in connection.execute(select(sets))}
        found = {name: connection.execute(select(table)).all() for name, table in _TABLES.items()}
    return [*_lists(found, ids), *_entries(found), *_order(found), *_whole(found), *_stretches(found)]


_TABLES = {
    "clock": clock,
    "records": records,
    "representations": representations,
    "entries": entries,
    "list_sizes": list_sizes,
    "stretches": stretches,
    "listings": listings,
    "changes": changes,
}
Found = Mapping[str, Sequence[Any]]
"""Rows by the name of their table."""


def _lists(found: Found, ids: dict[str, int]) -> Iterator[str]:
    wanted = {
        (row.format, set_id, row.sequence, row.record_id)
        for row in found["representations"]
        for set_id in list_ids(ids, row.sets)
    }
    there = {tuple(row) for row in found["listings"]}
    counted = Counter(row[:2] for row in there)
    known = {(row.format, row.set_id): row.size for row in found["list_sizes"] if row.size}
    yield from (f"counted wrong: {key}" for key, _size in counted.items() ^ known.items())
    yield from (f"not listed: {row}" for row in wanted - there)
    yield from (f"listed, but not there: {row}" for row in there - wanted)


def _entries(found: Found) -> Iterator[str]:
    names = {row.id: row.oai_identifier for row in found["records"]}
    wanted = {
        (row.format, row.sequence): header(names[row.record_id], row.datestamp, row.sets, deleted=row.deleted)
        for row in found["representations"]
    }
    there = {(row.format, row.sequence): row.header for row in found["entries"]}
    yield from (f"no entry, or another: {key}" for key in wanted if there.get(key) != wanted[key])
    yield from (f"an entry of nothing: {key}" for key in there.keys() - wanted.keys())


def _order(found: Found) -> Iterator[str]:
    (now,) = found["clock"]
    logged = sorted((row.sequence, row.datestamp) for row in found["changes"])
    stamps = [stamp for _sequence, stamp in logged]
    if stamps != sorted(stamps) or (logged and (now.sequence, now.stamp) < logged[-1]):
        yield f"the clock went back: {now}, {logged[-5:]}"
    for row in found["representations"]:
        if (row.sequence, row.datestamp) not in set(logged):
            yield f"not in the change log: {row.record_id}, {row.format}"


def _whole(found: Found) -> Iterator[str]:
    documents: dict[int, list[Any]] = {}
    entered = {(row.format, row.sequence): row.document for row in found["entries"]}
    for row in found["representations"]:
        documents.setdefault(row.record_id, []).append(row)
    for stated in found["records"]:
        title = json.loads(stated.stated).get("titles", [{}])[0].get("text", "").encode()
        for row in documents.get(stated.id, []):
            document = entered.get((row.format, row.sequence))
            if stated.status == HIDDEN or (stated.status != SHOWN and not row.deleted) or bool(document) == row.deleted:
                yield f"{stated.identifier} is shown as {row.format}"
            elif document is not None and title not in document:
                yield f"{stated.identifier} as {row.format} is of another revision"


def _stretches(found: Found) -> Iterator[str]:
    """Stretches lie behind one another; one that is not broken is a copy of all entries in it."""
    ended: dict[str, int] = {}
    for row in sorted(found["stretches"]):
        if row.after_sequence < ended.get(row.format, 0) or row.last_sequence <= row.after_sequence:
            yield f"a stretch in another: {row.format}, {row.after_sequence}"
        ended[row.format] = row.last_sequence
        if row.packed is None and row.plain is None:
            continue
        entered = sorted(
            (entry.sequence, entry.header, entry.document, entry.about)
            for entry in found["entries"]
            if entry.format == row.format and row.after_sequence < entry.sequence <= row.last_sequence
        )
        plain = b"".join(piece for _at, *told in entered for piece in record(*told))
        facts = (row.size, row.length, row.checksum, row.plain, inflated(row.packed))
        if facts != (len(entered), len(plain), zlib.crc32(plain), plain, plain):
            yield f"a stretch of something else: {row.format}, {row.after_sequence}"
