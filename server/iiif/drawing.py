"""Pictures drawn from the files of page images: by libvips where it is at hand, else by Pillow, which draws them whole.

No more of a file is read than the picture needs: of a pyramidal TIFF the tiles of the level that is just large enough,
of a JPEG what its decoder can leave out. A picture is bounded by the request; the source streams through.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from server.iiif.image_request import Box, ImageRequest, Size
from server.media import UNREADABLE
from server.vips import vips

if TYPE_CHECKING:
    import pyvips

QUALITY = 88
"""How closely a JPEG or WebP keeps to the source, of 100."""

_GREY = {"1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L", "F"}
"""Modes of Pillow without colours."""

_WHITE = 255
_HALF = 128
_SAME_SHAPE = 0.02
"""By how much the proportions of a smaller copy may differ from those of the image: sizes are rounded."""


class UnreadableImageError(Exception):
    """The file of a page image cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class _Level:
    """An image in a file that shows the whole picture: the first, or a smaller copy of it.

    Attributes:
        width: its width in pixels.
        place: where it stands, as the loader of libvips takes it.
    """

    width: int
    place: tuple[tuple[str, int], ...] = ()


def draw(path: Path, image: Size, request: ImageRequest) -> bytes:
    """Return the picture that is asked for.

    Args:
        path: the file.
        image: the width and height that the image has by its record.
        request: what is asked for; without libvips only the whole image as JPEG, in any size.

    Raises:
        UnreadableImageError: the file cannot be read.
    """
    library = vips()
    if not library:
        return _whole_by_pillow(path, request.size)
    try:
        shown = _scaled(path, image, request.region, request.size)
        return _encoded(_coloured(_turned(shown, request), request.quality), request)
    except library.Error as error:
        raise UnreadableImageError(str(error).strip()) from None


def whole(path: Path, size: Size) -> bytes:
    """Return the whole image as JPEG.

    Args:
        path: the file.
        size: the width and height that it is to have.

    Raises:
        UnreadableImageError: the file cannot be read.
    """
    library = vips()
    if not library:
        return _whole_by_pillow(path, size)
    try:
        return _jpeg(_coloured(_scaled(path, size, (0, 0, *size), size), "default"))
    except library.Error as error:
        raise UnreadableImageError(str(error).strip()) from None


def measured(path: Path) -> Size:
    """Return the width and height of an image file.

    Raises:
        UnreadableImageError: the file cannot be read.
    """
    with _by_pillow(path) as image:
        return image.size


def is_coloured(path: Path) -> bool:
    """Return whether an image file has colours, or nothing but greys by its kind.

    Raises:
        UnreadableImageError: the file cannot be read.
    """
    with _by_pillow(path) as image:
        return image.mode not in _GREY


@lru_cache(maxsize=1)
def drawer() -> str:
    """Return what decides how a picture is drawn, beside the file and the request: our code and the library."""
    library = vips()
    named = f"libvips {library.version(0)}.{library.version(1)}" if library else "Pillow"
    return named + Path(__file__).read_text(encoding="utf-8")


def _scaled(path: Path, image: Size, region: Box, size: Size) -> "pyvips.Image":
    """Return a region in a size, of the smallest copy of the image that is large enough for it."""
    left, top, width, height = region
    source = _opened(path, max(size[0] / width, size[1] / height))
    across, down = source.width / image[0], source.height / image[1]
    x, y = min(round(left * across), source.width - 1), min(round(top * down), source.height - 1)
    right, below = round((left + width) * across), round((top + height) * down)
    part = source.crop(x, y, max(1, min(right, source.width) - x), max(1, min(below, source.height) - y))
    if size[0] > part.width or size[1] > part.height:
        within = (min(size[0], part.width), min(size[1], part.height))
        part = _resized(part, within).copy_memory()  # enlarging looks back; what is kept is no larger than the picture
    return _resized(part, size)


def _resized(image: "pyvips.Image", size: Size) -> "pyvips.Image":
    if (image.width, image.height) == size:
        return image
    return image.thumbnail_image(size[0], height=size[1], size="force")


def _opened(path: Path, scale: float) -> "pyvips.Image":
    """Return the image in a file, at least as large as a scale of it; of smaller copies the smallest that will do."""
    reader = vips().Image
    name, ending = str(path), path.suffix.lower()
    if ending in {".jpg", ".jpeg"}:
        shrink = next((by for by in (8, 4, 2) if by * scale <= 1), 1)
        return reader.jpegload(name, shrink=shrink, access="sequential")
    if ending in {".tif", ".tiff"}:
        status = path.stat()
        levels = _levels(name, status.st_mtime_ns, status.st_size)
        enough = [level for level in levels if level.width >= levels[0].width * scale] or levels[:1]
        return reader.tiffload(name, **dict(min(enough, key=lambda level: level.width).place))
    return reader.new_from_file(name, access="sequential")


@lru_cache(maxsize=4096)
def _levels(name: str, _changed: int, _bytes: int) -> list[_Level]:
    """Return the whole image of a TIFF, and the smaller copies of it that stand behind it or below it."""
    reader = vips().Image
    first = reader.tiffload(name)
    fields = set(first.get_fields())
    pages = first.get("n-pages") if "n-pages" in fields else 1
    below = first.get("n-subifds") if "n-subifds" in fields else 0
    places = [("page", page) for page in range(1, pages)] + [("subifd", number) for number in range(below)]
    found = [_Level(first.width)]
    for place in places:
        copy = reader.tiffload(name, **dict([place]))
        alike = abs(copy.width / first.width - copy.height / first.height) < _SAME_SHAPE
        if alike and copy.width < first.width and copy.bands == first.bands:
            found.append(_Level(copy.width, (place,)))
    return found


def _turned(image: "pyvips.Image", request: ImageRequest) -> "pyvips.Image":
    """Return an image mirrored, and then rotated clockwise; what lies beside it then is seen through."""
    if request.mirrored:
        image = image.fliphor()
    if not request.degrees:
        return image
    image = image.copy_memory()  # its rows are read as columns
    if request.degrees % 90 == 0:
        return getattr(image, f"rot{int(request.degrees)}")()
    return (image if image.hasalpha() else image.addalpha()).similarity(angle=float(request.degrees))


def _coloured(image: "pyvips.Image", quality: str) -> "pyvips.Image":
    """Return an image in 8 bits, in colour or grey as it is, or in grey or black and white as it is asked for."""
    grey = image.interpretation in {"b-w", "grey16"}
    target = "srgb" if not grey and quality in {"default", "color"} else "b-w"
    if image.interpretation != target:
        image = image.colourspace(target)
        if image.get_typeof("icc-profile-data") and not grey:
            image = image.copy()
            image.remove("icc-profile-data")  # it speaks of the colours as they were
    if quality == "bitonal":
        return _flat(image) >= _HALF
    return image.cast("uchar")


def _flat(image: "pyvips.Image") -> "pyvips.Image":
    """Return an image on white where it could be seen through."""
    return image.flatten(background=_WHITE) if image.hasalpha() else image


def _encoded(image: "pyvips.Image", request: ImageRequest) -> bytes:
    if request.format == "png":
        return bytes(image.pngsave_buffer(compression=4, keep="icc"))
    if request.format == "webp":
        return bytes(image.webpsave_buffer(Q=QUALITY, effort=2, keep="icc"))
    return _jpeg(image)


def _jpeg(image: "pyvips.Image") -> bytes:
    return bytes(_flat(image).jpegsave_buffer(Q=QUALITY, keep="icc"))


def _whole_by_pillow(path: Path, size: Size) -> bytes:
    """Return the whole image as JPEG, read from the smallest copy in the file that will do."""
    file = io.BytesIO()
    with _by_pillow(path) as image:
        _seek_smaller(image, size)
        image.draft("RGB", size)
        scaled = image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
        scaled.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


@contextmanager
def _by_pillow(path: Path) -> Iterator[Image.Image]:
    try:
        with Image.open(path) as image:
            yield image
    except UNREADABLE as error:
        raise UnreadableImageError(str(error)) from None


def _seek_smaller(image: Image.Image, size: Size) -> None:
    """Go to the smallest copy in a TIFF that is as large as a size, and has the shape of the first image."""
    width, height = image.size
    best, place = width, 0
    for frame in range(1, getattr(image, "n_frames", 1) if image.format == "TIFF" else 1):
        image.seek(frame)
        alike = abs(image.width / width - image.height / height) < _SAME_SHAPE
        if alike and size[0] <= image.width < best and size[1] <= image.height:
            best, place = image.width, frame
    image.seek(place)
