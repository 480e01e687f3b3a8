"""Endpoints that misbehave: each fault is one sentence, what came before it is kept, and nothing hangs or grows."""

import gzip
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element

from server.harvesting import repository
from server.harvesting.repository import HarvestError, _sound
from server.library import Library
from tests.server.harvesting.repositories import Answer, Harvesting, Strange, answered, listed


def test_it_says_who_asks(harvest: Harvesting, strange: Strange) -> None:
    """Name, version, and whom to write to."""
    strange.answer = lambda _query: listed("oai:x:a")
    harvest(strange.endpoint)
    assert strange.agents == {f"dragoman/{version('dragoman')} (mailto:staff@library.example.edu)"}


def after(*answers: Answer) -> Callable[[dict[str, str]], Answer]:
    """Return what gives these answers first, then a list page."""
    left = list(answers)
    return lambda _query: left.pop(0) if left else listed("oai:x:a")


@pytest.mark.parametrize(
    ("answer", "waited"),
    [
        ((503, {"Retry-After": "7"}, b""), [7.0]),
        ((429, {"Retry-After": "120"}, b"slower"), [120.0]),
        ((503, {}, b""), [5.0]),
        ((503, {"Retry-After": "soon"}, b""), [5.0]),
        ((500, {"Retry-After": "99"}, b""), [5.0]),
        ((200, {"Content-Length": "9000"}, b"<OAI"), [5.0]),
    ],
)
def test_it_comes_back_when_told_to(harvest: Harvesting, strange: Strange, answer: Answer, waited: list[float]) -> None:
    """Or after a while, where it is not told; a body that ends too early is asked for again too."""
    strange.answer = after(answer)
    told = harvest(strange.endpoint)
    assert told.faults == []
    assert [wait for wait in told.slept if wait != 1.0] == waited


def test_it_comes_back_at_a_date(harvest: Harvesting, strange: Strange) -> None:
    """Retry-After may be one."""
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    strange.answer = after((503, {"Retry-After": moment}, b""))
    assert any(60 < wait <= 90 for wait in harvest(strange.endpoint).slept)


HTML = b"<!DOCTYPE html><html><body>Moved</body></html>"
BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><OAI-PMH>&b;</OAI-PMH>'
DEEP = b"<OAI-PMH>" + b"<a>" * 5000
GZIP = {"Content-Encoding": "gzip"}
DOCTYPE = (
    "answers XML with a document type, which may bring entities from anywhere, or a web page; correct the address of "
    "the endpoint, or ask its staff to leave it out"
)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((404, {}, b""), "answers HTTP 404; correct the address of the endpoint"),
        (
            (503, {"Retry-After": "86400"}, b""),
            "asks us to come back in 86400 seconds; run the same command again then, it will go on",
        ),
        ((502, {}, b""), "answers HTTP 502, 4 times; run the same command again later, it will go on"),
        ((200, {}, HTML), DOCTYPE),
        ((200, {}, BOMB), DOCTYPE),
        (
            (200, {}, b"<html><body/></html>"),
            "answers <html>, not OAI-PMH 2.0; correct the address of the endpoint",
        ),
        (
            (200, {}, listed("oai:x:a")[2][:-30]),
            "answers what is not whole XML (expected '>', line 1, column 365); run "
            "the same command again, or tell its staff",
        ),
        (
            (200, {}, b"down for maintenance"),
            "answers what is not whole XML (Start tag expected, '<' not found, line 1, column 1); run the same command "
            "again, or tell its staff",
        ),
        (
            answered('<error code="badArgument">No such\n  set.</error>'),
            "answers badArgument (No such set.); correct the arguments, or ask its staff",
        ),
        (
            (422, *answered('<error code="cannotDisseminateFormat"/>')[1:]),
            "answers cannotDisseminateFormat; correct the arguments, or ask its staff",
        ),
        (
            answered("<ListRecords/>", "yesterday"),
            "states 'yesterday' as its responseDate, which is no time; ask its staff to mend it",
        ),
    ],
)
def test_what_cannot_be_used_is_told(harvest: Harvesting, strange: Strange, answer: Answer, problem: str) -> None:
    """In one sentence."""
    strange.answer = lambda _query: answer
    assert harvest(strange.endpoint).faults == [f"{strange.endpoint}: {problem}"]


def test_what_is_too_long_is_not_read_on(
    harvest: Harvesting, strange: Strange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor what is so once it is unpacked."""
    monkeypatch.setattr(repository, "LARGEST", 1024**2)
    strange.answer = lambda _query: (200, GZIP, gzip.compress(b"<" * 40 * 1024**2))
    assert harvest(strange.endpoint).faults == [
        f"{strange.endpoint}: sends more than 1 MB in one answer; ask its staff to send shorter list pages"
    ]


def test_depth_is_bounded(harvest: Harvesting, strange: Strange) -> None:
    """By the parser."""
    strange.answer = lambda _query: (200, {}, DEEP)
    (fault,) = harvest(strange.endpoint).faults
    assert "answers what is not whole XML (Excessive depth" in fault


AGAIN = "sends the same list pages again and again; ask its staff to mend its tokens"


def test_a_token_that_is_given_again_ends_it(harvest: Harvesting, strange: Strange) -> None:
    """Whatever records come with it."""
    numbers = iter(range(1000))
    strange.answer = lambda _query: listed(f"oai:x:{next(numbers)}", token="same")
    told = harvest(strange.endpoint)
    assert (told.faults, told.report.outcomes) == ([f"{strange.endpoint}: {AGAIN}"], {"added": 2})


def test_the_same_page_under_new_tokens_ends_it(harvest: Harvesting, strange: Strange, library: Library) -> None:
    """What came is kept."""
    numbers = iter(range(1000))
    strange.answer = lambda _query: listed("oai:x:a", token=f"t{next(numbers)}")
    assert harvest(strange.endpoint).faults == [f"{strange.endpoint}: {AGAIN}"]
    assert library.store.counts()["shown"] == 1


def test_empty_pages_may_come_but_not_for_ever(harvest: Harvesting, strange: Strange) -> None:
    """Some repositories filter their pages after they have cut them."""
    numbers = iter(range(1000))

    def answer(_query: dict[str, str]) -> Answer:
        number = next(numbers)
        return listed("oai:x:a") if number == 50 else listed(token=f"t{number}")

    strange.answer = answer
    assert harvest(strange.endpoint).report.outcomes == {"added": 1}
    assert harvest(strange.endpoint, full=True).faults == [f"{strange.endpoint}: {AGAIN}"]


def test_a_record_that_cannot_be_taken_costs_itself_alone(
    harvest: Harvesting, strange: Strange, library: Library
) -> None:
    """The harvest is complete nevertheless."""
    strange.answer = lambda _query: answered(
        "<ListRecords><record><header><identifier>oai:x:a</identifier></header></record>"
        "<record><header/></record></ListRecords>"
    )
    assert harvest(strange.endpoint).faults == [
        f"{strange.endpoint}, oai:x:a: has no metadata; ask the repository for it again",
        f"{strange.endpoint}: has no identifier in its header; add it, or take the record out of the OAI-PMH response",
    ]
    assert any(name.startswith("harvest ") for name in library.store.facts())


def test_nobody_answers(harvest: Harvesting) -> None:
    """That is a sentence too."""
    (fault,) = harvest("http://127.0.0.1:9/oai").faults
    assert fault.startswith("http://127.0.0.1:9/oai: cannot be reached (")
    assert fault.endswith("), 4 times; run the same command again later, it will go on")


@given(st.binary(max_size=200) | st.text(alphabet="<>/?!&;[]ab \"'=", max_size=60).map(str.encode))
def test_any_bytes_are_an_answer_or_an_error(body: bytes) -> None:
    """Nothing else comes of them."""
    with suppress(HarvestError):
        assert isinstance(_sound(body), _Element)
