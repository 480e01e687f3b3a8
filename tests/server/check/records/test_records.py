"""The walk through the store: which records are looked at, against what they are held, and that it can be stopped."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from records.model import Collection, Funding, Record, Rights
from records.publish import Published
from records.store import Store
from server import processes
from server.check.findings import CannotCheckError, Finding
from server.check.records import check_records, tally
from server.check.rules import RULES
from server.check.rules.rule import Level
from server.library import Library
from server.loading import Load
from tests.server.check.records.conftest import RECOMMENDED

Make = Callable[..., Record]
Publish = Callable[..., list[Published]]
Check = Callable[..., list[Finding]]
SAMPLES = Path(__file__).parents[4] / "records" / "samples"
MUST_OR_SHOULD = [code for code, rule in RULES.items() if rule.level > Level.ADVICE and code not in RECOMMENDED]


@pytest.fixture
def check(library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Check:
    """Give a function that returns what is found in the store of what must or should hold, without schemas."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    def run() -> list[Finding]:
        report = check_records(library, schemas=None, pause=0, progress=lambda _count: None)
        return [finding for finding in report.findings if finding.code in MUST_OR_SHOULD]

    return run


def test_the_samples_break_nothing_that_must_or_should_hold(library: Library, schemas: Path) -> None:
    """What aggregators would like besides is advice: the samples state what their sources state, no more."""
    load = Load(library, dry_run=False, tell=lambda finding: pytest.fail(str(finding)))
    load.run([SAMPLES])
    report = check_records(library, schemas=schemas, pause=0, progress=lambda _count: None)
    assert [finding for finding in report.findings if finding.code in MUST_OR_SHOULD] == []
    assert {RULES[code].level for code in RECOMMENDED} == {Level.SHOULD}
    assert report.records == 15
    assert dict(report.completeness)["title"] == 15
    assert dict(report.completeness)["rights URI"] == 7
    europeana = next(each for each in report.readiness if each.name == "Europeana")
    assert (europeana.ready, dict(europeana.asked)["rights URI"]) == (0, 7)


def test_only_what_is_shown_is_looked_at(library: Library, make_record: Make, publish: Publish, schemas: Path) -> None:
    """Nothing hidden, embargoed or withdrawn; where that leaves nothing, nothing can be checked."""
    publish(
        make_record("hidden", visibility="hidden"),
        make_record("embargoed", embargoed_until="2999-01-01"),
        make_record("gone"),
    )
    publish(make_record("gone", visibility="deleted"))
    with pytest.raises(CannotCheckError, match=r"shows no record; load some, and check again"):
        check_records(library, schemas=schemas, pause=0, progress=lambda _count: None)
    publish(make_record("letter-1"))
    assert check_records(library, schemas=schemas, pause=0, progress=lambda _count: None).records == 1


STATEMENTS = (
    *("A <b>bold</b> & plain statement.", " blanks around ", "two\nlines", "a carriage\rreturn", "<p>tags alone</p>"),
    *("&amp; &#0; ]]>", "\u00a0\ufeff\u2028 \x85", "毛泽东 𐎀 🏛️", "'\"", "{{ braces }}", "<br/>", "x" * 5000),
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_any_statement_arrives_everywhere(make_record: Make, publish: Publish, check: Check, statement: str) -> None:
    """Character for character, in each format, in the manifest and on the page."""
    funding = [{"acknowledgment": f"{statement} thanks"}, {"acknowledgment": "And others."}]
    publish(
        make_record("letter-1", rights={"statement": statement}, funding=funding, texts=[{"content": "Dear friend"}])
    )
    assert check() == []


def test_what_a_collection_states_is_owed_by_its_records(
    library: Library, make_record: Make, publish: Publish, check: Check
) -> None:
    """By those that say nothing themselves; the nearest collection speaks first."""
    collections = [
        Collection(
            spec="a", title="A", rights=Rights(statement="Of all."), funding=(Funding(acknowledgment="Thanks."),)
        ),
        Collection(spec="a:b", title="B", rights=Rights(statement="Of these.")),
    ]
    publish(
        make_record("inner", collections=["a:b"]),
        make_record("own", collections=["a:b"], rights={"statement": "Of mine."}),
        collections=collections,
    )
    assert check() == []
    library.store.put_collections([Collection(spec="a:b", title="B", rights=Rights(statement="Of those."))])
    found = check()
    assert {finding.where for finding in found} == {
        f"inner in {name}" for name in ("oai_dc", "mods", "oai_dcterms", "marc21")
    }
    assert {(finding.code, finding.expected, finding.found) for finding in found} == {
        ("record-statement", "'Of those.'", "'Of these.'")
    }


def test_in_a_document_as_it_arrived_white_space_is_layout(make_record: Make, publish: Publish, check: Check) -> None:
    """There the same words are the same statement; in all that we write each character counts."""
    mods = (
        '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>A</title></titleInfo>'
        "<accessCondition>\n  Ask us\n  first.\n</accessCondition></mods>"
    )
    native = {"format": "mods", "document": mods}
    publish(make_record("letter-1", rights={"statement": "Ask us first."}, native=native))
    assert check() == []


def test_several_processes_find_what_one_finds(
    library: Library, make_record: Make, publish: Publish, monkeypatch: pytest.MonkeyPatch, schemas: Path
) -> None:
    """In the same order."""
    publish(*(make_record(f"letter-{number}", dates=[{"edtf": "2999"}]) for number in range(120)))
    reports = []
    for count in (1, 2):
        monkeypatch.setattr(processes, "PROCESSES", count)
        done: list[int] = []
        reports.append(check_records(library, schemas=schemas, pause=0, progress=done.append))
        assert done == [50, 50, 20]
    assert reports[0] == reports[1]
    assert [finding.where for finding in reports[0].findings if finding.code == "record-date-future"][:2] == [
        "letter-0 in mods, dateCreated",
        "letter-1 in mods, dateCreated",
    ]


def test_places_beyond_a_number_are_counted_only(
    library: Library, make_record: Make, publish: Publish, monkeypatch: pytest.MonkeyPatch, schemas: Path
) -> None:
    """So that a million of them do not fill the memory."""
    publish(*(make_record(f"letter-{number}") for number in range(5)))
    monkeypatch.setattr(tally, "MOST_PLACES", 3)
    report = check_records(library, schemas=schemas, pause=0, progress=lambda _count: None)
    (found,) = (findings for code, findings in report.by_rule() if code == "record-shelfmark")
    assert (len(found), report.beyond["record-shelfmark"], report.count("record-shelfmark", found)) == (3, 2, 5)


def test_what_was_found_is_kept_when_the_check_is_stopped(
    library: Library, make_record: Make, publish: Publish, monkeypatch: pytest.MonkeyPatch, schemas: Path
) -> None:
    """And every rule is said not to have been checked to the end."""
    publish(*(make_record(f"letter-{number}") for number in range(120)))
    monkeypatch.setattr(processes, "PROCESSES", 1)

    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    report = check_records(library, schemas=schemas, pause=0, progress=stop)
    assert (report.stopped, report.records, report.status(Level.MUST)) == (True, 50, 2)
    assert {finding.code for finding in report.findings} >= {"record-shelfmark", "dlf-type"}
    assert {each.code: each.reason for each in report.unchecked}["record-statement"] == (
        "the check was stopped after 50 records"
    )


def test_a_record_that_is_stated_anew_meanwhile_is_looked_at_again(
    library: Library, make_record: Make, publish: Publish, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its old statement is not held against its new documents."""
    publish(make_record("letter-1", rights={"statement": "Old."}))
    walked = Store.all_stated

    def overtaken(self: Store, batch: int) -> object:
        for rows in walked(self, batch):
            publish(make_record("letter-1", rights={"statement": "New."}))
            yield rows

    monkeypatch.setattr(Store, "all_stated", overtaken)
    assert check() == []
    ((_identifier, stated),) = library.store.stated(["letter-1"]).items()
    assert json.loads(stated)["rights"]["statement"] == "New."


DATE = '<originInfo><dateCreated encoding="{}">{{}}</dateCreated></originInfo>'
LANGUAGE = '<language><languageTerm type="code" authority="{}">{{}}</languageTerm></language>'
VALUES = [
    (DATE.format("w3cdtf"), "0000 1965-12 2000-02-29 1965-03-02T10:00:00Z", "1965-13 1900-02-29 65 1965/1966"),
    (DATE.format("edtf"), "../1950 1965-21 196X 1927~/1929? Y-17000 1965-03~-02", "1965-02-30 / .. March 1/2/3"),
    (DATE.format("iso8601"), "19650302 whatever", ""),
    (LANGUAGE.format("iso639-2b"), "ger cnr mul zxx", "deu de xqx"),
    (LANGUAGE.format("rfc5646"), "es-419 de-1901", "xq"),
    (
        "<location><url>{}</url></location>",
        "https://a.org/ü?q=1#f urn:isbn:1 http://[2001:db8::1]:8080/x",
        "a.org/1 http:///x http://a|b.org javascript:alert(1) http://a.org:99999/",
    ),
]
"""Elements of MODS as others wrote it: with values that are in order, and with values that are not."""


@pytest.mark.parametrize(("element", "sound", "unsound"), VALUES)
def test_values_in_order_are_told_from_those_that_are_not(
    make_record: Make, publish: Publish, check: Check, element: str, sound: str, unsound: str
) -> None:
    """Whatever stands in a document that a record arrived with."""
    for number, value in enumerate([*sound.split(), *unsound.split()]):
        part = f"<titleInfo><title>A</title></titleInfo>{element.format(value)}"
        document = f'<mods xmlns="http://www.loc.gov/mods/v3">{part}</mods>'
        publish(make_record(f"letter-{number}", native={"format": "mods", "document": document}))
    found = {finding.record: finding.found for finding in check()}
    assert list(found.values()) == unsound.split()
