"""Harvests of a repository of ours: what arrives, what comes again, and where an interrupted one goes on."""

import json
from collections.abc import Callable

import pytest

from records import stated
from records.database import seconds
from records.header import written
from records.model import Collection
from server import publishing
from server.harvesting import bookmarks
from server.library import Library
from tests.server.harvesting.repositories import Answer, Harvesting, Origin, Strange, answered, listed


def identifiers(library: Library) -> dict[str, str]:
    """Return the visibility of each record, by its OAI identifier."""
    found = [json.loads(shown.stated) for batch in library.store.all_stated(100) for shown in batch]
    return {each["oai_identifier"]: each.get("visibility", "public") for each in found}


def bookmark(library: Library) -> bookmarks.Bookmark:
    """Return the one bookmark that there is."""
    (found,) = bookmarks.every(library.store).values()
    return found


def test_everything_comes_with_its_identifiers_and_sets(harvest: Harvesting, origin: Origin, library: Library) -> None:
    """In the richest format that we read, page by page; sets have the titles that ListSets states."""
    origin.library.store.put_collections([Collection(spec="letters", title="Letters of a town")])
    origin.publish("a", "b", "c", "d", "e", collections=["letters"])
    told = harvest(origin.endpoint)
    assert told.faults == []
    assert told.said == [f"Origin ({origin.endpoint}): oai_dc, from the beginning"]
    assert told.report.outcomes == {"added": 5}
    assert set(identifiers(library)) == {f"oai:origin.example.org:{name}" for name in "abcde"}
    assert [(row.spec, row.collection and row.collection.title) for row in library.store.sets()] == [
        ("letters", "Letters of a town")
    ]
    assert [sorted(query) for query in origin.lists()] == [["metadataPrefix"], ["resumptionToken"], ["resumptionToken"]]
    assert told.slept == [1.0] * 5
    day = publishing.today()
    repository = library.repository()
    again = [
        publishing.publication(record, repository, day)
        for record in map(stated.read, library.store.stated(["oai-origin.example.org-a"]).values())
    ]
    assert [result.outcome for result in library.store.publish(again)] == ["unchanged"]


def test_the_next_harvest_asks_for_what_changed_since(harvest: Harvesting, origin: Origin, library: Library) -> None:
    """`from` is the responseDate of the first page; a deletion becomes a tombstone, and what is unchanged stays."""
    origin.publish("a", "b", "c")
    before = written(seconds())
    harvest(origin.endpoint)
    first = bookmark(library)
    assert first.complete
    assert before <= first.complete <= written(seconds())
    origin.lists()
    publishing.delete(origin.library.store, origin.library.repository(), ["b"])
    origin.publish("d")
    told = harvest(origin.endpoint)
    assert told.said == [f"Origin ({origin.endpoint}): oai_dc, what changed since {first.complete}"]
    assert origin.lists()[0] == {"metadataPrefix": "oai_dc", "from": first.complete}
    assert identifiers(library) == {
        "oai:origin.example.org:a": "public",
        "oai:origin.example.org:b": "deleted",
        "oai:origin.example.org:c": "public",
        "oai:origin.example.org:d": "public",
    }
    assert {name: told.report.outcomes[name] for name in ("added", "deleted")} == {"added": 1, "deleted": 1}


def test_what_was_deleted_before_it_came_leaves_nothing(harvest: Harvesting, origin: Origin, library: Library) -> None:
    """Nobody ever had it from us."""
    origin.publish("a", "b")
    publishing.delete(origin.library.store, origin.library.repository(), ["b"])
    told = harvest(origin.endpoint)
    assert (told.faults, list(identifiers(library))) == ([], ["oai:origin.example.org:a"])


def test_everything_again_changes_nothing(harvest: Harvesting, origin: Origin) -> None:
    """`--full` begins at the beginning; no datestamp moves."""
    origin.publish("a", "b", "c")
    harvest(origin.endpoint)
    origin.lists()
    told = harvest(origin.endpoint, full=True)
    assert origin.lists()[0] == {"metadataPrefix": "oai_dc"}
    assert (told.report.outcomes, told.report.moved) == ({"unchanged": 3}, {})


def test_a_span_and_a_set_are_asked_for(harvest: Harvesting, origin: Origin, library: Library) -> None:
    """Both ends are in the granularity of the repository; a span moves no bookmark, a set has its own."""
    origin.publish("a", collections=["x"])
    origin.publish("b", collections=["y"])
    told = harvest(origin.endpoint, set_spec="x", start="2020-01-01", until="2099-12-31T00:00:00Z")
    assert told.report.outcomes == {"added": 1}
    assert origin.lists() == [
        {
            "metadataPrefix": "oai_dc",
            "set": "x",
            "from": "2020-01-01T00:00:00Z",
            "until": "2099-12-31T00:00:00Z",
        }
    ]
    assert bookmarks.every(library.store) == {}
    harvest(origin.endpoint, set_spec="y")
    assert list(bookmarks.every(library.store)) == [(origin.endpoint, "oai_dc", "y")]


def test_a_set_of_any_name_has_its_bookmark(library: Library) -> None:
    """Whatever the repository takes for one."""
    source = bookmarks.Source("https://x.example.org/oai", "oai_dc", 'a b "c"')
    bookmarks.write(library.store, source, bookmarks.Bookmark(complete="2026-03-01T10:00:00Z"))
    assert bookmarks.every(library.store) == {source: bookmarks.read(library.store, source)}


def test_a_dry_run_writes_nothing(harvest: Harvesting, origin: Origin, library: Library) -> None:
    """No record and no bookmark."""
    origin.publish("a")
    told = harvest(origin.endpoint, dry_run=True)
    assert told.report.outcomes == {"added": 1}
    assert (identifiers(library), bookmarks.every(library.store)) == ({}, {})


def test_a_format_that_is_not_offered_is_told(harvest: Harvesting, origin: Origin) -> None:
    """With those that are."""
    told = harvest(origin.endpoint, prefix="mets")
    assert told.faults == [
        f"{origin.endpoint}: does not offer 'mets'; name one of these by --prefix: oai_dc, mods, oai_dcterms, edm, "
        f"marc21, oai_datacite"
    ]


def test_nothing_new_is_no_fault(harvest: Harvesting, strange: Strange, library: Library) -> None:
    """The next harvest begins at the time of that answer."""
    strange.answer = lambda _query: answered(
        '<error code="noRecordsMatch">None.</error>', "2026-03-02T01:02:03.5+01:00"
    )
    assert harvest(strange.endpoint).faults == []
    assert bookmark(library).complete == "2026-03-02T00:02:03Z"


def pages(*answers: Answer) -> Callable[[dict[str, str]], Answer]:
    """Return what gives the answers one after another, the last one again and again."""
    left = list(answers)
    return lambda _query: left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture
def short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two records published at a time."""
    monkeypatch.setattr(publishing, "BATCH", 2)


@pytest.mark.usefixtures("short_batches")
def test_an_interrupted_harvest_goes_on(harvest: Harvesting, strange: Strange, library: Library) -> None:
    """With the last token whose page was published whole; the responseDate of its first page counts."""
    asked: list[dict[str, str]] = []

    def answer(query: dict[str, str]) -> Answer:
        asked.append(query)
        return {
            "t1": listed("oai:x:c", "oai:x:d", token="t2"),
            "t2": (404, {}, b"") if len(asked) == 3 else listed("oai:x:e", token=""),
        }.get(query.get("resumptionToken", ""), listed("oai:x:a", "oai:x:b", token="t1"))

    strange.answer = answer
    told = harvest(strange.endpoint)
    assert told.faults == [f"{strange.endpoint}: answers HTTP 404; correct the address of the endpoint"]
    assert told.report.outcomes == {"added": 4}
    assert bookmark(library) == bookmarks.Bookmark(begun="2026-03-01T10:00:00Z", token="t2")
    assert str(bookmark(library)) == "never complete yet, interrupted; load it again, it will go on"
    again = harvest(strange.endpoint)
    assert again.said == [f"{strange.endpoint}: oai_dc, going on where it was interrupted"]
    assert asked[3:] == [{"verb": "ListRecords", "resumptionToken": "t2"}]
    assert again.report.outcomes == {"added": 1}
    assert bookmark(library) == bookmarks.Bookmark(complete="2026-03-01T10:00:00Z")


def test_a_token_that_is_not_valid_any_more_begins_it_again(
    harvest: Harvesting, strange: Strange, library: Library
) -> None:
    """From the same time as before."""
    asked: list[dict[str, str]] = []
    source = bookmarks.Source(strange.endpoint, "oai_dc")
    bookmarks.write(
        library.store,
        source,
        bookmarks.Bookmark("2026-01-02T03:04:05Z", "2026-02-01T00:00:00Z", "2026-01-02T03:04:05Z", "old"),
    )

    def answer(query: dict[str, str]) -> Answer:
        asked.append(query)
        return answered('<error code="badResumptionToken">Too old.</error>') if len(asked) == 1 else listed("oai:x:a")

    strange.answer = answer
    assert harvest(strange.endpoint).faults == []
    assert asked[1] == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-02"}
    assert bookmark(library) == bookmarks.Bookmark(complete="2026-03-01T10:00:00Z")


def test_of_a_record_that_comes_twice_the_last_counts(harvest: Harvesting, strange: Strange, library: Library) -> None:
    """It changed while it was harvested, which is no fault."""
    strange.answer = pages(listed("oai:x:a", "oai:x:b", token="t"), listed("oai:x:a", title="Changed"))
    assert harvest(strange.endpoint).faults == []
    assert json.loads(library.store.stated(["oai-x-a"])["oai-x-a"])["titles"] == [{"text": "Changed"}]


def test_two_identifiers_that_become_one_are_told(harvest: Harvesting, strange: Strange) -> None:
    """They are two records; the first is taken."""
    strange.answer = lambda _query: listed("oai:x:a/b", "oai:x:a-b")
    assert harvest(strange.endpoint).faults == [
        f"{strange.endpoint}, oai:x:a-b, oai-x-a-b, identifier: stands in {strange.endpoint}, oai:x:a/b for "
        f"'oai:x:a/b' already, which was taken, and here for 'oai:x:a-b'; give each record an identifier of its own"
    ]
