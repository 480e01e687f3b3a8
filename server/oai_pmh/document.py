"""The XML of an answer: envelope, header and record (OAI-PMH 2.0, 3.2 and 2.5), joined out of finished bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mappings.namespaces import OAI, SCHEMAS, XSI
from records.header import written
from records.store import Row, Selection
from records.xml import escaped, escaped_attribute

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<OAI-PMH xmlns="{OAI}" xmlns:xsi="{XSI}" xsi:schemaLocation="{OAI} {SCHEMAS[OAI]}">'
)


@dataclass(frozen=True, slots=True)
class Page:
    """A list page: `rows` records of a list, behind `cursor` others; whether more follow."""

    selection: Selection
    cursor: int
    rows: int
    more: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb answers.

    Attributes:
        body: the verb's element in UTF-8, in pieces: they are joined once.
        time: a responseDate that is safe for what was read, in seconds since 1970 UTC.
        page: which slice of which list it is, for those who watch.
    """

    body: Sequence[bytes]
    time: int
    page: Page | None = None


def document(body: Sequence[bytes], *, time: int, base_url: str, attributes: Mapping[str, str]) -> bytes:
    """Return a whole answer.

    Args:
        body: the verb's element, or `error` elements, in UTF-8, in pieces.
        time: the responseDate, in seconds since 1970 UTC.
        base_url: the address of this endpoint.
        attributes: the arguments to echo.
    """
    echoed = "".join(f' {name}="{escaped_attribute(value)}"' for name, value in attributes.items())
    head = (
        f"{_OPENING}<responseDate>{written(time)}</responseDate><request{echoed}>{escaped(base_url)}</request>".encode()
    )
    return b"".join((head, *body, b"</OAI-PMH>\n"))


def record(row: Row) -> tuple[bytes, ...]:
    """Return a record in pieces: its header, and its document unless it is deleted."""
    if row.document is None:
        return b"<record>", row.header, b"</record>"
    return b"<record>", row.header, b"<metadata>", row.document, b"</metadata></record>"
