"""Lists as harvesters read them: a slice of the records of a format and a set, in the order of change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from records.rows import Rows
from records.standing import LOOSE, WHOLE
from records.stretches import ENDLESS, Form, Stretch, read_stretches
from records.tables import list_sizes, sets


class Row(NamedTuple):
    """One representation in a list: what a harvester is told of a record in a format.

    `header`, `document` and `about` are XML in UTF-8 (a manifest's document is JSON); `document` is None for a
    tombstone, and where documents were not asked for, `about` where there is nothing to say of the document.
    """

    sequence: int
    header: bytes
    document: bytes | None = None
    about: bytes | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What a list is made of: a format, a set or all, and the first and last second of change (both included).

    The empty set spec stands for what is in no set.
    """

    format: str
    set_spec: str | None = None
    start: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A slice of a list in the order of change.

    Attributes:
        parts: the slice: rows and, where they lie in it whole, stretches.
        more: whether the list goes on behind it.
        time: the responseDate that is safe for what the slice shows, in seconds since 1970 UTC.
        size: how many there are in all, if that was asked.
    """

    parts: Sequence[Row | Stretch]
    more: bool
    time: int
    size: int | None = None

    @property
    def rows(self) -> list[Row]:
        """The records that are in no stretch."""
        return [part for part in self.parts if isinstance(part, Row)]

    @property
    def count(self) -> int:
        """How many records the slice has."""
        return sum(part.size if isinstance(part, Stretch) else 1 for part in self.parts)

    @property
    def last(self) -> int:
        """The change sequence behind which the list goes on; there is none for an empty slice."""
        part = self.parts[-1]
        return part.last if isinstance(part, Stretch) else part.sequence


_ALL = """
SELECT sequence, header, {document} FROM entries
WHERE (format, sequence) > (:format, :after) AND (format, sequence) <= (:format, :last)
ORDER BY format, sequence LIMIT :limit
"""
_OF_SET = """
SELECT l.sequence, e.header, {document}
FROM listings AS l JOIN entries AS e ON e.format = l.format AND e.sequence = l.sequence
WHERE (l.format, l.set_id, l.sequence) > (:format, :set_id, :after)
AND (l.format, l.set_id, l.sequence) <= (:format, :set_id, :last)
ORDER BY l.format, l.set_id, l.sequence LIMIT :limit
"""
"""A list is a piece of an index, and is asked for as one, between two keys of it.

Conditions for each column mean the same. But PostgreSQL takes a span of sequences for a short one until it has
statistics, and sorts all that follows for each page.
"""

_SET = "SELECT id FROM sets WHERE spec = :spec"
_FIRST = "SELECT sequence FROM changes WHERE datestamp >= :time ORDER BY datestamp, sequence LIMIT 1"
_LAST = "SELECT sequence FROM changes WHERE datestamp <= :time ORDER BY datestamp DESC, sequence DESC LIMIT 1"
_SIZE = "SELECT size FROM list_sizes WHERE format = :format AND set_id = :set_id"
_COUNT = """
SELECT count(*) FROM listings WHERE format = :format AND set_id = :set_id AND sequence > :after AND sequence <= :last
"""


def read_window(
    rows: Rows,
    now: int,
    selection: Selection,
    *,
    after: int,
    limit: int,
    documents: bool,
    count: bool,
    form: Form | None,
) -> Window:
    """Return the slice of a list that follows a change sequence (Store.window).

    Args:
        rows: a reader's transaction, and
        now: its time (Database.snapshot).
        selection: which list.
        after: the sequence of the last row that was read.
        limit: rows at most.
        documents: whether the rows carry their documents.
        count: whether to count the whole list.
        form: how stretches may be read; None for rows only.
    """
    span = bounds(rows, selection)
    if span is None:
        return Window((), more=False, time=now, size=0 if count else None)
    size = _count(rows, span) if count else None
    begin = dict(span, after=max(after, span["after"]), document="document, about" if documents else "NULL, NULL")
    stretches = read_stretches(rows, begin, limit, form) if form and span["set_id"] == WHOLE else []
    parts, more = _slice(rows, begin, stretches, limit)
    return Window(parts, more=more, time=now, size=size)


def _slice(
    rows: Rows, span: dict[str, Any], stretches: Sequence[Stretch], limit: int
) -> tuple[list[Row | Stretch], bool]:
    """Return the first records of a span, and whether it goes on: the same ones, whatever is packed (3.5)."""
    parts: list[Row | Stretch] = []
    after, left = span["after"], limit
    for stretch in stretches:
        gap = span | {"after": after, "last": stretch.after}
        before = _read(rows, gap, left) if stretch.after > after else []
        parts += before
        left -= len(before)
        if stretch.size > left:
            after = before[-1].sequence if before else after
            break
        parts.append(stretch)
        after, left = stretch.last, left - stretch.size
    behind = _read(rows, span | {"after": after}, left + 1)
    return [*parts, *behind[:left]], len(behind) > left


def _read(rows: Rows, span: dict[str, Any], limit: int) -> list[Row]:
    """Return the first rows of a span; its `document` is what is read for one."""
    statement = _ALL if span["set_id"] == WHOLE else _OF_SET
    return list(map(Row._make, rows(statement.format(document=span["document"]), span | {"limit": limit})))


def bounds(rows: Rows, selection: Selection) -> dict[str, Any] | None:
    """Return the list's key and the change sequences that it lies between; None if there is no such list.

    Stamps never go back along the change sequence, so that a span of time is a span of sequences.
    """
    found: dict[str, Any] = {"format": selection.format, "set_id": WHOLE, "after": 0, "last": ENDLESS}
    if selection.set_spec == "":
        found["set_id"] = LOOSE
    elif selection.set_spec is not None:
        set_id = _value(rows(_SET, {"spec": selection.set_spec}))
        if set_id is None:
            return None
        found["set_id"] = set_id
    if selection.start is not None:
        found["after"] = (_value(rows(_FIRST, {"time": selection.start})) or ENDLESS) - 1
    if selection.until is not None:
        found["last"] = _value(rows(_LAST, {"time": selection.until})) or 0
    return found


def _count(rows: Rows, bounds: dict[str, Any]) -> int:
    """Return how long a list is: as the store knows it, or counted where only a span of time is asked for."""
    whole = (bounds["after"], bounds["last"]) == (0, ENDLESS)
    return _value(rows(_SIZE if whole else _COUNT, bounds)) or 0


def _value(rows: Sequence[tuple[Any, ...]]) -> int | None:
    """Return the one number that a statement found; None if it found nothing."""
    return int(rows[0][0]) if rows else None


def read_set_sizes(connection: Connection, name: str) -> dict[str, int]:
    """Return how long the list of each set is in a format, by set spec (Store.set_sizes); an empty one is left out."""
    size = list_sizes.c
    query = select(sets.c.spec, size.size).join(list_sizes, size.set_id == sets.c.id)
    query = query.where(size.format == name, size.size > 0)
    return {str(found.spec): int(found.size) for found in connection.execute(query)}


_ONE = """
SELECT {} FROM records AS r
JOIN representations AS p ON p.record_id = r.id
JOIN entries AS e ON e.format = p.format AND e.sequence = p.sequence
WHERE p.format = :format AND r.{}
"""
_ROW = "e.sequence, e.header, e.document, e.about"
BY_IDENTIFIER = _ONE.format(_ROW, "identifier = :key")
BY_OAI_IDENTIFIER = _ONE.format(_ROW, "oai_identifier = :key")
BY_SEQUENCE = _ONE.format(_ROW, "id = (SELECT record_id FROM changes WHERE sequence = :key)")
DOCUMENT = _ONE.format("e.document, p.digest", "identifier = :key")
DIGEST = """
SELECT p.digest FROM records AS r JOIN representations AS p ON p.record_id = r.id
WHERE p.format = :format AND r.identifier = :key AND NOT p.deleted
"""
"""How one representation is found, whose format and key are parameters."""


def first(rows: Sequence[tuple[Any, ...]]) -> Row | None:
    """Return the representation that a statement found; None if there is none."""
    return Row._make(rows[0]) if rows else None
