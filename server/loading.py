"""Loading: records are read, checked, rendered and published batch by batch, and what became of them is reported."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from mappings.iiif import leaves
from mappings.repository import Repository
from records import stated
from records.collections import with_defaults
from records.errors import Fault, RecordError
from records.model import Collection, Record
from records.publish import Publication, Published
from server import inputs, publishing, rendering
from server.library import Library


@dataclass
class Report:
    """What became of a load.

    Attributes:
        outcomes: how many records were created, updated, and so on.
        moved: by format, how many datestamps moved.
        from_collections: by collection and field, how many records took the value from their collection.
        unmapped: by name, how many records hold a value that has no field here.
        undrawn: characters that no font here can draw.
        rendered: how many records changed since their collection is stated otherwise than before.
        faults: records and files that could not be taken.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    from_collections: Counter[tuple[str, str]] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    undrawn: set[str] = field(default_factory=set)
    rendered: int = 0
    faults: int = 0

    def add(self, results: Iterable[Published]) -> None:
        """Count what became of records."""
        for result in results:
            self.outcomes[result.outcome] += 1
            self.moved.update(result.moved)


@dataclass
class Load:
    """A load of records into a store.

    Attributes:
        library: settings and store.
        dry_run: check and count, and write nothing.
        complain: told of each fault as it is found.
        progress: told of how many records were done.
    """

    library: Library
    dry_run: bool
    complain: inputs.Complain
    progress: Callable[[int], None]
    report: Report = field(default_factory=Report)

    def run(self, paths: Sequence[Path], *, strict: bool = False) -> Report:
        """Load what files and folders hold.

        Args:
            paths: files and folders.
            strict: load everything in one transaction, or, where there is any fault, nothing. Without it what is
                sound is loaded, each batch whole or not at all.
        """
        found = inputs.find(paths, self._fault)
        collections = found.collections(self._fault)
        if strict and not self._all_sound(found):
            return self.report
        stored = self.library.repository()
        declared = {collection.spec: collection for collection in collections}
        repository = replace(stored, collections={**stored.collections, **declared})
        if not self.dry_run:
            publishing.remember_if_new(self.library.store, stored)
        self._take_collections(collections, repository)
        batches = self._batches(found, repository)
        if strict:
            self._report(self.library.store.publish_all(batches, dry_run=self.dry_run))
        else:
            for batch in batches:
                self._report(self.library.store.publish(batch, dry_run=self.dry_run))
        return self.report

    def _take_collections(self, collections: Sequence[Collection], repository: Repository) -> None:
        """Render the records of collections that are stated otherwise than before, then store what is stated.

        In this order a load that is interrupted begins here again.
        """
        store = self.library.store
        changed = store.put_collections(collections, dry_run=True)
        self._render(changed, repository)
        if not self.dry_run:
            store.put_collections(collections)

    def _render(self, changed: Sequence[str], repository: Repository) -> None:
        for result in rendering.render(self.library.store, repository, within=changed, dry_run=self.dry_run):
            self.report.moved.update(result.moved)
            self.report.rendered += bool(result.moved)

    def _all_sound(self, found: inputs.Inputs) -> bool:
        for path, record in found.records(self._fault):
            taken = self.library.media.take(record, path, copy=False)
            if isinstance(taken, RecordError):
                self._fault(taken)
        return not self.report.faults

    def _batches(self, found: inputs.Inputs, repository: Repository) -> Iterator[list[Publication]]:
        """Yield what is to be published; a record that is stated as before is not rendered again."""
        settled = not publishing.outdated(self.library.store, repository)
        yield from rendering.publications(self._stated(found, repository, settled=settled), repository)

    def _stated(self, found: inputs.Inputs, repository: Repository, *, settled: bool) -> Iterator[list[bytes]]:
        """Yield what is stated anew, batch by batch; if all is settled, what the store has already is unchanged."""
        taken = self._taken(found, repository)
        while batch := list(islice(taken, publishing.BATCH)):
            known = self.library.store.stated([record.identifier for record in batch]) if settled else {}
            written = [(record, stated.write(record)) for record in batch]
            new = [said for record, said in written if record.embargoed_until or known.get(record.identifier) != said]
            self.report.outcomes.update({"unchanged": len(batch) - len(new)} if len(new) < len(batch) else {})
            yield new
            self.progress(len(batch))

    def _taken(self, found: inputs.Inputs, repository: Repository) -> Iterator[Record]:
        """Yield the records that can be taken, with their page images."""
        for path, record in found.records(self._fault):
            taken = self.library.media.take(record, path, copy=not self.dry_run)
            if isinstance(taken, RecordError):
                self._fault(taken)
            else:
                self._note(taken, repository)
                yield taken

    def _report(self, results: Sequence[Published]) -> None:
        self.report.add(results)
        for result in results:
            if result.outcome == "refused":
                self._fault(RecordError("", "", result.identifier, (Fault("oai_identifier", result.problem),)))

    def _note(self, record: Record, repository: Repository) -> None:
        """Count what staff should know of a record that is taken."""
        shown, filled = with_defaults(record, repository.collections)
        self.report.from_collections.update((spec, name) for name, spec in filled.items())
        self.report.unmapped.update(record.unmapped.keys())
        self.report.undrawn.update(leaves.missing(shown))

    def _fault(self, error: RecordError) -> None:
        self.report.faults += 1
        self.complain(error)
