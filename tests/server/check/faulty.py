"""A faulty provider: the real application, with one rule broken at a time. `faults` has them."""

import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode
from xml.sax.saxutils import quoteattr

from werkzeug.wrappers import Response

Pairs = list[tuple[str, str]]
WSGI = Callable[..., Iterable[bytes]]


@dataclass
class Exchange:
    """A request, and the answer that a fault may change.

    Attributes:
        pairs: the arguments, as they came.
        earlier: how often the same was asked before.
        method: GET or POST.
        gzip: whether gzip is accepted.
        status: the HTTP status of the answer.
        headers: its headers.
        body: its body, not yet compressed.
        cut: how many bytes are lacking at the end of a compressed body.
    """

    pairs: Pairs
    earlier: int
    method: str
    gzip: bool
    status: int = 200
    headers: dict[str, str] | None = None
    body: bytes = b""
    cut: int = 0

    @property
    def given(self) -> dict[str, str]:
        """The arguments by name."""
        return dict(self.pairs)

    @property
    def verb(self) -> str:
        """The verb."""
        return self.given.get("verb", "")

    def change(self, pattern: str, new: str, count: int = 0) -> None:
        """Replace a pattern in the body."""
        self.body = re.sub(pattern.encode(), new.encode(), self.body, count=count, flags=re.DOTALL)

    def refuse(self, code: str) -> None:
        """Answer an error instead."""
        self.change(r"(</request>).*</OAI-PMH>", rf'\1<error code="{code}">no</error></OAI-PMH>')
        if code in {"badVerb", "badArgument"}:
            self.change(r"<request[^>]*>", "<request>")


class Fault(NamedTuple):
    """What is wrong: with how a request is understood, with its answer."""

    ask: Callable[[Pairs], Pairs] = lambda pairs: pairs
    answer: Callable[[Exchange], None] = lambda _exchange: None


class Faulty:
    """The application as a WSGI application, with the fault that it is given; without any at first."""

    def __init__(self, app: WSGI) -> None:
        self._app = app
        self.take(Fault())

    def take(self, fault: Fault) -> None:
        """Have this fault from now on, as if nothing had been asked before."""
        self._fault = fault
        self._asked: Counter[bytes] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        encoded = body or environ["QUERY_STRING"].encode()
        exchange = Exchange(
            parse_qsl(encoded.decode(), keep_blank_values=True),
            self._asked[encoded],
            environ["REQUEST_METHOD"],
            "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
        )
        self._asked[encoded] += 1
        self._take(exchange, environ)
        self._fault.answer(exchange)
        headers = exchange.headers or {}
        if exchange.gzip:
            packed = gzip.compress(exchange.body)
            exchange.body = packed[: len(packed) - exchange.cut]
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(exchange.body))
        return Response(exchange.body, exchange.status, headers)(environ, start_response)

    def _take(self, exchange: Exchange, environ: dict[str, Any]) -> None:
        """Let the application answer, and echo what came even where it was understood otherwise."""
        asked = self._fault.ask(exchange.pairs)
        plain = {
            "REQUEST_METHOD": "GET", "QUERY_STRING": urlencode(asked), "HTTP_ACCEPT_ENCODING": "identity",
            "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0",
        }  # fmt: skip
        answer = Response.from_app(self._app, environ | plain)
        exchange.status, exchange.headers, exchange.body = answer.status_code, dict(answer.headers), answer.data
        if asked != exchange.pairs:
            echo = "".join(f" {name}={quoteattr(value)}" for name, value in exchange.given.items())
            exchange.body = re.sub(rb"<request[^>]*>", f"<request{echo}>".encode(), exchange.body)
