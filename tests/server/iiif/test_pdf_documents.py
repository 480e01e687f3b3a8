"""A PDF from its load to its manifest: canvases in order, with labels, sizes, structures, and the PDF itself."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from records.model import Record
from server import publishing, recognised
from server.arrivals import Arrivals
from server.library import Library
from tests import pdfs
from tests.pdfs import Entry, Leaf

Make = Callable[..., Record]


@pytest.fixture
def manifest(library: Library, client: FlaskClient, tmp_path: Path, make_record: Make) -> Callable[..., Any]:
    """Give a function that publishes a record of page images that lie in a folder, and gives its manifest."""

    def published(**fields: object) -> Any:  # noqa: ANN401 - a JSON document
        stated = make_record("r", **fields)
        taken = recognised.take(library.media, stated, tmp_path / "in" / "in.json")
        assert isinstance(taken, tuple)
        with Arrivals(library.media.folder) as arrivals:
            arrival = arrivals.of("r")
            library.media.take(stated, tmp_path / "in" / "in.json", arrival)
            arrival.place()
        library.store.publish([publishing.publication(taken[0], library.repository(), publishing.today())])
        return json.loads(client.get("/iiif/r/manifest.json").data)

    return published


def test_a_pdf_is_a_document_of_canvases(manifest: Callable[..., Any], client: FlaskClient, tmp_path: Path) -> None:
    """Each page under its own label and in its size, in the direction that is stated; images and PDF are there."""
    leaves = [Leaf([(30, 350, "one")]), Leaf(box=(0, 0, 144, 72)), Leaf([(30, 350, "three")])]
    outline = [Entry("Preface", 1), Entry("Letters", 2)]
    pdfs.write(tmp_path / "in" / "a.pdf", *leaves, outline=outline, labels="0 << /S /R >> 1 << >>")
    found = manifest(pages=[{"file": "a.pdf"}], viewing_direction="right-to-left", behaviors=["paged"])
    labels = [next(iter(canvas["label"].values())) for canvas in found["items"]]
    assert labels == [["I"], ["Page 2"], ["Page 3"]]
    assert [(canvas["width"], canvas["height"]) for canvas in found["items"]] == [
        (1250, 1667),
        (600, 300),
        (1250, 1667),
    ]
    assert (found["viewingDirection"], found["behavior"]) == ("right-to-left", ["paged"])
    assert [(each["label"], len(each["items"])) for each in found["structures"]] == [
        ({"none": ["Preface"]}, 1),
        ({"none": ["Letters"]}, 2),
    ]
    assert [each["format"] for each in found["rendering"]] == ["application/pdf", "text/plain"]
    for canvas in found["items"]:
        body = canvas["items"][0]["items"][0]["body"]
        for image in (body, canvas["thumbnail"][0]):
            answer = client.get(_path(image["id"]), buffered=True)
            with Image.open(io.BytesIO(answer.data)) as drawn:
                assert (drawn.width, drawn.height) == (image["width"], image["height"])
    assert [client.get(_path(each["id"]), buffered=True).data[:5] for each in found["rendering"]] == [
        b"%PDF-",
        b"one\n\n",
    ]


def test_scans_with_recognised_text_offer_it(manifest: Callable[..., Any], client: FlaskClient, tmp_path: Path) -> None:
    """As plain text, made of ALTO or hOCR beside the images."""
    (tmp_path / "in" / "r").mkdir(parents=True)
    for place, word in (("1", "Dear"), ("2", "friend")):
        Image.new("L", (40, 60)).save(tmp_path / "in" / "r" / f"{place}.png")
        words = f"<span class='ocrx_word' title='bbox 4 2 14 7'>{word}</span>"
        (tmp_path / "in" / "r" / f"{place}.hocr").write_text(
            f"<div class='ocr_page' title='bbox 0 0 40 60'>{words}</div>"
        )
    (text,) = manifest()["rendering"]
    assert text["label"] == {"en": ["Transcript, plain text"]}
    assert client.get(_path(text["id"])).text == "Dear\n\nfriend"


def _path(address: str) -> str:
    """Return the path of an address of this server."""
    return address.removeprefix("http://127.0.0.1:8000")
