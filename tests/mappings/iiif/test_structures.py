"""The table of contents of a manifest, and the PDFs that it offers."""

from collections.abc import Callable
from typing import Any

from records.model import Record

Document = dict[str, Any]
State = Callable[..., Record]
Write = Callable[[Record], Document]

PAGES = [{"image": f"https://example.org/{number}.jpg", "width": 600, "height": 900} for number in (1, 2, 3)]


def told(ranges: list[Document]) -> list[object]:
    """Return what ranges are called, in which language they say what, and what they hold."""
    return [_one(found) for found in ranges]


def _one(found: Document) -> object:
    if found["type"] == "Canvas":
        return found["id"].rpartition("/iiif/")[2]
    ((language, (label,)),) = found["label"].items()
    return found["id"].rpartition("/iiif/")[2], language, label, [_one(item) for item in found["items"]]


def test_a_range_names_its_canvases_and_holds_ranges(stating: State, written: Write) -> None:
    """Pages first, in the order in which they are stated; its label is in its language, if one is stated (5.4)."""
    inner = [{"label": "第一章", "language": "zh", "pages": [3, 1]}, {"label": "Two", "pages": [2]}]
    document = written(stating(pages=PAGES, structures=[{"label": "All", "pages": [1], "ranges": inner}]))
    assert told(document["structures"]) == [
        (
            "r/range/1",
            "none",
            "All",
            [
                "r/canvas/1",
                ("r/range/1.1", "zh", "第一章", ["r/canvas/3", "r/canvas/1"]),
                ("r/range/1.2", "none", "Two", ["r/canvas/2"]),
            ],
        )
    ]
    assert list(document)[-2:] == ["items", "structures"]


def test_pages_that_are_not_there_are_not_named(stating: State, written: Write) -> None:
    """Nor ranges of which nothing is left; the others keep their names."""
    ranges = [{"label": "A", "pages": [9]}, {"label": "B", "ranges": [{"label": "C", "pages": [8, 3]}]}]
    document = written(stating(pages=PAGES, structures=ranges))
    assert told(document["structures"]) == [("r/range/2", "none", "B", [("r/range/2.1", "none", "C", ["r/canvas/3"])])]
    assert "structures" not in written(stating(pages=PAGES, structures=ranges[:1]))


def test_nothing_is_made_of_what_is_not_stated(stating: State, written: Write) -> None:
    """No table of contents, no PDF."""
    document = written(stating(pages=PAGES))
    assert "structures" not in document
    assert "rendering" not in document


def test_pdfs_are_offered_before_texts(stating: State, written: Write) -> None:
    """By their labels, if they have any (3.2, rendering)."""
    stated = [{"file": "1.pdf", "label": "The diary"}, {"file": "2.pdf"}]
    document = written(stating(pages=PAGES, downloads=stated, texts=[{"content": "Dear"}]))
    offered = [(each["id"], each["type"], each["label"], each["format"]) for each in document["rendering"]]
    address = "https://archive.example.org/records/r"
    assert offered == [
        (f"{address}/download/1.pdf", "Text", {"none": ["The diary"]}, "application/pdf"),
        (f"{address}/download/2.pdf", "Text", {"en": ["Document 2, PDF"]}, "application/pdf"),
        (f"{address}/text/1.txt", "Text", {"en": ["Transcript, plain text"]}, "text/plain"),
    ]


def test_recognised_text_is_offered_as_plain_text(stating: State, written: Write) -> None:
    """As any other text of a record: ALTO and hOCR become a transcript by page at load."""
    pages = [{"page": 1, "content": "Dear", "words": [{"text": "Dear", "x": 1, "y": 2, "width": 3, "height": 4}]}]
    (text,) = written(stating(pages=PAGES, texts=[{"pages": pages}]))["rendering"]
    assert (text["id"], text["format"]) == ("https://archive.example.org/records/r/text/1.txt", "text/plain")
