"""The info.json of an image service (Image API 3.0, 5): what the image is, and what can be asked of it."""

from fractions import Fraction
from typing import Any

from mappings.iiif.leaves import IMAGE_API
from mappings.iiif.presentation import present
from server.iiif.image_request import FORMATS, ImageRequest, Limits, Size

CONTEXT = "http://iiif.io/api/image/3/context.json"
LINKED_DATA = f'application/ld+json;profile="{CONTEXT}"'
TILE = 512
"""Width and height of a tile in pixels."""

_FEATURES = ("canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling")
"""What is supported beyond level 2 (5.7)."""


def profile(level: str) -> str:
    """Return the URI of a compliance level (6)."""
    return f"{IMAGE_API}/3/{level}.json"


def info(
    uri: str,
    image: Size,
    limits: Limits,
    *,
    level: str,
    coloured: bool,
    rights: str | None,
    part_of: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return the document.

    Args:
        uri: the base URI of the service.
        image: width and height of the full image in pixels.
        limits: what is given at most.
        level: the compliance level, level2 or level0.
        coloured: whether the image has colours.
        rights: the stated rights URI, if it is one that may stand here.
        part_of: references to what the image is a part of.
    """
    beyond = {
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors(image)}],
        "extraQualities": [*(["color"] if coloured else []), "gray", "bitonal"],
        "extraFormats": [name for name in FORMATS if name not in {"jpg", "png"}],
        "extraFeatures": list(_FEATURES),
    }
    return {
        "@context": CONTEXT,
        "id": uri,
        "type": "ImageService3",
        "protocol": IMAGE_API,
        "profile": level,
        "width": image[0],
        "height": image[1],
        "maxWidth": limits.widest,
        "maxArea": limits.area,
        "sizes": [{"width": width, "height": height} for width, height in sizes(image, limits)],
        **(beyond if level == "level2" else {"extraFeatures": ["baseUriRedirect", "cors", "jsonldMediaType"]}),
        **present({"rights": rights, "partOf": part_of}),
    }


def factors(image: Size) -> list[int]:
    """Return the scale factors of the tiles, up to the one at which a tile holds the whole image (5.4)."""
    smaller = -(-max(image) // TILE) - 1
    return [2**power for power in range(smaller.bit_length() + 1)]


def sizes(image: Size, limits: Limits) -> list[Size]:
    """Return the sizes of the whole image at the scale factors of the tiles, the smallest first (5.3).

    There must be no others: OpenSeadragon takes a list of about that length for the very levels of the tiles.
    """
    return [size for factor in reversed(factors(image)) if limits.allow(size := _shrunk(image, factor))]


def is_kept(image: Size, limits: Limits, request: ImageRequest) -> bool:
    """Whether a picture is one of those that viewers ask for again and again: a listed size, or a tile.

    There are so many of an image and no more, about twice its pixels in all: what is kept cannot fill a disk.
    """
    if not request.is_plain:
        return False
    if request.whole and request.size in {*sizes(image, limits), limits.largest(image, Fraction(1))}:
        return True
    return any(_is_tile(image, request, factor) for factor in factors(image))


def _is_tile(image: Size, request: ImageRequest, factor: int) -> bool:
    """Whether a request is for a tile of the grid of a scale factor, its size rounded up or down."""
    left, top, width, height = request.region
    side = TILE * factor
    on_grid = left % side == 0 and top % side == 0
    to_the_edge = (width, height) == (min(side, image[0] - left), min(side, image[1] - top))
    fits = all(
        abs(length - asked * factor) < factor for length, asked in zip((width, height), request.size, strict=True)
    )
    return on_grid and to_the_edge and fits


def _shrunk(image: Size, factor: int) -> Size:
    """Return the size of an image at a scale factor, rounded up, as tiles are."""
    return -(-image[0] // factor), -(-image[1] // factor)
