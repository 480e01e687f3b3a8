"""What stands in the store already, as a writer must know it before it decides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from records.collections import ancestors
from records.tables import records, representations, sets

WHOLE = 0
"""The set id of the list that holds everything."""

LOOSE = -1
"""The set id of the list that holds what stands in no set; its spec, for those who ask the store, is empty."""

PARAMETERS = 500
"""Values of one statement at most; databases have limits."""


class Stored(NamedTuple):
    """A stored representation, without its document."""

    record_id: int
    format: str
    sequence: int
    deleted: bool
    sets: str
    digest: bytes


def pieces(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the values in pieces that a database takes as parameters of one statement."""
    for start in range(0, len(values), PARAMETERS):
        yield values[start : start + PARAMETERS]


_UNTITLED: Mapping[str, str] = MappingProxyType({})


def set_ids(connection: Connection, specs: Iterable[str], titles: Mapping[str, str] = _UNTITLED) -> dict[str, int]:
    """Return the ids of sets and of all sets above them; those that are new are made, with their titles if known.

    A set without a title gets one that is known.
    """
    wanted = {above for spec in specs for above in ancestors(spec)}
    rows = connection.execute(select(sets.c.id, sets.c.spec, sets.c.title)).all()
    found = {row.spec: row.id for row in rows}
    for spec in {row.spec for row in rows if row.title is None} & wanted & titles.keys():
        connection.execute(update(sets).where(sets.c.spec == spec).values(title=titles[spec]))
    new = sorted(wanted - found.keys())
    if new:
        first = max(found.values(), default=WHOLE) + 1
        made = [{"id": first + offset, "spec": spec, "title": titles.get(spec)} for offset, spec in enumerate(new)]
        connection.execute(insert(sets), made)
        found.update({str(row["spec"]): int(str(row["id"])) for row in made})
    return found


def known_records(connection: Connection, wanted: Sequence[str]) -> dict[str, Any]:
    """Return the rows of records by their identifiers; those that are not known are absent."""
    queries = [select(records).where(records.c.identifier.in_(piece)) for piece in pieces(wanted)]
    return {row.identifier: row for query in queries for row in connection.execute(query)}


def taken_identifiers(connection: Connection, wanted: Sequence[str]) -> dict[str, str]:
    """Return the identifiers of the records that hold OAI identifiers, by these."""
    query = select(records.c.oai_identifier, records.c.identifier)
    queries = [query.where(records.c.oai_identifier.in_(piece)) for piece in pieces(wanted)]
    return {row.oai_identifier: row.identifier for query in queries for row in connection.execute(query)}


def stored_representations(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, Stored]]:
    """Return the representations of records by record id and format."""
    query = select(*(representations.c[name] for name in Stored._fields))
    found: dict[int, dict[str, Stored]] = {}
    for piece in pieces(ids):
        for row in connection.execute(query.where(representations.c.record_id.in_(piece))):
            found.setdefault(row.record_id, {})[row.format] = Stored(*row)
    return found
