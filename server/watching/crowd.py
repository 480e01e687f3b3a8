"""Flow control (OAI-PMH 2.0, 3.1.2.2): so many list requests at once, and the next is asked to come later.

The limit is below the number of threads, so that single records, manifests and pages find one while harvesters crowd.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import Gauge

SOON = (2, 5, 3, 7, 4, 6)
"""Seconds to come again after, in turn: those who are sent away together should not come back together."""


class CrowdedError(Exception):
    """There are as many list requests as may be; says when to come again, in seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many list requests at once; ask again in {seconds} seconds")
        self.seconds = seconds


class Crowd:
    """The list requests that one process answers now.

    Args:
        limit: how many it may be.
        gauge: where their number is shown.
    """

    def __init__(self, limit: int, gauge: "Gauge") -> None:
        self._places = BoundedSemaphore(limit)
        self._gauge = gauge
        self._seconds = cycle(SOON)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place for a list request.

        Raises:
            CrowdedError: there is none; nobody waits for one.
        """
        if not self._places.acquire(blocking=False):
            raise CrowdedError(next(self._seconds))
        try:
            with self._gauge.track_inprogress():
                yield
        finally:
            self._places.release()
