"""Rendering on all cores: what is stated goes out to processes in batches, and comes back in order, to be published."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread

from mappings.repository import Repository
from records import stated
from records.collections import ancestors
from records.publish import Publication, Published
from records.store import Store
from server.publishing import BATCH, publication, today

PROCESSES = os.cpu_count() or 1
"""How many render at a time."""

Batch = Sequence[bytes]
"""Records as stated, in JSON."""

_Work = Callable[[Batch], list[Publication]]


def render(
    store: Store,
    repository: Repository,
    *,
    within: Sequence[str] | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _count: None,
) -> Iterator[Published]:
    """Render stored records anew; what comes out with the same bytes keeps its datestamp.

    A record that is stated anew meanwhile is rendered once more, from that statement.

    Args:
        store: the store.
        repository: what the mappings need to know.
        within: only records of these sets and those below them; None for all.
        dry_run: find out which datestamps would move, and write nothing.
        progress: told how many records were done.
    """
    batches: Iterable[Batch] = _stored(store, within)
    while True:
        overtaken: list[str] = []
        for batch in publications(batches, repository, stored=True):
            results = store.publish(batch, dry_run=dry_run)
            overtaken += [result.identifier for result in results if result.outcome == "overtaken"]
            yield from (result for result in results if result.outcome != "overtaken")
            progress(len(batch))
        if not overtaken:
            return
        batches = [list(store.stated(overtaken).values())]


def _stored(store: Store, within: Sequence[str] | None) -> Iterator[Batch]:
    for rows in store.all_stated(BATCH) if within is None or within else ():
        yield [row.stated for row in rows if within is None or _stands_in(row.stated, within)]


def _stands_in(kept: bytes, specs: Sequence[str]) -> bool:
    collections = stated.read(kept).collections
    return any(above in specs for spec in collections for above in ancestors(spec))


def publications(
    batches: Iterable[Batch], repository: Repository, *, stored: bool = False
) -> Iterator[list[Publication]]:
    """Yield each batch rendered, in order; no more are read ahead than keep the processes busy.

    What is one batch only is rendered here: processes take a while to start.

    Args:
        batches: records as stated.
        repository: what the mappings need to know.
        stored: whether the store holds them as stated: they are published only if it still does.
    """
    work = partial(_rendered, repository=repository, day=today(), stored=stored)
    rest = iter(batches)
    first = list(islice(rest, 2))
    if len(first) < 2 or PROCESSES < 2:
        yield from map(work, chain(first, rest))
    else:
        yield from _rendered_elsewhere(chain(first, rest), work)


def _rendered(batch: Batch, *, repository: Repository, day: date, stored: bool) -> list[Publication]:
    found = [publication(stated.read(kept), repository, day) for kept in batch]
    if not stored:
        return found
    return [replace(made, rendered_from=kept) for made, kept in zip(found, batch, strict=True)]


def _rendered_elsewhere(batches: Iterable[Batch], work: _Work) -> Iterator[list[Publication]]:
    waiting: deque[Future[list[Publication]]] = deque()
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _begin, (work,)) as pool:
        for batch in batches:
            waiting.append(pool.submit(_render, batch))
            if len(waiting) > PROCESSES + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


# In the processes.

_WORK: list[_Work] = []


def _begin(work: _Work) -> None:
    """Learn what to do once, leave interruptions to the parent, and end when it ends, however that may be."""
    _WORK.append(work)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _render(batch: Batch) -> list[Publication]:
    return _WORK[0](batch)
