"""`load --replace SET`: what is missing in the input leaves the set, and never because of a fault."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from records import stated
from records.model import Record
from records.publish import Publication, Published
from records.store import Store
from server import publishing
from server.cli import main
from server.config import Config
from server.library import Library
from server.loading import Load
from server.reports.report import Report

Run = Callable[..., tuple[Report, list[str]]]


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
    """Give a function that loads records out of one file, as the whole of the set s, and tells what is said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(publishing, "BATCH", 4)

    def load(
        *records: object, whole: str = "s", sure: bool = False, strict: bool = False, dry_run: bool = False
    ) -> tuple[Report, list[str]]:
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        Path("in.jsonl").write_text("".join(f"{line}\n" for line in lines))
        told: list[str] = []
        loading = Load(
            library,
            dry_run,
            lambda finding: told.append(str(finding)),
            replace=whole,
            sure=sure,
            say=told.append,
        )
        return loading.run([Path("in.jsonl")], strict=strict), told

    return load


def record(identifier: str, *sets: str, **fields: object) -> dict[str, object]:
    """Return what an input states of a record of the set s, or others."""
    return {"identifier": identifier, "titles": [{"text": "T"}], "collections": sets or ["s"], **fields}


def shown(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the collections of the records that are shown, by identifier."""
    found = (row for rows in library.store.all_stated(100) for row in rows if not row.withdrawn)
    return {row.identifier: stated.read(row.stated).collections for row in found}


@BOTH
@pytest.mark.parametrize("strict", [False, True])
def test_what_is_missing_leaves_the_set(run: Run, library: Library, *, strict: bool) -> None:
    """A set below is part of it; what stands in another set stays there; the rest of the store is not touched."""
    run(record("a"), record("b"), record("c", "s:t"), record("d", "s", "s:t", "u"), record("e", "u"), record("f", "su"))
    planned, told = run(record("a"), record("n"), dry_run=True, strict=strict)
    assert told == ["b: would be deleted", "c: would be deleted", "d: would be taken out of s"]
    assert (planned.left, planned.moved["oai_dc"]) == ({"deleted": 2, "taken out of s": 1}, 4)
    assert len(shown(library)) == 6
    report, told = run(record("a"), record("n"), strict=strict)
    assert told == ["b: deleted", "c: deleted", "d: taken out of s"]
    assert (report.left, report.outcomes) == (planned.left, {"added": 1, "unchanged": 1})
    assert report.moved == planned.moved
    assert shown(library) == {"a": ("s",), "d": ("u",), "e": ("u",), "f": ("su",), "n": ("s",)}
    again, told = run(record("a"), record("n"), strict=strict)
    assert (again.left, again.moved, told) == ({}, {}, [])


def test_a_set_below_can_be_replaced_alone(run: Run, library: Library) -> None:
    """What stands in the one above keeps that."""
    run(record("a", "s", "s:t"), record("b", "s:t"), record("c"), whole="s:t")
    run(record("x", "s:t"), whole="s:t")
    assert shown(library) == {"a": ("s",), "c": ("s",), "x": ("s:t",)}


def test_what_was_never_shown_leaves_without_a_trace(run: Run, library: Library) -> None:
    """And a tombstone is not deleted again."""
    run(record("a"), record("h", visibility="hidden"), record("z"))
    publishing.delete(library.store, library.repository(), ["z"])
    report, told = run(record("a"))
    assert (told, report.moved) == (["h: deleted"], {})
    assert run(record("a"))[1] == []


@BOTH
@pytest.mark.parametrize("strict", [False, True])
def test_more_than_a_tenth_of_many_asks_first(run: Run, library: Library, *, strict: bool) -> None:
    """Three of twenty-one stay until --yes; of few any number may go. Strictly, nothing is loaded then."""
    many = [record(f"r{number:02}") for number in range(21)]
    run(*many)
    report, told = run(*many[3:], record("n"), strict=strict)
    assert report.withheld == (
        "set s: 3 of 21 records are not in the input, more than a tenth; nothing was deleted; add --yes if they are to "
        "go"
    )
    assert (told, report.faults, len(shown(library))) == ([], 0, 21 if strict else 22)
    report, told = run(*many[3:], record("n"), strict=strict, sure=True)
    assert (report.withheld, told) == ("", ["r00: deleted", "r01: deleted", "r02: deleted"])
    report, told = run(record("n"), strict=strict)
    assert (report.withheld, len(told)) == ("", 18)


def test_a_tenth_of_many_goes(run: Run, library: Library) -> None:
    """But no more."""
    many = [record(f"r{number:02}") for number in range(30)]
    run(*many)
    assert run(*many[4:])[0].left == {}
    assert run(*many[3:])[0].left == {"deleted": 3}
    assert len(shown(library)) == 27


@BOTH
def test_a_fault_deletes_nothing(run: Run, library: Library) -> None:
    """What is refused stands in the set as before, and so does what is given twice, or without its image."""
    run(*(record(name) for name in "abcd"))
    report, told = run(
        record("a", colour="red"), record("b", pages=[{"file": "none.png"}]), record("c"), record("c", languages=["en"])
    )
    assert told[-1] == "d: deleted"
    assert (report.faults, sorted(shown(library))) == (3, ["a", "b", "c"])


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{x}", "in.jsonl, line 2"),
        ({"titles": [{"text": "T"}]}, "in.jsonl, line 2, identifier"),
        (record("b "), "in.jsonl, line 2, b , identifier"),
    ],
)
def test_what_does_not_tell_its_identifier_could_be_any(run: Run, library: Library, line: object, named: str) -> None:
    """The rest is loaded, the exit status is 1, and the message names the first such place."""
    run(record("a"), record("b"))
    report, told = run(record("a", languages=["en"]), line, sure=True)
    assert (len(told), report.outcomes, sorted(shown(library))) == (1, {"changed": 1}, ["a", "b"])
    assert report.withheld == (
        f"set s: 1 of 2 records are not in the input, but {named} could be any of them, since its identifier cannot be "
        f"read; nothing was deleted; correct it and load again"
    )


def test_a_file_that_is_missing_deletes_nothing(run: Run, library: Library) -> None:
    """Nor does one that ends too early: what it would have held could be anything."""
    run(record("a"), record("b"))
    for text in ("[" + json.dumps(record("a")) + ",", ""):
        Path("in.json").write_text(text)
        loading = Load(library, False, lambda _finding: None, replace="s")
        assert "nothing was deleted" in loading.run([Path("in.json")]).withheld
    loading = Load(library, False, lambda _finding: None, replace="s")
    assert (
        "2 of 2 records are not in the input, but none.json could be any" in loading.run([Path("none.json")]).withheld
    )
    assert len(shown(library)) == 2


class Stopping(Store):
    """A store that stops before a publication, as if the power failed."""

    left = 0

    def publish(self, publications: Sequence[Publication], *, dry_run: bool = False) -> list[Published]:
        """Publish, unless nothing is left."""
        self.left -= 1
        if self.left < 0:
            raise ConnectionError
        return super().publish(publications, dry_run=dry_run)


@BOTH
def test_a_replacement_that_was_interrupted_completes_when_run_again(
    run: Run, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stopped, the end is the same."""
    many = [record(f"r{number}") for number in range(9)]
    run(*many)
    monkeypatch.setattr(library.store, "__class__", Stopping)
    for left in range(3):
        vars(library.store)["left"] = left
        with pytest.raises(ConnectionError):
            run(record("n"))
    vars(library.store)["left"] = 100
    report, _told = run(record("n"))
    assert (report.left, report.faults) == ({"deleted": 5}, 0)
    assert shown(library) == {"n": ("s",)}


_SPECS = st.lists(st.sampled_from(["s", "s:t", "s:t:u", "su", "o"]), max_size=3, unique=True)


@given(st.dictionaries(st.sampled_from("abcdef"), _SPECS), st.dictionaries(st.sampled_from("abcdefgh"), _SPECS))
def test_the_set_is_the_input_and_the_rest_is_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, list[str]], after: dict[str, list[str]]
) -> None:
    """Whatever stood in the store, whatever the input states."""
    folder = tmp_path_factory.mktemp("replaced")
    library = Library(
        Config(database_url=f"sqlite:///{folder}/store.sqlite"), Store(f"sqlite:///{folder}/store.sqlite")
    )
    repository, day = library.repository(), publishing.today()
    known = {name: Record.model_validate(record(name) | {"collections": specs}) for name, specs in before.items()}
    library.store.publish([publishing.publication(each, repository, day) for each in known.values()])
    stated_now = [json.dumps(record(name) | {"collections": specs}) for name, specs in after.items()]
    (folder / "in.json").write_text(f"[{','.join(stated_now)}]")
    report = Load(library, False, lambda finding: pytest.fail(str(finding)), replace="s").run([folder / "in.json"])
    assert (report.faults, report.withheld) == (0, "")
    expected = {name: tuple(specs) for name, specs in after.items()}
    for name, specs in before.items():
        rest = tuple(spec for spec in specs if spec != "s" and not spec.startswith("s:"))
        if name not in after and (rest or not specs):
            expected[name] = rest
    assert shown(library) == expected
    library.store.close()


@pytest.mark.parametrize("spec", ["funder:f", "funder", "a b", ":"])
def test_what_is_no_set_of_a_collection_cannot_be_replaced(spec: str) -> None:
    """Funders' sets follow from what records state."""
    answer = CliRunner().invoke(main, ["load", "--replace", spec, "in.json"])
    assert answer.exit_code == 2
    assert answer.stderr.endswith(f"Error: Invalid value for --replace: {spec!r} is no set of a collection\n")


def test_the_command_says_what_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each record, how many, and why none does; the exit status is 1 then."""
    monkeypatch.chdir(tmp_path)
    many = [record(f"r{number:02}") for number in range(22)]

    def run(count: int, *options: str) -> Result:
        Path("in.json").write_text(json.dumps(many[:count]))
        return CliRunner().invoke(main, ["load", "in.json", "--replace", "s", *options])

    run(22)
    planned = run(21, "--dry-run")
    assert "r21: would be deleted\n" in planned.stdout
    assert "not in the input, would be deleted: 1 record\n" in planned.stdout
    done = run(21)
    assert (done.exit_code, "r21: deleted\n" in done.stdout) == (0, True)
    refused = run(10)
    assert (refused.exit_code, refused.stderr) == (
        1,
        "set s: 11 of 21 records are not in the input, more than a tenth; nothing was deleted; add --yes if they are "
        "to go\n",
    )
    assert run(10, "--strict").stderr.startswith("nothing was loaded (--strict): set s: 11 of 21 records are not in")
    assert run(10, "--strict", "--yes").exit_code == 0
