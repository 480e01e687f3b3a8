"""Records as the store keeps them: what was stated, as JSON."""

import json

from pydantic import ValidationError

from records.database import StoreError
from records.errors import faults
from records.model import Record


class UnreadableError(StoreError):
    """A stored record was taken by a Dragoman that allowed more than this one."""


def write(record: Record) -> bytes:
    """Return a record as the store keeps it: what it states, as JSON in UTF-8."""
    return record.model_dump_json(exclude_defaults=True).encode()


def read(stated: bytes) -> Record:
    """Return a record that the store keeps.

    Raises:
        UnreadableError: it cannot be read any more; names the record, the field and the remedy.
    """
    try:
        return Record.model_validate_json(stated)
    except ValidationError as error:
        found = next(faults(error, Record))
        place = f"{found.field}: " if found.field else ""
        raise UnreadableError(
            f"the record {json.loads(stated)['identifier']} stands in the store as an earlier Dragoman took it, and "
            f"this one cannot read it ({place}{found.problem}); mend it, and load it again"
        ) from None
