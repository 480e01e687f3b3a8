"""What a row of a list tells of a record, read out of its header as a harvester reads it."""

from typing import NamedTuple

from lxml import etree

from records.window import Row
from server.oai_pmh.datestamp import first_second


class Told(NamedTuple):
    """A row in parts: the datestamp in seconds since 1970 UTC, the set specs divided by blanks."""

    sequence: int
    oai_identifier: str
    datestamp: int
    sets: str
    deleted: bool
    document: bytes | None = None


def told(row: Row) -> Told:
    """Return a row in parts."""
    header = etree.fromstring(row.header)
    return Told(
        row.sequence,
        header.findtext("identifier") or "",
        first_second(header.findtext("datestamp") or ""),
        " ".join(spec.text or "" for spec in header.iterfind("setSpec")),
        header.get("status") == "deleted",
        row.document,
    )
