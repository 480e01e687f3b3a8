"""What readers find, and what becomes of it: the terms that all of them share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from records.errors import Fault, RecordError
from records.model import Record

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Told(NamedTuple):
    """What staff should know of how a record was read.

    Attributes:
        position: where in the file it stands, such as "row 3" or "record 2 (line 17)".
        mended: what was put right without loss, so that it could be taken.
        noted: what could not be read as what it seems to be; it is kept, as words or as `unmapped`.
        elements: how many elements with a value the source has.
        native_only: the names of those that the record has no field for; the native document keeps them.
    """

    position: str = ""
    mended: tuple[Fault, ...] = ()
    noted: tuple[Fault, ...] = ()
    elements: int = 0
    native_only: tuple[str, ...] = ()


class Taken(NamedTuple):
    """A record that was read."""

    record: Record
    told: Told


class Unread(Protocol):
    """A record as it stands in a file: it can be handed to another process and be read there."""

    def read(self) -> Taken | RecordError:
        """Return the record, or what is wrong with it."""


@dataclass(slots=True)
class Meter:
    """How many bytes of inputs were read."""

    read: int = 0


class _Metered(FileIO):
    """A file that tells a meter what is read of it."""

    def __init__(self, path: Path, meter: Meter) -> None:
        super().__init__(path)
        self._meter = meter

    def readinto(self, buffer: "Buffer") -> int | None:
        """Read as much as the buffer takes."""
        count = super().readinto(buffer)
        self._meter.read += count or 0
        return count


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are to be read.

    Attributes:
        columns: a file that says what the columns of spreadsheets are; None if their headings say so.
        separator: what divides several values in a cell; None for `|`.
        meter: told of what is read.
        parts: whether records may be parts, without a title, that are laid over those of the store.
    """

    columns: Path | None = None
    separator: str | None = None
    meter: Meter = field(default_factory=Meter)
    parts: bool = False

    def open(self, path: Path) -> BufferedReader:
        """Open an input; what is read of it is metered.

        Raises:
            OSError: it cannot be opened.
        """
        return BufferedReader(_Metered(path, self.meter))


Reader = Callable[[Path, Options], Iterator[Unread | RecordError]]


def file_error(source: Path | str, problem: str, position: str = "") -> RecordError:
    """Return what is wrong with a file or an endpoint as a whole, or from a place on."""
    return RecordError(str(source), position, "", (Fault("", problem),))
