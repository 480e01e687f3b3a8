"""A polite HTTP client: one request at a time, a pause after each, no more than it may, and it waits when told to.

What is at the other end may be anything: answers are bounded in size and time, and every failure is one sentence.
"""

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from server.check.addresses import PublicTransport
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


class NoAnswerError(CannotCheckError):
    """There was no answer that a browser would take either."""


class CorruptError(NoAnswerError):
    """There was an answer, but its body cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An HTTP answer.

    Attributes:
        status: its status.
        headers: its headers, names in lower case.
        body: its body, decoded; its beginning, where no more was wanted.
        url: the address that answered, after redirects.
        refusals: the Retry-After of each 503 that came before it, None where there was none.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str = ""
    refusals: tuple[str | None, ...] = ()

    @property
    def media_type(self) -> str:
        """Its Content-Type without parameters, in lower case; "" where it states none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass
class Client:
    """Sends requests, and counts them.

    Attributes:
        most: how many requests it may send.
        pause: seconds between an answer and the next request.
        progress: is told of each request that was sent.
        sleep: what waits; tests let no time go by.
        allow_private: whether it may ask hosts that are not on the public internet.
        sent: how many requests it has sent.
        refused: how many of them got 503, and so were told to come back later.
    """

    most: int
    pause: float = 0.5
    progress: Callable[[int], None] = lambda _count: None
    sleep: Callable[[float], None] = time.sleep
    allow_private: bool = False
    sent: int = 0
    refused: int = 0
    _http: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        """Open what sends."""
        self._http = httpx2.Client(
            transport=None if self.allow_private else PublicTransport(),
            timeout=_TIMEOUT,
            follow_redirects=True,
            max_redirects=5,
            headers={"User-Agent": "dragoman-check"},
        )

    def fetch(
        self,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        encoding: str = "identity",
        origin: str | None = None,
        accept: str | None = None,
        head: bool = False,
        enough: int | None = None,
    ) -> Fetched:
        """Return the answer to a GET request, to a POST request where a form is given, or to HEAD.

        Args:
            url: the address, with its query.
            form: what to post.
            encoding: the Accept-Encoding.
            origin: the Origin, as a page of a viewer sends it.
            accept: the Accept, where there is a wish.
            head: whether the headers are enough.
            enough: how many bytes of the body are wanted; None for all.

        Raises:
            CannotCheckError: there is none, or none that we may take.
        """
        refusals: list[str | None] = []
        for _ in range(TRIES):
            wishes = {"Accept-Encoding": encoding, "Origin": origin, "Accept": accept}
            asked = {name: value for name, value in wishes.items() if value}
            found = self._sent("HEAD" if head else "GET" if form is None else "POST", url, form, asked, enough)
            if found.status not in {429, 503}:
                return replace(found, refusals=tuple(refusals))
            stated = found.headers.get("retry-after")
            if found.status == 503:
                self.refused += 1
                refusals.append(stated)
            self.sleep(_wait(stated))
        raise CannotCheckError(f"{url} answered {TRIES} times that we should come back later; try again tomorrow")

    def _sent(
        self, method: str, url: str, form: Mapping[str, str] | None, asked: Mapping[str, str], enough: int | None
    ) -> Fetched:
        if self.sent >= self.most:
            raise CannotCheckError(f"the limit of {self.most} requests was reached")
        if self.sent:
            self.sleep(self.pause)
        self.sent += 1
        self.progress(1)
        try:
            with self._http.stream(method, url, data=form, headers=asked) as answer:
                told = {name.lower(): value for name, value in answer.headers.items()}
                return Fetched(answer.status_code, told, _body(answer, url, enough), str(answer.url))
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NoAnswerError(f"{url} cannot be reached: {str(error) or type(error).__name__}") from None
        except zlib.error:
            raise CorruptError(f"{url} sent a body that is not compressed as its Content-Encoding says") from None


def _body(answer: httpx2.Response, url: str, enough: int | None) -> bytes:
    """Return the body, decoded, or as much of it as is enough.

    No more than LARGEST bytes come into memory, however well they are packed.
    """
    deadline = time.monotonic() + SLOWEST
    packed = answer.headers.get("Content-Encoding", "").strip().lower() in {"gzip", "x-gzip", "deflate"}
    unpack = _Unpack() if packed else None
    body = bytearray()
    for piece in answer.iter_raw():
        body += unpack(piece, LARGEST + 1 - len(body)) if unpack else piece
        if len(body) > LARGEST:
            raise CannotCheckError(f"{url} sent more than {LARGEST // 1024**2} MB in one answer; we read no further")
        if time.monotonic() > deadline:
            raise CannotCheckError(f"{url} took more than {SLOWEST:.0f} seconds for one answer; we read no further")
        if enough is not None and len(body) >= enough:
            break
    else:
        if unpack and unpack.torn:
            raise zlib.error("the body ends too early")
    return bytes(body[:enough])


class _Unpack:
    """Unpacks a body piece by piece; it may be of several members one after another (RFC 1952, 2.2)."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)
        self.torn = False

    def __call__(self, piece: bytes, most: int) -> bytes:
        """Return what a piece holds, no more than so many bytes, and 1 of each further member.

        Raises:
            zlib.error: it is not packed.
        """
        found = self._member.decompress(piece, most)
        while self._member.eof and (left := self._member.unused_data):
            self._member = zlib.decompressobj(_GZIP)
            found += self._member.decompress(left, max(1, most - len(found)))
        self.torn = not self._member.eof
        return found


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
