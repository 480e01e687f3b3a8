"""Flow control (OAI-PMH 2.0, 3.1.2.2): so many costly requests at once, and the next is asked to come later.

The limit is below the number of threads, so that single records, manifests and pages find one while others crowd.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from threading import BoundedSemaphore
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import Gauge

SOON = (2, 5, 3, 7, 4, 6)
"""Seconds to come again after, in turn: those who are sent away together should not come back together."""

STANDSTILL = 1
"""Seconds without a place given or given back, after which who would wait beyond the bound is sent away."""


class CrowdedError(Exception):
    """There are as many requests of a kind as may be; says when to come again, in seconds."""

    def __init__(self, kind: str, seconds: int) -> None:
        super().__init__(f"too many {kind} at once; ask again in {seconds} seconds")
        self.seconds = seconds


class Crowd:
    """The requests of a kind that one process answers now.

    Args:
        kind: what they are called, in the plural.
        limit: how many it may be.
        gauge: where their number is shown.
        waiting: how many may wait whatever becomes of the others, each with its thread.
    """

    def __init__(self, kind: str, limit: int, gauge: "Gauge", *, waiting: int = 0) -> None:
        self._kind = kind
        self._places = BoundedSemaphore(limit)
        self._waiting = BoundedSemaphore(waiting)
        self._moved = monotonic()
        self._gauge = gauge
        self._seconds = cycle(SOON)

    @contextmanager
    def place(self, *, patience: float = 0) -> Iterator[None]:
        """Hold a place for a request.

        Args:
            patience: how long it may wait for one, in seconds; where too many wait, only while places change hands.

        Raises:
            CrowdedError: there is none.
        """
        if not (self._places.acquire(blocking=False) or (patience and self._comes(patience))):
            raise CrowdedError(self._kind, next(self._seconds))
        self._moved = monotonic()
        try:
            with self._gauge.track_inprogress():
                yield
        finally:
            self._moved = monotonic()
            self._places.release()

    def _comes(self, patience: float) -> bool:
        """Wait for a place, and return whether one was had."""
        if self._waiting.acquire(blocking=False):
            try:
                return self._places.acquire(timeout=patience)
            finally:
                self._waiting.release()
        latest = monotonic() + patience
        while (left := min(latest, self._moved + STANDSTILL) - monotonic()) > 0:
            if self._places.acquire(timeout=left):
                return True
        return False
