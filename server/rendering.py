"""Rendering: what the store has as stated is rendered anew, on all cores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from mappings.repository import Repository
from records import stated
from records.collections import ancestors
from records.publish import Publication, Published
from records.store import Store
from server import differences, processes
from server.publishing import BATCH, publication, today

Batch = Sequence[bytes]
"""Records as stated, in JSON."""


def render(
    store: Store,
    repository: Repository,
    *,
    within: Sequence[str] | None = None,
    dry_run: bool = False,
    tell: Callable[[str], None] | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> Iterator[Published]:
    """Render stored records anew; what comes out with the same bytes keeps its datestamp.

    A record that is stated anew meanwhile is rendered once more, from that statement.

    Args:
        store: the store.
        repository: what the mappings need to know.
        within: only records of these sets and those below them; None for all.
        dry_run: find out which datestamps would move, and write nothing.
        tell: told, in a dry run, what harvesters would see change, line by line; None for nobody.
        progress: told how many records were done.
    """
    batches: Iterable[Batch] = _stored(store, within)
    while True:
        overtaken: list[str] = []
        for batch in publications(batches, repository):
            results = store.publish(batch, dry_run=dry_run)
            if tell:
                _tell(store, batch, results, tell)
            overtaken += [result.identifier for result in results if result.outcome == "overtaken"]
            yield from (result for result in results if result.outcome != "overtaken")
            progress(len(batch))
        if not overtaken:
            return
        batches = [list(store.stated(overtaken).values())]


def _tell(
    store: Store, batch: Sequence[Publication], results: Sequence[Published], tell: Callable[[str], None]
) -> None:
    for made, result in zip(batch, results, strict=True):
        for line in differences.of(store, made, result):
            tell(line)


def _stored(store: Store, within: Sequence[str] | None) -> Iterator[Batch]:
    for rows in store.all_stated(BATCH) if within is None or within else ():
        yield [row.stated for row in rows if within is None or _stands_in(row.stated, within)]


def _stands_in(kept: bytes, specs: Sequence[str]) -> bool:
    collections = stated.read(kept).collections
    return any(above in specs for spec in collections for above in ancestors(spec))


def publications(batches: Iterable[Batch], repository: Repository) -> Iterator[list[Publication]]:
    """Yield each batch rendered, in order; a record is published only if it is stated still as it was rendered.

    Args:
        batches: records as the store has them.
        repository: what the mappings need to know.
    """
    return processes.each(partial(_rendered, repository=repository, day=today()), batches)


def _rendered(batch: Batch, *, repository: Repository, day: date) -> list[Publication]:
    return [replace(publication(stated.read(kept), repository, day), rendered_from=kept) for kept in batch]
