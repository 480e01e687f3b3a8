"""The official validator of the Image API, against a server of ours that runs."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from iiif_validator.validator import ValidationInfo
from PIL import Image

from tests.harvest.sites import serving

VALIDATOR = Path(sys.executable).with_name("iiif-validate.py")
SQUARE = 100


def draw_squares(path: Path) -> None:
    """Draw the image that the validator knows: ten by ten squares in the colours that it has a table of."""
    colours = ValidationInfo().colorInfo
    image = Image.new("RGB", (10 * SQUARE, 10 * SQUARE))
    for column, down in enumerate(colours):
        for row, colour in enumerate(down):
            image.paste(colour, (column * SQUARE, row * SQUARE, (column + 1) * SQUARE, (row + 1) * SQUARE))
    image.save(path)


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_the_official_validator_finds_nothing_wrong_at_level_2(tmp_path: Path, ending: str) -> None:
    """Every test that it has for version 3.0 up to level 2, for a plain image and for a pyramid."""
    inputs = tmp_path / "inputs"
    (inputs / "squares").mkdir(parents=True)
    draw_squares(tmp_path / "squares.png")
    file = inputs / "squares" / f"1.{ending}"
    if ending == "tif":
        import pyvips

        pyvips.Image.new_from_buffer((tmp_path / "squares.png").read_bytes(), "").tiffsave(
            str(file), tile=True, pyramid=True, compression="deflate"
        )
    else:
        (tmp_path / "squares.png").rename(file)
    (inputs / "squares.json").write_text('{"identifier": "squares", "titles": [{"text": "Squares"}]}')
    with serving(tmp_path, inputs, {}) as site:
        host = urlsplit(site.base_url).netloc
        command = [sys.executable, str(VALIDATOR), "-s", host, "-p", "iiif/squares/image", "-i", "1"]
        found = subprocess.run(
            [*command, "--version", "3.0", "--level", "2", "--verbose"], capture_output=True, text=True, check=False
        )
    assert found.returncode == 0, found.stderr
    assert ", 0 failures)" in found.stderr
