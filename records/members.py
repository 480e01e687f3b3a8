"""Members: the records that IIIF collections refer to, each in a place of its own in every set that it states.

A record that states a set gets the next place in it, and keeps that as long as it stays: so a slice of a large set
holds the same records, whatever is added. Who leaves, leaves the place empty.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from records.database import Database
from records.rows import insert_rows, raw_rows, write_rows
from records.standing import LOOSE, pieces
from records.tables import members


class Part(NamedTuple):
    """A span of places in a set that holds members.

    Attributes:
        first: its first place, counted from 1.
        last: its last place.
        references: how collections refer to the first and to the last member in it.
    """

    first: int
    last: int
    references: tuple[bytes, bytes]


def memberships(connection: Connection, ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Return the ids of the sets whose members records are, by record id."""
    query = select(members.c.record_id, members.c.set_id)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for piece in pieces(ids):
        for row in connection.execute(query.where(members.c.record_id.in_(piece))):
            found[row.record_id].add(row.set_id)
    return {record_id: frozenset(sets) for record_id, sets in found.items()}


def wanted_sets(ids: Mapping[str, int], specs: Iterable[str]) -> frozenset[int]:
    """Return the ids of the sets whose member a record is that states these; there is one for those that state none."""
    return frozenset(ids[spec] for spec in specs) or frozenset({LOOSE})


_LEAVE = "DELETE FROM members WHERE set_id = :in_set AND record_id = :record"
_LAST = "SELECT max(place) FROM members WHERE set_id = :in_set"


def write_members(connection: Connection, left: Sequence[dict[str, Any]], entered: Sequence[dict[str, Any]]) -> None:
    """Take records out of sets, and put records into sets, behind those that are there.

    Args:
        connection: a writer's transaction.
        left: set id (`in_set`) and record id (`record`) of each that leaves.
        entered: the same of each that comes, in the order of their places.
    """
    write_rows(connection, _LEAVE, left)
    places: dict[int, int] = {}
    rows = []
    for row in entered:
        in_set = row["in_set"]
        before = places[in_set] if in_set in places else _last_place(connection, in_set)
        places[in_set] = before + 1
        rows.append({"set_id": in_set, "place": before + 1, "record_id": row["record"]})
    insert_rows(connection, members, rows)


def _last_place(connection: Connection, set_id: int) -> int:
    return int(raw_rows(connection, _LAST, {"in_set": set_id})[0][0] or 0)


_REFERENCES = """
SELECT r.reference FROM members AS m JOIN records AS r ON r.id = m.record_id
WHERE m.set_id = :in_set AND m.place >= :first AND m.place <= :last ORDER BY m.place
"""
_ONE = """
(SELECT reference FROM records WHERE id = (
  SELECT record_id FROM members WHERE {} ORDER BY place {} LIMIT 1
))
"""
_WITHIN = "set_id = :in_set AND place >= beginning AND place <= ending"
_OF_SPANS = """
WITH RECURSIVE spans (beginning, ending) AS (
  SELECT CAST(:first AS bigint), CAST(:first AS bigint) + :size - 1
  UNION ALL SELECT beginning + :size, ending + :size FROM spans WHERE ending < :last
)
SELECT beginning, ending, {}, {} FROM spans ORDER BY beginning
"""
_OF_SETS = "SELECT spec, {} FROM sets"
_PARTS = _OF_SPANS.format(_ONE.format(_WITHIN, ""), _ONE.format(_WITHIN, "DESC"))
_FIRST = _OF_SETS.format(_ONE.format("set_id = sets.id", ""))


def set_id_of(database: Database, spec: str) -> int | None:
    """Return the id of a set, or of what stands in no set if the spec is empty; None where there is no such set."""
    if spec == "":
        return LOOSE
    found = database.rows("SELECT id FROM sets WHERE spec = :spec", {"spec": spec})
    return int(found[0][0]) if found else None


def read_last_place(database: Database, set_id: int | None) -> int:
    """Return the last place that a set's members have; 0 if it has none."""
    return int(database.rows(_LAST, {"in_set": set_id})[0][0] or 0)


def read_references(database: Database, set_id: int | None, first: int, last: int) -> list[bytes]:
    """Return how collections refer to the members of a set, from one place to another (both included)."""
    span = {"in_set": set_id, "first": first, "last": last}
    return [row[0] for row in database.rows(_REFERENCES, span)]


def read_parts(database: Database, set_id: int | None, first: int, last: int, size: int) -> list[Part]:
    """Return the spans of a set that hold members.

    Args:
        database: the store's.
        set_id: the set.
        first: the first place of the first span.
        last: a place of the last span, and
        size: how many places each span has.
    """
    span = {"in_set": set_id, "first": first, "last": last, "size": size}
    return [Part(row[0], row[1], (row[2], row[3])) for row in database.rows(_PARTS, span) if row[2]]


def read_first_references(database: Database) -> dict[str, bytes | None]:
    """Return how collections refer to the first member of each set by its spec; None for a set that has none."""
    return dict(database.rows(_FIRST, {}))
