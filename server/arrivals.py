"""Files on their way into the media folder: they take their places once the record that they belong to is stored.

Else a record that is refused would show the images of another, and one that is not released yet would show its own.
Until then they lie in a folder that only its owner may read. It goes when the load ends; what a killed load left of it
goes with the next one.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from server.held_folders import hold, sweep

_PREFIX = ".load-"


@dataclass
class Arrival:
    """The files of one record.

    Attributes:
        folder: where they are kept once they have arrived.
        room: gives the folder where they wait.
    """

    folder: Path
    room: Callable[[], Path]
    _files: dict[str, Path] = field(default_factory=dict)
    _former: list[str] = field(default_factory=list)

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """Give a file to write into, which waits once all is written.

        Args:
            name: the name that it gets in the end.

        Raises:
            OSError: it cannot be written.
        """
        handle, path = tempfile.mkstemp(dir=self.room())
        os.close(handle)
        made = Path(path)
        try:
            yield made
        except BaseException:
            made.unlink()
            raise
        self._files[name] = made

    def drop(self, names: Iterable[str]) -> None:
        """Let files go when these arrive, if they are there."""
        self._former += names

    def place(self) -> None:
        """Let the files take their places, each whole.

        Raises:
            OSError: one cannot.
        """
        for name, made in self._files.items():
            self.folder.mkdir(parents=True, exist_ok=True)
            made.chmod(0o644)
            shutil.move(made, self.folder / name)  # a folder of a record may lie on another disk
        for name in self._former:
            (self.folder / name).unlink(missing_ok=True)

    def discard(self) -> None:
        """Make room for others: these files will not arrive."""
        for made in self._files.values():
            made.unlink(missing_ok=True)


class Arrivals:
    """The files of a load, record by record."""

    def __init__(self, folder: Path) -> None:
        """Begin, and write nothing yet.

        Args:
            folder: the media folder.
        """
        self._folder = folder
        self._stack = ExitStack()
        self._room: Path | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go what did not arrive."""
        self._stack.close()

    def of(self, identifier: str) -> Arrival:
        """Return what is to hold the files of a record."""
        return Arrival(self._folder / identifier, self._waiting)

    def _waiting(self) -> Path:
        """Return the folder where files wait, made for the first of them.

        Raises:
            OSError: it cannot be made.
        """
        if self._room is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            sweep(self._folder, _PREFIX)
            made = self._stack.enter_context(tempfile.TemporaryDirectory(dir=self._folder, prefix=_PREFIX))
            with suppress(OSError):  # where nobody can lock it nobody can sweep it
                self._stack.callback(os.close, hold(Path(made)))
            self._room = Path(made)
        return self._room
