"""Inputs: the files and endpoints that a load is given, what they hold, and the collections stated beside them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from records import ocr, readers
from records.errors import Fault, RecordError
from records.model import Collection
from records.readers import NO_RECORDS, READERS, REFUSED, collections_csv, collections_toml, rights_toml
from records.readers.found import Options, Unread, file_error
from server import media, merging
from server.harvesting.bookmarks import Bookmark
from server.harvesting.harvest import Harvest

Complain = Callable[[RecordError], None]
"""Is told of each fault as it is found."""


class Input(NamedTuple):
    """What stands in an input: a record, still to be read, or what is wrong there.

    Attributes:
        path: the file, or the address of an endpoint.
        number: its number there, counted from 1.
        found: what was found.
    """

    path: Path | str
    number: int
    found: Unread | RecordError


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a load reads.

    Attributes:
        files: files that a reader takes, in the order of reading.
        folders: where collections and rights may be stated: the folders that were named, those of the files.
        options: how they are to be read.
        size: bytes of the files.
        harvests: other repositories, opened.
    """

    files: Sequence[Path]
    folders: Sequence[Path]
    options: Options
    size: int = 0
    harvests: Sequence[Harvest] = ()
    _marks: deque[tuple[int, Harvest, Bookmark]] = field(default_factory=deque)

    def share(self) -> float:
        """Return how much of the files was read, from 0 to 1."""
        return min(1.0, self.options.meter.read / self.size) if self.size else 1.0

    def collections(self, complain: Complain) -> list[Collection]:
        """Return what is stated of collections; what is wrong is told."""
        found: list[Collection] = []
        for folder in self.folders:
            collections, errors = _stated_in(folder)
            found += collections
            for error in errors:
                complain(error)
        return found

    def approved_rights(self, complain: Complain) -> dict[str, str]:
        """Return the URIs that staff approved for rights statements; what is wrong is told."""
        found: list[tuple[Path, rights_toml.Wording]] = []
        for path in (folder / rights_toml.NAME for folder in self.folders):
            if path.is_file():
                approved, errors = rights_toml.read(path)
                found += [(path, given) for given in approved]
                for error in errors:
                    complain(error)
        uris, errors = rights_toml.table(found)
        for error in errors:
            complain(error)
        return uris

    def unread(self) -> Iterator[Input]:
        """Yield all that stands in the files, then what the endpoints have."""
        total = 0
        for path in self.files:
            for number, found in enumerate(readers.find(path, self.options), start=1):
                total += 1
                yield Input(path, number, found)
        for harvest in self.harvests:
            number = 0
            for given in harvest.found():
                if isinstance(given, Bookmark):
                    self._marks.append((total, harvest, given))
                    continue
                total, number = total + 1, number + 1
                yield Input(harvest.endpoint, number, given)

    def settle(self, done: int) -> None:
        """Remember how far the harvests came.

        Args:
            done: how many of the inputs were published, or cannot be.
        """
        while self._marks and self._marks[0][0] <= done:
            _total, harvest, bookmark = self._marks.popleft()
            harvest.keep(bookmark)


def find(paths: Iterable[Path], options: Options, complain: Complain) -> Inputs:
    """Return the inputs that paths name: files, and folders with all that is in them.

    Args:
        paths: what the user named.
        options: how they are to be read.
        complain: told of what cannot be read.
    """
    files: dict[Path, None] = {}
    folders: dict[Path, None] = {}
    for path in paths:
        found = _files(path)
        if isinstance(found, RecordError):
            complain(found)
            continue
        files.update(dict.fromkeys(file for file in found if file.suffix.lower() in READERS))
        for file in found:
            if file.suffix.lower() in REFUSED:
                complain(file_error(file, REFUSED[file.suffix.lower()]))
        folders.update(dict.fromkeys([path] if path.is_dir() else []))
        folders.update(dict.fromkeys(file.parent for file in found))
    return Inputs(tuple(files), tuple(folders), options, sum(file.stat().st_size for file in files if file.exists()))


_OF_COLLECTIONS = {collections_toml.NAME, collections_csv.NAME}


def _holds_records(path: Path) -> bool:
    return path.suffix.lower() in (READERS.keys() | REFUSED.keys()) and path.name not in _OF_COLLECTIONS


def _stated_in(folder: Path) -> tuple[list[Collection], list[RecordError]]:
    """Return the collections that are stated in a folder, each by one file only, and what is wrong with others."""
    found: dict[str, Collection] = {}
    errors: list[RecordError] = []
    for form in (collections_toml, collections_csv):
        path = folder / form.NAME
        if not path.is_file():
            continue
        collections, wrong = form.read(path)
        errors += wrong
        for collection in collections:
            if collection.spec in found:
                problem = f"is stated by {collections_toml.NAME} too, {collection.spec!r}; keep one of the two"
                errors.append(RecordError(str(path), "", "", (Fault("spec", problem, collection.spec),)))
            else:
                found[collection.spec] = collection
    return list(found.values()), errors


def _files(path: Path) -> list[Path] | RecordError:
    endings = ", ".join(READERS)
    if path.is_dir():
        inside = [file for file in sorted(path.rglob("*")) if _holds_records(file) and file.is_file()]
        shown = [file for file in inside if not any(part.startswith(".") for part in file.relative_to(path).parts)]
        return _without_texts(shown) or file_error(path, f"holds no file that can be read; we read {endings}")
    if not path.exists():
        return file_error(path, "is not there; correct the name")
    if path.name in _OF_COLLECTIONS:
        return file_error(path, "states collections; name the records that it lies beside, or their folder")
    if not _holds_records(path):
        unknown = f"is no kind of file that we read; we read {endings}"
        return file_error(path, NO_RECORDS.get(path.suffix.lower(), unknown))
    return [path]


def _without_texts(files: Sequence[Path]) -> list[Path]:
    """Return files without those that hold the recognised text of a page image beside them."""
    folders = {file.parent for file in files if file.suffix.lower() == ".xml"}
    texts = {
        image.with_name(f"{image.stem}{ending}")
        for folder in folders
        for image in folder.iterdir()
        if image.suffix.lower() in media.ENDINGS
        for ending in ocr.ENDINGS
    }
    return [file for file in files if file not in texts or not ocr.is_ocr(file)]


def repeated(path: Path | str, position: str, identifier: str, first: str, origins: frozenset[str]) -> RecordError:
    """Return what is wrong with a record whose identifier another one has.

    Args:
        path: the input that it stands in.
        position: where in it.
        identifier: the identifier that both have.
        first: where the other one stands, and what its identifier was made of.
        origins: identifiers that this one's was made of.
    """
    of = f", and here for {merging.quoted(origins)}" if origins else ""
    problem = f"stands in {first} already, which was taken{of}; give each record an identifier of its own"
    return RecordError(str(path), position, identifier, (Fault("identifier", problem),))
