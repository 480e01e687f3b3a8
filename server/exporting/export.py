"""An export: records are chosen, written one by one, and what they could not be written with is counted."""

import csv
import io
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO

from records import stated
from records.collections import ancestors, set_specs
from records.model import FUNDERS, Download, Page, Record
from records.store import Shown
from server.exporting import sheet, targets
from server.exporting.collections import toml
from server.exporting.forms import CSV, FORMS, Form
from server.exporting.targets import ExportError
from server.library import Library, read_record
from server.publishing import BATCH


@dataclass
class Exported:
    """What became of an export.

    Attributes:
        records: how many records were written.
        without: how many that were asked for have no document in the format: hidden, deleted, or unable to fill it.
        unknown: identifiers that the store does not know.
        lost: by field, how many values a sheet does not say, or not wholly.
        images: how many page images and PDFs were copied.
        kept_images: how many are named in a file that they do not lie beside.
        missing: how many are not in the media folder.
    """

    records: int = 0
    without: int = 0
    unknown: list[str] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    images: int = 0
    kept_images: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Export:
    """What is to be exported.

    Attributes:
        library: settings and store.
        name: the name of the form (FORMS).
        identifiers: the records; none for all.
        spec: only records of this set and those below it; empty for all.
        progress: told of how many records were looked at.
        complain: told what is missing.
    """

    library: Library
    name: str
    identifiers: Sequence[str] = ()
    spec: str = ""
    progress: Callable[[int], None] = lambda _count: None
    complain: Callable[[str], None] = lambda _line: None

    @property
    def form(self) -> Form:
        """The form."""
        return FORMS[self.name]

    def to_folder(self, path: Path) -> Exported:
        """Write a file for each record, with its page images beside it if it is written as it was stated.

        The form is one that has such files (Form.apart).

        Args:
            path: a folder that is new or empty; it has its name once all is written.

        Raises:
            ExportError: it cannot be written.
        """
        done = Exported()
        with targets.folder(path) as made:
            for identifier, document in self._documents(done, made):
                with (made / f"{identifier}{self.form.ending}").open("xb") as file:
                    file.write(self.form.before + document + b"\n")
            if not self.form.published:
                self._write_collections(made)
        return done

    def to_file(self, path: Path) -> Exported:
        """Write one file of all records.

        Args:
            path: a file that is not there; it has its name once all is written.

        Raises:
            ExportError: it cannot be written, or there is no file of many records in that form.
        """
        if self.form.opening is None:
            able = ", ".join(name for name, form in FORMS.items() if form.opening is not None)
            raise ExportError(f"{self.name} has no file of many records ({able} have); leave out --single")
        done = Exported()
        opened: AbstractContextManager[IO[bytes]] = targets.file(path)
        with opened as made:
            made.write(self.form.opening)
            for number, (_identifier, document) in enumerate(self._documents(done, None)):
                made.write((self.form.between if number else b"") + document)
            made.write(self.form.closing)
        return done

    def _documents(self, done: Exported, folder: Path | None) -> Iterator[tuple[str, bytes]]:
        """Yield each record by identifier, as it is to be written."""
        if self.form.published:
            yield from self._published(done)
        elif self.name == CSV:
            yield from self._rows(done)
        else:
            for record in self._stated(done, folder):
                text = record.model_dump(mode="json", exclude_defaults=True)
                yield record.identifier, json.dumps(text, ensure_ascii=False, indent=2 if folder else None).encode()

    def _published(self, done: Exported) -> Iterator[tuple[str, bytes]]:
        for rows in self._chosen(done):
            found = self.library.store.documents([row.identifier for row in rows], self.name)
            done.without += len(rows) - len(found)
            for row in rows:
                if row.identifier in found:
                    done.records += 1
                    yield row.identifier, found[row.identifier]

    def _stated(self, done: Exported, folder: Path | None) -> Iterator[Record]:
        """Yield records as they were stated; page images are named by where a load will find them."""
        for rows in self._chosen(done):
            for row in rows:
                record = stated.read(row.stated)
                done.records += 1
                changed = {
                    name: tuple(self._placed(record.identifier, item, done, folder) for item in items)
                    for name, items in (("pages", record.pages), ("downloads", record.downloads))
                    if items
                }
                yield record.model_copy(update=changed)

    def _placed(self, identifier: str, page: Page | Download, done: Exported, folder: Path | None) -> Page | Download:
        if page.file is None:
            return page
        image = self.library.media.path(identifier, page)
        name = f"{identifier}/{image.name}"
        if not image.is_file():
            done.missing += 1
            self.complain(f"{image}: this file is missing; put it back, or load its record again")
        elif folder:
            (folder / identifier).mkdir(exist_ok=True)
            shutil.copyfile(image, folder / name)
            done.images += 1
        else:
            done.kept_images += 1
        return page.model_copy(update={"file": name})

    def _rows(self, done: Exported) -> Iterator[tuple[str, bytes]]:
        """Yield the headings that the records need, then a row for each; the store is read twice for that."""
        headings: dict[str, None] = {"identifier": None, "title": None}
        for record in replace(self, complain=_silent)._stated(Exported(), None):
            headings.update(dict.fromkeys(sheet.row(record)[0]))
        yield "", _line(headings)
        for record in self._stated(done, None):
            cells, lost = sheet.row(record)
            done.lost.update(lost)
            yield record.identifier, _line(cells.get(heading, "") for heading in headings)

    def _chosen(self, done: Exported) -> Iterator[list[Shown]]:
        """Yield the records that are asked for, batch by batch."""
        repository = self.library.repository()
        for rows in self._named(done) if self.identifiers else self.library.store.all_stated(BATCH):
            if not self.spec:
                yield rows
            else:
                yield [row for row in rows if self._stands_in(set_specs(read_record(row.stated, repository)))]
            self.progress(len(rows))

    def _stands_in(self, specs: Sequence[str]) -> bool:
        return any(self.spec in ancestors(spec) for spec in specs)

    def _named(self, done: Exported) -> Iterator[list[Shown]]:
        wanted = iter(dict.fromkeys(self.identifiers))
        while batch := list(islice(wanted, BATCH)):
            found = self.library.store.stated(batch)
            done.unknown += [identifier for identifier in batch if identifier not in found]
            yield [Shown(name, found[name], withdrawn=False) for name in batch if name in found]

    def _write_collections(self, folder: Path) -> None:
        known = self.library.store.collections()
        collections = [known[spec] for spec in sorted(known) if FUNDERS not in ancestors(spec)]
        if collections:
            (folder / "collections.toml").write_text(toml(collections), encoding="utf-8")


def _silent(_line: str) -> None:
    """Say nothing."""


def _line(cells: Iterator[str] | dict[str, None]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()
