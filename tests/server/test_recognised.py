"""Recognised text at load: beside page images or named by pages, it becomes the transcript of a record."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from records.errors import RecordError
from records.model import DocumentText, Record, TextPage, Word
from records.readers.found import Options
from server import inputs, recognised
from server.media import Media

Make = Callable[..., Record]
Take = Callable[[Record], tuple[Record, list[tuple[str, str]]] | str]

ALTO = (
    '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page WIDTH="80" HEIGHT="120"><TextBlock><TextLine>'
    '<String CONTENT="{}" HPOS="8" VPOS="4" WIDTH="20" HEIGHT="10"/></TextLine></TextBlock></Page></Layout></alto>'
)
HOCR = (
    "<div class='ocr_page' title='bbox 0 0 40 60'><span class='ocr_line'><span class='ocrx_word' title='bbox 4 2 14 7'>"
    "{}</span></span></div>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of an input with two page images of 40 by 60 pixels."""
    folder = tmp_path / "in"
    (folder / "r").mkdir(parents=True)
    for name in ("1.png", "2.png"):
        Image.new("L", (40, 60)).save(folder / "r" / name)
    return folder


@pytest.fixture
def take(tmp_path: Path, folder: Path) -> Take:
    """Give a function that takes a record of the input, and returns it with what was noted, or what is wrong."""

    def taken(record: Record) -> tuple[Record, list[tuple[str, str]]] | str:
        found = recognised.take(Media(tmp_path / "media"), record, folder / "records.json")
        if isinstance(found, RecordError):
            return str(found)
        return found[0], [(fault.field, fault.problem) for fault in found[1]]

    return taken


def page(number: int, word: str) -> TextPage:
    """Return the text of a page whose only word is that, in the box that the files here have."""
    return TextPage(page=number, content=word, words=(Word(text=word, x=4, y=2, width=10, height=5),))


def test_text_beside_the_images_is_the_transcript(take: Take, folder: Path, make_record: Make) -> None:
    """ALTO of one, scaled to its image, and hOCR of the other; the pages keep no trace of the files."""
    (folder / "r" / "1.xml").write_text(ALTO.format("Dear"))
    (folder / "r" / "2.hocr").write_text(HOCR.format("Yours"))
    taken = take(make_record("r"))
    assert not isinstance(taken, str)
    record, noted = taken
    assert record.texts == (DocumentText(kind="transcript", pages=(page(1, "Dear"), page(2, "Yours"))),)
    assert [page.ocr for page in record.pages] == [None, None]
    assert noted == []


def test_a_page_without_text_has_none(take: Take, folder: Path, make_record: Make) -> None:
    """The others keep their numbers; a record of empty pages has no transcript."""
    (folder / "r" / "1.hocr").write_text("<div class='ocr_page'></div>")
    taken = take(make_record("r"))
    assert not isinstance(taken, str)
    assert taken[0].texts == ()
    (folder / "r" / "2.hocr").write_text(HOCR.format("Yours"))
    taken = take(make_record("r"))
    assert not isinstance(taken, str)
    assert taken[0].texts[0].pages == (page(2, "Yours"),)


def test_text_that_a_page_names_is_taken(take: Take, folder: Path, make_record: Make) -> None:
    """Of an image on the web too; a translation that is stated stays."""
    (folder / "text.xml").write_text(ALTO.format("Dear"))
    texts = [{"kind": "translation", "content": "Lieber"}]
    web = {"image": "https://example.org/1.jpg", "width": 40, "height": 60, "ocr": "text.xml"}
    taken = take(make_record("r", pages=[web], texts=texts))
    assert not isinstance(taken, str)
    assert [text.whole for text in taken[0].texts] == ["Lieber", "Dear"]
    assert taken[0].texts[1].pages == (page(1, "Dear"),)
    assert taken[0].pages[0].ocr is None


def test_a_stated_transcript_is_kept(take: Take, folder: Path, make_record: Make) -> None:
    """And the load says what was left."""
    (folder / "r" / "1.xml").write_text(ALTO.format("Dcar"))
    taken = take(make_record("r", texts=[{"content": "Dear"}]))
    assert not isinstance(taken, str)
    assert [text.whole for text in taken[0].texts] == ["Dear"]
    assert taken[1] == [
        ("texts", "states a transcript, which is kept; the text beside its images was left (1.xml)"),
    ]


def test_text_beside_that_cannot_be_read_is_noted(take: Take, folder: Path, make_record: Make) -> None:
    """The record is taken without it; what is no recognised text at all is left."""
    (folder / "r" / "1.hocr").write_text("<p>no page</p>")
    (folder / "r" / "2.xml").write_text("<mods/>")
    taken = take(make_record("r"))
    assert not isinstance(taken, str)
    assert (len(taken[0].pages), taken[0].texts) == (2, ())
    assert taken[1] == [
        (
            "pages.0.ocr",
            "'1.hocr' has no page of hOCR (class='ocr_page'); give the text of the image as ALTO or hOCR",
        )
    ]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("absent.xml", "'absent.xml' is not in {folder}; put the file there, or correct the name"),
        ("../x.xml", "'../x.xml' lies outside the folder of the input; put it beside the input"),
        ("mods.xml", "'mods.xml' has no page of hOCR (class='ocr_page'); give the text of the image as ALTO or hOCR"),
    ],
)
def test_text_that_is_named_and_cannot_be_taken_refuses_the_record(
    take: Take, folder: Path, make_record: Make, name: str, problem: str
) -> None:
    """With file, record, field and remedy."""
    (folder / "mods.xml").write_text("<mods/>")
    pages = [{"file": "r/1.png"}, {"file": "r/2.png", "ocr": name}]
    assert take(make_record("r", pages=pages)) == (
        f"{folder}/records.json, r, pages.1.ocr: {problem.format(folder=folder)}"
    )


def test_pages_of_a_tiff_take_the_pages_of_its_text(take: Take, folder: Path, make_record: Make) -> None:
    """In their order."""
    images = [Image.new("L", (40, 60)) for _ in range(2)]
    images[0].save(folder / "a.tif", save_all=True, append_images=images[1:])
    (folder / "a.hocr").write_text(HOCR.format("Dear") + HOCR.format("Yours"))
    taken = take(make_record("r", pages=[{"file": "a.tif"}]))
    assert not isinstance(taken, str)
    assert taken[0].texts[0].pages == (page(1, "Dear"), page(2, "Yours"))


def test_text_beside_an_image_is_no_input(folder: Path) -> None:
    """A folder passes over it; what is no such text, or has no image beside it, is read as an input."""
    for name, content in (
        ("r/1.xml", ALTO),
        ("r/2.alto.xml", ALTO),
        ("r/2.xml", "<mods/>"),
        ("r/3.xml", ALTO),
        ("r/4.xml", ALTO),
        ("r/4.pdf", "%PDF"),
        ("1.xml", ALTO),
        ("a.json", "[]"),
    ):
        (folder / name).write_text(content)
    told: list[RecordError] = []
    found = inputs.find([folder], Options(), told.append)
    assert [str(file.relative_to(folder)) for file in found.files] == ["1.xml", "a.json", "r/2.xml", "r/3.xml"]
    assert inputs.find([folder / "r" / "1.xml"], Options(), told.append).files == (folder / "r" / "1.xml",)
    assert told == []
