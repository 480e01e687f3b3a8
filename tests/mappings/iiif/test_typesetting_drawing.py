"""Images of typeset pages, and the fonts behind them."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFont

from mappings.iiif.typesetting import draw, fingerprint, layout, missing, thumbnail, thumbnail_size
from mappings.iiif.typesetting.advances import EM
from mappings.iiif.typesetting.faces import EAST_ASIAN, OTHERS, SERIF, Face, font, table
from mappings.iiif.typesetting.measure import pieces

MIXED = """Łódź, Ким, Ἀρχή
金日成 김일성 ガ
برقية 1965
שָׁלוֹם Հայ ሰላም ქართ
नमस्ते বাংলা ગુજરાતી ਗੁਰੂ ଓଡ଼ିଆ
தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල
ไทยที่ ລາວ ខ្មែរ မြန်မာ
e\u0301 q\u0323 😀"""
UNASSIGNED = "\U000effff"


def page(text: str, **stated: Any) -> Image.Image:  # noqa: ANN401 - what `layout` takes
    """Return the image of a text's first page."""
    return Image.open(BytesIO(draw(layout(text, **stated), 1)))


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Return how many pixels within a box (left, top, right, bottom) are dark."""
    return sum(image.crop(box).histogram()[:128])


def test_a_page_has_the_same_bytes_each_time() -> None:
    """The same text gives the same image and the same thumbnail."""
    assert draw(layout(MIXED, heading="Title"), 1) == draw(layout(MIXED, heading="Title"), 1)
    assert thumbnail(layout(MIXED), 1) == thumbnail(layout(MIXED), 1)


def test_threads_draw_the_same_bytes() -> None:
    """Fonts are shared, and drawing at the same time changes nothing."""
    found = layout(MIXED)
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(draw, [found] * 8, [1] * 8)) == {draw(found, 1)}


def test_images_have_the_sizes_that_the_layout_says() -> None:
    """Pages are as large as laid out, thumbnails fit into 300 x 400."""
    found = layout(MIXED)
    small = Image.open(BytesIO(thumbnail(found, 1)))
    assert (page(MIXED).format, page(MIXED).size) == ("JPEG", (found.width, found.height))
    assert (small.format, small.size) == ("JPEG", thumbnail_size(found))
    assert small.width <= 300
    assert small.height <= 400


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_page_that_is_not_there_is_an_error(number: int) -> None:
    """Pages are counted from 1; nothing is counted from the end."""
    with pytest.raises(IndexError, match=f"there is no page {number} of 1"):
        draw(layout("a"), number)
    with pytest.raises(IndexError, match=f"there is no page {number} of 1"):
        thumbnail(layout("a"), number)


@pytest.mark.parametrize("text", MIXED.split("\n"))
def test_every_box_holds_the_ink_of_its_word(text: str) -> None:
    """Each word is drawn in its box, and nothing beside the boxes of the text."""
    found = layout(text)
    image = page(text)
    for word in (word for line in found.pages[0].lines for word in line.words):
        box = (word.x, word.y, word.x + word.width, word.y + word.height)
        assert ink(image, box) > 0
        image.paste(255, (box[0] - 3, box[1], box[2] + 3, box[3]))
    assert ink(image, (0, 0, found.width, found.height - 150)) == 0


def test_the_foot_gives_the_number_and_says_that_it_is_no_scan() -> None:
    """Pages of the same foot differ by their number alone; an empty page has a foot too."""
    found = layout("\n".join(["a"] * 40))
    first, second = (Image.open(BytesIO(draw(found, number))) for number in (1, 2))
    foot = (0, found.height - 150, found.width, found.height)
    difference = ImageChops.difference(first.crop(foot), second.crop(foot)).point(
        lambda value: 255 if value > 64 else 0
    )
    changed = difference.getbbox()
    assert changed is not None
    assert changed[2] - changed[0] < 20
    assert ink(page(""), foot) > 0


def test_the_head_says_what_the_text_is() -> None:
    """On each page, blank ones too; nothing stands there if nothing is said."""
    head = (0, 0, 1200, 100)
    for text in ("a", ""):
        assert ink(page(text, name="Translation in English"), head) > 0
        assert ink(page(text), head) == 0


@pytest.mark.parametrize(
    ("face", "letter"),
    [
        *((SERIF, letter) for letter in "łЩ"),
        *((face, letter) for face in EAST_ASIAN for letter in "骨한ガ"),
        *zip(OTHERS, "Աሀაא☽", strict=False),
    ],
)
def test_a_known_letter_is_not_drawn_as_the_missing_glyph(face: Face, letter: str) -> None:
    """What the font's table has, the font draws."""
    drawn, notdef = (bytes(font(face, 40).getmask(text)) for text in (letter, UNASSIGNED))
    assert UNASSIGNED not in table(face)
    assert letter in table(face)
    assert drawn != notdef


@pytest.mark.parametrize("language", ["ja", "ko", "zh-Hans", "zh-Hant"])
def test_all_forms_of_han_have_the_same_characters(language: str) -> None:
    """So that what is missing does not depend on the language."""
    assert missing("骨한ガ") == ""
    assert (
        table(EAST_ASIAN[layout("骨", language=language).pages[0].lines[0].forms]).keys() == table(EAST_ASIAN[2]).keys()
    )


def test_forms_of_han_differ_by_language() -> None:
    """The bone has its hook on the left in China, on the right in Japan."""
    assert draw(layout("骨", language="ja"), 1) != draw(layout("骨", language="zh"), 1)


@pytest.mark.parametrize(
    ("face", "text"),
    [(SERIF, "AVATAR, To «ffi» Ким ё Ἀρχή"), *((face, "“金日成”……—⸺⸻漢「字」가ガ") for face in EAST_ASIAN)],
)
def test_advances_are_those_of_the_font(face: Face, text: str) -> None:
    """What is added up is what is drawn, so that boxes do not drift along a line."""
    assert [table(face)[letter] for letter in text] == [round(font(face, EM).getlength(letter)) for letter in text]


@pytest.mark.parametrize("word", ["برقية", "می‌آیند", "لَا", "नमस्ते", "ក្រុម", "မြန်မာ", "ที่"])
def test_the_advance_of_a_word_is_that_of_the_engine_that_draws_it(word: str) -> None:
    """The two are libraries apart; the box of a word would not hold it otherwise."""
    (piece,) = pieces(word, 0)
    assert piece.face is not None
    style = font(piece.face, EM, ImageFont.Layout.RAQM)
    assert piece.width == round(style.getlength(word, direction=piece.face.shaped))


def test_a_letter_and_its_mark_are_drawn_as_their_composed_form() -> None:
    """Where Unicode has one: so do kana, syllables of jamo, and letters of several marks."""
    assert draw(layout("e\u0301 か\u3099 \u1112\u1161\u11ab ё\u0302\u0323"), 1) == draw(
        layout("é が 한 е\u0323\u0308\u0302"), 1
    )


@pytest.mark.parametrize("dashes", ["——", "———"])
def test_dashes_of_east_asian_text_join(dashes: str) -> None:
    """A row of them is one stroke from end to end."""
    word = layout(f"漢{dashes}").pages[0].lines[0].words[1]
    row = page(f"漢{dashes}").crop((word.x, word.y, word.x + word.width, word.y + word.height))
    columns, _ = row.point(lambda value: 255 if value < 128 else 0).getprojection()
    assert word.text == dashes
    assert bytes(columns).strip(b"\0") == b"\1" * sum(columns)
    assert sum(columns) > word.width * 0.8


@pytest.mark.parametrize(("opening", "closing"), ["()", "«»", "<>", "「」"])
def test_brackets_are_mirrored_in_text_from_right_to_left(opening: str, closing: str) -> None:
    """What closes there looks like what opens in text from left to right, in whichever face it is drawn."""
    assert draw(layout(f"ש{closing}"), 1) == draw(layout(f"ש\u200e{opening}\u200e"), 1)


def test_missing_names_each_character_that_no_font_has_once() -> None:
    """In the order of the text; white space, controls and what is never seen do not count."""
    assert missing("a😀Ꭰ😀漢\n\t\u200b\u200f\ufeff\ud800 é한ש\u3000\U00012000") == "😀Ꭰ\U00012000"
    assert missing("e\u0301 q\u0323 \u1112\u1161\u11ab \uf90a") == ""


def test_a_missing_character_is_drawn_as_its_code_point() -> None:
    """Two of them differ, and neither is an empty box."""
    assert draw(layout("😀"), 1) != draw(layout("😁"), 1)
    word = layout("😀").pages[0].lines[0].words[0]
    inside = (word.x + 3, word.y + 14, word.x + word.width - 3, word.y + word.height - 12)
    assert ink(page("😀"), inside) > 20


def test_marks_that_a_font_lacks_do_not_hide_their_letter() -> None:
    """A letter with a foreign mark is drawn as itself, the mark as its code point."""
    pieces = layout("a\u18a9").pages[0].lines[0].placed
    assert [(piece.text, piece.face) for piece in pieces] == [("a", SERIF), ("\u18a9", None)]


def test_the_fingerprint_is_short_and_stable() -> None:
    """It moves only with the fonts, the imaging library or the rules of typesetting."""
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16
