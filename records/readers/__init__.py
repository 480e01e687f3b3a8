"""Readers: each takes one kind of input and yields records, or errors that say what is wrong with one."""

from collections.abc import Callable, Iterator
from pathlib import Path

from records.errors import RecordError
from records.model import Record
from records.readers import json

Reader = Callable[[Path], Iterator[Record | RecordError]]

READERS: dict[str, Reader] = {
    ".json": json.read,
    ".jsonl": json.read,
    ".ndjson": json.read,
}
"""The ending of a file name to the reader of such files: the one registry."""
