"""Native documents are held to the schema of their format before they are loaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from records.model import Native
from server import natives
from server.library import Library
from server.loading import Load
from server.reports.report import Report

START = '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>A letter</title></titleInfo>\n'
LETTER = f"{START}<identifier>letter-1</identifier></mods>"


@pytest.fixture
def official(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the official schemas be at hand."""
    monkeypatch.setenv("DRAGOMAN_SCHEMAS", str(schemas))
    natives._schema.cache_clear()
    yield
    natives._schema.cache_clear()


@pytest.fixture
def none_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no schema be at hand."""
    monkeypatch.delenv("DRAGOMAN_SCHEMAS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty"))
    natives._schema.cache_clear()
    yield
    natives._schema.cache_clear()


def _load(library: Library, path: Path, document: str) -> tuple[Report, list[str]]:
    path.write_text(document)
    told: list[str] = []
    load = Load(library, dry_run=False, tell=lambda finding: told.append(str(finding)))
    return load.run([path]), told


@pytest.mark.usefixtures("official")
@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ("<foo>1</foo>", "<foo> stands where the schema has none; remove it"),
        ("<note bad='1'>n</note>", "<note> has the attribute bad, which the schema does not know; remove it"),
        (
            "<name type='ship'><namePart>A</namePart></name>",
            "<name> has type: 'ship' is no value that the schema knows; write one of 'personal', 'corporate', "
            "'conference', 'family'",
        ),
        (
            "<location><url>https://a.example.org</url><shelfLocator>b</shelfLocator></location>",
            "<shelfLocator> stands where the schema has none; write url, holdingSimple, holdingExternal there",
        ),
        ("<language/>", "<language> lacks what the schema wants in it; put one of these into it: languageTerm"),
        ("<name>A</name>", "<name> holds text beside its elements; put the text into one of them"),
        ("<note><b>x</b></note>", "<note> holds elements where the schema wants text alone; write text"),
    ],
)
def test_what_the_schema_says_is_told_in_plain_words(inside: str, problem: str) -> None:
    """Element, line, what the schema wants, what to do: once for each place."""
    found = natives.faults(Native(format="mods", document=f"{START}{inside}</mods>"))
    assert found is not None
    assert [fault.problem for fault in found] == [f"line 2 of the document: {problem}"]


@pytest.mark.usefixtures("official")
def test_an_invalid_document_is_not_loaded(library: Library, tmp_path: Path) -> None:
    """It is told with its place in the file; nothing of it is published."""
    report, told = _load(library, tmp_path / "a.xml", LETTER.replace("<identifier>", "<foo>1</foo><identifier>"))
    assert told == [
        f"{tmp_path / 'a.xml'}, record 1 (line 1), letter-1: line 2 of the document: <foo> stands where the "
        "schema has none; remove it"
    ]
    assert not report.outcomes


@pytest.mark.usefixtures("official")
def test_a_valid_document_is_served_as_it_came(library: Library, tmp_path: Path) -> None:
    """What is published begins as the document does; our link is added behind it."""
    document = LETTER.replace("<identifier>", "<genre authority='local'>letters</genre><identifier>")
    report, told = _load(library, tmp_path / "a.xml", document)
    assert (told, report.unvalidated) == ([], set())
    row = library.store.document("letter-1", "mods")
    assert row is not None
    assert row.document is not None
    root = etree.fromstring(row.document)
    names = [etree.QName(child).localname for child in root]
    assert names == ["titleInfo", "genre", "identifier", "location"]


@pytest.mark.usefixtures("none_at_hand")
def test_without_a_schema_documents_load_and_that_is_told(library: Library, tmp_path: Path) -> None:
    """Nothing is fetched; the report names the formats that were not held to a schema."""
    report, told = _load(library, tmp_path / "a.xml", LETTER)
    assert told == []
    assert report.unvalidated == {"mods"}
    assert report.outcomes == {"added": 1}
