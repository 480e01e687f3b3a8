"""Where an export goes: a folder or a file that gets its name when it is whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from records.database import StoreError


class ExportError(StoreError):
    """The export cannot be written; says why, and the remedy."""


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """Give a folder to write into, which becomes the one that was named once all is done.

    Args:
        path: the folder; it may be there if it is empty.

    Raises:
        ExportError: it is there already, or cannot be written.
    """
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise ExportError(f"{path} is there already; name a folder that is new or empty")
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
        try:
            yield made
            made.chmod(0o755)
            made.replace(path)
        finally:
            shutil.rmtree(made, ignore_errors=True)


@contextmanager
def file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write into, which becomes the one that was named once all is done.

    Args:
        path: the file.

    Raises:
        ExportError: it is there already, or cannot be written.
    """
    if path.exists():
        raise ExportError(f"{path} is there already; choose another name")
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as made:
                yield made
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror}); make room, or choose another place") from error
