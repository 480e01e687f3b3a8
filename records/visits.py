"""What harvesters asked, added up by who asked what: kept in a table that cannot grow beyond a bound.

It is for staff alone. Nothing here takes the lock of the harvest guarantee, and a lost tally harms nobody.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select, text

from records.database import Database
from records.tables import sets, visits

OTHERS = "(others)"
"""The agent that stands for all that found no place, and the set that stands for those that do not exist."""

KEPT = 2000
"""Rows of the table; the oldest give way, first those that never brought a harvest to its end."""

OF_A_NETWORK = 50
"""Rows of one network, so that nobody can drive the others out by changing its name."""


class Asked(NamedTuple):
    """Who asked what: the harvester's name and network, and the list. What was not said or is not known is empty."""

    agent: str
    network: str
    verb: str
    prefix: str
    set_spec: str


@dataclass(slots=True)
class Tally:
    """How it went. Times are in seconds since 1970 UTC.

    Attributes:
        answers: requests in all.
        records: records served.
        errors: answers that were errors of the protocol.
        refused: requests that were asked to come later (503).
        seen: the last request.
        begun: the last first page of a list.
        completed: the last closing page of a list;
        harvested: how many records that list had served in all, and
        since: the `from` that it was asked with; None if it was the whole.
    """

    answers: int = 0
    records: int = 0
    errors: int = 0
    refused: int = 0
    seen: int = 0
    begun: int | None = None
    completed: int | None = None
    harvested: int | None = None
    since: int | None = None

    def add(self, other: "Tally") -> None:
        """Take in what another tally counted."""
        self.answers += other.answers
        self.records += other.records
        self.errors += other.errors
        self.refused += other.refused
        self.seen = max(self.seen, other.seen)
        if other.begun is not None:
            self.begun = max(self.begun or 0, other.begun)
        if other.completed is not None and other.completed >= (self.completed or 0):
            self.completed, self.harvested, self.since = other.completed, other.harvested, other.since


Tallies = Mapping[Asked, Tally]

_NEWER = "excluded.completed >= COALESCE(visits.completed, 0)"
_COLUMNS = [column.name for column in visits.c]
_ADD = text(f"""
INSERT INTO visits ({", ".join(_COLUMNS)})
VALUES ({", ".join(f":{name}" for name in _COLUMNS)})
ON CONFLICT (agent, network, verb, prefix, set_spec) DO UPDATE SET
  answers = visits.answers + excluded.answers,
  records = visits.records + excluded.records,
  errors = visits.errors + excluded.errors,
  refused = visits.refused + excluded.refused,
  seen = CASE WHEN excluded.seen > visits.seen THEN excluded.seen ELSE visits.seen END,
  begun = CASE WHEN excluded.begun > COALESCE(visits.begun, 0) THEN excluded.begun ELSE visits.begun END,
  completed = CASE WHEN {_NEWER} THEN excluded.completed ELSE visits.completed END,
  harvested = CASE WHEN {_NEWER} THEN excluded.harvested ELSE visits.harvested END,
  since = CASE WHEN {_NEWER} THEN excluded.since ELSE visits.since END
""")  # noqa: S608 - the names are those of our own columns


def put(database: Database, tallies: Tallies) -> None:
    """Add tallies to those of the table; any number of processes may.

    Raises:
        StoreError: the table cannot be written now; nothing was added.
    """
    with database.aside() as connection:
        placed = _placed(connection, tallies)
        rows = [asked._asdict() | asdict(tally) for asked, tally in sorted(placed.items(), key=lambda item: item[0])]
        connection.execute(_ADD, rows)  # in one order, so that two processes do not wait for each other
        _drop_oldest(connection)


def read(database: Database) -> dict[Asked, Tally]:
    """Return what the table holds, the harvester that was seen last first.

    Raises:
        StoreError: the database does not answer.
    """
    with database.reading() as (connection, _now):
        rows = connection.execute(select(visits).order_by(visits.c.seen.desc(), *visits.primary_key)).all()
    return {Asked(*row[: len(Asked._fields)]): Tally(*row[len(Asked._fields) :]) for row in rows}


def placed(tallies: dict[Asked, Tally], asked: Asked, known: Counter[str]) -> Asked:
    """Return where a request is counted: as it is, or among the others of its network if that has its fill.

    Args:
        tallies: what has a place already.
        asked: who asked what.
        known: how many places each network has; a new place is counted there.
    """
    if asked in tallies:
        return asked
    if known[asked.network] >= OF_A_NETWORK:
        return Asked(OTHERS, asked.network, asked.verb, "", "")
    known[asked.network] += 1
    return asked


def _placed(connection: Connection, tallies: Tallies) -> dict[Asked, Tally]:
    """Return the tallies as the table may take them: no set that does not exist, no network beyond its share."""
    specs = {"", *connection.execute(select(sets.c.spec)).scalars()}
    found = {Asked._make(row): Tally() for row in connection.execute(select(*visits.primary_key)).all()}
    known = Counter(asked.network for asked in found)
    result: dict[Asked, Tally] = {}
    for asked, tally in tallies.items():
        named = asked if asked.set_spec in specs else asked._replace(set_spec=OTHERS)
        place = placed(found, named, known)
        found[place] = Tally()
        result.setdefault(place, Tally()).add(tally)
    return result


def _drop_oldest(connection: Connection) -> None:
    surplus = connection.execute(select(func.count()).select_from(visits)).scalar_one() - KEPT
    if surplus > 0:
        oldest = select(*visits.primary_key).order_by(visits.c.completed.is_not(None), visits.c.seen).limit(surplus)
        for row in connection.execute(oldest).all():
            connection.execute(delete(visits).where(*(visits.c[name] == row._mapping[name] for name in Asked._fields)))
