"""The backup: one file that holds a whole store, and can be restored into SQLite and PostgreSQL alike.

It is gzipped lines of JSON: a heading (what made it, and which store), then for each table its name and columns and a
line for each row, and a closing line with the checksum of all lines before it. Bytes stand in it as the
UTF-8 text that they are; what is no UTF-8 stands as it is.
"""

import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, func, select

from records.database import Database, StoreError
from records.tables import (
    SCHEMA,
    changes,
    clock,
    entries,
    facts,
    listings,
    members,
    passages,
    records,
    representations,
    sets,
)

TABLES: Sequence[Table] = (facts, clock, sets, records, representations, entries, listings, members, changes, passages)
"""What a backup holds, in its order; the schema stands in the heading. Activities are told anew when it is restored."""

FORM = "dragoman backup"
"""The name of the form, with which every backup begins."""

BATCH = 500
"""Rows that are held in memory."""

COMPRESSION = 3
"""As much smaller as costs little time."""

Progress = Callable[[int], None]


def back_up(database: Database, path: Path, *, force: bool, progress: Progress) -> dict[str, Any]:
    """Write a store to a file, as it stands at one moment, while others read and write; return the heading.

    The file gets its name when it is whole.

    Args:
        database: the store's.
        path: the file.
        force: write over a file that is there.
        progress: told how many records were written.

    Raises:
        StoreError: the file is there already, or cannot be written.
    """
    if path.exists() and not force:
        raise StoreError(f"{path} is there already; choose another name, or write over it with --force")
    with _becoming(path) as file, database.reading() as (connection, now):
        return _write(connection, now, file, progress)


@contextmanager
def _becoming(path: Path) -> Iterator[gzip.GzipFile]:
    """Give a file under another name in the same folder, that gets its own when all went well."""
    partial = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as raw:
            partial = Path(raw.name)
            with gzip.GzipFile(fileobj=raw, mode="wb", filename="", compresslevel=COMPRESSION) as file:
                yield file
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}); make room, or choose another folder") from None
    finally:
        if partial:
            partial.unlink(missing_ok=True)


def _write(connection: Connection, now: int, file: gzip.GzipFile, progress: Progress) -> dict[str, Any]:
    digest = blake2b(digest_size=16)

    def put(value: object) -> None:
        line = _line(value)
        digest.update(line)
        file.write(line)

    count = connection.execute(select(func.count()).select_from(records)).scalar_one()
    heading = {"form": FORM, "program": version("dragoman"), "schema": SCHEMA, "time": now, "records": count}
    put(heading)
    for table in TABLES:
        put({"table": table.name, "columns": [column.name for column in table.columns]})
        for row in connection.execute(select(table), execution_options={"yield_per": BATCH}):
            put([_text(value) if isinstance(value, bytes) else value for value in row])
            if table is records:
                progress(1)
    file.write(_closing(digest.hexdigest()))
    return heading


def _text(value: bytes) -> str:
    return value.decode(errors="surrogateescape")


class Backup:
    """A backup that is being read: found whole, and of this schema.

    Attributes:
        path: its file.
        heading: what made it, the schema, the time, how many records it holds.
    """

    def __init__(self, path: Path, file: gzip.GzipFile) -> None:
        self.path, self._file = path, file
        self.heading = self._heading()
        self._check()

    def _heading(self) -> dict[str, Any]:
        try:
            found = json.loads(self._file.readline())
        except (ValueError, OSError, EOFError, zlib.error):
            found = None
        if not isinstance(found, dict) or found.get("form") != FORM:
            raise StoreError(f"{self.path} is no backup; name a file that 'dragoman backup' wrote")
        if found["schema"] > SCHEMA:
            raise StoreError(
                f"{self.path} was written by a later Dragoman ({found['program']}, schema {found['schema']}; this "
                f"program knows {SCHEMA}); restore it with that program, or a later one"
            )
        if found["schema"] < SCHEMA:
            raise StoreError(
                f"{self.path} was written by an earlier Dragoman ({found['program']}, schema {found['schema']}; this "
                f"program needs {SCHEMA}); restore it with that program into an empty database, then run "
                f"'dragoman migrate' with this one"
            )
        return found

    def _check(self) -> None:
        """Read the file to its end before anything is written."""
        try:
            self._file.seek(0)
            digest, last = blake2b(digest_size=16), b""
            for line in self._file:
                digest.update(last)
                last = line
        except (OSError, EOFError, zlib.error) as error:
            raise self._damaged(str(error)) from None
        if last != _closing(digest.hexdigest()):
            raise self._damaged("its checksum is another")

    def _damaged(self, problem: str) -> StoreError:
        return StoreError(f"{self.path} is damaged or not whole ({problem}); nothing was restored; use another backup")

    def batches(self) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
        """Yield the rows of all tables, a batch at a time."""
        self._file.seek(0)
        self._file.readline()
        tables = {table.name: table for table in TABLES}
        batch: list[dict[str, Any]] = []
        table, columns, binary = TABLES[0], [""], {""}
        for line in self._file:
            value = json.loads(line.decode(errors="surrogateescape"))
            if isinstance(value, dict) or len(batch) == BATCH:
                yield table, batch
                batch = []
            if isinstance(value, list):
                batch.append(_row(columns, value, binary))
            elif "table" in value:
                table, columns = tables[value["table"]], value["columns"]
                binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}


def _closing(checksum: str) -> bytes:
    return _line({"checksum": checksum})


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogateescape") + b"\n"


def _row(names: Sequence[str], values: Sequence[Any], binary: set[str]) -> dict[str, Any]:
    return {
        name: value.encode(errors="surrogateescape") if name in binary and value is not None else value
        for name, value in zip(names, values, strict=True)
    }


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open a backup.

    Raises:
        StoreError: the file cannot be read, is no backup, or one of another schema.
    """
    try:
        raw = path.open("rb")
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}); correct the name, or its rights") from None
    with raw, gzip.GzipFile(fileobj=raw, mode="rb") as file:
        yield Backup(path, file)
