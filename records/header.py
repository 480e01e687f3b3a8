"""A record in a list and its header (OAI-PMH 2.0, 2.5), which is written once, when the record is stamped."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from records.xml import escaped

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def header(oai_identifier: str, datestamp: int, sets: str, *, deleted: bool) -> bytes:
    """Return a header as XML in UTF-8.

    Args:
        oai_identifier: the record's unique identifier.
        datestamp: when it last changed in the format, in seconds since 1970 UTC.
        sets: the set specs that it stands in, divided by blanks.
        deleted: whether it is a tombstone.
    """
    status = ' status="deleted"' if deleted else ""
    place = _place(datestamp, sets)
    return f"<header{status}><identifier>{escaped(oai_identifier)}</identifier>{place}</header>".encode()


def record(header: bytes, document: bytes | None, about: bytes | None) -> tuple[bytes, ...]:
    """Return a record in pieces of XML: its header, and unless it is deleted its document and what is said about it."""
    if document is None:
        return b"<record>", header, b"</record>"
    if about is None:
        return b"<record>", header, b"<metadata>", document, b"</metadata></record>"
    return b"<record>", header, b"<metadata>", document, b"</metadata>", about, b"</record>"


@lru_cache(maxsize=1024)
def _place(datestamp: int, sets: str) -> str:
    """Return where a record stands, in time and in sets; many records of a batch stand in the same place."""
    specs = "".join(f"<setSpec>{spec}</setSpec>" for spec in sets.split())
    return f"<datestamp>{written(datestamp)}</datestamp>{specs}"


def written(seconds: int) -> str:
    """Return seconds since 1970 UTC as a datestamp, in the granularity YYYY-MM-DDThh:mm:ssZ (OAI-PMH 2.0, 3.3)."""
    return f"{(_EPOCH + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat()}Z"
