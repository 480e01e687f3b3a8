"""What a running server does beside answering.

Embargoes end, the newest stamp moves on, visits are written down, lists are packed.
"""

import logging
from threading import Thread
from time import monotonic, sleep

from mappings.formats import FORMATS
from records.database import StoreError
from records.store import Store
from server import publishing
from server.library import Library
from server.watching import Watch

SECONDS = 5
"""How often it is done; a standby without new records tells a time that is at most this much older."""

log = logging.getLogger(__name__)


def keep_house(library: Library, watch: Watch) -> None:
    """Keep house in a thread of its own, as long as the process lives.

    It belongs into the processes that answer, never into one that forks: the lock of the store would be handed down.
    Any number of them may keep house on one store: each step is taken under the writers' lock, and does nothing twice.
    """
    Thread(target=_keep, args=(library, watch), name="housekeeping", daemon=True).start()


def _keep(library: Library, watch: Watch) -> None:
    said = ""
    while True:
        began = monotonic()
        said = _once(library, watch, said)
        sleep(max(0, began + SECONDS - monotonic()))


def _once(library: Library, watch: Watch, said: str) -> str:
    """Keep house once; returns why that failed, if it did. What was said the last time is not said again.

    Whatever fails, the thread must live: without it no embargo ends until somebody starts the server anew.
    """
    try:
        watch.write(library.store.database)
        step(library)
        watch.metrics.kept_house()
    except StoreError as error:
        if str(error) != said:
            log.warning("housekeeping waits: %s", error)
        return str(error)
    except Exception as error:
        if str(error) != said:
            log.exception("housekeeping failed, which is a fault of Dragoman; it is tried again every %d s", SECONDS)
        return str(error)
    return ""


def step(library: Library) -> None:
    """Move the stamp on where a standby waits for it, pack lists, and release the records whose embargo has ended.

    Raises:
        StoreError: the store cannot be written now, or holds a record that cannot be read any more.
    """
    if library.config.read_database_url:
        library.store.beat()
    _pack(library.store)
    if library.store.due(1):
        publishing.release(library.store, library.repository())


def _pack(store: Store) -> None:
    """Pack lists as long as there is something to pack, but no longer than until house is to be kept again.

    Writers have half of the time.
    """
    until = monotonic() + SECONDS
    while (began := monotonic()) < until and store.pack(FORMATS):
        sleep(monotonic() - began)
