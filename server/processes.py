"""Work on all cores: batches go out to processes, and what is made of them comes back in order."""

import gc
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import forkserver, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from server import memory

PROCESSES = os.cpu_count() or 1
"""How many work at a time."""

_IMPORTED = "server.loading"
"""The module that imports what any work needs."""

Batch = TypeVar("Batch")
Made = TypeVar("Made")


def prepare() -> None:
    """Let it begin from which processes are forked: it imports what they need while this one imports as much."""
    if PROCESSES > 1:
        forkserver.set_forkserver_preload([_IMPORTED])
        forkserver.ensure_running()


def each(work: Callable[[Batch], Made], batches: Iterable[Batch]) -> Iterator[Made]:
    """Yield what is made of each batch, in order; no more are taken ahead than keep the processes busy.

    Where batches come slowly, what is done does not wait for others.

    What is one batch only is worked on here: processes take a while to start.

    Args:
        work: what is done with a batch; it goes to the processes, pickled, and so does what it holds.
        batches: what it is done with; what it makes is pickled too.

    Raises:
        Exception: what the work raises.
    """
    rest = iter(batches)
    first = list(islice(rest, 2))
    if len(first) < 2 or PROCESSES < 2:
        yield from map(work, chain(first, rest))
    else:
        yield from _elsewhere(work, chain(first, rest))


def _elsewhere(work: Callable[[Batch], Made], batches: Iterable[Batch]) -> Iterator[Made]:
    """Do the work in processes that are forked from one that has imported what they need, and done nothing else.

    Forked from this one they would hold its database connections and its locks.
    """
    waiting: deque[Future[Made]] = deque()
    prepare()
    with ProcessPoolExecutor(PROCESSES, get_context("forkserver"), _begin, (pickle.dumps(work),)) as pool:
        for batch in batches:
            waiting.append(pool.submit(_do, batch))
            while waiting and (waiting[0].done() or len(waiting) > PROCESSES + 1):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


# In the processes.

_WORK: list[bytes] = []
_OBJECTS = 200_000
"""New objects after which garbage is looked for: more than a batch has."""

_NICENESS = 5


def _begin(work: bytes) -> None:
    """Learn what to do once, leave interruptions to the parent, and end when it ends, however that may be.

    What is made for a batch lives until its end, so that to look for garbage meanwhile finds nothing and takes time.
    The parent goes first where there are more of us than cores: all wait for it.
    """
    _WORK.append(work)
    gc.set_threshold(_OBJECTS)
    memory.keep()
    os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _do(batch: object) -> Any:  # noqa: ANN401 - whatever the work makes
    return _unpacked(_WORK[0])(batch)


@lru_cache(maxsize=1)
def _unpacked(work: bytes) -> Callable[[object], Any]:
    """Return the work; here, and not in the beginning, so that what goes wrong reaches the parent."""
    found: Callable[[object], Any] = pickle.loads(work)  # noqa: S301 - it comes from the parent
    return found
