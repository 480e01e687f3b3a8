"""What the newest check found, for whoever looks: nothing there starts a check, or says more than the store shows."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from records import check_runs
from records.model import Record
from records.publish import Published
from server.check import runs
from server.check.findings import Finding, Readiness, Report, Share, Unchecked
from server.library import Library
from server.pages import conformance
from server.words import cell

Make = Callable[..., Record]
Publish = Callable[..., list[Published]]
Keep = Callable[..., None]

HOSTILE = "<script>alert(1)</script> \u202e {{ 7 * 7 }}"
RULES = ["record-link", "dpla-title", "dpla-rights", "record-shelfmark", "record-valid-edm"]
DPLA = Readiness("DPLA", 1, [Share("title", 2), Share("rights URI", 1)], [Share("date", 0)], RULES[1:3])
HUB = Readiness("DPLA, as some hub reads MODS", 2, [Share("title", 2)], [])
FINDINGS = [
    Finding("record-link", "letter-1 in mods, url", "an address", HOSTILE),
    Finding("dpla-title", "letter-1 in mods", "a title", "none"),
    Finding("dpla-rights", "letter-1 in mods", "a URI", "none"),
    Finding("dpla-rights", "letter-2 in its statement", "a URI", "=cmd|'/c calc'!A1"),
    Finding("dpla-rights", "hidden-1 in mods", "a URI", "what nobody may see"),
]


@pytest.fixture
def report(publish: Publish, make_record: Make) -> Report:
    """Give what a check found in two records, and in one that is hidden by now."""
    publish(make_record("letter-1"), make_record("letter-2", oai_identifier="oai:other.org:l/2&3"))
    publish(make_record("hidden-1", visibility="hidden"))
    unchecked = [Unchecked("record-valid-edm", "no record has a document in edm")]
    return Report(
        "the records",
        RULES,
        FINDINGS,
        unchecked,
        requests=0,
        records=3,
        completeness=[Share("title", 3), Share("date", 1)],
        readiness=[DPLA, HUB],
    )


@pytest.fixture
def keep(library: Library, report: Report) -> Keep:
    """Give a function that keeps what a check found, or else something in it."""

    def put(findings: Iterable[Finding] = FINDINGS, **changes: Any) -> None:  # noqa: ANN401 - any field of a report
        sequence = library.store.state().change_sequence
        runs.keep(library.store.database, replace(report, findings=list(findings), **changes), sequence)

    return put


def _page(client: FlaskClient, address: str) -> etree._Element:
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    return html.document_fromstring(response.data)


def _text(element: etree._Element) -> str:
    return " ".join(str(element.xpath("string()")).split())


def _rows(page: etree._Element) -> list[list[str]]:
    return [[_text(cell) for cell in row] for row in page.xpath("//table[@class='found']/tbody/tr")]


def test_without_a_run_the_page_says_how_to_make_one(client: FlaskClient) -> None:
    """And nothing else is there."""
    page = _page(client, "/conformance")
    assert _text(page.xpath("//main/p")[0]) == (
        "The records were not checked yet. dragoman check looks at all of them, and keeps what it finds for this page; "
        "let it run every night, by cron or a timer of systemd."
    )
    for address in ("/conformance.csv", "/conformance/record-link", "/conformance/aggregators/dpla"):
        response = client.get(address)
        assert response.status_code == 404
        assert "the records were not checked yet; run &#39;dragoman check&#39;" in response.text


def test_the_page_says_what_the_newest_run_found(client: FlaskClient, keep: Keep) -> None:
    """Rules, the most frequent first; aggregators, fields, and what was not checked."""
    keep()
    page = _page(client, "/conformance")
    assert [_text(each) for each in page.xpath("//ul[@class='figures']/li")] == [
        "3 rules broken",
        "5 places",
        "1 not broken",
        "1 not checked",
        "3 records looked at",
    ]
    counts = page.xpath("//summary/span[@class='count']/text()")
    assert list(zip(counts, page.xpath("//details[@class='finding']/summary//code/text()"), strict=True)) == [
        ("3", "dpla-rights"),
        ("1", "dpla-title"),
        ("1", "record-link"),
    ]
    assert page.xpath("//h3/text()") == ["DPLA: 33 %", "DPLA, as some hub reads MODS: 66 %"]
    assert page.xpath("//table[@class='bars']//rect/@width")[-2:] == ["100%", "33%"]
    assert page.xpath("//h2/text()") == [
        "What is broken, the most frequent first",
        "What aggregators can take",
        "What the records state",
        "What was not checked",
        "What is in order",
        "Checks so far",
    ]
    assert [_text(row) for row in page.xpath("//table[@class='runs']/tbody/tr/td[1]")] == ["3"]
    assert all(page.xpath(f"//*[@id='{name}']") for name in page.xpath("//@aria-labelledby"))


def test_the_page_says_whether_records_have_changed_since(
    client: FlaskClient, keep: Keep, publish: Publish, make_record: Make
) -> None:
    """A check is of the store as it stood then."""
    keep()
    assert "No record has changed since." in _text(_page(client, "/conformance"))
    publish(make_record("letter-3"))
    assert "Records have changed since." in _text(_page(client, "/conformance"))


def test_what_was_found_leads_to_the_record(client: FlaskClient, keep: Keep) -> None:
    """To its page, and to the request in the format that it was found in, or else in oai_dc."""
    keep()
    page = _page(client, "/conformance/dpla-rights")
    assert _text(page.xpath("//h1")[0]).endswith(".")
    assert _rows(page) == [
        ["letter-1 in mods GetRecord", "a URI", "none"],
        ["letter-2 in its statement GetRecord", "a URI", "=cmd|'/c calc'!A1"],
        ["a record that is not shown any more", "", ""],
    ]
    links = page.xpath("//table//a/@href")
    assert links == [
        "/records/letter-1",
        "/oai?verb=GetRecord&metadataPrefix=mods&identifier=oai%3Aarchive.example.org%3Aletter-1",
        "/records/letter-2",
        "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai%3Aother.org%3Al%2F2%263",
    ]
    for link in links:
        response = client.get(link)
        assert response.status_code == 200
        assert b"<error" not in response.data


def test_a_record_that_is_not_shown_any_more_is_not_told(client: FlaskClient, keep: Keep) -> None:
    """On no page, though the check found it when it was shown; it is counted."""
    keep()
    for address in ("", "/dpla-rights", "/aggregators/dpla", ".csv"):
        body = client.get(f"/conformance{address}").text
        assert "hidden-1" not in body
        assert "what nobody may see" not in body


def test_what_strangers_wrote_is_text(client: FlaskClient, keep: Keep) -> None:
    """Never markup, nor what turns the line around."""
    keep()
    for address in ("/conformance", "/conformance/record-link"):
        page = _page(client, address)
        assert page.xpath("//script | //@style | //@onclick") == []
        assert "<script>alert(1)</script> \\u202e {{ 7 * 7 }}" in [row[2] for row in _rows(page)]
        assert all(link.startswith(("/", "https://", "mailto:", "#")) for link in page.xpath("//@href"))


def test_a_rule_that_holds_or_was_not_checked_says_so(client: FlaskClient, keep: Keep) -> None:
    """With the reason; what is no rule of records is not there."""
    keep()
    assert _text(_page(client, "/conformance/record-shelfmark")).find("it holds everywhere.") > 0
    page = _page(client, "/conformance/record-valid-edm")
    assert page.xpath("//main//li/text()") == ["no record has a document in edm"]
    for code in ("oai-post", "x", "%00", "..%2f"):
        assert client.get(f"/conformance/{code}").status_code == 404


def test_many_places_come_page_by_page(client: FlaskClient, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each place once."""
    monkeypatch.setattr(conformance, "MOST", 2)
    found = [Finding("dpla-title", f"letter-1 in mods, {number}", "a title", str(number)) for number in range(5)]
    keep(found, beyond={"dpla-title": 10})
    address, seen = "/conformance/dpla-title", []
    for _page_number in range(3):
        page = _page(client, address)
        seen += [row[2] for row in _rows(page)]
        address = "/conformance/dpla-title" + "".join(page.xpath("//a[@rel='next']/@href"))
    assert seen == ["0", "1", "2", "3", "4"]
    assert address == "/conformance/dpla-title"
    assert "broken in 15 places. The first 5 were kept." in _text(page)
    assert _rows(_page(client, "/conformance/dpla-title?after=99")) == []
    assert client.get("/conformance/dpla-title?after=-1").status_code == 400


def test_an_aggregator_says_who_falls_short_and_of_what(client: FlaskClient, keep: Keep) -> None:
    """Field by field; a single hub breaks no rule, so it has no page."""
    keep()
    page = _page(client, "/conformance")
    assert page.xpath("//div[@class='aggregator']/p/a/@href") == ["/conformance/aggregators/dpla"]
    page = _page(client, "/conformance/aggregators/dpla")
    assert _rows(page) == [["letter-1", "title, rights URI"], ["letter-2", "rights URI"]]
    fields = page.xpath("//section[@aria-labelledby='fields']//tbody/tr")
    assert [[_text(cell) for cell in row] for row in fields] == [["title", "1"], ["rights URI", "2"]]
    assert "More records" not in _text(page)
    assert client.get("/conformance/aggregators/dpla-as-some-hub-reads-mods").status_code == 404
    assert client.get("/conformance/aggregators/x").status_code == 404


def test_many_records_that_fall_short_come_page_by_page(
    client: FlaskClient, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where more fall short than were kept, that is said."""
    monkeypatch.setattr(conformance, "MOST", 1)
    keep(beyond={"dpla-title": 10})
    page = _page(client, "/conformance/aggregators/dpla")
    assert (_rows(page), page.xpath("//a[@rel='next']/@href")) == ([["letter-1", "title, rights URI"]], ["?after=1"])
    assert "More records fall short than were kept; these are the first that lack each field." in _text(page)
    page = _page(client, "/conformance/aggregators/dpla?after=1")
    assert _rows(page) == [["letter-2", "rights URI"]]
    assert page.xpath("//p[@class='actions']/a/text()") == ["To the first records", "More records"]


def test_the_history_is_a_table_and_a_line(client: FlaskClient, keep: Keep) -> None:
    """A line needs two runs."""
    keep()
    assert _page(client, "/conformance").xpath("//polyline") == []
    keep([])
    page = _page(client, "/conformance")
    assert page.xpath("//polyline/@points") == ["0,0 600,80"]
    rows = page.xpath("//table[@class='runs']/tbody/tr")
    assert [[_text(cell) for cell in row][1:] for row in rows] == [["3", "0", "0", "0"], ["3", "1", "0", "4"]]


def test_the_download_has_a_row_for_each_finding(client: FlaskClient, keep: Keep) -> None:
    """RFC 4180; no cell is a formula to a spreadsheet."""
    keep()
    response = client.get("/conformance.csv", headers={"Accept-Encoding": "gzip"})
    assert response.content_type == "text/csv; charset=utf-8; header=present"
    assert response.headers["Content-Disposition"] == 'attachment; filename="conformance.csv"'
    assert response.data.count(b"\r\n") == 5
    assert list(csv.reader(io.StringIO(response.text, newline=""), strict=True)) == [
        ["code", "level", "record", "where", "expected", "found"],
        ["dpla-rights", "advice", "letter-1", "letter-1 in mods", "a URI", "none"],
        ["dpla-rights", "advice", "letter-2", "letter-2 in its statement", "a URI", "'=cmd|'/c calc'!A1"],
        ["dpla-title", "advice", "letter-1", "letter-1 in mods", "a title", "none"],
        ["record-link", "must", "letter-1", "letter-1 in mods, url", "an address", HOSTILE],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1"])
def test_no_cell_begins_a_formula(text: str) -> None:
    """Whatever a spreadsheet would take for one is text."""
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "none", "1965-03-02", "'quoted'", "a=b", "\ud800"])
def test_other_cells_are_as_they_are(text: str) -> None:
    """Nothing is added to what is harmless."""
    assert cell(text) == text


def test_quotes_lines_and_halves_of_characters_arrive(client: FlaskClient, keep: Keep) -> None:
    """In one cell each."""
    found = 'a "quoted", word\r\nand \ud800'
    keep([Finding("record-link", "letter-1 in mods", "a,b", found)])
    rows = list(csv.reader(io.StringIO(client.get("/conformance.csv").text, newline=""), strict=True))
    assert rows[1][4:] == ["a,b", 'a "quoted", word\r\nand \\ud800']


@pytest.mark.parametrize("address", ["", "/dpla-rights", "/aggregators/dpla", ".csv"])
def test_nothing_starts_or_aims_a_check(client: FlaskClient, library: Library, keep: Keep, address: str) -> None:
    """No method but reading, no form, and no argument that is heeded."""
    keep()
    aimed = "?target=http://127.0.0.1/&url=file:///etc/passwd&record=letter-1"
    plain, asked = (client.get(f"/conformance{address}{query}") for query in ("", aimed))
    assert plain.data == asked.data
    assert b"<form" not in plain.data
    assert client.post(f"/conformance{address}").status_code == 405
    assert len(check_runs.history(library.store.database)) == 1


def test_the_front_page_leads_there(client: FlaskClient) -> None:
    """Beside what harvesters and viewers find."""
    page = html.document_fromstring(client.get("/").data)
    assert page.xpath("//section[@aria-labelledby='harvest']//a[text()='Whether our records are in order']/@href") == [
        "/conformance"
    ]
