"""Passages: texts as a search reads them, in parts that can be read again at little cost."""

import pytest

from mappings.iiif.passages import MOST_CHARACTERS, indexed, kept, passages
from records.model import DocumentText, Page, Record, Title


def book(content: str) -> Record:
    """Return a record with a page image, and a text as a whole beside it."""
    return Record(
        identifier="book",
        titles=(Title(text="Book"),),
        pages=(Page(image="https://example.org/1.jpg", width=600, height=900),),
        texts=(DocumentText(content=content),),
    )


@pytest.mark.parametrize("parted", ["\n", " ", ""])
def test_a_long_text_is_searched_in_parts(parted: str) -> None:
    """Whether it has lines, words or neither; no word is lost or divided."""
    words = ["word" if parted else "\u4e2d"] * 30_000
    found = passages(book(parted.join(words)))
    assert all(len(passage.text) <= MOST_CHARACTERS + len(passage.lines) for passage in found)
    assert {passage.number for passage in found} == {1}
    assert "".join(passage.text for passage in found).count(words[0]) == len(words)


def test_the_lines_of_a_text_are_searched_without_blanks_around_them() -> None:
    """Empty lines are none."""
    (passage,) = indexed(book("One.\n\n  Two words. \n"))
    assert passage.lines
    assert kept(passage.lines).lines == ("One.", "Two words.")


@pytest.mark.parametrize("content", ["A bird in the hand.\n\nTwo", "\u05d0\u05d1 \u05d3", "\u6211\u5728"])
def test_a_typeset_page_is_kept_as_it_is_set(content: str) -> None:
    """What is read again has the lines and the boxes that the record gives."""
    record = Record(identifier="letter", titles=(Title(text="Letter"),), texts=(DocumentText(content=content),))
    for passage, held in zip(passages(record), indexed(record), strict=True):
        assert held.lines
        again = kept(held.lines)
        assert (again.number, again.language, again.size) == (passage.number, passage.language, passage.size)
        assert again.lines == passage.lines
        assert [again.words(line) for line, _ in enumerate(again.lines)] == [
            passage.words(line) for line, _ in enumerate(passage.lines)
        ]
