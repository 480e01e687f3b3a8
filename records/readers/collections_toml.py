"""What `collections.toml` states of collections, beside the records: `[[collection]]` tables."""

import tomllib
from collections.abc import Container
from pathlib import Path

from pydantic import ValidationError

from records.errors import Fault, RecordError, faults
from records.model import FUNDERS, Collection

NAME = "collections.toml"
_FORM = 'write one table for each collection: [[collection]], then spec = "letters" and title = "Letters"'


def read(path: Path) -> tuple[list[Collection], list[RecordError]]:
    """Return the collections that a file states, and what is wrong with the others.

    Args:
        path: a TOML file in UTF-8.
    """
    try:
        stated = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return [], [_error(path, f"byte 0x{error.object[error.start]:02X} is not UTF-8; save the file as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        return [], [_error(path, f"is not TOML ({error}); correct it")]
    except OSError as error:
        return [], [_error(path, f"cannot be read ({error.strerror}); give this user the right to")]
    tables = stated.get("collection")
    if set(stated) != {"collection"} or not isinstance(tables, list):
        return [], [_error(path, f"states something else than collections; {_FORM}")]
    return _collections(path, tables)


def _collections(path: Path, tables: list[object]) -> tuple[list[Collection], list[RecordError]]:
    found: dict[str, Collection] = {}
    errors = []
    for number, table in enumerate(tables, start=1):
        try:
            collection = Collection.model_validate(table)
        except ValidationError as error:
            errors.append(RecordError(str(path), f"collection {number}", "", tuple(faults(error, Collection))))
            continue
        if problem := _problem(collection.spec, found):
            errors.append(RecordError(str(path), f"collection {number}", "", (Fault("spec", problem),)))
        else:
            found[collection.spec] = collection
    return list(found.values()), errors


def _problem(spec: str, found: Container[str]) -> str | None:
    if spec in found:
        return "is stated by a collection further up already; put both into one"
    if spec.partition(":")[0] == FUNDERS:
        return f"{spec!r}: '{FUNDERS}' is reserved for the sets of funders; name the collection otherwise"
    return None


def _error(path: Path, problem: str) -> RecordError:
    return RecordError(str(path), "", "", (Fault("", problem),))
