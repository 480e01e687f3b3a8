"""Questions: words, phrases, beginnings, and what of a text they find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.search.query import MOST_PHRASES, asked, beginning, term
from records.search.tokens import words
from tests.records.search.test_tokens import TEXTS

TEXT = words("Dear friends, the vice-president of 中国\n人民 公司 전보를 said:\nof the peo-\nple, THE people")


def found(question: str) -> list[str]:
    """Return what a question finds in the text."""
    return [" ".join(TEXT[hit.start : hit.end].split()) for hit in asked(question).hits(TEXT)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("FRIENDS", ["friends"]),
        ("friend", []),
        ("friend*", ["friends"]),
        ("vice-president", ["vice president"]),
        ("president vice", ["vice", "president"]),
        ('"president vice"', []),
        ('"of the"', ["of the"]),
        ("“the people”", ["the people", "the people"]),
        ('"the people', ["the people", "the people"]),
        ("the absent", []),
        ("the", ["the", "the", "the"]),
        ("people", ["people", "people"]),
        ("中", ["中国"]),
        ("国人", ["国人"]),
        ("中国人民公司", ["中国 国人 人民 民公 公司"]),
        ("中国 公司", ["中国", "公司"]),
        ("司", ["司"]),
        ("전보", ["전보"]),
        ("보", ["보를"]),
        ("전를", []),
        ("", []),
        ('* ! ""', []),
        ("!dear?", ["dear"]),
    ],
)
def test_questions_find(question: str, expected: list[str]) -> None:
    """All words must be there; what is in quotation marks stands together."""
    assert found(question) == expected


def test_hits_tell_on_how_many_lines_they_stand() -> None:
    """A phrase over two lines, a divided word, a pair of characters with a line between."""
    lines = {
        question: [hit.lines for hit in asked(question).hits(TEXT)] for question in ('"the people"', "国人", "said")
    }
    assert lines == {'"the people"': [2, 1], "国人": [2], "said": [1]}


def test_more_words_than_can_be_looked_for_are_refused() -> None:
    """A word that comes twice counts once."""
    most = " ".join(f"w{number}" for number in range(MOST_PHRASES))
    assert len(asked(f"{most} w0").phrases) == MOST_PHRASES
    with pytest.raises(ValueError, match=r"^q has 33 different words; ask for 32 at most, or for a phrase$"):
        asked(f"{most} one")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("fr", ["friends"]),
        ("of t", ['"of the"']),
        ("中", ["中国"]),
        ("中国", ["中国人"]),
        ("전", ["전보"]),
        ("", []),
    ],
)
def test_beginnings_are_completed(question: str, expected: list[str]) -> None:
    """Several words are one term, in quotation marks, so that it is found again as it stands."""
    assert [term(TEXT[hit.start : hit.end]) for hit in beginning(question).hits(TEXT)] == expected


@given(TEXTS, TEXTS)
def test_any_question_can_be_put_to_any_text(question: str, text: str) -> None:
    """Its hits are tokens of the text, in order."""
    indexed = words(text)
    ends = 0
    for hit in asked(question).hits(indexed):
        assert ends <= hit.start < hit.end <= len(indexed)
        assert indexed[hit.start : hit.end].strip() == indexed[hit.start : hit.end]
        ends = hit.end


@given(TEXTS, st.data())
def test_every_part_of_a_line_is_found_as_a_phrase(text: str, data: st.DataObject) -> None:
    """Whatever whole words of a text are asked for together, they are found."""
    line = " ".join(text.replace('"', " ").replace("\n", " ").split())
    parts = line.split(" ")
    first = data.draw(st.integers(0, len(parts) - 1))
    behind = data.draw(st.integers(first, len(parts)))
    phrase = " ".join(parts[first:behind])
    if words(phrase):
        assert asked(f'"{phrase}"').hits(words(line))
