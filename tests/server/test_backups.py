"""The commands backup, restore and restamp: what they print, and the status they end with."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs a command in a folder whose store holds one record, without any settings."""
    monkeypatch.chdir(tmp_path)
    _load("a")
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def _load(identifier: str) -> None:
    record = {"identifier": identifier, "titles": [{"text": "A record"}]}
    Path("in.json").write_text(json.dumps(record), encoding="utf-8")
    assert CliRunner().invoke(main, ["load", "in.json"]).exit_code == 0


def test_backup_tells_what_it_holds_and_what_not(run: Run) -> None:
    """A second one under the same name needs `--force`."""
    done = run("backup", "one")
    assert (done.exit_code, done.stderr) == (0, "")
    size = f"{Path('one').stat().st_size:,}"
    assert done.stdout == (f"one: 1 record, {size} bytes\npage images are not in it: copy the folder var/media too\n")
    again = run("backup", "one")
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr == "dragoman: one is there already; choose another name, or write over it with --force\n"
    assert run("backup", "one", "--force").exit_code == 0


def test_restore_tells_what_it_did_and_what_is_left_to_do(run: Run) -> None:
    """Records that came after the backup are told as deleted; a store with records needs `--force`."""
    run("backup", "one")
    _load("b")
    refused = run("restore", "one")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.endswith("holds records; restore into an empty one, or replace them with --force\n")
    done = run("restore", "--force", "one")
    assert (done.exit_code, done.stderr) == (0, "")
    assert re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME", done.stdout) == (
        "1 record restored, as of TIME\n"
        "2 records stamped anew: harvesters get all of them once more\n"
        "1 record that harvesters were shown after that is deleted for them\n"
        "load again what was loaded since, and put the page images back into var/media\n"
    )
    assert "1 shown, 0 hidden, 1 withdrawn" in run("status").stdout
    assert "2 records rendered; datestamps moved: none" in run("render").stdout


def test_restore_refuses_another_file(run: Run) -> None:
    """The store stays as it was."""
    refused = run("restore", "--force", "in.json")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "dragoman: in.json is no backup; name a file that 'dragoman backup' wrote\n"
    assert "1 shown" in run("status").stdout


def test_a_restored_store_of_another_address_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents carry the address, so that they must be rendered anew."""
    run("backup", "one")
    monkeypatch.setenv("DRAGOMAN_BASE_URL", "http://new.example.org")
    monkeypatch.setenv("DRAGOMAN_DATABASE_URL", "sqlite:///new.sqlite")
    done = run("restore", "one")
    assert done.exit_code == 0
    assert done.stderr == "NOTE: the documents carry the base URL http://127.0.0.1:8000; run 'dragoman render'\n"


def test_restamp_tells_how_many(run: Run) -> None:
    """Each record once, whatever its formats."""
    assert run("restamp").stdout == "1 record stamped anew: harvesters get all of them once more\n"
