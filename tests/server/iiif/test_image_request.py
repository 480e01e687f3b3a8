"""Image requests: what the parts of an address mean for one image, and what is refused, with its reason."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.iiif.image_request import FORMATS, QUALITIES, ImageRequest, ImageRequestError, Limits, parse

IMAGE = (6000, 4000)
LIMITS = Limits(25_000_000)
PLAIN = {"region": "full", "size": "max", "rotation": "0", "quality": "default", "form": "jpg"}


def asked(parts: dict[str, str], image: tuple[int, int] = IMAGE, limits: Limits = LIMITS) -> ImageRequest:
    """Return a request; what is not said is asked for plainly."""
    return parse(image, limits, **(PLAIN | parts))


@pytest.mark.parametrize(
    ("region", "box"),
    [
        ("full", (0, 0, 6000, 4000)),
        ("square", (1000, 0, 4000, 4000)),
        ("125,15,120,140", (125, 15, 120, 140)),
        ("5900,3900,200,300", (5900, 3900, 100, 100)),
        ("pct:41.6,7.5,40,70", (2496, 300, 2400, 2800)),
        ("pct:41.6,7.5,66.6,100", (2496, 300, 3504, 3700)),
        ("pct:0,0,.5,.5", (0, 0, 30, 20)),
        ("pct:99.9999,99.9999,1,1", (5999, 3999, 1, 1)),
        ("pct:50,50,0.0001,0.0001", (3000, 2000, 1, 1)),
    ],
)
def test_a_region_is_cut_at_the_edges_of_the_image(region: str, box: tuple[int, int, int, int]) -> None:
    """In pixels, whatever it was asked for in (4.1)."""
    assert asked({"region": region}).region == box


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("max", (5000, 3333)),
        ("3000,", (3000, 2000)),
        (",1000", (1500, 1000)),
        ("pct:50", (3000, 2000)),
        ("pct:0.1", (6, 4)),
        ("225,100", (225, 100)),
        ("!225,100", (150, 100)),
        ("^!225,100", (150, 100)),
        ("1,", (1, 1)),
    ],
)
def test_a_size_keeps_the_proportions_unless_both_lengths_are_said(size: str, expected: tuple[int, int]) -> None:
    """And the largest one that there is keeps within the limits (4.2)."""
    found = asked({"size": size}, IMAGE, Limits(5000 * 3334, 5000)).size
    assert found == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("^max", (1000, 500)),
        ("^400,", (400, 200)),
        ("^,400", (800, 400)),
        ("^pct:200", (400, 200)),
        ("^300,400", (300, 400)),
        ("^!500,500", (500, 250)),
        ("^!9000,9000", (1000, 500)),
        ("^100,", (100, 50)),
    ],
)
def test_what_begins_with_a_caret_may_be_enlarged(size: str, expected: tuple[int, int]) -> None:
    """Up to the limits, and no further (4.2)."""
    assert asked({"size": size}, (200, 100), Limits(1_000_000, 1000)).size == expected


@pytest.mark.parametrize(
    ("part", "value", "reason"),
    [
        ("region", "0,0,0,5", "region: '0,0,0,5' holds no pixel of the image, which has 6000 x 4000"),
        ("region", "6000,0,5,5", "region: '6000,0,5,5' holds no pixel of the image, which has 6000 x 4000"),
        ("region", "pct:0,0,0,5", "region: 'pct:0,0,0,5' holds no pixel of the image, which has 6000 x 4000"),
        ("region", "pct:100,0,5,5", "region: 'pct:100,0,5,5' holds no pixel of the image, which has 6000 x 4000"),
        ("region", "-1,0,5,5", "region: '-1,0,5,5' is none; write full, square, x,y,w,h or pct:x,y,w,h"),
        ("region", "1,2,3", "region: '1,2,3' is none; write full, square, x,y,w,h or pct:x,y,w,h"),
        ("region", "٠,0,5,5", "region: '٠,0,5,5' is none; write full, square, x,y,w,h or pct:x,y,w,h"),
        ("region", "pct:1e1,0,5,5", "region: 'pct:1e1,0,5,5' is none; write full, square, x,y,w,h or pct:x,y,w,h"),
        ("size", "full", "size: 'full' is none; write max, w, ,h w,h !w,h or pct:n, with ^ to enlarge"),
        ("size", ",", "size: ',' is none; write max, w, ,h w,h !w,h or pct:n, with ^ to enlarge"),
        ("size", "!5,", "size: '!5,' is none; write max, w, ,h w,h !w,h or pct:n, with ^ to enlarge"),
        ("size", "^^5,", "size: '^^5,' is none; write max, w, ,h w,h !w,h or pct:n, with ^ to enlarge"),
        ("size", "0,", "size: '0,' is no pixel large"),
        ("size", "pct:0", "size: 'pct:0' of the region is less than a pixel"),
        ("size", "6001,", "size: '6001,' is larger than the region, which has 6000 x 4000; write ^6001,"),
        ("size", "5,4001", "size: '5,4001' is larger than the region, which has 6000 x 4000; write ^5,4001"),
        ("size", "pct:101", "size: 'pct:101' is larger than the region, which has 6000 x 4000; write ^pct:101"),
        (
            "size",
            "!7000,7000",
            "size: '!7000,7000' is larger than the region, which has 6000 x 4000; write ^!7000,7000",
        ),
        (
            "size",
            "^16001,5",
            "size: '^16001,5' is 16001 x 5 pixels; given are 16000 x 16000 at most, and 25000000 pixels in all",
        ),
        (
            "size",
            "^9000,",
            "size: '^9000,' is 9000 x 6000 pixels; given are 16000 x 16000 at most, and 25000000 pixels in all",
        ),
        ("rotation", "361", "rotation: '361' is none; write degrees from 0 to 360, after ! to mirror first"),
        ("rotation", "-90", "rotation: '-90' is none; write degrees from 0 to 360, after ! to mirror first"),
        ("rotation", "090", "rotation: '090' is none; write degrees from 0 to 360, after ! to mirror first"),
        (
            "rotation",
            "45",
            "rotation: '45' makes 6000 x 4000 pixels 7072 x 7072; given are 16000 x 16000 at most, and "
            "25000000 pixels in all; ask for a smaller size",
        ),
        ("quality", "native", "quality: 'native' is none; this image has default, color, gray, bitonal"),
        ("form", "tif", "format: 'tif' is not answered here; ask for jpg, png, webp"),
        ("region", "1" * 101, "no parameter of an image request has more than 100 characters"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(part: str, value: str, reason: str) -> None:
    """It names the parameter, what was found, and what may be asked (4.1 to 4.5)."""
    with pytest.raises(ImageRequestError) as refused:
        asked({part: value})
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("parts", "canonical"),
    [
        ({}, "full/max/0/default.jpg"),
        ({"region": "0,0,9999,9999"}, "full/max/0/default.jpg"),
        ({"region": "square", "size": "500,"}, "1000,0,4000,4000/500,500/0/default.jpg"),
        ({"size": "pct:10", "rotation": "!90.50", "form": "png"}, "full/600,400/!90.5/default.png"),
        ({"size": "pct:100", "rotation": "360"}, "full/max/0/default.jpg"),
        ({"region": "0,0,10,10", "size": "^20,", "quality": "gray"}, "0,0,10,10/^20,20/0/gray.jpg"),
        ({"size": "^max", "rotation": "90"}, "full/^max/90/default.jpg"),
        ({"size": "300,", "rotation": "22.50"}, "full/300,200/22.5/default.jpg"),
    ],
)
def test_one_picture_has_one_canonical_address(parts: dict[str, str], canonical: str) -> None:
    """However it was asked for (4.8)."""
    assert asked(parts).canonical == canonical


LENGTHS = st.integers(1, 20_000)
NUMBERS = st.integers(0, 30_000)
DECIMALS = st.decimals(0, 120, places=2).map(str)
REGIONS = st.one_of(
    st.sampled_from(["full", "square"]),
    st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS).map(lambda box: ",".join(map(str, box))),
    st.tuples(DECIMALS, DECIMALS, DECIMALS, DECIMALS).map(lambda box: f"pct:{','.join(box)}"),
)
SIZES = st.tuples(
    st.sampled_from(["", "^"]),
    st.one_of(
        st.just("max"),
        NUMBERS.map(lambda width: f"{width},"),
        NUMBERS.map(lambda height: f",{height}"),
        st.tuples(st.sampled_from(["", "!"]), NUMBERS, NUMBERS).map(lambda found: f"{found[0]}{found[1]},{found[2]}"),
        DECIMALS.map(lambda percents: f"pct:{percents}"),
    ),
).map("".join)


@given(image=st.tuples(LENGTHS, LENGTHS), region=REGIONS, size=SIZES, area=st.integers(1_000_000, 30_000_000))
def test_every_size_is_the_one_of_the_specification(image: tuple[int, int], region: str, size: str, area: int) -> None:
    """Exactly what is said, else to the nearest pixel; never beyond the region without ^, never beyond the limits."""
    limits = Limits(area)
    try:
        found = asked({"region": region, "size": size}, image, limits)
    except ImageRequestError:
        assume(False)
    left, top, width, height = found.region
    assert 0 <= left < left + width <= image[0]
    assert 0 <= top < top + height <= image[1]
    assert min(found.size) >= 1
    assert max(found.size) <= 16_000
    assert found.size[0] * found.size[1] <= area
    if not size.startswith("^"):
        assert found.size[0] <= width
        assert found.size[1] <= height
    _assert_as_asked(found.size, (width, height), size.removeprefix("^"))


def _assert_as_asked(size: tuple[int, int], region: tuple[int, int], asked_for: str) -> None:
    """Assert that a size is the one of a form of the size parameter (4.2)."""
    if asked_for.endswith(","):
        assert size[0] == int(asked_for[:-1])
        _assert_near(size[1], Fraction(region[1] * size[0], region[0]))
    elif asked_for.startswith(","):
        assert size[1] == int(asked_for[1:])
        _assert_near(size[0], Fraction(region[0] * size[1], region[1]))
    elif asked_for.startswith("pct:"):
        for length, full in zip(size, region, strict=True):
            _assert_near(length, full * Fraction(asked_for[4:]) / 100)
    elif asked_for.startswith("!"):
        assert all(length <= int(most) for length, most in zip(size, asked_for[1:].split(","), strict=True))
    elif asked_for != "max":
        assert size == tuple(map(int, asked_for.split(",")))


def _assert_near(length: int, exact: Fraction) -> None:
    assert abs(length - exact) <= Fraction(1, 2) or (length == 1 and exact < 1)


@given(image=st.tuples(LENGTHS, LENGTHS), region=REGIONS, size=SIZES)
def test_the_canonical_address_asks_for_the_same_picture(image: tuple[int, int], region: str, size: str) -> None:
    """And is its own canonical address."""
    try:
        found = asked({"region": region, "size": size}, image)
    except ImageRequestError:
        assume(False)
    box, measure, rotation, last = found.canonical.split("/")
    quality, form = last.split(".")
    again = asked({"region": box, "size": measure, "rotation": rotation, "quality": quality, "form": form}, image)
    assert (again.region, again.size, again.canonical) == (found.region, found.size, found.canonical)


@given(parts=st.fixed_dictionaries({name: st.text(max_size=120) for name in PLAIN}))
def test_whatever_is_asked_is_answered_or_refused(parts: dict[str, str]) -> None:
    """No text is a fault of ours."""
    with suppress(ImageRequestError):
        found = asked(parts)
        assert (found.quality in QUALITIES, found.format in FORMATS) == (True, True)


@pytest.mark.parametrize("rotation", ["3.6", "22.5", "45", "80.0", "!135", "290"])
def test_a_strip_that_rotation_makes_a_large_square_is_refused(rotation: str) -> None:
    """16,000 pixels in a row of one are few; the picture that they lie across is not (4.3)."""
    assert asked({"region": "0,0,100,100", "size": "^16000,1", "rotation": "90"}).turned == (1, 16_000)
    with pytest.raises(ImageRequestError, match=r"^rotation: .* makes 16000 x 1 pixels "):
        asked({"region": "0,0,100,100", "size": "^16000,1", "rotation": rotation}, limits=Limits(10_000_000))


@given(
    size=st.tuples(st.integers(1, 20_000), st.integers(1, 20_000)),
    degrees=st.decimals(0, 360, places=3),
    mirrored=st.booleans(),
)
def test_what_leaves_is_within_the_limits_however_it_is_rotated(
    size: tuple[int, int], degrees: Decimal, mirrored: bool
) -> None:
    """In each length, and in all; and no smaller than what was rotated, in pixels."""
    rotation = f"{'!' if mirrored else ''}{degrees}"
    with suppress(ImageRequestError):
        found = asked({"size": f"^{size[0]},{size[1]}", "rotation": rotation})
        assert max(found.turned) <= 16_000
        assert size[0] * size[1] <= found.turned[0] * found.turned[1] <= LIMITS.area
