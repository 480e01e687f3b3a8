"""Rows of CSV and TSV (RFC 4180): UTF-8 or UTF-16, divided by commas, semicolons or tabs."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from records.errors import RecordError
from records.readers.found import file_error
from records.readers.sheets.cut import LONGEST, Cut, SheetError

CHUNK = 1 << 20
DELIMITERS = (",", ";", "\t")


def rows(path: Path, known: Callable[[str], bool]) -> Iterator[Cut | RecordError]:
    """Yield each row of a file, or what is wrong with it.

    Args:
        path: the file.
        known: whether a heading is one that we know; tells which delimiter the file has.

    Raises:
        SheetError: it is no text in UTF-8 or UTF-16, or cannot be read on.
    """
    with path.open("rb") as file:
        encoding = _encoding(file)
        _check_encoding(file, encoding)
    with path.open(encoding=encoding, newline="") as text:
        delimiter = _delimiter(text, known)
        text.seek(0)
        yield from _cut(path, text, delimiter)


def _encoding(file: IO[bytes]) -> str:
    start = file.read(2)
    file.seek(0)
    return "utf-16" if start in {BOM_UTF16_LE, BOM_UTF16_BE} else "utf-8-sig"


def _check_encoding(file: IO[bytes], encoding: str) -> None:
    """Read a file to its end, so that nothing is taken of one whose letters may be wrong."""
    decoder = getincrementaldecoder(encoding)("strict")
    line = 1
    chunk = b"begin"
    while chunk:
        chunk = file.read(CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            raise SheetError(_not_decoded(error), f"line {line}") from None
        if "\0" in text:
            line += text.count("\n", 0, text.index("\0"))
            raise SheetError(
                "holds the character U+0000, as UTF-16 without a byte order mark does; save it as 'CSV UTF-8'",
                f"line {line}",
            )
        line += text.count("\n")


def _not_decoded(error: UnicodeDecodeError) -> str:
    byte = error.object[error.start]
    if error.encoding.lower().startswith("utf-16"):
        return f"byte 0x{byte:02X} is not UTF-16 as the file's first bytes say; save it as 'CSV UTF-8'"
    return (
        f"byte 0x{byte:02X} is not UTF-8, it may be {_perhaps(byte)} in Windows-1252; save the file as 'CSV UTF-8' (in "
        f"Excel: Save As, CSV UTF-8), nothing was guessed"
    )


def _perhaps(byte: int) -> str:
    letter = bytes([byte]).decode("cp1252", "replace")
    return "a letter" if letter == "\ufffd" else repr(letter)


def _delimiter(text: IO[str], known: Callable[[str], bool]) -> str:
    """Return what divides the headings: what gives most of those that we know, else most of all."""
    line = _first_line(text)

    def score(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([line], delimiter=delimiter), [])
        return sum(map(known, cells)), len(cells)

    return max(DELIMITERS, key=score)


def _first_line(text: IO[str]) -> str:
    """Return the first line that is neither blank nor a comment."""
    while line := text.readline(LONGEST):
        if line.strip(' \t\r\n,;"') and not line.lstrip('\ufeff "').startswith("#"):
            return line
    return ""


class _Lines:
    """The lines of a file; remembers those of the row that is being cut, and ends at one that is too long."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self.number = 0
        self.of_row: list[str] = []
        self._length = 0

    def begin(self) -> None:
        """Begin a row."""
        self.of_row.clear()
        self._length = 0

    @property
    def is_one(self) -> bool:
        """Whether the row is sure to end with its first line: each quotation mark there has its other one."""
        return len(self.of_row) == 1 and self.of_row[0].count('"') % 2 == 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.of_row.append(line)
        self._length += len(line)
        if self._length > LONGEST:
            raise SheetError(
                f"a row of more than {LONGEST // 1024 // 1024} million characters begins here; look for a quotation "
                f"mark that is not closed",
                f"line {self.number - len(self.of_row) + 1}",
            )
        return line


def _cut(path: Path, text: IO[str], delimiter: str) -> Iterator[Cut | RecordError]:
    csv.field_size_limit(2 * LONGEST)  # the lines bound it; the limit of the csv module is below a long transcript
    lines = _Lines(text)
    cutting = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        lines.begin()
        number += 1
        try:
            cells = next(cutting)
        except StopIteration:
            return
        except csv.Error as error:
            if str(error) == "unexpected end of data":
                raise SheetError(_UNCLOSED, _position(number, lines)) from None
            if delimiter == "\t" and lines.is_one:  # CONTENTdm and others write no quotation marks but literal ones
                yield Cut(number, tuple(lines.of_row[0].rstrip("\r\n").split("\t")))
            else:
                yield _broken(path, number, lines, delimiter)
        else:
            yield Cut(number, tuple(cells))


_UNCLOSED = "a quotation mark opens a cell that does not end before the file does; close it"


def _position(number: int, lines: _Lines) -> str:
    return f"row {number} (line {lines.number - len(lines.of_row) + 1})"


def _broken(path: Path, number: int, lines: _Lines, delimiter: str) -> RecordError:
    """Return what is wrong with the quotation marks of a row.

    Raises:
        SheetError: nobody can tell where the row ends.
    """
    position = _position(number, lines)
    problem = f"a quotation mark stands within a cell that is in quotation marks, and not before {_named(delimiter)}"
    if not lines.is_one:
        raise SheetError(f"{problem}, nothing behind it is read; write it twice, or close the cell", position)
    return file_error(path, f"{problem}; write it twice", position)


def _named(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon", "\t": "a tab"}[delimiter]
