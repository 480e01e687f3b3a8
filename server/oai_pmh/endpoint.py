"""The endpoint at `/oai` (OAI-PMH 2.0, 3.1), answered before Flask, which would take as long as to read a list page."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from records.database import StoreError
from server.compression import packed, takes_gzip
from server.library import Library
from server.oai_pmh import respond
from server.oai_pmh.arguments import received
from server.oai_pmh.exchange import BUSY, Exchange
from server.watching import Watch
from server.watching.crowd import CrowdedError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RETRY_SECONDS = 30
"""When a harvester should ask again while the store does not answer."""

_ADDRESS = re.compile("/+oai/?")
"""Slashes are doubled where a base URL that ends with one is put together."""

METHODS = ("GET", "HEAD", "POST")
ALLOW = ("Allow", ", ".join((*METHODS, "OPTIONS")))
ALWAYS = (
    ("Access-Control-Allow-Origin", "*"),  # manifests refer here, and viewers of every host follow
    ("Vary", "Accept-Encoding"),
)
_XML, _TEXT = "text/xml; charset=utf-8", "text/plain; charset=utf-8"

Headers = Sequence[tuple[str, str]]


class Endpoint:
    """An application with the endpoint before it.

    Args:
        app: answers everything else.
        desk: settings and store.
        watch: gives places to list requests, and counts all.
    """

    def __init__(self, app: "WSGIApplication", desk: Library, watch: Watch) -> None:
        self._app = app
        self._desk = desk
        self._watch = watch

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        if not _ADDRESS.fullmatch(environ.get("PATH_INFO", "")):
            return self._app(environ, start_response)
        method = environ["REQUEST_METHOD"]
        status, headers, body = self._answer(environ) if method in METHODS else _told_methods(method)
        start_response(status, [*headers, *ALWAYS, ("Content-Length", str(len(body)))])
        return [b"" if method == "HEAD" else body]

    def _answer(self, environ: "WSGIEnvironment") -> tuple[str, Headers, bytes]:
        """Return status, headers and body, and note what became of the request."""
        exchange = Exchange()
        try:
            return self._answered(Request(environ, populate_request=False), exchange)  # else it would hold itself
        except StoreError:
            return _later("The repository cannot answer now; ask again later.", RETRY_SECONDS)
        except CrowdedError as error:
            exchange.outcome = BUSY
            sentence = f"The repository answers many harvesters now; ask again in {error.seconds} seconds."
            return _later(sentence, error.seconds)
        finally:
            self._watch.note(exchange, environ)

    def _answered(self, request: Request, exchange: Exchange) -> tuple[str, Headers, bytes]:
        """Return an answer of the protocol, its errors too, with HTTP status 200 (3.1.2)."""
        accepted = request.headers.get("Accept-Encoding", "")
        body = respond(lambda: received(request), exchange, self._desk, self._watch.crowd, packed=takes_gzip(accepted))
        smaller = body.content if body.packed else packed(body.content, accepted)
        if smaller is None:
            return "200 OK", [("Content-Type", _XML)], body.content
        return "200 OK", [("Content-Type", _XML), ("Content-Encoding", "gzip")], smaller


def _later(sentence: str, seconds: int) -> tuple[str, Headers, bytes]:
    """Ask the harvester to come back (3.1.2.2)."""
    headers = [("Content-Type", _TEXT), ("Retry-After", str(seconds))]
    return "503 SERVICE UNAVAILABLE", headers, f"{sentence}\n".encode()


def _told_methods(method: str) -> tuple[str, Headers, bytes]:
    if method == "OPTIONS":
        return "200 OK", [ALLOW], b""
    return "405 METHOD NOT ALLOWED", [ALLOW, ("Content-Type", _TEXT)], b"OAI-PMH takes GET and POST.\n"
