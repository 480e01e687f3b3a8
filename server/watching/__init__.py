"""What staff see of harvesters, and how many list and image requests are answered at once.

All of it happens beside the answers: counted in memory, written by housekeeping, shown on pages of its own.
"""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from records.database import Database
from server.config import THREADS
from server.watching.crowd import Crowd
from server.watching.harvester import agent, network
from server.watching.visits import Visits

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

    from server.oai_pmh.exchange import Exchange
    from server.watching.metrics import Metrics

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which the processes of one server know where to count together; prometheus-client's."""

OTHERS = 2
"""Threads that are left to other requests while pictures are drawn and waited for, where nothing moves."""


@dataclass(frozen=True)
class Watch:
    """What one process knows of its requests. Losing it loses a few seconds of statistics, and nothing else."""

    crowd: Crowd
    images: Crowd
    metrics: "Metrics"
    visits: Visits

    def note(self, exchange: "Exchange", environ: "WSGIEnvironment") -> None:
        """Count a request to the OAI-PMH endpoint when it is over: what became of it, and who asked (PEP 3333)."""
        self.metrics.count(exchange)
        who = agent(environ.get("HTTP_USER_AGENT", ""))
        where = network(environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", ""))
        self.visits.count(who, where, exchange, int(time.time()))

    def write(self, database: Database) -> None:
        """Write down what was counted, as a part of housekeeping.

        Raises:
            StoreError: it cannot be written now; it is kept for the next time.
        """
        self.visits.write(database)


def watch_over(app: Flask, list_requests: int, image_requests: int) -> Watch:
    """Return what watches over an application, which limits lists and images and shows its counts to staff."""
    from server.watching import metrics, pages  # noqa: PLC0415 - METRICS_FOLDER must be set before prometheus-client

    counted = metrics.Metrics()
    lists = Crowd("list requests", list_requests, counted.lists)
    waiting = max(0, THREADS - image_requests - OTHERS)
    images = Crowd("image requests", image_requests, counted.images, waiting=waiting)
    watch = Watch(lists, images, counted, Visits())
    app.extensions["dragoman_watch"] = watch
    app.register_blueprint(pages.blueprint)
    return watch


def watch() -> Watch:
    """Return the watch of the application that answers now."""
    return cast("Watch", current_app.extensions["dragoman_watch"])
