"""The pages of PDFs at load: drawn, labelled, with their text and outline; the PDF itself is kept and offered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from records.errors import RecordError
from records.model import Download, Range, Record
from server import recognised
from server.arrivals import Arrivals
from server.media import Media
from tests import pdfs
from tests.pdfs import Entry, Leaf

Make = Callable[..., Record]
Take = Callable[[Record], Record]

SQUARE = "1 0 0 rg 0 0 150 200 re f"
"""Fills the lower left quarter of a page of 300 by 400 points with red."""

ALTO = (
    '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>{}</Layout></alto>',
    '<Page WIDTH="300" HEIGHT="400"><TextBlock><TextLine>'
    '<String CONTENT="{}" HPOS="30" VPOS="40" WIDTH="30" HEIGHT="12"/></TextLine></TextBlock></Page>',
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of an input."""
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def media(tmp_path: Path) -> Media:
    """Give an empty media folder."""
    return Media(tmp_path / "media")


def placed(media: Media, record: Record, source: Path) -> Record | RecordError:
    """Return a record of the input with its pages drawn and put into their places, or why it is not taken."""
    with Arrivals(media.folder) as arrivals:
        arrival = arrivals.of(record.identifier)
        found = media.take(record, source, arrival)
        if isinstance(found, RecordError):
            return found
        arrival.place()
    return found[0]


@pytest.fixture
def take(media: Media, folder: Path) -> Take:
    """Give a function that takes a record of the input as a load does, and draws its pages."""

    def taken(record: Record) -> Record:
        found = recognised.take(media, record, folder / "records.json")
        assert not isinstance(found, RecordError), str(found)
        kept = placed(media, record, folder / "records.json")
        assert isinstance(kept, Record), str(kept)
        assert kept.pages == found[0].pages
        return found[0]

    return taken


def refused(media: Media, folder: Path, record: Record, *, copy: bool = False) -> str:
    """Return why a record of the input is not taken."""
    source = folder / "records.json"
    error = placed(media, record, source) if copy else media.take(record, source)
    assert isinstance(error, RecordError)
    return str(error)


def test_each_page_becomes_an_image(take: Take, media: Media, folder: Path, make_record: Make) -> None:
    """In order, at 300 dots per inch, on white; the pages behind it count on."""
    pdfs.write(folder / "a.pdf", Leaf(before=SQUARE), Leaf(box=(0, 0, 144, 72)))
    Image.new("RGB", (40, 60)).save(folder / "b.png")
    record = take(make_record("r", pages=[{"file": "a.pdf"}, {"file": "b.png"}]))
    assert [(page.file, page.width, page.height, page.media_type) for page in record.pages] == [
        ("1.jpg", 1250, 1667, "image/jpeg"),
        ("2.jpg", 600, 300, "image/jpeg"),
        ("3.png", 40, 60, "image/png"),
    ]
    with Image.open(media.path("r", record.pages[0])) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (1250, 1667), "RGB")
        assert [image.getpixel(place) for place in ((300, 1300), (900, 300))] == [(254, 0, 0), (255, 255, 255)]


def test_a_large_page_is_drawn_with_fewer_dots(take: Take, folder: Path, make_record: Make) -> None:
    """No side has more than 4000 pixels, and none less than one."""
    pdfs.write(folder / "a.pdf", Leaf(box=(0, 0, 2400, 4800)), Leaf(box=(0, 0, 14400, 1)))
    record = take(make_record("r", pages=[{"file": "a.pdf"}]))
    assert [(page.width, page.height) for page in record.pages] == [(2000, 4000), (4000, 1)]


def test_pages_are_labelled_by_the_pdf(take: Take, folder: Path, make_record: Make) -> None:
    """What is stated for the file names the PDF; it is the label of a page only where that is the whole."""
    pdfs.write(folder / "a.pdf", "one", "two", "three", labels="0 << /S /r >> 2 << >>")
    pdfs.write(folder / "b.pdf", "one")
    stated = [{"file": "a.pdf", "label": "Diary"}, {"file": "b.pdf", "label": "Envelope", "description": "Torn"}]
    record = take(make_record("r", pages=stated))
    assert [page.label for page in record.pages] == ["i", "ii", None, "Envelope"]
    assert [page.description for page in record.pages] == [None, None, None, "Torn"]
    assert record.downloads == (Download(file="1.pdf", label="Diary"), Download(file="2.pdf", label="Envelope"))


def test_the_pdf_is_kept_as_it_is(take: Take, media: Media, folder: Path, make_record: Make) -> None:
    """Once, however often its pages are named."""
    pdfs.write(folder / "a.pdf", "one")
    record = take(make_record("r", pages=[{"file": "a.pdf"}], downloads=[{"file": "./a.pdf", "label": "All"}]))
    assert record.downloads == (Download(file="1.pdf", label="All"),)
    assert media.path("r", record.downloads[0]).read_bytes() == (folder / "a.pdf").read_bytes()
    assert sorted(path.name for path in (media.folder / "r").iterdir()) == ["1.jpg", "1.pdf"]


def test_a_pdf_in_the_folder_that_bears_the_identifier(take: Take, folder: Path, make_record: Make) -> None:
    """Its pages are the record's."""
    pdfs.write(folder / "r" / "2.pdf", "three")
    pdfs.write(folder / "r" / "1.PDF", "one", "two")
    record = take(make_record("r"))
    assert [page.file for page in record.pages] == ["1.jpg", "2.jpg", "3.jpg"]
    assert [text.whole for text in record.texts] == ["one\n\ntwo\n\nthree"]
    assert [download.file for download in record.downloads] == ["1.pdf", "2.pdf"]


def test_a_pdf_beside_the_scans_is_the_same_once_more(take: Take, folder: Path, make_record: Make) -> None:
    """The scans are the pages, and it is offered beside them; neither its text nor its outline is taken."""
    Image.new("RGB", (40, 60)).save(
        pdfs.write(folder / "r" / "all.pdf", "one", outline=[Entry("A", 1)]).with_name("1.jpg")
    )
    record = take(make_record("r"))
    assert [(page.file, page.width) for page in record.pages] == [("1.jpg", 40)]
    assert (record.downloads, record.texts, record.structures) == ((Download(file="1.pdf"),), (), ())


def test_a_pdf_that_is_only_offered_has_no_pages(take: Take, folder: Path, make_record: Make) -> None:
    """Where it lies in the folder of the record, too."""
    pdfs.write(folder / "r" / "1.pdf", "one")
    record = take(make_record("r", downloads=[{"file": "r/1.pdf"}]))
    assert (record.pages, record.texts, record.downloads) == ((), (), (Download(file="1.pdf"),))


def test_the_text_layer_is_the_transcript(take: Take, folder: Path, make_record: Make) -> None:
    """With the box of each word in pixels of the drawn page; a page without text has none."""
    pdfs.write(folder / "a.pdf", "Dear friend", Leaf(), "farewell")
    (text,) = take(make_record("r", pages=[{"file": "a.pdf"}])).texts
    assert [(page.page, page.content) for page in text.pages] == [(1, "Dear friend"), (3, "farewell")]
    (word, _friend) = text.pages[0].words
    assert (word.text, word.x) == ("Dear", 125)


def test_a_scan_without_text_has_none(take: Take, folder: Path, make_record: Make) -> None:
    """Nothing is invented: neither a transcript nor a table of contents."""
    pdfs.write(folder / "a.pdf", Leaf(before=SQUARE))
    record = take(make_record("r", pages=[{"file": "a.pdf"}]))
    assert (record.texts, record.structures) == ((), ())


def test_a_stated_transcript_is_kept(take: Take, folder: Path, make_record: Make) -> None:
    """The text layer is left where it is."""
    pdfs.write(folder / "a.pdf", "Dcar fricnd")
    record = take(make_record("r", pages=[{"file": "a.pdf"}], texts=[{"content": "Dear friend"}]))
    assert [text.whole for text in record.texts] == ["Dear friend"]


@pytest.mark.parametrize("named", [True, False])
def test_recognised_text_goes_before_the_text_layer(
    take: Take, folder: Path, make_record: Make, *, named: bool
) -> None:
    """ALTO that stands beside the PDF, or that the record names, a page for each; scaled to the drawn pages."""
    pdfs.write(folder / "a.pdf", "Dcar", "fricnd")
    pages = "".join(ALTO[1].format(word) for word in ("Dear", "friend"))
    (folder / ("alto.xml" if named else "a.xml")).write_text(ALTO[0].format(pages))
    record = take(make_record("r", pages=[{"file": "a.pdf", **({"ocr": "alto.xml"} if named else {})}]))
    assert record.texts[0].whole == "Dear\n\nfriend"
    (word,) = record.texts[0].pages[1].words
    assert (word.x, word.y, word.width, word.height) == (125, 167, 125, 50)


def test_outlines_count_on(take: Take, folder: Path, make_record: Make) -> None:
    """That of a PDF behind other pages names its pages as the record counts them."""
    Image.new("RGB", (40, 60)).save(folder / "cover.png")
    pdfs.write(folder / "a.pdf", "one", "two", outline=[Entry("A", 1, [Entry("B", 2)])])
    pdfs.write(folder / "b.pdf", "three", outline=[Entry("C", 1)])
    record = take(make_record("r", pages=[{"file": "cover.png"}, {"file": "a.pdf"}, {"file": "b.pdf"}]))
    assert record.structures == (
        Range(label="A", pages=(2,), ranges=(Range(label="B", pages=(3,)),)),
        Range(label="C", pages=(4,)),
    )


def test_a_stated_table_of_contents_is_kept(take: Take, folder: Path, make_record: Make) -> None:
    """And no outline taken."""
    pdfs.write(folder / "a.pdf", "one", "two", outline=[Entry("Untitled-1", 1)])
    stated = [{"label": "Letter", "pages": [1, 2]}]
    record = take(make_record("r", pages=[{"file": "a.pdf"}], structures=stated))
    assert record.structures == (Range(label="Letter", pages=(1, 2)),)


def written(media: Media) -> dict[str, int]:
    """Return when each file of a record was written."""
    return {path.name: path.stat().st_ino for path in (media.folder / "r").iterdir()}


def test_pages_that_are_there_are_not_drawn_again(take: Take, media: Media, folder: Path, make_record: Make) -> None:
    """An image that is gone, that is another page's, or was drawn from another PDF, is drawn."""
    pdfs.write(folder / "a.pdf", "one", "two")
    stated = make_record("r", pages=[{"file": "a.pdf"}])
    first = take(stated)
    before = written(media)
    assert take(stated) == first
    assert written(media) == before
    shown = [(media.folder / "r" / name).read_bytes() for name in ("1.jpg", "2.jpg")]
    (media.folder / "r" / "1.jpg").write_bytes(shown[1])
    (media.folder / "r" / "2.jpg").unlink()
    take(stated)
    assert [(media.folder / "r" / name).read_bytes() for name in ("1.jpg", "2.jpg")] == shown
    pdfs.write(folder / "a.pdf", "eins", "zwei")
    take(stated)
    assert shown[0] != (media.folder / "r" / "1.jpg").read_bytes()


def test_a_drawn_page_takes_the_place_of_a_scan(take: Take, media: Media, folder: Path, make_record: Make) -> None:
    """An image that the page had before in another format is gone; the PDF stays beside its page."""
    Image.new("RGB", (40, 60)).save(folder / "a.png")
    take(make_record("r", pages=[{"file": "a.png"}]))
    pdfs.write(folder / "a.pdf", "one")
    take(make_record("r", pages=[{"file": "a.pdf"}]))
    assert sorted(written(media)) == ["1.jpg", "1.pdf"]


def test_measuring_alone_draws_nothing(media: Media, folder: Path, make_record: Make) -> None:
    """A dry run leaves the media folder as it was."""
    pdfs.write(folder / "a.pdf", "one")
    found = media.take(make_record("r", pages=[{"file": "a.pdf"}]), folder / "records.json")
    assert isinstance(found, tuple)
    assert found[0].pages[0].width == 1250
    assert not media.folder.exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"pages": [{"file": "broken.pdf"}]}, "pages.0.file: 'broken.pdf' cannot be read as a PDF; save it again"),
        ({"pages": [{"file": "locked.pdf"}]}, "pages.0.file: 'locked.pdf' is protected by a password; save it without"),
        ({"pages": [{"file": "empty.pdf"}]}, "pages.0.file: 'empty.pdf' has no pages; save it again from the program"),
        ({"pages": [{"file": "huge.pdf"}]}, "pages.0.file: page 1 of 'huge.pdf' is 1000000 by 1000000 points"),
        ({"pages": [{"file": "torn.pdf"}]}, "pages.0.file: page 2 of 'torn.pdf' cannot be read ("),
        ({"pages": [{"file": "absent.pdf"}]}, "pages.0.file: 'absent.pdf' is not in "),
        ({"downloads": [{"file": "locked.pdf"}]}, "downloads.0.file: 'locked.pdf' is protected by a password; save"),
        ({"downloads": [{"file": "../a.pdf"}]}, "downloads.0.file: '../a.pdf' lies outside the folder of the input"),
        (
            {"downloads": [{"file": "a.docx"}]},
            "downloads.0.file: 'a.docx' cannot be read as a PDF; save it again as PDF",
        ),
    ],
)
def test_a_pdf_that_cannot_be_taken_is_named(
    media: Media, folder: Path, make_record: Make, fields: dict[str, object], problem: str
) -> None:
    """With file, record, field and remedy; nothing is written."""
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "a.docx").write_bytes(b"PK")
    pdfs.write(folder / "locked.pdf", "one", trailer=pdfs.ENCRYPTED)
    pdfs.write(folder / "empty.pdf")
    pdfs.write(folder / "huge.pdf", Leaf(box=(0, 0, 1_000_000, 1_000_000)))
    pdfs.write(folder / "torn.pdf", "one", "two", fault="(no page)")
    pdfs.write(folder.parent / "a.pdf", "secret")
    told = refused(media, folder, make_record("r", **fields))
    assert told.startswith(f"{folder}/records.json, r, {problem}")
    assert len(told.splitlines()) == 1
    assert not media.folder.exists()


@settings(max_examples=30)
@given(st.data())
def test_whatever_a_broken_pdf_holds_it_is_taken_or_named(
    tmp_path_factory: pytest.TempPathFactory, make_record: Make, data: st.DataObject
) -> None:
    """Bytes that were lost, put in or changed on the way end no load."""
    folder = tmp_path_factory.mktemp("broken")
    media = Media(folder / "media")
    path = pdfs.write(folder / "a.pdf", "Dear", "friend", outline=[Entry("A", 1)], labels="0 << /S /r >>")
    content = path.read_bytes()
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content)))
        lost, put = data.draw(st.integers(0, 20)), data.draw(st.binary(max_size=10) | st.just(b"-99999999999 "))
        content = content[:place] + put + content[place + lost :]
    path.write_bytes(content)
    found = recognised.take(media, make_record("r", pages=[{"file": "a.pdf"}]), folder / "records.json")
    drawn = placed(media, make_record("r", pages=[{"file": "a.pdf"}]), folder / "records.json")
    if isinstance(drawn, Record):
        assert isinstance(found, tuple)
        assert [media.path("r", page).is_file() for page in drawn.pages] == [True] * len(drawn.pages)
    else:
        assert "; " in str(drawn)
