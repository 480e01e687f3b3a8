"""The web server: granian, with as many processes as are asked for."""

import gc
import logging
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces

from server import memory
from server.application import create_app
from server.config import THREADS
from server.current import library
from server.housekeeping import keep_house
from server.watching import METRICS_FOLDER, watch
from server.watching.metrics_folder import hold, metrics_folder

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def listen(host: str, port: int, workers: int) -> None:
    """Answer until a signal ends us; what is being answered then is finished first.

    Args:
        host: the address to listen at.
        port: the port to listen at.
        workers: how many processes answer.
    """
    logging.getLogger("_granian").addFilter(_tells_news)
    with metrics_folder() as folder:
        os.environ[METRICS_FOLDER] = folder  # the processes that answer count there together
        gc.freeze()  # what is loaded stays in memory that all processes share: looking for garbage there copies it
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


def _tells_news(record: logging.LogRecord) -> bool:
    """Whether to log what granian says; that there are more threads than cores is how we want it (config.THREADS)."""
    return "Python threads" not in record.getMessage()


def app_with_housekeeping() -> "WSGIApplication":
    """Return the application of one answering process, which keeps house beside it."""
    memory.keep()
    hold(os.environ[METRICS_FOLDER])
    app = create_app()
    with app.app_context():
        keep_house(library(), watch())
    return in_one_piece(app)


def in_one_piece(app: "WSGIApplication") -> "WSGIApplication":
    """Return an application whose answers are lists of one piece.

    Granian hands such an answer over whole, and its thread is free. An answer in several pieces, as a file is, would
    keep the thread until the client has read it: a few slow readers would stop the process.
    """

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        pieces = app(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            close: Callable[[], None] | None = getattr(pieces, "close", None)
            if close:
                close()

    return answer
