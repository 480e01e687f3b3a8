"""Loading by many processes: the same as by one, in the order of the input."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips
from PIL import Image

from records.readers.found import Options
from records.store import Store
from server import held_folders, loading, processes, publishing
from server.config import Config
from server.library import Library
from server.loading import Load
from server.reports.report import Report
from tests import pdfs

Run = Callable[..., tuple[Report, list[str]]]


@pytest.fixture
def run(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that loads the folder `in` by so many processes, in batches of two, and tells faults in order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(publishing, "BATCH", 2)

    def load(number: int, *, dry_run: bool = False, strict: bool = False) -> tuple[Report, list[str]]:
        monkeypatch.setattr(processes, "PROCESSES", number)
        told: list[str] = []
        loading = Load(library, dry_run, tell=lambda finding: told.append(str(finding)))
        return loading.run([Path("in")], strict=strict), told

    return load


def write(name: str, *records: object) -> None:
    """Write a file of JSON Lines in the folder `in`; a text stands there as it is."""
    path = Path("in", name)
    path.parent.mkdir(exist_ok=True)
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path.write_text("".join(f"{line}\n" for line in lines))


def record(identifier: str, **fields: object) -> dict[str, object]:
    """Return what an input states of a record."""
    return {"identifier": identifier, "titles": [{"text": f"Title of {identifier}"}], **fields}


def draw(name: str, width: int) -> None:
    """Write an image into the folder `in`."""
    Image.new("L", (width, 10)).save(Path("in", name))


def fill() -> None:
    """Write two files with a fault of each kind, some of them batches away from what they repeat."""
    write(
        "a.jsonl",
        record("a", pages=[{"file": "1.png"}]),
        "{x}",
        record("b"),
        record("a"),
        record("c", unmapped={"x": ["y"]}),
    )
    write(
        "b.jsonl",
        record("d", collections=["s"]),
        record("b"),
        record("e", pages=[{"file": "2.png"}]),
        record("f"),
        record("d"),
    )
    draw("1.png", 20)
    Path("in", "collections.toml").write_text('[[collection]]\nspec = "s"\ntitle = "S"\nlanguages = ["en"]\n')


FAULTS = [
    "in/a.jsonl, line 2: is not JSON (Expecting property name enclosed in double quotes at column 2); correct the line",
    "in/a.jsonl, line 4, a, identifier: stands in in/a.jsonl, line 1 already, which was taken; give each record an "
    "identifier of its own",
    "in/b.jsonl, line 2, b, identifier: stands in in/a.jsonl, line 3 already, which was taken; give each record an "
    "identifier of its own",
    "in/b.jsonl, line 3, e, pages.0.file: '2.png' is not in in; put the file there, or correct the name",
    "in/b.jsonl, line 5, d, identifier: stands in in/b.jsonl, line 1 already, which was taken; give each record an "
    "identifier of its own",
]


@pytest.mark.parametrize("number", [1, 2])
def test_faults_are_told_in_the_order_of_the_input(run: Run, library: Library, number: int) -> None:
    """Of two records with one identifier the first is taken, however many processes read them; then nothing is new."""
    fill()
    report, told = run(number)
    assert told == FAULTS
    assert (report.outcomes, report.faults) == ({"added": 5}, 5)
    assert (report.from_collections, report.unmapped) == ({("s", "languages"): 1}, {"x": 1})
    assert sorted(library.store.stated(list("abcdef"))) == ["a", "b", "c", "d", "f"]
    again, told_again = run(number)
    assert (again.outcomes, told_again) == ({"unchanged": 5}, FAULTS)
    assert (again.from_collections, again.unmapped) == (report.from_collections, report.unmapped)


def test_faults_of_a_sheet_name_what_stands_in_it(run: Run) -> None:
    """No field of JSON: the heading of the template, and which of the values."""
    Path("in").mkdir(exist_ok=True)
    draw("1.png", 20)
    sheet = "id,title,file,pdf,structure\na,A,1.png|2.png,,\nb,B,1.png,b.pdf,\nc,C,1.png,,1-2 All\n"
    Path("in", "sheet.csv").write_text(sheet)
    Path("in", "d").mkdir()
    Path("in", "d", "1.png").write_bytes(b"no image")
    Path("in", "d.csv").write_text("id,title\nd,D\n")
    _report, told = run(1)
    assert [line.partition(": ")[0] for line in told] == [
        "in/d.csv, row 2, d, file 1",
        "in/sheet.csv, row 2, a, file 2",
        "in/sheet.csv, row 3, b, pdf 1",
        "in/sheet.csv, row 4, c, structure 1",
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_strict_tells_all_faults_before_anything_is_written(run: Run, library: Library, number: int) -> None:
    """Nor is an image copied."""
    fill()
    report, told = run(number, strict=True)
    assert (told, report.faults, report.outcomes) == (FAULTS, 5, {})
    assert library.store.stated(["a"]) == {}
    assert not library.config.media_folder.exists()


@pytest.mark.parametrize("number", [1, 2])
def test_images_of_a_record_that_is_not_taken_are_not_copied(run: Run, library: Library, number: int) -> None:
    """Those of the first with its identifier stay."""
    write(
        "a.jsonl",
        record("a", pages=[{"file": "1.png"}]),
        record("b"),
        record("c"),
        record("a", pages=[{"file": "2.png"}]),
    )
    draw("1.png", 20)
    draw("2.png", 30)
    dry, _told = run(number, dry_run=True)
    assert dry.outcomes == {"added": 3}
    assert not library.config.media_folder.exists()
    report, _told = run(number)
    assert (report.outcomes, report.faults) == ({"added": 3}, 1)
    with Image.open(library.config.media_folder / "a" / "1.png") as image:
        assert image.width == 20


def test_collections_are_stated_in_toml_and_in_a_sheet(run: Run, library: Library) -> None:
    """Each by one of them; the sheet is no input of records, even where it is named."""
    fill()
    Path("in", "collections.csv").write_text("spec,title,languages\ns,Again,zh\nt,T,\n")
    _report, told = run(1)
    assert told[0] == "in/collections.csv, spec: is stated by collections.toml too, 's'; keep one of the two"
    assert told[1:] == FAULTS
    assert {spec: each.title for spec, each in library.store.collections().items()} == {"s": "S", "t": "T"}
    loading = Load(library, False, tell=lambda finding: told.append(str(finding)))
    loading.run([Path("in/collections.csv")])
    assert told[-1] == ("in/collections.csv: states collections; name the records that it lies beside, or their folder")


def test_a_table_of_contents_names_pages_that_are_there(run: Run) -> None:
    """Else the record is refused; a PDF counts with all its pages."""
    pdfs.write(Path("in", "a.pdf"), "one", "two")
    ranges = [{"label": "A", "pages": [1, 2]}, {"label": "B", "ranges": [{"label": "C", "pages": [2, 3, 4]}]}]
    write(
        "a.jsonl",
        record("a", pages=[{"file": "a.pdf"}], structures=ranges[:1]),
        record("b", pages=[{"file": "a.pdf"}], structures=ranges),
        record("c", structures=ranges[:1]),
    )
    report, told = run(1)
    assert report.outcomes == {"added": 1}
    assert told == [
        "in/a.jsonl, line 2, b, structures.1.ranges.0.pages: names page 3, and the record has 2 page images; correct "
        "the number, or add what is missing",
        "in/a.jsonl, line 3, c, structures.0.pages: names page 1, and the record has no page images; correct the "
        "number, or add what is missing",
    ]


def test_a_pdf_that_is_loaded_again_changes_nothing(run: Run, library: Library) -> None:
    """Neither a datestamp nor a file."""
    pdfs.write(Path("in", "a.pdf"), "one", "two")
    write("a.jsonl", record("a", pages=[{"file": "a.pdf"}]))
    run(1)
    files = {path: path.stat().st_ino for path in library.config.media_folder.rglob("*.*")}
    assert len(files) == 3
    report, told = run(2)
    assert (report.moved, told) == ({}, [])
    assert {path: path.stat().st_ino for path in library.config.media_folder.rglob("*.*")} == files


Kept = Callable[[], dict[str, bytes]]


@pytest.fixture
def kept(library: Library) -> Kept:
    """Give a function that reads all that lies in the media folder, hidden or not."""
    folder = library.config.media_folder
    return lambda: {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_other(name: str, identifier: str, **fields: object) -> None:
    """Write a record that was loaded before once more, with other images: a pyramid and two pages of a PDF."""
    pyvips.Image.black(600, 400).tiffsave("in/a.tif", tile=True, pyramid=True)
    pdfs.write(Path("in", "a.pdf"), "one", "two")
    write(name, record(identifier, pages=[{"file": "a.tif"}, {"file": "a.pdf"}], **fields))


def write_scan(*identifiers: str) -> None:
    """Write records of one page."""
    write("a.jsonl", *(record(identifier, pages=[{"file": "1.png"}]) for identifier in identifiers))
    draw("1.png", 20)


def test_a_record_that_is_refused_keeps_its_images(run: Run, kept: Kept) -> None:
    """It shows what it showed, and nothing else lies there; others of the load have theirs."""
    write_scan("a")
    run(1)
    before = kept()
    assert list(before) == ["a/1.png"]
    write_other("a.jsonl", "a", oai_identifier="oai:elsewhere:a")
    draw("2.png", 30)
    write("b.jsonl", record("b", pages=[{"file": "2.png"}]))
    report, _told = run(1)
    assert report.outcomes == {"refused": 1, "added": 1}
    assert kept() == before | {"b/1.png": Path("in", "2.png").read_bytes()}
    write_other("a.jsonl", "a")
    assert run(1)[0].outcomes == {"changed": 1, "unchanged": 1}
    assert sorted(kept()) == ["a/1.pdf", "a/1.tif", "a/2.jpg", "a/3.jpg", "b/1.png"]


def test_strict_writes_no_image_where_a_record_is_refused(run: Run, library: Library, kept: Kept) -> None:
    """As it writes no record; what is sound all of it has its images."""
    write_scan("a", "b", "c")
    run(1, strict=True)
    before = kept()
    assert sorted(before) == ["a/1.png", "b/1.png", "c/1.png"]
    write_other("a.jsonl", "a", oai_identifier="oai:elsewhere:a")
    draw("1.png", 30)
    write("b.jsonl", *(record(name, pages=[{"file": "1.png"}]) for name in "bcd"))
    assert run(1, strict=True)[0].outcomes["refused"] == 1
    assert (kept(), library.store.stated(["d"])) == (before, {})


def test_images_wait_until_their_record_is_stored(run: Run, library: Library, kept: Kept) -> None:
    """A load that is interrupted before leaves all as it was, and nothing half done; the next one finds all to do."""
    write_scan("a")
    run(1)
    before = kept()
    write_other("a.jsonl", "a", texts=[{"content": "Dear friend"}])
    Path("in", "a.xml").write_text("left, and told: the record states a transcript")

    def interrupt(_finding: object) -> None:
        assert kept().items() > before.items()
        assert sorted(path.name for path in (library.config.media_folder / "a").iterdir()) == ["1.png"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Load(library, False, tell=interrupt).run([Path("in")])
    assert kept() == before
    assert [path.name for path in library.config.media_folder.iterdir()] == ["a"]
    assert run(1)[0].outcomes == {"changed": 1}
    assert sorted(kept()) == ["a/1.pdf", "a/1.tif", "a/2.jpg", "a/3.jpg"]


def test_a_record_that_was_stated_anew_meanwhile_keeps_its_images(run: Run, library: Library, kept: Kept) -> None:
    """Those of the load that was overtaken go."""
    write_scan("a")
    run(1)
    Path("in", "a.jsonl").rename("b.jsonl")
    before = kept()
    write_other("a.jsonl", "a", texts=[{"content": "Dear friend"}])
    Path("in", "a.xml").write_text("left, and told: the record states a transcript")

    def restate(_finding: object) -> None:
        Path("b.jsonl").write_text(json.dumps(record("a", languages=["en"], pages=[{"file": "in/1.png"}])))
        Load(library, False, tell=lambda _finding: None).run([Path("b.jsonl")])

    report = Load(library, False, tell=Once(restate), options=Options(parts=True)).run([Path("in")])
    assert report.outcomes == {"overtaken": 1}
    assert kept() == before


class Once:
    """Does something the first time that it is called."""

    def __init__(self, action: Callable[[object], None]) -> None:
        """Take note of what."""
        self.action: Callable[[object], None] | None = action

    def __call__(self, finding: object) -> None:
        """Do it, or nothing."""
        action, self.action = self.action, None
        if action:
            action(finding)


def test_images_that_cannot_take_their_places_are_told(run: Run, library: Library) -> None:
    """With the record and the remedy; other records have theirs."""
    write_scan("a", "b")
    library.config.media_folder.mkdir()
    (library.config.media_folder / "a").write_text("no folder")
    report, told = run(1)
    assert (report.outcomes, report.faults) == ({"added": 2}, 1)
    assert told[0].startswith(f"a, pages: cannot be put into {library.config.media_folder}/a (")
    assert told[0].endswith("); make room, or give the right to, and load again")
    assert (library.config.media_folder / "b" / "1.png").is_file()


def test_what_a_killed_load_left_goes_with_the_next(run: Run, library: Library, kept: Kept) -> None:
    """What another load that runs now has made stays."""
    for name in ("killed", "running"):
        folder = library.config.media_folder / f".load-{name}"
        folder.mkdir(parents=True)
        (folder / "x").write_text("half an image")
    held = held_folders.hold(folder)
    write_scan("a")
    run(1)
    assert sorted(kept()) == [".load-running/x", "a/1.png"]
    os.close(held)
    draw("1.png", 30)
    run(1)
    assert sorted(kept()) == ["a/1.png"]


def test_postgresql_sees_what_a_large_load_brought(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a page of a long list would be sorted out of all that follows it, until the database looks by itself."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(loading, "_MUCH", 2)
    library = Library(Config(database_url=postgresql_url, media_folder=tmp_path), Store(postgresql_url))
    seen = "SELECT count(last_analyze) FROM pg_stat_user_tables WHERE relname IN ('entries', 'listings')"
    for number, tables in ((1, 0), (2, 2)):
        write("a.jsonl", *(record(f"{number}-{each}") for each in range(number)))
        Load(library, dry_run=False, tell=print).run([Path("in")])
        assert library.store.database.rows(seen, {}) == [(tables,)]
    library.store.close()
