"""Loading: records are read, checked, rendered and published batch by batch, and what became of them is reported."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from mappings.repository import Repository
from records.errors import Fault, RecordError
from records.model import Collection
from records.publish import Publication, Published
from records.readers.found import Options
from server import differences, inputs, merging, places, processes, publishing, reading, rendering
from server.arrivals import Arrival, Arrivals
from server.harvesting.harvest import Harvest
from server.harvesting.repository import HarvestError
from server.library import Library
from server.reading import Read
from server.replacing import Standing
from server.reports import findings
from server.reports.findings import Finding
from server.reports.report import Report
from server.seen import Seen

_PROBLEMS = {
    "refused": ("oai_identifier", ""),
    "overtaken": ("", "was stated anew by somebody else meanwhile, and stays so; load again"),
}
"""Outcomes by which nothing is written: the field that is to blame, and what is wrong where the store does not say."""

_MUCH = 1000
"""Records of a load after which the database is to look at what it holds."""

_Work = Callable[[list[inputs.Input]], list[Read]]


@dataclass
class Load:
    """A load of records into a store.

    Attributes:
        library: settings and store.
        dry_run: check and count, and write nothing.
        options: how inputs are read; parts are laid over the records of the store, instead of replacing them.
        tell: told of each finding as it is made.
        progress: told of how many records were done, and which share of the input was read.
        replace: the set that the input is the whole of; empty if it is of none.
        sure: whether more than a tenth of that set may leave it.
        diff: tell what harvesters would see change, in a dry run.
        say: told of each record that leaves that set, of differences line by line, and of each endpoint that is
            going to be harvested.
    """

    library: Library
    dry_run: bool
    tell: Callable[[Finding], None]
    progress: Callable[[int, float], None] = lambda _count, _share: None
    options: Options = field(default_factory=Options)
    replace: str = ""
    sure: bool = False
    diff: bool = False
    say: Callable[[str], None] = lambda _line: None
    report: Report = field(default_factory=Report)
    _standing: Standing | None = None
    _left: dict[str, str] = field(default_factory=dict)
    _batch: dict[str, Publication] = field(default_factory=dict)
    _arrivals: Arrivals = field(init=False)
    _waiting: list[tuple[str, Arrival]] = field(default_factory=list)

    def run(self, paths: Sequence[Path], harvests: Sequence[Harvest] = (), *, strict: bool = False) -> Report:
        """Load what files and folders hold, and what other repositories have.

        Args:
            paths: files and folders.
            harvests: other repositories; they are loaded as far as they answer, and not with `strict`.
            strict: load everything in one transaction, or, where there is any fault, nothing. Without it what is
                sound is loaded, each batch whole or not at all.
        """
        self._standing = Standing(self.library.store, self.replace) if self.replace else None
        found = inputs.find(paths, self.options, self._unread)
        found = replace(found, harvests=[harvest for harvest in harvests if self._opens(harvest)])
        collections = found.collections(self._fault)
        rights = found.approved_rights(self._fault)
        if strict and not self._all_sound(found, rights):
            return self.report
        self.options.meter.read = 0
        stored = self.library.repository()
        declared = {collection.spec: collection for collection in collections}
        named = {
            spec: Collection(spec=spec, title=title)
            for harvest in found.harvests
            for spec, title in harvest.titles.items()
        }
        repository = replace(stored, collections={**named, **stored.collections, **declared})
        if not self.dry_run:
            publishing.remember_if_new(self.library.store, stored)
        self._take_collections(collections, repository)
        batches = self._noted(chain(self._batches(found, repository, rights), self._leaving(repository, strict=strict)))
        with Arrivals(self.library.media.folder) as self._arrivals:
            self._publish(batches, strict=strict)
        if not self.dry_run and self.report.outcomes.total() >= _MUCH:
            self.library.store.database.take_stock()
        return self.report

    def _publish(self, batches: Iterable[list[Publication]], *, strict: bool) -> None:
        """Publish batches, and let the files of their records take their places once they are written."""
        store = self.library.store
        if strict:
            unwritten = self._report(store.publish_all(batches, dry_run=self.dry_run))
            nothing = "refused" in unwritten.values()
            self._place({name for name, _arrival in self._waiting} if nothing else unwritten)
            return
        for batch in batches:
            self._place(self._report(store.publish(batch, dry_run=self.dry_run)))

    def _place(self, unwritten: Container[str]) -> None:
        """Let files take their places, but for those of records that were not written."""
        for identifier, arrival in self._waiting:
            if identifier in unwritten:
                arrival.discard()
                continue
            try:
                arrival.place()
            except OSError as error:
                problem = (
                    f"cannot be put into {arrival.folder} ({error}); make room, or give the right to, and load again"
                )
                self._fault(RecordError("", "", identifier, (Fault("pages", problem),)))
        self._waiting.clear()

    def _noted(self, batches: Iterable[list[Publication]]) -> Iterator[list[Publication]]:
        """Yield batches, and know which one is published now."""
        for batch in batches:
            self._batch = {publication.identifier: publication for publication in batch}
            yield batch

    def _leaving(self, repository: Repository, *, strict: bool) -> Iterator[list[Publication]]:
        """Yield what is to be published of the records that the input, the whole of a set, did not show."""
        if self._standing is None or (strict and self.report.faults) or self._withheld(self._standing):
            return
        for batch in self._standing.leaving(repository):
            self._left = {each.publication.identifier: each.said for each in batch}
            yield [each.publication for each in batch]

    def _withheld(self, standing: Standing) -> bool:
        self.report.withheld = standing.refusal(sure=self.sure)
        return bool(self.report.withheld)

    def _opens(self, harvest: Harvest) -> bool:
        try:
            self.say(harvest.open())
        except HarvestError as error:
            self._unread(harvest.error(error))
            return False
        return True

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
        tell = self.say if self.diff else None
        store, dry_run = self.library.store, self.dry_run
        for result in rendering.render(store, repository, within=changed, dry_run=dry_run, tell=tell):
            self.report.moved.update(result.moved)
            self.report.rendered += bool(result.moved)

    def _all_sound(self, found: inputs.Inputs, rights: Mapping[str, str]) -> bool:
        work = partial(reading.checked, library=self.library, rights=rights, merge=self.options.parts)
        for _batch, _count in self._read(found, work, copy=False):
            pass
        return not self.report.faults and not (self._standing and self._withheld(self._standing))

    def _batches(
        self, found: inputs.Inputs, repository: Repository, rights: Mapping[str, str]
    ) -> Iterator[list[Publication]]:
        """Yield what is to be published; a record that is stated as before is not rendered again.

        Of one that was harvested twice the last is published. What was yielded is published when the next is asked for.
        """
        done = 0
        settled = not publishing.outdated(self.library.store, repository)
        day = publishing.today()
        work = partial(
            reading.prepared,
            library=self.library,
            repository=repository,
            rights=rights,
            day=day,
            settled=settled,
            merge=self.options.parts,
        )
        for batch, count in self._read(found, work, copy=not self.dry_run):
            self._note(batch)
            yield list({read.identifier: read.publication for read in batch if read.publication}.values())
            self.progress(len(batch), found.share())
            done += count
            self._settle(found, done)
        self._settle(found, done)

    def _settle(self, found: inputs.Inputs, done: int) -> None:
        if not self.dry_run:
            found.settle(done)

    def _read(self, found: inputs.Inputs, work: _Work, *, copy: bool) -> Iterator[tuple[list[Read], int]]:
        """Yield the records that can be taken, batch by batch, and how many there were; what is wrong is told.

        Of two records with one identifier the first is taken.

        Raises:
            StoreError: there is no room for temporary files.
        """
        seen = Seen()
        for batch in processes.each(work, _divided(found.unread())):
            yield [read for read in batch if self._takes(read, seen, copy=copy)], len(batch)

    def _takes(self, read: Read, seen: Seen, *, copy: bool) -> bool:
        problem = self._problem(read, seen, copy=copy)
        if problem:
            self._unread(problem)
        return problem is None

    def _problem(self, read: Read, seen: Seen, *, copy: bool) -> RecordError | None:
        """Return why a record is not taken; if it is, its page images are copied, and wait to take their places."""
        of = f" for {merging.quoted(read.origins)}" if read.origins else ""
        place = f"{read.path}, {read.place}{of}"
        if self._standing and read.identifier:
            self._standing.met(read.identifier)
        first = seen.first(read.identifier, place) if read.identifier else None
        if first and not (read.is_harvested and first == place):
            return inputs.repeated(read.path, read.place, read.identifier, first, read.origins)
        if read.problem or not (copy and read.with_images):
            return read.problem
        arrival = self._arrivals.of(read.identifier)
        taken = self.library.media.take(read.with_images, Path(read.path), arrival)
        if isinstance(taken, RecordError):
            arrival.discard()
            return replace(taken, faults=places.stated(taken.faults, read.path))
        self._waiting.append((read.identifier, arrival))
        return None

    def _report(self, results: Iterable[Published]) -> dict[str, str]:
        """Count what became of records, tell what is wrong, and return the outcomes of those that were not written."""
        unwritten = {}
        for result in results:
            if self.diff:
                self._tell_all(differences.of(self.library.store, self._batch[result.identifier], result))
            if said := self._left.get(result.identifier):
                self._tell_left(result, said)
            else:
                self.report.add(result)
            if problem := _PROBLEMS.get(result.outcome):
                unwritten[result.identifier] = str(result.outcome)
                fault = Fault(problem[0], result.problem or problem[1])
                self._fault(RecordError("", "", result.identifier, (fault,)))
        return unwritten

    def _tell_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.say(line)

    def _tell_left(self, result: Published, said: str) -> None:
        """Count a record that leaves the set that the input is the whole of."""
        if result.outcome not in _PROBLEMS:
            self.report.left[said] += 1
            self.report.moved.update(result.moved)
            self.say(f"{result.identifier}: {'would be ' if self.dry_run else ''}{said}")

    def _unread(self, error: RecordError) -> None:
        """Tell a fault in an input that hides what stands there."""
        if self._standing:
            self._standing.faulty(error)
        self._fault(error)

    def _note(self, batch: Sequence[Read]) -> None:
        self.report.note(batch)
        for read in batch:
            told = read.told
            for finding in findings.told(str(read.path), told.position, read.identifier, told.mended, told.noted):
                self.tell(finding)

    def _fault(self, error: RecordError) -> None:
        self.report.faults += 1
        for finding in findings.refused(error):
            self.tell(finding)


def _divided(found: Iterator[inputs.Input]) -> Iterator[list[inputs.Input]]:
    while batch := list(islice(found, publishing.BATCH)):
        yield batch
