"""The client: polite, bounded, and its failures are sentences. It talks to a real server that says what it is told."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from wsgiref.simple_server import WSGIServer
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from server.check import client as module
from server.check.client import Client
from server.check.findings import CannotCheckError
from tests.server.check.conftest import Quiet, listening


@dataclass
class Scripted:
    """A server that gives its answers one after another, the last one for ever."""

    url: str = ""
    answers: list[tuple[str, list[tuple[str, str]], bytes]] = field(default_factory=list)

    def __call__(self, _environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer (PEP 3333)."""
        status, headers, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        start_response(status, headers)
        return [body]


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    """Give a server whose answers a test writes."""
    application = Scripted()
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        application.url = f"http://127.0.0.1:{server.server_port}/oai"
        server.set_app(application)
        with listening(server):
            yield application


@pytest.fixture
def waits() -> list[float]:
    """Give the list of the seconds that the client waited."""
    return []


@pytest.fixture
def client(waits: list[float]) -> Client:
    """Give a client that notes how long it would wait."""
    return Client(most=10, pause=0.5, sleep=waits.append)


OK: tuple[str, list[tuple[str, str]], bytes] = ("200 OK", [("Content-Type", "text/xml")], b"<a/>")


def busy(retry_after: str | None, status: str = "503 Busy") -> tuple[str, list[tuple[str, str]], bytes]:
    """Return an answer that tells the client to come back."""
    return status, [] if retry_after is None else [("Retry-After", retry_after)], b"later"


def problem(client: Client, url: str) -> str:
    """Return why something cannot be fetched."""
    with pytest.raises(CannotCheckError) as caught:
        client.fetch(url)
    return str(caught.value)


def test_it_pauses_between_requests(scripted: Scripted, client: Client, waits: list[float]) -> None:
    """Before each but the first."""
    scripted.answers = [OK]
    assert [client.fetch(scripted.url).body for _ in range(3)] == [b"<a/>"] * 3
    assert waits == [0.5, 0.5]


def test_it_comes_back_when_it_is_told_to(scripted: Scripted, client: Client, waits: list[float]) -> None:
    """After as many seconds as Retry-After says, and the pause; both requests count."""
    scripted.answers = [busy("7"), OK]
    found = client.fetch(scripted.url)
    assert (found.status, found.refusals, client.sent, client.refused) == (200, ("7",), 2, 1)
    assert waits == [7.0, 0.5]


def test_it_obeys_429_too(scripted: Scripted, client: Client, waits: list[float]) -> None:
    """RFC 6585; OAI-PMH does not know it, so that it is no occasion for a rule of OAI-PMH."""
    scripted.answers = [busy("7", "429 Too Many Requests"), OK]
    found = client.fetch(scripted.url)
    assert (found.status, found.refusals, client.refused, waits) == (200, (), 0, [7.0, 0.5])


def test_it_reads_a_date_in_retry_after(scripted: Scripted, client: Client, waits: list[float]) -> None:
    """RFC 9110 allows both."""
    scripted.answers = [busy(format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)), OK]
    client.fetch(scripted.url)
    assert 50 < waits[0] <= 60


@pytest.mark.parametrize("stated", [None, "soon"])
def test_it_waits_a_while_where_nobody_says_how_long(
    scripted: Scripted, client: Client, waits: list[float], stated: str | None
) -> None:
    """No Retry-After, or none that can be read."""
    scripted.answers = [busy(stated), OK]
    client.fetch(scripted.url)
    assert waits[0] == module.USUAL_WAIT


def test_it_does_not_wait_for_ever(scripted: Scripted, client: Client, waits: list[float]) -> None:
    """An hour is too long; nothing is slept."""
    scripted.answers = [busy("3600")]
    assert problem(client, scripted.url) == "we were told to come back in 3600 seconds; check again then"
    assert waits == []


def test_it_gives_up_on_an_endpoint_that_is_always_busy(scripted: Scripted, client: Client) -> None:
    """After some tries."""
    scripted.answers = [busy("1")]
    assert problem(client, scripted.url) == (
        f"{scripted.url} answered 4 times that we should come back later; try again tomorrow"
    )


def test_it_sends_no_more_than_it_may(scripted: Scripted, client: Client) -> None:
    """Whatever is asked of it."""
    scripted.answers = [OK]
    for _ in range(10):
        client.fetch(scripted.url)
    assert problem(client, scripted.url) == "the limit of 10 requests was reached"
    assert client.sent == 10


def test_it_reads_what_is_compressed(scripted: Scripted, client: Client) -> None:
    """The body comes out as it was."""
    scripted.answers = [("200 OK", [("Content-Encoding", "gzip")], gzip.compress(b"<a/>"))]
    found = client.fetch(scripted.url, encoding="gzip")
    assert (found.body, found.headers["content-encoding"]) == (b"<a/>", "gzip")


BAD: list[tuple[str, tuple[str, list[tuple[str, str]], bytes], Callable[[str], str]]] = [
    (
        "a body that only says it is compressed",
        ("200 OK", [("Content-Encoding", "gzip")], b"<a/>"),
        lambda url: f"{url} sent a body that is not compressed as its Content-Encoding says",
    ),
    (
        "few bytes that are many once decoded",
        ("200 OK", [("Content-Encoding", "gzip")], gzip.compress(bytes(module.LARGEST + 1))),
        lambda url: f"{url} sent more than 64 MB in one answer; we read no further",
    ),
    (
        "a circle of redirects",
        ("302 Found", [("Location", "/oai")], b""),
        lambda url: f"{url} cannot be reached: Exceeded maximum allowed redirects.",
    ),
]


@pytest.mark.parametrize(("answer", "sentence"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_answer_is_one_sentence(
    scripted: Scripted,
    client: Client,
    answer: tuple[str, list[tuple[str, str]], bytes],
    sentence: Callable[[str], str],
) -> None:
    """Never a traceback, never a gigabyte in memory."""
    scripted.answers = [answer]
    assert problem(client, scripted.url) == sentence(scripted.url)


def test_nobody_there_is_one_sentence(client: Client) -> None:
    """A port at which nobody listens."""
    assert problem(client, "http://127.0.0.1:1/oai").startswith("http://127.0.0.1:1/oai cannot be reached: ")


def test_a_slow_answer_is_not_waited_for(scripted: Scripted, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole answer has a deadline, not only each of its pieces."""
    monkeypatch.setattr(module, "SLOWEST", -1.0)
    scripted.answers = [OK]
    assert problem(client, scripted.url).endswith(" seconds for one answer; we read no further")
