"""Where a fault stands, as who wrote the input would say it: `pages.0.file` is a field of JSON alone."""

import re
from collections.abc import Iterable
from pathlib import PurePath

from records.errors import Fault
from records.readers import READERS, json

_COUNTED = re.compile(r"((?:pages|downloads|structures)\.)(\d+)(\.\w+)")
_NAMES = {"pages..file": "file", "pages..ocr": "page", "downloads..file": "pdf", "structures..pages": "structure"}
"""Fields of a record, without their number, to what sheets head them by, or what they are counted as."""


def stated(faults: Iterable[Fault], source: str | PurePath) -> tuple[Fault, ...]:
    """Return faults with their fields as an input has them, counted from 1; the record's own document has no name.

    Args:
        faults: their fields are those of a record.
        source: the input, by its name or address.
    """
    if READERS.get(PurePath(source).suffix.lower()) is json.find:
        return tuple(faults)
    return tuple(fault._replace(field=_stated(fault.field)) for fault in faults)


def _stated(field: str) -> str:
    if field == "native":
        return ""
    found = _COUNTED.fullmatch(field)
    name = _NAMES.get(found[1] + found[3]) if found else None
    return f"{name} {int(found[2]) + 1}" if found and name else field
