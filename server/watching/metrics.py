"""Metrics for Prometheus.

The processes of one server count in a folder that they share, so that any of them can tell the sums. Without that
folder (METRICS_FOLDER) a process counts for itself.
"""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from records.database import StoreError
from records.store import Store
from server.watching import METRICS_FOLDER

if TYPE_CHECKING:
    from server.oai_pmh.exchange import Exchange

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_OF_STORE = {
    "records": "Records that the store holds, hidden and withdrawn ones included.",
    "embargoed_records": "Records that wait for the day of their release.",
    "change_sequence": "The number of the last change.",
    "newest_datestamp_seconds": "When the last change was, in seconds since 1970 UTC.",
}


class Metrics:
    """What is counted. Labels have few values: verbs, codes of errors."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        _forget_the_dead()
        self._requests = Counter(
            "dragoman_oai_requests",
            "OAI-PMH requests by outcome: ok, the code of the first error, busy (503), failed (503 or 500).",
            ["verb", "outcome"],
            registry=registry,
        )
        self._seconds = Histogram(
            "dragoman_oai_request_duration_seconds",
            "How long an answer took, without its way to the harvester.",
            ["verb"],
            registry=registry,
            buckets=_SECONDS,
        )
        self._records = Counter(
            "dragoman_oai_records", "Records served, each time anew.", ["verb", "prefix"], registry=registry
        )
        self.lists = Gauge(
            "dragoman_oai_lists_in_progress",
            "List requests that are being answered.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.images = Gauge(
            "dragoman_images_in_progress",
            "Pictures that are being drawn.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._kept_house = Gauge(
            "dragoman_housekeeping_last_success_seconds",
            "When housekeeping last went well, in the process where that is longest ago, in seconds since 1970 UTC.",
            registry=registry,
            multiprocess_mode="livemin",
        )
        self._kept_house.set_to_current_time()

    def count(self, exchange: "Exchange") -> None:
        """Count a request that is over."""
        verb = exchange.verb or "none"
        self._requests.labels(verb, exchange.outcome).inc()
        self._seconds.labels(verb).observe(time.perf_counter() - exchange.begun)
        if exchange.records:
            self._records.labels(verb, exchange.prefix).inc(exchange.records)

    def kept_house(self) -> None:
        """Note that housekeeping went well."""
        self._kept_house.set_to_current_time()

    def written(self, store: Store) -> bytes:
        """Return everything in the text format of Prometheus."""
        registry = self._registry
        if METRICS_FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry) + generate_latest(_of_store(store))


class _OfStore(Collector):
    """What the store says of itself when it is asked; `dragoman_store_up` tells whether it answers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        try:
            found = self._store.state()
        except StoreError:
            found = None
        yield GaugeMetricFamily("dragoman_store_up", "Whether the store answers.", value=int(found is not None))
        for name, value in found._asdict().items() if found else ():
            yield GaugeMetricFamily(f"dragoman_store_{name}", _OF_STORE[name], value=value)


def _of_store(store: Store) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_OfStore(store))
    return registry


def _forget_the_dead() -> None:
    """Take what processes that ended told of their present state out of the sums; what they counted stays."""
    folder = os.environ.get(METRICS_FOLDER)
    for file in Path(folder).glob("gauge_live*.db") if folder else ():
        found = re.search(r"_([0-9]+)\.db$", file.name)
        if found and not _alive(int(found[1])):
            mark_process_dead(int(found[1]))  # type: ignore[no-untyped-call]


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)  # sends nothing
    except ProcessLookupError:
        return False
    return True
