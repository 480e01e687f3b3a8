"""`dragoman load` with the address of an endpoint, and what `dragoman status` says of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from records.store import Store
from server.cli import main
from server.harvesting.bookmarks import every
from server.harvesting.repository import Manners
from tests.server.harvesting.repositories import Origin, Strange, listed

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs a command in an empty folder; requests follow one another without a pause."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Manners, "__init__", _hasty(Manners.__init__))
    return lambda *arguments: CliRunner().invoke(main, arguments)


def _hasty(begin: Callable[..., None]) -> Callable[..., None]:
    return lambda self, *arguments, **named: begin(self, *arguments, **named, sleep=lambda _seconds: None)


def test_load_harvests_and_status_tells(run: Run, origin: Origin) -> None:
    """What is harvested is said first; then it is a load like any other."""
    origin.publish("a", "b", "c", collections=["x"])
    first = run("load", origin.endpoint, "--set", "x")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.splitlines()[:2] == [
        f"Origin ({origin.endpoint}): oai_dc, set x, from the beginning",
        "3 records loaded: 3 added",
    ]
    store = Store("sqlite:///var/dragoman.sqlite")
    ((_source, bookmark),) = every(store).items()
    store.close()
    assert f"harvest    {origin.endpoint} oai_dc x, last complete {bookmark.complete}" in run("status").stdout
    again = run("load", origin.endpoint, "--set", "x", "--prefix", "oai_dc")
    assert f"set x, what changed since {bookmark.complete}" in again.stdout


def test_a_failed_harvest_ends_with_1(run: Run, strange: Strange) -> None:
    """And says why it waited."""
    strange.answer = lambda _query: (503, {"Retry-After": "30"}, b"")
    result = run("load", strange.endpoint)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        *[f"{strange.endpoint}: answers HTTP 503; we ask again in 30 seconds"] * 3,
        f"{strange.endpoint}: answers HTTP 503, 4 times; run the same command again later, it will go on",
        "not loaded: 1 record or file with faults, see above",
    ]
    assert "harvest " not in run("status").stdout


def test_an_interrupted_harvest_stands_in_the_status(run: Run, strange: Strange) -> None:
    """With what to do."""
    strange.answer = lambda query: (404, {}, b"") if "resumptionToken" in query else listed("oai:x:a", token="t")
    assert run("load", strange.endpoint).exit_code == 1
    assert (
        f"harvest    {strange.endpoint} oai_dc, never complete yet, interrupted; load it again, it will go on\n"
        in run("status").stdout
    )


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            ["http://x.example.org/oai?verb=Identify"],
            "http://x.example.org/oai?verb=Identify: name the endpoint alone, without what follows the question mark",
        ),
        (
            ["http://x.example.org/oai", "--strict"],
            "--strict reads everything twice, which is not done to another's server; leave it out",
        ),
        (
            ["in.json", "--full"],
            "--prefix, --set, --from, --until and --full are for the address of an OAI-PMH endpoint",
        ),
        (
            ["http://x.example.org/oai", "--from", "2026-02-30"],
            "Invalid value for '--from': '2026-02-30' is no datestamp; write 2026-01-31 or 2026-01-31T12:00:00Z",
        ),
    ],
)
def test_what_cannot_be_meant_is_said(run: Run, arguments: list[str], problem: str) -> None:
    """Before anything is asked."""
    result = run("load", *arguments)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {problem}")
