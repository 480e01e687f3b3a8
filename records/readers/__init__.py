"""Readers: each takes one kind of input and finds records in it, or errors that say what is wrong with it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from records.errors import RecordError
from records.model import Record
from records.readers import json


class Unread(Protocol):
    """A record as it stands in a file: it can be handed to another process and be read there."""

    def read(self) -> Record | RecordError:
        """Return the record, or what is wrong with it."""


Reader = Callable[[Path], Iterator[Unread | RecordError]]

READERS: dict[str, Reader] = {
    ".json": json.find,
    ".jsonl": json.find,
    ".ndjson": json.find,
}
"""The ending of a file name to the reader of such files: the one registry."""


def find(path: Path) -> Iterator[Unread | RecordError]:
    """Yield the records of a file, still to be read, or what is wrong with it.

    Args:
        path: a file that a reader takes.
    """
    return READERS[path.suffix.lower()](path)


def read(path: Path) -> Iterator[Record | RecordError]:
    """Yield the records of a file, or what is wrong with them.

    Args:
        path: a file that a reader takes.
    """
    return (found if isinstance(found, RecordError) else found.read() for found in find(path))
