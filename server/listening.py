"""The web server: granian, with as many processes as are asked for."""

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from server import create_app
from server.housekeeping import keep_house
from server.library import library

THREADS = 4
"""Requests that one process answers at a time: drawing a page must not keep a harvester waiting."""


def listen(host: str, port: int, workers: int) -> None:
    """Answer until a signal ends us; what is being answered then is finished first.

    Args:
        host: the address to listen at.
        port: the port to listen at.
        workers: how many processes answer.
    """
    Granian(
        "server.listening:app_with_housekeeping",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
    ).serve()


def app_with_housekeeping() -> Flask:
    """Return the application of one answering process, which keeps house beside it."""
    app = create_app()
    with app.app_context():
        keep_house(library())
    return app
