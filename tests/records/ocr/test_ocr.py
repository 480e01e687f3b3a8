"""Recognised text beside a page image: ALTO and hOCR, boxes in pixels of the image, and what is wrong with them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import ocr
from records.model import Word
from records.ocr.page import OCRError, Recognised, Scan

ALTO = "http://www.loc.gov/standards/alto/ns-v{}#"
LINE = '<String CONTENT="Dear" HPOS="10" VPOS="20" WIDTH="30" HEIGHT="10"/><SP/>'
SECOND = '<String CONTENT="friend" HPOS="50" VPOS="20" WIDTH="45" HEIGHT="12"/>'
WORDS = (
    Word(text="Dear", x=10, y=20, width=30, height=10),
    Word(text="friend", x=50, y=20, width=45, height=12),
)


def alto(
    *lines: str, page: str = 'WIDTH="100" HEIGHT="200"', unit: str = "pixel", namespace: str = ALTO.format(4)
) -> str:
    """Return a file of one page with one block."""
    inside = "".join(f"<TextLine>{line}</TextLine>" for line in lines)
    return (
        f'<alto xmlns="{namespace}"><Description><MeasurementUnit>{unit}</MeasurementUnit></Description><Layout>'
        f"<Page {page}><PrintSpace><TextBlock>{inside}</TextBlock></PrintSpace></Page></Layout></alto>"
    )


def hocr(*lines: str, page: str = "bbox 0 0 100 200") -> str:
    """Return a file of one page with one paragraph."""
    inside = "".join(f"<span class='ocr_line'>{line}</span>\n" for line in lines)
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://example.invalid/absent.dtd">\n'
        f"<html><head><meta charset='utf-8'></head><body><div class='ocr_page' title='image \"1.png\"; {page}'>"
        f"<p class='ocr_par'>{inside}</p></div></body></html>"
    )


def word(text: str, box: str) -> str:
    """Return a word of hOCR."""
    return f"<span class='ocrx_word' title='bbox {box}; x_wconf 90'>{text}</span> "


HOCR = hocr(word("Dear", "10 20 40 30") + word("friend", "50 20 95 32"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give where recognised text stands."""
    return tmp_path / "1.xml"


def read(path: Path, text: str | bytes, scan: Scan | None = None) -> Recognised:
    """Return what is read of a file with that content; the image is 100 by 200 pixels."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return (scan or Scan(100, 200)).of(ocr.pages(path), path.name)


@pytest.mark.parametrize("namespace", [*(ALTO.format(version) for version in (2, 3, 4)), ""])
def test_alto_of_every_version_is_read(path: Path, namespace: str) -> None:
    """Its words with their boxes, its lines as lines."""
    found = read(path, alto(LINE, SECOND, namespace=namespace))
    assert found == Recognised("Dear\nfriend", WORDS)


def test_hocr_is_read_and_its_document_type_left(path: Path) -> None:
    """What it names is not there, and is not asked for."""
    assert read(path, HOCR) == Recognised("Dear friend", WORDS)


@pytest.mark.parametrize("unit", ["pixel", "mm10", "inch1200"])
def test_boxes_are_scaled_to_the_image(path: Path, unit: str) -> None:
    """By the size of the page in the same unit, whichever that is."""
    found = read(path, alto(LINE, unit=unit), Scan(300, 600))
    assert found == Recognised("Dear", (Word(text="Dear", x=30, y=60, width=90, height=30),))
    found = read(path, HOCR, Scan(50, 100))
    assert found.words[0] == Word(text="Dear", x=5, y=10, width=15, height=5)


def test_the_box_of_a_word_may_stand_around_it(path: Path) -> None:
    """As early versions of Tesseract had it."""
    inner = "<span class='ocrx_word' title='x_wconf -1'>Dear</span>"
    found = read(path, hocr(f"<span class='ocr_word' title='bbox 10 20 40 30'>{inner}</span>"))
    assert found == Recognised("Dear", WORDS[:1])


def test_a_page_of_hocr_may_begin_elsewhere(path: Path) -> None:
    """Its boxes are counted from where it does."""
    found = read(path, hocr(word("Dear", "110 220 140 230"), page="bbox 100 200 200 400"))
    assert found.words == WORDS[:1]


def test_pixels_need_no_page_size(path: Path) -> None:
    """Other units do."""
    assert read(path, alto(LINE, page="")) == Recognised("Dear", WORDS[:1])
    assert read(path, hocr(word("Dear", "10 20 40 30"), page="ppageno 0")).words == WORDS[:1]
    assert read(path, alto(LINE, page="", unit="mm10")) == Recognised(
        "Dear",
        (),
        ("'1.xml' does not say how large its page is; its words have no boxes, since it does not count in pixels",),
    )


@pytest.mark.parametrize(
    ("page", "noted"),
    [
        (
            'WIDTH="100" HEIGHT="100"',
            "has a page of 100 by 100, which is not the shape of the image (100 by 200); its words have no boxes, give "
            "the text of this image",
        ),
        ('WIDTH="0" HEIGHT="200"', "has a page without size; its words have no boxes"),
    ],
)
def test_a_page_of_another_shape_has_no_boxes(path: Path, page: str, noted: str) -> None:
    """Its text is kept, and staff are told."""
    assert read(path, alto(LINE, page=page)) == Recognised("Dear", (), (f"'1.xml' {noted}",))


def test_boxes_outside_of_the_image_are_cut_and_told(path: Path) -> None:
    """A word of which nothing lies in it, and one without a box, stand in the text alone."""
    found = read(
        path,
        hocr(
            word("over", "-5 190 120 210"),
            word("beyond", "200 300 220 310"),
            word("flat", "1 1 1 9"),
            "<span class='ocrx_word'>bare</span>",
        ),
    )
    assert found == Recognised(
        "over\nbeyond\nflat\nbare",
        (Word(text="over", x=0, y=190, width=100, height=10),),
        (
            "'1.xml' has boxes that reach over the edge of the image (1); they were cut there",
            "'1.xml' has words without a box in the image (3); they stand in the text alone",
        ),
    )


def test_a_divided_word_whose_whole_is_stated_stands_whole(path: Path) -> None:
    """Where it begins; its second part is left out."""
    box = 'HPOS="10" VPOS="20" WIDTH="30" HEIGHT="10"'
    first = f'<String CONTENT="tele" {box} SUBS_TYPE="HypPart1" SUBS_CONTENT="telegram"/><HYP CONTENT="-"/>'
    last = f'<String CONTENT="gram" {box} SUBS_TYPE="HypPart2" SUBS_CONTENT="telegram"/>{SECOND}'
    found = read(path, alto(first, last))
    assert found == Recognised("telegram\nfriend", (WORDS[0].model_copy(update={"text": "telegram"}), WORDS[1]))
    assert read(path, alto(first)).content == "tele-"
    assert read(path, alto(first.replace('"tele"', '"tele-"'))).content == "tele-"
    assert read(path, alto(last)).content == "gram friend"
    assert read(path, alto(first.replace("SUBS", "X"), last)).content == "tele-\ngram friend"


def test_blanks_stand_where_the_file_has_them(path: Path) -> None:
    """Without any on the page, between words, but not between Chinese characters."""
    strings = [f'<String CONTENT="{text}" HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"/>' for text in ("«", "Dear", "friend")]
    assert read(path, alto(f"{strings[0]}{strings[1]}<SP/>{strings[2]}")).content == "«Dear friend"
    assert read(path, alto("".join(strings))).content == "« Dear friend"
    signs = [strings[0].replace("«", text) for text in ("電報", "，", "北京", "A", "한국", "사람")]
    found = read(path, alto("".join(signs)))
    assert (found.content, [word.text for word in found.words]) == (
        "電報，北京 A 한국 사람",
        ["電報", "，", "北京", "A", "한국", "사람"],
    )
    assert read(path, hocr(word("電", "1 1 2 2") + word("報", "2 1 3 2") + word("A", "3 1 4 2"))).content == "電報 A"


def test_blocks_are_paragraphs(path: Path) -> None:
    """With a blank line between them; empty ones are none."""
    two = HOCR.replace("</p>", "</p><p class='ocr_par'> </p><p class='ocr_par'><span class='ocr_line'>", 1)
    assert read(path, two.replace("</div>", word("Yours", "1 1 9 9") + "</span></p></div>")).content == (
        "Dear friend\n\nYours"
    )
    assert read(path, alto(LINE).replace("</TextBlock>", f"</TextBlock><TextBlock/><TextBlock><TextLine>{SECOND}"
        "</TextLine></TextBlock>")).content == "Dear\n\nfriend"  # fmt: skip


def test_lines_whose_words_are_not_marked_are_text(path: Path) -> None:
    """Without boxes."""
    found = read(path, hocr("Dear  friend", "Yours"))
    assert (found.content, found.words) == ("Dear friend\nYours", ())


def test_broken_html_is_read_as_browsers_do(path: Path) -> None:
    """Tags that are never closed, attributes without quotes, characters that XML has not."""
    broken = (
        "<div class=ocr_page><span class=ocr_line><span class=ocrx_word title='bbox 1 2 3 4'>De\x0bar &amp; &nbsp;<b>"
    )
    assert read(path, broken) == Recognised("Dear &", (Word(text="Dear &", x=1, y=2, width=2, height=2),))


def test_several_pages_go_with_the_pages_of_one_image(path: Path) -> None:
    """The second of two, where the image has two."""
    two = HOCR.replace("<div", f"{HOCR[HOCR.index('<div') : HOCR.index('</div>')]}</div><div", 1).replace(
        "Dear", "First", 1
    )
    assert read(path, two, Scan(100, 200, 1, 2)).content == "First friend"
    assert read(path, two, Scan(100, 200, 2, 2)).content == "Dear friend"


BOMB = '<!DOCTYPE alto [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<alto", "'1.xml' has no page of hOCR (class='ocr_page'); give the text of the image as ALTO or hOCR"),
        (b"", "'1.xml' has no page of hOCR (class='ocr_page'); give the text of the image as ALTO or hOCR"),
        (alto(LINE)[:-9].encode(), None),
        (
            (BOMB + alto(LINE)).encode(),
            "'1.xml' declares a document type, which ALTO has none of; remove the line <!DOCTYPE ...>",
        ),
        (b"<a><alto >x</alto></a>", "'1.xml' is a, not ALTO; give the text of the image as ALTO or hOCR"),
        (
            b"<alto/>",
            "'1.xml' holds the text of 0 pages, the image 1; give one file for each page",
        ),
        (HOCR.encode() + b"\xff", "'1.xml': byte 0xFF is not UTF-8; save the file as UTF-8"),
        (
            HOCR.replace("utf-8", "undefined").encode(),
            "'1.xml' declares the encoding 'undefined', which is none; save the file as UTF-8",
        ),
        (
            HOCR.replace("utf-8", "klingon").encode(),
            "'1.xml' declares the encoding 'klingon', which is none; save the file as UTF-8",
        ),
    ],
)
def test_what_cannot_be_read_is_named(path: Path, content: bytes, problem: str | None) -> None:
    """With its remedy."""
    with pytest.raises(OCRError) as refused:
        read(path, content)
    said = str(refused.value)
    assert said == problem if problem else said.startswith("'1.xml' is not XML (")


def test_a_file_that_is_not_there_is_named(path: Path) -> None:
    """Or that this user may not read."""
    with pytest.raises(OCRError, match="cannot be read") as refused:
        ocr.pages(path)
    assert str(refused.value) == "'1.xml' cannot be read (No such file or directory); give this user the right to"


def test_the_text_of_an_image_is_found_beside_it(tmp_path: Path) -> None:
    """By its name; a record in XML and a web page are left."""
    image = tmp_path / "1.tif"
    (tmp_path / "1.xml").write_text("<mods/>")
    (tmp_path / "1.html").write_text("<html></html>")
    assert ocr.beside(image) is None
    for name, content in (("1.html", HOCR), ("1.hocr", ""), ("1.xml", alto(LINE)), ("1.alto.xml", "")):
        (tmp_path / name).write_text(content)
        found = ocr.beside(image)
        assert found == tmp_path / name


_pieces = st.lists(
    st.sampled_from([
        *("<alto>", "</alto>", "<Page WIDTH='1e999' HEIGHT='nan'>", "<Page>", "<TextBlock>", "<TextLine>"),
        *('<String CONTENT="a" HPOS="1e308" VPOS="-1" WIDTH="1e308" HEIGHT="9"/>', "<HYP CONTENT='-'/>", "&#0;"),
        *("<div class='ocr_page' title='bbox 0 0 1 1'>", "<span class='ocrx_word' title='bbox 0 0 999999999 5'>a"),
        *("\ud7ff", "\x00", "&x;", "<!DOCTYPE", "<?xml version='1.0' encoding='utf-16'?>", "</div>", "word"),
    ])
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | _pieces.map(lambda pieces: "".join(pieces).encode()))
def test_any_bytes_are_read_or_refused(path: Path, content: bytes) -> None:
    """Nothing else is raised."""
    try:
        found = read(path, content)
    except OCRError as error:
        assert "; " in str(error)  # noqa: PT017 - either is right
    else:
        assert all(word.x + word.width <= 100 and word.y + word.height <= 200 for word in found.words)
