"""The text layer of a PDF: words with their boxes, line by line, as they stand on the drawn page."""

from pathlib import Path

import pytest

from records import ocr
from records.model import Word
from records.ocr.page import OCRError, Recognised, Scan
from tests import pdfs
from tests.pdfs import Leaf


def read(path: Path, *leaves: Leaf | str, size: tuple[int, int] = (300, 400)) -> Recognised:
    """Return the text of the first page of a PDF, drawn with a pixel for each point."""
    return Scan(*size, 1, len(leaves)).of(ocr.pages(pdfs.write(path / "a.pdf", *leaves)), "a.pdf")


def inside(word: Word, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether the box of a word lies there, and reaches over more than half of it each way."""
    across, down = min(right, word.x + word.width) - max(left, word.x), word.height
    return (
        left <= word.x
        and word.x + word.width <= right
        and top <= word.y
        and word.y + word.height <= bottom
        and (across * 2 > right - left and down * 2 > bottom - top)
    )


def test_words_stand_where_they_are_drawn(tmp_path: Path) -> None:
    """From the upper left corner, in pixels."""
    found = read(tmp_path, Leaf([(30, 350, "Dear friend,")]))
    assert found.content == "Dear friend,"
    assert [word.text for word in found.words] == ["Dear", "friend,"]
    assert inside(found.words[0], 29, 36, 58, 56)
    assert inside(found.words[1], 57, 36, 98, 56)
    assert found.noted == ()


def test_boxes_are_measured_in_the_pixels_of_the_drawn_page(tmp_path: Path) -> None:
    """Four times as large if it is drawn four times as large."""
    (word,) = read(tmp_path, "Dear", size=(1200, 1600)).words
    assert inside(word, 116, 144, 232, 224)


def test_lines_and_paragraphs_are_kept(tmp_path: Path) -> None:
    """A paragraph is where lines stand farther apart than is usual on the page, or above the one before."""
    lines = [
        (30, 350, "Dear friend,"),
        (30, 320, "I write"),
        (30, 306, "to you"),
        (30, 292, "again."),
        (150, 350, "P.S."),
    ]
    assert read(tmp_path, Leaf(lines)).content == "Dear friend,\n\nI write\nto you\nagain.\n\nP.S."


def test_a_word_that_is_divided_stands_as_on_the_page(tmp_path: Path) -> None:
    """With its hyphen, each part with its box."""
    found = read(tmp_path, Leaf([(30, 350, "I remem-"), (30, 336, "ber you.")]))
    assert found.content == "I remem-\nber you."
    assert [word.text for word in found.words] == ["I", "remem-", "ber", "you."]


def test_text_over_a_scan_is_read(tmp_path: Path) -> None:
    """It is not drawn; text recognition stretches each word with the blank behind it, which its box takes in."""
    (drawn,) = read(tmp_path, Leaf([(30, 350, "Dear ")])).words
    (laid,) = read(tmp_path, Leaf([(30, 350, "Dear ")], mode=3)).words
    assert (laid.text, laid.x, laid.y) == ("Dear", drawn.x, drawn.y)
    assert laid.width > drawn.width


def test_chinese_is_read_character_by_character(tmp_path: Path) -> None:
    """Each has a box, and no blank is put between them."""
    found = read(tmp_path, Leaf([(30, 350, "見字如晤")]))
    assert found.content == "見字如晤"
    assert [word.text for word in found.words] == list("見字如晤")
    assert [word.x for word in found.words] == [30, 42, 54, 66]


@pytest.mark.parametrize(
    ("turned", "place"),
    [(0, (29, 36, 58, 56)), (90, (344, 29, 364, 58)), (180, (242, 344, 271, 364)), (270, (36, 242, 56, 271))],
)
def test_boxes_turn_with_the_page(tmp_path: Path, turned: int, place: tuple[int, int, int, int]) -> None:
    """And the page's own corner need not be its origin."""
    size = (400, 300) if turned in {90, 270} else (300, 400)
    leaf = Leaf([(130, 450, "Dear")], box=(100, 100, 400, 500), rotated=turned)
    (word,) = read(tmp_path, leaf, size=size).words
    assert inside(word, *place)


def test_a_page_without_text_has_none(tmp_path: Path) -> None:
    """As a scan that nobody has recognised the text of."""
    assert read(tmp_path, Leaf(before="0 0 300 400 re f")) == Recognised("", ())


def test_characters_that_xml_cannot_carry_are_left_out(tmp_path: Path) -> None:
    """Pdfium finds them where a font does not say what it draws."""
    found = read(tmp_path, Leaf([(30, 350, "De\x01ar")]))
    assert found.content == "Dear"


def test_pages_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    """A page that cannot be read spoils no other; a PDF that is none is named."""
    pages = ocr.pages(pdfs.write(tmp_path / "a.pdf", "one", "two", fault="(no page)"))
    assert len(pages) == 2
    assert [token.text for block in pages[0].blocks for line in block for token in line] == ["one"]
    with pytest.raises(OCRError, match=r"page 2 of 'a\.pdf' cannot be read"):
        pages[1]
    (tmp_path / "b.pdf").write_bytes(b"nothing")
    with pytest.raises(OCRError, match=r"'b\.pdf' cannot be read as a PDF"):
        ocr.pages(tmp_path / "b.pdf")
