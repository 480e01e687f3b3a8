"""What this process was asked since it last wrote it down."""

from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING

from records import visits
from records.database import Database, StoreError
from records.visits import OTHERS, Asked, Tallies, Tally, placed

if TYPE_CHECKING:
    from server.oai_pmh.exchange import Exchange

MOST = 1000
"""Tallies that are held; the rest is counted together."""


class Visits:
    """Tallies in memory, which any thread may add to."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tallies: dict[Asked, Tally] = {}
        self._networks: Counter[str] = Counter()

    def count(self, agent: str, network: str, exchange: "Exchange", now: int) -> None:
        """Count one request.

        Args:
            agent: who asked.
            network: from where.
            exchange: what, and what became of it.
            now: when, in seconds since 1970 UTC.
        """
        self._add({Asked(agent, network, exchange.verb, exchange.prefix, exchange.set_spec): tally(exchange, now)})

    def write(self, database: Database) -> None:
        """Add what was counted to the table.

        Raises:
            StoreError: it cannot be written now; it is kept for the next time.
        """
        with self._lock:
            taken, self._tallies, self._networks = self._tallies, {}, Counter()
        if not taken:
            return
        try:
            visits.put(database, taken)
        except StoreError:
            self._add(taken)
            raise

    def _add(self, tallies: Tallies) -> None:
        with self._lock:
            for asked, one in tallies.items():
                full = asked not in self._tallies and len(self._tallies) >= MOST
                key = Asked(OTHERS, "", asked.verb, "", "") if full else asked
                self._tallies.setdefault(placed(self._tallies, key, self._networks), Tally()).add(one)


def tally(exchange: "Exchange", now: int) -> Tally:
    """Return what one request counts for. That nothing has changed is an error to the protocol, and none to staff."""
    found = Tally(answers=1, records=exchange.records, seen=now)
    found.refused = int(exchange.outcome in {"busy", "failed"})
    found.errors = int(exchange.outcome != "ok" and not exchange.last and not found.refused)
    found.begun = now if exchange.first else None
    if exchange.last:
        found.completed, found.harvested, found.since = now, exchange.harvested, exchange.since
    return found
