"""Passages: what the index holds of a record, written with it, so that a search shows what is shown and nothing else.

A passage is the text that can be read on one canvas. Its key is made of the record's id and of its place in the record,
so that passages lie in the order of reading, and those of a record beside one another.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, select

from records.rows import insert_rows, write_rows
from records.standing import pieces
from records.tables import passages

PLACES = 2**20
"""Passages that a record may have."""

SET_MARK = "\ue000"
"""What no token holds, and the mark of a set begins with."""


class Passage(NamedTuple):
    """What can be searched on a canvas.

    Attributes:
        words: its tokens (`tokens.words`); a passage without any only takes its place.
        lines: what is needed to say where they stand, as whoever writes it reads it again; of a passage without it
            nothing is told.
    """

    words: str
    lines: bytes | None = None


def keys(record_id: int) -> tuple[int, int]:
    """Return the first and the last key that a passage of a record may have."""
    return record_id * PLACES, (record_id + 1) * PLACES - 1


def set_word(set_id: int) -> str:
    """Return the word by which the index knows the passages of a set."""
    return f"{SET_MARK}{set_id}"


def rows(record_id: int, found: Sequence[Passage], set_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the rows of a record's passages.

    Args:
        record_id: the record.
        found: its passages in the order of reading; those beyond the number of places are left out.
        set_ids: the sets that it stands in, those above them included.
    """
    marks = "".join(f"{set_word(each)} " for each in set_ids)
    first, _ = keys(record_id)
    return [
        {"id": first + place, "words": marks + passage.words, "lines": passage.lines}
        for place, passage in enumerate(found[:PLACES])
        if passage.words
    ]


def write(connection: Connection, wanted: Mapping[int, Sequence[dict[str, Any]]], known: Sequence[int]) -> None:
    """Make the index hold what it should of records; what it holds already is left as it is.

    Args:
        connection: a writer's transaction (Database.writing).
        wanted: rows by record id.
        known: the ids of those of them that may have passages in the index already.
    """
    stored = _stored(connection, known)
    new = {row["id"]: row for each in wanted.values() for row in each}
    gone = [{"id": key} for key, row in stored.items() if new.get(key) != row]
    write_rows(connection, "DELETE FROM passages WHERE id = :id", gone)
    come = [row for key, row in new.items() if stored.get(key) != row]
    insert_rows(connection, passages, come)


def _stored(connection: Connection, record_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for piece in pieces(record_ids):
        query = select(passages).where(or_(*(passages.c.id.between(*keys(each)) for each in piece)))
        found |= {row.id: dict(row._mapping) for row in connection.execute(query)}
    return found
