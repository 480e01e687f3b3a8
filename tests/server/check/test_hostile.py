"""Endpoints that do not behave: a check of them ends, and with no more requests than it said."""

import pytest

from server.check.client import Client
from server.check.findings import Report
from server.check.oai_pmh import check, most_requests
from server.check.oai_pmh.survey import Survey
from server.check.rules.rule import Level
from tests.server.check.conftest import NO_SCHEMAS, Provider
from tests.server.check.faults import FAULTS
from tests.server.check.faulty import Exchange, Fault


def _endless(exchange: Exchange) -> None:
    """Give the first page of a list under a new token, whatever token came."""
    count = exchange.given.get("resumptionToken", "").count("x")
    exchange.change(
        r"<resumptionToken.*?(/>|</resumptionToken>)", f"<resumptionToken>{'x' * (count + 1)}</resumptionToken>"
    )


def _first_page_again(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    given = dict(pairs)
    if set(given.get("resumptionToken", "")) == {"x"}:
        return [("verb", given["verb"]), *([("metadataPrefix", "oai_dc")] if given["verb"] != "ListSets" else [])]
    return pairs


def _every_list_endless(exchange: Exchange) -> None:
    if exchange.verb == "ListSets":
        exchange.change("</ListSets>", "<resumptionToken/></ListSets>")
    _endless(exchange)


ENDLESS = Fault(_first_page_again, _every_list_endless)


def test_lists_without_end_are_read_as_far_as_the_sample_goes(provider: Provider) -> None:
    """And what is found is told."""
    report = provider.checked(ENDLESS, sample=20)
    assert report.requests <= most_requests(20)
    assert "oai-list-repeat" in {finding.code for finding in report.findings}


def test_the_limit_of_requests_leaves_rules_unchecked(provider: Provider) -> None:
    """They are named with the reason."""
    report = _limited(provider, 12)
    assert (report.requests, report.findings) == (12, [])
    reasons = {each.code: each.reason for each in report.unchecked}
    assert reasons["oai-post"] == "the limit of 12 requests was reached"


def _limited(provider: Provider, most: int) -> Report:
    provider.faulty.take(Fault())
    return check(Survey(Client(most, pause=0, allow_private=True), provider.url), NO_SCHEMAS)


@pytest.mark.parametrize("body", [b"", b"<a/>", b"\x00\xff", b"<!DOCTYPE a []><OAI-PMH/>"])
@pytest.mark.parametrize("verb", ["ListMetadataFormats", "ListSets", "ListIdentifiers", "ListRecords", "GetRecord"])
def test_any_answer_is_judged(provider: Provider, verb: str, body: bytes) -> None:
    """What is no OAI-PMH is a finding where one verb alone answers it, never a traceback."""

    def answer(exchange: Exchange) -> None:
        if exchange.verb == verb:
            exchange.body = body

    codes = {finding.code for finding in provider.checked(Fault(answer=answer)).findings}
    assert codes <= {"oai-well-formed", "oai-namespace", "oai-utf-8", "oai-characters", "oai-post", "oai-record-same"}
    assert codes


@pytest.mark.parametrize(("fault", "status"), [("", 2), ("oai-identify-version", 1)])
def test_what_was_found_is_kept_when_the_check_is_stopped(provider: Provider, fault: str, status: int) -> None:
    """The rest is not checked, and what is not checked to its end is not clean."""
    client = Client(100, pause=0, allow_private=True)

    def stop(_count: int) -> None:
        if client.sent == 8:
            raise KeyboardInterrupt

    client.progress = stop
    provider.faulty.take(FAULTS[fault] if fault else Fault())
    report = check(Survey(client, provider.url), NO_SCHEMAS)
    assert {finding.code for finding in report.findings} == ({fault} if fault else set())
    assert (report.status(Level.MUST), report.requests) == (status, 8)
    assert {each.code: each.reason for each in report.unchecked}["oai-gzip"] == "the check was stopped before"
