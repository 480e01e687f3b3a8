"""The headers of a list, on disk: they come back as they went in, and are counted by what they are."""

import pytest

import server.check.oai_pmh as module
from server.check.findings import CannotCheckError
from server.check.oai_pmh.answer import Header
from server.check.oai_pmh.headers import Headers
from tests.server.check.conftest import Provider
from tests.server.check.faults import FAULTS

GONE = Header("oai:a:1", "2026-01-01T00:00:00Z", (), deleted=True)
PLAIN = Header("oai:a:2", "2026-01-02T00:00:00Z", ("a b", "c:d"), deleted=False)
LATER = PLAIN._replace(datestamp="2026-01-03T00:00:00Z")


def test_headers_come_back_in_their_order() -> None:
    """Whatever stands in them, and when they came."""
    headers = Headers()
    headers.add([PLAIN, GONE])
    headers.add([LATER, PLAIN])
    assert list(headers) == [PLAIN, GONE, LATER, PLAIN]
    assert ("oai:a:1" in headers, "oai:a:3" in headers) == (True, False)
    assert (headers.records, headers.deleted, headers.live) == (2, True, PLAIN)
    assert (list(headers.distinct()), list(headers.repeated())) == ([GONE, PLAIN, LATER], [PLAIN])


def test_no_headers_are_none() -> None:
    """Of a list that could not be read."""
    headers = Headers()
    assert (headers.records, headers.deleted, headers.live, list(headers)) == (0, False, None, [])


def test_a_full_disk_is_told() -> None:
    """With the remedy; SQLite says so of a file that may not grow any more."""
    headers = Headers()
    headers._table.execute("PRAGMA max_page_count = 4")
    with pytest.raises(CannotCheckError) as raised:
        headers.add([PLAIN._replace(identifier="a" * 20_000)])
    assert str(raised.value) == (
        "the folder of temporary files cannot hold the headers of this list (database or disk is full); make room "
        "there, or name another one by TMPDIR"
    )


def test_more_places_than_are_kept_are_counted(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, the report stays small."""
    whole = provider.checked(FAULTS["oai-content-type"])
    monkeypatch.setattr(module, "MOST_PLACES", 3)
    report = provider.checked(FAULTS["oai-content-type"])
    assert report.findings == whole.findings[:3]
    assert report.beyond["oai-content-type"] >= len(whole.findings) - 3
