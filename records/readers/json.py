"""Our own JSON: one record, a list of records, or JSON Lines, read as a stream.

A file whose first line is a whole JSON object is JSON Lines, where a bad line costs that line alone. In the other two
forms a fault of syntax ends the file, since nothing behind it can be trusted; what came before is read.

To find where each record stands takes a tenth of the time of reading it, so that one process finds what many read.
"""

import json
import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from records.errors import TWICE, RecordError, faults
from records.model import Record
from records.readers.found import Options, Taken, Told, file_error

LONGEST = 32 * 1024 * 1024
"""Characters that one record may take; the memory that an input can make us use is bounded by it."""

CHUNK = 1 << 20

_BLANKS = re.compile(r"[ \t\r\n]*")
_TOO_DEEP = "is nested too deeply to be a record; correct its brackets"


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object; a field that stands twice is kept under a name that no model knows, so that it is reported."""
    found: dict[str, object] = {}
    for name, value in pairs:
        found[name + TWICE if name in found else name] = value
    return found


def _integer(digits: str) -> int | str:
    """Read an integer; one that Python would not read stays text, so that its field is reported."""
    return int(digits) if len(digits) < 20 else digits


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer)


@dataclass(frozen=True, slots=True)
class Found:
    """A value that stands in a file, not read yet.

    Attributes:
        path: the file.
        position: where in it.
        text: JSON, in what should be UTF-8.
    """

    path: Path
    position: str
    text: bytes

    def read(self) -> Taken | RecordError:
        """Return the record that stands there, or what is wrong with it as one error."""
        try:
            return _record(_DECODER.decode(self.text.decode()), self.path, self.position)
        except UnicodeDecodeError as error:
            problem = _not_utf8(self.text[error.start])
        except json.JSONDecodeError as error:
            problem = f"is not JSON ({error.msg} at column {error.colno}); correct the line"
        except RecursionError:
            problem = _TOO_DEEP
        return file_error(self.path, problem, self.position)


class _BrokenError(Exception):
    """The file cannot be read on; the message is for people, the position names the place."""

    def __init__(self, position: str, problem: str) -> None:
        super().__init__(problem)
        self.position = position


def find(path: Path, options: Options) -> Iterator[Found | RecordError]:
    """Yield each record of a JSON file, still to be read, or why there is none.

    Args:
        path: a file in UTF-8 (a byte order mark is passed over).
        options: how it is to be read.
    """
    try:
        with options.open(path) as file:
            yield from _lines(path, file) if _first_line_is_whole(file) else _document(path, file)
    except _BrokenError as error:
        yield file_error(path, str(error), error.position)
    except OSError as error:
        yield file_error(path, f"cannot be read ({error.strerror}); correct its name, or give this user the right to")


def _record(value: object, path: Path, position: str) -> Taken | RecordError:
    if not isinstance(value, dict):
        return file_error(path, 'is no record; write an object, {"identifier": ...}', position)
    try:
        return Taken(Record.model_validate(value), Told(position))
    except ValidationError as error:
        identifier = str(value.get("identifier", "")).encode("ascii", "backslashreplace").decode()[:200]
        return RecordError(str(path), position, identifier, tuple(faults(error, Record)))


def _first_line_is_whole(file: IO[bytes]) -> bool:
    """Whether the first line that is not blank is a JSON object by itself; leaves the file at its beginning."""
    line = b""
    while not line.strip():
        line = file.readline(LONGEST).removeprefix(BOM_UTF8)
        if not line:
            break
    more = bool(file.read(1))
    file.seek(0)
    try:
        return isinstance(json.loads(line), dict) and more
    except (ValueError, RecursionError):
        return line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}")


def _lines(path: Path, file: IO[bytes]) -> Iterator[Found | RecordError]:
    number = 0
    while line := file.readline(LONGEST):
        number += 1
        line = line.removeprefix(BOM_UTF8) if number == 1 else line
        position = f"line {number}"
        if len(line) == LONGEST and not line.endswith(b"\n"):
            yield file_error(path, _too_long(), position)
            _skip_line(file)
        elif line.strip():
            yield Found(path, position, line)


def _skip_line(file: IO[bytes]) -> None:
    while (rest := file.readline(CHUNK)) and not rest.endswith(b"\n"):
        pass


def _document(path: Path, file: IO[bytes]) -> Iterator[Found]:
    """Yield the values of a document that is one object or a list."""
    text = _Text(file)
    opening = text.peek()
    if opening == "":
        raise _BrokenError("", 'is empty; write a record, {"identifier": ...}, or a list of them')
    if opening != "[":
        yield Found(path, f"line {text.line()}", text.value())
        if text.peek():
            raise _BrokenError(
                f"line {text.line()}", "something follows the record; put several records into a list, [...]"
            )
        return
    text.take("[")
    number = 0
    while text.peek() != "]":
        if number:
            text.take(",")
            text.peek()
        number += 1
        line = text.line()
        yield Found(path, f"record {number} (line {line})", text.value())
    text.take("]")
    if text.peek():
        raise _BrokenError(f"line {text.line()}", "something follows the list; put all records into one list")


class _Text:
    """The text of a file, decoded as it is needed, with one value at a time in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = getincrementaldecoder("utf-8-sig")()
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._counted = 0
        self._ended = False

    def line(self) -> int:
        """Return the number of the line that is read now."""
        self._line += self._buffer.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def peek(self) -> str:
        """Return the next character that is not blank; nothing at the end of the file."""
        while True:
            blanks = _BLANKS.match(self._buffer, self._at)
            self._at = blanks.end() if blanks else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def take(self, character: str) -> None:
        """Pass over a character that must stand here."""
        if self.peek() != character:
            found = repr(self.peek()) if self.peek() else "the end of the file"
            raise _BrokenError(
                f"line {self.line()}", f"{found} stands where {character!r} should; nothing behind it is read"
            )
        self._at += 1

    def value(self) -> bytes:
        """Return the JSON value that stands here, as it is written."""
        self.peek()
        while True:
            try:
                _value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                self._want_more(error)
            except RecursionError:
                raise _BrokenError(f"line {self.line()}", _TOO_DEEP) from None
            else:
                begin, self._at = self._at, end
                return self._buffer[begin:end].encode()

    def _want_more(self, error: json.JSONDecodeError) -> None:
        """Read on if the value may only be unfinished, else say what is wrong with it."""
        unfinished = error.msg.startswith("Unterminated string") or error.pos >= len(self._buffer) - 10
        if len(self._buffer) - self._at > LONGEST:
            raise _BrokenError(f"line {self.line()}", _too_long())
        if not unfinished or not self._more():
            line = self.line() + self._buffer.count("\n", self._at, error.pos)
            raise _BrokenError(f"line {line}", f"is not JSON ({error.msg}); correct it, nothing behind it is read")

    def _more(self) -> bool:
        """Append the next piece of the file, and forget what was read; False at the end."""
        if self._ended:
            return False
        self.line()
        self._buffer = self._buffer[self._at :]
        self._at = self._counted = 0
        size = max(CHUNK, len(self._buffer))
        piece = self._file.read(size)
        self._ended = not piece
        try:
            self._buffer += self._decoder.decode(piece, final=self._ended)
        except UnicodeDecodeError as error:
            text = self._buffer.encode("utf-8", "replace") + error.object[: error.start]
            line = self._line + text.count(b"\n")
            byte = error.object[error.start] if error.start < len(error.object) else 0
            raise _BrokenError(f"line {line}", _not_utf8(byte)) from None
        return not self._ended


def _not_utf8(byte: int) -> str:
    return (
        f"byte 0x{byte:02X} is not UTF-8; save the file as UTF-8 (it may be in Latin-1 or Windows-1252), "
        f"nothing was guessed"
    )


def _too_long() -> str:
    return f"a record of more than {LONGEST // 1024 // 1024} million characters; correct the brackets, or divide it"
