"""Readers: each takes one kind of input and finds records in it, or errors that say what is wrong with it."""

from collections.abc import Iterator
from pathlib import Path

from records.errors import RecordError
from records.readers import json, sheets, xml
from records.readers.found import Options, Reader, Taken, Unread

READERS: dict[str, Reader] = {
    ".json": json.find,
    ".jsonl": json.find,
    ".ndjson": json.find,
    ".xml": xml.find,
    ".csv": sheets.find,
    ".tsv": sheets.find,
    ".tab": sheets.find,
    ".xlsx": sheets.find,
}
"""The ending of a file name to the reader of such files: the one registry."""

_BINARY_MARC = "is MARC in its binary form; export the records as MARCXML, or convert them, with MarcEdit for example"
_WORKBOOK = "is a spreadsheet of a kind that we do not read; save it as .xlsx or CSV UTF-8"

REFUSED = {**dict.fromkeys((".mrc", ".marc"), _BINARY_MARC), **dict.fromkeys((".xls", ".ods"), _WORKBOOK)}
"""The ending of a file of records that we do not read, to what is said of it, in a folder too."""

_SOUND_OR_FILM = "is sound or film, which we do not publish; load a record of it, with a link to where it is"
_RECOGNISED = "is the recognised text of a page image; put it beside the image, and load the record"

NO_RECORDS = {
    **dict.fromkeys((".mp3", ".wav", ".flac", ".ogg", ".m4a", ".mp4", ".mov", ".avi", ".mkv", ".webm"), _SOUND_OR_FILM),
    **dict.fromkeys((".hocr", ".html", ".htm"), _RECOGNISED),
    ".pdf": "is no record; name it in the pages of one, as 'file', and load that",
}
"""The ending of a file that may lie beside records, to what is said of it where it is named as an input."""


def find(path: Path, options: Options) -> Iterator[Unread | RecordError]:
    """Yield the records of a file, still to be read, or what is wrong with it.

    Args:
        path: a file that a reader takes.
        options: how it is to be read.
    """
    return READERS[path.suffix.lower()](path, options)


def read(path: Path, options: Options | None = None) -> Iterator[Taken | RecordError]:
    """Yield the records of a file, or what is wrong with them.

    Args:
        path: a file that a reader takes.
        options: how it is to be read.
    """
    found = find(path, options or Options())
    return (item if isinstance(item, RecordError) else item.read() for item in found)
