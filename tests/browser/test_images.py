"""A large page in Mirador: its image service gives the tiles that are looked at, each at its place."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageChops

from records.model import Record
from server.library import Library

SIZE = (6000, 8000)
"""Larger than the largest picture that is drawn, so that the list of sizes ends before it."""


@pytest.fixture
def page(library: Library, put: Callable[..., Record]) -> None:
    """Publish a white page with a blue field in its middle, half as wide and half as high."""
    stated = {"file": "1.jpg", "width": SIZE[0], "height": SIZE[1], "media_type": "image/jpeg"}
    put(identifier="map", titles=[{"text": "A map"}], pages=[stated])
    path = library.config.media_folder / "map" / "1.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", SIZE, "white")
    image.paste("blue", (1500, 2000, 4500, 6000))
    image.save(path)


@pytest.mark.usefixtures("viewer", "page")
def test_a_large_page_is_shown_whole_and_then_in_tiles(visit: Any) -> None:  # noqa: ANN401
    """Its field three by four, as the page is; who zooms in gets more of it."""
    visit.open(f"/view?iiif-content={visit.base_url}/iiif/map/manifest.json")
    visit.wait_for_image("/image/1/full/")
    visit.page.wait_for_function("document.querySelector('canvas')")
    visit.page.wait_for_timeout(3000)
    shown = Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")
    blue = _box(shown, (0, 0, 254))
    proportions = (blue[2] - blue[0]) / (blue[3] - blue[1])
    assert 0.7 < proportions < 0.8
    visit.page.get_by_label("Zoom in").first.click(click_count=4, delay=300)
    visit.wait_for_image("/512,512/0/default.jpg")
    assert visit.faults == []


def _box(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Return the box around all that has about a colour."""
    away = ImageChops.difference(image, Image.new("RGB", image.size, colour)).convert("L")
    found = away.point(lambda value: 255 if value < 12 else 0).getbbox()
    assert found, "the field of the page is not shown"
    return found
