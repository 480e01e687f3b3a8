"""Rights URIs that staff approve beside the records: taken at load, counted, and part of what is stated."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from records.model import Record
from records.store import Store
from server.cli import main

IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of an input: one record with the approved words, one with a URI of its own, one with others."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "in"
    place.mkdir()
    rights = (
        {"statement": "In  copyright.\nAsk us."},
        {"statement": "In copyright. Ask us.", "uri": "https://example.org/terms"},
        {"statement": "Free."},
    )
    for number, stated in enumerate(rights, start=1):
        record = {"identifier": f"r{number}", "titles": [{"text": "T"}], "rights": stated}
        (place / f"{number}.json").write_text(json.dumps(record))
    return place


def _load(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["load", *map(str, arguments)])


def _loaded() -> dict[str, Record]:
    rows = Store(f"sqlite:///{Path('var/dragoman.sqlite').resolve()}").stated(["r1", "r2", "r3"])
    return {name: Record.model_validate_json(stated) for name, stated in rows.items()}


def _approve(folder: Path, uri: str) -> None:
    (folder / "rights.toml").write_text(f'[[rights]]\nstatement = "In copyright. Ask us."\nuri = "{uri}"\n')


def test_a_record_takes_the_uri_that_was_approved(folder: Path) -> None:
    """Its words stay, others have what they state, and the load says how many; loaded again nothing changes."""
    _approve(folder, IN_COPYRIGHT)
    result = _load("--strict", folder)
    assert result.exit_code == 0, result.output
    assert "rights URI by rights.toml: 1 record\n" in result.stdout
    rights = {name: record.rights for name, record in _loaded().items()}
    assert [(found.statement, found.uri) for found in map(rights.get, ("r1", "r2", "r3")) if found] == [
        ("In  copyright.\nAsk us.", IN_COPYRIGHT),
        ("In copyright. Ask us.", "https://example.org/terms"),
        ("Free.", None),
    ]
    assert _load(folder).stdout.splitlines()[:2] == ["3 records loaded: 3 unchanged", "datestamps moved: none"]


def test_a_wrong_table_is_named(folder: Path) -> None:
    """And the records load without it; with --strict nothing does."""
    _approve(folder, "https://rightsstatements.org/page/InC/1.0/")
    problem = (
        f"{folder}/rights.toml, rights 1, uri: 'https://rightsstatements.org/page/InC/1.0/' is not the URI of that "
        f"rights statement; write '{IN_COPYRIGHT}'\n"
    )
    assert _load("--strict", folder).stderr.startswith(problem)
    result = _load(folder)
    assert (result.exit_code, result.stderr.startswith(problem)) == (1, True)
    assert result.stdout.startswith("3 records loaded: 3 added")
