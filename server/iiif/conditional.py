"""Answers that a client may keep: an entity tag, and 304 where the client has the document already (RFC 9110, 13)."""

from hashlib import blake2b

from flask import Response, request


def conditional(document: bytes, content_type: str) -> Response:
    """Return a document with its entity tag, or 304 if the client names that tag.

    The tag is weak: the document may leave compressed, and those bytes are others (RFC 9110, 8.8.1).

    Args:
        document: the bytes of the answer, before compression.
        content_type: its media type, with charset or profile.
    """
    tag = blake2b(document, digest_size=16).hexdigest()
    headers = [("Content-Type", content_type), ("ETag", f'W/"{tag}"'), ("Cache-Control", "no-cache")]
    response = Response(document, headers=headers)
    if "If-None-Match" in request.headers:
        response.make_conditional(request)
    return response
