"""A polite HTTP client: one request at a time, a pause after each, no more than it may, and it waits when told to.

What is at the other end may be anything: answers are bounded in size and time, and every failure is one sentence.
"""

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from server.check.findings import CannotCheckError

LARGEST = 64 * 1024 * 1024
"""Bytes of one answer, once decoded."""

SLOWEST = 120.0
"""Seconds that one answer may take."""

LONGEST_WAIT = 300.0
"""Seconds that we wait when told to come back later."""

USUAL_WAIT = 10.0
"""Seconds that we wait when told to come back later, but not when."""

TRIES = 4
"""How often a request is sent that is told to come back later."""

_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
_GZIP = 32 + zlib.MAX_WBITS  # zlib reads the header of gzip or zlib


@dataclass(frozen=True, slots=True)
class Fetched:
    """An HTTP answer.

    Attributes:
        status: its status.
        headers: its headers, names in lower case.
        body: its body, decoded.
        refusals: the Retry-After of each 503 that came before it, None where there was none.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    refusals: tuple[str | None, ...] = ()


@dataclass
class Client:
    """Sends requests, and counts them.

    Attributes:
        most: how many requests it may send.
        pause: seconds between an answer and the next request.
        progress: is told of each request that was sent.
        sleep: what waits; tests let no time go by.
        sent: how many requests it has sent.
        refused: how many of them got 503, and so were told to come back later.
    """

    most: int
    pause: float = 0.5
    progress: Callable[[int], None] = lambda _count: None
    sleep: Callable[[float], None] = time.sleep
    sent: int = 0
    refused: int = 0
    _http: httpx2.Client = field(
        default_factory=lambda: httpx2.Client(
            timeout=_TIMEOUT, follow_redirects=True, max_redirects=5, headers={"User-Agent": "dragoman-check"}
        )
    )

    def fetch(self, url: str, *, form: Mapping[str, str] | None = None, encoding: str = "identity") -> Fetched:
        """Return the answer to a GET request, or to a POST request where a form is given.

        Args:
            url: the address, with its query.
            form: what to post.
            encoding: the Accept-Encoding.

        Raises:
            CannotCheckError: there is none, or none that we may take.
        """
        refusals: list[str | None] = []
        for _ in range(TRIES):
            found = self._sent(url, form, encoding)
            if found.status not in {429, 503}:
                return Fetched(found.status, found.headers, found.body, tuple(refusals))
            stated = found.headers.get("retry-after")
            if found.status == 503:
                self.refused += 1
                refusals.append(stated)
            self.sleep(_wait(stated))
        raise CannotCheckError(f"{url} answered {TRIES} times that we should come back later; try again tomorrow")

    def _sent(self, url: str, form: Mapping[str, str] | None, encoding: str) -> Fetched:
        if self.sent >= self.most:
            raise CannotCheckError(f"the limit of {self.most} requests was reached")
        if self.sent:
            self.sleep(self.pause)
        self.sent += 1
        self.progress(1)
        method = "GET" if form is None else "POST"
        try:
            with self._http.stream(method, url, data=form, headers={"Accept-Encoding": encoding}) as answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return Fetched(answer.status_code, headers, _body(answer, url))
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise CannotCheckError(f"{url} cannot be reached: {str(error) or type(error).__name__}") from None
        except zlib.error:
            raise CannotCheckError(f"{url} sent a body that is not compressed as its Content-Encoding says") from None


def _body(answer: httpx2.Response, url: str) -> bytes:
    """Return the body, decoded. No more than LARGEST bytes come into memory, however well they are packed."""
    deadline = time.monotonic() + SLOWEST
    packed = answer.headers.get("Content-Encoding", "").strip().lower() in {"gzip", "x-gzip", "deflate"}
    unpack = zlib.decompressobj(_GZIP) if packed else None
    body = bytearray()
    for piece in answer.iter_raw():
        body += unpack.decompress(piece, LARGEST + 1 - len(body)) if unpack else piece
        if len(body) > LARGEST:
            raise CannotCheckError(f"{url} sent more than {LARGEST // 1024**2} MB in one answer; we read no further")
        if time.monotonic() > deadline:
            raise CannotCheckError(f"{url} took more than {SLOWEST:.0f} seconds for one answer; we read no further")
    return bytes(body)


def _wait(stated: str | None) -> float:
    """Return how many seconds a Retry-After asks us to wait (RFC 9110, 10.2.3).

    Raises:
        CannotCheckError: longer than we do.
    """
    seconds = USUAL_WAIT if stated is None else _seconds(stated)
    if seconds > LONGEST_WAIT:
        raise CannotCheckError(f"we were told to come back in {seconds:.0f} seconds; check again then")
    return seconds


def _seconds(stated: str) -> float:
    if stated.strip().isascii() and stated.strip().isdigit():
        return float(stated)
    try:
        moment = parsedate_to_datetime(stated)
    except ValueError:
        return USUAL_WAIT
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
