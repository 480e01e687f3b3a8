"""The Image API over HTTP: descriptions and pictures of page images, what is kept of them, and what is refused."""

import io
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pyvips
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from records.model import Record
from server import vips
from server.config import THREADS
from server.library import Library

Letter = Callable[..., Record]
Publish = Callable[..., object]
SERVICE = "/iiif/letter-1/image/1"
BASE = f"http://127.0.0.1:8000{SERVICE}"
SIZE = (1300, 900)


def painted(size: tuple[int, int] = SIZE) -> Image.Image:
    """Return an image of four quarters: red, green, blue, grey."""
    image = Image.new("RGB", size)
    half = (size[0] // 2, size[1] // 2)
    for place, colour in enumerate(["red", "green", "blue", "grey"]):
        image.paste(colour, (half[0] * (place % 2), half[1] * (place // 2), *size))
    return image


def page(ending: str = "png", size: tuple[int, int] = SIZE) -> dict[str, Any]:
    """Return what a record states of its page."""
    return {"file": f"1.{ending}", "width": size[0], "height": size[1], "media_type": f"image/{ending}"}


@pytest.fixture
def scan(library: Library, letter: Letter) -> Path:
    """Publish a letter of one scanned page, and one that is elsewhere; gives the file of the scan."""
    elsewhere = {"image": "https://images.example.org/2.jpg", "width": 9, "height": 9}
    letter(pages=[page(), elsewhere], rights={"uri": "http://rightsstatements.org/vocab/InC/1.0/"})
    path = library.config.media_folder / "letter-1" / "1.png"
    path.parent.mkdir(parents=True)
    painted().save(path)
    return path


@pytest.fixture
def get(client: FlaskClient, scan: Path) -> Callable[..., Image.Image]:  # noqa: ARG001 - the scan must be there
    """Give a function that returns the picture of an image request."""

    def picture(asked: str) -> Image.Image:
        response = client.get(f"{SERVICE}/{asked}")
        assert response.status_code == 200, response.get_json()
        image = Image.open(io.BytesIO(response.data))
        assert response.content_type == f"image/{str(image.format).lower()}"
        return image

    return picture


@pytest.mark.usefixtures("scan")
def test_the_description_says_what_can_be_asked(client: FlaskClient) -> None:
    """All that Image API 3.0, 5 knows, and nothing that was not stated: the rights URI is the record's."""
    response = client.get(f"{SERVICE}/info.json")
    assert response.content_type == 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
    assert response.headers["Link"] == '<http://iiif.io/api/image/3/level2.json>;rel="profile"'
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert next(iter(response.get_json())) == "@context"
    assert response.get_json() == {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": BASE,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": 1300,
        "height": 900,
        "maxWidth": 16000,
        "maxArea": 25000000,
        "sizes": [{"width": width, "height": height} for width, height in [(325, 225), (650, 450), (1300, 900)]],
        "tiles": [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFormats": ["webp"],
        "extraFeatures": [
            "canonicalLinkHeader",
            "mirroring",
            "profileLinkHeader",
            "rotationArbitrary",
            "sizeUpscaling",
        ],
        "rights": "http://rightsstatements.org/vocab/InC/1.0/",
        "partOf": [
            {
                "id": "http://127.0.0.1:8000/iiif/letter-1/manifest.json",
                "type": "Manifest",
                "label": {"none": ["A letter"]},
            }
        ],
    }


@pytest.mark.usefixtures("scan")
def test_the_description_is_plain_json_for_who_prefers_that(client: FlaskClient) -> None:
    """And is not sent again to who has it (5.1)."""
    plain = client.get(f"{SERVICE}/info.json", headers={"Accept": "application/json"})
    assert (plain.content_type, "Accept" in plain.headers["Vary"]) == ("application/json", True)
    tag = {"If-None-Match": plain.headers["ETag"]}
    assert client.get(f"{SERVICE}/info.json", headers=tag).status_code == 304


@pytest.mark.usefixtures("scan")
def test_the_base_uri_leads_to_the_description(client: FlaskClient) -> None:
    """By 303, under the configured base URL (2)."""
    response = client.get(SERVICE)
    assert (response.status_code, response.headers["Location"]) == (303, f"{BASE}/info.json")


def test_every_part_of_a_request_is_kept_to(get: Callable[..., Image.Image]) -> None:
    """Region, then size, then mirror and rotation, then quality, then format (4.6)."""
    assert get("full/max/0/default.jpg").size == SIZE
    assert get("650,0,650,450/65,/0/color.png").getcolors() == [(65 * 45, (0, 128, 0))]
    assert get("pct:0,0,50,50/pct:10/0/default.webp").size == (65, 45)
    turned = get("full/130,90/90/default.png").convert("RGB")
    assert (turned.size, turned.getpixel((80, 5)), turned.getpixel((5, 5))) == ((90, 130), (255, 0, 0), (0, 0, 255))
    mirrored = get("full/130,90/!0/default.png").convert("RGB")
    assert (mirrored.getpixel((5, 5)), mirrored.getpixel((125, 5))) == ((0, 128, 0), (255, 0, 0))
    both = get("full/130,90/!180/default.png").convert("RGB")
    assert both.getpixel((5, 5)) == (0, 0, 255)
    grey = get("square/100,/0/gray.png")
    assert (grey.mode, grey.size) == ("L", (100, 100))
    assert set(get("full/max/0/bitonal.png").convert("L").getdata()) <= {0, 255}
    assert get("0,0,10,10/^500,/0/default.jpg").size == (500, 500)


def test_what_lies_beside_a_rotated_picture_is_seen_through(get: Callable[..., Image.Image]) -> None:
    """In a format that can, else it is white; nothing is cut off (4.3)."""
    png = get("full/300,200/45/default.png")
    assert (png.mode, png.getpixel((0, 0))[3]) == ("RGBA", 0)  # type: ignore[index]
    assert all(abs(length - 354) <= 2 for length in png.size)
    assert min(get("full/300,200/22.5/default.jpg").getpixel((0, 0))) > 250  # type: ignore[arg-type]


MEMORY = """
import resource, sys
from pathlib import Path
from server.iiif import drawing
from server.iiif.image_request import Limits, parse

def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def draw(size):
    asked = {"region": "full", "rotation": "0", "quality": "default", "form": "jpg"}
    drawing.draw(Path(sys.argv[1]), (10_000, 8_000), parse((10_000, 8_000), Limits(25_000_000), size=size, **asked))

draw("9999,1")
before = megabytes()
draw(sys.argv[2])
print(megabytes() - before)
"""
"""Prints by how much more memory a picture of a large scan takes than one that is shrunk both ways."""


@pytest.mark.parametrize("size", ["^10001,1", "^1,8001", "^10001,20"])
def test_a_picture_that_grows_one_way_alone_takes_no_memory_for_the_whole_scan(tmp_path: Path, size: str) -> None:
    """The whole of this one would be 240 MB."""
    path = tmp_path / "1.jpg"
    pyvips.Image.black(10_000, 8_000, bands=3).copy(interpretation="srgb").jpegsave(str(path))
    run = subprocess.run([sys.executable, "-c", MEMORY, path, size], capture_output=True, text=True, check=True)
    assert int(run.stdout) < 60


def test_a_picture_may_grow_one_way_and_shrink_the_other(get: Callable[..., Image.Image]) -> None:
    """Each part of the image stays where it was."""
    for size in ((2600, 90), (130, 1800)):
        found = get(f"full/^{size[0]},{size[1]}/0/default.png").convert("RGB")
        assert found.size == size
        corners = [(size[0] * x // 10, size[1] * y // 10) for y in (1, 9) for x in (1, 9)]
        colours = [(255, 0, 0), (0, 128, 0), (0, 0, 255), (128, 128, 128)]
        assert [found.getpixel(corner) for corner in corners] == colours


KINDS = {
    "jpg": ("RGB", "L", "CMYK"),
    "png": ("RGB", "L", "1", "P", "RGBA", "LA", "I;16"),
    "webp": ("RGB", "RGBA"),
    "gif": ("P", "L"),
    "tif": ("RGB", "L", "1", "P", "CMYK", "RGBA", "LA", "I;16"),
}


@pytest.mark.parametrize(("ending", "mode"), [(ending, mode) for ending, modes in KINDS.items() for mode in modes])
def test_every_kind_of_image_is_shown(
    client: FlaskClient, library: Library, letter: Letter, ending: str, mode: str
) -> None:
    """In every quality and format; grey of 16 bits by its upper 8."""
    library.config.media_folder.joinpath("letter-1").mkdir(parents=True)
    path = library.config.media_folder / "letter-1" / f"1.{ending}"
    image = Image.new("I;16", (60, 40), 0x8000) if mode == "I;16" else Image.new("RGB", (60, 40), "grey").convert(mode)
    image.save(path)
    letter(pages=[page(ending, (60, 40))])
    for quality in ("default", "gray", "bitonal"):
        for form in ("jpg", "png", "webp"):
            response = client.get(f"{SERVICE}/full/30,/0/{quality}.{form}")
            assert (response.status_code, response.content_type) == (200, f"image/{form.replace('jpg', 'jpeg')}")
            with Image.open(io.BytesIO(response.data)) as shown:
                found = shown.convert("L").getpixel((15, 10))
                assert shown.size == (30, 20)
                assert abs(int(found) - 128) < 12 or quality == "bitonal" or mode in {"1"}


def _pyramid(path: Path, size: tuple[int, int], **options: Any) -> None:  # noqa: ANN401 - what libvips takes
    file = io.BytesIO()
    painted(size).save(file, "PNG")
    path.parent.mkdir(parents=True, exist_ok=True)
    image = pyvips.Image.new_from_buffer(file.getvalue(), "")
    image.tiffsave(str(path), tile=True, pyramid=True, compression="deflate", **options)


@pytest.mark.parametrize("options", [{}, {"subifd": True}, {"bigtiff": True}])
@pytest.mark.parametrize(
    "asked", ["full/75,/0", "0,0,1024,1024/256,256/0", "1024,512,1024,1024/512,512/0", "full/max/0"]
)
def test_a_pyramid_gives_the_picture_that_its_first_image_gives(
    client: FlaskClient, library: Library, letter: Letter, options: dict[str, bool], asked: str
) -> None:
    """Whichever of its copies was read."""
    size = (2100, 1700)
    path = library.config.media_folder / "letter-1" / "1.tif"
    _pyramid(path, size, **options)
    letter(pages=[page("tif", size)])
    from_pyramid = Image.open(io.BytesIO(client.get(f"{SERVICE}/{asked}/default.png").data)).convert("RGB")
    painted(size).save(path.with_suffix(".png"))
    letter(pages=[page("png", size)])
    path.unlink()
    from_png = Image.open(io.BytesIO(client.get(f"{SERVICE}/{asked}/default.png").data)).convert("RGB")
    assert from_pyramid.size == from_png.size
    for place in ((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)):
        point = (int(from_png.width * place[0]), int(from_png.height * place[1]))
        assert from_pyramid.getpixel(point) == from_png.getpixel(point)


def test_a_pyramid_is_shown_to_browsers_as_jpeg(client: FlaskClient, library: Library, letter: Letter) -> None:
    """Whole, and small; drawn once."""
    _pyramid(library.config.media_folder / "letter-1" / "1.tif", SIZE)
    letter(pages=[page("tif")])
    for address, size in (("page/1.jpg", SIZE), ("page/1/thumbnail.jpg", (300, 208))):
        response = client.get(f"/iiif/letter-1/{address}")
        with Image.open(io.BytesIO(response.data)) as image:
            assert (image.format, image.size) == ("JPEG", size)
        again = client.get(f"/iiif/letter-1/{address}", headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
    assert client.get("/iiif/letter-1/page/1.tif").status_code == 404


def test_a_picture_names_its_canonical_address(client: FlaskClient, scan: Path) -> None:
    """And the level of the service; a picture that the client has is not drawn again, unless the scan changed."""
    response = client.get(f"{SERVICE}/pct:0,0,100,100/pct:10/0/color.jpg")
    assert response.headers["Link"] == (
        f'<http://iiif.io/api/image/3/level2.json>;rel="profile", <{BASE}/full/130,90/0/color.jpg>;rel="canonical"'
    )
    tag = {"If-None-Match": response.headers["ETag"]}
    assert client.get(f"{SERVICE}/full/130,/0/color.jpg", headers=tag).status_code == 304
    painted((1300, 899)).save(scan)
    assert client.get(f"{SERVICE}/full/130,/0/color.jpg", headers=tag).status_code == 200


def test_only_tiles_and_listed_sizes_are_kept(
    client: FlaskClient, library: Library, get: Callable[..., object]
) -> None:
    """Whatever else is asked for is drawn and forgotten: no crowd of odd requests fills the disk."""
    for odd in ("full/131,/0/default.jpg", "1,0,512,512/512,/0/default.jpg", "full/max/90/default.jpg"):
        get(odd)
    get("full/max/0/default.png")
    get("0,0,512,512/512,512/0/gray.jpg")
    assert list(library.config.cache_folder.rglob("*.jpg")) == []
    kept = ("full/max/0/default.jpg", "full/325,225/0/default.jpg", "0,0,512,512/512,/0/default.jpg")
    edges = ("1024,512,276,388/276,388/0/default.jpg", "0,0,1024,900/512,450/0/default.jpg")
    for wanted in kept + edges:
        get(wanted)
    files = list(library.config.cache_folder.rglob("*.jpg"))
    assert len(files) == 5
    file = files[0]
    file.write_bytes(b"kept")
    assert b"kept" in [client.get(f"{SERVICE}/{wanted}").data for wanted in kept + edges]


@pytest.mark.usefixtures("scan")
@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        ("image/1/full/full/0/default.jpg", 400, "size: 'full' is none"),
        ("image/1/full/max/0/default.tif", 400, "format: 'tif' is not answered here"),
        ("image/1/9999,0,1,1/max/0/default.jpg", 400, "region: '9999,0,1,1' holds no pixel"),
        ("image/1/full/^9999,/0/default.jpg", 400, "size: '^9999,' is 9999 x 6922 pixels; given are"),
        ("image/1/full/max/0", 404, "there is nothing at this address"),
        ("image/2/info.json", 404, "the record has no such page, or the page's image is elsewhere"),
        ("image/3/full/max/0/default.jpg", 404, "the record has no such page, or the page's image is elsewhere"),
        ("image/0/info.json", 404, "pages are counted 1, 2, 3"),
        ("image/01", 404, "pages are counted 1, 2, 3"),
    ],
)
def test_what_is_not_answered_says_why(client: FlaskClient, address: str, status: int, reason: str) -> None:
    """400 for a request that is none or asks for too much, 404 for what is not here (7.3)."""
    response = client.get(f"/iiif/letter-1/{address}")
    assert response.status_code == status
    assert reason in response.get_json()["error"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_typeset_pages_have_no_image_service(client: FlaskClient, letter: Letter) -> None:
    """They are whole images, and say nothing of a service."""
    letter()
    assert client.get(f"{SERVICE}/info.json").status_code == 404
    assert "ImageService" not in client.get("/iiif/letter-1/manifest.json").text


def test_a_withdrawn_record_shows_no_pictures(client: FlaskClient, letter: Letter, scan: Path) -> None:
    """410, as for all of it; and 404 for a scan that is missing, or no image."""
    assert client.get(f"{SERVICE}/full/max/0/default.jpg").status_code == 200
    scan.write_bytes(b"no image")
    answers = [client.get(f"{SERVICE}/{asked}") for asked in ("full/max/0/default.jpg", "info.json")]
    assert [answer.get_json()["error"] for answer in answers] == ["the page's image cannot be read"] * 2
    scan.unlink()
    assert client.get(f"{SERVICE}/full/max/0/default.jpg").status_code == 404
    letter(pages=[page()], visibility="hidden")
    assert [client.get(f"{SERVICE}{rest}").status_code for rest in ("", "/info.json", "/full/max/0/default.jpg")] == [
        410
    ] * 3


def test_a_proxy_learns_whether_a_record_is_shown(client: FlaskClient, letter: Letter) -> None:
    """Nothing is said of one that is not: whether it is under embargo, withdrawn, or never was here."""
    letter()
    assert client.get("/iiif/letter-1/shown").status_code == 204
    for change in ({"visibility": "hidden"}, {"visibility": "deleted"}):
        letter(**change)
        assert client.get("/iiif/letter-1/shown").status_code == 403
    letter(identifier="letter-2", embargoed_until="2999-01-01")
    assert [client.get(f"/iiif/{name}/shown").status_code for name in ("letter-2", "letter-3", "~")] == [403] * 3
    letter()
    answer = client.get("/iiif/letter-1/shown")
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_large_picture_too_many_is_asked_to_come_later(
    app: Flask, library: Library, letter: Letter, client: FlaskClient
) -> None:
    """503 with Retry-After, at once; what is kept, and what a client has, needs no turn."""
    size = (1600, 1400)
    path = library.config.media_folder / "letter-1" / "1.png"
    path.parent.mkdir(parents=True)
    painted(size).save(path)
    letter(pages=[page(size=size)])
    kept = client.get(f"{SERVICE}/full/max/0/default.jpg")
    with ExitStack() as held:
        for _place in range(library.config.image_requests):
            held.enter_context(app.extensions["dragoman_watch"].images.place())
        busy = client.get(f"{SERVICE}/full/max/0/default.png")
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
        assert busy.get_json() == {"error": "too many image requests at once; ask again in 2 seconds"}
        assert client.get(f"{SERVICE}/full/max/0/default.jpg").data == kept.data
        tag = {"If-None-Match": kept.headers["ETag"]}
        assert client.get(f"{SERVICE}/full/max/0/default.jpg", headers=tag).status_code == 304
    assert client.get(f"{SERVICE}/full/max/0/default.png").status_code == 200


def test_a_picture_is_as_large_as_it_is_when_it_is_rotated(
    app: Flask, library: Library, client: FlaskClient, get: Callable[..., Image.Image]
) -> None:
    """A strip that lies across a large picture is no small one: it waits for no turn."""
    with ExitStack() as held:
        for _place in range(library.config.image_requests):
            held.enter_context(app.extensions["dragoman_watch"].images.place())
        release = threading.Timer(3, held.pop_all().close)
        release.start()
        assert client.get(f"{SERVICE}/full/^3000,1/45/default.png").status_code == 503
        release.join()
    assert all(abs(length - 2122) <= 2 for length in get("full/^3000,1/45/default.png").size)


def test_a_small_picture_waits_for_its_turn(app: Flask, library: Library, get: Callable[..., Image.Image]) -> None:
    """Viewers do not ask again for a tile that they did not get."""
    with ExitStack() as held:
        for _place in range(library.config.image_requests):
            held.enter_context(app.extensions["dragoman_watch"].images.place())
        release = threading.Timer(0.5, held.pop_all().close)
        release.start()
        assert get("0,0,512,512/512,/0/default.jpg").size == (512, 512)
        release.join()


def test_pictures_that_wait_leave_threads_to_other_requests(
    app: Flask,
    library: Library,
    scan: Path,  # noqa: ARG001 - the scan must be there
) -> None:
    """Of as many requests as there are threads two are sent away while nothing moves, and the others get their turn."""
    more = THREADS - library.config.image_requests
    with ExitStack() as held, ThreadPoolExecutor(more) as clients:
        for _place in range(library.config.image_requests):
            held.enter_context(app.extensions["dragoman_watch"].images.place())
        addresses = [f"{SERVICE}/full/{100 + number},/0/default.png" for number in range(more)]
        asked = [clients.submit(app.test_client().get, address) for address in addresses]
        ended = as_completed(asked)
        assert [next(ended).result().status_code for _each in range(2)] == [503, 503]
        held.close()
        assert [each.result().status_code for each in ended] == [200] * (more - 2)


PARTS = st.tuples(
    st.sampled_from(["full", "square", "0,0,650,450", "1299,899,9,9", "pct:10,10,33.3,20", "5,5,0,0", "x"]),
    st.sampled_from(["max", "^max", "7,", ",7", "^2000,", "pct:3.7", "20,30", "!99,7", "^!400,900", "0,", "pct:-1"]),
    st.sampled_from(["0", "!0", "90", "!180", "270.0", "12.5", "400"]),
    st.sampled_from(["default", "color", "gray", "bitonal", "sepia"]),
    st.sampled_from(["jpg", "png", "webp", "gif"]),
)


@given(parts=PARTS)
def test_whatever_is_asked_gets_a_picture_of_the_right_size_or_400(
    client: FlaskClient, library: Library, letter: Letter, parts: tuple[str, str, str, str, str]
) -> None:
    """Never an error of ours; the picture is as large as its canonical address says."""
    path = library.config.media_folder / "letter-1" / "1.png"
    if not path.exists():
        path.parent.mkdir(parents=True)
        painted((650, 450)).save(path)
        letter(pages=[page(size=(650, 450))])
    region, size, rotation, quality, form = parts
    response = client.get(f"{SERVICE}/{region}/{size}/{rotation}/{quality}.{form}")
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        canonical = response.headers["Link"].rpartition("<")[2].partition(">")[0].removeprefix(f"{BASE}/").split("/")
        with Image.open(io.BytesIO(response.data)) as image:
            image.load()
            if "," in canonical[1] and rotation in {"0", "!0", "!180"}:
                assert image.size == tuple(map(int, canonical[1].removeprefix("^").split(",")))


@pytest.fixture
def without_libvips(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let pyvips not be found, as where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "pyvips", None)
    vips.vips.cache_clear()
    yield
    vips.vips.cache_clear()


@pytest.mark.usefixtures("without_libvips")
def test_without_libvips_there_are_whole_images_in_the_listed_sizes(
    client: FlaskClient, library: Library, letter: Letter
) -> None:
    """Level 0; the manifest says so, and a pyramid is shown all the same."""
    smallest = library.config.model_copy(update={"image_pixels": 1_000_000})
    client.application.extensions["dragoman"] = replace(library, config=smallest)
    _pyramid_by_pillow(library.config.media_folder / "letter-1" / "1.tif")
    letter(pages=[page("tif")])
    body = client.get("/iiif/letter-1/manifest.json").get_json()["items"][0]["items"][0]["items"][0]["body"]
    assert body["service"][0]["profile"] == "level0"
    info = client.get(f"{SERVICE}/info.json").get_json()
    assert (info["profile"], "tiles" in info) == ("level0", False)
    assert info["sizes"][-1] == {"width": SIZE[0], "height": SIZE[1]}
    assert client.get(f"{SERVICE}/full/max/0/default.jpg").status_code == 200
    for size in info["sizes"]:
        response = client.get(f"{SERVICE}/full/{size['width']},{size['height']}/0/default.jpg")
        with Image.open(io.BytesIO(response.data)) as image:
            assert (image.format, image.size) == ("JPEG", (size["width"], size["height"]))
    for more in (
        "square/max/0/default.jpg",
        "full/77,/0/default.jpg",
        "full/max/90/default.jpg",
        "full/max/0/gray.jpg",
    ):
        refused = client.get(f"{SERVICE}/{more}")
        assert refused.status_code == 501
        assert "others need its extra 'images'" in refused.get_json()["error"]
    with Image.open(io.BytesIO(client.get("/iiif/letter-1/page/1/thumbnail.jpg").data)) as image:
        assert image.size == (300, 208)
    with Image.open(io.BytesIO(client.get("/iiif/letter-1/page/1.jpg").data)) as image:
        assert image.size == SIZE


def _pyramid_by_pillow(path: Path) -> None:
    path.parent.mkdir(parents=True)
    small = painted((650, 450))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    painted().save(path, save_all=True, append_images=[small])
