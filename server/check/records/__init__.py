"""Whether our own records are in order: what walks the store.

Each record that is shown is read as the world reads it: its stored documents, its manifest and its web page, which our
own application writes. What they must hold is what the store says that the record states.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from server import processes
from server.check.findings import Arrival, CannotCheckError, Readiness, Report, Share, Unchecked
from server.check.records import manifests
from server.check.records.aggregators import AGGREGATORS, DPLA, Aggregator, arrivals, lacking
from server.check.records.checks import CODES, VALID
from server.check.records.completeness import FIELDS
from server.check.records.examiner import Examiner, Stored
from server.check.records.formats import FORMATS, MANIFEST
from server.check.records.item import Item
from server.check.records.readings import Found
from server.check.records.tally import Tally
from server.library import Library

BATCH = 50
"""Records that are looked at in one go."""


def check_records(
    library: Library, *, schemas: Path | None, pause: float | None, progress: Callable[[int], None]
) -> Report:
    """Return what was found in the store's records.

    Args:
        library: the store and its settings.
        schemas: the folder of the official schemas; None to fetch them from their publishers,
        pause: with so many seconds between two requests; None to fetch nothing.
        progress: is told how many records were looked at.

    Raises:
        CannotCheckError: no record is shown, or the folder has no catalog.
    """
    missing = _missing(library, schemas, pause)
    examiner = Examiner(library.config, schemas, pause, [code for code in VALID if code not in missing])
    total, stopped = Tally(), False
    try:
        for tally in processes.each(examiner, _batches(library)):
            total.add(tally)
            progress(tally.records)
    except KeyboardInterrupt:
        stopped = True
    finally:
        examiner.close()
    if not total.records and not stopped:
        raise CannotCheckError(f"{library.store.database.name} shows no record; load some, and check again")
    total.unchecked.update((Unchecked(code, reason), None) for code, reason in missing.items())
    return _report(library, total, stopped=stopped)


def check_record(library: Library, identifier: str, *, schemas: Path | None, pause: float | None) -> Report:
    """Return what was found in one record, and what each aggregator makes of it, field by field.

    Args:
        library: the store and its settings.
        identifier: the record's local identifier.
        schemas: the folder of the official schemas; None to fetch them from their publishers,
        pause: with so many seconds between two requests; None to fetch nothing.

    Raises:
        CannotCheckError: the record is not shown, or the folder has no catalog.
    """
    kept = library.store.stated([identifier]).get(identifier)
    missing = _missing(library, schemas, pause)
    examiner = Examiner(library.config, schemas, pause, [code for code in VALID if code not in missing])
    try:
        item = examiner.item(Stored(identifier, kept)) if kept else None
        if item is None:
            raise CannotCheckError(f"the store shows no record {identifier}; identifiers are those of the input")
        seen = examiner.seen(item)
    finally:
        examiner.close()
    seen.unchecked.update((Unchecked(code, reason), None) for code, reason in missing.items())
    report = _report(library, seen, stopped=False)
    arrived = arrivals(item)
    made = [_arrival(each, arrived[each.name], item) for each in AGGREGATORS if each is not DPLA]
    return replace(report, target=f"the record {identifier}", completeness=(), readiness=(), arrivals=made)


def _arrival(each: Aggregator, found: Found, item: Item) -> Arrival:
    harvested = each.format in item.documents
    name = each.name if harvested else f"{each.name}, which gets no {each.format} of it (what stands for it elsewhere)"
    return Arrival(name, list(lacking(each, found)), found)


def _missing(library: Library, schemas: Path | None, pause: float | None) -> dict[str, str]:
    """Return the rules whose schemas cannot be had; this process fetches for all."""
    first = Examiner(library.config, schemas, pause)
    try:
        return first.missing()
    finally:
        first.close()


def _batches(library: Library) -> Iterator[list[Stored]]:
    for rows in library.store.all_stated(BATCH):
        yield [Stored(row.identifier, row.stated) for row in rows if not row.withdrawn]


def _report(library: Library, total: Tally, *, stopped: bool) -> Report:
    unchecked = [*total.unchecked, *_without_occasion(total)]
    if stopped:
        reason = f"the check was stopped after {total.records} records"
        unchecked += (Unchecked(code, reason) for code in CODES)
    findings = [finding for code in CODES for finding in total.findings.get(code, ())]
    name = f"the records of {library.store.database.name}"
    return Report(
        name,
        CODES,
        findings,
        unchecked,
        requests=0,
        records=total.records,
        stopped=stopped,
        beyond=total.beyond,
        completeness=[Share(field, total.stated[field]) for field in FIELDS],
        readiness=[_readiness(each, total) for each in AGGREGATORS],
    )


def _readiness(each: Aggregator, total: Tally) -> Readiness:
    asked, wanted = (
        [Share(field, total.met[each.name, field]) for field in fields] for fields in (each.asked, each.wanted)
    )
    codes = [need.code for need in each.asked.values()] if each.tells else []
    return Readiness(each.name, total.ready[each.name], asked, wanted, codes)


def _without_occasion(total: Tally) -> Iterator[Unchecked]:
    """Yield the rules that no record gave an occasion to try."""
    for name, form in FORMATS.items():
        if not total.documents[name]:
            yield Unchecked(form.rule, f"no record has a document in {name}")
    if not total.documents[MANIFEST]:
        yield from (Unchecked(code, "no record has a manifest here") for code in manifests.CHECKS)
