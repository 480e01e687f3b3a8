"""Files in TOML that hold nothing but tables of one name."""

import tomllib
from pathlib import Path
from typing import Any

from records.errors import RecordError
from records.readers.found import file_error


def tables(path: Path, name: str, form: str) -> list[Any] | RecordError:
    """Return the tables of a file, `[[name]]`, or what is wrong with it.

    Args:
        path: a TOML file in UTF-8.
        name: their name.
        form: what to write, where something else is stated.
    """
    try:
        stated = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return file_error(path, f"byte 0x{error.object[error.start]:02X} is not UTF-8; save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return file_error(path, f"is not TOML ({error}); correct it")
    except OSError as error:
        return file_error(path, f"cannot be read ({error.strerror}); give this user the right to")
    found = stated.get(name)
    return found if set(stated) == {name} and isinstance(found, list) else file_error(path, form)
