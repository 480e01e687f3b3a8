"""What a row of a list tells of a record, read out of its header as a harvester reads it."""

import re
import zlib
from typing import NamedTuple

from lxml import etree

from records.stretches import Form, Stretch
from records.window import Row, Window
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


_RECORD = re.compile(rb"<record>(<header.*?</header>)(?:<metadata>(.*?)</metadata>)?</record>", re.DOTALL)


def all_told(window: Window, form: Form | None = None) -> list[Told]:
    """Return what a slice of a list tells of each record, in stretches too; there a sequence is not told, but 0."""
    told_of = [_in_stretch(part, form) if isinstance(part, Stretch) else [told(part)] for part in window.parts]
    return [each for told_there in told_of for each in told_there]


def _in_stretch(stretch: Stretch, form: Form | None) -> list[Told]:
    plain = stretch.content if form == "plain" else inflated(stretch.content)
    found = _RECORD.findall(plain)
    assert (len(plain), zlib.crc32(plain), len(found)) == (stretch.length, stretch.checksum, stretch.size)
    return [told(Row(0, header, document or None)) for header, document in found]


def inflated(packed: bytes) -> bytes:
    """Return what was deflated in blocks of which none is marked as the last."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed)
