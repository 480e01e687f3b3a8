"""Activities: what happened to each manifest that is published here, as IIIF Change Discovery 1.0 tells it.

They are numbered in the order of change, without a gap and under the writers' lock, so that a page of them is a span of
numbers, found at once however many there are. A page that is followed by another never changes. A restamp tells all
anew under numbers that were never given, so that no page is ever replaced by another under its number.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Insert, case, delete, func, insert, literal, select

from records.rows import raw_rows
from records.standing import Stored
from records.tables import activities, clock, representations

MANIFEST = "manifest"
"""The name of the manifest among the representations."""

SIZE = 500
"""Activities of a page at most. Never to be changed: consumers keep pages for ever."""


class Activity(NamedTuple):
    """What happened to the manifest of a record.

    Attributes:
        kind: create, update or delete.
        identifier: the record's local identifier.
        datestamp: when, in seconds since 1970 UTC.
    """

    kind: str
    identifier: str
    datestamp: int


class Stream(NamedTuple):
    """All activities: the numbers of the first and of the last one."""

    first: int
    last: int

    @property
    def pages(self) -> range:
        """The numbers of its pages."""
        return range(_page(self.first), _page(self.last) + 1)


class ActivityPage(NamedTuple):
    """A page of activities.

    Attributes:
        number: its number.
        stream: the stream, as it stood when the page was read.
        start: how many activities there are on the pages before it.
        activities: its activities, the oldest first.
    """

    number: int
    stream: Stream
    start: int
    activities: list[Activity]


def kind(moved: Mapping[str, bytes | None], stored: Mapping[str, Stored]) -> str | None:
    """Return what a change of a record is to its manifest; None if it is nothing.

    Args:
        moved: the formats that change, with their new documents, None for a tombstone.
        stored: the formats as they stood.
    """
    if MANIFEST not in moved:
        return None
    stood = MANIFEST in stored and not stored[MANIFEST].deleted
    if moved[MANIFEST] is None:
        return "delete" if stood else None
    return "update" if stood else "create"


def last_number(connection: Connection) -> int:
    """Return the number after which none was ever given: there are no more activities than changes."""
    newest = select(func.max(activities.c.number)).scalar_subquery()
    return int(connection.execute(select(func.coalesce(newest, clock.c.sequence))).scalar_one())


def tell_anew(connection: Connection, base: int, stamp: int) -> None:
    """Let the stream begin again: an update for each manifest, a deletion for each that was withdrawn.

    Args:
        connection: a writer's transaction.
        base: a number after which none was ever given.
        stamp: the time of the activities.
    """
    connection.execute(delete(activities))
    connection.execute(_told_anew(base, stamp))


def _told_anew(base: int, stamp: int) -> Insert:
    stands = representations.c
    number = base + func.row_number().over(order_by=stands.record_id)
    what = case((stands.deleted, "delete"), else_="update")
    rows = select(number, literal(stamp), what, stands.record_id).where(stands.format == MANIFEST)
    return insert(activities).from_select(["number", "datestamp", "kind", "record_id"], rows)


STREAM = "SELECT (SELECT min(number) FROM activities), (SELECT max(number) FROM activities)"
_PAGE = """
SELECT a.kind, r.identifier, a.datestamp FROM activities AS a JOIN records AS r ON r.id = a.record_id
WHERE a.number > :before AND a.number <= :last ORDER BY a.number
"""


def stream(rows: Sequence[tuple[Any, ...]]) -> Stream | None:
    """Return the stream that the statement of that name found; None if nothing happened yet."""
    first, last = rows[0]
    return None if first is None else Stream(int(first), int(last))


def read_page(connection: Connection, number: int) -> ActivityPage | None:
    """Return a page by its number; None if there is no such page.

    Args:
        connection: a reader's transaction.
        number: the page's number.
    """
    whole = stream(raw_rows(connection, STREAM, {}))
    if whole is None or number not in whole.pages:
        return None
    before = (number - 1) * SIZE
    found = raw_rows(connection, _PAGE, {"before": before, "last": before + SIZE})
    return ActivityPage(number, whole, max(0, before + 1 - whole.first), list(map(Activity._make, found)))


def _page(number: int) -> int:
    return (number - 1) // SIZE + 1
