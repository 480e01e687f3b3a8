"""Manifests as they are stored, answered before Flask, which would take more time than all else together.

What is not a stored manifest goes on to Flask: it knows why there is none, and says so.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.http import is_resource_modified

from records.database import StoreError
from records.store import Store
from records.values import IDENTIFIER
from server.compression import packed
from server.iiif.media_type import media_type
from server.publishing import MANIFEST

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OPEN = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag"),
    ("X-Content-Type-Options", "nosniff"),
]
"""What lets scripts of every host read an answer (Presentation 3.0, 6.3)."""

_ADDRESS = re.compile(rf"/iiif/({IDENTIFIER.pattern})/manifest\.json")


class StoredManifests:
    """An application with the manifests of a store before it.

    Args:
        app: answers everything else.
        store: holds the manifests.
    """

    def __init__(self, app: "WSGIApplication", store: Store) -> None:
        self._app = app
        self._store = store

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        address = _ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
        if address and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            try:
                answer = self._answer(address[1], environ)
            except StoreError:
                answer = None
            if answer:
                status, headers, body = answer
                start_response(status, headers)
                return [body]
        return self._app(environ, start_response)

    def _answer(self, identifier: str, environ: "WSGIEnvironment") -> tuple[str, list[tuple[str, str]], bytes] | None:
        """Return status, headers and body for a manifest; None if Flask has to say why there is none.

        A client that has it already costs its digest alone (RFC 9110, 13.1.2).
        """
        if "HTTP_IF_NONE_MATCH" in environ:
            known = self._store.digest(identifier, MANIFEST)
            if known and not is_resource_modified(environ, etag=_tag(known)):
                return "304 NOT MODIFIED", _always(known), b""
        document, digest = self._store.digested(identifier, MANIFEST) or (None, b"")
        if document is None:
            return None
        headers = [*_always(digest), ("Content-Type", media_type(environ.get("HTTP_ACCEPT", "")))]
        smaller = packed(document, environ.get("HTTP_ACCEPT_ENCODING", ""))
        if smaller:
            headers.append(("Content-Encoding", "gzip"))
        body = smaller or document
        headers.append(("Content-Length", str(len(body))))
        return "200 OK", headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


def _always(digest: bytes) -> list[tuple[str, str]]:
    """Return the headers that stand on 304 too (RFC 9110, 15.4.5)."""
    return [("ETag", _tag(digest)), ("Cache-Control", "no-cache"), ("Vary", "Accept, Accept-Encoding"), *OPEN]


def _tag(digest: bytes) -> str:
    """Return an entity tag; it is weak, since what leaves compressed are other bytes (RFC 9110, 8.8.1)."""
    return f'W/"{digest.hex()}"'
