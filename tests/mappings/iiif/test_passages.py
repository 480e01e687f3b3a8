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
