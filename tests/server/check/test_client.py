"""The client: polite, bounded, and its failures are sentences. It talks to a real server that says what it is told."""

import gzip
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from wsgiref.simple_server import WSGIServer
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from server.check import addresses
from server.check import client as module
from server.check.addresses import is_public
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
    return Client(most=10, pause=0.5, sleep=waits.append, allow_private=True)


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


def test_it_reads_what_is_compressed_in_parts(scripted: Scripted, client: Client) -> None:
    """As a server does that joins what it keeps compressed (RFC 1952, 2.2)."""
    body = gzip.compress(b"<a>") + gzip.compress(b"") + gzip.compress(b"</a>")
    scripted.answers = [("200 OK", [("Content-Encoding", "gzip")], body)]
    assert client.fetch(scripted.url, encoding="gzip").body == b"<a></a>"


def test_an_empty_body_need_not_be_compressed(scripted: Scripted, client: Client) -> None:
    """Whatever its header says."""
    scripted.answers = [("200 OK", [("Content-Encoding", "gzip")], b"")]
    assert client.fetch(scripted.url, encoding="gzip").body == b""


BAD: list[tuple[str, tuple[str, list[tuple[str, str]], bytes], Callable[[str], str]]] = [
    (
        "a body that only says it is compressed",
        ("200 OK", [("Content-Encoding", "gzip")], b"<a/>"),
        lambda url: f"{url} sent a body that is not compressed as its Content-Encoding says",
    ),
    (
        "a compressed body that is cut off",
        ("200 OK", [("Content-Encoding", "gzip")], gzip.compress(b"<a/>")[:-9]),
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


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.1.2.3", False),
        ("2002:0a01:0203::1", False),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    """Not those of local networks, of this machine, of clouds' own services, of groups; however they are written."""
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/oai", "http://localhost:1/oai", "http://[::1]:1/oai", "http://0x7f000001:1/oai"]
)
def test_what_is_not_public_is_not_asked(url: str) -> None:
    """Nothing is sent, whatever name it has."""
    assert problem(Client(most=10), url).endswith("which is no public address; --allow-private asks there too")


def test_redirects_are_judged_too(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked may be public, and send us to what is not."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    scripted.answers = [("302 Found", [("Location", scripted.url.replace("127.0.0.1", "127.0.0.2"))], b"")]
    assert problem(Client(most=10), scripted.url) == (
        "127.0.0.2 is at 127.0.0.2, which is no public address; --allow-private asks there too"
    )


def test_what_was_judged_is_connected_to(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is resolved once: it cannot mean another address a moment later. A dead address is passed over."""
    port = int(scripted.url.rpartition(":")[2].partition("/")[0])
    asked, real = [], socket.getaddrinfo

    def resolve(host: str, *arguments: Any, **named: Any) -> list[Any]:  # noqa: ANN401 - as the real one takes them
        asked.append(host)
        if host != "archive.example.org":
            return real(host, *arguments, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.2", "127.0.0.1")]

    monkeypatch.setattr(addresses, "is_public", lambda address: address.startswith("127."))
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    scripted.answers = [OK]
    assert Client(most=10).fetch(f"http://archive.example.org:{port}/oai").body == b"<a/>"
    assert asked == ["archive.example.org", "127.0.0.2", "127.0.0.1"]


def test_a_name_that_nobody_knows_is_one_sentence() -> None:
    """As a server that does not answer."""
    assert problem(Client(most=10), "http://archive.invalid/oai").startswith(
        "http://archive.invalid/oai cannot be reached: "
    )


def test_no_more_is_read_than_is_enough(scripted: Scripted, client: Client) -> None:
    """The rest may be a film."""
    scripted.answers = [("200 OK", [], b"x" * 1_000_000)]
    assert client.fetch(scripted.url, enough=1000).body == b"x" * 1000
