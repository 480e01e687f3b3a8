"""Compression of answers by gzip (OAI-PMH 2.0, 3.1.3; IIIF Presentation 3.0, 6.3)."""

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache

from flask import Response, request
from isal import igzip, isal_zlib
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from records.stretches import Stretch, deflated

SMALLEST = 1000
"""Bytes below which compression costs more than it saves."""

COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg+xml")


_HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
_LAST_BLOCK = b"\x03\x00"


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Whether a client takes gzip, by what it accepts (RFC 9110, 12.5.3); most clients say the same.

    Args:
        accept_encoding: the header, empty if it was not sent.
    """
    return bool(parse_accept_header(accept_encoding, Accept)["gzip"])


def packed(body: bytes, accept_encoding: str) -> bytes | None:
    """Return the body of an answer by gzip; None if that is not worth it, or the client does not take it."""
    if len(body) < SMALLEST or not takes_gzip(accept_encoding):
        return None
    return igzip.compress(body, 1, mtime=0)


def gzip_of(pieces: Sequence[bytes | Stretch]) -> bytes:
    """Return one gzip member (RFC 1952, 2.3) of pieces, of which stretches are deflated already."""
    packed, checksum, length = [_HEAD], 0, 0
    for piece in _joined(pieces):
        if isinstance(piece, bytes):
            content, crc, size = deflated(piece), isal_zlib.crc32(piece), len(piece)
        else:
            content, crc, size = piece.content, piece.checksum, piece.length
        packed.append(content)
        checksum = isal_zlib.crc32_combine(checksum, crc, size)
        length += size
    return b"".join((*packed, _LAST_BLOCK, struct.pack("<II", checksum, length % 2**32)))


def _joined(pieces: Sequence[bytes | Stretch]) -> Iterator[bytes | Stretch]:
    """Yield the pieces, those that are not deflated yet joined: together they become smaller."""
    waiting: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            waiting.append(piece)
            continue
        if waiting:
            yield b"".join(waiting)
            waiting.clear()
        yield piece
    if waiting:
        yield b"".join(waiting)


def compress(response: Response) -> Response:
    """Compress a response if the client takes gzip and it is worth it; for Flask's `after_request`."""
    headers = response.headers
    if response.direct_passthrough or not headers.get("Content-Type", "").startswith(COMPRESSIBLE):
        return response
    headers["Vary"] = f"{headers['Vary']}, Accept-Encoding" if "Vary" in headers else "Accept-Encoding"
    if response.content_encoding or response.status_code != 200:
        return response
    body = packed(response.get_data(), request.headers.get("Accept-Encoding", ""))
    if body is not None:
        response.set_data(body)
        response.content_encoding = "gzip"
    return response
