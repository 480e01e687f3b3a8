"""What `collections.toml` states of collections, beside the records: `[[collection]]` tables."""

from collections.abc import Container
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from records.errors import Fault, RecordError, faults
from records.model import FUNDERS, Collection
from records.readers.toml import tables

NAME = "collections.toml"
_FORM = 'write one table for each collection: [[collection]], then spec = "letters" and title = "Letters"'


def read(path: Path) -> tuple[list[Collection], list[RecordError]]:
    """Return the collections that a file states, and what is wrong with the others.

    Args:
        path: a TOML file in UTF-8.
    """
    found = tables(path, "collection", f"states something else than collections; {_FORM}")
    return ([], [found]) if isinstance(found, RecordError) else _collections(path, found)


def _collections(path: Path, stated: list[Any]) -> tuple[list[Collection], list[RecordError]]:
    found: dict[str, Collection] = {}
    errors = []
    for number, table in enumerate(stated, start=1):
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
