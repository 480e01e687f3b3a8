"""Spreadsheets as workbooks: cells as what they show, what is not read told, bombs and broken files refused."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from records.errors import RecordError
from records.readers import read
from records.readers.found import Taken
from records.readers.sheets import workbook

Save = Callable[[Workbook], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Give a function that saves a workbook."""

    def saved(book: Workbook) -> Path:
        path = tmp_path / "sheet.xlsx"
        book.save(path)
        return path

    return saved


def filled(*rows: tuple[str | float | date | None, ...]) -> tuple[Workbook, Worksheet]:
    """Return a workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return book, sheet


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change a part of a workbook, as its XML."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def message(path: Path) -> str:
    """Return the one thing that is wrong with a file, without its path."""
    (item,) = read(path)
    assert isinstance(item, RecordError)
    return str(item).removeprefix(str(path))


def cells(path: Path) -> list[tuple[str, ...]]:
    """Return the cells of a workbook's rows."""
    return [cut.cells for cut in workbook.rows(path, bool)]


def test_a_workbook_is_read_like_a_text_file(save: Save) -> None:
    """Rows count as the program counts them; short ones have blank cells."""
    book, sheet = filled(("ID", "Title", "Subject"), ("a", "A"), (), ("# note",), ("b", "B", "war|peace"))
    sheet["F9"] = " "
    found = list(read(save(book)))
    assert [(item.record.identifier, item.told.position) for item in found if isinstance(item, Taken)] == [
        ("a", "row 2"),
        ("b", "row 5"),
    ]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (1965.0, "General", "1965"),
        (17, "General", "17"),
        (2.5, "General", "2.5"),
        (1e300, "General", "1e+300"),
        (True, "General", "TRUE"),
        ("  text ", "General", "  text "),
        ("a_x000D_\nb", "General", "a\r\nb"),
        ("a_x0001_b", "General", "a_x0001_b"),
        (date(1965, 3, 2), "yyyy-mm-dd", "1965-03-02"),
        (datetime(1965, 3, 2, 12, 30), "dd/mm/yyyy hh:mm", "1965-03-02T12:30:00"),  # noqa: DTZ001 - cells have no zone
        (date(1965, 3, 2), "mmmm yyyy", "1965-03"),
        (date(1965, 1, 1), "yyyy", "1965"),
        (date(1965, 3, 2), '[$-409]d. mmm yy;"old"', "1965-03-02"),
        (time(12, 30), "hh:mm", "12:30:00"),
    ],
)
def test_a_cell_is_what_it_shows(save: Save, value: str | float | date | time, shown_as: str, text: str) -> None:
    """A date is no more precise than it looks, a number has no decimals that nobody wrote."""
    book, sheet = filled(("id", "title"))
    sheet["A2"] = value
    sheet["A2"].number_format = shown_as
    assert cells(save(book))[1] == (text, "")


def test_other_sheets_and_merged_cells_are_told(save: Save) -> None:
    """With the first record; blank sheets are nobody's loss."""
    book, first = filled()
    first.title = "Blank"
    for title, state in (("Old", "hidden"), ("Letters", "visible"), ("Notes", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(("id", "title", "place"))
        sheet.append((f"in-{title}", "T", "Vienna"))
    book["Letters"].append(("b", "B"))
    book["Letters"].merge_cells("C2:C3")
    found = list(read(save(book)))
    assert [item.record.identifier for item in found if isinstance(item, Taken)] == ["in-Letters", "b"]
    assert [[fault.problem for fault in item.told.noted] for item in found if isinstance(item, Taken)] == [
        [
            "the hidden sheet 'Old' is not read, only 'Letters' is; save it as a file of its own if it holds records",
            "the sheet 'Notes' is not read, only 'Letters' is; save it as a file of its own if it holds records",
            "cells are merged (C2:C3): only the first of them has the value, the others count as blank; unmerge them "
            "and write the value into each",
        ],
        [],
    ]


def test_formulas_count_with_their_value(save: Save) -> None:
    """One without is named, and kept as it is written."""
    book, _sheet = filled(("id", "title", "extent", "shelfmark"), ("a", "A", "=1+1", "=B2"), ("b", "=A3", None, None))
    path = rewritten(
        save(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    )
    first, second = read(path)
    assert isinstance(first, Taken)
    assert (first.record.extents, first.record.unmapped) == (("2",), {"shelfmark": ("=B2",)})
    assert [str(fault.problem) for fault in first.told.noted] == [
        "holds the formula '=B2' without a value; open the file in a spreadsheet program, let it calculate, and save it"
    ]
    assert str(second).removeprefix(str(path)) == (
        ", row 3, b, title: holds the formula '=A3' without a value; open the file in a spreadsheet program, let it "
        "calculate, and save it"
    )


def test_pages_in_rows_of_their_own_are_read_in_workbooks_too(save: Save) -> None:
    """A number is the same identifier in either column."""
    book, _sheet = filled(("id", "title", "parent", "file"), (2, "Page", 1.0, "2.jpg"), (1, "Album", None, None))
    (item,) = read(save(book))
    assert isinstance(item, Taken)
    assert (item.record.identifier, [page.label for page in item.record.pages]) == ("1", ["Page"])


def test_what_a_file_says_of_its_size_may_be_wrong(save: Save) -> None:
    """Rows beyond it are read."""
    book, _sheet = filled(("id", "title"), ("a", "A"), ("b", "B"))
    path = rewritten(save(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:A1"'))
    assert len(list(read(path))) == 2


def test_a_workbook_that_holds_nothing_is_named(save: Save) -> None:
    """Hidden sheets are not read, however full."""
    book, _first = filled()
    sheet = book.create_sheet("Hidden")
    sheet.append(("id",))
    sheet.sheet_state = "hidden"
    assert message(save(book)) == ": has no visible sheet that holds anything; write the records into its first one"


def test_bombs_are_refused(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unfolds to too much, rows that nobody wrote, entities."""
    book, _sheet = filled(("id", "title"), ("a", "A" * 3000))
    path = save(book)
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "LARGEST_TABLE", 1000)
        assert message(path) == (
            ": unfolds to 0 MB, 0 MB of them texts that several cells may share, more than we read; save the sheet as "
            "CSV UTF-8, which has no such limit"
        )
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "LONGEST", 2000)
        assert message(path) == ", row 2: a row of more than 0 million characters; divide it"
    with monkeypatch.context() as patch:
        patch.setattr(workbook, "LAST_ROW", 1000)
        far = rewritten(
            path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"')
        )
        assert message(far) == (": has more rows than a workbook can have; divide it, 1,000 are the most")
    entities = rewritten(
        path, "xl/worksheets/sheet1.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "a">]>' + xml.partition(b"?>")[2]
    )
    assert message(entities) == (
        ": declares a document type in its XML, which no spreadsheet program writes; save it again as .xlsx"
    )


@pytest.mark.parametrize("content", [b"", b"id,title\na,A\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_workbook_is_named(tmp_path: Path, content: bytes) -> None:
    """A text file of that name, an encrypted or an old one."""
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    assert message(path) == (
        ": is no workbook that can be read (BadZipFile: File is not a zip file); open it in a spreadsheet program and "
        "save it again as .xlsx, without a password"
    )


def test_a_zip_file_of_other_things_is_named(tmp_path: Path) -> None:
    """A text document, say."""
    path = tmp_path / "sheet.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert message(path).startswith(": is no workbook that can be read (KeyError: ")


def _workbook() -> dict[str, bytes]:
    """Return the parts of a workbook."""
    book, sheet = filled(("id", "title", "date"), ("a", "A", date(1965, 3, 2)), ("b", "=A2", 1.5))
    sheet.merge_cells("A5:B6")
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = _workbook()


@given(st.sampled_from(sorted(PARTS)), st.integers(0), st.integers(1, 20))
def test_a_broken_workbook_gives_records_or_errors(
    tmp_path_factory: pytest.TempPathFactory, part: str, seed: int, changes: int
) -> None:
    """Whatever is wrong in any part of it."""
    chance = random.Random(seed)
    broken = bytearray(PARTS[part])
    for _ in range(changes):
        at = chance.randrange(len(broken))
        broken[at : at + chance.choice([0, 1, 1, 1, 5])] = chance.choice([b"", b"9", b"A", b'"', b"<", b">", b"-1"])
    path = tmp_path_factory.getbasetemp() / "broken.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, bytes(broken) if name == part else content)
    for item in read(path):
        assert isinstance(item, RecordError) or item.record.identifier


def test_a_saved_file_is_what_openpyxl_reads(save: Save) -> None:
    """The fixtures are workbooks."""
    book, _sheet = filled(("id",))
    assert openpyxl.load_workbook(save(book)).sheetnames == ["Sheet"]
