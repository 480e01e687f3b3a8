"""Sheets in again: parts of records laid over them by `--merge`, and a sheet that `export` wrote."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records import readers, stated
from records.model import Record
from records.readers.found import Options, Taken
from server.exporting import sheet
from server.exporting.export import Export
from server.library import Library
from server.loading import Load
from tests.benchmarks.varied_records import varied_records

ASIDE = frozenset({"unmapped", "types", "dates", "pages", "funding"})
"""Fields that a sheet reads in its own words, or measures anew."""


def test_a_sheet_of_two_columns_is_laid_over_records(
    library: Library, publish: Callable[..., object], make_record: Callable[..., Record], tmp_path: Path
) -> None:
    """It needs no title; the record keeps its own."""
    publish(make_record("a", rights={"statement": "Ask us."}), make_record("b"))
    path = tmp_path / "rights.csv"
    path.write_text("identifier,rights uri\na,http://rightsstatements.org/vocab/InC/1.0/\nc,\n")
    told: list[str] = []
    loading = Load(library, False, lambda finding: told.append(str(finding)), options=Options(parts=True))
    report = loading.run([path])
    assert (report.outcomes, len(told)) == ({"changed": 1}, 1)
    assert told[0].startswith(f"{path}, row 3, c, titles: is missing, and no such record is in the store; ")
    record = stated.read(library.store.stated(["a"])["a"])
    assert record.rights
    assert (record.title.text, record.rights.statement) == ("Title of a", "Ask us.")
    assert record.rights.uri == "http://rightsstatements.org/vocab/InC/1.0/"
    path.write_text("identifier,rights\na,Ask us.\n")
    (error,) = readers.read(path)
    assert "has no column for the title" in str(error)


@settings(max_examples=20)
@given(st.integers(min_value=0))
def test_what_a_sheet_says_comes_in_again(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Each field that is not told to be lost holds the same values, in whatever order the columns have them."""
    folder = tmp_path_factory.mktemp("sheet")
    given_records = [Record.model_validate(each) for each in varied_records(3, seed)]
    lines = [sheet.row(record) for record in given_records]
    headings = dict.fromkeys(heading for cells, _lost in lines for heading in cells)
    path = folder / "sheet.csv"
    from server.exporting.export import _line

    rows = [_line(headings), *(_line(cells.get(heading, "") for heading in headings) for cells, _lost in lines)]
    path.write_bytes(b"".join(rows))
    found = list(readers.read(path, Options(separator="|")))
    for record, (_cells, lost), taken in zip(given_records, lines, found, strict=True):
        assert isinstance(taken, Taken), taken
        for field in Record.model_fields.keys() - lost.keys() - ASIDE:
            old, new = getattr(record, field), getattr(taken.record, field)
            assert _set(old) == _set(new), field


def _set(value: object) -> object:
    return sorted(map(_plain, value)) if isinstance(value, tuple) else value


def _plain(value: object) -> str:
    return repr(value).replace("'DOI'", "'doi'").replace("'Doi'", "'doi'")


def test_an_exported_sheet_is_loaded_without_a_fault(
    library: Library, publish: Callable[..., object], make_record: Callable[..., Record], tmp_path: Path
) -> None:
    """And changes nothing where it says all that is stated."""
    publish(make_record("a", languages=["en", "zh"], rights={"statement": "Ask us."}, collections=["s"]))
    Export(library, "csv").to_file(tmp_path / "all.csv")
    loading = Load(library, False, lambda finding: pytest.fail(str(finding)))
    assert loading.run([tmp_path / "all.csv"]).outcomes == {"unchanged": 1}
