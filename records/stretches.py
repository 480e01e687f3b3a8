"""Stretches: up to a hundred consecutive records of a whole list, joined and deflated before anybody asks for them.

A page of a list is then a few pieces. They are copies of entries, and given up for them at any time: a writer that
moves one record out of a stretch breaks it, in the same transaction, and housekeeping packs what is left of it again.
Nothing ever enters a stretch, since change sequences only grow.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from isal import isal_zlib
from sqlalchemy import Connection, delete

from records.header import record
from records.rows import Rows, raw_rows, write_rows
from records.tables import stretches

SIZE = 100
"""Records of a stretch at most."""

ENDLESS = 2**62
"""A change sequence behind all others."""

LEVEL = 2
"""The level of compression: the best that costs no more than reading."""

Form = Literal["plain", "packed"]
"""How a stretch is read: as XML in UTF-8, or as that deflated (RFC 1951), its last block not marked as such."""


class Stretch(NamedTuple):
    """Consecutive records of a whole list.

    Attributes:
        after: the change sequence that it lies behind.
        last: the last one that it may hold; the next stretch lies behind it.
        size: how many records it holds.
        length: bytes of its XML.
        checksum: CRC-32 of its XML.
        content: the records, in the form that was asked for.
    """

    after: int
    last: int
    size: int
    length: int
    checksum: int
    content: bytes


_READ = """
SELECT after_sequence, last_sequence, size, length, checksum, {form} FROM stretches
WHERE (format, after_sequence) >= (:format, :after) AND (format, after_sequence) < (:format, :last)
AND last_sequence <= :last AND {form} IS NOT NULL
ORDER BY format, after_sequence LIMIT :most
"""
_ROWS = """
SELECT sequence, header, document, about FROM entries
WHERE (format, sequence) > (:format, :after) AND (format, sequence) <= (:format, :last)
ORDER BY format, sequence LIMIT :most
"""
_ENOUGH = """
SELECT 1 FROM entries WHERE (format, sequence) > (:format, :after) AND (format, sequence) < (:format, :endless)
ORDER BY format, sequence LIMIT 1 OFFSET :others
"""
_BROKEN = """
SELECT after_sequence, last_sequence FROM stretches
WHERE format = :format AND packed IS NULL ORDER BY after_sequence LIMIT 1
"""
_LAST = "SELECT last_sequence FROM stretches WHERE format = :format ORDER BY after_sequence DESC LIMIT 1"
_NEXT = "SELECT last_sequence FROM stretches WHERE format = :format AND after_sequence = :last"
_PUT = """
INSERT INTO stretches (format, after_sequence, last_sequence, size, length, checksum, packed, plain)
VALUES (:format, :after, :last, :size, :length, :checksum, :packed, :plain)
"""
_REMOVE = "DELETE FROM stretches WHERE format = :format AND after_sequence >= :after AND last_sequence <= :last"
_BREAK = """
UPDATE stretches SET packed = NULL, plain = NULL
WHERE format = :of AND last_sequence >= :at AND packed IS NOT NULL AND after_sequence =
  (SELECT max(after_sequence) FROM stretches WHERE format = :of AND after_sequence < :at)
"""


def read_stretches(rows: Rows, span: dict[str, Any], limit: int, form: Form) -> list[Stretch]:
    """Return whole stretches, as many as make up a page; before and between them there may be other records.

    Args:
        rows: a reader's transaction.
        span: format, and the sequences `after` and `last` that it lies between.
        limit: records at most.
        form: how they are read.
    """
    wanted = {"format": span["format"], "after": span["after"], "last": span["last"], "most": limit // SIZE}
    return list(map(Stretch._make, rows(_READ.format(form=form), wanted)))


def break_stretches(connection: Connection, left: Sequence[dict[str, Any]]) -> None:
    """Break the stretches out of which records move.

    Args:
        connection: a writer's transaction.
        left: where they stood: format (`of`) and sequence (`at`).
    """
    write_rows(connection, _BREAK, left)


def give_up_stretches(connection: Connection) -> None:
    """Forget all stretches, since every sequence is given anew."""
    connection.execute(delete(stretches))


def unpacked(connection: Connection, formats: Iterable[str]) -> list[str]:
    """Return those of the formats in whose list there is something to pack."""
    return [name for name in formats if _broken(connection, name) or _enough(connection, name)]


def pack(connection: Connection, formats: Iterable[str]) -> None:
    """Pack one stretch of each format, if there is anything to pack.

    Args:
        connection: a writer's transaction.
        formats: those whose lists are harvested.
    """
    for name in formats:
        if broken := _broken(connection, name):
            _mend(connection, name, *broken[0])
        else:
            after = _end(connection, name)
            rows = _rows(connection, name, after, ENDLESS)
            _put(connection, name, after, rows if len(rows) == SIZE else [])


def _broken(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    """Return where the first broken stretch of a format lies, if there is one."""
    return raw_rows(connection, _BROKEN, {"format": name})


def _mend(connection: Connection, name: str, after: int, last: int) -> None:
    """Pack what is left of a stretch, together with those behind it as long as they are one's size."""
    rows = _rows(connection, name, after, last)
    while behind := raw_rows(connection, _NEXT, {"format": name, "last": last}):
        more = _rows(connection, name, last, behind[0][0])
        if len(rows) + len(more) > SIZE:
            break
        rows, last = rows + more, behind[0][0]
    write_rows(connection, _REMOVE, [{"format": name, "after": after, "last": last}])
    _put(connection, name, after, rows, last)


def _enough(connection: Connection, name: str) -> bool:
    """Whether what stands behind the last stretch of a format is enough for another one."""
    behind = {"format": name, "after": _end(connection, name), "endless": ENDLESS, "others": SIZE - 1}
    return bool(raw_rows(connection, _ENOUGH, behind))


def _end(connection: Connection, name: str) -> int:
    """Return where the last stretch of a format ends."""
    found = raw_rows(connection, _LAST, {"format": name})
    return int(found[0][0]) if found else 0


def _rows(connection: Connection, name: str, after: int, last: int) -> list[tuple[Any, ...]]:
    return raw_rows(connection, _ROWS, {"format": name, "after": after, "last": last, "most": SIZE})


def _put(connection: Connection, name: str, after: int, rows: Sequence[tuple[Any, ...]], last: int = 0) -> None:
    """Write a stretch of rows, unless there are none; it may end behind the last of them."""
    if not rows:
        return
    plain = b"".join(piece for _sequence, *told in rows for piece in record(*told))
    stretch = {
        "format": name,
        "after": after,
        "last": last or rows[-1][0],
        "size": len(rows),
        "length": len(plain),
        "checksum": isal_zlib.crc32(plain),
        "packed": deflated(plain),
        "plain": plain,
    }
    write_rows(connection, _PUT, [stretch])


def deflated(plain: bytes) -> bytes:
    """Return bytes deflated (RFC 1951), so that another such piece may follow: no block is marked as the last one."""
    packer = isal_zlib.compressobj(LEVEL, wbits=-isal_zlib.MAX_WBITS)
    return bytes(packer.compress(plain) + packer.flush(isal_zlib.Z_FULL_FLUSH))
