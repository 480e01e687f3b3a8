"""`load --merge`, and collisions: what is stated is laid over what is there, and two records never become one."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import stated
from records.model import Institution, Record, Rights, Source, parts, parts_allowed
from records.readers import xml
from records.readers.found import Options, Taken, Told
from records.store import Store
from server import merging, publishing
from server.config import Config
from server.library import Library
from server.loading import Load
from server.reports.report import Report

Run = Callable[..., tuple[Report, list[str]]]

DOCUMENT = '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>A letter</title></titleInfo></mods>'
NATIVE = {"format": "mods", "document": DOCUMENT}


BOTH = pytest.mark.parametrize("library", ["sqlite", "postgresql"], indirect=True)
"""Tests of what the store does are run on each kind of database, the others on SQLite."""


@pytest.fixture
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """Give an empty store."""
    url = str(request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url"))
    config = Config(database_url=url, media_folder=tmp_path / "media")
    store = Store(url)
    yield Library(config, store)
    store.close()


@pytest.fixture
def run(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that loads records out of one file, and tells faults in order."""
    monkeypatch.chdir(tmp_path)

    def load(*records: object, merge: bool = False, strict: bool = False) -> tuple[Report, list[str]]:
        Path("in.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))
        told: list[str] = []
        loading = Load(library, False, lambda finding: told.append(str(finding)), options=Options(parts=merge))
        return loading.run([Path("in.jsonl")], strict=strict), told

    return load


def letter(**fields: object) -> dict[str, object]:
    """Return what an input states of the record letter-1."""
    return {"identifier": "letter-1", "titles": [{"text": "A letter"}], **fields}


def kept(library: Library, identifier: str = "letter-1") -> Record:
    """Return a record as the store has it."""
    return stated.read(library.store.stated([identifier])[identifier])


@BOTH
def test_stated_fields_are_laid_over_the_others(run: Run, library: Library) -> None:
    """What is not stated stays, what is stated replaces its field, and the same again moves nothing."""
    run(letter(languages=["en"], notes=[{"text": "Old."}], unmapped={"a": ["1"], "b": ["2"]}))
    part = {"identifier": "letter-1", "notes": [{"text": "New."}], "unmapped": {"b": ["3"]}}
    report, told = run(part, merge=True)
    assert (told, report.outcomes) == ([], {"changed": 1})
    record = kept(library)
    assert (record.title.text, record.languages, record.notes[0].text) == ("A letter", ("en",), "New.")
    assert record.unmapped == {"a": ("1",), "b": ("3",)}
    again, _told = run(part, merge=True)
    assert (again.outcomes, again.moved) == ({"unchanged": 1}, {})


def test_a_rights_uri_takes_no_rights_statement_away(run: Run, library: Library) -> None:
    """Of what has parts each is stated by itself; an institution is one."""
    provider = {"name": "Town Archive", "homepage": "https://archive.example.org/"}
    run(letter(rights={"statement": "Ask us.", "holder": "A"}, source={"shelfmark": "3"}, provider=provider))
    uri = "http://rightsstatements.org/vocab/InC/1.0/"
    stated = {"rights": {"uri": uri, "holder": "B"}, "source": {"repository": "R"}, "provider": {"name": "P"}}
    run({"identifier": "letter-1", **stated}, merge=True)
    record = kept(library)
    assert record.rights == Rights(statement="Ask us.", holder="B", uri=uri)
    assert record.source == Source(shelfmark="3", repository="R")
    assert record.provider == Institution(name="P")


def test_a_record_that_is_not_there_is_added_if_it_is_whole(run: Run, library: Library) -> None:
    """A part of nothing is told with the remedy; without --merge a record needs its title as ever."""
    report, told = run(letter(), {"identifier": "letter-2", "languages": ["en"]}, merge=True)
    assert report.outcomes == {"added": 1}
    assert told == [
        'in.jsonl, line 2, letter-2, titles: is missing, and no such record is in the store; state "titles", or '
        "correct the identifier"
    ]
    _report, told = run({"identifier": "letter-1", "languages": ["en"]})
    assert told == ['in.jsonl, line 1, letter-1: a record needs a main title: "titles": [{"text": "..."}]']
    _report, told = run({"identifier": "letter-1", "titles": [{"text": "B", "kind": "alternative"}]}, merge=True)
    assert told == ['in.jsonl, line 1, letter-1, titles: a record needs a main title: "titles": [{"text": "..."}]']
    assert kept(library).languages == ()


@BOTH
def test_strict_finds_these_faults_before_it_writes(run: Run, library: Library) -> None:
    """Nothing is written then."""
    report, told = run(letter(), {"identifier": "letter-2", "languages": ["en"]}, merge=True, strict=True)
    assert (len(told), report.outcomes, library.store.stated(["letter-1"])) == (1, {}, {})


@BOTH
def test_a_deleted_record_comes_back_only_if_that_is_stated(run: Run, library: Library) -> None:
    """Else the merger leaves the tombstone, and says so."""
    run(letter())
    publishing.delete(library.store, library.repository(), ["letter-1"])
    report, _told = run({"identifier": "letter-1", "languages": ["en"]}, merge=True)
    assert report.outcomes == {"unchanged": 1}
    assert report.merged == {"deleted, and stays so, since the input does not state its visibility": 1}
    report, _told = run({"identifier": "letter-1", "visibility": "public"}, merge=True)
    assert (report.outcomes, kept(library).languages) == ({"added": 1}, ("en",))


def test_page_images_stay(run: Run, library: Library) -> None:
    """Those that the store has are not looked for beside the input."""
    address = {"image": "https://archive.example.org/1.jpg", "width": 10, "height": 20}
    run(letter(pages=[address]))
    run({"identifier": "letter-1", "languages": ["en"]}, merge=True)
    assert [page.image for page in kept(library).pages] == ["https://archive.example.org/1.jpg"]


def test_what_only_names_the_record_replaces_no_identifier(run: Run, library: Library) -> None:
    """An identifier that the local one was made of is no statement; others are, and keep it."""
    name = {"value": "letter/1"}
    run(letter(identifiers=[name, {"value": "10.1/a", "kind": "doi"}]))
    run({"identifier": "letter-1", "identifiers": [name], "languages": ["en"]}, merge=True)
    assert [each.value for each in kept(library).identifiers] == ["letter/1", "10.1/a"]
    run({"identifier": "letter-1", "identifiers": [{"value": "10.1/b", "kind": "doi"}]}, merge=True)
    assert [each.value for each in kept(library).identifiers] == ["10.1/b", "letter/1"]


# The document that a record arrived as.


def read_mods(title: str, **fields: object) -> Callable[..., Taken]:
    """Return what reads a document as one that states a title, and what else is given."""
    return lambda _root, place: Taken(
        Record.model_validate({"identifier": place.header.identifier, "titles": [{"text": title}], **fields}), Told()
    )


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader of MODS find nothing but the title."""
    monkeypatch.setitem(xml.FORMATS, "{http://www.loc.gov/mods/v3}mods", read_mods("A letter"))


@pytest.mark.usefixtures("reader")
def test_a_native_document_stays_where_it_does_not_carry_the_change(run: Run, library: Library) -> None:
    """Rights and funding are added to it as ever; what it does not say is told."""
    run(letter(native=NATIVE))
    report, _told = run({"identifier": "letter-1", "rights": {"statement": "Ask us."}}, merge=True)
    assert (report.merged, kept(library).native is not None) == ({}, True)
    document = library.store.document("letter-1", "mods")
    assert document
    assert b"Ask us." in (document.document or b"")
    report, _told = run({"identifier": "letter-1", "extents": ["1 leaf"]}, merge=True)
    assert report.merged == {"is served as the mods that it arrived as, which does not say extents": 1}
    assert kept(library).native is not None


def test_a_rights_uri_beside_the_statement_of_a_native_document_is_added_to_it(
    run: Run, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Part by part: another statement would be two in one document, the URI is none that it has."""
    rights = {"statement": "Ask us."}
    monkeypatch.setitem(xml.FORMATS, "{http://www.loc.gov/mods/v3}mods", read_mods("A letter", rights=rights))
    document = DOCUMENT.replace("</mods>", "<accessCondition>Ask us.</accessCondition></mods>")
    run(letter(native=NATIVE | {"document": document}, rights=rights))
    uri = {"uri": "http://rightsstatements.org/vocab/InC/1.0/"}
    report, _told = run({"identifier": "letter-1", "rights": uri}, merge=True)
    served = library.store.documents(["letter-1"], "mods")["letter-1"]
    assert (report.merged, served.count(b"Ask us."), served.count(b"InC/1.0/")) == ({}, 1, 1)
    report, _told = run({"identifier": "letter-1", "rights": {"statement": "Ask them."}}, merge=True)
    assert report.merged == {
        "is not served as the mods any more that it arrived as, which has other rights.statement": 1
    }


@pytest.mark.usefixtures("reader")
def test_a_native_document_goes_where_it_carries_what_changed(run: Run, library: Library) -> None:
    """The record is written from its fields then; the same statement again changes nothing."""
    run(letter(native=NATIVE))
    report, _told = run({"identifier": "letter-1", "titles": [{"text": "A letter"}]}, merge=True)
    assert (report.outcomes, kept(library).native is not None) == ({"unchanged": 1}, True)
    report, _told = run({"identifier": "letter-1", "titles": [{"text": "Another"}]}, merge=True)
    assert report.merged == {"is not served as the mods any more that it arrived as, which has other titles": 1}
    document = library.store.document("letter-1", "mods")
    assert kept(library).native is None
    assert document
    assert b"<title>Another</title>" in (document.document or b"")


@pytest.mark.parametrize("document", [DOCUMENT.replace("mods", "sdom"), "no XML"])
def test_a_native_document_that_we_cannot_read_carries_all(run: Run, library: Library, document: str) -> None:
    """It stays only where nothing changes that such a document says."""
    stated = Record.model_validate(letter(native={"format": "mods", "document": document}))
    library.store.publish([publishing.publication(stated, library.repository(), publishing.today())])
    run({"identifier": "letter-1", "collections": ["letters"]}, merge=True)
    assert kept(library).native is not None
    run({"identifier": "letter-1", "rights": {"statement": "Ask us."}}, merge=True)
    assert kept(library).native is None


# Collisions.


@BOTH
def test_two_originals_of_one_local_identifier_are_two(run: Run, library: Library) -> None:
    """In the input and against the store, whole or merged; the message names both."""
    first, second = (letter(identifiers=[{"value": value}]) for value in ("letter/1", "letter:1"))
    report, told = run(first, second)
    assert report.outcomes == {"added": 1}
    assert told == [
        "in.jsonl, line 2, letter-1, identifier: stands in in.jsonl, line 1 for 'letter/1' already, which was "
        "taken, and here for 'letter:1'; give each record an identifier of its own"
    ]
    for merge in (False, True):
        for strict in (False, True):
            report, told = run(second, merge=merge, strict=strict)
            assert report.outcomes == {}
            assert told == [
                "in.jsonl, line 1, letter-1, identifier: stands for 'letter:1' here, and in the store for 'letter/1'; "
                "give one of the two another identifier"
            ]
    assert run(first)[0].outcomes == {"unchanged": 1}
    assert [each.value for each in kept(library).identifiers] == ["letter/1"]


def test_the_local_identifier_names_a_record_for_a_part_and_a_deletion(run: Run) -> None:
    """A whole record that has it by itself is another one; a deleted one that was named so is forgotten."""
    original = letter(identifiers=[{"value": "letter/1"}])
    run(original)
    _report, told = run(letter(languages=["en"]))
    assert told == [
        "in.jsonl, line 1, letter-1, identifier: stands for 'letter-1' here, and in the store for 'letter/1'; give one "
        "of the two another identifier"
    ]
    assert run({"identifier": "letter-1", "languages": ["en"]}, merge=True)[0].outcomes == {"changed": 1}
    assert run({"identifier": "letter-1", "visibility": "deleted"})[0].outcomes == {"deleted": 1}
    assert run(original)[0].outcomes == {"added": 1}


def test_what_the_store_cannot_read_is_replaced_but_not_merged(run: Run, library: Library) -> None:
    """To load it again is the remedy."""
    run(letter())
    publication = publishing.publication(kept(library), library.repository(), publishing.today())
    strange = b'{"identifier":"letter-1","titles":[{"text":"A","tone":"b"}]}'
    library.store.publish([replace(publication, stated=strange)])
    _report, told = run({"identifier": "letter-1", "languages": ["en"]}, merge=True)
    assert len(told) == 1
    assert "the record letter-1 stands in the store as an earlier Dragoman took it" in told[0]
    assert run(letter(languages=["en"]))[1] == []


@BOTH
def test_what_was_stated_anew_meanwhile_is_not_undone(
    run: Run, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merger is made of what the store had; where that is gone, nothing is written."""
    run(letter())
    publish = library.store.publish

    def overtake(batch: object, *, dry_run: bool = False) -> object:
        newer = Record.model_validate(letter(notes=[{"text": "Newer."}]))
        publish([publishing.publication(newer, library.repository(), publishing.today())])
        return publish(batch, dry_run=dry_run)  # type: ignore[arg-type]

    monkeypatch.setattr(library.store, "publish", overtake)
    _report, told = run({"identifier": "letter-1", "languages": ["en"]}, merge=True)
    assert told == ["letter-1: was stated anew by somebody else meanwhile, and stays so; load again"]
    assert kept(library).notes[0].text == "Newer."


_FIELDS = {
    "titles": [{"text": "A"}],
    "languages": ["en"],
    "notes": [{"text": "N"}],
    "rights": {"statement": "R"},
    "extents": ["1 leaf"],
    "edition": "2nd",
}


@given(st.sets(st.sampled_from(sorted(_FIELDS))), st.sets(st.sampled_from(sorted(_FIELDS))))
def test_a_merger_states_what_either_states(first: set[str], second: set[str]) -> None:
    """And once more changes nothing."""
    known = Record.model_validate(letter(**{name: _FIELDS[name] for name in first}))
    with parts():
        assert parts_allowed()
        part = Record.model_validate({"identifier": "letter-1", **{name: _FIELDS[name] for name in second}})
    met = merging.meet(part, stated.write(known), merge=True)
    assert {name for name in _FIELDS if getattr(met.record, name)} == first | second | {"titles"}
    assert merging.meet(part, stated.write(met.record), merge=True).record == met.record


def test_a_table_of_contents_is_laid_over_pages_that_have_it(run: Run, library: Library) -> None:
    """Alone it is held against the pages that are there, and pages alone against the one that is there."""
    pages = [{"image": f"https://example.org/{place}.jpg", "width": 6, "height": 9} for place in (1, 2)]
    ranges = [{"label": "A", "pages": [1, 2]}]
    run(letter(pages=pages))
    assert run({"identifier": "letter-1", "structures": ranges}, merge=True)[1] == []
    place = "in.jsonl, line 1, letter-1, structures.0.pages"
    remedy = "correct the number, or add what is missing"
    assert run({"identifier": "letter-1", "pages": pages[:1]}, merge=True)[1] == [
        f"{place}: names page 2, and the record has 1 page image; {remedy}"
    ]
    kept = stated.read(library.store.stated(["letter-1"])["letter-1"])
    assert (len(kept.pages), [each.pages for each in kept.structures]) == (2, [(1, 2)])
