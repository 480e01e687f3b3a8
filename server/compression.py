"""Compression of answers by gzip (OAI-PMH 2.0, 3.1.3; IIIF Presentation 3.0, 6.3)."""

from flask import Response, request
from isal import igzip

SMALLEST = 1000
"""Bytes below which compression costs more than it saves."""

COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg+xml")


def compress(response: Response) -> Response:
    """Compress a response if the client takes gzip and it is worth it; for Flask's `after_request`."""
    headers = response.headers
    if response.direct_passthrough or not headers.get("Content-Type", "").startswith(COMPRESSIBLE):
        return response
    headers["Vary"] = f"{headers['Vary']}, Accept-Encoding" if "Vary" in headers else "Accept-Encoding"
    if response.content_encoding or response.status_code != 200 or not request.accept_encodings["gzip"]:
        return response
    body = response.get_data()
    if len(body) >= SMALLEST:
        response.set_data(igzip.compress(body, 1, mtime=0))
        response.content_encoding = "gzip"
    return response
