"""Exports: out and in again gives the same bytes; nothing hidden gets out; whole or not at all."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from mappings.formats import FORMATS
from records import readers, stated
from records.model import Collection, Record
from records.publish import Published
from records.readers.found import Taken
from records.store import Store
from server import publishing
from server.cli import main
from server.config import Config
from server.exporting.export import Export, Exported
from server.exporting.targets import ExportError
from server.library import Library
from server.loading import Load
from tests import pdfs
from tests.benchmarks.varied_records import varied_records
from tests.pdfs import Entry

Publish = Callable[..., list[Published]]
Make = Callable[..., Record]

EVERYTHING = [*FORMATS, publishing.MANIFEST]


def library_in(folder: Path, url: str) -> Library:
    """Return an empty store with a media folder of its own."""
    return Library(Config(database_url=url, media_folder=folder / "media"), Store(url))


def load(library: Library, *paths: Path) -> None:
    """Load files; none has a fault."""
    Load(library, False, lambda finding: pytest.fail(str(finding))).run(paths)


def documents(library: Library) -> dict[str, dict[str, bytes]]:
    """Return all that is published, by format and identifier."""
    identifiers = [row.identifier for rows in library.store.all_stated(100) for row in rows]
    return {name: library.store.documents(identifiers, name) for name in EVERYTHING}


COLLECTIONS = """
[[collection]]
spec = "varied"
title = "Varied \\"ones\\", \\u007F é"
description = "Two\\nlines"
languages = ["zh"]
rights = {statement = "Ask us.", holder = "The archive"}
funding = [{funder = "A fund", award = "1"}, {acknowledgment = "Thanks"}]
provider = {name = "Town Archive", homepage = "https://archive.example.org/"}
"""


def test_json_out_and_in_again_gives_the_same_bytes(tmp_path: Path, database_url: str) -> None:
    """In every format and manifest, with images, collections and what is hidden, on each kind of database."""
    folder = tmp_path / "in"
    folder.mkdir()
    hidden = {"identifier": "hidden-1", "titles": [{"text": "H"}], "visibility": "hidden"}
    records = [*varied_records(60), hidden, {"identifier": "gone-1", "visibility": "deleted"}]
    (folder / "in.json").write_text(json.dumps(records), encoding="utf-8")
    (folder / "collections.toml").write_text(COLLECTIONS, encoding="utf-8")
    Image.new("L", (20, 30)).save(folder / "scan 1.jpg")
    first = library_in(tmp_path, database_url)
    load(first, folder)
    done = Export(first, "json").to_folder(tmp_path / "out")
    assert (done.records, done.missing, done.images > 0) == (62, 0, True)
    second = library_in(tmp_path / "again", f"sqlite:///{tmp_path}/again.sqlite")
    load(second, tmp_path / "out")
    assert documents(second) == documents(first)
    assert second.store.counts() == first.store.counts()
    assert second.store.collections()["varied"] == first.store.collections()["varied"]
    Export(first, "json").to_file(first.config.media_folder / "all.json")
    Export(first, "jsonl").to_file(first.config.media_folder / "all.jsonl")
    for name in ("all.json", "all.jsonl"):
        found = list(readers.read(first.config.media_folder / name))
        assert len(found) == 62
        assert not [each for each in found if not isinstance(each, Taken)]
    third = library_in(tmp_path / "third", f"sqlite:///{tmp_path}/third.sqlite")
    third.store.put_collections(first.store.collections().values())
    load(third, first.config.media_folder / "all.jsonl")
    assert documents(third) == documents(first)
    for library in (first, second, third):
        library.store.close()


def test_pages_of_a_pdf_come_in_as_they_went_out(tmp_path: Path, sqlite_url: str) -> None:
    """Drawn pages, their labels, text and table of contents, and the PDF: the same statements and documents."""
    outline = [Entry("A", 1, [Entry("B", 2)])]
    pdfs.write(tmp_path / "in" / "a.pdf", "Dear friend", "farewell", outline=outline, labels="0 << /S /r >>")
    pdfs.write(tmp_path / "in" / "b.pdf", "only offered")
    records = [
        {"identifier": "a", "titles": [{"text": "A"}], "pages": [{"file": "a.pdf", "label": "Diary"}]},
        {"identifier": "b", "titles": [{"text": "B"}], "downloads": [{"file": "b.pdf"}], "texts": [{"content": "B"}]},
    ]
    (tmp_path / "in" / "in.json").write_text(json.dumps(records))
    first = library_in(tmp_path, sqlite_url)
    load(first, tmp_path / "in")
    assert Export(first, "json").to_folder(tmp_path / "out").images == 4
    second = library_in(tmp_path / "again", f"sqlite:///{tmp_path}/again.sqlite")
    load(second, tmp_path / "out")
    assert documents(second) == documents(first)
    assert second.store.stated(["a", "b"]) == first.store.stated(["a", "b"])
    for path in first.config.media_folder.rglob("*.*"):
        again = second.config.media_folder / path.relative_to(first.config.media_folder)
        assert again.read_bytes() == path.read_bytes()
    for library in (first, second):
        library.store.close()


@settings(max_examples=25)
@given(st.integers(min_value=2))
def test_whatever_a_record_states_comes_in_as_it_went_out(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Through a file of each kind, and with it every document that is made of it."""
    folder = tmp_path_factory.mktemp("varied")
    library = library_in(folder, f"sqlite:///{folder}/store.sqlite")
    records = [Record.model_validate(each) for each in varied_records(3, seed)]
    repository, day = library.repository(), publishing.today()
    made = [publishing.publication(record, repository, day) for record in records]
    library.store.publish(made)
    Export(library, "json").to_file(folder / "all.json")
    Export(library, "jsonl").to_file(folder / "all.jsonl")
    for name in ("all.json", "all.jsonl"):
        found = [each.record for each in readers.read(folder / name) if isinstance(each, Taken)]
        again = [
            record.model_copy(
                update={"pages": tuple(_named(old, new) for old, new in zip(given.pages, record.pages, strict=True))}
            )
            for given, record in zip(records, found, strict=True)
        ]
        assert [publishing.publication(record, repository, day) for record in again] == made
    library.store.close()


def _named(old: object, new: object) -> object:
    """Return a page with the name of its file that the store has, as a load gives it."""
    return new.model_copy(update={"file": old.file})  # type: ignore[attr-defined]


# What harvesters get.


@pytest.fixture
def filled(publish: Publish, make_record: Make) -> None:
    """Fill the store with records that are shown, hidden and deleted, in two sets."""
    publish(
        make_record("a", collections=["s"]),
        make_record("b", collections=["s:t"], funding=[{"funder": "A Fund"}]),
        make_record("h", visibility="hidden", collections=["s"]),
        make_record("d", visibility="deleted"),
        make_record("c", identifiers=[{"value": "10.1/x", "kind": "doi"}]),
        collections=[Collection(spec="s", title="S")],
    )


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", list(FORMATS))
def test_a_folder_holds_what_harvesters_get(library: Library, tmp_path: Path, name: str) -> None:
    """Byte for byte, as documents by themselves; what is hidden or deleted is counted, not written."""
    done = Export(library, name).to_folder(tmp_path / "out")
    expected = library.store.documents(list("abchd"), name)
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    assert files == {f"{identifier}.xml": head + document + b"\n" for identifier, document in expected.items()}
    assert (done.records, done.without) == (len(expected), 5 - len(expected))
    for document in files.values():
        etree.fromstring(document)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("name", "path", "root"),
    [
        ("mods", "mods/mods-3-8.xsd", "{http://www.loc.gov/mods/v3}modsCollection"),
        ("marc21", "marc/MARC21slim.xsd", "{http://www.loc.gov/MARC21/slim}collection"),
    ],
)
def test_a_single_file_is_a_valid_collection(
    library: Library, tmp_path: Path, schema: Callable[[str], etree.XMLSchema], name: str, path: str, root: str
) -> None:
    """Of the records that are shown, one behind another; none at all is a collection too."""
    Export(library, name).to_file(tmp_path / "all.xml")
    found = etree.parse(tmp_path / "all.xml").getroot()
    assert (found.tag, len(found)) == (root, 3)
    assert schema(path).validate(found), str(schema(path).error_log)
    Export(library, name, spec="none").to_file(tmp_path / "none.xml")
    assert len(etree.parse(tmp_path / "none.xml").getroot()) == 0


@pytest.mark.usefixtures("filled")
def test_sets_and_identifiers_choose(library: Library, tmp_path: Path) -> None:
    """A set has those below it, a funder's too; what is not known is told."""

    def names(**chosen: object) -> tuple[list[str], Exported]:
        place = tmp_path / f"out{len(list(tmp_path.glob('out*')))}"
        done = Export(library, "json", **chosen).to_folder(place)  # type: ignore[arg-type]
        return sorted(path.stem for path in place.glob("*.json")), done

    assert names()[0] == ["a", "b", "c", "d", "h"]
    assert names(spec="s")[0] == ["a", "b", "h"]
    assert names(spec="s:t")[0] == ["b"]
    assert names(spec="funder")[0] == ["b"]
    assert names(identifiers=["c", "x", "a", "c"], spec="s")[0] == ["a"]
    found, done = names(identifiers=["c", "x", "a", "c"])
    assert (found, done.records, done.unknown) == (["a", "c"], 2, ["x"])
    hidden = json.loads((tmp_path / "out0" / "h.json").read_text())
    assert hidden["visibility"] == "hidden"


@pytest.mark.usefixtures("filled")
def test_what_is_there_stays(library: Library, tmp_path: Path) -> None:
    """Neither a file nor a folder with anything in it is written over."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()
    with pytest.raises(ExportError) as raised:
        Export(library, "mods").to_folder(tmp_path / "out")
    assert str(raised.value) == f"{tmp_path}/out is there already; name a folder that is new or empty"
    with pytest.raises(ExportError) as raised:
        Export(library, "mods").to_file(tmp_path / "out" / "mine")
    assert str(raised.value) == f"{tmp_path}/out/mine is there already; choose another name"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]
    (tmp_path / "out" / "mine").unlink()
    assert Export(library, "mods").to_folder(tmp_path / "out").records == 3


@pytest.mark.parametrize("single", [False, True])
def test_an_export_that_fails_leaves_nothing(
    library: Library, publish: Publish, make_record: Make, tmp_path: Path, *, single: bool
) -> None:
    """Here a record of the store cannot be read any more."""
    publish(make_record("a"))
    publication = publishing.publication(make_record("b"), library.repository(), publishing.today())
    library.store.publish([replace(publication, stated=b'{"identifier":"b","titel":1}')])
    place = tmp_path / "new" / "out"
    with pytest.raises(stated.UnreadableError):
        _run(Export(library, "json"), place, single=single)
    assert list((tmp_path / "new").iterdir()) == []


def _run(export: Export, place: Path, *, single: bool) -> Exported:
    return export.to_file(place) if single else export.to_folder(place)


def test_a_folder_that_cannot_be_made_is_told(library: Library, tmp_path: Path) -> None:
    """With the place and the reason."""
    (tmp_path / "file").touch()
    with pytest.raises(ExportError) as raised:
        Export(library, "mods").to_folder(tmp_path / "file" / "out")
    assert str(raised.value) == (
        f"{tmp_path}/file/out cannot be written (File exists); make room, or choose another place"
    )


# The command.


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Give a function that runs a command in a folder with one loaded record that has an image."""
    monkeypatch.chdir(tmp_path)
    Image.new("L", (20, 30)).save("scan.png")
    letter = {"identifier": "letter-1", "titles": [{"text": "T"}], "pages": [{"file": "scan.png"}]}
    Path("in.json").write_text(json.dumps(letter))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments)

    assert run("load", "in.json").exit_code == 0
    return run


def test_the_command_tells_what_was_written(run: Callable[..., Result]) -> None:
    """Where the images are, what was left out, and what is not there."""
    assert run("export", "--format", "json", "out").stdout == "out: 1 record with 1 media file\n"
    assert json.loads(Path("out/letter-1.json").read_text())["pages"][0]["file"] == "letter-1/1.png"
    assert Path("out/letter-1/1.png").is_file()
    answer = run("export", "--format", "jsonl", "all.jsonl")
    assert answer.stdout == (
        "all.jsonl: 1 record\nmedia files that stay in var/media: 1; to load all.jsonl again, put it into that folder\n"
    )
    answer = run("export", "--format", "edm", "edm", "letter-1", "x")
    assert (answer.exit_code, answer.stdout) == (
        1,
        "edm: 0 records\nnot in it, since harvesters get no edm of them: 1 record\n",
    )
    assert answer.stderr == "x: there is no such record; identifiers are those of the input\n"
    Path("var/media/letter-1/1.png").unlink()
    answer = run("export", "--format", "csv", "--single", "all.csv")
    assert (answer.exit_code, answer.stderr) == (
        1,
        "var/media/letter-1/1.png: this file is missing; put it back, or load its record again\n",
    )
    with Path("all.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [{"identifier": "letter-1", "title": "T", "file": "letter-1/1.png"}]


def test_a_form_without_a_single_file_is_told(run: Callable[..., Result]) -> None:
    """With those that have one."""
    answer = run("export", "--format", "edm", "--single", "out")
    assert (answer.exit_code, answer.stderr) == (
        2,
        "dragoman: edm has no file of many records (mods, marc21, json, jsonl, csv have); leave out --single\n",
    )
