"""Openings: a transcript and its translation face each other, page by page."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.iiif.openings import Sheet, have_facing_pages, sheet, sheets
from records.model import Record

Document = dict[str, Any]
Stating = Callable[..., Record]
Written = Callable[[Record], Document]
Faults = Callable[[Document], list[str]]

PAGE = 31
"""Lines of a page without a heading."""


def by_pages(kind: str, lines: dict[int, int]) -> Document:
    """Return a text by pages of the document, each of so many lines: the page's number."""
    pages = [{"page": page, "content": "\n".join([str(page)] * count)} for page, count in lines.items()]
    return {"kind": kind, "pages": pages}


def sides(record: Record) -> list[str]:
    """Return what stands on each leaf: t, a transcript, and r, a translation, each with its first word."""
    letters = {"transcript": "t", "translation": "r", "paraphrase": "p"}

    def said(leaf: Sheet) -> str:
        if leaf.text is None:
            return "title"
        return letters[leaf.text.kind] + (leaf.lines[0].text if leaf.lines else "-")

    return [said(leaf) for leaf in sheets(record)]


def test_pages_of_both_texts_come_in_turn_behind_a_title_page(
    stating: Stating, written: Written, faults: Faults
) -> None:
    """So each opening of a book view holds two of one number; what is left of the longer one follows."""
    record = stating(
        texts=[
            {"kind": "translation", "language": "en", "content": "word\n" * 100},
            {"kind": "transcript", "language": "ru", "content": "слово\n" * 50},
            {"kind": "translation", "language": "de", "content": "Wort"},
        ]
    )
    document = written(record)
    assert faults(document) == []
    assert [canvas["label"]["en"][0] for canvas in document["items"]] == [
        "Typeset title page",
        "Typeset transcript in Russian, page 1 of 2",
        "Typeset translation in English, page 1 of 4",
        "Typeset transcript in Russian, page 2 of 2",
        "Typeset translation in English, page 2 of 4",
        "Typeset translation in English, page 3 of 4",
        "Typeset translation in English, page 4 of 4",
        "Typeset translation in German, page 1 of 1",
    ]
    assert document["behavior"] == ["paged"]
    assert document["start"] == {"id": document["items"][1]["id"], "type": "Canvas"}


@pytest.mark.parametrize("kinds", [["transcript"], ["transcript", "transcript"], ["translation", "paraphrase"]])
def test_texts_without_a_partner_have_no_title_page(stating: Stating, written: Written, kinds: list[str]) -> None:
    """They follow each other, and viewers turn their pages as they like."""
    record = stating(texts=[{"kind": kind, "content": "word"} for kind in kinds])
    document = written(record)
    assert [leaf.text.kind for leaf in sheets(record) if leaf.text] == kinds
    assert len(document["items"]) == len(kinds)
    assert not {"behavior", "start"} & set(document)


def test_scans_have_no_facing_texts(stating: Stating, written: Written) -> None:
    """Their canvases are those of the document."""
    pages = [{"image": "https://example.org/1.jpg", "width": 5, "height": 5}]
    document = written(stating(pages=pages, texts=[{"content": "a"}, {"kind": "translation", "content": "b"}]))
    assert len(document["items"]) == 1
    assert not {"behavior", "start"} & set(document)


def test_a_stated_behavior_stays(stating: Stating, written: Written) -> None:
    """What the archive says of its record is not added to."""
    texts = [{"content": "a"}, {"kind": "translation", "content": "b"}]
    assert written(stating(texts=texts, behaviors=["individuals"]))["behavior"] == ["individuals"]


def test_each_page_of_the_document_begins_in_both_texts_at_once(stating: Stating) -> None:
    """Where one needs more typeset pages or has no such page, the other has blank ones; none at the end."""
    transcript = by_pages("transcript", {3: 1, 1: 2 * PAGE, 4: 1})
    translation = by_pages("translation", {1: 1, 2: 1, 3: 2 * PAGE, 4: 2 * PAGE})
    assert sides(stating(texts=[transcript, translation])) == [
        "title",
        *("t1", "r1", "t1", "r-", "t1", "r-"),
        *("t-", "r2", "t3", "r3", "t-", "r3", "t4", "r4", "r4"),
    ]


def test_whole_texts_of_as_many_paragraphs_face_each_other_by_paragraph(stating: Stating) -> None:
    """Pages break where both texts can; a paragraph of several pages has blank ones beside it."""
    lengths = {1: (10, 20), 2: (10, 20), 3: (2, 40), 4: (1, 1)}
    texts = [
        {"kind": kind, "content": "\n\n".join("\n".join([str(n)] * count[side]) for n, count in lengths.items())}
        for side, kind in enumerate(["transcript", "translation"])
    ]
    assert sides(stating(texts=texts)) == ["title", "t1", "r1", "t2", "r2", "t3", "r3", "t-", "r3", "t4", "r4"]
    texts[1]["content"] += "\n\n5"
    assert sides(stating(texts=texts)) == ["title", "t1", "r1", "r2", "r3"]


def test_a_whole_text_faces_one_by_pages(stating: Stating) -> None:
    """Nobody knows which pages belong together, so that they come in turn."""
    whole = {"kind": "translation", "content": "2\n" * 2 * PAGE}
    assert sides(stating(texts=[by_pages("transcript", {7: 1, 8: 1, 9: 1}), whole])) == [
        *("title", "t7", "r2", "t8", "r2", "t9", "r2"),
    ]


def test_a_blank_page_says_so(stating: Stating) -> None:
    """Its label does; other labels name the page of the document."""
    transcript, translation = by_pages("transcript", {1: 1, 2: 1}), by_pages("translation", {2: 1})
    assert [leaf.name for leaf in sheets(stating(texts=[transcript, translation]))] == [
        "Typeset title page",
        "Typeset transcript, page 1 of 2 (page 1 of the document)",
        "Typeset translation, page 1 of 2 (blank)",
        "Typeset transcript, page 2 of 2 (page 2 of the document)",
        "Typeset translation, page 2 of 2 (page 2 of the document)",
    ]


@given(
    left=st.dictionaries(st.integers(1, 5), st.integers(1, 80), min_size=1),
    right=st.dictionaries(st.integers(1, 5), st.integers(1, 80), min_size=1),
)
def test_nothing_is_lost_or_misordered(stating: Stating, left: dict[int, int], right: dict[int, int]) -> None:
    """Each text is there once and in order, and facing pages are of one page of the document."""
    record = stating(texts=[by_pages("translation", right), by_pages("transcript", left)])
    leaves = list(sheets(record))[1:]
    for kind, lines in (("transcript", left), ("translation", right)):
        shown = [int(line.text) for leaf in leaves if leaf.text and leaf.text.kind == kind for line in leaf.lines]
        assert shown == [page for page in sorted(lines) for _ in range(lines[page])]
    words = [side for side in sides(record)[1:] if not side.endswith("-")]
    turns = sides(record)[1:]
    for transcript, translation in zip(turns[::2], turns[1::2], strict=False):
        if transcript[0] == "t" and translation[0] == "r" and "-" not in transcript + translation:
            assert transcript[1:] == translation[1:]
    assert words


def test_one_leaf_is_that_of_all(stating: Stating) -> None:
    """Whichever record was asked for before, and whatever else the records state."""
    first = stating(texts=[{"content": "a"}, {"kind": "translation", "content": "b"}])
    other = stating(texts=[{"content": "a\n" * 100}], languages=["en"])
    for record in (first, other, first):
        found = list(sheets(record))
        assert [sheet(record, number) for number in range(1, len(found) + 1)] == found
        assert [sheet(record, number) for number in (-1, 0, len(found) + 1)] == [None] * 3


def test_a_text_stands_below_the_title_in_its_language(stating: Stating) -> None:
    """If one is stated; else below the main one."""
    titles = [
        {"text": "Телеграмма", "language": "ru"},
        {"text": "Telegram", "kind": "translated", "language": "en"},
        {"text": "Wire", "kind": "translated"},
    ]
    texts = [{"content": "а", "language": "ru"}, {"content": "b", "language": "en"}, {"content": "c"}]
    record = stating(titles=titles, texts=texts)
    assert [leaf.layout.pages[0].lines[0].text for leaf in sheets(record)] == ["Телеграмма", "Telegram", "Телеграмма"]
    assert not have_facing_pages(record)


def test_the_title_page_names_titles_and_texts(stating: Stating) -> None:
    """The main title first; a title of 10,000 letters is cut off, and stands whole above the text."""
    titles = [{"text": "Телеграмма"}, {"text": "Telegram", "kind": "translated", "language": "en"}]
    texts = [{"content": "а", "language": "ru"}, {"kind": "translation", "content": "b", "language": "en"}]
    title = next(sheets(stating(titles=titles, texts=texts)))
    assert [line.text for line in title.layout.pages[0].lines] == [
        "Телеграмма",
        "Telegram",
        "Transcript in Russian",
        "Translation in English",
    ]
    long, transcript, *_ = sheets(stating(titles=[{"text": "word " * 2000}], texts=texts))
    assert len(long.layout.pages) == 1
    assert sum(len(line.words) for page in transcript.layout.pages for line in page.lines) == 2001
