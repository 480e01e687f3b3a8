"""Restamping: what makes a store that went back in time safe for harvesters that were ahead of it.

A harvester that was answered after the backup was taken asks `from` a time that is later than every stamp in it, and
may hold a token with a change sequence that the backup never reached. So every representation, tombstones too, moves
behind all that can ever have been told: its stamp is that of now, its change sequence one that was never given.
"""

from sqlalchemy import Connection, Insert, case, func, insert, literal, select, update

from records.publish import WITHDRAWN
from records.tables import changes, clock, listings, records, representations

CHANGES_A_SECOND = 2**20
"""More changes than any store makes in a second, so that no sequence reaches the time times this number.

A restamp begins there. It holds after it, too: later sequences count on from the time of the restamp, and no faster.
"""


def restamp(connection: Connection, now: int) -> int:
    """Stamp everything anew, at the end of every list, and return how many records were.

    The change log goes on: an update for each record that is shown, a deletion for each tombstone.

    Args:
        connection: a writer's transaction (Database.writing).
        now: the database's time, in seconds.
    """
    last = connection.execute(select(clock)).one()
    stamp = max(now, last.stamp)
    base = max(last.sequence, stamp * CHANGES_A_SECOND)
    connection.execute(_logged(base, stamp))
    connection.execute(update(listings).values(sequence=base + listings.c.record_id))
    connection.execute(update(representations).values(sequence=base + representations.c.record_id, datestamp=stamp))
    connection.execute(update(clock).values(stamp=stamp, sequence=base + last.record_id))
    logged = select(func.count()).select_from(changes).where(changes.c.sequence > base)
    return connection.execute(logged).scalar_one()


def _logged(base: int, stamp: int) -> Insert:
    """Return the statement that writes the change log: one change a record, which names its formats in order."""
    formats = select(representations.c.record_id, representations.c.format)
    ordered = formats.order_by(representations.c.record_id, representations.c.format).subquery()
    named = select(ordered.c.record_id, func.aggregate_strings(ordered.c.format, " ").label("formats"))
    grouped = named.group_by(ordered.c.record_id).subquery()
    kind = case((records.c.status == WITHDRAWN, "delete"), else_="update")
    rows = select(base + records.c.id, literal(stamp), records.c.id, kind, grouped.c.formats)
    rows = rows.join(grouped, grouped.c.record_id == records.c.id)
    return insert(changes).from_select(["sequence", "datestamp", "record_id", "kind", "formats"], rows)
