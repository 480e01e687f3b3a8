"""The way to finished bytes: what iiif-prezi3 is shown, and what is written."""

import json
from typing import Any

import iiif_prezi3
import pytest
from pydantic import ValidationError

from mappings.iiif import presentation

Document = dict[str, Any]


def volume(number: int) -> Document:
    """Return a manifest of so many canvases, every other one with a label of its own."""
    canvases = [
        {
            "id": f"https://archive.example.org/iiif/r/canvas/{place}",
            "type": "Canvas",
            "height": place,
            "width": 100,
            "items": [],
        }
        | ({"label": {"none": [str(place)]}} if place % 2 else {})
        for place in range(1, number + 1)
    ]
    return {
        "@context": presentation.CONTEXT,
        "id": "https://archive.example.org/iiif/r/manifest.json",
        "type": "Manifest",
        "label": {"none": ["A volume"]},
        "items": canvases,
    }


def test_what_is_written_is_the_whole_document() -> None:
    """The library is shown one canvas of each shape; all of them are written."""
    document = volume(1000)
    assert json.loads(presentation.finished(document, iiif_prezi3.Manifest)) == document


@pytest.mark.parametrize("place", [0, 1, 998, 999])
@pytest.mark.parametrize("fault", [{"height": {}}, {"thumbnail": {}}, {"items": "none"}])
def test_no_canvas_of_another_shape_escapes(place: int, fault: Document) -> None:
    """One of a thousand that the specification does not know is refused, wherever it stands."""
    document = volume(1000)
    document["items"][place] |= fault
    with pytest.raises(ValidationError):
        presentation.finished(document, iiif_prezi3.Manifest)
