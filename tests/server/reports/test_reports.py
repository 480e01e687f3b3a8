"""Reports of loads, out of real loads: for the terminal and for the desk."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from records.errors import Fault
from server.cli import main
from server.reports import findings, table
from server.reports.findings import Findings
from server.reports.report import Report

Run = Callable[..., Result]

GOOD = {"identifier": "good", "titles": [{"text": "A good record"}], "unmapped": {"box": ["4"]}}
BAD = {"identifier": "bad", "titles": [{"text": "<b>=1+1</b>"}], "dates": [{"edtf": "<i>soon</i>"}]}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs a command beside a file with a good record and a bad one."""
    monkeypatch.chdir(tmp_path)
    Path("in.json").write_text(json.dumps([GOOD, BAD]))
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_json_has_counts_fields_and_findings(run: Run) -> None:
    """With file, position, record, field, value, problem and remedy of each."""
    assert run("load", "in.json", "--report", "report.json").exit_code == 1
    report = json.loads(Path("report.json").read_text())
    assert report["counts"] == {
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "deleted": 0,
        "hidden": 0,
        "refused": 1,
        "mended": 0,
    }
    assert report["dry_run"] is False
    assert report["fields"] == {"identifier": 1, "titles": 1, "unmapped": 1}
    assert report["unmapped"] == {"box": 1}
    assert report["datestamps_moved"]["oai_dc"] == 1
    (finding,) = report["findings"]
    assert finding["problem"] == "'<i>soon</i>' is not a date in EDTF"
    assert finding["remedy"].startswith("write for example '1965-03-02'")
    assert {**finding, "remedy": "", "problem": ""} == {
        "kind": "refused",
        "file": "in.json",
        "position": "record 2 (line 1)",
        "record": "bad",
        "field": "dates.0.edtf",
        "value": "",
        "problem": "",
        "remedy": "",
    }


def test_a_spreadsheet_has_a_row_for_each_finding(run: Run) -> None:
    """In UTF-8 with its mark, so that spreadsheet programs know it."""
    run("load", "in.json", "--report", "report.csv")
    assert (
        Path("report.csv").read_bytes().startswith(b"\xef\xbb\xbfkind,file,position,record,field,value,problem,remedy")
    )
    (row,) = csv.DictReader(Path("report.csv").read_text(encoding="utf-8-sig").splitlines())
    assert (row["kind"], row["record"], row["field"]) == ("refused", "bad", "dates.0.edtf")


def test_a_page_has_all_of_it_and_nothing_of_a_record_is_markup(run: Run) -> None:
    """It can be sent by mail: nothing is fetched."""
    run("load", "in.json", "--dry-run", "--report", "report.html")
    page = Path("report.html").read_text()
    assert "What a load would do" in page
    assert "<strong>1</strong> refused" in page
    assert "&lt;i&gt;soon&lt;/i&gt;" in page
    assert "<i>" not in page


def test_a_report_is_written_where_nothing_was_loaded_too(run: Run) -> None:
    """What --strict refuses is what the report is for."""
    run("load", "--strict", "in.json", "--report", "report.json")
    counts = json.loads(Path("report.json").read_text())["counts"]
    assert (counts["added"], counts["refused"]) == (0, 1)


def test_what_left_a_set_is_counted_as_deleted(run: Run) -> None:
    """The input was the whole of it."""
    Path("two.json").write_text(json.dumps([GOOD | {"identifier": name, "collections": ["s"]} for name in "ab"]))
    Path("one.json").write_text(json.dumps([GOOD | {"identifier": "a", "collections": ["s"]}]))
    run("load", "two.json")
    run("load", "--replace", "s", "one.json", "--report", "report.json")
    counts = json.loads(Path("report.json").read_text())["counts"]
    assert (counts["unchanged"], counts["deleted"]) == (1, 1)


def test_a_report_of_no_known_form_is_refused_before_anything_is_done(run: Run) -> None:
    """The message names the forms."""
    result = run("load", "in.json", "--report", "report.docx")
    assert result.exit_code == 2
    assert "a report is written as .html, .csv, .json; let the name end so" in result.stderr
    assert not Path("var").exists()


def test_a_report_that_cannot_be_written_is_told(run: Run) -> None:
    """The records are loaded; nothing half-written stays."""
    result = run("load", "in.json", "--report", "nowhere/report.csv")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "the report cannot be written to nowhere/report.csv (No such file or directory); name another file"
    )


def test_a_dry_run_prints_a_table(run: Run) -> None:
    """Row, column, value, problem, proposal; not as lines besides."""
    result = run("load", "--dry-run", "in.json")
    assert "in.json, record 2" not in result.stderr
    heading = next(line for line in result.stdout.splitlines() if "proposal" in line)
    assert heading.split("┃")[1:-1] != []
    assert [cell.strip() for cell in heading.strip("┃").split("┃")] == ["row", "column", "value", "problem", "proposal"]
    assert "dates.0.edtf" in result.stdout


def test_what_was_noted_is_told_up_to_a_number_of_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet with one habit in each row would bury what was refused."""
    notes = [Fault("date", f"'{number}' is no date; write it in full", str(number)) for number in range(30)]
    with Findings() as kept:
        teller = table.Teller(kept, silent=False)
        for finding in findings.told("in.csv", "row 3", "r", [Fault("title", "was\x1b[2J empty")], notes):
            teller.tell(finding)
        teller.end()
        assert len(list(kept)) == 31
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "in.csv, row 3, r, title: mended: was\\x1b[2J empty"
    assert lines[1] == "in.csv, row 3, r, date: noted: '0' is no date; write it in full"
    assert lines[-1] == "... and 11 more that were mended or noted; --report FILE tells all"
    assert len(lines) == table.MOST_LINES + 1


def test_a_terminal_shows_how_many_records_have_each_field() -> None:
    """The most common first; where nobody reads along, nothing."""
    report = Report(fields=Counter({"titles": 4, "dates": 1}), read=4)
    for terminal, expected in ((True, ["field records share", "titles 4 100%", "dates 1 25%"]), (False, [])):
        text = StringIO()
        table.show_fields(report, Console(file=text, force_terminal=terminal, no_color=True, width=80))
        lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in text.getvalue().splitlines()]
        cells = [" ".join(re.findall(r"[\w%]+", line)) for line in lines]
        assert list(filter(None, cells)) == expected
