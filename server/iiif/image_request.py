"""Image requests (Image API 3.0, 4): what the four parts of an address ask for, settled for one image.

Everything is settled before a pixel is read: the region inside the image, the size to the pixel, and whether the server
gives so much.
"""

import math
import re
from dataclasses import dataclass
from fractions import Fraction

QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
"""The formats that are answered, and their media types (4.5)."""

WIDEST = 16_000
"""The largest width and height in pixels of an answer: WebP has no more."""

LONGEST = 100
"""Characters of the longest part of an address that is looked at."""

_WHOLE = r"(0|[1-9][0-9]{0,8})"
_DECIMAL = r"((?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,20})?|\.[0-9]{1,20})"
_REGION = re.compile(rf"{_WHOLE},{_WHOLE},{_WHOLE},{_WHOLE}", re.ASCII)
_PERCENT_REGION = re.compile(rf"pct:{_DECIMAL},{_DECIMAL},{_DECIMAL},{_DECIMAL}", re.ASCII)
_SIZE = re.compile(rf"(!?){_WHOLE}?,{_WHOLE}?", re.ASCII)
_PERCENT_SIZE = re.compile(rf"pct:{_DECIMAL}", re.ASCII)
_ROTATION = re.compile(rf"(!?){_DECIMAL}", re.ASCII)

Size = tuple[int, int]
Box = tuple[int, int, int, int]
"""Left, top, width and height in pixels of the full image."""


class ImageRequestError(Exception):
    """What is asked for is no image request, or no picture that is given; says why (HTTP status 400)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server gives at most (5.2).

    Attributes:
        area: width times height in pixels of the scaled region, and of what it becomes when it is rotated.
        widest: their width, and their height, in pixels.
    """

    area: int
    widest: int = WIDEST

    def __str__(self) -> str:
        return f"given are {self.widest} x {self.widest} at most, and {self.area} pixels in all"

    def allow(self, size: Size) -> bool:
        """Whether a size is within them."""
        return max(size) <= self.widest and size[0] * size[1] <= self.area

    def largest(self, size: Size, scale: Fraction | None = None) -> Size:
        """Return the largest size of the same proportions.

        Args:
            size: width and height.
            scale: how much larger it may become; None for as large as the limits allow.
        """
        by_width = Fraction(self.widest, max(size))
        by_area = _root(Fraction(self.area, size[0] * size[1]))
        found = scaled(size, min(filter(None, (by_width, by_area, scale))))
        while not self.allow(found):  # rounding up may have gone beyond by one row or column
            longer = found[0] >= found[1]
            found = (found[0] - longer, found[1] - (not longer))
        return found


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """What is asked of an image.

    Attributes:
        region: which part of it.
        size: the width and height that this part gets, in pixels, before it is rotated.
        canonical_size: the size in its canonical form (4.8).
        mirrored: whether it is mirrored before it is rotated.
        degrees: by how much it is rotated clockwise, from 0 to under 360.
        quality: one of `QUALITIES`.
        format: one of `FORMATS`.
        whole: whether the region is the full image.
    """

    region: Box
    size: Size
    canonical_size: str
    mirrored: bool
    degrees: Fraction
    quality: str
    format: str
    whole: bool

    @property
    def canonical(self) -> str:
        """The canonical form of the request, without the address of the service (4.8)."""
        region = "full" if self.whole else ",".join(map(str, self.region))
        rotation = f"{'!' if self.mirrored else ''}{decimal(self.degrees)}"
        return f"{region}/{self.canonical_size}/{rotation}/{self.quality}.{self.format}"

    @property
    def turned(self) -> Size:
        """The width and height of the picture when it is rotated, in pixels: no smaller than it is drawn (4.3)."""
        width, height = self.size
        if self.degrees % 90 == 0:
            return (height, width) if self.degrees % 180 else self.size
        angle = math.radians(self.degrees)
        along, across = abs(math.cos(angle)), abs(math.sin(angle))
        return math.ceil(width * along + height * across), math.ceil(width * across + height * along)

    @property
    def is_plain(self) -> bool:
        """Whether it is what viewers ask for: not rotated, not mirrored, in the default quality, as JPEG."""
        return not self.mirrored and self.degrees == 0 and self.quality == "default" and self.format == "jpg"


def parse(
    image: Size, limits: Limits, *, region: str, size: str, rotation: str, quality: str, form: str
) -> ImageRequest:
    """Return what is asked for.

    Args:
        image: width and height of the full image in pixels.
        limits: what is given at most.
        region: the parameter as it stands in the address, decoded; so the others.
        size: see there.
        rotation: see there.
        quality: see there.
        form: the format.

    Raises:
        ImageRequestError: it is none, or asks for more than is given.
    """
    for value in (region, size, rotation, quality, form):
        if len(value) > LONGEST:
            raise ImageRequestError(f"no parameter of an image request has more than {LONGEST} characters")
    box = _region(image, region)
    measures, canonical_size = _size(box[2:], limits, size)
    mirrored, degrees = _rotation(rotation)
    if quality not in QUALITIES:
        raise ImageRequestError(f"quality: {quality!r} is none; this image has {', '.join(QUALITIES)}")
    if form not in FORMATS:
        raise ImageRequestError(f"format: {form!r} is not answered here; ask for {', '.join(FORMATS)}")
    whole = box == (0, 0, *image)
    found = ImageRequest(box, measures, canonical_size, mirrored, degrees, quality, form, whole=whole)
    if not limits.allow(found.turned):
        raise ImageRequestError(
            f"rotation: {rotation!r} makes {measures[0]} x {measures[1]} pixels {found.turned[0]} x {found.turned[1]}; "
            f"{limits}; ask for a smaller size"
        )
    return found


def scaled(size: Size, scale: Fraction) -> Size:
    """Return a size by a scale, rounded, and a pixel at least."""
    return max(1, _rounded(size[0] * scale)), max(1, _rounded(size[1] * scale))


def decimal(number: Fraction) -> str:
    """Return a number as the canonical form has it: no zeros behind, and no point where it is whole (4.7)."""
    return f"{float(number):.10f}".rstrip("0").rstrip(".")


def _region(image: Size, text: str) -> Box:
    width, height = image
    if text == "full":
        return 0, 0, width, height
    if text == "square":
        side = min(image)
        return (width - side) // 2, (height - side) // 2, side, side
    if found := _REGION.fullmatch(text):
        left, top, wide, high = map(int, found.groups())
    elif found := _PERCENT_REGION.fullmatch(text):
        left, top, wide, high = _of_percents(image, [Fraction(part) for part in found.groups()])
    else:
        raise ImageRequestError(f"region: {text!r} is none; write full, square, x,y,w,h or pct:x,y,w,h")
    if not (wide and high) or left >= width or top >= height:
        raise ImageRequestError(f"region: {text!r} holds no pixel of the image, which has {width} x {height}")
    return left, top, min(wide, width - left), min(high, height - top)


def _of_percents(image: Size, percents: list[Fraction]) -> Box:
    """Return a region in pixels; one that is no pixel large becomes one, unless it has no size at all."""
    left, top, wide, high = (
        _rounded(length * percent / 100) for length, percent in zip(image * 2, percents, strict=True)
    )
    if percents[0] < 100 and percents[1] < 100:
        left, top = min(left, image[0] - 1), min(top, image[1] - 1)
    return left, top, max(wide, int(percents[2] > 0)), max(high, int(percents[3] > 0))


def _size(region: Size, limits: Limits, text: str) -> tuple[Size, str]:
    """Return the size in pixels, and its canonical form."""
    upscaled, asked = text.startswith("^"), text.removeprefix("^")
    if asked == "max":
        return limits.largest(region, None if upscaled else Fraction(1)), text
    size = _measured(region, limits, asked, text)
    grows = size[0] > region[0] or size[1] > region[1]  # !w,h too, as the validator of IIIF has it
    if grows and not upscaled:
        raise ImageRequestError(
            f"size: {text!r} is larger than the region, which has {region[0]} x {region[1]}; write ^{text}"
        )
    if not limits.allow(size):
        raise ImageRequestError(f"size: {text!r} is {size[0]} x {size[1]} pixels; {limits}")
    if size == limits.largest(region, Fraction(1)):
        return size, "max"
    return size, f"{'^' if grows else ''}{size[0]},{size[1]}"


def _measured(region: Size, limits: Limits, asked: str, text: str) -> Size:
    """Return the size that is asked for, whether it is given or not."""
    if found := _PERCENT_SIZE.fullmatch(asked):
        scale = Fraction(found[1]) / 100
        if min(_rounded(region[0] * scale), _rounded(region[1] * scale)) < 1:
            raise ImageRequestError(f"size: {text!r} of the region is less than a pixel")
        return scaled(region, scale)
    found = _SIZE.fullmatch(asked)
    width, height = (None if part is None else int(part) for part in found.groups()[1:]) if found else (None, None)
    confined = found is not None and found[1] == "!"
    if (width is None and height is None) or (confined and (width is None or height is None)):
        raise ImageRequestError(f"size: {text!r} is none; write max, w, ,h w,h !w,h or pct:n, with ^ to enlarge")
    if 0 in {width, height}:
        raise ImageRequestError(f"size: {text!r} is no pixel large")
    return _confined(region, limits, (width, height)) if confined else _exactly(region, width, height)


def _exactly(region: Size, width: int | None, height: int | None) -> Size:
    """Return the width and the height that are asked for; the one that is left out keeps the proportions."""
    if width is None:
        width = max(1, _rounded(Fraction(region[0] * (height or 1), region[1])))
    if height is None:
        height = max(1, _rounded(Fraction(region[1] * width, region[0])))
    return width, height


def _confined(region: Size, limits: Limits, box: tuple[int | None, int | None]) -> Size:
    """Return the largest size that fits into a box, and into the limits."""
    scale = min(Fraction(inner or 1, outer) for inner, outer in zip(box, region, strict=True))
    return limits.largest(region, scale)


def _rotation(text: str) -> tuple[bool, Fraction]:
    found = _ROTATION.fullmatch(text)
    degrees = Fraction(found[2]) if found else None
    if found is None or degrees is None or degrees > 360:
        raise ImageRequestError(f"rotation: {text!r} is none; write degrees from 0 to 360, after ! to mirror first")
    return found[1] == "!", degrees % 360


def _rounded(number: Fraction) -> int:
    """Return the nearest whole number; a half goes up."""
    return int(number + Fraction(1, 2))


def _root(number: Fraction) -> Fraction:
    """Return the square root, as exact as floating point is."""
    return Fraction(float(number) ** 0.5)
