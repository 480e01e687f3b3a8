"""`dragoman template`, and what becomes of a sheet that is filled in and loaded, images and all."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from records import stated
from records.model import Record
from records.readers import read
from records.readers.found import Options, Taken
from records.readers.sheets.columns import Column
from server import terminal
from server.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Give the command, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def template(run: Callable[..., Result]) -> list[list[str]]:
    """Return the rows of the template."""
    result = run("template", "csv")
    assert (result.exit_code, result.stdout[0]) == (0, "\ufeff")
    return list(csv.reader(io.StringIO(result.stdout[1:])))


def test_an_empty_template_is_no_record_and_no_fault(run: Callable[..., Result]) -> None:
    """Its explanations are comments."""
    Path("sheet.csv").write_bytes(run("template", "csv").stdout_bytes)
    assert list(read(Path("sheet.csv"))) == []
    result = run("load", "sheet.csv")
    assert (result.exit_code, result.stderr) == (0, "")


def test_each_heading_of_the_template_is_known_and_explained(run: Callable[..., Result]) -> None:
    """By the name of the field that it fills."""
    headings, words, examples = template(run)
    assert [heading for heading in headings if Column.of(heading, {}).field != heading] == []
    assert all(words)
    assert len(headings) == len(words) == len(examples)
    assert (words[0][:2], examples[0]) == ("# ", "# For example: letter-1")


def test_the_examples_of_the_template_are_a_record(run: Callable[..., Result]) -> None:
    """Nothing of them is told or set apart."""
    headings, _words, examples = template(run)
    examples[0] = examples[0].removeprefix("# For example: ")
    out = io.StringIO()
    csv.writer(out).writerows([headings, examples])
    Path("sheet.csv").write_text(out.getvalue(), encoding="utf-8")
    (item,) = read(Path("sheet.csv"), Options())
    assert isinstance(item, Taken)
    assert (item.told.noted, item.told.mended, item.record.unmapped) == ((), (), {})
    assert len(item.record.model_fields_set) > 15


def test_images_come_from_the_folder_of_the_sheet_and_from_nowhere_else(run: Callable[..., Result]) -> None:
    """Pages in rows of their own too; a path that leaves the folder, and an image that is none, refuse the record."""
    Path("sheets/scans").mkdir(parents=True)
    for name in ("sheets/scans/1.png", "sheets/scans/2.png", "outside.png"):
        Image.new("L", (30, 40)).save(name)
    Path("sheets/bad.jpg").write_bytes(b"no image")
    Path("sheets/sheet.csv").write_text(
        "id,title,file,parent\na,A,scans/1.png,\np,Page 2,scans/2.png,a\n"
        "b,B,../outside.png,\nc,C,bad.jpg,\nd,D,no.jpg,\n",
        encoding="utf-8",
    )
    result = run("load", "sheets/sheet.csv")
    assert result.exit_code == 1
    assert [line.partition(": ")[0].rpartition("/")[2] for line in result.stderr.splitlines()[:3]] == [
        "sheet.csv, row 4, b, file 1",
        "sheet.csv, row 5, c, file 1",
        "sheet.csv, row 6, d, file 1",
    ]
    assert "'../outside.png' lies outside the folder of the input" in result.stderr
    pages = [(page.file, page.width, page.label) for page in _stored("a").pages]
    assert pages == [
        ("1.png", 30, None),
        ("2.png", 30, "Page 2"),
    ]


def _stored(identifier: str) -> Record:
    with terminal.opened() as library:
        return stated.read(library.store.stated([identifier])[identifier])


def test_columns_and_separator_are_options_of_load(run: Callable[..., Result]) -> None:
    """What they say is what the sheet is read by."""
    Path("columns.toml").write_text('[columns]\n"Schlagwort" = "subject"\n', encoding="utf-8")
    Path("sheet.csv").write_text("id,title,Schlagwort\na,A,war; peace\n", encoding="utf-8")
    result = run("load", "sheet.csv", "--columns", "columns.toml", "--separator", ";")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [subject.text for subject in _stored("a").subjects] == ["war", "peace"]
