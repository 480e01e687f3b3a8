"""What `rights.toml` states of rights statements, beside the records: which URI staff have approved for which words."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError, model_validator

from records.errors import Fault, RecordError, faults
from records.model import Record, Statement, without_blanks
from records.readers.toml import tables
from records.values import RightsURI, Text

NAME = "rights.toml"
_FORM = (
    'write one table for each statement: [[rights]], then statement = "In copyright." and '
    'uri = "http://rightsstatements.org/vocab/InC/1.0/"'
)


class Wording(Statement):
    """A rights statement, as records have it, and the URI that says the same."""

    statement: Text
    uri: RightsURI

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, value: object) -> object:
        return without_blanks(value) or {} if isinstance(value, dict) else value


def read(path: Path) -> tuple[list[Wording], list[RecordError]]:
    """Return what a file approves, and what is wrong with the rest of it.

    Args:
        path: a TOML file in UTF-8.
    """
    found = tables(path, "rights", f"states something else than rights; {_FORM}")
    return ([], [found]) if isinstance(found, RecordError) else _approved(path, found)


def _approved(path: Path, stated: list[Any]) -> tuple[list[Wording], list[RecordError]]:
    found: list[Wording] = []
    errors = []
    for number, given in enumerate(stated, start=1):
        try:
            found.append(Wording.model_validate(given))
        except ValidationError as error:
            errors.append(RecordError(str(path), f"rights {number}", "", tuple(faults(error, Wording))))
    return found, errors


def table(approved: Iterable[tuple[Path, Wording]]) -> tuple[dict[str, str], list[RecordError]]:
    """Return the URI of each statement, its white space squeezed, and what is wrong where two are given for one.

    Args:
        approved: what files approve, each with its file; of two URIs for one statement the first holds.
    """
    uris: dict[str, str] = {}
    errors = []
    for path, given in approved:
        key = _squeezed(given.statement)
        if uris.setdefault(key, given.uri) != given.uri:
            problem = f"{given.statement!r} has the URI {uris[key]!r} already, which holds; keep one of the two"
            errors.append(RecordError(str(path), "", "", (Fault("rights", problem),)))
    return uris, errors


def with_uri(record: Record, uris: Mapping[str, str]) -> Record | None:
    """Return a record with the URI that staff approved for its statement; None if there is none, or it has its own.

    Args:
        record: the record as stated.
        uris: URIs by statement, as `table` returns them.
    """
    rights = record.rights
    if rights is None or rights.uri or not rights.statement:
        return None
    uri = uris.get(_squeezed(rights.statement))
    return record.model_copy(update={"rights": rights.model_copy(update={"uri": uri})}) if uri else None


def _squeezed(text: str) -> str:
    return " ".join(text.split())
