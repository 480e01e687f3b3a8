"""That the checker finds faults: each rule has one that raises exactly it, and the sound server raises none."""

import re
from collections.abc import Callable
from typing import NoReturn

import pytest

from server.check.findings import Finding
from server.check.oai_pmh import EVERY_ANSWER, ONCE, VALID
from server.check.rules.oai_pmh import OAI_PMH_RULES
from server.check.rules.rule import Rule
from server.check.schemas import Schemas
from tests.server.check.conftest import Provider
from tests.server.check.faults import FAULTS
from tests.server.check.faulty import Exchange, Fault
from tests.server.check.golden import assert_golden

OAI_PMH = {rule.code: rule for rule in OAI_PMH_RULES}
SOUND = Fault()
WITHOUT_OCCASION = {"oai-date-too-fine", "oai-retry-after"}
"""What cannot be tried on the sound server: its granularity is the second, and it is never too busy."""


def test_every_rule_has_a_check_and_a_fault() -> None:
    """And nothing is checked or broken that is no rule."""
    assert sorted(OAI_PMH) == sorted(FAULTS) == sorted([*EVERY_ANSWER, *ONCE, *VALID])


def test_the_sound_server_raises_nothing(provider: Provider, official_schemas: Schemas | None) -> None:
    """No false alarm, and all that can be looked at is."""
    report = provider.checked(SOUND, official_schemas)
    assert report.findings == []
    assert {each.code for each in report.unchecked} == WITHOUT_OCCASION | (set() if official_schemas else set(VALID))
    assert report.records == 9


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_raises_exactly_its_rule(
    provider: Provider, official_schemas: Schemas | None, need: Callable[[str], NoReturn], code: str
) -> None:
    """One rule is broken, one rule is named; `tests/golden/check.json` has what is said of it first."""
    if code in VALID and official_schemas is None:
        need("DRAGOMAN_SCHEMAS is not set: it names the folder of the official schemas")
    report = provider.checked(FAULTS[code], official_schemas)
    assert {finding.code for finding in report.findings} == {code}, report.findings
    assert code not in {each.code for each in report.unchecked}
    assert_golden(report.findings[0])


def test_a_fault_everywhere_hides_no_other(
    provider: Provider, official_schemas: Schemas | None, need: Callable[[str], NoReturn]
) -> None:
    """Not even one that every answer has: what is invalid is told beside it."""
    if official_schemas is None:
        need("DRAGOMAN_SCHEMAS is not set: it names the folder of the official schemas")
    codes = {"oai-content-type", "oai-request-url", "oai-response-date", "oai-schema-answer", "oai-schema-metadata"}

    def all_at_once(exchange: Exchange) -> None:
        exchange.change("/oai</request>", "/inside/oai</request>")
        for code in codes - {"oai-request-url"}:
            FAULTS[code].answer(exchange)

    report = provider.checked(Fault(answer=all_at_once), official_schemas)
    assert {finding.code for finding in report.findings} == codes


def _cut_lists(exchange: Exchange) -> None:
    exchange.cut = 20 if exchange.verb == "ListRecords" else 0


def _another_list(exchange: Exchange) -> None:
    if exchange.gzip and exchange.verb == "ListRecords":
        exchange.change("(</?)dc:title", r"\1dc:subject")


@pytest.mark.parametrize(
    ("fault", "found"),
    [(_cut_lists, "a body that cannot be unpacked, or not to its end"), (_another_list, "another answer")],
)
def test_a_list_page_is_compared_too(provider: Provider, fault: Callable[[Exchange], None], found: str) -> None:
    """Compressed and not; one that is cut off is a fault like one that says something else."""
    where = "?verb=ListRecords&metadataPrefix=oai_dc (Accept-Encoding: gzip)"
    expected = "the answer that is sent uncompressed"
    assert provider.checked(Fault(answer=fault)).findings == [Finding("oai-gzip", where, expected, found)]


ERRORS_ECHO = [("", set()), (' verb="ListRecords"', set()), (' verb="Identify"', {"oai-request-echo"})]


@pytest.mark.parametrize(("echo", "codes"), ERRORS_ECHO)
def test_an_error_need_not_repeat_what_was_sent(provider: Provider, echo: str, codes: set[str]) -> None:
    """But what it repeats must have been sent (OAI-PMH 2.0, 3.2)."""

    def answer(exchange: Exchange) -> None:
        if b"noRecordsMatch" in exchange.body and exchange.verb == "ListRecords":
            exchange.change("<request[^>]*>", f"<request{echo}>")

    assert {finding.code for finding in provider.checked(Fault(answer=answer)).findings} == codes


@pytest.mark.parametrize("rule", OAI_PMH.values(), ids=OAI_PMH)
def test_each_rule_is_written_for_people(rule: Rule) -> None:
    """Whole sentences, a section, a link."""
    assert re.fullmatch(r"oai-[a-z]+[a-z0-9-]*", rule.code)
    assert re.fullmatch(r"[A-Z][^\n]*\.", rule.sentence)
    assert re.fullmatch(r"[A-Z][^\n]*[.>]", rule.remedy)
    assert re.fullmatch(r"[1-5](\.[0-9]){0,3}", rule.section)
    assert rule.link.startswith("https://www.openarchives.org/OAI/")
