"""The text of a canvas as annotations by line."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from mappings.iiif import lines
from mappings.repository import Repository
from records.model import Record

Document = dict[str, Any]
Stating = Callable[..., Record]
Written = Callable[[Record], Document]

CANVAS = "https://archive.example.org/iiif/r/canvas/1"
IMAGE = {"image": "https://example.org/1.jpg", "width": 900, "height": 1200}


@pytest.fixture(scope="session")
def page(repository: Repository) -> Callable[[Record, int], Document | None]:
    """Give a function that reads the annotation page of a canvas, None if it has none."""

    def read(record: Record, number: int = 1) -> Document | None:
        written = lines.write(record, repository, number)
        found: Document | None = json.loads(written) if written else None
        return found

    return read


def test_a_typeset_page_is_annotated_line_by_line(
    stating: Stating, page: Callable[..., Document], written: Written
) -> None:
    """Each annotation has the words of its line, their language, and the place on the canvas where they stand."""
    record = stating(texts=[{"content": "Dear friend,\n\nfare\u00adwell.", "language": "en"}])
    found = page(record)
    first, second = found.pop("items")
    assert found == {
        "@context": [
            "http://iiif.io/api/extension/text-granularity/context.json",
            "http://iiif.io/api/presentation/3/context.json",
        ],
        "id": f"{CANVAS}/lines.json",
        "type": "AnnotationPage",
        "label": {"en": ["Transcript in English"]},
    }
    assert first == {
        "id": f"{CANVAS}/line/1",
        "type": "Annotation",
        "motivation": "supplementing",
        "textGranularity": "line",
        "body": {"type": "TextualBody", "value": "Dear friend,", "format": "text/plain", "language": "en"},
        "target": f"{CANVAS}#xywh=120,218,161,42",
    }
    assert (second["id"], second["body"]["value"]) == (f"{CANVAS}/line/2", "farewell.")
    (canvas,) = written(record)["items"]
    assert canvas["annotations"] == [{name: found[name] for name in ("id", "type", "label")}]


def test_recognised_lines_have_the_box_of_their_words(stating: Stating, page: Callable[..., Document]) -> None:
    """A line none of whose words is known stands on the whole canvas, and so does its language if none is stated."""
    words = [
        {"text": "Dear", "x": 10, "y": 20, "width": 40, "height": 12},
        {"text": "friend", "x": 60, "y": 18, "width": 50, "height": 15},
    ]
    texts = [{"pages": [{"page": 1, "content": "Dear friend\nfarewell", "words": words}]}]
    first, second = page(stating(pages=[IMAGE], texts=texts))["items"]
    assert (first["target"], second["target"]) == (f"{CANVAS}#xywh=10,18,100,15", CANVAS)
    assert first["body"] == {"type": "TextualBody", "value": "Dear friend", "format": "text/plain"}


def test_a_page_without_boxes_is_one_annotation(
    stating: Stating, page: Callable[..., Document], written: Written
) -> None:
    """Each text of the page has one on the whole canvas, with its line breaks; pages without text have none."""
    texts = [
        {"pages": [{"page": 1, "content": "Слово\nдругое"}], "language": "ru"},
        {"pages": [{"page": 1, "content": "Word"}, {"page": 9, "content": "Lost"}], "kind": "translation"},
    ]
    record = stating(pages=[IMAGE, IMAGE], texts=texts)
    found = page(record)
    assert found["label"] == {"en": ["Transcript in Russian; translation"]}
    assert [(each["textGranularity"], each["body"]["value"], each["target"]) for each in found["items"]] == [
        ("page", "Слово\nдругое", CANVAS),
        ("page", "Word", CANVAS),
    ]
    assert page(record, 2) is None
    assert [len(canvas.get("annotations", [])) for canvas in written(record)["items"]] == [1, 0]


def test_title_pages_and_blank_pages_have_no_lines(stating: Stating, page: Callable[..., Document | None]) -> None:
    """Nor has a canvas that is not there, or one of a manifest that is elsewhere."""
    transcript = {"pages": [{"page": 1, "content": "a"}, {"page": 2, "content": "b"}]}
    translation = {"kind": "translation", "pages": [{"page": 2, "content": "c"}]}
    record = stating(texts=[transcript, translation])
    assert [number for number in range(-1, 9) if page(record, number)] == [2, 4, 5]
    elsewhere = [{"kind": "manifest", "url": "https://example.org/manifest"}]
    assert page(stating(texts=[transcript], links=elsewhere)) is None


@given(data=st.data())
def test_a_manifest_names_just_the_pages_that_there_are(
    stating: Stating,
    written: Written,
    page: Callable[..., Document | None],
    texts_strategy: SearchStrategy[str],
    data: st.DataObject,
) -> None:
    """Whatever the texts are; the labels are the same, and no two annotations have one name."""
    words = st.tuples(texts_strategy, st.integers(1, 100)).map(lambda drawn: " ".join([drawn[0]] * drawn[1]))
    kinds = st.sampled_from(["transcript", "translation", "paraphrase"])
    whole = st.fixed_dictionaries({"content": words, "kind": kinds})
    parts = st.lists(st.fixed_dictionaries({"content": words, "page": st.integers(1, 4)}), min_size=1, max_size=4)
    texts = st.lists(whole | st.fixed_dictionaries({"pages": parts, "kind": kinds}), min_size=1, max_size=3)
    record = stating(texts=data.draw(texts), pages=data.draw(st.sampled_from([[], [IMAGE, IMAGE]])))
    for number, canvas in enumerate(written(record)["items"], start=1):
        found = page(record, number)
        expected = [{name: found[name] for name in ("id", "type", "label")}] if found else []
        assert canvas.get("annotations", []) == expected
        names = [each["id"] for each in found["items"]] if found else ["none"]
        assert names
        assert len(names) == len(set(names))
