"""What a dry run shows: the difference of each document that harvesters would see change, and of no other."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from records.model import Record
from records.publish import Published
from server import differences, publishing
from server.cli import main
from server.library import Library

Publish = Callable[..., list[Published]]


def planned(library: Library, record: Record) -> list[str]:
    """Return the differences that a record would make."""
    publication = publishing.publication(record, library.repository(), publishing.today())
    (result,) = library.store.publish([publication], dry_run=True)
    return list(differences.of(library.store, publication, result))


def test_a_change_is_shown_in_its_line(library: Library, publish: Publish, make_record: Callable[..., Record]) -> None:
    """With one line before and behind it; formats that do not change are not named."""
    publish(make_record("a", extents=["1 leaf"]))
    lines = planned(library, make_record("a", extents=["2 leaves"]))
    begin = lines.index("--- a oai_dc (as it is)")
    assert lines[begin : begin + 7] == [
        "--- a oai_dc (as it is)",
        "+++ a oai_dc (as it would be)",
        "@@ -2,3 +2,3 @@",
        "   <dc:title>Title of a</dc:title>",
        "-  <dc:format>1 leaf</dc:format>",
        "+  <dc:format>2 leaves</dc:format>",
        "   <dc:identifier>http://127.0.0.1:8000/records/a</dc:identifier>",
    ]
    assert planned(library, make_record("a", extents=["1 leaf"])) == []


def test_additions_deletions_and_sets_are_named(
    library: Library, publish: Publish, make_record: Callable[..., Record]
) -> None:
    """A record that only moves to another set has no difference to show."""
    publish(make_record("a"))
    assert "b mods: added" in planned(library, make_record("b"))
    gone = planned(library, make_record("a", visibility="deleted"))
    assert (len(gone), gone[0]) == (len(library.store.formats("oai:archive.example.org:a")), "a marc21: deleted")
    text = {"abstracts": [{"text": "To read."}]}
    assert "a manifest: added" in planned(library, make_record("a", **text))
    publish(make_record("c", **text))
    assert "c manifest: deleted" in planned(library, make_record("c"))
    publish(make_record("f", funding=[{"funder": "F"}]))
    moved = planned(library, make_record("f", funding=[{"funder": "F", "slug": "other"}]))
    assert "f oai_dc: the same document with other sets or another provenance" in moved


def test_a_manifest_is_shown_value_by_value(
    library: Library, publish: Publish, make_record: Callable[..., Record]
) -> None:
    """JSON too has a line for each."""
    publish(make_record("a", abstracts=[{"text": "One"}]))
    lines = planned(library, make_record("a", abstracts=[{"text": "Two"}]))
    assert [line.strip(" +-") for line in lines[lines.index("+++ a manifest (as it would be)") :] if '"Two"' in line]


@given(st.text("<>&a\u2028 \n", min_size=1).filter(str.strip), st.text("<>&a\u2028 \n", min_size=1).filter(str.strip))
def test_what_differs_is_never_silent(first: str, second: str) -> None:
    """However little it is."""
    old, new = (f"<a>{text.replace('&', '&amp;').replace('<', '&lt;')}</a>".encode() for text in (first, second))
    lines = list(differences._between("a mods", "mods", old, new))
    assert lines
    assert (lines == ["a mods: the same document with other sets or another provenance"]) == (old == new)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Give a function that runs a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_the_commands_show_it(run: Callable[..., Result], strict: tuple[str, ...]) -> None:
    """A load, also of a set that it is the whole of and of collections; nothing is written."""

    def state(*identifiers: str, title: str) -> None:
        records = [{"identifier": name, "titles": [{"text": name}], "collections": ["s"]} for name in identifiers]
        Path("in.json").write_text(json.dumps(records))
        Path("collections.toml").write_text(
            f'[[collection]]\nspec = "s"\ntitle = "S"\nrights = {{statement = "{title}"}}'
        )

    state("a", "b", title="Old")
    run("load", "in.json")
    state("a", "n", title="New")
    answer = run("load", "in.json", "--dry-run", "--diff", "--replace", "s", *strict)
    shown = answer.stdout.splitlines()
    assert answer.exit_code == 0
    assert "+  <dc:rights>New</dc:rights>" in shown
    assert {"n mods: added", "b mods: deleted", "b: would be deleted"} <= set(shown)
    assert run("load", "in.json", "--diff").stderr.endswith(
        "Error: Invalid value for --diff: is for --dry-run, before anything has changed; add that\n"
    )


def test_render_shows_what_another_base_url_changes(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In each document that carries it."""
    Path("in.json").write_text(json.dumps({"identifier": "a", "titles": [{"text": "A"}]}))
    run("load", "in.json")
    monkeypatch.setenv("DRAGOMAN_BASE_URL", "https://archive.example.org")
    answer = run("render", "--dry-run", "--diff")
    assert "+  <dc:identifier>https://archive.example.org/records/a</dc:identifier>" in answer.stdout.splitlines()
    assert run("render", "--diff").exit_code == 2
