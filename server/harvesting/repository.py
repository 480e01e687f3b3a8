"""Another repository's OAI-PMH endpoint, asked politely: one request at a time, a pause between two, back when told to.

oaipmh-scythe is the client. It parses what it gets with a parser that mends: of an answer that was cut off it would
lose the end in silence. So each answer is bounded, and held to be whole XML without a document type, before it sees it.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpx2
from lxml import etree
from lxml.etree import _Element
from oaipmh_scythe import Scythe
from oaipmh_scythe.config import HTTPConfig
from oaipmh_scythe.exceptions import OAIPMHException
from oaipmh_scythe.response import OAIResponse

from records.readers.xml import OAI

LARGEST = 64 * 1024 * 1024
"""Bytes of one answer, once decoded."""

SLOWEST = 300.0
"""Seconds that one answer may take."""

LONGEST_WAIT = 600.0
"""Seconds that we wait when told to come back later."""

BACKOFF = (5.0, 20.0, 60.0)
"""Seconds that we wait before we ask again, where we are not told how long."""

_COME_BACK = frozenset({429, 503})


class HarvestError(Exception):
    """A harvest cannot go on; the message says why and, after the last semicolon, what to do."""


class RefusalError(HarvestError):
    """The repository answered with an error of the protocol (OAI-PMH 2.0, 3.6).

    Attributes:
        error: what oaipmh-scythe made of it.
        root: the answer.
    """

    def __init__(self, error: OAIPMHException, root: _Element) -> None:
        codes = ", ".join(str(each.get("code")) for each in root.findall(f"{OAI}error"))
        text = " ".join(str(error).split())
        super().__init__(f"answers {codes}{f' ({text})' if text else ''}; correct the arguments, or ask its staff")
        self.error = error
        self.root = root


@dataclass(frozen=True, slots=True)
class Manners:
    """How an endpoint is asked.

    Attributes:
        admin: the e-mail address that its staff may write to; empty if there is none.
        pause: seconds between an answer and the next request.
        sleep: what waits; tests let no time go by.
        tell: told of why we wait longer than the pause.
    """

    admin: str = ""
    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    tell: Callable[[str], None] = lambda _sentence: None

    @property
    def agent(self) -> str:
        """The User-Agent: our name and version, and who answers for us."""
        return f"dragoman/{version('dragoman')}{f' (mailto:{self.admin})' if self.admin else ''}"


class Repository(Scythe):
    """An endpoint.

    Args:
        endpoint: its address, without a query.
        manners: how it is asked.
    """

    def __init__(self, endpoint: str, manners: Manners) -> None:
        super().__init__(endpoint, http_config=HTTPConfig(user_agent=manners.agent))
        self._manners = manners
        self._asked = False

    def answer(self, **arguments: str | None) -> _Element:
        """Return the answer to a request: its root element.

        Args:
            arguments: those of the protocol; `from_` stands for `from`, and what is None is left out.

        Raises:
            RefusalError: it is an error of the protocol.
            HarvestError: there is none, or none that can be used.
        """
        query = {name.rstrip("_"): value for name, value in arguments.items() if value is not None}
        response = self.harvest(query)
        root = _sound(response.http_response.content)
        try:
            response.raise_for_oaipmh_error()
        except OAIPMHException as error:
            raise RefusalError(error, root) from None
        return root

    def harvest(self, query: dict[str, str]) -> OAIResponse:
        """Return the answer to a request, as the library knows it; it is sound, and may be an error of the protocol.

        Args:
            query: the arguments.

        Raises:
            HarvestError: there is none, or none that can be used.
        """
        problem = ""
        for wait in (*BACKOFF, None):
            try:
                found = self._sent(query)
            except httpx2.InvalidURL as error:
                raise HarvestError(f"is no web address ({error}); correct it") from None
            except httpx2.HTTPError as error:
                problem, told = f"cannot be reached ({str(error) or type(error).__name__})", None
            else:
                if found.status_code < 400 or _is_of_protocol(found.content):
                    _sound(found.content)
                    return OAIResponse(found, query)
                if found.status_code < 500 and found.status_code != 429:
                    raise HarvestError(f"answers HTTP {found.status_code}; correct the address of the endpoint")
                problem = f"answers HTTP {found.status_code}"
                told = _told_to_wait(found.headers) if found.status_code in _COME_BACK else None
            if wait is not None:
                self._wait(problem, wait if told is None else told)
        raise HarvestError(f"{problem}, {len(BACKOFF) + 1} times; run the same command again later, it will go on")

    def _wait(self, problem: str, seconds: float) -> None:
        self._manners.tell(f"{self.endpoint}: {problem}; we ask again in {seconds:.0f} seconds")
        self._manners.sleep(seconds)

    def _sent(self, query: Mapping[str, str]) -> httpx2.Response:
        """Send a request, and return its answer with its whole body, decoded."""
        if self._asked:
            self._manners.sleep(self._manners.pause)
        self._asked = True
        wishes = {"Accept-Encoding": "gzip"}
        with self.client.stream("GET", self.endpoint, params=query, headers=wishes, follow_redirects=True) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() == "retry-after"}
            return httpx2.Response(answer.status_code, headers=kept, content=_body(answer))


def _body(answer: httpx2.Response) -> bytes:
    deadline = time.monotonic() + SLOWEST
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise HarvestError(
                f"sends more than {LARGEST // 1024**2} MB in one answer; ask its staff to send shorter list pages"
            )
        if time.monotonic() > deadline:
            raise HarvestError(f"takes more than {SLOWEST:.0f} seconds for one answer; try again later")
    return bytes(body)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)


def _sound(body: bytes) -> _Element:
    """Return the root of an OAI-PMH answer.

    Raises:
        HarvestError: it is none, or not whole, or not safe.
    """
    try:
        root = etree.fromstring(body, _parser())
    except etree.XMLSyntaxError as error:
        raise HarvestError(
            f"answers what is not whole XML ({error.msg or 'nothing'}); run the same command again, or tell its staff"
        ) from None
    if root.getroottree().docinfo.doctype:
        raise HarvestError(
            "answers XML with a document type, which may bring entities from anywhere, or a web page; correct the "
            "address of the endpoint, or ask its staff to leave it out"
        )
    if root.tag != f"{OAI}OAI-PMH":
        raise HarvestError(
            f"answers <{etree.QName(root).localname}>, not OAI-PMH 2.0; correct the address of the endpoint"
        )
    return root


def _is_of_protocol(body: bytes) -> bool:
    """Whether a body is an OAI-PMH answer: some repositories send their errors with an HTTP status of 400 or more."""
    try:
        return _sound(body).find(f"{OAI}error") is not None
    except HarvestError:
        return False


def _told_to_wait(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a Retry-After asks us to wait (RFC 9110, 10.2.3); None if it does not say.

    Raises:
        HarvestError: longer than we do.
    """
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        seconds = float(stated[:12])
    else:
        try:
            moment = parsedate_to_datetime(stated)
        except ValueError:
            return None
        seconds = max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    if seconds > LONGEST_WAIT:
        raise HarvestError(
            f"asks us to come back in {seconds:.0f} seconds; run the same command again then, it will go on"
        )
    return seconds
