"""Restamping: what makes a store that went back in time safe for harvesters that were ahead of it.

A harvester that was answered after the backup was taken asks `from` a time that is later than every stamp in it, and
may hold a token with a change sequence that the backup never reached. So every representation, tombstones too, moves
behind all that can ever have been told: its stamp is that of now, its change sequence one that was never given.
"""

from sqlalchemy import Connection, Insert, bindparam, case, func, insert, literal, select, tuple_, update

from records.activities import tell_anew
from records.header import header
from records.publish import WITHDRAWN
from records.stretches import give_up_stretches
from records.tables import changes, clock, entries, listings, records, representations

CHANGES_A_SECOND = 2**20
"""More changes than any store makes in a second, so that no sequence reaches the time times this number.

A restamp begins there. It holds after it, too: later sequences count on from the time of the restamp, and no faster.
"""


BATCH = 500
"""Entries that are held in memory."""


def restamp(connection: Connection, now: int) -> int:
    """Stamp everything anew, at the end of every list, and return how many records were.

    The change log goes on: an update for each record that is shown, a deletion for each tombstone. The activities of
    manifests begin anew with the same.

    Args:
        connection: a writer's transaction (Database.writing).
        now: the database's time, in seconds.
    """
    last = connection.execute(select(clock)).one()
    stamp = max(now, last.stamp)
    base = max(last.sequence, stamp * CHANGES_A_SECOND)
    connection.execute(_logged(base, stamp))
    give_up_stretches(connection)
    _restamp_entries(connection, base, stamp)
    connection.execute(update(listings).values(sequence=base + listings.c.record_id))
    connection.execute(update(representations).values(sequence=base + representations.c.record_id, datestamp=stamp))
    tell_anew(connection, base, stamp)
    connection.execute(update(clock).values(stamp=stamp, sequence=base + last.record_id))
    logged = select(func.count()).select_from(changes).where(changes.c.sequence > base)
    return connection.execute(logged).scalar_one()


def _restamp_entries(connection: Connection, base: int, stamp: int) -> None:
    """Move the entries, each with a header of the new stamp, before the representations tell of it."""
    names = ("record_id", "format", "sequence", "sets", "deleted")
    stands = representations.c
    key, after = tuple_(stands.format, stands.sequence), ("", -base)
    query = select(records.c.oai_identifier, *(stands[name] for name in names))
    query = query.join(records, records.c.id == stands.record_id).order_by(stands.format, stands.sequence)
    move = update(entries).where(entries.c.format == bindparam("of"), entries.c.sequence == bindparam("at"))
    move = move.values(sequence=bindparam("sequence"), header=bindparam("header"))
    while rows := connection.execute(query.where(key > after).limit(BATCH)).all():
        moved = [
            {
                "of": row.format,
                "at": row.sequence,
                "sequence": base + row.record_id,
                "header": header(row.oai_identifier, stamp, row.sets, deleted=row.deleted),
            }
            for row in rows
        ]
        connection.execute(move, moved)
        after = (rows[-1].format, rows[-1].sequence)


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
