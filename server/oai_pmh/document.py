"""The XML of an answer: envelope, header and record (OAI-PMH 2.0, 3.2 and 2.5), joined out of finished bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mappings.namespaces import OAI, SCHEMAS, XSI
from records.header import written
from records.store import Selection, Stretch
from records.xml import escaped, escaped_attribute
from server.compression import gzip_of

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
        body: the verb's element in UTF-8, in pieces: they are joined once; stretches are packed ones.
        time: a responseDate that is safe for what was read, in seconds since 1970 UTC.
        page: which slice of which list it is, for those who watch.
    """

    body: Sequence[bytes | Stretch]
    time: int
    page: Page | None = None


class Body(NamedTuple):
    """A whole answer in UTF-8; `packed` says whether it is compressed by gzip already."""

    content: bytes
    packed: bool = False


def document(body: Sequence[bytes | Stretch], *, time: int, base_url: str, attributes: Mapping[str, str]) -> Body:
    """Return a whole answer, packed if a piece of it is.

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
    pieces = (head, *body, b"</OAI-PMH>\n")
    plain = [piece for piece in pieces if isinstance(piece, bytes)]
    if len(plain) == len(pieces):
        return Body(b"".join(plain))
    return Body(gzip_of(pieces), packed=True)
