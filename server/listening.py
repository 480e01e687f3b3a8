"""The web server: granian, with as many processes as are asked for."""

from granian import Granian
from granian.constants import Interfaces

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
        "server:create_app",
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
