"""What can be read on each canvas, with the boxes of its words."""

from mappings.iiif.canvas_text import CanvasText, Line, Word, canvas_texts
from records.model import DocumentText, LocalText, Page, Record, TextPage, Title
from records.model import Word as Box


def record(**stated: object) -> Record:
    """Return a record with what is stated besides its title."""
    return Record.model_validate({"identifier": "letter", "titles": (Title(text="A letter"),), **stated})


def scans(count: int) -> tuple[Page, ...]:
    """Return page images of one size."""
    return tuple(Page(file=f"{number}.jpg", width=1000, height=1400) for number in range(1, count + 1))


def test_a_typeset_text_is_read_line_by_line_without_the_title_above_it() -> None:
    """Its words have places in their line, and boxes."""
    shown = record(texts=(DocumentText(content="Send help.\nSoon.", language="en"),))
    (canvas,) = canvas_texts(shown)
    assert (canvas.number, canvas.kind, canvas.language) == (1, "transcript", "en")
    assert [line.text for line in canvas.lines] == ["Send help.", "Soon."]
    assert [(word.text, word.start) for word in canvas.lines[0].words] == [("Send", 0), ("help.", 5)]
    assert all(word.width > 0 and word.height > 0 for line in canvas.lines for word in line.words)


def test_soft_hyphens_and_direction_marks_are_not_read() -> None:
    """They steer how a line is broken and ordered, and are drawn as nothing."""
    (canvas,) = canvas_texts(record(abstracts=(LocalText(text="tele\u00adgram \u200fto him"),)))
    (line,) = canvas.lines
    assert line.text == "telegram to him"
    assert [line.text[word.start :][: len(word.text)] for word in line.words] == [word.text for word in line.words]


def test_canvases_of_several_texts_are_counted_through() -> None:
    """Each canvas has one number, whatever the order of the texts; nothing is read on the title page."""
    long = "\n".join(["A line."] * 100)
    texts = (DocumentText(content="Kurz.", kind="translation", language="de"), DocumentText(content=long))
    found = [(canvas.number, canvas.kind) for canvas in canvas_texts(record(texts=texts))]
    assert [number for number, _ in found] == list(range(2, len(found) + 2))
    assert [kind for _, kind in found][:3] == ["transcript", "translation", "transcript"]


def test_recognised_words_are_found_in_the_lines_of_their_page() -> None:
    """The same word twice is found twice; a blank line is no line."""
    words = tuple(Box(text=text, x=10 * at, y=20, width=8, height=9) for at, text in enumerate(["to", "the", "the"]))
    page = TextPage(page=2, content="to the\n\nend of the story", words=words)
    (canvas,) = canvas_texts(record(pages=scans(2), texts=(DocumentText(pages=(page,)),)))
    first, second = canvas.lines
    assert canvas.number == 2
    assert first == Line("to the", (Word("to", 0, 0, 20, 8, 9), Word("the", 3, 10, 20, 8, 9)))
    assert second.words == (Word("the", 7, 20, 20, 8, 9),)
    assert first.box == (0, 20, 18, 9)


def test_a_word_that_is_not_in_the_text_is_not_lost() -> None:
    """OCR that contradicts itself keeps its box in the line that was read last."""
    page = TextPage(page=1, content="one two", words=(Box(text="three", x=1, y=2, width=3, height=4),))
    (canvas,) = canvas_texts(record(pages=scans(1), texts=(DocumentText(pages=(page,)),)))
    assert canvas.lines == (Line("one two", (Word("three", 0, 1, 2, 3, 4),)),)


def test_lines_without_boxes_have_none() -> None:
    """The text of the page is still known."""
    page = TextPage(page=1, content="one two")
    (canvas,) = canvas_texts(record(pages=scans(1), texts=(DocumentText(pages=(page,)),)))
    assert canvas == CanvasText(1, "transcript", None, (Line("one two", ()),))
    assert canvas.lines[0].box is None


def test_a_whole_text_beside_page_images_and_pages_that_are_not_there_stand_on_no_canvas() -> None:
    """Nobody knows on which page a word of a whole text stands."""
    texts = (DocumentText(content="whole"), DocumentText(pages=(TextPage(page=3, content="third"),)))
    assert list(canvas_texts(record(pages=scans(2), texts=texts))) == []
