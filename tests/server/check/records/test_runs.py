"""Runs of the check are kept in the store, by the command alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from records import check_runs
from records.store import Store
from server.check import runs
from server.check.findings import Finding, Report, Unchecked
from server.check.records import tally
from server.check.rules import RULES
from server.check.rules.rule import Level
from server.cli import main
from tests.server.check.records.conftest import Repository
from tests.server.check.records.faults import FAULTS

Run = Callable[..., Result]
NAMES = ("record-repository", "record-shelfmark", "oai-post")


@pytest.fixture
def run(repository: Repository, monkeypatch: pytest.MonkeyPatch, schemas: Path) -> Run:
    """Give a function that runs the command over the store with one letter."""
    monkeypatch.setenv("DRAGOMAN_DATABASE_URL", repository.library.config.database_url)
    monkeypatch.setenv("DRAGOMAN_INSTITUTION_NAME", "Example Archive")
    monkeypatch.setenv("DRAGOMAN_SCHEMAS", str(schemas))
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])


def test_the_command_keeps_what_it_found(run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the change that it came after, and the places of each rule."""
    FAULTS["record-statement"].make(repository, monkeypatch)
    database = repository.library.store.database
    assert run().exit_code == 1
    kept = runs.newest(database)
    assert kept is not None
    assert (kept.number, kept.run.records, kept.run.must, kept.run.should) == (1, 1, 1, 9)
    assert kept.run.sequence == repository.library.store.state().change_sequence
    assert runs.findings(database, kept, "record-statement") == [
        Finding(
            "record-statement",
            "letter-1 in oai_dcterms",
            "'Ask us & wait.\\nThen quote.'",
            "the same words with other white space: 'Ask us &  wait.\\nThen quote.'",
        )
    ]


def test_what_is_kept_says_what_the_report_said(repository: Repository, schemas: Path) -> None:
    """All but the places beyond a few of each rule, which are counted."""
    database, report = repository.library.store.database, repository.checked(schemas)
    runs.keep(database, report, 1)
    kept = runs.newest(database)
    assert kept is not None
    assert {code: report.count(code, found) for code, found in report.by_rule()} == {
        code: kept.report.count(code, found) for code, found in kept.report.by_rule()
    }
    assert [code for code, _found in kept.report.by_rule()] == [code for code, _found in report.by_rule()]
    assert [len(found) for _code, found in kept.report.by_rule()] == [runs.FEW, 1]
    assert list(kept.report.sound) == list(report.sound)
    assert kept.report.readiness == report.readiness
    assert kept.report.completeness == report.completeness
    places = [place for code, _found in report.by_rule() for place in runs.findings(database, kept, code)]
    assert sorted(places) == sorted(report.findings)


def test_places_beyond_those_that_are_kept_are_counted(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, schemas: Path
) -> None:
    """As the report counts them."""
    monkeypatch.setattr(tally, "MOST_PLACES", 7)
    database = repository.library.store.database
    runs.keep(database, repository.checked(schemas), 1)
    kept = runs.newest(database)
    assert kept is not None
    assert kept.run.should == 9
    assert len(runs.findings(database, kept, "iiif-recommended-link")) == 7


def test_any_text_is_kept(repository: Repository) -> None:
    """Halves of characters that JSON may hold, and what no text should."""
    found = Finding("record-link", "letter-1 in mods", "\ud800 \x00", "\u2028'\"<>\U0010ffff")
    report = Report("here", ["record-link"], [found], [], 0, 1)
    runs.keep(repository.library.store.database, report, 1)
    kept = runs.newest(repository.library.store.database)
    assert kept is not None
    assert kept.report.findings == [found]
    assert runs.findings(repository.library.store.database, kept, "record-link") == [found]


def test_postgresql_keeps_it_too(repository: Repository, postgresql_url: str, schemas: Path) -> None:
    """Byte for byte."""
    store, report = Store(postgresql_url), repository.checked(schemas)
    for sequence in (1, 2):
        runs.keep(store.database, report, sequence)
    kept = runs.newest(store.database)
    assert kept is not None
    assert (kept.number, kept.run.sequence, kept.run.should) == (2, 2, 9)
    assert kept.report.readiness == report.readiness
    places = [place for code, _found in report.by_rule() for place in runs.findings(store.database, kept, code)]
    assert sorted(places) == sorted(report.findings)
    store.close()


def test_rules_that_a_program_does_not_know_are_left_away(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier program may have had them."""
    found = [Finding(code, "letter-1 in mods", "a", "b") for code in NAMES]
    report = Report("here", [*NAMES, "oai-gzip"], found, [Unchecked("oai-gzip", "why")], 0, 1)
    runs.keep(repository.library.store.database, report, 1)
    known = {code: rule for code, rule in RULES.items() if code not in {"record-repository", "oai-gzip"}}
    monkeypatch.setattr(runs, "RULES", known)
    kept = runs.newest(repository.library.store.database)
    assert kept is not None
    assert kept.report.rules == ["record-shelfmark", "oai-post"]
    assert {finding.code for finding in kept.report.findings} == {"record-shelfmark", "oai-post"}
    assert kept.report.unchecked == []


def test_only_whole_runs_of_all_records_are_kept(
    run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither that of one record, nor that of somebody's document, nor one that was stopped."""
    assert run("--record", "letter-1").exit_code == 0
    (tmp_path / "manifest.json").write_text(repository.document("manifest"), encoding="utf-8")
    assert run(str(tmp_path / "manifest.json")).exit_code == 0

    def stop(*_arguments: object, **_values: object) -> Report:
        return Report("here", [], [], [], 0, 1, stopped=True)

    monkeypatch.setattr("server.check.records.check_records", stop)
    assert run().exit_code == 2
    assert check_runs.history(repository.library.store.database) == []


def test_a_store_that_may_not_be_written_is_checked_all_the_same(run: Run, repository: Repository) -> None:
    """The result is told; that the run could not be kept is one sentence."""
    repository.execute("CREATE TRIGGER refuse BEFORE INSERT ON check_runs BEGIN SELECT RAISE(ABORT, 'readonly'); END")
    result = run()
    assert result.exit_code == 0
    assert "rules broken in" in result.stdout
    assert result.stderr.splitlines()[-1] == (
        f"dragoman: /conformance will not show this run: the database {repository.file} may not be written; give this "
        "user the right to (for an SQLite file, to its folder too) (readonly)"
    )


def test_levels_are_counted_apart(repository: Repository) -> None:
    """As the history shows them."""
    codes = [code for code, rule in RULES.items() if rule.level is Level.MUST][:2]
    codes += [code for code, rule in RULES.items() if rule.level is Level.ADVICE][:1]
    found = [Finding(code, "letter-1 in mods", "a", "b") for code in codes]
    runs.keep(repository.library.store.database, Report("here", codes, found, [], 0, 1, beyond={codes[0]: 40}), 1)
    (kept,) = check_runs.history(repository.library.store.database)
    assert (kept.must, kept.should, kept.advice) == (42, 0, 1)
