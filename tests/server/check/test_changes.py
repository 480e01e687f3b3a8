"""That records which change while a check reads them raise no false alarm: lists then grow, and shrink, by right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.check.conftest import RECORDS, Provider, load
from tests.server.check.faulty import Exchange, Fault

CHANGES: dict[str, list[dict[str, object]]] = {
    "updated": [{**RECORDS[0], "titles": [{"text": "Another title"}]}],
    "updated on the page to come": [{**RECORDS[4], "titles": [{"text": "Another title"}]}],
    "deleted": [{**RECORDS[1], "visibility": "deleted"}],
    "created": [{**RECORDS[0], "identifier": f"letter-{number}"} for number in range(20, 26)],
}


@pytest.mark.parametrize("verb", ["ListIdentifiers", "ListRecords"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_within_a_list_is_no_fault(own_provider: Provider, tmp_path: Path, change: str, verb: str) -> None:
    """The change is made by a real load, when the first page of a list has been served and no other."""
    fault = Fault(answer=_once(verb, lambda: load(own_provider.library, tmp_path / "in", CHANGES[change])))
    assert own_provider.checked(fault).findings == []


def _once(verb: str, change: Callable[[], None]) -> Callable[[Exchange], None]:
    def answer(exchange: Exchange) -> None:
        if exchange.pairs == [("verb", verb), ("metadataPrefix", "oai_dc")] and not exchange.earlier:
            change()

    return answer


def test_a_list_that_is_longer_than_the_sample_is_not_taken_for_complete(provider: Provider) -> None:
    """What needs the whole list is not checked then, and the report says how it would be."""
    report = provider.checked(Fault(), sample=4)
    assert (report.findings, report.records) == ([], 6)
    reasons = {each.code: each.reason for each in report.unchecked}
    assert reasons["oai-list-loss"] == "the list is longer than the sample; --all reads it to its end"
