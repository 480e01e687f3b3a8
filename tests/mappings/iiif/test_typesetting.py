"""Typeset pages: where lines and pages break, and where words stand."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.iiif.typesetting import HEADING, Layout, Line, Side, characters, draw, layout, shared_pages, title_page

ALPHABETS = (
    "abc ÄéßøŁ-,.()“’",
    "Ким ѢёЖщ «»—",
    "金日成漢字，。、「」（）“”……——",
    "김일성 대한민국(),",
    "برقية من السفارة، ١٩٦٥ 123 (%)",
    "e\u0301q\u0323\u0301 か\u3099 \u064b ",
    "a\n \n\t\u00a0\u3000b",
    "😀ש",
)
ARABIC_LETTERS = re.sub("[٠-٩]", "", ALPHABETS[4])
"""Without the digits of that script: with those of ASCII, a word of both has another between its parts."""

FROM_THE_RIGHT = re.compile("[\u0590-\u08ff]")


def joined(alphabets: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return texts made of runs of each alphabet, some too long for a line."""
    runs = [st.text(alphabet, max_size=60) for alphabet in alphabets]
    return st.lists(st.one_of(*runs, st.just("x" * 200)), max_size=20).map("".join)


texts = joined(ALPHABETS)
one_way = st.one_of(joined(tuple(FROM_THE_RIGHT.sub("", part) for part in ALPHABETS)), st.text(ARABIC_LETTERS))


def lines(of: Layout) -> list[Line]:
    """Return the lines of all pages."""
    return [line for page in of.pages for line in page.lines]


def texts_of(of: Layout) -> list[str]:
    """Return the text of each line."""
    return [line.text for line in lines(of)]


def words(of: Layout) -> list[str]:
    """Return the words of all pages in reading order."""
    return [word.text for line in lines(of) for word in line.words]


@given(texts)
def test_every_word_stands_on_the_pages_once_and_in_order(text: str) -> None:
    """The words joined are the text without white space."""
    assert "".join(words(layout(text))) == re.sub(r"\s+", "", text)


@given(texts, texts)
def test_boxes_lie_within_the_page_and_lines_below_each_other(text: str, heading: str) -> None:
    """No word leaves its page or its line, and no line begins before the one above it ends."""
    found = layout(text, heading=heading)
    for page in found.pages:
        for above, below in pairwise(page.lines):
            assert above.y + above.height <= below.y
        for line in page.lines:
            for word in line.words:
                assert 0 <= word.x < word.x + word.width <= found.width
                assert 0 <= word.y == line.y < word.y + word.height <= line.y + line.height <= found.height


@given(one_way)
def test_words_of_a_line_do_not_overlap(text: str) -> None:
    """From left to right each word begins where another has ended, give or take the pixel that rounding costs."""
    for line in lines(layout(text)):
        boxes = sorted(line.words, key=lambda word: (word.x, word.width))
        for left, right in pairwise(boxes):
            assert left.x + left.width <= right.x + 1


@given(texts)
def test_a_text_is_always_set_alike(text: str) -> None:
    """The same text gives an equal layout."""
    assert layout(text, heading="金日成") == layout(text, heading="金日成")


def test_an_empty_text_has_one_empty_page() -> None:
    """There is always a page to show."""
    assert [page.lines for page in layout(" \n\t\n ").pages] == [()]


def test_line_breaks_are_kept_and_blank_lines_part_paragraphs() -> None:
    """Each line of the text begins a line; a paragraph stands off, however many blank lines there were."""
    found = lines(layout("One\ntwo\r\n\r\n \n\nthree\u2029four"))
    assert [line.text for line in found] == ["One", "two", "three", "four"]
    steps = [below.y - above.y for above, below in pairwise(found)]
    assert steps[0] < steps[1] == steps[2]


def test_controls_and_lone_surrogates_are_spaces() -> None:
    """What is no text does not reach the page, and parts words."""
    assert words(layout("a\tb\x00\x1b c\ud800d\ufffee")) == ["a", "b", "c", "d", "e"]


def test_lines_break_at_spaces() -> None:
    """A line holds whole words, as many as go in, without the space at which it was broken."""
    found = lines(layout("word " * 60))
    assert len(found) > 1
    assert {word.text for line in found for word in line.words} == {"word"}
    assert not any(line.text.endswith(" ") for line in found)
    assert len({len(line.words) for line in found[:-1]}) == 1


def test_a_word_that_no_line_holds_is_broken_by_force() -> None:
    """All of it stands there, letters with their marks, each line full."""
    found = texts_of(layout("e\u0301" * 200))
    assert "".join(found) == "e\u0301" * 200
    assert len(found) > 2
    assert all(line.startswith("e") and line.endswith("\u0301") for line in found)
    assert len({len(line) for line in found[:-1]}) == 1


def test_quotation_marks_of_a_broken_word_are_measured_with_their_neighbours() -> None:
    """They are wider beside Hangul than alone, and the line ends before the margin all the same."""
    found = layout("", heading="’’’’국" + "x" * 160)
    assert max(line.x + line.width for line in lines(found)) <= found.width - 120


def test_a_soft_hyphen_shows_only_where_the_word_is_broken() -> None:
    """A hyphen is drawn at the end of the line alone, and no word has one in its text."""
    found = lines(layout("a\u00adb " + "Donau\u00addampf\u00adschiff" * 5))
    drawn = ["".join(piece.text for piece in line.placed) for line in found]
    assert [text.count("-") for text in drawn] == [1] * (len(found) - 1) + [0]
    assert all(text.endswith("-") for text in drawn[:-1])
    assert words(layout("a\u00adb")) == ["ab"]


@given(st.text("ab(“.-\u0301 \u00a0", max_size=40), st.text("(a)\u0301", max_size=3))
def test_a_line_that_breaks_at_spaces_is_parted_as_any_other(text: str, end: str) -> None:
    """A zero-width space at its end changes nothing before it, though the line is then searched, not split."""
    for line in filter(None, characters.lines(f"{text} {'a' * 999}{end}")):
        *before, last = characters.units(line)
        assert characters.units(f"{line}\u200b") == [*before, f"{last}\u200b"]


@given(st.text("हबa \u200b\u200f\u00ad\u034f", max_size=30))
def test_what_is_not_seen_takes_no_room_beside_any_script(text: str) -> None:
    """A zero-width space, a soft hyphen or a mark of direction may stand alone between words of different fonts."""
    found = layout(text)
    assert "".join(words(found)) == re.sub("[ \u200b\u200f\u00ad\u034f]+", "", text)
    assert draw(found, 1)


def test_a_zero_width_space_allows_a_break() -> None:
    """Lines break there, and words end there."""
    found = layout("syllable\u200b" * 40)
    assert set(words(found)) == {"syllable"}
    assert len(lines(found)) > 1


def test_a_no_break_space_does_not_allow_a_break() -> None:
    """Words that it joins stay on a line, as two words."""
    for number in range(40, 70):
        found = texts_of(layout("i " * number + "No.\u00a0123"))
        assert any("No.\u00a0123" in line for line in found)
    assert words(layout("No.\u00a0123")) == ["No.", "123"]


@pytest.mark.parametrize("shift", range(40))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(shift: int) -> None:
    """Wherever the line ends, punctuation stays with its character."""
    text = "漢" * shift + "字，「漢字」。（Kim）ッー……“金日成”々、" * 6
    found = texts_of(layout(text))
    assert len(found) > 1
    assert not any(line[0] in "，」。）ッー…”々、" for line in found)
    assert not any(line[-1] in "「（“" for line in found)


def test_han_has_a_box_for_each_character_and_hangul_for_each_word() -> None:
    """Scripts without spaces are boxed by character."""
    assert words(layout("김일성(金日成) Kim。")) == ["김일성(", "金", "日", "成", ")", "Kim", "。"]


def test_a_combining_mark_shares_the_box_of_its_letter() -> None:
    """Composed or not, a word is as wide."""
    composed, decomposed = (layout(text).pages[0].lines[0].words[0] for text in ("\u00e9t\u00e9", "e\u0301te\u0301"))
    assert composed.width == decomposed.width


def test_hangul_of_jamo_is_as_wide_as_its_syllables() -> None:
    """Decomposed Hangul, as some file systems leave it, is composed."""
    syllables, jamo = (layout(text).pages[0].lines[0].words for text in ("한글", "한글"))
    assert [word.width for word in jamo] == [word.width for word in syllables]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_no_line_of_a_paragraph_stands_alone_on_a_page(counts: list[int]) -> None:
    """Neither its first line nor its last; one that is a single line stands where it comes."""
    paragraphs = ["\n".join([f"{place}"] * count) for place, count in enumerate(counts)]
    found = layout("\n\n".join(paragraphs))
    assert texts_of(found) == [str(place) for place, count in enumerate(counts) for _ in range(count)]
    for page in found.pages:
        shown = [int(line.text) for line in page.lines]
        assert all(counts[place] == 1 or shown.count(place) > 1 for place in shown)


def test_what_is_broken_off_a_line_of_several_is_indented() -> None:
    """As in verse and in telegrams; a paragraph that is one line of the text is set flush."""
    verse, prose = (lines(layout(text)) for text in ("One\n" + "word " * 30, "word " * 30))
    assert len({line.x for line in prose}) == 1
    assert [line.x - verse[0].x for line in verse] == [0, 0, 42, *[42] * (len(verse) - 3)]
    arabic = lines(layout("برقية\n" + "برقية " * 40))
    assert [arabic[0].x + arabic[0].width - line.x - line.width for line in arabic][:3] == [0, 0, 42]


@given(st.lists(texts, min_size=1, max_size=4))
def test_each_part_begins_a_page(parts: list[str]) -> None:
    """The pages of the parts are those that each has by itself, and say which part they are of."""
    found, alone = layout(*parts), [layout(part) for part in parts]
    assert [page.part for page in found.pages] == [place for place, part in enumerate(alone) for _ in part.pages]
    assert texts_of(found) == [line for part in alone for line in texts_of(part)]


def test_a_part_without_letters_takes_the_side_of_the_text() -> None:
    """A page of figures in an Arabic text is no page from the left."""
    assert [line.direction for line in lines(layout("برقية", "1965"))] == ["rtl", "rtl"]


@given(
    st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), min_size=1, max_size=12),
    st.sampled_from(["T", "Title " * 40]),
)
def test_shared_pages_hold_the_same_paragraphs(counts: list[tuple[int, int]], heading: str) -> None:
    """As many as both sides have room for, each at the same height; one that no page holds stands by itself."""
    texts = [[f"{place}\n" * count[side] for place, count in enumerate(counts)] for side in (0, 1)]
    starts, least = shared_pages(Side(texts[0], None, heading), Side(texts[1], "zh", "漢"))
    ends = [*starts[1:], len(counts)]
    left, right = (
        layout(*("\n\n".join(side[a:b]) for a, b in zip(starts, ends, strict=True)), heading=above, least=least)
        for side, above in zip(texts, (heading, "漢"), strict=True)
    )
    assert starts[0] == 0
    for part, (start, end) in enumerate(zip(starts, ends, strict=True)):
        shown = [[page for page in side.pages if page.part == part] for side in (left, right)]
        assert end - start == 1 or [len(pages) for pages in shown] == [1, 1]
        tops = [
            {line.text: line.y for line in reversed(pages[0].lines) if line.size != HEADING.size} for pages in shown
        ]
        assert tops[0] == tops[1]
    for before, start in pairwise(starts):
        heights = least[before + 1 : start + 2]
        assert sum(heights) + 20 * len(heights[1:]) + (0 if before else least[0] + 40) > 1600 - 150 - 120


@given(texts, texts)
def test_a_title_page_is_one_page_and_centred(heading: str, text: str) -> None:
    """However long the titles are; nothing leaves the page."""
    found = title_page(text, heading=heading)
    (page,) = found.pages
    for line in page.lines:
        assert abs(2 * line.x + line.width - found.width) <= 1
        assert 0 <= line.y < line.y + line.height <= found.height


def test_a_heading_stands_large_above_the_text() -> None:
    """It is set in a larger size, before all text, on the first page alone."""
    found = lines(layout("The text. " * 2000, heading="Telegram, Chinese Embassy"))
    assert [line.text for line in found if line.size > found[-1].size] == ["Telegram, Chinese Embassy"]
    assert found[0].text == "Telegram, Chinese Embassy"


def test_a_long_heading_is_broken() -> None:
    """A heading wider than the page fills several lines."""
    found = lines(layout("", heading="Telegram " * 20))
    assert len(found) > 1
    assert len({line.size for line in found}) == 1


def test_lines_of_arabic_end_at_the_right_margin() -> None:
    """They run from right to left, their words too; numbers run from left to right."""
    found = layout("برقية من السفارة 2 مارس 1965 " * 10)
    left_margin = lines(layout("a"))[0].x
    assert {line.direction for line in lines(found)} == {"rtl"}
    for line in lines(found):
        assert line.x + line.width == found.width - left_margin
        assert [word.x for word in line.words] == sorted((word.x for word in line.words), reverse=True)


def test_a_number_among_arabic_lines_takes_their_side() -> None:
    """A line without a letter has the direction of the text."""
    assert [line.direction for line in lines(layout("1965\nبرقية\nTelegram"))] == ["rtl", "rtl", "ltr"]


def test_latin_words_within_arabic_read_from_left_to_right() -> None:
    """A run of the other direction keeps its own order."""
    places = {word.text: word.x for word in lines(layout("دعمت Leon Levy Foundation المشروع"))[0].words}
    assert sorted(places, key=places.__getitem__) == ["المشروع", "Leon", "Levy", "Foundation", "دعمت"]


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("ja", 0),
        ("ko-KR", 1),
        (None, 2),
        ("zh", 2),
        ("zh-Hans-HK", 2),
        ("zh-Hant", 3),
        ("zh-TW", 3),
        ("zh-Hant-HK", 4),
        ("en", 2),
    ],
)
def test_the_language_chooses_the_forms_of_han(language: str | None, place: int) -> None:
    """A text's characters are drawn as its country draws them, as China does if nothing is said."""
    assert lines(layout("骨", language=language))[0].forms == place


def test_the_number_of_pages_is_stable() -> None:
    """The measures of a page are part of what we publish: canvases depend on them."""
    found = layout("The Premier said that we follow no one. " * 200, heading="Telegram")
    assert (found.width, found.height, len(found.pages)) == (1200, 1600, 4)
    assert [len(page.lines) for page in found.pages] == [30, 31, 31, 24]


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "漢" * 300_000, "(" * 300_000, "a" + "\u0301" * 300_000, "\n" * 300_000]
)
def test_no_text_is_too_long(text: str) -> None:
    """Whatever it is made of, a long text is set whole."""
    assert sum(map(len, texts_of(layout(text)))) == len(text.strip())
